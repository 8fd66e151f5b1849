import { Big } from "big.js";
import { exactAmount } from "../documents/invoice-totals.ts";

/** Decimals of an amount of money: the cent. */
export const CENTS = 2;

/** A number as the documents write it: all its digits, no exponent, no `-0`. */
export function decimalText(value: Big): string {
  return value.eq(0) ? "0" : value.toFixed();
}

/** An amount of money as text with its cents: `12.50`. Half a cent is rounded away from zero. */
export function moneyText(value: Big): string {
  const rounded = value.round(CENTS, Big.roundHalfUp);
  return rounded.eq(0) ? "0.00" : rounded.toFixed(CENTS);
}

/** The sum of decimal texts; missing ones count as nothing. */
export function sumOf(values: Iterable<string | undefined>): Big {
  let sum = new Big(0);
  for (const value of values) if (value !== undefined) sum = sum.plus(value);
  return sum;
}

/** The smaller of two numbers. */
export function least(one: Big, other: Big): Big {
  return one.lt(other) ? one : other;
}

/** The number, or zero where it is below. */
export function atLeastZero(value: Big): Big {
  return value.lt(0) ? new Big(0) : value;
}

/**
 * Quantity times price, unrounded, with the price basis (X12 element 639) and the unit (355) heeded: 250 at 4.00 per hundred
 * are 10.
 */
export function extendedAmount(quantity: string | Big, price: string, basis?: string, unit?: string): Big {
  const priceBasis = basis === undefined ? undefined : { code: basis };
  return exactAmount({ quantity: new Big(quantity).toFixed(), price, unit, priceBasis });
}

/**
 * Shares of a total in proportion to weights, each with at most so many decimals, that add up to the total exactly: rounded
 * down, and what is left goes to the largest remainders, the earlier one where two are equal. A total with more decimals
 * than asked for keeps its own. Without a positive weight all shares weigh the same. Weights below zero throw.
 */
export function apportion(total: string | Big, weights: readonly (string | Big)[], places = CENTS): Big[] {
  const whole = new Big(total);
  const parts = weights.map((weight) => new Big(weight));
  if (parts.length === 0) {
    if (whole.eq(0)) return [];
    throw new RangeError("there is nothing to apportion the total to; give at least one weight");
  }
  if (parts.some((part) => part.lt(0))) throw new RangeError("a weight is below zero; give weights of zero or more");
  const sum = parts.reduce((all, part) => all.plus(part), new Big(0));
  const weighed = sum.gt(0) ? parts : parts.map(() => new Big(1));
  const weight = sum.gt(0) ? sum : new Big(parts.length);

  const decimals = Math.max(places, decimalsOf(whole));
  const step = new Big(10).pow(-decimals);
  const amount = whole.abs();
  // Whole steps by integer division, so that no rounding of a quotient can lose or make a step.
  const shares = weighed.map((part) => {
    const scaled = amount.div(step).times(part);
    const steps = wholeQuotient(scaled, weight);
    return { steps, rest: scaled.minus(steps.times(weight)) };
  });
  const given = shares.reduce((all, { steps }) => all.plus(steps), new Big(0));
  let left = Number(amount.div(step).minus(given).toFixed());
  const byRest = shares.map((_, index) => index).sort((a, b) => order(shares, a, b));
  for (const index of byRest) {
    if (left === 0) break;
    const share = shares[index];
    if (share) share.steps = share.steps.plus(1);
    left -= 1;
  }
  const sign = whole.lt(0) ? -1 : 1;
  return shares.map(({ steps }) => steps.times(step).times(sign));
}

function order(shares: readonly { rest: Big }[], a: number, b: number): number {
  return (shares[b]?.rest ?? new Big(0)).cmp(shares[a]?.rest ?? 0) || a - b;
}

function decimalsOf(value: Big): number {
  return Math.max(0, value.c.length - value.e - 1);
}

/** The whole part of a division of numbers that are not negative, exact also where the quotient has no end. */
function wholeQuotient(dividend: Big, divisor: Big): Big {
  const quotient = dividend.div(divisor).round(0, Big.roundDown);
  if (quotient.times(divisor).gt(dividend)) return quotient.minus(1);
  return dividend.minus(quotient.times(divisor)).gte(divisor) ? quotient.plus(1) : quotient;
}
