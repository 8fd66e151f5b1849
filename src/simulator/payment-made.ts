import { Big } from "big.js";
import {
  type Invoice,
  invoicedLines,
  invoiceTotals,
  isCredit,
  type Remittance,
  type RemittanceLine,
} from "../documents/index.ts";

/** How invoices are paid. discount: less the discount that the terms grant; short: less one piece of the first line. */
export const waysToPay = ["full", "discount", "short", "none"] as const;
export type WayToPay = (typeof waysToPay)[number];

/** X12 element 426: the quantity is contested. */
const quantityContested = "06";

/** What is known of a payment beside its invoices. */
export interface PaymentFacts {
  readonly account: string;
  readonly usage: Invoice["usage"];
  readonly number: string;
  /** The day of the payment, `YYYY-MM-DD`. */
  readonly date: string;
}

/**
 * A payment (820) of invoices; credit memos among them are set off. Each line adds up: what is paid is what was invoiced, less
 * the discount and what is deducted with a reason.
 *
 * @returns null where the memos are worth more than the invoices: then there is nothing to pay yet
 */
export function paymentOf(
  invoices: readonly Invoice[],
  way: Exclude<WayToPay, "none">,
  { account, usage, number, date }: PaymentFacts,
): Remittance | null {
  const lines = invoices.map((invoice) => lineFor(invoice, way));
  const amount = lines.reduce((sum, { paidAmount }) => sum.plus(paidAmount ?? 0), new Big(0));
  if (lines.length === 0 || amount.lte(0)) return null;
  return {
    documentType: "remittance",
    account,
    usage,
    number,
    traceType: { code: "1" },
    handling: { code: "I" },
    amount: amount.toFixed(2),
    creditOrDebit: { code: "C" },
    method: { code: "ACH" },
    format: { code: "CTX" },
    date,
    currency: "USD",
    currencyParty: "PR",
    parties: [
      { role: "PR", name: account.toUpperCase() },
      { role: "PE", name: "SUPPLIER" },
    ],
    entities: [{ number: "1", lines }],
  };
}

function lineFor(invoice: Invoice, way: Exclude<WayToPay, "none">): RemittanceLine {
  const totals = invoiceTotals(invoice);
  const order = invoicedLines(invoice)[0]?.order?.number;
  const common = {
    dates: [{ qualifier: "003", date: invoice.date }],
    ...(order !== undefined && { references: [{ qualifier: "PO", value: order }] }),
  };
  if (isCredit(invoice)) {
    const amount = new Big(totals.amount).times(-1).toFixed(2);
    const billingReference = { qualifier: "CM", value: invoice.number };
    return { billingReference, paidAmount: amount, invoiceAmount: amount, ...common };
  }
  const billingReference = { qualifier: "IV", value: invoice.number };
  const discount = way === "discount" ? new Big(totals.discount) : new Big(0);
  const deduction = way === "short" ? pieceOf(invoice) : new Big(0);
  return {
    billingReference,
    paidAmount: new Big(totals.amount).minus(discount).minus(deduction).toFixed(2),
    invoiceAmount: totals.amount,
    ...(discount.gt(0) && { discountAmount: discount.toFixed(2) }),
    ...common,
    ...(deduction.gt(0) && {
      adjustments: [{ amount: deduction.times(-1).toFixed(2), reason: { code: quantityContested } }],
    }),
  };
}

/** What one piece of the first line costs. */
function pieceOf(invoice: Invoice): Big {
  return new Big(invoice.lines[0]?.price ?? 0).round(2);
}
