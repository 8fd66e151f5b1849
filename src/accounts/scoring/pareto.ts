import { decimalText, hundredthsOf, hundredthsText, wholeAmounts } from "./exact.ts";

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

/**
 * Orders customers by their sales and finds the fewest who bring a share of all. Equal amounts come in the order of their
 * ids, so that the order in which customers are given does not matter.
 * @param asked percent of all sales
 */
export function paretoOf(customers: readonly { customer: string; amount: string }[], asked: string): Pareto {
  const { amounts, decimals } = wholeAmounts(customers.map(({ amount }) => amount));
  const sorted = customers
    .map(({ customer }, index) => ({ customer, amount: amounts[index] ?? 0n }))
    .sort((one, other) =>
      one.amount === other.amount ? (one.customer < other.customer ? -1 : 1) : one.amount > other.amount ? -1 : 1,
    );
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const hasSales = total > 0n;
  const share = wholeAmounts([asked]);
  // Both sides of "running < total × asked ÷ 100" as whole numbers.
  const [target, running100] = [total * (share.amounts[0] ?? 0n), 100n * 10n ** BigInt(share.decimals)];
  const fifth = Math.ceil(sorted.length / 5);
  let running = 0n;
  let ofFifth = 0n;
  let large = 0;
  let smallest: bigint | null = null;
  const percent = (part: bigint) => (hasSales ? hundredthsText(hundredthsOf(part, total)) : null);
  const places = sorted.map(({ customer, amount }, index): ParetoPlace => {
    const isLarge = hasSales && running * running100 < target;
    running += amount;
    if (index + 1 === fifth) ofFifth = running;
    if (isLarge) {
      large++;
      smallest = amount;
    }
    return {
      customer,
      amount: decimalText(amount, decimals),
      place: index + 1,
      share: percent(amount),
      cumulative: percent(running),
      large: isLarge,
    };
  });
  return {
    total: decimalText(total, decimals),
    asked,
    customers: large,
    percentOfCustomers: sorted.length > 0 ? hundredthsText(hundredthsOf(BigInt(large), BigInt(sorted.length))) : null,
    ofCustomers: sorted.length,
    broughtByLargestFifth: percent(ofFifth),
    smallestLarge: smallest === null ? null : decimalText(smallest, decimals),
    places,
  };
}
