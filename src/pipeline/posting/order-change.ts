import type { Order, OrderChange } from "../../documents/index.ts";
import {
  applyOrderChange,
  type ChangedOrder,
  type ChangeRules,
  explodeOrder,
  movementsBetween,
  type ShippedByLine,
} from "../../ledger/index.ts";
import type { Session } from "../../store/database.ts";
import type { DocumentRow } from "../../store/documents.ts";
import { type OrderBook, openBooks } from "../../store/ledger.ts";
import { addOrderVersion, findOrders, type OrderRow, saveOrderLines } from "../../store/orders.ts";
import { shipToOf } from "../business-key.ts";
import { figuresOfLine } from "../standing.ts";
import type { Posting } from "./posting.ts";

/**
 * What an account changes about an order: a new version of it, and what that adds to or takes from each line. Goods that have
 * left can't be changed any more; what becomes of each part of the change is in the answer.
 */
export async function postOrderChange(
  posting: Posting,
  change: OrderChange,
  rules: ChangeRules,
): Promise<ChangedOrder> {
  const order = await findOrderChanged(posting.context.session, posting.row, change);
  if (!order) {
    const message = `The account changes order ${change.number}, which is not in the books. It changes nothing until a person has looked.`;
    await posting.callPerson("change-of-unknown-order", message);
    return applyOrderChange(undefined, change);
  }
  const [book] = await openBooks(posting.context.session, [order]);
  const changed = await applyToBook(posting, book as OrderBook, change, rules);
  const refused = changed.outcomes.filter(({ status }) => status === "refused" || status === "in-part");
  if (refused.length > 0) {
    const told = refused
      .slice(0, 8)
      .map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`));
    await posting.callPerson(
      "order-change",
      `The change of order ${change.number} could not be taken as asked: ${told.join("; ")}.`,
    );
  }
  return changed;
}

/** Puts a change on an order of the books, whatever document it came in. */
export async function applyToBook(
  posting: Posting,
  book: OrderBook,
  change: OrderChange,
  rules: ChangeRules,
): Promise<ChangedOrder> {
  const { context, row, today } = posting;
  const { session } = context;
  const changed = applyOrderChange(book.body, change, shippedOf(book, today), rules);
  if (!changed.isChanged || !changed.order) return changed;

  const before = book.lines.map(({ line }) => line);
  const said = explodeOrder(changed.order);
  const keys = new Set(said.map(({ key }) => key));
  // A place that the order no longer names keeps its line, with nothing ordered for it.
  const after = [...said, ...before.filter(({ key }) => !keys.has(key)).map((line) => ({ ...line, quantity: "0" }))];
  await addOrderVersion(session, book.order, {
    documentId: row.id,
    body: changed.order,
    summary: changed.summary,
  });
  const lineIds = await saveOrderLines(session, book.order.id, after);
  for (const movement of movementsBetween(changed.order, before, after, changed.deleted, change.date ?? today)) {
    const orderLineId = lineIds.get(movement.key ?? "");
    if (!orderLineId) continue;
    const { quantity, amount } = movement;
    posting.enter(
      { orderId: book.order.id, orderLineId },
      { ...movement, ...codeOf(change, movement.line) },
      { quantity, ...(amount !== undefined && { amount }), remarks: [] },
    );
  }
  posting.touch(book.order.id);
  return changed;
}

/** What was shipped of an order by now, by the key of the ledger line. */
export function shippedOf(book: OrderBook, today: string): ShippedByLine {
  return new Map(book.lines.map((line) => [line.key, figuresOfLine(line, today).shipped.quantity]));
}

/** The code of the line's change, POC02; of a whole order that is changed, BCH01. */
function codeOf(change: OrderChange, line: string | undefined): { code: string } {
  const own = change.lines.find((one) => one.line !== undefined && one.line === line);
  return { code: own?.change.code ?? change.purpose.code };
}

/** The order that a change is for: by its number and release, and of several by the ship-to. */
export async function findOrderChanged(
  session: Session,
  row: Pick<DocumentRow, "accountId" | "usage">,
  change: OrderChange,
): Promise<OrderRow | null> {
  const name = { accountId: row.accountId, usage: row.usage, number: change.number };
  const released = change.release === undefined ? [] : await findOrders(session, { ...name, release: change.release });
  const found = released.length > 0 ? released : await findOrders(session, name);
  const shipTo = shipToOf(change);
  if (found.length === 1) return found[0] ?? null;
  return found.find((order) => order.shipTo === (shipTo ?? "")) ?? null;
}

/** An order that takes the place of an earlier one (BEG01 05), or takes it back (01), as the change that it comes to. */
export function changeOf(order: Order, earlier: Order): OrderChange {
  const { lines, purpose, documentType: _, date, ...heading } = order;
  const isCancelled = purpose.code === "01";
  const named = new Set(lines.map(({ line }) => line));
  const known = new Set(earlier.lines.map(({ line }) => line));
  return {
    documentType: "order-change",
    account: heading.account,
    usage: heading.usage,
    number: heading.number,
    ...(heading.release !== undefined && { release: heading.release }),
    orderDate: earlier.date,
    date,
    purpose,
    orderType: heading.orderType,
    ...(heading.currency !== undefined && { currency: heading.currency }),
    references: heading.references,
    dates: heading.dates,
    parties: heading.parties,
    ...(heading.terms && { terms: heading.terms }),
    ...(heading.freightTerms && { freightTerms: heading.freightTerms }),
    ...(heading.carriage && { carriage: heading.carriage }),
    ...(heading.allowancesAndCharges && { allowancesAndCharges: heading.allowancesAndCharges }),
    lines: isCancelled
      ? []
      : [
          ...lines.map((line) => ({
            ...line,
            change: known.has(line.line) ? { code: "RZ", word: "replace all values" } : { code: "AI", word: "added" },
          })),
          ...earlier.lines
            .filter(({ line, quantity }) => !named.has(line) && quantity !== "0")
            .map((line) => ({ ...line, change: { code: "DI", word: "deleted" } })),
        ],
  };
}
