import { Big } from "big.js";
import { decimalText } from "../../ledger/amount.ts";

/** A customer's place among all, largest sales first. */
export interface ParetoPlace {
  readonly customer: string;
  readonly amount: string;
  /** From 1. */
  readonly place: number;
  /** Percent of all sales, two decimals; null where there are none. */
  readonly share: string | null;
  /** Percent that it and all larger ones bring together. */
  readonly cumulative: string | null;
  /** Whether it is among the fewest who bring the share that was asked for. */
  readonly large: boolean;
}

/** Who brings most of the sales. */
export interface Pareto {
  readonly total: string;
  /** Percent that was asked for. */
  readonly asked: string;
  /** How many customers bring it, and what percent of all customers they are. */
  readonly customers: number;
  readonly percentOfCustomers: string | null;
  readonly ofCustomers: number;
  /** Percent that the largest fifth of the customers brings. */
  readonly broughtByLargestFifth: string | null;
  /** The smallest amount among those who bring the share; null where there are no sales. */
  readonly smallestLarge: string | null;
  readonly places: readonly ParetoPlace[];
}

/** Percent of a whole with two decimals. */
export function percentOf(part: Big, whole: Big): string {
  return part.times(100).div(whole).round(2, Big.roundHalfUp).toFixed(2);
}

/**
 * Orders customers by their sales and finds the fewest who bring a share of all. Equal amounts come in the order of their
 * ids, so that the order in which customers are given does not matter.
 * @param asked percent of all sales
 */
export function paretoOf(customers: readonly { customer: string; amount: string }[], asked: string): Pareto {
  const sorted = customers
    .map(({ customer, amount }) => ({ customer, amount: new Big(amount) }))
    .sort((one, other) => other.amount.cmp(one.amount) || (one.customer < other.customer ? -1 : 1));
  const total = sorted.reduce((sum, { amount }) => sum.plus(amount), new Big(0));
  const hasSales = total.gt(0);
  const target = total.times(asked).div(100);
  const fifth = Math.ceil(sorted.length / 5);
  let running = new Big(0);
  let ofFifth = new Big(0);
  let large = 0;
  let smallest: Big | null = null;
  const places = sorted.map(({ customer, amount }, index): ParetoPlace => {
    const isLarge = hasSales && running.lt(target);
    running = running.plus(amount);
    if (index + 1 === fifth) ofFifth = running;
    if (isLarge) {
      large++;
      smallest = amount;
    }
    return {
      customer,
      amount: decimalText(amount),
      place: index + 1,
      share: hasSales ? percentOf(amount, total) : null,
      cumulative: hasSales ? percentOf(running, total) : null,
      large: isLarge,
    };
  });
  return {
    total: decimalText(total),
    asked,
    customers: large,
    percentOfCustomers: sorted.length > 0 ? percentOf(new Big(large), new Big(sorted.length)) : null,
    ofCustomers: sorted.length,
    broughtByLargestFifth: hasSales ? percentOf(ofFifth, total) : null,
    smallestLarge: smallest === null ? null : decimalText(smallest),
    places,
  };
}
