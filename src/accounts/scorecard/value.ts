import { Big } from "big.js";
import { extendedAmount, moneyText } from "../../ledger/amount.ts";

/** An amount of money; the empty currency where none was named. */
export interface Money {
  readonly currency: string;
  readonly amount: string;
}

/** Order lines that were priced alike: at what price, and at which one they would have been. */
export interface PricedLines {
  /** step: a step above the first gave the price. corrected: ours was lower than the one ordered at. */
  readonly kind: "step" | "corrected";
  readonly currency: string;
  readonly lines: number;
  /** In the price's unit. */
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  /** X12 element 639; null: by the unit. */
  readonly basis: string | null;
  /** The ladder's price from 0 on, or the ordered one; null where it is not known any more. */
  readonly instead: string | null;
  readonly insteadBasis: string | null;
}

/** What was given to an account in a period, as it is kept. */
export interface ServiceGiven {
  readonly orders: number;
  /** Orders that priority rules made high or urgent. */
  readonly raised: number;
  /** Orders on which expediting was free, and what it would have cost. */
  readonly waived: { readonly orders: number; readonly amounts: readonly Money[] };
  /** Orders that were given a contact of ours. */
  readonly withContact: number;
  /** Items shipped under warranty terms, by the id of the terms. */
  readonly covered: Readonly<Record<string, number>>;
  /** Publications told, those of them ahead of the last tier, and by how many seconds together. */
  readonly told: { readonly all: number; readonly ahead: number; readonly seconds: number };
  readonly priced: readonly PricedLines[];
  /** Earned by the last day of the period, each in its own. */
  readonly rebates: readonly Money[];
  /** Invoices and memos. */
  readonly invoices: number;
  /** Whether the account's rules say how it is invoiced. */
  readonly separateInvoicing: boolean;
}

/** What of a service was given in one period. */
interface Given {
  /** How often. */
  readonly count: number;
  readonly amounts: readonly Money[];
  /** Hours, with one decimal; null where it is no matter of time. */
  readonly hours: string | null;
}

export type Service = "invoicing" | "priority" | "earlyInformation" | "contact" | "warranties" | "prices";

/** A service, how much of it was given, how that is counted, and how it was in the period before. */
export interface ValueOfServices extends Given {
  readonly service: Service;
  readonly value: string;
  readonly counted: string;
  readonly before: Given;
}

interface Value {
  readonly service: Service;
  readonly value: string;
  readonly counted: string;
  given(services: ServiceGiven): Partial<Given>;
}

const values: readonly Value[] = [
  {
    service: "invoicing",
    value: "invoicesAsAgreed",
    counted: "Invoices and memos dated in the period, where the account's rules say how it is invoiced.",
    given: ({ separateInvoicing, invoices }) => ({ count: separateInvoicing ? invoices : 0 }),
  },
  {
    service: "priority",
    value: "ordersRaised",
    counted: "Orders dated in the period that a priority rule made high or urgent.",
    given: ({ raised }) => ({ count: raised }),
  },
  {
    service: "priority",
    value: "expeditingNotCharged",
    counted:
      "Orders dated in the period on which the contract gives expediting free, and the charge that was left away.",
    given: ({ waived }) => ({ count: waived.orders, amounts: waived.amounts }),
  },
  {
    service: "earlyInformation",
    value: "hoursAhead",
    counted:
      "Publications told in the period before the turn of their last tier, and the hours between the two, together.",
    given: ({ told }) => ({ count: told.ahead, hours: new Big(told.seconds).div(3600).toFixed(1) }),
  },
  {
    service: "contact",
    value: "ordersWithContact",
    counted: "Orders dated in the period for which the rules name a contact of ours.",
    given: ({ withContact }) => ({ count: withContact }),
  },
  {
    service: "warranties",
    value: "itemsCovered",
    counted:
      "Items shipped in the period under warranty terms of the account: one for each serial number, else for each line.",
    given: ({ covered }) => ({ count: Object.values(covered).reduce((sum, one) => sum + one, 0) }),
  },
  {
    service: "prices",
    value: "belowFirstStep",
    counted:
      "Order lines dated in the period that a step by quantity or volume priced: the ladder's price from 0 on, less the agreed one, times the quantity.",
    given: ({ priced }) => advantageOf(priced, "step"),
  },
  {
    service: "prices",
    value: "orderedTooHigh",
    counted:
      "Order lines dated in the period that were ordered above the agreed price: the difference, times the quantity.",
    given: ({ priced }) => advantageOf(priced, "corrected"),
  },
  {
    service: "prices",
    value: "rebates",
    counted: "Rebates earned by the last day of the period, each since its own period began.",
    given: ({ rebates }) => ({ count: rebates.length, amounts: rebates }),
  },
];

/** What every service came to in a period, beside the one before. */
export function valuesOf(now: ServiceGiven, before: ServiceGiven): ValueOfServices[] {
  return values.map(({ service, value, counted, given }) => ({
    service,
    value,
    ...inFull(given(now)),
    counted,
    before: inFull(given(before)),
  }));
}

function inFull({ count = 0, amounts = [], hours = null }: Partial<Given>): Given {
  return {
    count,
    amounts: amounts.map(({ currency, amount }) => ({ currency, amount: moneyText(new Big(amount)) })),
    hours,
  };
}

/** What lines cost less than they would have, by currency; what nobody knows another price of is left out. */
function advantageOf(priced: readonly PricedLines[], kind: PricedLines["kind"]): Partial<Given> {
  const sums = new Map<string, Big>();
  let count = 0;
  for (const { kind: own, currency, lines, quantity, unit, price, basis, instead, insteadBasis } of priced) {
    if (own !== kind || instead === null) continue;
    const paid = extendedAmount(quantity, price, basis ?? undefined, unit);
    const spared = extendedAmount(quantity, instead, insteadBasis ?? undefined, unit).minus(paid);
    if (spared.lte(0)) continue;
    count += lines;
    sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(spared));
  }
  const amounts = [...sums].map(([currency, amount]) => ({ currency, amount: amount.toFixed() }));
  return { count, amounts: amounts.sort((one, other) => (one.currency < other.currency ? -1 : 1)) };
}
