import { businessDate } from "../pipeline/business-date.ts";
import { findAccount } from "../store/accounts.ts";
import { listShippedItems, type ShippedItemOfOrder } from "../store/shipped-items.ts";
import { confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import { type ShippedWarranty, shippedWarrantyList, warrantyQuery } from "./contract/warranties.ts";
import { hrefOf } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";

/** What covers shipped items. An account asks about its own, the supplier about all. */
export function serveWarranties(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/warranties",
    schema: {
      operationId: "listWarranties",
      tags: ["Warranties"],
      summary: "What covers a shipped item: by serial number, or by order and line",
      description:
        "The latest shipment first: a serial number can be shipped more than once. The supplier sees all, an account its own.",
      querystring: warrantyQuery,
      response: { 200: shippedWarrantyList.describe("A page of shipped items."), ...failures(400) },
    },
    handler: async (request) => {
      const { account, after = null, limit, usage, date, ...filter } = request.query;
      const only = confinedTo(request);
      if (only !== null && account !== undefined && account !== only) return { items: [], next: null };
      const page = await listShippedItems(
        session,
        { ...filter, account: only ?? account, usage: usage === "all" ? undefined : usage },
        { after, limit },
      );
      const today = new Map<string, string>();
      for (const { accountId } of page.items) {
        if (date !== undefined || today.has(accountId)) continue;
        const timeZone = (await findAccount(session, accountId))?.profile.timeZone ?? "UTC";
        today.set(accountId, businessDate(new Date(), timeZone));
      }
      return {
        items: page.items.map((item) => viewOf(item, date ?? today.get(item.accountId) ?? "")),
        next: page.next,
      };
    },
  });
}

function viewOf(item: ShippedItemOfOrder, day: string): ShippedWarranty {
  const { beginsOn, endsOn } = item;
  return {
    account: item.accountId,
    usage: item.usage,
    serial: item.serial,
    productIds: [...item.productIds],
    order: {
      id: item.orderId,
      number: item.orderNumber,
      release: item.release || null,
      line: item.line,
      href: hrefOf("orders", item.orderId),
    },
    shipment: { id: item.documentId, type: "shipment", number: item.shipment },
    shippedOn: item.shippedOn,
    terms: item.warranty,
    from: beginsOn,
    until: endsOn,
    isCovered: beginsOn !== null && endsOn !== null && beginsOn <= day && day <= endsOn,
  };
}
