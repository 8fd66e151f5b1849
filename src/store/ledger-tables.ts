/**
 * The tables of the books: what became of each order line, and what an account owes. Figures are sums of entries; no column
 * counts what entries say. Entries are written once, in the transaction that accepts the document behind them.
 */
import { sql } from "drizzle-orm";
import {
  bigserial,
  date,
  index,
  integer,
  json,
  jsonb,
  numeric,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  AcknowledgedAs,
  DifferenceCode,
  ItemRelease,
  LedgerLine,
  MovementKind,
  OrderState,
} from "../ledger/index.ts";
import { instant, usage } from "./columns.ts";
import { accounts, documents, portico } from "./tables.ts";

const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => accounts.id);
const documentId = () =>
  uuid("document_id")
    .notNull()
    .references(() => documents.id);

/** What an account ordered under one number: locked while anything is posted on it. */
export const orders = portico.table(
  "order",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: accountId(),
    usage: usage(),
    number: text("number").notNull(),
    /** Empty where the order is no release. */
    release: text("release").notNull().default(""),
    /** The order's own ship-to, empty where it names none: buyers send one number to several places. */
    shipTo: text("ship_to").notNull().default(""),
    /** What its figures came to when something was last posted on it; kept so that orders can be searched by it. */
    state: text("state").$type<OrderState>().notNull().default("open"),
    /** The version in force, from 1. */
    version: integer("version").notNull(),
    /** The day that the buyer dated it. */
    orderedOn: date("ordered_on", { mode: "string" }).notNull(),
    currency: text("currency"),
    /** The part of the account that ordered; null: the account as a whole. */
    division: text("division"),
    location: text("location"),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("order_sequence").on(table.sequence),
    uniqueIndex("order_number").on(table.accountId, table.usage, table.number, table.release, table.shipTo),
    index("order_changed").on(table.changedAt),
  ],
);

/** An order as it stood after a document: the order itself, then each change that was taken. */
export const orderVersions = portico.table(
  "order_version",
  {
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** From 1, without a gap. */
    version: integer("version").notNull(),
    documentId: documentId(),
    /** The whole order as it is from this version on. */
    body: json("body").notNull(),
    /** What the document changed, in a sentence. */
    summary: text("summary").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.version] }),
    index("order_version_document").on(table.documentId),
  ],
);

/** One line of an order at one place. It stays when the buyer deletes it: its quantity is 0 then. */
export const orderLines = portico.table(
  "order_line",
  {
    id: uuid("id").primaryKey(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** Of the ledger line, unique in the order and the same in all its versions. */
    key: text("key").notNull(),
    /** The line as the version in force says it. */
    line: jsonb("line").$type<LedgerLine>().notNull(),
    /** The day that counts of what is open; null where nothing is open, or nobody named a day. */
    dueOn: date("due_on", { mode: "string" }),
    /** The day that counts, whether or not anything is open: the one promised, else the one asked for. */
    countsOn: date("counts_on", { mode: "string" }),
  },
  (table) => [
    uniqueIndex("order_line_key").on(table.orderId, table.key),
    // What an account bought of an item is looked up for each price by volume.
    index("order_line_products").using("gin", sql`(${table.line}->'productIds') jsonb_path_ops`),
    index("order_line_due").on(table.dueOn).where(sql`${table.dueOn} is not null`),
  ],
);

/** What one document did to one order line: the sum of these is what the ledger says. */
export const ledgerEntries = portico.table(
  "ledger_entry",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    orderLineId: uuid("order_line_id")
      .notNull()
      .references(() => orderLines.id),
    documentId: documentId(),
    /** Counts the entries of the document from 0, so that none is written twice. */
    ordinal: integer("ordinal").notNull(),
    kind: text("kind").$type<MovementKind>().notNull(),
    /** Signed, in the line's unit. */
    quantity: numeric("quantity").notNull(),
    unit: text("unit"),
    /** Signed, in the document's currency; null where nobody named a price. */
    amount: numeric("amount"),
    currency: text("currency"),
    price: numeric("price"),
    /** Of acknowledged entries: what our answer said of the quantity. */
    acknowledgedAs: text("acknowledged_as").$type<AcknowledgedAs>(),
    /** The code behind it: ACK01, POC02, BIG07. */
    code: text("code"),
    /** What is odd about it, or why it was made, in words. */
    reason: text("reason"),
    /** Number of the shipment, invoice or payment. */
    reference: text("reference"),
    /** Where in the document it stands. */
    path: text("path").notNull(),
    /** When it happened, by the document's own account. */
    happenedOn: date("happened_on", { mode: "string" }),
    /** Of acknowledged entries: the day that we promised. */
    promisedOn: date("promised_on", { mode: "string" }),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("ledger_entry_of_document").on(table.documentId, table.ordinal),
    index("ledger_entry_line").on(table.orderLineId, table.kind),
    index("ledger_entry_order").on(table.orderId, table.id),
  ],
);

/** invoice and debit-memo: the account owes us. credit-memo: we owe the account, its amounts are below zero. */
export type ReceivableKind = "invoice" | "credit-memo" | "debit-memo";

/** An invoice or memo as a claim; what is open of it is the sum of its entries. A number is used once. */
export const invoices = portico.table(
  "invoice",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: accountId(),
    usage: usage(),
    number: text("number").notNull(),
    kind: text("kind").$type<ReceivableKind>().notNull(),
    documentId: documentId(),
    /** Of a memo: the invoice that it corrects. */
    correctsId: uuid("corrects_id"),
    /** The day that it is dated. */
    issuedOn: date("issued_on", { mode: "string" }).notNull(),
    dueOn: date("due_on", { mode: "string" }),
    currency: text("currency"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("invoice_sequence").on(table.sequence),
    uniqueIndex("invoice_number").on(table.usage, table.number),
    index("invoice_account").on(table.accountId, table.sequence),
    index("invoice_document").on(table.documentId),
  ],
);

/** billed: what the invoice says. paid, discount, adjustment: how a remittance settled a part of it. */
export type ReceivableEntryKind = "billed" | "paid" | "discount" | "adjustment";

/** What one document did to what is open of an invoice. */
export const invoiceEntries = portico.table(
  "invoice_entry",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    documentId: documentId(),
    /** Counts the entries of the document from 0, so that none is written twice. */
    ordinal: integer("ordinal").notNull(),
    kind: text("kind").$type<ReceivableEntryKind>().notNull(),
    /** Which line of the claim it is of: the place in the invoice, and after a blank the key of the order line. */
    path: text("path").notNull().default(""),
    /** Of billed entries: how many of the line's unit. */
    quantity: numeric("quantity"),
    /** By how much the open amount rises; below zero it falls. */
    amount: numeric("amount").notNull(),
    /** Why, as the account says it: X12 element 426 for an adjustment. */
    code: text("code"),
    reason: text("reason"),
    /** Number of the payment or memo. */
    reference: text("reference"),
    happenedOn: date("happened_on", { mode: "string" }),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("invoice_entry_of_document").on(table.documentId, table.ordinal),
    index("invoice_entry_invoice").on(table.invoiceId, table.id),
  ],
);

/** Where a payment is not what was claimed: it settles nothing, and a person decides on it. */
export const paymentDifferences = portico.table(
  "payment_difference",
  {
    documentId: documentId(),
    /** Counts the differences of the document from 0. */
    ordinal: integer("ordinal").notNull(),
    /** null: it is about no invoice of ours. */
    invoiceId: uuid("invoice_id").references(() => invoices.id),
    code: text("code").$type<DifferenceCode>().notNull(),
    /** Above zero: we have more than was claimed; below: less. */
    amount: numeric("amount").notNull(),
    /** X12 element 426, where the payer gave a reason. */
    reason: text("reason"),
    message: text("message").notNull(),
    /** Where in the remittance. */
    path: text("path").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.ordinal] }),
    index("payment_difference_invoice").on(table.invoiceId),
  ],
);

/** Every serial shipping container code that was announced: never one for two loads. */
export const containers = portico.table(
  "container",
  {
    usage: usage(),
    /** Eighteen digits, the check digit last. */
    sscc: text("sscc").notNull(),
    accountId: accountId(),
    documentId: documentId(),
    /** A corrected notice of the same shipment may say it again. */
    shipment: text("shipment").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.usage, table.sscc] }), index("container_document").on(table.documentId)],
);

/** The last release of a schedule for one item at one place; it replaces the one before. */
export const scheduleReleases = portico.table(
  "schedule_release",
  {
    accountId: accountId(),
    usage: usage(),
    kind: text("kind").$type<"planning-schedule" | "shipping-schedule">().notNull(),
    /** Empty where the schedule names none. */
    shipTo: text("ship_to").notNull(),
    /** By what the item is found again in the next release: the buyer's part number where he gives it. */
    item: text("item").notNull(),
    documentId: documentId(),
    release: text("release").notNull(),
    releasedOn: date("released_on", { mode: "string" }).notNull(),
    /** What is wanted of the item when, and what the buyer says that he has received. */
    body: json("body").$type<ItemRelease>().notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.usage, table.kind, table.shipTo, table.item] })],
);

/** rejects, accepts, comments: an application advice or message. pays: a remittance. reports: a warehouse on its order. asks: a status inquiry. */
export type DocumentRelation = "rejects" | "accepts" | "comments" | "pays" | "reports" | "asks";

/** That one document speaks of another. */
export const documentLinks = portico.table(
  "document_link",
  {
    documentId: documentId(),
    speaksOfId: uuid("speaks_of_id")
      .notNull()
      .references(() => documents.id),
    relation: text("relation").$type<DocumentRelation>().notNull(),
    /** How it was found: by control numbers, or by a number of the business. */
    foundBy: text("found_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.speaksOfId] }),
    index("document_link_other").on(table.speaksOfId),
  ],
);
