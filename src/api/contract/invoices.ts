import { z } from "zod";
import { decimal, isoDate, usage } from "../../documents/index.ts";
import { movingDocument } from "./orders.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

/** An invoice or memo in a list. */
export const invoiceItem = z
  .object({
    id,
    account: accountId,
    usage,
    number: z.string(),
    kind: z.enum(["invoice", "credit-memo", "debit-memo"]),
    document: movingDocument,
    issuedOn: isoDate,
    dueOn: isoDate.nullable(),
    currency: z.string().nullable(),
    amount: decimal.describe("As billed; below zero for a credit memo."),
    openAmount: decimal.describe("Still to be paid; below zero where we owe it."),
    href,
  })
  .meta({ id: "invoiceItem" });
export type InvoiceItem = z.infer<typeof invoiceItem>;
export const invoiceList = listOf(invoiceItem, "invoiceList");

export const invoiceQuery = z.strictObject({
  account: plainText(60).optional(),
  number: plainText(40).optional().describe("Number of the invoice or memo."),
  open: z.stringbool().optional().describe("true: only those with something open; false: only those that are settled."),
  usage: z
    .enum(["production", "test", "all"])
    .default("production")
    .describe("Tests are shown only where they are asked for."),
  ...paging,
});

/** What settled a part of an invoice. */
const settlement = z
  .object({
    kind: z.enum(["paid", "discount", "adjustment"]),
    amount: decimal.describe("By how much the open amount fell; below zero where it rose again."),
    document: movingDocument,
    happenedOn: isoDate.nullable(),
    at: instant,
  })
  .meta({ id: "invoiceSettlement" });

/** Where a payment was not what was claimed, and why. */
const difference = z
  .object({
    code: z.string().describe("short-paid, deduction, discount-late, over-paid, ..."),
    amount: decimal.describe("Above zero: we have more than was claimed; below: less."),
    reason: z.string().nullable().describe("X12 element 426, where the payer gave one."),
    message: z.string(),
    payment: movingDocument,
    at: instant,
  })
  .meta({ id: "paymentDifference" });

/** Everything about one invoice. */
export const invoiceDetail = invoiceItem
  .extend({
    corrects: z
      .object({ id, number: z.string(), href })
      .nullable()
      .describe("Of a memo: the invoice that it is about."),
    memos: z.array(z.object({ id, number: z.string(), kind: z.string(), amount: decimal, href })),
    lines: z.array(
      z.object({
        path: z.string().describe("Place in the invoice, and after a blank the order line's key."),
        quantity: decimal,
        amount: decimal,
        openAmount: decimal,
      }),
    ),
    settlements: z.array(settlement).describe("Payments, discounts and adjustments, first one first."),
    differences: z.array(difference),
    orders: z.array(z.object({ id, number: z.string(), href })),
  })
  .meta({ id: "invoiceDetail" });
export type InvoiceDetail = z.infer<typeof invoiceDetail>;
