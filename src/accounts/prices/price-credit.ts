import { Big } from "big.js";
import { lineAmount } from "../../documents/invoice-totals.ts";
import { extendedAmount, moneyText } from "../../ledger/amount.ts";
import { type PriceLadder, type PriceStep, stepReached } from "./ladder.ts";

/** What one line of an invoice billed, or of a memo took back. */
export interface BilledLine {
  /** The order line that it was for: what is taken back lowers first what is due on the same. */
  readonly orderLine: string;
  /** Below zero where it was taken back. */
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  /** X12 element 639; left out: by the unit. */
  readonly priceBasis?: string | undefined;
  /** The ladder that held for its order. */
  readonly ladder: Pick<PriceLadder, "unit" | "priceBasis" | "steps">;
  /** What that ladder's steps by volume are held against by now. */
  readonly volume: string;
  /** What was credited of it already because a step was reached. Money. */
  readonly credited: string;
}

/** What a line gets back, and the step that makes it so. */
export interface PriceCredit<Line extends BilledLine> {
  readonly line: Line;
  readonly step: PriceStep;
  /** Money with its cents, above zero. */
  readonly amount: string;
}

/** What is due on the lines of a period. */
export interface PriceCredits<Line extends BilledLine> {
  readonly credits: readonly PriceCredit<Line>[];
  /** How much more was credited than would be due by now, with its cents; goods may have been taken back since. */
  readonly over: string;
}

/**
 * What is due on what was billed in a period since its volume has reached a step: of each line the difference between what it
 * was billed at and what it comes to at the step's price, less what was credited of it before. What was taken back at the old
 * price lowers it. Whatever the order in which lines are billed, all that is credited adds up to that difference, to the cent.
 */
export function priceCreditsDue<Line extends BilledLine>(lines: readonly Line[]): PriceCredits<Line> {
  const open = lines.map((line) => {
    const { step, difference } = differenceAt(line);
    return { line, step, due: difference.minus(line.credited) };
  });
  let over = new Big(0);
  const lower = (one: (typeof open)[number], by: Big): Big => {
    const taken = one.due.lt(by) ? one.due : by;
    one.due = one.due.minus(taken);
    return by.minus(taken);
  };
  for (const back of open.filter(({ due }) => due.lt(0))) {
    const others = open.filter((one) => one.due.gt(0));
    const same = others.filter(({ line }) => line.orderLine === back.line.orderLine);
    let left = back.due.abs();
    back.due = new Big(0);
    for (const one of [...same, ...others]) left = lower(one, left);
    over = over.plus(left);
  }
  return {
    credits: open.flatMap(({ line, step, due }) => (due.gt(0) && step ? [{ line, step, amount: moneyText(due) }] : [])),
    over: moneyText(over),
  };
}

/** Whether a line was billed at another price than its volume has come to by now. */
export function isPricedBefore(line: BilledLine): boolean {
  return !differenceAt(line).difference.eq(0);
}

/** What a line was billed beyond the price of the step that is reached; below zero for what was taken back. */
function differenceAt(line: BilledLine): { readonly step: PriceStep | null; readonly difference: Big } {
  const { ladder, volume, quantity, unit, price, priceBasis } = line;
  const step = stepReached(ladder.steps, "volume", volume);
  // The first step is no step that was reached.
  if (step === null || new Big(step.from).eq(0)) return { step: null, difference: new Big(0) };
  const stepBasis = ladder.priceBasis === "" ? undefined : ladder.priceBasis;
  const billed = extendedAmount("1", price, priceBasis, unit);
  if (billed.lte(extendedAmount("1", step.price, stepBasis, ladder.unit))) return { step, difference: new Big(0) };
  const at = (price: string, basis: string | undefined) =>
    new Big(lineAmount({ quantity, price, unit, ...(basis !== undefined && { priceBasis: { code: basis } }) }));
  return { step, difference: at(price, priceBasis).minus(at(step.price, stepBasis)) };
}

/** Most decimals of a price in a document of ours. */
const mostDecimals = 10;

/** The price by the unit, with as few decimals as do, at which a quantity comes to an amount exactly; null where none does. */
export function unitPriceOf(amount: string, quantity: string): string | null {
  const count = new Big(quantity).abs();
  if (count.eq(0)) return null;
  for (let decimals = 2; decimals <= mostDecimals; decimals += 1) {
    const price = new Big(amount).div(count).round(decimals, Big.roundHalfUp).toFixed(decimals);
    if (lineAmount({ quantity: count.toFixed(), price }) === moneyText(new Big(amount))) return price;
  }
  return null;
}
