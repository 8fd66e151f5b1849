/** Whom people were told by that something needs them. */
import { sql } from "drizzle-orm";
import { bigserial, index, integer, jsonb, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { AlertChannel, AlertPlan } from "../accounts/index.ts";
import { instant } from "./columns.ts";
import { accounts, portico } from "./tables.ts";

/** Work items of an account that people are told of together. Which ones they are, their rows say. */
export const alerts = portico.table(
  "alert",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    /** The part of the account that its documents are of, whose contacts are told; null: the account as a whole. */
    division: text("division"),
    location: text("location"),
    /** As the account's rules said when it was opened. */
    plan: jsonb("plan").$type<AlertPlan>().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** When somebody was first told; null: further items are waited for, or for somebody to be there. */
    toldAt: instant("told_at"),
    /** The step that comes next and when: 0 tells first, the others escalate. null: none does. */
    nextStep: integer("next_step"),
    nextAt: instant("next_at"),
  },
  (table) => [
    uniqueIndex("alert_sequence").on(table.sequence),
    index("alert_of_account").on(table.accountId, table.sequence),
    // Of one plan one at most is gathering; the lock on the account's alerts sees to it.
    index("alert_gathering").on(table.accountId).where(sql`${table.toldAt} is null`),
  ],
);

/**
 * waiting: about to be sent. sent: the mail server, or a webhook's receiver, took it. failed: given up. not-sent: it can't be sent
 * this way. withdrawn: by then nothing needed anybody any more.
 */
export type NoticeState = "waiting" | "sent" | "failed" | "not-sent" | "withdrawn";

/** One person who is told of an alert, at one step, one way. */
export const alertNotices = portico.table(
  "alert_notice",
  {
    id: uuid("id").primaryKey(),
    alertId: uuid("alert_id")
      .notNull()
      .references(() => alerts.id),
    step: integer("step").notNull(),
    channel: text("channel").$type<AlertChannel>().notNull(),
    /** Of the account's contacts; null: the account has nobody, and only the webhook is told. */
    holderId: text("holder_id"),
    holderName: text("holder_name"),
    /** email: where it goes. */
    address: text("address"),
    /** Why it is this person. */
    reason: text("reason").notNull(),
    state: text("state").$type<NoticeState>().notNull(),
    /** Why it is not sent, in a sentence. */
    trouble: text("trouble"),
    createdAt: instant("created_at").notNull().defaultNow(),
    sentAt: instant("sent_at"),
  },
  (table) => [uniqueIndex("alert_notice_once").on(table.alertId, table.step, table.channel, table.holderId)],
);

/** One try at sending a mail. It is written before the try begins, so that a crash in the middle leaves its trace. */
export const alertAttempts = portico.table(
  "alert_attempt",
  {
    id: uuid("id").primaryKey(),
    noticeId: uuid("notice_id")
      .notNull()
      .references(() => alertNotices.id),
    startedAt: instant("started_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
    /** started: under way, or cut off by a crash. */
    outcome: text("outcome").$type<"started" | "sent" | "failed">().notNull(),
    /** What went wrong, in a sentence. */
    error: text("error"),
  },
  (table) => [index("alert_attempt_of").on(table.noticeId, table.startedAt)],
);
