import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Order } from "../documents/index.ts";
import type { LedgerLine, OrderState } from "../ledger/index.ts";
import type { Session } from "./database.ts";
import { orderLines, orders, orderVersions } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { accounts } from "./tables.ts";

export type OrderRow = typeof orders.$inferSelect;
export type OrderVersionRow = typeof orderVersions.$inferSelect;
export type OrderLineRow = typeof orderLines.$inferSelect;

/** How an order is spoken of. Production and test never mix. */
export interface OrderName {
  readonly accountId: string;
  readonly usage: "production" | "test";
  readonly number: string;
  /** Left out: whichever release has the number. */
  readonly release?: string | undefined;
  /** Id of the order's own ship-to; left out: whichever place it goes to. */
  readonly shipTo?: string | undefined;
}

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 5_000;

/**
 * Enters an order into the books with its first version and its lines.
 * @returns its id, and by the keys of the lines their ids
 */
export async function enterOrder(
  session: Session,
  order: Required<OrderName> & {
    readonly documentId: string;
    readonly body: Order;
    readonly lines: readonly LedgerLine[];
    /** The part of the account that ordered. */
    readonly division?: string | null;
    readonly location?: string | null;
  },
): Promise<{ id: string; lineIds: ReadonlyMap<string, string> }> {
  const { documentId, body, lines, accountId, usage, number } = order;
  const id = randomUUID();
  await session.insert(orders).values({
    id,
    accountId,
    usage,
    number,
    release: order.release ?? "",
    shipTo: order.shipTo ?? "",
    version: 1,
    orderedOn: body.date,
    currency: body.currency ?? null,
    division: order.division ?? null,
    location: order.location ?? null,
  });
  await session.insert(orderVersions).values({ orderId: id, version: 1, documentId, body, summary: "As ordered." });
  return { id, lineIds: await saveOrderLines(session, id, lines) };
}

/**
 * The orders that have a number, oldest first. There can be several where the buyer uses one number for many places or
 * releases and the name leaves those out.
 */
export async function findOrders(session: Session, name: OrderName): Promise<OrderRow[]> {
  return session.select().from(orders).where(named(name)).orderBy(asc(orders.sequence));
}

function named({ accountId, usage, number, release, shipTo }: OrderName): SQL | undefined {
  return and(
    eq(orders.accountId, accountId),
    eq(orders.usage, usage),
    eq(orders.number, number),
    release === undefined ? undefined : eq(orders.release, release),
    shipTo === undefined ? undefined : eq(orders.shipTo, shipTo),
  );
}

/** Orders by id, oldest first. */
export async function findOrdersById(session: Session, ids: readonly string[]): Promise<OrderRow[]> {
  if (ids.length === 0) return [];
  return session
    .select()
    .from(orders)
    .where(inArray(orders.id, [...ids]))
    .orderBy(asc(orders.sequence));
}

export async function findOrder(session: Session, id: string): Promise<OrderRow | null> {
  const [row] = await session.select().from(orders).where(eq(orders.id, id));
  return row ?? null;
}

/** The next version of an order; the account's books are locked. @returns its number */
export async function addOrderVersion(
  session: Session,
  order: OrderRow,
  version: { readonly documentId: string; readonly body: Order; readonly summary: string },
): Promise<number> {
  const number = order.version + 1;
  await session.insert(orderVersions).values({ orderId: order.id, version: number, ...version });
  await session
    .update(orders)
    .set({ version: number, currency: version.body.currency ?? order.currency, changedAt: new Date() })
    .where(eq(orders.id, order.id));
  return number;
}

/** Every version of an order, first one first. */
export async function readOrderVersions(session: Session, orderId: string): Promise<OrderVersionRow[]> {
  return session
    .select()
    .from(orderVersions)
    .where(eq(orderVersions.orderId, orderId))
    .orderBy(asc(orderVersions.version));
}

/** An order as its version in force says it. */
export async function readOrderInForce(session: Session, order: OrderRow): Promise<Order> {
  const [row] = await session
    .select({ body: orderVersions.body })
    .from(orderVersions)
    .where(and(eq(orderVersions.orderId, order.id), eq(orderVersions.version, order.version)));
  return row?.body as Order;
}

/** Orders as their versions in force say them, by id. */
export async function readOrdersInForce(session: Session, rows: readonly OrderRow[]): Promise<Map<string, Order>> {
  const found = new Map<string, Order>();
  const inForce = and(eq(orderVersions.orderId, orders.id), eq(orderVersions.version, orders.version));
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const ids = rows.slice(first, first + rowsAtOnce).map(({ id }) => id);
    const some = await session
      .select({ id: orders.id, body: orderVersions.body })
      .from(orders)
      .innerJoin(orderVersions, inForce)
      .where(inArray(orders.id, ids));
    for (const { id, body } of some) found.set(id, body as Order);
  }
  return found;
}

/** The documents that orders came as, by the orders' ids. */
export async function findFirstDocuments(session: Session, orderIds: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let first = 0; first < orderIds.length; first += rowsAtOnce) {
    const rows = await session
      .select({ orderId: orderVersions.orderId, documentId: orderVersions.documentId })
      .from(orderVersions)
      .where(
        and(inArray(orderVersions.orderId, orderIds.slice(first, first + rowsAtOnce)), eq(orderVersions.version, 1)),
      );
    for (const { orderId, documentId } of rows) found.set(orderId, documentId);
  }
  return found;
}

/** The order as a document made it or left it, whatever form of it was offered; null where the document is in no order's books. */
export async function readOrderOfDocument(session: Session, documentId: string): Promise<Order | null> {
  const [row] = await session
    .select({ body: orderVersions.body })
    .from(orderVersions)
    .where(eq(orderVersions.documentId, documentId))
    .limit(1);
  return (row?.body as Order | undefined) ?? null;
}

/** The orders that a document made or changed. */
export async function findOrdersOfVersion(session: Session, documentId: string): Promise<OrderRow[]> {
  const ofDocument = session
    .select({ id: orderVersions.orderId })
    .from(orderVersions)
    .where(eq(orderVersions.documentId, documentId));
  return session.select().from(orders).where(inArray(orders.id, ofDocument)).orderBy(asc(orders.sequence));
}

/**
 * Writes the lines of an order as its version in force says them; lines are added and changed, never taken away.
 * @returns the ids of the lines, by their keys
 */
export async function saveOrderLines(
  session: Session,
  orderId: string,
  lines: readonly LedgerLine[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (let first = 0; first < lines.length; first += rowsAtOnce) {
    const rows = lines.slice(first, first + rowsAtOnce).map((line) => ({
      id: randomUUID(),
      orderId,
      key: line.key,
      line,
      dueOn: line.requested ?? null,
      countsOn: line.requested ?? null,
    }));
    const saved = await session
      .insert(orderLines)
      .values(rows)
      .onConflictDoUpdate({ target: [orderLines.orderId, orderLines.key], set: { line: sql`excluded.line` } })
      .returning({ id: orderLines.id, key: orderLines.key });
    for (const { id, key } of saved) ids.set(key, id);
  }
  return ids;
}

/** The lines of orders, in the order of their positions. */
export async function readOrderLines(session: Session, orderIds: readonly string[]): Promise<OrderLineRow[]> {
  if (orderIds.length === 0) return [];
  return session
    .select()
    .from(orderLines)
    .where(inArray(orderLines.orderId, [...orderIds]))
    .orderBy(asc(orderLines.orderId), sql`(${orderLines.line}->>'position')::int`, asc(orderLines.key));
}

/** The days of an order line: the one on which what is open is due, and the one that counts. */
export interface LineDays {
  readonly lineId: string;
  readonly dueOn: string | null;
  readonly countsOn: string | null;
}

/** What the figures of an order say by now: its state, and the days of its lines. */
export async function noteStanding(
  session: Session,
  orderId: string,
  state: OrderState,
  lines: readonly LineDays[],
): Promise<void> {
  await session.update(orders).set({ state, changedAt: new Date() }).where(eq(orders.id, orderId));
  const byDays = new Map<string, LineDays[]>();
  for (const line of lines) {
    const days = `${line.dueOn} ${line.countsOn}`;
    byDays.set(days, [...(byDays.get(days) ?? []), line]);
  }
  for (const alike of byDays.values()) {
    const { dueOn = null, countsOn = null } = alike[0] ?? {};
    for (let first = 0; first < alike.length; first += rowsAtOnce) {
      const ids = alike.slice(first, first + rowsAtOnce).map(({ lineId }) => lineId);
      await session.update(orderLines).set({ dueOn, countsOn }).where(inArray(orderLines.id, ids));
    }
  }
}

export interface OrderFilter {
  readonly account?: string | undefined;
  /** Id of a division of that account's. */
  readonly division?: string | undefined;
  readonly location?: string | undefined;
  readonly number?: string | undefined;
  readonly state?: OrderState | undefined;
  /** Only those of which something is still to be shipped. */
  readonly unshipped?: true | undefined;
  readonly usage?: "production" | "test" | undefined;
  /** Only those of which something is open though its day has passed, on the account's own calendar. */
  readonly late?: boolean | undefined;
  /** Only those that something happened to since then. */
  readonly since?: Date | undefined;
}

/** Orders, newest first. */
export async function listOrders(session: Session, filter: OrderFilter, page: PageRequest): Promise<Page<OrderRow>> {
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(orders.accountId, filter.account) : undefined,
    filter.division ? eq(orders.division, filter.division) : undefined,
    filter.location ? eq(orders.location, filter.location) : undefined,
    filter.number ? eq(orders.number, filter.number) : undefined,
    filter.state ? eq(orders.state, filter.state) : undefined,
    filter.unshipped ? inArray(orders.state, ["open", "partly-shipped"]) : undefined,
    filter.usage ? eq(orders.usage, filter.usage) : undefined,
    filter.since ? gte(orders.changedAt, filter.since) : undefined,
    filter.late === undefined ? undefined : filter.late ? isLate : sql`not ${isLate}`,
    page.after === null ? undefined : lt(orders.sequence, page.after),
  ];
  const rows = await session
    .select()
    .from(orders)
    .where(and(...wanted))
    .orderBy(desc(orders.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}

const isLate = sql`exists (select 1 from ${orderLines}
  where ${orderLines.orderId} = ${orders.id} and ${orderLines.dueOn} <
    (now() at time zone (select ${accounts.profile}->>'timeZone' from ${accounts} where ${accounts.id} = ${orders.accountId}))::date)`;
