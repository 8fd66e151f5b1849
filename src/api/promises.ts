import { listPromises, type PromiseOfOrder } from "../store/promises.ts";
import { confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import { type PromiseView, promiseList, promiseQuery } from "./contract/promises.ts";
import { hrefOf } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";

/** Days by which we have promised to ship. An account sees those on its own orders, the supplier all. */
export function servePromises(api: ApiServer, { database }: ApiServices): void {
  api.route({
    method: "GET",
    url: "/promises",
    schema: {
      operationId: "listPromises",
      tags: ["Orders"],
      summary: "Days by which we have promised to ship, and whether they were kept; newest first",
      querystring: promiseQuery,
      response: { 200: promiseList.describe("A page of promises."), ...failures(400) },
    },
    handler: async (request) => {
      const { account, after = null, limit, usage, ...filter } = request.query;
      const only = confinedTo(request);
      if (only !== null && account !== undefined && account !== only) return { items: [], next: null };
      const page = await listPromises(
        database.session,
        { ...filter, account: only ?? account, usage: usage === "all" ? undefined : usage },
        { after, limit },
      );
      return { items: page.items.map(promiseViewOf), next: page.next };
    },
  });
}

/** A promise as it is shown. */
export function promiseViewOf(row: PromiseOfOrder): PromiseView {
  const { id, accountId: account, usage, orderId, orderNumber, qualifier, promisedOn, state, shippedOn } = row;
  return {
    ...{ id, account, usage, qualifier, promisedOn, state, shippedOn },
    order: { id: orderId, number: orderNumber, href: hrefOf("orders", orderId) },
    dueAt: row.dueAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
