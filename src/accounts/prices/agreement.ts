import type { ProductId } from "../../documents/aggregate-components.ts";
import type { Contract, PricingRule, VolumePeriod } from "../rules/pricing.ts";
import type { PriceLadder } from "./ladder.ts";

/** What is asked for a price. */
export interface PriceQuestion {
  readonly productIds: readonly ProductId[];
  readonly unit?: string | undefined;
  /** The day whose prices hold, `YYYY-MM-DD`. */
  readonly date: string;
  readonly currency?: string | undefined;
  /** The contract that the order names (BEG06); others are not looked at then. */
  readonly contract?: string | undefined;
}

/** The contract and ladder that give an item's price, or why there is none. */
export type Agreement =
  | { readonly outcome: "agreed"; readonly contract: Contract; readonly ladder: PriceLadder }
  | { readonly outcome: "no-contract" | "expired" | "other-unit"; readonly reason: string };

/**
 * Which of an account's ladders holds for an item on a day: of the first contract in force that has one, the one that began last.
 * An order that names a contract is held to that one. What has ended is told apart from what never was.
 */
export function findAgreement(rule: PricingRule, ladders: readonly PriceLadder[], asked: PriceQuestion): Agreement {
  const { date, currency, unit, contract: named } = asked;
  const item = asked.productIds.map(({ id }) => id).join(", ") || "the item";
  if (named !== undefined && !rule.contracts.some(({ number }) => number === named)) {
    return { outcome: "no-contract", reason: `The order names contract ${named}, which is not one of the account's.` };
  }
  const contracts = rule.contracts.filter(({ number }) => named === undefined || number === named);
  const inMoney = contracts.filter((one) => currency === undefined || one.currency === currency);
  const ofItem = ladders.filter(
    (ladder) => isOf(ladder, asked.productIds) && inMoney.some(({ number }) => number === ladder.contract),
  );
  const ofUnit = ofItem.filter((ladder) => unit === undefined || ladder.unit === unit);
  for (const contract of inMoney) {
    const [ladder] = ofUnit
      .filter((one) => one.contract === contract.number && holdsOn(contract, date) && holdsOn(one, date))
      .sort((one, other) => (one.validFrom < other.validFrom ? 1 : -1));
    if (ladder) return { outcome: "agreed", contract, ladder };
  }
  const ended = inMoney.flatMap((contract) =>
    ofUnit
      .filter((one) => one.contract === contract.number)
      .flatMap((ladder) => [ladder.validTo, contract.validTo].filter((end) => end && end < date) as string[])
      .map((end) => ({ number: contract.number, end })),
  );
  const last = ended.sort((one, other) => (one.end < other.end ? 1 : -1))[0];
  if (last) {
    return {
      outcome: "expired",
      reason: `The price of ${item} in contract ${last.number} ended on ${last.end}; the order is of ${date}.`,
    };
  }
  const other = ofItem.find((ladder) => holdsOn(ladder, date));
  if (other && ofUnit.length === 0) {
    return {
      outcome: "other-unit",
      reason: `${item} is priced by ${other.unit} in contract ${other.contract}, and ordered in ${unit}.`,
    };
  }
  const where = named === undefined ? "No contract of the account" : `Contract ${named}`;
  const money = currency === undefined ? "" : ` in ${currency}`;
  return {
    outcome: "no-contract",
    reason: `${where} gives ${named === undefined ? "a" : "no"} price for ${item}${money} on ${date}.`,
  };
}

/** Whether a ladder is of a product: one of its ids is the ladder's, and where both say whose number it is, they say the same. */
export function isOf({ item, qualifier }: PriceLadder, productIds: readonly ProductId[]): boolean {
  return productIds.some(
    (one) => one.id === item && (qualifier === "" || one.qualifier === "" || qualifier === one.qualifier),
  );
}

function holdsOn(one: { validFrom: string; validTo?: string | null | undefined }, date: string): boolean {
  return one.validFrom <= date && (!one.validTo || date <= one.validTo);
}

/** The days of the period that a day is in, first and last, `YYYY-MM-DD`. */
export function periodOf(
  period: VolumePeriod,
  contract: Pick<Contract, "validFrom" | "validTo">,
  date: string,
): { readonly from: string; readonly to: string } {
  const year = date.slice(0, 4);
  const month = Number(date.slice(5, 7));
  switch (period) {
    case "contract":
      return { from: contract.validFrom, to: contract.validTo ?? "9999-12-31" };
    case "year":
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case "quarter": {
      const first = month - ((month - 1) % 3);
      return { from: dayOf(year, first), to: lastDayOf(year, first + 2) };
    }
    case "month":
      return { from: dayOf(year, month), to: lastDayOf(year, month) };
  }
}

function dayOf(year: string, month: number): string {
  return `${year}-${String(month).padStart(2, "0")}-01`;
}

function lastDayOf(year: string, month: number): string {
  const days = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return `${dayOf(year, month).slice(0, 8)}${String(days).padStart(2, "0")}`;
}
