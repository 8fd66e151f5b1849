/**
 * Early information: what is published, to which tier when, and who has been told. The order in which tiers are told is
 * guarded here too: triggers of the migration refuse a receipt that comes before its tier's turn.
 */
import { sql } from "drizzle-orm";
import {
  bigserial,
  check,
  date,
  index,
  integer,
  json,
  jsonb,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { ToldLine } from "../accounts/publications/edition.ts";
import type { PublicationKind, PublicationPlan } from "../accounts/publications/plan.ts";
import type { Subscription } from "../accounts/rules/early-information.ts";
import { instant, usage } from "./columns.ts";
import { accounts, documents, interchanges, portico } from "./tables.ts";

/** Every plan that was applied, never changed; the last is in force. A publication keeps the one that it was handed in under. */
export const publicationPlans = portico.table("publication_plan", {
  /** From 1. */
  number: integer("number").primaryKey(),
  plan: jsonb("plan").$type<PublicationPlan>().notNull(),
  author: text("author").notNull(),
  reason: text("reason"),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** Something that is told to audiences in tiers. */
export const publications = portico.table(
  "publication",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    topic: text("topic").notNull(),
    usage: usage(),
    /** Place in its stream, which is its topic and usage: from 1, without a gap. */
    number: integer("number").notNull(),
    kind: text("kind").$type<PublicationKind>().notNull(),
    /** latest: a newer one makes this one needless. */
    keeps: text("keeps").$type<"latest" | "every">().notNull(),
    title: text("title"),
    content: json("content").notNull(),
    planNumber: integer("plan_number")
      .notNull()
      .references(() => publicationPlans.number),
    /** The publication that this one corrects. */
    correctsId: uuid("corrects_id"),
    by: text("by").notNull(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull().defaultNow(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBecause: text("withdrawn_because"),
  },
  (table) => [
    uniqueIndex("publication_sequence").on(table.sequence),
    uniqueIndex("publication_place").on(table.topic, table.usage, table.number),
    index("publication_corrects").on(table.correctsId),
  ],
);

/**
 * waiting: `release` moves it on when its time has come and all above it have been told. released: `publish` tells its
 * accounts. superseded: a correction goes to this tier in its place. withdrawn: taken back before.
 */
export type ReleaseState = "waiting" | "released" | "superseded" | "withdrawn";

/** A publication's turn for one tier. */
export const publicationReleases = portico.table(
  "publication_release",
  {
    publicationId: uuid("publication_id")
      .notNull()
      .references(() => publications.id),
    tier: text("tier").notNull(),
    /** 0 is told first. */
    rank: integer("rank").notNull(),
    /** Not before this. */
    at: instant("at").notNull(),
    state: text("state").$type<ReleaseState>().notNull().default("waiting"),
    releasedAt: instant("released_at"),
  },
  (table) => [
    primaryKey({ columns: [table.publicationId, table.tier] }),
    uniqueIndex("publication_release_rank").on(table.publicationId, table.rank),
    index("publication_release_open").on(table.at).where(sql`${table.state} = 'waiting'`),
    check("publication_release_not_early", sql`${table.releasedAt} is null or ${table.releasedAt} >= ${table.at}`),
    check("publication_release_done", sql`(${table.state} = 'released') = (${table.releasedAt} is not null)`),
  ],
);

/** How far an account is in a stream. Numbers are those of publications, and never go back. */
export const publicationSubscriptions = portico.table(
  "publication_subscription",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    topic: text("topic").notNull(),
    usage: usage(),
    tier: text("tier").notNull(),
    rule: jsonb("rule").$type<Subscription>().notNull(),
    /** Tiers below need not wait for the account with what is numbered so or lower. */
    cleared: integer("cleared").notNull(),
    /** The last publication that is settled at it: told, passed over, or not worth telling. */
    told: integer("told").notNull(),
    /** The last one that it had its turn for, whatever came of it. */
    seen: integer("seen").notNull(),
    /** How many editions it was told: the number in its 846 and 870. */
    editions: integer("editions").notNull().default(0),
    /** Number of its last turn; a job of an earlier one does nothing. */
    turn: integer("turn").notNull().default(0),
    /** When its turn is; null: none is planned. */
    turnAt: instant("turn_at"),
    /** What it was last told, where its rules ask what has changed. */
    toldLines: json("told_lines").$type<readonly ToldLine[]>(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.topic, table.usage] }),
    index("publication_subscription_stream").on(table.topic, table.usage),
  ],
);

/**
 * served: it can be collected, or is on its way. unchanged: nothing in it was worth telling. passed: a newer one or a
 * correction was told in its place. held: it can't be told as it is, and lower tiers wait until a person decides. skipped: a
 * person decided that it goes without.
 */
export type ReceiptState = "served" | "unchanged" | "passed" | "held" | "skipped";

/** What became of a publication at one account: the proof. */
export const publicationReceipts = portico.table(
  "publication_receipt",
  {
    publicationId: uuid("publication_id")
      .notNull()
      .references(() => publications.id),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    /** The tier of the publication's that it was told in. */
    tier: text("tier").notNull(),
    state: text("state").$type<ReceiptState>().notNull(),
    /** Of the account's own editions of the topic. */
    edition: integer("edition"),
    channel: text("channel").$type<"mailbox" | "push" | "feed">(),
    documentId: uuid("document_id").references(() => documents.id),
    interchangeId: uuid("interchange_id").references(() => interchanges.id),
    reason: text("reason").notNull(),
    at: instant("at").notNull().defaultNow(),
    /** feed: when the account said that it has it. */
    collectedAt: instant("collected_at"),
  },
  (table) => [
    primaryKey({ columns: [table.publicationId, table.accountId] }),
    index("publication_receipt_account").on(table.accountId, table.publicationId),
    uniqueIndex("publication_receipt_document").on(table.documentId),
  ],
);

/** Stock that is kept for one account. */
export const stockReservations = portico.table(
  "stock_reservation",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    item: text("item").notNull(),
    /** Whose number it is; empty: whoever's. */
    qualifier: text("qualifier").notNull(),
    /** Empty: whatever unit the stock is told in. */
    unit: text("unit").notNull(),
    quantity: text("quantity").notNull(),
    until: date("until", { mode: "string" }),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "stock_reservation_pkey",
      columns: [table.accountId, table.item, table.qualifier, table.unit],
    }),
  ],
);
