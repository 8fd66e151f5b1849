/** What has to be billed, by when, and on which invoice it came. */
import { randomUUID } from "node:crypto";
import { and, asc, eq, exists, inArray, isNotNull, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import type { DocumentRow } from "./documents.ts";
import { billingLines, billingPeriods } from "./invoicing-tables.ts";
import { ledgerEntries } from "./ledger-tables.ts";

export type BillingPeriodRow = typeof billingPeriods.$inferSelect;
export type BillingLineRow = typeof billingLines.$inferSelect;
export type NewBillingLine = typeof billingLines.$inferInsert;

/** Whose books: an account's, for business or for tests. */
export type BooksOf = Pick<DocumentRow, "accountId" | "usage">;

/** Rows in one statement: PostgreSQL takes 65,535 parameters in one, and a line has two dozen. */
const rowsAtOnce = 2_000;
/** Ids in one statement. */
const idsAtOnce = 10_000;

function* pieces<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let first = 0; first < items.length; first += size) yield items.slice(first, first + size);
}

const inBooks = ({ accountId, usage }: BooksOf): SQL | undefined =>
  and(eq(billingLines.accountId, accountId), eq(billingLines.usage, usage));

/** The part of an account that a period is of. */
export type PeriodPlace = Pick<BillingPeriodRow, "division" | "location">;

const atPlace = ({ division, location }: PeriodPlace): SQL | undefined =>
  and(
    division === null ? isNull(billingPeriods.division) : eq(billingPeriods.division, division),
    location === null ? isNull(billingPeriods.location) : eq(billingPeriods.location, location),
  );

/** The period of a basis that ends at an instant; it is made where there is none. The account's books are locked. */
export async function enterPeriod(
  session: Session,
  { accountId, usage }: BooksOf,
  place: PeriodPlace,
  basis: string,
  endsAt: Date,
): Promise<BillingPeriodRow> {
  const { division, location } = place;
  await session
    .insert(billingPeriods)
    .values({ id: randomUUID(), accountId, usage, division, location, basis, endsAt })
    .onConflictDoNothing();
  const [row] = await session
    .select()
    .from(billingPeriods)
    .where(
      and(
        eq(billingPeriods.accountId, accountId),
        eq(billingPeriods.usage, usage),
        eq(billingPeriods.basis, basis),
        eq(billingPeriods.endsAt, endsAt),
        atPlace(place),
      ),
    );
  return row as BillingPeriodRow;
}

/** A period by id; null where there is none. */
export async function findPeriod(session: Session, id: string): Promise<BillingPeriodRow | null> {
  const [row] = await session.select().from(billingPeriods).where(eq(billingPeriods.id, id));
  return row ?? null;
}

/** No line comes to a period any more. */
export async function closePeriods(session: Session, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  await session
    .update(billingPeriods)
    .set({ closedAt: at })
    .where(and(inArray(billingPeriods.id, [...ids]), isNull(billingPeriods.closedAt)));
}

/** The periods that lines can still come to, the one that ends first before the others. */
export async function findOpenPeriods(session: Session, { accountId, usage }: BooksOf): Promise<BillingPeriodRow[]> {
  return session
    .select()
    .from(billingPeriods)
    .where(
      and(eq(billingPeriods.accountId, accountId), eq(billingPeriods.usage, usage), isNull(billingPeriods.closedAt)),
    )
    .orderBy(asc(billingPeriods.endsAt), asc(billingPeriods.sequence));
}

/** The last period of each part of an account that has something open though its time is over; none where nothing waits. */
export async function findWaitingPeriods(session: Session, of: BooksOf, now: Date): Promise<BillingPeriodRow[]> {
  const rows = await session
    .select({ period: billingPeriods })
    .from(billingPeriods)
    .where(
      and(
        eq(billingPeriods.accountId, of.accountId),
        eq(billingPeriods.usage, of.usage),
        lte(billingPeriods.endsAt, now),
        exists(
          session
            .select({ id: billingLines.id })
            .from(billingLines)
            .where(and(eq(billingLines.periodId, billingPeriods.id), inBooks(of), eq(billingLines.state, "open"))),
        ),
      ),
    )
    .orderBy(asc(billingPeriods.endsAt), asc(billingPeriods.sequence));
  const last = new Map(rows.map(({ period }) => [JSON.stringify([period.division, period.location]), period]));
  return [...last.values()];
}

/** Somebody asked to bill what a period left open. @returns how often by now */
export async function countRetry(session: Session, id: string): Promise<number> {
  const [row] = await session
    .update(billingPeriods)
    .set({ retries: sql`${billingPeriods.retries} + 1` })
    .where(eq(billingPeriods.id, id))
    .returning({ retries: billingPeriods.retries });
  return row?.retries ?? 1;
}

/** Writes down what has to be billed. */
export async function writeBillingLines(session: Session, rows: readonly NewBillingLine[]): Promise<void> {
  for (const some of pieces(rows, rowsAtOnce)) await session.insert(billingLines).values(some);
}

/** What of a shipment is to be billed or was; what was closed is left out. */
export async function readBillingOfShipment(
  session: Session,
  of: BooksOf,
  shipment: string,
): Promise<BillingLineRow[]> {
  return session
    .select()
    .from(billingLines)
    .where(
      and(
        inBooks(of),
        eq(billingLines.shipment, shipment),
        ne(billingLines.state, "closed"),
        ne(billingLines.kind, "order-charge"),
      ),
    )
    .orderBy(asc(billingLines.id));
}

/**
 * What is open of a period, with what earlier ones of the same part of the account left open.
 * @param until instead of the period's own: all whose time was over by then
 */
export async function readOpenLines(
  session: Session,
  period: BillingPeriodRow,
  until?: Date,
): Promise<BillingLineRow[]> {
  const own = until === undefined ? eq(billingLines.periodId, period.id) : lte(billingPeriods.endsAt, until);
  const rows = await session
    .select({ line: billingLines })
    .from(billingLines)
    .innerJoin(billingPeriods, eq(billingPeriods.id, billingLines.periodId))
    .where(
      and(
        inBooks(period),
        eq(billingLines.state, "open"),
        atPlace(period),
        or(own, isNotNull(billingPeriods.closedAt)),
      ),
    )
    .orderBy(asc(billingLines.id));
  return rows.map(({ line }) => line);
}

/** An open line, and the period that it came to. */
export interface OpenLine {
  readonly line: BillingLineRow;
  readonly period: BillingPeriodRow;
}

/** Everything that is open in an account's books. */
export async function readAllOpenLines(session: Session, of: BooksOf): Promise<OpenLine[]> {
  return session
    .select({ line: billingLines, period: billingPeriods })
    .from(billingLines)
    .innerJoin(billingPeriods, eq(billingPeriods.id, billingLines.periodId))
    .where(and(inBooks(of), eq(billingLines.state, "open")))
    .orderBy(asc(billingLines.id));
}

/** The charges of orders that are on an invoice already. */
export async function readBilledOrderCharges(
  session: Session,
  orderIds: readonly string[],
): Promise<Pick<BillingLineRow, "orderId" | "path">[]> {
  const found: Pick<BillingLineRow, "orderId" | "path">[] = [];
  for (const some of pieces(orderIds, idsAtOnce)) {
    found.push(
      ...(await session
        .select({ orderId: billingLines.orderId, path: billingLines.path })
        .from(billingLines)
        .where(and(inArray(billingLines.orderId, some), eq(billingLines.kind, "order-charge")))),
    );
  }
  return found;
}

/** How many of the lines of orders are on invoices, less what was given back: by the order's id and the line's position. */
export async function readBilledQuantities(
  session: Session,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  const billed = new Map<string, string>();
  for (const some of pieces(orderIds, idsAtOnce)) {
    const rows = await session
      .select({
        orderId: billingLines.orderId,
        position: billingLines.position,
        quantity: sql<string>`sum(${billingLines.quantity})::text`,
      })
      .from(billingLines)
      .where(and(inArray(billingLines.orderId, some), eq(billingLines.kind, "goods"), eq(billingLines.state, "billed")))
      .groupBy(billingLines.orderId, billingLines.position);
    for (const { orderId, position, quantity } of rows) billed.set(`${orderId} ${position}`, quantity);
  }
  return billed;
}

/** Which of these shipments have goods on an invoice. */
export async function findBilledShipments(
  session: Session,
  of: BooksOf,
  shipments: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of pieces(shipments, idsAtOnce)) {
    const rows = await session
      .selectDistinct({ shipment: billingLines.shipment })
      .from(billingLines)
      .where(
        and(
          inBooks(of),
          inArray(billingLines.shipment, some),
          eq(billingLines.kind, "goods"),
          eq(billingLines.state, "billed"),
        ),
      );
    for (const { shipment } of rows) found.add(shipment);
  }
  return found;
}

/** The order lines of which an answer of ours has accepted something. */
export async function findAcceptedLines(session: Session, orderIds: readonly string[]): Promise<Set<string>> {
  const accepted = new Set<string>();
  for (const some of pieces(orderIds, idsAtOnce)) {
    const rows = await session
      .selectDistinct({ id: ledgerEntries.orderLineId })
      .from(ledgerEntries)
      .where(
        and(
          inArray(ledgerEntries.orderId, some),
          eq(ledgerEntries.kind, "acknowledged"),
          eq(ledgerEntries.acknowledgedAs, "accepted"),
        ),
      );
    for (const { id } of rows) accepted.add(id);
  }
  return accepted;
}

/** Lines are never billed, and why. */
export async function closeLines(session: Session, ids: readonly number[], reason: string): Promise<void> {
  for (const some of pieces(ids, idsAtOnce)) {
    await session
      .update(billingLines)
      .set({ state: "closed", reason, mend: null })
      .where(and(inArray(billingLines.id, some), eq(billingLines.state, "open")));
  }
}

/** Lines stay open, and why. */
export async function noteWaiting(
  session: Session,
  ids: readonly number[],
  why: { readonly reason: string; readonly mend: string | null },
): Promise<void> {
  for (const some of pieces(ids, idsAtOnce)) {
    await session.update(billingLines).set(why).where(inArray(billingLines.id, some));
  }
}

/** Lines are on an invoice from now on. */
export async function markBilled(
  session: Session,
  ids: readonly number[],
  on: Pick<BillingLineRow, "invoiceId" | "price" | "priceBasis">,
): Promise<void> {
  for (const some of pieces(ids, idsAtOnce)) {
    await session
      .update(billingLines)
      .set({ ...on, state: "billed", reason: null, mend: null })
      .where(and(inArray(billingLines.id, some), eq(billingLines.state, "open")));
  }
}

/**
 * What was on an invoice is open again, for the next plan; what its orders charge is billed with whatever comes first. An invoice
 * that has nothing any more gives nothing back, so this happens once.
 * @returns the lines
 */
export async function reopenLines(session: Session, invoiceId: string): Promise<BillingLineRow[]> {
  await session
    .delete(billingLines)
    .where(and(eq(billingLines.invoiceId, invoiceId), eq(billingLines.kind, "order-charge")));
  return session
    .update(billingLines)
    .set({
      state: "open",
      invoiceId: null,
      // What is given back is given back at the price that was billed.
      price: sql`case when ${billingLines.givesBackId} is null then null else ${billingLines.price} end`,
      priceBasis: sql`case when ${billingLines.givesBackId} is null then null else ${billingLines.priceBasis} end`,
    })
    .where(eq(billingLines.invoiceId, invoiceId))
    .returning();
}

/** What gives some lines back. */
export async function findGivingBack(session: Session, ids: readonly number[]): Promise<BillingLineRow[]> {
  const found: BillingLineRow[] = [];
  for (const some of pieces(ids, idsAtOnce)) {
    found.push(
      ...(await session
        .select()
        .from(billingLines)
        .where(and(inArray(billingLines.givesBackId, some), ne(billingLines.state, "closed")))),
    );
  }
  return found;
}

/** Lines by id. */
export async function readBillingLines(session: Session, ids: readonly number[]): Promise<BillingLineRow[]> {
  if (ids.length === 0) return [];
  return session
    .select()
    .from(billingLines)
    .where(inArray(billingLines.id, [...ids]));
}

/** Less or more of a line is to be billed. */
export async function setQuantity(session: Session, id: number, quantity: string): Promise<void> {
  await session.update(billingLines).set({ quantity }).where(eq(billingLines.id, id));
}

/** Of what invoice something is given back, and at what price. */
export async function giveBackOf(
  session: Session,
  id: number,
  of: Pick<BillingLineRow, "givesBack" | "price" | "priceBasis">,
): Promise<void> {
  await session.update(billingLines).set(of).where(eq(billingLines.id, id));
}
