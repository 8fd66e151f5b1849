import { z } from "zod";
import { decimal, invoice, isoDate, usage } from "../../documents/index.ts";
import { accountId, instant } from "./values.ts";

export const invoicePlanQuery = z.strictObject({
  usage: z.enum(["production", "test"]).default("production").describe("Whose books."),
  documents: z
    .stringbool()
    .default(false)
    .describe("true: each invoice as the document that it will be, line by line."),
});

export const invoicePlanRetry = z.strictObject({
  usage: z.enum(["production", "test"]).default("production").describe("Whose books."),
});

const place = {
  division: z.string().nullable().describe("The part of the account whose rule it is; null: the account as a whole."),
  location: z.string().nullable(),
};

/** An invoice before it is made. */
const plannedInvoice = z
  .object({
    number: z.string().describe("As long as nobody takes a number in between."),
    kind: z.string().nullable().describe("BIG07; null: an invoice like any other."),
    date: isoDate,
    currency: z.string().nullable(),
    amount: decimal,
    lineCount: z.int(),
    orders: z.array(z.string()).describe("At most 20."),
    shipments: z.array(z.string()).describe("At most 20."),
    about: z.string().nullable().describe("Of a memo, and of what stands beside an invoice: that invoice's number."),
    separate: z.string().describe("Why it is an invoice of its own."),
    together: z.string().describe("Why its lines are together."),
    document: invoice.optional(),
  })
  .meta({ id: "plannedInvoice" });

/** Something that will be on no invoice. */
const notBilled = z
  .object({
    order: z.string(),
    line: z.string().nullable().describe("Position of the line in its order; null: it is a charge."),
    shipment: z.string(),
    quantity: decimal.nullable(),
    until: z.enum(["waits", "never"]),
    reason: z.string(),
    mend: z.string().nullable().describe("What somebody has to do."),
  })
  .meta({ id: "notBilled" });

export const invoicePlan = z
  .object({
    account: accountId,
    usage,
    next: z
      .array(z.object({ ...place, cutOff: instant.nullable().describe("null: it is billed at once.") }))
      .describe("When what is shipped now will be billed, by part of the account that has a rule of its own."),
    periods: z.array(
      z.object({
        ...place,
        basis: z
          .enum(["day", "week", "month", "at-once", "waiting"])
          .describe("waiting: with what is billed next, or when somebody asks for it."),
        endsAt: instant.nullable().describe("Its cut-off; null: nothing says when."),
        ruleVersion: z.int().describe("The version of the account's rules that will decide."),
        lines: z.int().describe("What is open in it."),
        invoiceCount: z.int(),
        invoices: z.array(plannedInvoice).describe("The first 500."),
        notBilledCount: z.int(),
        notBilled: z.array(notBilled).describe("The first 500."),
      }),
    ),
  })
  .meta({ id: "invoicePlan" });
export type InvoicePlanView = z.infer<typeof invoicePlan>;

export const invoicePlanRetried = z
  .object({ account: accountId, usage, periods: z.int().describe("How many are billed again.") })
  .meta({ id: "invoicePlanRetried" });
