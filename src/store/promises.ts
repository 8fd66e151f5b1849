import { and, desc, eq, getTableColumns, inArray, lt, type SQL } from "drizzle-orm";
import type { Session } from "./database.ts";
import { orders } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { type PromiseState, promises } from "./promise-tables.ts";

export type PromiseRow = typeof promises.$inferSelect;
export type PromiseOfOrder = PromiseRow & { readonly orderNumber: string };

/** Writes a promise down. @returns false where the order has one of the kind already */
export async function keepPromise(session: Session, promise: typeof promises.$inferInsert): Promise<boolean> {
  const rows = await session.insert(promises).values(promise).onConflictDoNothing().returning({ id: promises.id });
  return rows.length > 0;
}

export async function findPromise(session: Session, id: string): Promise<PromiseRow | null> {
  const [row] = await session.select().from(promises).where(eq(promises.id, id));
  return row ?? null;
}

/** What is promised on orders. */
export async function findPromisesOf(session: Session, orderIds: readonly string[]): Promise<PromiseRow[]> {
  if (orderIds.length === 0) return [];
  return session
    .select()
    .from(promises)
    .where(inArray(promises.orderId, [...orderIds]))
    .orderBy(promises.sequence);
}

/** Says what became of a promise. */
export async function settlePromise(
  session: Session,
  id: string,
  settled: { readonly state: PromiseState; readonly shippedOn: string | null },
): Promise<void> {
  await session
    .update(promises)
    .set({ ...settled, changedAt: new Date() })
    .where(eq(promises.id, id));
}

export interface PromiseFilter {
  readonly account?: string | undefined;
  readonly usage?: "production" | "test" | undefined;
  readonly state?: PromiseState | undefined;
  readonly order?: string | undefined;
}

/** Promises, newest first. */
export async function listPromises(
  session: Session,
  filter: PromiseFilter,
  page: PageRequest,
): Promise<Page<PromiseOfOrder>> {
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(promises.accountId, filter.account) : undefined,
    filter.usage ? eq(promises.usage, filter.usage) : undefined,
    filter.state ? eq(promises.state, filter.state) : undefined,
    filter.order ? eq(orders.number, filter.order) : undefined,
    page.after === null ? undefined : lt(promises.sequence, page.after),
  ];
  const rows = await session
    .select({ ...getTableColumns(promises), orderNumber: orders.number })
    .from(promises)
    .innerJoin(orders, eq(orders.id, promises.orderId))
    .where(and(...wanted))
    .orderBy(desc(promises.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}
