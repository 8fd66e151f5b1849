import type { Order } from "../documents/order.ts";

/**
 * What makes it the same order again, whatever envelope it comes in: the buyer's number, release, purpose and ship-to.
 * A change of purpose (BEG01: a replacement, a cancellation) is other business.
 */
export function orderBusinessKey(order: Order): string {
  const shipTo = order.parties.find((party) => party.role === "ST");
  return JSON.stringify([order.number, order.release ?? "", order.purpose.code, shipTo?.id ?? shipTo?.name ?? ""]);
}
