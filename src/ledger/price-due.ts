import type { Order } from "../documents/order.ts";
import type { LedgerLine } from "./line.ts";

/** The price that a line is to be billed at, and where it stands. */
export interface PriceDue {
  readonly price: string;
  readonly basis?: string | undefined;
  /** The contract that gives it; missing: the order does. */
  readonly contract?: string;
}

/**
 * The order's price, unless our price was lower, or the order named none, or our answer put ours in its place: then it is the
 * agreed one, as it was found when the line was ordered or last changed.
 */
export function priceDue(
  order: Order,
  { position, unit, price, priceBasis }: Pick<LedgerLine, "position" | "unit" | "price" | "priceBasis">,
): PriceDue | undefined {
  const { agreed, outcome, answer } = order.lines[position - 1]?.priceCheck ?? {};
  const isAgreed = outcome === "lower" || outcome === "unpriced" || (outcome === "higher" && answer === "IP");
  if (agreed?.unit === unit && agreed && isAgreed) {
    return { price: agreed.price, basis: agreed.priceBasis, contract: agreed.contract };
  }
  return price === undefined ? undefined : { price, basis: priceBasis };
}
