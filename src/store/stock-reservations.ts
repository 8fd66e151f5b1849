import { asc, inArray, sql } from "drizzle-orm";
import type { StockReservation } from "../accounts/publications/stock.ts";
import type { Session } from "./database.ts";
import { stockReservations } from "./publication-tables.ts";

/** Rows of one statement; PostgreSQL takes 65,535 parameters at most. */
const rowsAtOnce = 5_000;

const columns = {
  account: stockReservations.accountId,
  item: stockReservations.item,
  qualifier: stockReservations.qualifier,
  unit: stockReservations.unit,
  quantity: stockReservations.quantity,
  until: stockReservations.until,
};

/** What a reservation is told apart by. */
export type ReservationPlace = Pick<StockReservation, "account" | "item" | "qualifier" | "unit">;

/** Keeps reservations; one of the same account, item and unit takes the place of the one before. */
export async function saveReservations(session: Session, reservations: readonly StockReservation[]): Promise<void> {
  for (let from = 0; from < reservations.length; from += rowsAtOnce) {
    await session
      .insert(stockReservations)
      .values(
        reservations.slice(from, from + rowsAtOnce).map(({ account, ...one }) => ({ ...one, accountId: account })),
      )
      .onConflictDoUpdate({
        target: [
          stockReservations.accountId,
          stockReservations.item,
          stockReservations.qualifier,
          stockReservations.unit,
        ],
        set: { quantity: sql`excluded.quantity`, until: sql`excluded.until`, updatedAt: sql`now()` },
      });
  }
}

/** Takes every reservation away. @returns how many there were */
export async function removeReservations(session: Session): Promise<number> {
  const removed = await session.delete(stockReservations).returning({ item: stockReservations.item });
  return removed.length;
}

/** How many reservations there are. */
export function countReservations(session: Session): Promise<number> {
  return session.$count(stockReservations);
}

/** Reservations by account and item, from behind one on. */
export async function listReservations(
  session: Session,
  after: ReservationPlace | null,
  limit: number,
): Promise<StockReservation[]> {
  const { accountId, item, qualifier, unit } = stockReservations;
  const behind =
    after &&
    sql`(${accountId}, ${item}, ${qualifier}, ${unit}) > (${after.account}, ${after.item}, ${after.qualifier}, ${after.unit})`;
  return session
    .select(columns)
    .from(stockReservations)
    .where(behind ?? undefined)
    .orderBy(asc(accountId), asc(item), asc(qualifier), asc(unit))
    .limit(limit);
}

/** The reservations of these items, whoever has them. */
export async function findReservations(session: Session, items: readonly string[]): Promise<StockReservation[]> {
  const found: StockReservation[] = [];
  for (let from = 0; from < items.length; from += rowsAtOnce) {
    found.push(
      ...(await session
        .select(columns)
        .from(stockReservations)
        .where(inArray(stockReservations.item, items.slice(from, from + rowsAtOnce)))
        .orderBy(asc(stockReservations.accountId), asc(stockReservations.unit))),
    );
  }
  return found;
}
