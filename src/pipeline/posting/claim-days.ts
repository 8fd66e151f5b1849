import type { Invoice } from "../../documents/index.ts";

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

function countsFromInvoice(basis: string | undefined): boolean {
  return basis === undefined || fromInvoiceDay.has(basis);
}

function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
