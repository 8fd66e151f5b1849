import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";

/** Text that people read and PostgreSQL keeps: no control characters. */
const plain = (longest: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(longest, `must be at most ${longest} characters`)
    .regex(/^[^\p{Cc}]*$/u, "must not have control characters in it");
/** A number as `numeric` keeps it, of at most 15 digits before and 4 behind the point. */
const amount = decimal.regex(/^-?\d{1,15}(\.\d{1,4})?$/, "must be a number such as 1250.00, at most 15 digits");
const notNegative = amount.regex(/^\d/, "must not be below zero");
const percent = notNegative.refine((text) => Number(text) <= 100, "must be at most 100 percent");
const count = z.int("must be a whole number").min(0, "must not be below zero").max(1_000_000_000, "is too large");

/** A customer's own number with the supplier. */
export const customerId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, "must be 1 to 60 letters, digits, dots, hyphens or underlines")
  .describe("The customer's number or short name with the supplier.");

/** `YYYY-MM`. */
export const calendarMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month, YYYY-MM");

/** What the supplier says of a customer, an account or not. */
export const customer = z
  .strictObject({
    id: customerId,
    name: plain(120),
    account: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe("Short name of the account that it is; left out: it is none."),
    regions: z.array(plain(40)).max(100, "must be at most 100 regions").default([]).describe("Where it is served."),
    since: z.iso.date("must be a day, YYYY-MM-DD").optional().describe("First day of the relationship."),
    agreement: plain(60).optional().describe("Agreement or buying group that it buys under."),
    locations: count.optional().describe("Its own locations that buy."),
    centralBuying: z.boolean().optional().describe("Whether one place buys for its locations."),
    serviceLevel: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, "must be lower-case letters, digits and hyphens")
      .optional()
      .describe("The service level that it uses, as the scoring settings name them."),
    profitableShare: percent.optional().describe("Percent of its sales in profitable products."),
    margin: amount
      .refine((text) => Math.abs(Number(text)) <= 100, "must be at most 100 percent")
      .optional()
      .describe("Percent, where nobody knows the share of profitable products."),
    note: plain(500).optional().describe("What else is to be known of it."),
  })
  .meta({ id: "customer", description: "What the supplier says of a customer, an account or not." });
export type Customer = z.output<typeof customer>;

const salesOf = {
  customer: customerId,
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency, for example USD")
    .optional()
    .describe("Left out: the currency that the company counts in."),
  amount: amount.describe("Net sales; a credit is below zero."),
  profitableAmount: amount.optional().describe("How much of it is of profitable products; left out: nobody knows."),
  disputedAmount: notNegative.default("0").describe("How much of it the customer disputed or did not pay as billed."),
  disputes: count.default(0).describe("How often."),
  orders: count.default(0).describe("Orders behind it."),
};

/** Sales of a customer that did not run through the gateway: all of a month, or one invoice or memo. */
export const customerSale = z
  .union([
    z.strictObject({ month: calendarMonth.describe("All sales of this month."), ...salesOf }),
    z.strictObject({
      date: z.iso.date("must be a day, YYYY-MM-DD").describe("Day of the invoice or memo."),
      number: plain(60).describe("Its number: the same again takes the place of the one before."),
      ...salesOf,
    }),
  ])
  .meta({ id: "customerSale" });
export type CustomerSale = z.output<typeof customerSale>;
