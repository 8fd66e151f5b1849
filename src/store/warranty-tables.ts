/** What was shipped with which warranty, by serial number: one family of tables. */
import { sql } from "drizzle-orm";
import { bigserial, date, index, integer, jsonb, text, uuid } from "drizzle-orm/pg-core";
import type { ProductId } from "../documents/aggregate-components.ts";
import type { LineWarranty } from "../documents/warranty.ts";
import { instant, usage } from "./columns.ts";
import { orders } from "./ledger-tables.ts";
import { accounts, documents, portico } from "./tables.ts";

/**
 * A shipped item: one with each of its serial numbers, or one without where it has none and its line has a warranty. Written in
 * the transaction that accepts the ship notice; a notice that corrects or takes back an earlier one takes its rows away.
 */
export const shippedItems = portico.table(
  "shipped_item",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    accountId: text("account_id")
      .notNull()
      .references(() => accounts.id),
    usage: usage(),
    serial: text("serial"),
    productIds: jsonb("product_ids").$type<readonly ProductId[]>().notNull(),
    orderId: uuid("order_id")
      .notNull()
      .references(() => orders.id),
    /** Which line of the order, counted from 1, and the buyer's number of it. */
    position: integer("position").notNull(),
    line: text("line").notNull(),
    /** The ship notice, and its number. */
    documentId: uuid("document_id")
      .notNull()
      .references(() => documents.id),
    shipment: text("shipment").notNull(),
    shippedOn: date("shipped_on", { mode: "string" }).notNull(),
    /** The terms that the order's line had; null: none. */
    warranty: jsonb("warranty").$type<LineWarranty>(),
    /** Its first and last day; null where they are not known yet. */
    beginsOn: date("begins_on", { mode: "string" }),
    endsOn: date("ends_on", { mode: "string" }),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("shipped_item_serial").on(table.serial, table.id).where(sql`${table.serial} is not null`),
    index("shipped_item_order").on(table.orderId, table.position),
    index("shipped_item_shipment").on(table.accountId, table.usage, table.shipment),
  ],
);
