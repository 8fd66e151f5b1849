import { randomUUID } from "node:crypto";
import type { StoresRule } from "../../accounts/rules/stores.ts";
import type { Order } from "../../documents/index.ts";
import { namesStores, orderByDocument, orderByLine } from "../../ledger/index.ts";
import type { Offer } from "./taken-in.ts";

/**
 * An order as it is offered to the supplier's systems, by the account's rule on stores. The books take it as it was sent,
 * whatever is offered.
 *
 * @param id of its document
 */
export function offeredOrder(rule: StoresRule["orders"], order: Order, id: string): Offer<"order"> {
  if (rule === "as-sent" || !namesStores(order)) return { document: order };
  if (rule === "line-per-store") {
    const byLine = orderByLine(order);
    if ("reason" in byLine) return asSent(order, byLine.reason);
    const count = byLine.apart.lines.length;
    return {
      document: byLine.apart,
      remark: `Its ${linesIn(order.lines.length)} became ${linesIn(count)}, one for each store, by the account's rules.`,
    };
  }
  const byDocument = orderByDocument(order, id);
  if ("reason" in byDocument) return asSent(order, byDocument.reason);
  return {
    document: order,
    parts: byDocument.apart.map((document) => ({ id: randomUUID(), document })),
    remark: `It is offered in ${byDocument.apart.length} documents, one for each place that it orders for, by the account's rules.`,
  };
}

function asSent(document: Order, reason: string): Offer<"order"> {
  return {
    document,
    remark: `It is offered as it was sent, and not by store as the account's rules want it: ${reason}`,
  };
}

const linesIn = (count: number): string => (count === 1 ? "line" : `${count} lines`);
