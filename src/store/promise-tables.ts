/** What we have promised on orders, followed until it is shipped. */
import { sql } from "drizzle-orm";
import { bigserial, date, index, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, usage } from "./columns.ts";
import { orders } from "./ledger-tables.ts";
import { accounts, documents, portico } from "./tables.ts";

/** open: its day is not over, and not all is shipped. cancelled: nothing of the order is wanted any more. */
export type PromiseState = "open" | "kept" | "missed" | "cancelled";

/** A day by which we have promised to ship an order. */
export const promises = portico.table(
  "promise",
  {
    id: uuid("id").primaryKey(),
    sequence: bigserial("sequence", { mode: "number" }).notNull(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** The document of the order, which its work items are about. */
    documentId: uuid("document_id")
      .notNull()
      .references(() => documents.id),
    /** X12 element 374: 079 ship promised, 068 ship scheduled. */
    qualifier: text("qualifier").notNull(),
    promisedOn: date("promised_on", { mode: "string" }).notNull(),
    /** When people are warned, and when the day counts as over. */
    warnAt: instant("warn_at").notNull(),
    dueAt: instant("due_at").notNull(),
    state: text("state").$type<PromiseState>().notNull().default("open"),
    /** The day on which the last of it left. */
    shippedOn: date("shipped_on", { mode: "string" }),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("promise_of_order").on(table.orderId, table.qualifier),
    uniqueIndex("promise_sequence").on(table.sequence),
    index("promise_open").on(table.accountId, table.sequence).where(sql`${table.state} = 'open'`),
  ],
);
