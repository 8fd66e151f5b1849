import { and, asc, desc, eq, exists, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Order } from "../documents/index.ts";
import { type Session, waitForTurn } from "./database.ts";
import type { DocumentRow } from "./documents.ts";
import { ledgerEntries, orderLines } from "./ledger-tables.ts";
import {
  findOrders,
  type OrderLineRow,
  type OrderName,
  type OrderRow,
  readOrderInForce,
  readOrderLines,
} from "./orders.ts";
import { documents } from "./tables.ts";

export type NewLedgerEntry = typeof ledgerEntries.$inferInsert;
/** An entry with the document that made it. */
export type LedgerEntryRow = typeof ledgerEntries.$inferSelect & {
  readonly documentType: string;
  readonly documentNumber: string;
};

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 3_000;

/**
 * Makes transactions that write an account's books wait for one another, each until the one before has ended. Taken first of
 * all, before the feed: so what a check reads is still true when the document is posted, and nobody waits in a circle.
 */
export async function lockBooks(session: Session, accountId: string, usage: "production" | "test"): Promise<void> {
  await waitForTurn(session, `books ${accountId} ${usage}`);
}

/** Writes what a document did to order lines. A document's entries can be written once only. */
export async function writeEntries(session: Session, entries: readonly NewLedgerEntry[]): Promise<void> {
  for (let first = 0; first < entries.length; first += rowsAtOnce) {
    await session.insert(ledgerEntries).values(entries.slice(first, first + rowsAtOnce));
  }
}

/** Everything that was posted on orders, in the order of posting. */
export async function readEntries(session: Session, orderIds: readonly string[]): Promise<LedgerEntryRow[]> {
  if (orderIds.length === 0) return [];
  const rows = await session
    .select({ entry: ledgerEntries, documentType: documents.type, documentNumber: documents.number })
    .from(ledgerEntries)
    .innerJoin(documents, eq(documents.id, ledgerEntries.documentId))
    .where(inArray(ledgerEntries.orderId, [...orderIds]))
    .orderBy(asc(ledgerEntries.id));
  return rows.map(({ entry, ...document }) => ({ ...entry, ...document }));
}

/**
 * Takes back what a document was entered with. Only for an answer of ours that has not left, and is made anew: what has left
 * the house is put right by another document.
 */
export async function removeEntries(session: Session, documentId: string): Promise<void> {
  await session.delete(ledgerEntries).where(eq(ledgerEntries.documentId, documentId));
}

/** An entry of what was invoiced, with the key of its order line. */
export interface InvoicedEntry {
  readonly documentId: string;
  readonly path: string;
  readonly key: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly quantity: string;
  readonly amount: string | null;
}

/** What invoices were posted on, in the order of posting. */
export async function readInvoicedEntries(session: Session, documentIds: readonly string[]): Promise<InvoicedEntry[]> {
  const found: InvoicedEntry[] = [];
  for (let first = 0; first < documentIds.length; first += rowsAtOnce) {
    found.push(
      ...(await session
        .select({
          documentId: ledgerEntries.documentId,
          path: ledgerEntries.path,
          key: orderLines.key,
          orderId: ledgerEntries.orderId,
          orderLineId: ledgerEntries.orderLineId,
          quantity: ledgerEntries.quantity,
          amount: ledgerEntries.amount,
        })
        .from(ledgerEntries)
        .innerJoin(orderLines, eq(orderLines.id, ledgerEntries.orderLineId))
        .where(
          and(
            inArray(ledgerEntries.documentId, documentIds.slice(first, first + rowsAtOnce)),
            eq(ledgerEntries.kind, "invoiced"),
          ),
        )
        .orderBy(asc(ledgerEntries.id))),
    );
  }
  return found;
}

/** What all notices of one shipment have posted until now, by order line; lines on which nothing is left are left out. */
export async function readShippedUnder(
  session: Session,
  of: Pick<DocumentRow, "accountId" | "usage">,
  shipment: string,
): Promise<
  {
    orderId: string;
    orderLineId: string;
    quantity: string;
    amount: string | null;
    unit: string | null;
    currency: string | null;
  }[]
> {
  return session
    .select({
      orderId: ledgerEntries.orderId,
      orderLineId: ledgerEntries.orderLineId,
      quantity: sql<string>`sum(${ledgerEntries.quantity})::text`,
      amount: sql<string | null>`sum(${ledgerEntries.amount})::text`,
      unit: sql<string | null>`max(${ledgerEntries.unit})`,
      currency: sql<string | null>`max(${ledgerEntries.currency})`,
    })
    .from(ledgerEntries)
    .innerJoin(documents, eq(documents.id, ledgerEntries.documentId))
    .where(
      and(
        eq(documents.accountId, of.accountId),
        eq(documents.usage, of.usage),
        eq(documents.type, "shipment"),
        eq(documents.number, shipment),
        eq(ledgerEntries.kind, "shipped"),
      ),
    )
    .groupBy(ledgerEntries.orderId, ledgerEntries.orderLineId)
    .having(sql`sum(${ledgerEntries.quantity}) <> 0`);
}

/** The orders that a document was posted on. */
export async function findOrdersOfDocument(session: Session, documentId: string): Promise<string[]> {
  const rows = await session
    .selectDistinct({ orderId: ledgerEntries.orderId })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.documentId, documentId));
  return rows.map(({ orderId }) => orderId);
}

/** An order's lines, and all that happened to them. */
export interface OrderLedger {
  readonly order: OrderRow;
  readonly lines: readonly OrderBookLine[];
}

/** The same with the order itself. */
export interface OrderBook extends OrderLedger {
  /** As its version in force says it. */
  readonly body: Order;
}

/** A line of an order at a place, and its entries in the order of posting. */
export interface OrderBookLine extends OrderLineRow {
  readonly entries: readonly LedgerEntryRow[];
}

/** Orders with their lines and entries, in the order given. */
export async function openLedgers(session: Session, rows: readonly OrderRow[]): Promise<OrderLedger[]> {
  const ids = rows.map(({ id }) => id);
  const entriesByLine = grouped(await readEntries(session, ids), ({ orderLineId }) => orderLineId);
  const linesByOrder = grouped(await readOrderLines(session, ids), ({ orderId }) => orderId);
  return rows.map((order) => ({
    order,
    lines: (linesByOrder.get(order.id) ?? []).map((line) => ({ ...line, entries: entriesByLine.get(line.id) ?? [] })),
  }));
}

/** The same with the orders as they are in force. */
export async function openBooks(session: Session, rows: readonly OrderRow[]): Promise<OrderBook[]> {
  const books: OrderBook[] = [];
  for (const ledger of await openLedgers(session, rows)) {
    books.push({ ...ledger, body: await readOrderInForce(session, ledger.order) });
  }
  return books;
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/**
 * The order of a number with its lines and entries, or null where there is none. Where several orders have the number (one for
 * each place) and `shipTo` names none of them, it is the oldest; `findOrders` and `openBooks` give them all.
 */
export async function orderWithLines(
  session: Session,
  accountId: string,
  usage: "production" | "test",
  number: string,
  release?: string,
  shipTo?: string,
): Promise<OrderBook | null> {
  const name: OrderName = { accountId, usage, number, release };
  const found = await findOrders(session, name);
  const chosen = found.find((order) => order.shipTo === shipTo) ?? found[0];
  return chosen ? ((await openBooks(session, [chosen]))[0] ?? null) : null;
}

/** The accepted shipments of orders, oldest first. */
export function shipmentsOf(session: Session, orderIds: readonly string[]): Promise<DocumentRow[]> {
  return acceptedOf(session, "shipment", orderIds);
}

/** The accepted invoices and memos of orders, oldest first. */
export function invoicesOf(session: Session, orderIds: readonly string[]): Promise<DocumentRow[]> {
  return acceptedOf(session, "invoice", orderIds);
}

async function acceptedOf(session: Session, type: string, orderIds: readonly string[]): Promise<DocumentRow[]> {
  if (orderIds.length === 0) return [];
  return session
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.type, type),
        exists(
          session
            .select({ id: ledgerEntries.id })
            .from(ledgerEntries)
            .where(and(eq(ledgerEntries.documentId, documents.id), inArray(ledgerEntries.orderId, [...orderIds]))),
        ),
      ),
    )
    .orderBy(asc(documents.createdAt), asc(documents.id));
}

/** The documents that moved orders, newest first, without their bodies. */
export async function documentsOf(session: Session, orderIds: readonly string[]): Promise<Omit<DocumentRow, "body">[]> {
  if (orderIds.length === 0) return [];
  const { body, ...columns } = getTableColumns(documents);
  return session
    .select(columns)
    .from(documents)
    .where(
      inArray(
        documents.id,
        session
          .select({ id: ledgerEntries.documentId })
          .from(ledgerEntries)
          .where(inArray(ledgerEntries.orderId, [...orderIds])),
      ),
    )
    .orderBy(desc(documents.createdAt));
}
