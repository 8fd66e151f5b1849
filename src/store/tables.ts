/**
 * Every table in the schema `portico` but those of the books (`ledger-tables.ts`). A row's state says who moves it on; what a
 * column can't say is said here.
 * After a change: `npm run migrations` writes the next file in `migrations/`.
 */
import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  json,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { AccountProfile } from "../accounts/account.ts";
import type { PriceStep } from "../accounts/prices/ladder.ts";
import type { PriorityLevel } from "../documents/order.ts";
import { instant, usage } from "./columns.ts";

export const portico = pgSchema("portico");

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** One thing that is wrong with a file, as the engine reports it (its own words and codes; see `x12/problem.ts`). */
export interface StoredProblem {
  readonly level: "file" | "interchange" | "group" | "set" | "segment" | "element";
  readonly code: string;
  readonly segment: string | null;
  readonly position: number | null;
  readonly element: number | null;
  readonly component: number | null;
  readonly repetition: number | null;
  readonly offset: number | null;
  readonly length: number | null;
  readonly value: string | null;
  readonly loop: string | null;
  readonly message: string;
  readonly dataElement: string | null;
  readonly severity?: "error" | "warning" | undefined;
  readonly guideCode?: string | undefined;
  readonly trigger?:
    | {
        readonly segment: string;
        readonly position: number;
        readonly loop: string | null;
        readonly element: number;
        readonly component: number | null;
      }
    | undefined;
}

/** Who we trade with: the version of the profile that is in force, a copy of its row in `account_version`. */
export const accounts = portico.table("account", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  profile: jsonb("profile").$type<AccountProfile>().notNull(),
  /** Number of the version in force. */
  version: integer("version").notNull(),
  /** When that version came into force; null: at the beginning. */
  inForceSince: instant("in_force_since"),
  /** When another comes into force; null: none is approved. `bringIntoForce` moves it on. */
  nextVersionAt: instant("next_version_at"),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/**
 * Every profile that was applied, never changed. effectiveAt null: it waits for a second person's approval. withdrawnAt: it was
 * taken back before it came into force. In force at an instant is, of the others, the one with the latest effectiveAt not
 * after it, and of these the last.
 */
export const accountVersions = portico.table(
  "account_version",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    /** From 1. */
    number: integer("number").notNull(),
    profile: jsonb("profile").$type<AccountProfile>().notNull(),
    author: text("author").notNull(),
    /** Hash of the token that the author spoke with: the same can't approve. null: the gateway itself. */
    authorToken: text("author_token"),
    reason: text("reason"),
    /** Not to be in force before this; null: at once. */
    wantedAt: instant("wanted_at"),
    effectiveAt: instant("effective_at"),
    approvedBy: text("approved_by"),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: text("withdrawn_by"),
    /** The version whose profile this one brings back. */
    restores: integer("restores"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.number] })],
);

/** What an account calls a thing and what we call it. */
export const crossReferences = portico.table(
  "cross_reference",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    kind: text("kind").$type<"item" | "location">().notNull(),
    theirs: text("theirs").notNull(),
    ours: text("ours").notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.kind, table.theirs] }),
    index("cross_reference_ours").on(table.accountId, table.kind, table.ours),
  ],
);

/** What an account agreed on for an item in a unit under one of its contracts, from a day on: a price for each step. */
export const priceLadders = portico.table(
  "price_ladder",
  {
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    contract: text("contract").notNull(),
    item: text("item").notNull(),
    /** Whose number it is; empty: whoever's. */
    qualifier: text("qualifier").notNull(),
    unit: text("unit").notNull(),
    /** Empty: by the unit. */
    priceBasis: text("price_basis").notNull(),
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    validTo: date("valid_to", { mode: "string" }),
    steps: jsonb("steps").$type<readonly PriceStep[]>().notNull(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: "price_ladder_pkey",
      columns: [table.accountId, table.contract, table.item, table.qualifier, table.unit, table.validFrom],
    }),
    index("price_ladder_item").on(table.accountId, table.item),
  ],
);

/** Who may speak to the API. Only the SHA-256 of a token is kept. */
export const tokens = portico.table("token", {
  hash: text("hash").primaryKey(),
  /** null: the supplier's own systems. */
  accountId: text("account_id").references(() => accounts.id),
  label: text("label").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
  revokedAt: instant("revoked_at"),
});

/** The bytes of a file exactly as they came, or as they were sent. Written once, never changed. */
export const files = portico.table(
  "file",
  {
    id: uuid("id").primaryKey(),
    /** "account:<id>" or "supplier" for what came in, "gateway" for what we made: whose bytes are the same again. */
    submitter: text("submitter").notNull(),
    /** Lower-case hexadecimal SHA-256. */
    sha256: text("sha256").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    mediaType: text("media_type"),
    name: text("name"),
    receivedAt: instant("received_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("file_same_bytes").on(table.submitter, table.sha256).where(sql`${table.submitter} <> 'gateway'`),
  ],
);

/** A file's bytes in pieces of at most `archivePieceBytes`. */
export const filePieces = portico.table(
  "file_piece",
  {
    fileId: uuid("file_id")
      .notNull()
      .references(() => files.id),
    ordinal: integer("ordinal").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.ordinal] })],
);

/**
 * received: bytes kept, `interpret` moves it on. processing: understood, its sets are being translated. processed: all
 * done. rejected: no X12, or its envelope is bad. quarantined: nobody's, a person releases it. duplicate: its control
 * number came before, a person may release it.
 */
export type InboundStatus = "received" | "processing" | "processed" | "rejected" | "quarantined" | "duplicate";
/**
 * draft: made, `envelope` moves it on. held: our own check found it wrong, a person looks. ready: waits in the mailbox or
 * to be pushed. delivered: the account has it. failed: given up, a person looks. acknowledged: the account answered.
 * replaced: it was held, and was made anew.
 */
export type OutboundStatus = "draft" | "held" | "ready" | "delivered" | "failed" | "acknowledged" | "replaced";

/** One ISA to IEA, either way. A file that came in with several has one row for each. */
export const interchanges = portico.table(
  "interchange",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    direction: text("direction").$type<"inbound" | "outbound">().notNull(),
    status: text("status").$type<InboundStatus | OutboundStatus>().notNull(),
    /** Whose it is; null while nobody's. */
    accountId: text("account_id").references(() => accounts.id),
    /** The account whose token brought it; null: the supplier did, or we made it. */
    submitterAccountId: text("submitter_account_id").references(() => accounts.id),
    /** null: a draft. */
    fileId: uuid("file_id").references(() => files.id),
    /** Place in its file, from 0. */
    ordinal: integer("ordinal").notNull().default(0),
    offset: bigint("offset", { mode: "number" }),
    length: bigint("length", { mode: "number" }),
    /** A, E, P or R over all its sets; null until it is understood. */
    verdict: text("verdict").$type<"A" | "E" | "P" | "R">(),
    usage: text("usage").$type<"production" | "test">(),
    control: text("control"),
    senderQualifier: text("sender_qualifier"),
    senderId: text("sender_id"),
    receiverQualifier: text("receiver_qualifier"),
    receiverId: text("receiver_id"),
    /** ISA12. */
    version: text("version"),
    /** ISA09 and ISA10 as they came: a TA1 repeats them. */
    date: text("date"),
    time: text("time"),
    acknowledgmentRequested: boolean("acknowledgment_requested").notNull().default(false),
    delimiters: jsonb("delimiters").$type<{
      element: string;
      segment: string;
      component: string;
      repetition: string | null;
      lineBreak: string;
    }>(),
    problems: jsonb("problems").$type<readonly StoredProblem[]>().notNull().default([]),
    /** Why it is quarantined, a duplicate, held or failed: a code and a sentence. */
    reason: jsonb("reason").$type<{ code: string; message: string }>(),
    /** Sets still to be translated or reconciled; at 0 it is processed. */
    openSets: integer("open_sets").notNull().default(0),
    /** How often it was processed again on request. */
    replays: integer("replays").notNull().default(0),
    /** Outbound: what it is for. */
    purpose: text("purpose").$type<"acknowledgment" | "document">(),
    /** Outbound: the inbound interchange that it answers, with an acknowledgment or an 855. */
    answersId: uuid("answers_id"),
    /** Outbound, until it is enveloped: what goes into it. */
    draft: jsonb("draft"),
    receivedAt: instant("received_at"),
    sentAt: instant("sent_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("interchange_sequence").on(table.sequence),
    uniqueIndex("interchange_in_file").on(table.fileId, table.ordinal),
    index("interchange_account").on(table.accountId, table.sequence),
    index("interchange_status").on(table.status, table.sequence),
    index("interchange_control").on(table.control),
    index("interchange_answers").on(table.answersId),
    // What came and what left in a period.
    index("interchange_received").on(table.accountId, table.receivedAt).where(sql`${table.receivedAt} is not null`),
    index("interchange_sent").on(table.accountId, table.sentAt).where(sql`${table.sentAt} is not null`),
    // The ledger of control numbers: what was sent is here, and none can be sent twice.
    uniqueIndex("interchange_sent_control")
      .on(table.accountId, table.usage, table.control)
      .where(sql`${table.direction} = 'outbound' and ${table.control} is not null`),
  ],
);

/** One GS to GE. */
export const groups = portico.table(
  "functional_group",
  {
    id: uuid("id").primaryKey(),
    interchangeId: uuid("interchange_id")
      .notNull()
      .references(() => interchanges.id),
    ordinal: integer("ordinal").notNull(),
    functionalId: text("functional_id").notNull(),
    control: text("control").notNull(),
    senderCode: text("sender_code").notNull(),
    receiverCode: text("receiver_code").notNull(),
    date: text("date").notNull(),
    time: text("time").notNull(),
    agency: text("agency").notNull(),
    /** GS08. */
    version: text("version").notNull(),
    verdict: text("verdict").$type<"A" | "E" | "P" | "R">().notNull(),
    problems: jsonb("problems").$type<readonly StoredProblem[]>().notNull().default([]),
    /** GE01 as it came. */
    includedCount: integer("included_count"),
    offset: bigint("offset", { mode: "number" }),
    length: bigint("length", { mode: "number" }),
    /** Outbound: what the account's 997 or 999 said of it; null: nothing yet. */
    answer: text("answer").$type<"A" | "E" | "P" | "R">(),
    answeredAt: instant("answered_at"),
  },
  (table) => [
    uniqueIndex("functional_group_in_interchange").on(table.interchangeId, table.ordinal),
    index("functional_group_control").on(table.control),
  ],
);

/** One ST to SE. */
export const transactionSets = portico.table(
  "transaction_set",
  {
    id: uuid("id").primaryKey(),
    interchangeId: uuid("interchange_id")
      .notNull()
      .references(() => interchanges.id),
    groupId: uuid("group_id")
      .notNull()
      .references(() => groups.id),
    /** Place in its group, from 0. */
    ordinal: integer("ordinal").notNull(),
    type: text("type").notNull(),
    control: text("control").notNull(),
    implementation: text("implementation").notNull().default(""),
    verdict: text("verdict").$type<"A" | "E" | "P" | "R">().notNull(),
    problems: jsonb("problems").$type<readonly StoredProblem[]>().notNull().default([]),
    problemsOmitted: integer("problems_omitted").notNull().default(0),
    offset: bigint("offset", { mode: "number" }),
    length: bigint("length", { mode: "number" }),
    segmentCount: integer("segment_count"),
    /** Inbound: what `acknowledge` last told the account; null: nothing yet. */
    told: text("told").$type<"A" | "E" | "P" | "R">(),
    /** Outbound: what the account's 997 or 999 said of it; null: nothing yet. */
    answer: text("answer").$type<"A" | "E" | "P" | "R">(),
    answerProblems: jsonb("answer_problems").$type<readonly StoredProblem[]>(),
    /** The document made from it, or that it was made from. */
    documentId: uuid("document_id"),
    /** That document's number, for searching. */
    documentNumber: text("document_number"),
  },
  (table) => [
    uniqueIndex("transaction_set_in_group").on(table.groupId, table.ordinal),
    index("transaction_set_interchange").on(table.interchangeId),
    index("transaction_set_document_number").on(table.documentNumber),
    index("transaction_set_document").on(table.documentId).where(sql`${table.documentId} is not null`),
  ],
);

/**
 * translated: read from its set, `apply-rules` moves it on. submitted: handed in by the supplier, its check moves it on. held:
 * a check found something, a person releases or withdraws it. accepted: in the feed, and posted. duplicate: its business key
 * came before; kept, not offered, a person looks. withdrawn: taken back before it left.
 */
export type DocumentStatus = "translated" | "submitted" | "held" | "accepted" | "duplicate" | "withdrawn";

/** Why a document may not leave, or what is odd about it: of the business (`ledger/finding.ts`), or of its X12. */
export interface StoredFinding {
  readonly code: string;
  readonly severity: "hold" | "warning";
  readonly path: string;
  readonly message: string;
  readonly mend: string;
}

/** A canonical document: what the supplier's own systems read, or what an outgoing set was made from. */
export const documents = portico.table(
  "document",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    /** Place in the feed, in the order of commits; null: not offered. */
    feedPosition: bigint("feed_position", { mode: "number" }),
    direction: text("direction").$type<"inbound" | "outbound">().notNull(),
    type: text("type").notNull(),
    number: text("number").notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    status: text("status").$type<DocumentStatus>().notNull(),
    /** What makes it the same business document again: order number, release, purpose and ship-to. */
    businessKey: text("business_key").notNull(),
    /** Inbound: the set it was read from. */
    transactionSetId: uuid("transaction_set_id").references(() => transactionSets.id),
    /** What it responds to. */
    respondsToId: uuid("responds_to_id"),
    /** Outbound: the orders that it speaks of, by the buyer's numbers. */
    orderNumbers: text("order_numbers").array().notNull().default([]),
    /** Outbound: who handed it in; null: we made it ourselves. */
    submittedBy: text("submitted_by"),
    /** Outbound: the number that no other document may have; null: it has none, or gave it back. */
    claim: text("claim"),
    /** Outbound: how often it was checked, and what the last check found. */
    checks: integer("checks").notNull().default(0),
    findings: json("findings").$type<readonly StoredFinding[]>().notNull().default([]),
    /** The version of the account's rules that decided on it; null: not decided on yet, or before versions were kept. */
    ruleVersion: integer("rule_version"),
    /** The part of the account that it is of, by those rules; null: the account as a whole. */
    division: text("division"),
    /** null: the division as a whole. */
    location: text("location"),
    // json, not jsonb: a document is read by people too, and keeps the order of its fields.
    body: json("body").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("document_sequence").on(table.sequence),
    uniqueIndex("document_feed").on(table.feedPosition),
    uniqueIndex("document_claim").on(table.claim),
    index("document_orders").using("gin", table.orderNumbers),
    index("document_status").on(table.status, table.sequence),
    uniqueIndex("document_of_set").on(table.transactionSetId),
    uniqueIndex("document_business_key")
      .on(table.accountId, table.usage, table.type, table.businessKey)
      .where(sql`${table.status} = 'accepted'`),
    index("document_number").on(table.accountId, table.number),
    index("document_division")
      .on(table.accountId, table.division, table.feedPosition)
      .where(sql`${table.division} is not null`),
    index("document_of_account").on(table.accountId, table.type, table.sequence),
    index("document_created").on(table.accountId, table.createdAt),
    index("document_responds_to").on(table.respondsToId),
  ],
);

/** A counter that is read and moved on in the transaction that uses the value, which also orders those transactions. */
export const counters = portico.table(
  "counter",
  {
    name: text("name").primaryKey(),
    next: bigint("next", { mode: "number" }).notNull(),
  },
  (table) => [check("counter_positive", sql`${table.next} > 0`)],
);

/**
 * What a request that carried an Idempotency-Key was answered, so that the same request again gets the same answer. Written in
 * the transaction that does what was asked for.
 */
export const keptAnswers = portico.table(
  "kept_answer",
  {
    key: text("key").notNull(),
    /** Line of a request that has many; 0: the request has no lines. */
    line: integer("line").notNull(),
    /** Lower-case hexadecimal SHA-256 of what was asked for. */
    request: text("request").notNull(),
    answer: json("answer").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.key, table.line] }), index("kept_answer_age").on(table.createdAt)],
);

/** Systems of the supplier that are told of new documents, beside the one that the gateway's settings name. */
export const webhooks = portico.table("webhook", {
  id: uuid("id").primaryKey(),
  url: text("url").notNull(),
  /** whsec_ and base64; it signs, so it is kept as it is. */
  secret: text("secret").notNull(),
  /** Types of documents; empty: all. */
  types: text("types").array().notNull(),
  /** null: of all accounts. */
  accountId: text("account_id").references(() => accounts.id),
  usage: text("usage").$type<"production" | "test" | "all">().notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export type DeliveryChannel = "mailbox" | "push" | "webhook";
/** waiting: the account collects it, or `deliver` sends it. delivered: it arrived. failed: given up, a person looks. */
export type DeliveryStatus = "waiting" | "delivered" | "failed";

/** One thing to be brought to one place. */
export const deliveries = portico.table(
  "delivery",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    channel: text("channel").$type<DeliveryChannel>().notNull(),
    status: text("status").$type<DeliveryStatus>().notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    /** mailbox and push: the interchange. */
    interchangeId: uuid("interchange_id").references(() => interchanges.id),
    /** webhook: the document. */
    documentId: uuid("document_id").references(() => documents.id),
    /** webhook: the notice of an alert, in place of a document. */
    noticeId: uuid("notice_id"),
    /** webhook: the subscription; null: the gateway's own setting. */
    webhookId: uuid("webhook_id"),
    target: text("target"),
    createdAt: instant("created_at").notNull().defaultNow(),
    deliveredAt: instant("delivered_at"),
  },
  (table) => [
    uniqueIndex("delivery_sequence").on(table.sequence),
    index("delivery_mailbox")
      .on(table.accountId, table.sequence)
      .where(sql`${table.channel} = 'mailbox' and ${table.status} = 'waiting'`),
    index("delivery_interchange").on(table.interchangeId),
    index("delivery_document").on(table.documentId),
    index("delivery_notice").on(table.noticeId).where(sql`${table.noticeId} is not null`),
  ],
);

/** One try at a delivery. It is written before the try begins, so that a crash in the middle leaves its trace. */
export const deliveryAttempts = portico.table(
  "delivery_attempt",
  {
    id: uuid("id").primaryKey(),
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => deliveries.id),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** started: under way, or cut off by a crash. */
    outcome: text("outcome").$type<"started" | "delivered" | "failed">().notNull(),
    httpStatus: integer("http_status"),
    /** What went wrong, in a sentence. */
    error: text("error"),
  },
  (table) => [index("delivery_attempt_of").on(table.deliveryId, table.startedAt)],
);

/** The story of an interchange or a document, a line at a time. */
export const events = portico.table(
  "event",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: instant("at").notNull().defaultNow(),
    interchangeId: uuid("interchange_id"),
    documentId: uuid("document_id"),
    /** Stable word for machines: "received", "interpreted", "acknowledged", ... */
    kind: text("kind").notNull(),
    message: text("message").notNull(),
  },
  (table) => [
    index("event_interchange").on(table.interchangeId, table.id),
    index("event_document").on(table.documentId, table.id),
  ],
);

/** Something that a person has to look at. */
export const workItems = portico.table(
  "work_item",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    kind: text("kind").notNull(),
    message: text("message").notNull(),
    accountId: text("account_id"),
    interchangeId: uuid("interchange_id"),
    documentId: uuid("document_id"),
    jobId: text("job_id"),
    /** Who is to be told, X12 element 366; empty: as the account's rules say for the kind. */
    roles: text("roles").array().notNull().default([]),
    /** The alert that tells people of it; null: none yet, or nobody is told. */
    alertId: uuid("alert_id"),
    /** When somebody took it in hand, and who (the label of their token). */
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    openedAt: instant("opened_at").notNull().defaultNow(),
    closedAt: instant("closed_at"),
    closedBecause: text("closed_because"),
  },
  (table) => [
    uniqueIndex("work_item_sequence").on(table.sequence),
    index("work_item_interchange").on(table.interchangeId),
    index("work_item_alert").on(table.alertId),
    index("work_item_untold").on(table.accountId).where(sql`${table.alertId} is null and ${table.closedAt} is null`),
    // One open item for one trouble, however often it is found; each document of an interchange can have its own.
    uniqueIndex("work_item_open_once")
      .on(table.kind, sql`coalesce(${table.documentId}::text, ${table.interchangeId}::text, ${table.jobId})`)
      .where(sql`${table.closedAt} is null`),
  ],
);

/** open: to be done, its row is the record and the queue only a reminder. done: its step's changes are committed. dead: a person's. */
export type JobState = "open" | "done" | "dead";

/** The work there is. A step's changes, its own row's end and its next jobs' rows are one transaction. */
export const jobs = portico.table(
  "job",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    /** Ids only, never content. */
    ids: jsonb("ids").$type<Record<string, string | number | boolean>>().notNull(),
    state: text("state").$type<JobState>().notNull().default("open"),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Not before this. */
    runAt: instant("run_at").notNull().defaultNow(),
    /** When the queue was last told of it. */
    handedAt: instant("handed_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** Whose work it is; null: not known yet. */
    accountId: text("account_id"),
    /** How soon it has to be done. */
    lane: text("lane").$type<PriorityLevel>().notNull().default("normal"),
    /** How much of the account's own work was open before it: others' comes in between. */
    rank: integer("rank").notNull().default(0),
  },
  (table) => [
    index("job_open_of_account").on(table.accountId, table.runAt).where(sql`${table.state} = 'open'`),
    index("job_open").on(table.handedAt).where(sql`${table.state} = 'open'`),
    index("job_done").on(table.finishedAt).where(sql`${table.state} = 'done'`),
  ],
);
