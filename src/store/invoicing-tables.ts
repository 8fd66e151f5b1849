/**
 * What was shipped and has to be billed, and the invoices that the gateway makes of it: one family of tables. Everything billable
 * is on exactly one invoice, or says why it is on none.
 */
import { sql } from "drizzle-orm";
import { bigint, bigserial, check, index, integer, jsonb, numeric, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { BillableCharge, BilledPlace } from "../accounts/invoicing/index.ts";
import { instant, usage } from "./columns.ts";
import { orderLines, orders } from "./ledger-tables.ts";
import { accounts, documents, portico } from "./tables.ts";

const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => accounts.id);

/** What is billed together at one time: everything until a cut-off, or what one ship notice announces. */
export const billingPeriods = portico.table(
  "billing_period",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: accountId(),
    usage: usage(),
    /** day, week, month: what was shipped until its end. Otherwise the id of the ship notice, which is billed at once. */
    basis: text("basis").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** The part of the account whose rule of invoicing it is; null: the account as a whole. */
    division: text("division"),
    location: text("location"),
    /** null: lines can still come to it. */
    closedAt: instant("closed_at"),
    /** How often a person asked to bill what it left open. */
    retries: integer("retries").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("billing_period_sequence").on(table.sequence),
    uniqueIndex("billing_period_once").on(
      table.accountId,
      table.usage,
      table.basis,
      table.endsAt,
      sql`coalesce(${table.division}, '')`,
      sql`coalesce(${table.location}, '')`,
    ),
    index("billing_period_open").on(table.accountId, table.usage, table.endsAt).where(sql`${table.closedAt} is null`),
  ],
);

/** goods: on a line of an order. notice-charge: of a ship notice. order-charge: of an order, written down once it is billed. */
export type BillingKind = "goods" | "notice-charge" | "order-charge";
/** open: to be billed. billed: on an invoice. closed: never billed, for the reason given. */
export type BillingState = "open" | "billed" | "closed";

/** What the splits need to know of goods, beside their order. */
export interface BillingFacts {
  readonly billOfLading?: string | undefined;
  /** The day that it left. */
  readonly shippedOn?: string | undefined;
  readonly shipTo?: { readonly idQualifier?: string | undefined; readonly id: string } | undefined;
  readonly store?: BilledPlace | undefined;
  readonly markFor?: BilledPlace | undefined;
  readonly commodity?: string | undefined;
  readonly hazard?: string | undefined;
}

/** Goods that left, or a charge of a fixed amount, until they are on an invoice; below zero where they are given back. */
export const billingLines = portico.table(
  "billing_line",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    periodId: uuid("period_id")
      .notNull()
      .references(() => billingPeriods.id),
    accountId: accountId(),
    usage: usage(),
    kind: text("kind").$type<BillingKind>().notNull(),
    /** The ship notice behind it; of a charge of an order: the one whose goods it was billed with. */
    documentId: uuid("document_id")
      .notNull()
      .references(() => documents.id),
    shipment: text("shipment").notNull(),
    /** Of goods: the order that they are of. Of a charge: the first of its orders. */
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** Of a charge: all orders that it is for. */
    orderIds: uuid("order_ids").array().notNull().default([]),
    /** Of goods, and of a charge of one line. */
    orderLineId: uuid("order_line_id").references(() => orderLines.id),
    /** Which line of the order, from 1. */
    position: integer("position"),
    /** Of goods: in the line's unit; below zero where they are given back. */
    quantity: numeric("quantity"),
    unit: text("unit"),
    facts: jsonb("facts").$type<BillingFacts>().notNull().default({}),
    /** Of charges: where in its document it stands, and what it says. */
    path: text("path"),
    charge: jsonb("charge").$type<BillableCharge["what"]>(),
    /** Of what is given back: the billed line that it gives back, and the number of the invoice that it was on. */
    givesBackId: bigint("gives_back_id", { mode: "number" }),
    givesBack: text("gives_back"),
    state: text("state").$type<BillingState>().notNull().default("open"),
    /** The invoice that it is on. */
    invoiceId: uuid("invoice_id").references(() => documents.id),
    /** Of billed goods, and of those that are given back: at what price. */
    price: numeric("price"),
    priceBasis: text("price_basis"),
    /** Why it waits, or is never billed. */
    reason: text("reason"),
    /** What somebody has to do so that it can be billed. */
    mend: text("mend"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("billing_line_on_invoice", sql`(${table.state} = 'billed') = (${table.invoiceId} is not null)`),
    index("billing_line_open")
      .on(table.accountId, table.usage, table.periodId, table.id)
      .where(sql`${table.state} = 'open'`),
    index("billing_line_invoice").on(table.invoiceId).where(sql`${table.invoiceId} is not null`),
    index("billing_line_shipment").on(table.accountId, table.usage, table.shipment),
    index("billing_line_order").on(table.orderId, table.position).where(sql`${table.state} = 'billed'`),
    // What an order gives or charges once is billed once.
    uniqueIndex("billing_line_of_order").on(table.orderId, table.path).where(sql`${table.kind} = 'order-charge'`),
  ],
);

/** An invoice that the gateway made, and why it is one. */
export const madeInvoices = portico.table(
  "made_invoice",
  {
    documentId: uuid("document_id")
      .primaryKey()
      .references(() => documents.id),
    periodId: uuid("period_id")
      .notNull()
      .references(() => billingPeriods.id),
    /** The invoice whose freight, charges or allowances it says: it is checked once that one is accepted. */
    besideId: uuid("beside_id").references(() => documents.id),
    /** Why it is an invoice of its own. */
    separate: text("separate").notNull(),
    /** Why its lines are together. */
    together: text("together").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [index("made_invoice_beside").on(table.besideId).where(sql`${table.besideId} is not null`)],
);
