import { and, desc, eq, getTableColumns, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { orderLines, orders } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { shippedItems } from "./warranty-tables.ts";

export type ShippedItemRow = typeof shippedItems.$inferSelect;
export type NewShippedItem = Omit<typeof shippedItems.$inferInsert, "id" | "createdAt">;

/** A shipped item with the order that it is of. */
export interface ShippedItemOfOrder extends ShippedItemRow {
  readonly orderNumber: string;
  /** Empty where the order is no release. */
  readonly release: string;
}

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 4_000;

/** Writes down what was shipped. */
export async function keepShippedItems(session: Session, items: readonly NewShippedItem[]): Promise<void> {
  for (let first = 0; first < items.length; first += rowsAtOnce) {
    await session.insert(shippedItems).values([...items.slice(first, first + rowsAtOnce)]);
  }
}

/** Takes away what an earlier notice of a shipment wrote down. */
export async function removeShippedItems(
  session: Session,
  { accountId, usage, shipment }: Pick<ShippedItemRow, "accountId" | "usage" | "shipment">,
): Promise<void> {
  await session
    .delete(shippedItems)
    .where(
      and(eq(shippedItems.accountId, accountId), eq(shippedItems.usage, usage), eq(shippedItems.shipment, shipment)),
    );
}

/** Whether any line of the orders of these numbers has a warranty. */
export async function haveWarranties(
  session: Session,
  of: { readonly accountId: string; readonly usage: "production" | "test"; readonly numbers: readonly string[] },
): Promise<boolean> {
  if (of.numbers.length === 0) return false;
  const rows = await session
    .select({ id: orderLines.id })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      and(
        eq(orders.accountId, of.accountId),
        eq(orders.usage, of.usage),
        inArray(orders.number, [...of.numbers]),
        sql`${orderLines.line} ? 'warranty'`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The days on which what is of an order's line left, and with which shipments. */
export async function findShipDays(
  session: Session,
  orderId: string,
  position: number,
): Promise<{ shipment: string; shippedOn: string }[]> {
  return session
    .selectDistinct({ shipment: shippedItems.shipment, shippedOn: shippedItems.shippedOn })
    .from(shippedItems)
    .where(and(eq(shippedItems.orderId, orderId), eq(shippedItems.position, position)));
}

/** Shipped items of a line whose warranty begins with the invoice, and has not begun. @param shipment left out: of every shipment */
export async function findNotBegun(
  session: Session,
  orderId: string,
  position: number,
  shipment: string | undefined,
): Promise<ShippedItemRow[]> {
  return session
    .select()
    .from(shippedItems)
    .where(
      and(
        eq(shippedItems.orderId, orderId),
        eq(shippedItems.position, position),
        shipment === undefined ? undefined : eq(shippedItems.shipment, shipment),
        isNull(shippedItems.beginsOn),
        sql`${shippedItems.warranty}->>'begins' = 'invoice'`,
      ),
    );
}

/** The first and last day of the warranties of items. */
export async function beginWarranties(
  session: Session,
  ids: readonly number[],
  days: { readonly beginsOn: string; readonly endsOn: string },
): Promise<void> {
  if (ids.length === 0) return;
  await session
    .update(shippedItems)
    .set(days)
    .where(inArray(shippedItems.id, [...ids]));
}

export interface ShippedItemFilter {
  readonly account?: string | undefined;
  readonly usage?: "production" | "test" | undefined;
  readonly serial?: string | undefined;
  readonly order?: string | undefined;
  /** The buyer's number of the order's line. */
  readonly line?: string | undefined;
}

/** Shipped items, the latest first. */
export async function listShippedItems(
  session: Session,
  filter: ShippedItemFilter,
  page: PageRequest,
): Promise<Page<ShippedItemOfOrder>> {
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(shippedItems.accountId, filter.account) : undefined,
    filter.usage ? eq(shippedItems.usage, filter.usage) : undefined,
    filter.serial ? eq(shippedItems.serial, filter.serial) : undefined,
    filter.order ? eq(orders.number, filter.order) : undefined,
    filter.line ? eq(shippedItems.line, filter.line) : undefined,
    page.after === null ? undefined : lt(shippedItems.id, page.after),
  ];
  const rows = await session
    .select({ ...getTableColumns(shippedItems), orderNumber: orders.number, release: orders.release })
    .from(shippedItems)
    .innerJoin(orders, eq(orders.id, shippedItems.orderId))
    .where(and(...wanted))
    .orderBy(desc(shippedItems.id))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.id);
}
