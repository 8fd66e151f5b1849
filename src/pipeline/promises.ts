/** Whether days that we have promised to ship were kept. */
import { type LineFigures, orderStateOf } from "../ledger/index.ts";
import type { Session } from "../store/database.ts";
import { findPromisesOf, type PromiseRow, settlePromise } from "../store/promises.ts";
import { closeWorkItems, openWorkItem } from "../store/work-items.ts";

const kinds = { atRisk: "promise-at-risk", missed: "promise-missed" } as const;

/** Tells people of a promise that is not kept yet. */
export async function warnOf(
  session: Session,
  promise: PromiseRow,
  number: string,
  look: "ahead" | "due",
): Promise<void> {
  const { accountId, documentId, promisedOn } = promise;
  const message =
    look === "ahead"
      ? `Order ${number} is promised for ${promisedOn}, and not all of it has been shipped. Ship it before ${promise.dueAt.toISOString()}.`
      : `Order ${number} was promised for ${promisedOn}, and not all of it was shipped by then. Tell the account, and ship it.`;
  if (look === "due") await closeWorkItems(session, { documentId, kind: kinds.atRisk }, "Its day is over.");
  await openWorkItem(session, { kind: look === "ahead" ? kinds.atRisk : kinds.missed, message, accountId, documentId });
}

/** What an order has come to, for its promises. */
export interface PromisedOrder {
  readonly orderId: string;
  readonly number: string;
  readonly figures: readonly LineFigures[];
  /** The latest day on which something of it left. */
  readonly shippedOn: string | null;
}

/**
 * What became of the promises on orders that something was posted on: kept once all has left by the day, missed where it left
 * later, cancelled where nothing is wanted any more. What counts is the day in the notice, which may come later; one that is taken
 * back opens a promise again.
 */
export async function settlePromises(
  session: Session,
  orders: readonly PromisedOrder[],
  now = new Date(),
): Promise<void> {
  const byOrder = new Map(orders.map((order) => [order.orderId, order]));
  for (const promise of await findPromisesOf(session, [...byOrder.keys()])) {
    const order = byOrder.get(promise.orderId);
    const settled = order && settledAs(promise, order, now);
    if (!order || !settled || (settled.state === promise.state && settled.shippedOn === promise.shippedOn)) continue;
    await settlePromise(session, promise.id, settled);
    const { documentId } = promise;
    if (settled.shippedOn !== null || settled.state === "cancelled") {
      const because =
        settled.shippedOn === null ? "Nothing of the order is wanted any more." : `Shipped on ${settled.shippedOn}.`;
      for (const kind of Object.values(kinds)) await closeWorkItems(session, { documentId, kind }, because);
    } else if (settled.state === "missed") await warnOf(session, promise, order.number, "due");
  }
}

function settledAs(
  { promisedOn, dueAt, state }: PromiseRow,
  { figures, shippedOn }: PromisedOrder,
  now: Date,
): Pick<PromiseRow, "state" | "shippedOn"> {
  const standing = orderStateOf(figures);
  // What was missed when the buyer took it back stays missed.
  if (standing === "cancelled") return { state: state === "missed" ? "missed" : "cancelled", shippedOn: null };
  if (standing === "open" || standing === "partly-shipped") {
    return { state: state === "missed" || dueAt <= now ? "missed" : "open", shippedOn: null };
  }
  const isLate = shippedOn === null ? dueAt <= now : shippedOn > promisedOn;
  return { state: isLate ? "missed" : "kept", shippedOn };
}
