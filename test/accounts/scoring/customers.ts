import type { CustomerFacts, CustomerFigures, Period } from "../../../src/accounts/scoring/figures.ts";
import { monthsOf } from "../../../src/accounts/scoring/figures.ts";
import { type ScoringSettingsInput, scoringSettings } from "../../../src/accounts/scoring/settings.ts";

export const year: Period = { from: "2025-01", to: "2025-12" };
export const settingsWith = (more: ScoringSettingsInput = {}) => scoringSettings.parse(more);

/** A customer of whom nothing is known but what is said. */
export function customerWith(
  customer: string,
  more: Partial<Omit<CustomerFigures, "facts">> & { readonly facts?: Partial<CustomerFacts> } = {},
): CustomerFigures {
  const { facts, ...figures } = more;
  return {
    customer,
    name: customer.toUpperCase(),
    account: null,
    sales: {},
    firstSale: null,
    profitable: null,
    orders: 0,
    ordersRaised: null,
    disputes: 0,
    disputed: "0",
    prices: null,
    leftOut: [],
    monthsSetAside: 0,
    ...figures,
    facts: {
      ...{ regions: [], since: null, agreement: null, locations: null, centralBuying: null },
      ...{ serviceLevel: null, profitableShare: null, margin: null },
      ...facts,
    },
  };
}

/** The same sales in each month of the year. */
export const everyMonth = (amount: string): Record<string, string> =>
  Object.fromEntries(monthsOf(year).map((month) => [month, amount]));
