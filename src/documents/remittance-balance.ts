import Big from "big.js";
import type { Remittance, RemittanceAdjustment, RemittanceLine } from "./remittance.ts";

/** What kind of paper an open item is. `other` is a number that only the payer's own qualifier explains. */
export type BillingDocument = "invoice" | "credit memo" | "debit memo" | "order" | "other";

/** X12 element 128, as RMR01 uses it. */
const billingDocuments: ReadonlyMap<string, BillingDocument> = new Map([
  ["4H", "invoice"],
  ["AM", "debit memo"],
  ["CD", "credit memo"],
  ["CL", "credit memo"],
  ["CM", "credit memo"],
  ["DB", "debit memo"],
  ["DL", "debit memo"],
  ["I5", "invoice"],
  ["IK", "invoice"],
  ["IV", "invoice"],
  ["OI", "invoice"],
  ["PO", "order"],
]);

/** An amount that was put on or taken off, the code of the reason (X12 element 426), and what it goes back to. */
export type Deduction = { amount: string; reason: string; word?: string; reference?: string };

/** What one line of a remittance settles. All amounts are in the currency of the remittance. */
export type Settlement = {
  document: BillingDocument;
  /** Number of the invoice or memo; missing where the payer named none. */
  number?: string;
  /** Number of the order, where the payer says it. */
  order?: string;
  paid: string;
  invoiced?: string;
  discount: string;
  /** Adjustments of the line, RMR08 and each ADX, signed as they came: below zero less is paid. */
  deductions: Deduction[];
  /**
   * What no discount and no adjustment explains: paid − (invoiced − discount + adjustments). Zero where all is explained,
   * missing where the payer didn't say the invoice's amount.
   */
  unexplained?: string;
};

/** What a remittance comes to, and whether its parts add up to it. */
export type RemittanceBalance = {
  /** BPR02. */
  stated: string;
  /** Sum of what the lines pay. */
  lines: string;
  /** Sum of the adjustments that belong to no line. */
  adjustments: string;
  /** stated − lines − adjustments; "0" where the remittance adds up, or where it has no detail to add up. */
  difference: string;
  /** True where there is no detail: money alone, whose advice comes apart from it. */
  withoutDetail: boolean;
};

/** What a line pays, with the amounts that belong to it and what is left unexplained. */
export function settlementOf(line: RemittanceLine): Settlement {
  const deductions = [
    ...(line.adjustment === undefined ? [] : [deductionOf(line.adjustment)]),
    ...(line.adjustments ?? []).map(deductionOf),
  ];
  const paid = new Big(line.paidAmount ?? 0);
  const discount = new Big(line.discountAmount ?? 0);
  const { qualifier, value } = line.billingReference ?? {};
  const order = qualifier === "PO" ? value : line.references?.find((reference) => reference.qualifier === "PO")?.value;
  return {
    document: billingDocuments.get(qualifier ?? "") ?? "other",
    ...(value === undefined ? {} : { number: value }),
    ...(order === undefined ? {} : { order }),
    paid: paid.toFixed(),
    ...(line.invoiceAmount === undefined ? {} : { invoiced: new Big(line.invoiceAmount).toFixed() }),
    discount: discount.toFixed(),
    deductions,
    ...(line.invoiceAmount === undefined
      ? {}
      : {
          unexplained: paid
            .minus(new Big(line.invoiceAmount).minus(discount).plus(sum(deductions.map(({ amount }) => amount))))
            .toFixed(),
        }),
  };
}

/** Every line of a remittance as what it settles, in the payer's order. */
export function settlementsOf(remittance: Remittance): Settlement[] {
  return linesOf(remittance).map(settlementOf);
}

/** The adjustments that belong to no invoice, in the payer's order: rebates, fees, charge-backs of their own. */
export function unattachedAdjustments(remittance: Remittance): RemittanceAdjustment[] {
  return (remittance.entities ?? []).flatMap((entity) => entity.adjustments ?? []);
}

/**
 * Adds a remittance up. An adjustment inside a line is already in what the line pays (it says why less is paid), so only
 * those beside the lines count on their own. Where our account is debited (BPR03 D) the amount stated counts as below zero.
 */
export function remittanceBalance(remittance: Remittance): RemittanceBalance {
  const paid = linesOf(remittance).map((line) => line.paidAmount ?? "0");
  const adjusted = unattachedAdjustments(remittance).map(({ amount }) => amount);
  const withoutDetail = paid.length === 0 && adjusted.length === 0;
  const signed = new Big(remittance.amount).times(remittance.creditOrDebit.code === "D" ? -1 : 1);
  return {
    stated: new Big(remittance.amount).toFixed(),
    lines: sum(paid).toFixed(),
    adjustments: sum(adjusted).toFixed(),
    difference: withoutDetail ? "0" : signed.minus(sum(paid)).minus(sum(adjusted)).toFixed(),
    withoutDetail,
  };
}

function linesOf(remittance: Remittance): RemittanceLine[] {
  return (remittance.entities ?? []).flatMap((entity) => entity.lines ?? []);
}

function deductionOf(adjustment: Pick<RemittanceAdjustment, "amount" | "reason" | "reference">): Deduction {
  const { amount, reason, reference } = adjustment;
  return {
    amount: new Big(amount).toFixed(),
    reason: reason.code,
    ...(reason.word === undefined ? {} : { word: reason.word }),
    ...(reference?.value === undefined ? {} : { reference: reference.value }),
  };
}

function sum(amounts: readonly string[]): Big {
  return amounts.reduce((total, amount) => total.plus(amount), new Big(0));
}
