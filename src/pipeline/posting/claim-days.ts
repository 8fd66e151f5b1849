import { type Invoice, invoiceTotals } from "../../documents/index.ts";
import type { EarnedDiscount } from "../../ledger/index.ts";

/** ITD02 (X12 element 333): terms that count from the day of the invoice. */
const fromInvoiceDay: ReadonlySet<string> = new Set(["3"]);

/** The day on which an invoice is due, by its terms; null where they don't say a day that the invoice knows. */
export function netDueOn(invoice: Invoice): string | null {
  for (const { netDueDate, netDays, basis } of invoice.terms ?? []) {
    if (netDueDate !== undefined) return netDueDate;
    if (netDays !== undefined && countsFromInvoice(basis?.code)) return daysAfter(invoice.date, Number(netDays));
  }
  return null;
}

/** The discount that an invoice gives for paying early, and until when. */
export function discountOf(invoice: Invoice): EarnedDiscount | undefined {
  const amount = invoiceTotals(invoice).discount;
  if (amount === "0.00") return undefined;
  for (const { discountDueDate, discountDays, basis } of invoice.terms ?? []) {
    if (discountDueDate !== undefined) return { amount, until: discountDueDate };
    if (discountDays !== undefined && countsFromInvoice(basis?.code)) {
      return { amount, until: daysAfter(invoice.date, Number(discountDays)) };
    }
  }
  return { amount };
}

function countsFromInvoice(basis: string | undefined): boolean {
  return basis === undefined || fromInvoiceDay.has(basis);
}

function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
