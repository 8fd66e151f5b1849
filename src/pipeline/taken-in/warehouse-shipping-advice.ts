import { Big } from "big.js";
import type { WarehouseShippingAdvice } from "../../documents/index.ts";
import { findAcceptedByNumber, linkDocuments } from "../../store/document-links.ts";
import { tell } from "../../store/events.ts";
import { openWorkItem } from "../../store/work-items.ts";
import type { TakenIn } from "./taken-in.ts";

/** How many of the lines that differ a work item tells in full. */
const linesTold = 5;

/** A warehouse's word of what it shipped: linked to the warehouse order; a person looks at what was not shipped as told. */
export const takenInWarehouseShippingAdvice: TakenIn<"warehouse-shipping-advice"> = {
  sameness: "same warehouse order and shipment",

  async follow({ context: { session }, row, about }, document) {
    const number = document.number;
    const [order] = number === undefined ? [] : await findAcceptedByNumber(session, row, ["warehouse-order"], number);
    const call = (kind: string, message: string) =>
      openWorkItem(session, { kind, message, accountId: row.accountId, documentId: row.id });
    if (order) {
      await linkDocuments(session, row.id, "reports", [{ id: order.id, foundBy: `number ${number}` }]);
      const message = `The warehouse shipped it${document.shipment ? ` as ${document.shipment}` : ""}${document.shipDate ? ` on ${document.shipDate}` : ""}.`;
      await tell(session, { documentId: order.id }, "warehouse-shipped", message);
      await tell(session, about, "linked", `It reports on warehouse order ${number}.`);
    } else {
      const named = number === undefined ? "no warehouse order" : `warehouse order ${number}, which we did not send`;
      await call("advice-unmatched", `The warehouse shipped ${document.shipment ?? "goods"} and names ${named}.`);
    }
    const differing = differencesOf(document);
    if (differing.length > 0) {
      const more = differing.length > linesTold ? `; and ${differing.length - linesTold} more` : "";
      await call(
        "warehouse-difference",
        `The warehouse did not ship order ${number ?? document.purchaseOrder ?? ""} as told: ${differing.slice(0, linesTold).join("; ")}${more}.`,
      );
    }
    return [];
  },
};

function differencesOf({ handlingUnits }: WarehouseShippingAdvice): string[] {
  return handlingUnits.flatMap(({ lines }) =>
    lines.flatMap(({ ordered, shipped, difference, productIds, caseCode, status, changeReason }) => {
      const missing = difference ?? (ordered && shipped ? new Big(ordered).minus(shipped).toFixed() : "0");
      if (new Big(missing).eq(0)) return [];
      const item = productIds?.[0]?.id ?? caseCode ?? "an item";
      const why = changeReason ?? status;
      return [`${item}: ${shipped ?? "0"} of ${ordered ?? "?"} shipped (${why.word ?? why.code})`];
    }),
  );
}
