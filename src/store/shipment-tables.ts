/** When shipments left, as their notices say: what scorecards measure notices and invoices against. */
import { date, index, text, uuid } from "drizzle-orm/pg-core";
import { usage } from "./columns.ts";
import { accounts, documents, portico } from "./tables.ts";

/** An accepted ship notice that announces a shipment; one that only takes an earlier one back has no row. */
export const shipments = portico.table(
  "shipment",
  {
    documentId: uuid("document_id")
      .primaryKey()
      .references(() => documents.id),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    number: text("number").notNull(),
    /** DTM*011; where the notice doesn't say it, its own day. */
    shippedOn: date("shipped_on", { mode: "string" }).notNull(),
    /** `HH:MM` on the account's clocks; null: the notice names no time. */
    shippedAt: text("shipped_at"),
    /** The notice that corrects or takes it back. */
    replacedBy: uuid("replaced_by").references(() => documents.id),
  },
  (table) => [
    index("shipment_shipped").on(table.accountId, table.usage, table.shippedOn),
    index("shipment_number").on(table.accountId, table.usage, table.number),
    index("shipment_replaced").on(table.replacedBy),
  ],
);
