/**
 * The tables of what follows from prices by volume: credits where a step was reached, rebates earned, and price ladders that hold
 * no more. Sums are sums of entries here too; each is written in the transaction that posts the document behind it.
 */
import {
  bigserial,
  date,
  index,
  integer,
  jsonb,
  numeric,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { PriceStep } from "../accounts/prices/ladder.ts";
import { instant, usage } from "./columns.ts";
import { invoices } from "./ledger-tables.ts";
import { accounts, documents, portico } from "./tables.ts";

const accountId = () =>
  text("account_id")
    .notNull()
    .references(() => accounts.id);
/** The part of the account whose volume counts; empty: the account's as a whole, or that of what is of no division. */
const division = () => text("division").notNull().default("");
const day = (name: string) => date(name, { mode: "string" });

/** That an invoice made the difference of prices due on what was billed before it in the period. */
export const priceCredits = portico.table(
  "price_credit",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: accountId(),
    usage: usage(),
    contract: text("contract").notNull(),
    division: division(),
    periodFrom: day("period_from").notNull(),
    periodTo: day("period_to").notNull(),
    /** The invoice that reached the step, or was billed at a price from before it. */
    causeId: uuid("cause_id")
      .notNull()
      .references(() => documents.id),
    /** The credit memo. */
    documentId: uuid("document_id")
      .notNull()
      .references(() => documents.id),
    currency: text("currency").notNull(),
    amount: numeric("amount").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("price_credit_sequence").on(table.sequence),
    // One invoice makes the difference due once, however often its check is tried.
    uniqueIndex("price_credit_cause").on(table.causeId, table.contract, table.division, table.periodFrom),
    index("price_credit_account").on(table.accountId, table.sequence),
    index("price_credit_document").on(table.documentId),
  ],
);

/** What such a credit gives back of one line of one invoice. */
export const priceCreditLines = portico.table(
  "price_credit_line",
  {
    creditId: uuid("credit_id")
      .notNull()
      .references(() => priceCredits.id),
    /** Counts the lines of the credit from 0. */
    ordinal: integer("ordinal").notNull(),
    /** The claim that it makes smaller, and where in its document. */
    invoiceId: uuid("invoice_id")
      .notNull()
      .references(() => invoices.id),
    path: text("path").notNull(),
    /** The step that was reached: from how much on, and its price. */
    stepFrom: numeric("step_from").notNull(),
    stepPrice: numeric("step_price").notNull(),
    amount: numeric("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.creditId, table.ordinal] }),
    index("price_credit_line_invoice").on(table.invoiceId),
  ],
);

/** What an account earns back under a contract in one period. */
export const rebates = portico.table(
  "rebate",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: accountId(),
    usage: usage(),
    contract: text("contract").notNull(),
    division: division(),
    periodFrom: day("period_from").notNull(),
    periodTo: day("period_to").notNull(),
    currency: text("currency").notNull(),
    /** How often its settlement was called for, and how often it has been gone through: at most one is open. */
    called: integer("called").notNull().default(0),
    settled: integer("settled").notNull().default(0),
  },
  (table) => [
    uniqueIndex("rebate_sequence").on(table.sequence),
    uniqueIndex("rebate_period").on(table.accountId, table.usage, table.contract, table.division, table.periodFrom),
  ],
);

/** accrued: by what an invoice or memo raised or lowered it. settled: what was given back, or said to be due; below zero. */
export type RebateEntryKind = "accrued" | "settled";

/** What one document did to what is owed of a rebate. */
export const rebateEntries = portico.table(
  "rebate_entry",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    rebateId: uuid("rebate_id")
      .notNull()
      .references(() => rebates.id),
    kind: text("kind").$type<RebateEntryKind>().notNull(),
    /** The invoice or memo; of a settlement its credit memo, null where a person sees to it. */
    documentId: uuid("document_id").references(() => documents.id),
    /** Of accrued entries: what the document invoiced of the contract's items, signed. */
    invoiced: numeric("invoiced"),
    /** By how much what is owed rises; below zero it falls. */
    amount: numeric("amount").notNull(),
    /** Number of the invoice or memo. */
    reference: text("reference"),
    happenedOn: day("happened_on").notNull(),
    at: instant("at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("rebate_entry_of_document").on(table.documentId, table.rebateId, table.kind),
    index("rebate_entry_rebate").on(table.rebateId, table.id),
  ],
);

/** A ladder as it was until another took its place, or it was taken away. */
export const pastPriceLadders = portico.table(
  "price_ladder_past",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: accountId(),
    contract: text("contract").notNull(),
    item: text("item").notNull(),
    qualifier: text("qualifier").notNull(),
    unit: text("unit").notNull(),
    priceBasis: text("price_basis").notNull(),
    validFrom: day("valid_from").notNull(),
    validTo: day("valid_to"),
    steps: jsonb("steps").$type<readonly PriceStep[]>().notNull(),
    recordedAt: instant("recorded_at").notNull(),
    replacedAt: instant("replaced_at").notNull(),
  },
  (table) => [index("price_ladder_past_item").on(table.accountId, table.item, table.replacedAt)],
);
