/**
 * The tables of customers, accounts or not, and of what counts towards their score. The sums by month say nothing that documents
 * and reported sales don't: each is added to, or made anew, in the transaction that writes what it sums up
 * (`account-months.ts`, `customer-sales.ts`).
 */
import { boolean, date, integer, jsonb, numeric, primaryKey, text } from "drizzle-orm/pg-core";
import type { CountedUse } from "../accounts/scoring/service-use.ts";
import type { ScoringSettings } from "../accounts/scoring/settings.ts";
import { instant, usage } from "./columns.ts";
import { accounts, portico } from "./tables.ts";

/** `YYYY-MM`. */
const month = () => text("month").notNull();
/** ISO 4217; empty: whichever the company counts in. */
const currency = () => text("currency").notNull().default("");
const amount = (name: string) => numeric(name).notNull().default("0");
const count = (name: string) => integer(name).notNull().default(0);

/** What the supplier says of a customer. An account is one too, whether or not it has a row here. */
export const customers = portico.table("customer", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** null: it is no account. */
  accountId: text("account_id")
    .unique("customer_account")
    .references(() => accounts.id),
  regions: text("regions").array().notNull().default([]),
  /** First day of the relationship. */
  since: date("since", { mode: "string" }),
  /** Agreement or buying group. */
  agreement: text("agreement"),
  locations: integer("locations"),
  centralBuying: boolean("central_buying"),
  serviceLevel: text("service_level"),
  /** Percent of its sales in profitable products. */
  profitableShare: numeric("profitable_share"),
  /** Percent. */
  margin: numeric("margin"),
  note: text("note"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/** month: all of a month. document: one invoice or memo. A month of a customer is told in one way or the other. */
export type SaleKind = "month" | "document";

/** Sales that did not run through the gateway, as the supplier reports them. */
export const customerSales = portico.table(
  "customer_sale",
  {
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    kind: text("kind").$type<SaleKind>().notNull(),
    /** Of a month: the month. Of a document: its number. */
    reference: text("reference").notNull(),
    month: month(),
    currency: currency(),
    /** Credits are below zero. */
    amount: numeric("amount").notNull(),
    /** null: nobody said. */
    profitableAmount: numeric("profitable_amount"),
    disputedAmount: amount("disputed_amount"),
    disputes: count("disputes"),
    orders: count("orders"),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.kind, table.reference, table.currency] })],
);

/** The sums of `customer_sale` by month. */
export const customerMonths = portico.table(
  "customer_month",
  {
    customerId: text("customer_id")
      .notNull()
      .references(() => customers.id),
    month: month(),
    currency: currency(),
    amount: amount("amount"),
    /** Of the rows that say how much of them is profitable: that, and their own amount. */
    profitable: amount("profitable"),
    profitableOf: amount("profitable_of"),
    disputed: amount("disputed"),
    disputes: count("disputes"),
    orders: count("orders"),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.month, table.currency] })],
);

/** The sums of an account's invoices, memos and payment differences by month. */
export const accountMonths = portico.table(
  "account_month",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    month: month(),
    currency: currency(),
    invoices: count("invoices"),
    creditMemos: count("credit_memos"),
    /** Billed, less what was credited. */
    amount: amount("amount"),
    /** Above zero. */
    credited: amount("credited"),
    /** Payments, or parts of them, that were less than claimed, and by how much. */
    disputes: count("disputes"),
    disputed: amount("disputed"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.usage, table.month, table.currency] })],
);

/** How often an account used what its rules give, by month. */
export const accountUses = portico.table(
  "account_use",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    month: month(),
    use: text("use").$type<CountedUse>().notNull(),
    /** Of a rule, level, outcome or contract; empty for orders. */
    name: text("name").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.usage, table.month, table.use, table.name] })],
);

/** How customers are scored, in versions that never change; the last is in force. */
export const scoringVersions = portico.table("scoring_version", {
  /** From 1. */
  number: integer("number").primaryKey(),
  settings: jsonb("settings").$type<ScoringSettings>().notNull(),
  author: text("author").notNull(),
  reason: text("reason"),
  createdAt: instant("created_at").notNull().defaultNow(),
});
