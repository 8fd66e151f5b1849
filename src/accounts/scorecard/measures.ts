import type { ServiceLevels, Within } from "../rules/service-levels.ts";
import type { BeginsBy } from "./deadline.ts";

/** What of a scorecard a figure belongs to. */
export type FigureGroup = "acknowledgment" | "shipment" | "invoice" | "dispute" | "refusal";

/** What is told of a figure beside its numbers. */
export interface Measure {
  readonly group: FigureGroup;
  /** good: its number is to be high, and the others missed. bad: its number is what went wrong. */
  readonly counts: "good" | "bad";
  /** How it is counted. */
  readonly counted: string;
  /** Whether the account itself may see it. */
  readonly shownToAccount: boolean;
}

/** Every figure of a scorecard, in the order in which they are shown. */
export const measures = {
  acknowledge: {
    group: "acknowledgment",
    counts: "good",
    counted:
      "Interchanges that came in the period with more in them than acknowledgments, and their first 997 or 999: when it was in the mailbox, or pushed.",
    shownToAccount: true,
  },
  orderResponse: {
    group: "acknowledgment",
    counts: "good",
    counted: "Orders (850) that came in the period, less those that ask for no answer (BEG07 NA), and their first 855.",
    shownToAccount: true,
  },
  changeResponse: {
    group: "acknowledgment",
    counts: "good",
    counted: "Order changes (860) that came in the period, and their first 865.",
    shownToAccount: true,
  },
  shipOnTime: {
    group: "shipment",
    counts: "good",
    counted:
      "Order lines whose day, the one promised, else the one asked for, lies in the period: whether all that is wanted of it had left by then. Lines of which nothing is wanted any more are left out.",
    shownToAccount: true,
  },
  promises: {
    group: "shipment",
    counts: "good",
    counted:
      "Days promised to ship by priority rules that were over in the period, by order: kept, or missed. Orders that were taken back are left out.",
    shownToAccount: true,
  },
  shipNotice: {
    group: "shipment",
    counts: "good",
    counted:
      "Shipments that left in the period, and the first notice (856) of each. Where the notice says no time of day (DTM*011), it counts from the end of the working hours.",
    shownToAccount: true,
  },
  invoice: {
    group: "invoice",
    counts: "good",
    counted:
      "Shipments that left in the period, and the invoice (810) that bills the last of each. What is shipped first is billed first; orders that ask for no invoice (BEG08 INR) are left out.",
    shownToAccount: true,
  },
  invoicesRefused: {
    group: "dispute",
    counts: "bad",
    counted:
      "Invoices and debit memos dated in the period, and those of them that a 997, 999 or 824 of the account refused.",
    shownToAccount: false,
  },
  deductions: {
    group: "dispute",
    counts: "bad",
    counted: "Payments that came in the period, and those of them that were less than what was claimed, by how much.",
    shownToAccount: false,
  },
  deductionsAgreed: {
    group: "dispute",
    counts: "bad",
    counted: "Payments that came in the period, and what was deducted in them that the account's rules allow.",
    shownToAccount: false,
  },
  documentsRejected: {
    group: "dispute",
    counts: "bad",
    counted: "Documents of ours of the period, and those of them that an 824 of the account rejected.",
    shownToAccount: false,
  },
  refusedByAccount: {
    group: "refusal",
    counts: "bad",
    counted:
      "Transaction sets that we sent in the period, less acknowledgments, and those that its 997 or 999 refused.",
    shownToAccount: false,
  },
  refusedByUs: {
    group: "refusal",
    counts: "bad",
    counted: "Transaction sets that came in the period, less acknowledgments, and those that we refused.",
    shownToAccount: false,
  },
} as const satisfies Record<string, Measure>;

export type FigureName = keyof typeof measures;
export const figureNames = Object.keys(measures) as FigureName[];

/** Measures of how long something took, and what they are counted from. */
export const timedMeasures = {
  acknowledge: "arrival",
  orderResponse: "arrival",
  changeResponse: "arrival",
  shipNotice: "day",
  invoice: "day",
} as const satisfies Partial<Record<FigureName, BeginsBy>>;
export type TimedMeasure = keyof typeof timedMeasures;

/** Whether a figure is one of how long something took. */
export function isTimed(name: FigureName): name is TimedMeasure {
  return name in timedMeasures;
}

/** What was agreed on for a figure: how soon, and in how many percent. */
export function targetOf(
  name: FigureName,
  levels: ServiceLevels | undefined,
): { readonly within: Within | null; readonly percent: number | null } {
  if (!levels) return { within: null, percent: null };
  if (isTimed(name)) {
    const within = levels[name] ?? null;
    return { within, percent: within && levels.percentOnTime };
  }
  return { within: null, percent: name === "shipOnTime" ? (levels.shipOnTime ?? null) : null };
}
