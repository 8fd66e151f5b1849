import type { Order } from "../../documents/index.ts";
import { type ChangeRules, explodeOrder, movementsOfOrder } from "../../ledger/index.ts";
import { openBooks } from "../../store/ledger.ts";
import { enterOrder, findOrders, type OrderName } from "../../store/orders.ts";
import { shipToOf } from "../business-key.ts";
import { applyToBook, changeOf } from "./order-change.ts";
import type { Posting } from "./posting.ts";

/** BEG01 (X12 element 353). */
const cancellation = "01";
const replacement = "05";

/**
 * Enters a new order into the books: its first version, its lines by place, and what is ordered of each. One that replaces or
 * takes back an earlier one is put on that one as a change; one that only repeats it changes nothing.
 */
export async function postOrder(posting: Posting, order: Order, rules: ChangeRules): Promise<void> {
  const { context, row } = posting;
  const { session } = context;
  const name = {
    accountId: row.accountId,
    usage: row.usage,
    number: order.number,
    release: order.release ?? "",
    shipTo: shipToOf(order) ?? "",
  } satisfies OrderName;
  const { code } = order.purpose;
  const [known] = await findOrders(session, name);
  if (known) {
    const [book] = code === cancellation || code === replacement ? await openBooks(session, [known]) : [];
    if (!book) return;
    const { outcomes } = await applyToBook(posting, book, changeOf(order, book.body), rules);
    for (const { path, status, message } of outcomes)
      if (status === "refused") posting.leave(path || "purpose", message);
    return;
  }
  if (code === cancellation) {
    return posting.leave("purpose", `there is no order ${order.number} in the books that it could take back`);
  }
  const lines = explodeOrder(order);
  const { division, location } = row;
  const entered = await enterOrder(session, { ...name, division, location, documentId: row.id, body: order, lines });
  for (const movement of movementsOfOrder(order, lines)) {
    const { key = "", quantity, amount } = movement;
    posting.enterFirst(
      { orderId: entered.id, orderLineId: entered.lineIds.get(key) as string },
      { ...movement, code },
      { quantity, ...(amount !== undefined && { amount }), remarks: [] },
    );
  }
}
