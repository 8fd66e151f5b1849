/** What is known of a customer beside its sales. null: nobody said. */
export interface CustomerFacts {
  readonly regions: readonly string[];
  /** First day of the relationship, `YYYY-MM-DD`. */
  readonly since: string | null;
  /** Agreement or buying group that it buys under. */
  readonly agreement: string | null;
  readonly locations: number | null;
  readonly centralBuying: boolean | null;
  readonly serviceLevel: string | null;
  /** Percent of the sales that is of profitable products. */
  readonly profitableShare: string | null;
  /** Percent. */
  readonly margin: string | null;
}

/** What a customer did in a period. Amounts are decimal text in the company's currency, credits taken off. */
export interface CustomerFigures {
  readonly customer: string;
  readonly name: string;
  /** null: it is no account in the gateway. */
  readonly account: string | null;
  readonly facts: CustomerFacts;
  /** Net sales by month, `YYYY-MM`; months without any are left out. */
  readonly sales: Readonly<Record<string, string>>;
  /** First month with sales ever, `YYYY-MM`. */
  readonly firstSale: string | null;
  /** Sales of which it was said how much is profitable, and how much that is. */
  readonly profitable: { readonly amount: string; readonly of: string } | null;
  readonly orders: number;
  /** Orders that priority rules made high or urgent. null: its orders are not seen here. */
  readonly ordersRaised: number | null;
  readonly disputes: number;
  readonly disputed: string;
  /** Prices of order lines that were checked, and those that were not as agreed. */
  readonly prices: { readonly checked: number; readonly rejected: number } | null;
  /** Amounts in currencies that have no rate. */
  readonly leftOut: readonly { readonly currency: string; readonly amount: string }[];
  /** Months that were reported for an account and not counted, since its traffic counts itself. */
  readonly monthsSetAside: number;
}

/** First and last month, `YYYY-MM`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthOf = (number: number): string =>
  `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;

/** The month so many after another; before it where the number is below zero. */
export function monthAfter(month: string, months: number): string {
  return monthOf(numberOf(month) + months);
}

/** How many months there are from one to another, both counted. */
export function monthsIn({ from, to }: Period): number {
  return numberOf(to) - numberOf(from) + 1;
}

/** The months of a period, first one first. */
export function monthsOf(period: Period): string[] {
  return Array.from({ length: Math.max(0, monthsIn(period)) }, (_, index) => monthAfter(period.from, index));
}

/** The last whole months before a day, so many of them. @param day `YYYY-MM-DD` */
export function lastMonths(day: string, months: number): Period {
  const current = day.slice(0, 7);
  return { from: monthAfter(current, -months), to: monthAfter(current, -1) };
}
