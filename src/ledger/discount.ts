import { Big } from "big.js";
import type { Invoice } from "../documents/index.ts";
import { invoiceTotals } from "../documents/invoice-totals.ts";

/** A discount for paying early: how much, and until when. */
export interface EarnedDiscount {
  /** In the invoice's currency, above zero. */
  readonly amount: string;
  /** The last day; missing where it counts from a day that the invoice doesn't know, as that of delivery. */
  readonly until?: string;
}

/** X12 element 333, ITD02: days counted from the invoice's own date. */
const fromInvoiceDate = "3";

/**
 * The discount that an invoice's terms give for paying early (ITD), and its last day: as the terms name it, or counted from the
 * invoice's date where they count from that or don't say from what. Nothing where the terms give none.
 */
export function earlyPaymentDiscount(invoice: Invoice): EarnedDiscount | undefined {
  const { discount } = invoiceTotals(invoice);
  if (new Big(discount).lte(0)) return undefined;
  const terms = invoice.terms?.find((one) => one.discountAmount !== undefined || one.discountPercent !== undefined);
  if (terms?.discountDueDate !== undefined) return { amount: discount, until: terms.discountDueDate };
  const countsFromInvoice = terms?.basis === undefined || terms.basis.code === fromInvoiceDate;
  if (terms?.discountDays === undefined || !countsFromInvoice) return { amount: discount };
  const last = new Date(`${invoice.date}T00:00:00Z`);
  last.setUTCDate(last.getUTCDate() + Number(terms.discountDays));
  return { amount: discount, until: last.toISOString().slice(0, 10) };
}
