import type { InvoicingRule } from "../rules/invoicing.ts";

/** The number of an invoice (BIG02): the rule's prefix and the count, with zeros in front. */
export function invoiceNumber({ prefix, digits }: NonNullable<InvoicingRule["numbering"]>, count: number): string {
  return `${prefix}${String(count).padStart(digits, "0")}`;
}
