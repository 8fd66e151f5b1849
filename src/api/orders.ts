import { z } from "zod";
import { listOrders } from "../store/orders.ts";
import { confinedTo } from "./authentication.ts";
import { orderDetail, orderDetailQuery, orderList, orderQuery } from "./contract/orders.ts";
import { failures } from "./contract/problem-details.ts";
import { orderItemOf, orderView } from "./order-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleOrder } from "./visibility.ts";

const tags = ["Orders"];

/** What became of orders, from ordered to paid. An account checks its own, the supplier all. */
export function serveOrders(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/orders",
    schema: {
      operationId: "listOrders",
      tags,
      summary: "Orders, newest first",
      description: "The supplier sees all, an account its own. Test orders are left out unless asked for.",
      querystring: orderQuery,
      response: { 200: orderList.describe("A page of orders."), ...failures(400) },
    },
    handler: async (request) => {
      const { account, after = null, limit, usage, ...filter } = request.query;
      const only = confinedTo(request);
      if (only !== null && account !== undefined && account !== only) return { items: [], next: null };
      const page = await listOrders(
        session,
        { ...filter, account: only ?? account, usage: usage === "all" ? undefined : usage },
        { after, limit },
      );
      return { items: page.items.map(orderItemOf), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/orders/:id",
    schema: {
      operationId: "readOrder",
      tags,
      summary: "One order: its versions, its lines with every figure and what moved it, its documents and its story",
      params: z.object({ id: z.string().describe("Id of the order.") }),
      querystring: orderDetailQuery,
      response: { 200: orderDetail, ...failures(400, 404) },
    },
    handler: async (request) => {
      const only = confinedTo(request);
      const order = await visibleOrder(session, only, request.params.id);
      return orderView(session, order, request.query);
    },
  });
}
