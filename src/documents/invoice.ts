import { invoiceContent } from "./invoice-content.ts";
import { invoiceFaults } from "./invoice-totals.ts";

/** A invoice, and nothing in it contradicts the rest: see `invoiceFaults`. */
export const invoice = invoiceContent
  .superRefine((value, context) => {
    // What adds up can only be told of numbers.
    if (context.issues.length > 0) return;
    for (const { path, message } of invoiceFaults(value))
      context.addIssue({ code: "custom", path: [...path], message });
  })
  .meta({ id: "invoice", title: "Invoice", description: "What we bill an account, or credit it with." });
