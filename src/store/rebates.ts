import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { type RebateEntryKind, rebateEntries, rebates } from "./price-credit-tables.ts";

export type RebateRow = typeof rebates.$inferSelect;
/** What a rebate is told apart by. */
export type RebatePeriod = Pick<
  RebateRow,
  "accountId" | "usage" | "contract" | "division" | "periodFrom" | "periodTo" | "currency"
>;

/** The rebate of a period, begun where it is the first time that it is asked for. */
export async function openRebate(session: Session, period: RebatePeriod): Promise<RebateRow> {
  await session
    .insert(rebates)
    .values({ id: randomUUID(), ...period })
    .onConflictDoNothing();
  return (await findRebateOf(session, period)) as RebateRow;
}

/** The rebate of a period; null where nothing was invoiced in it yet. */
export async function findRebateOf(
  session: Session,
  { accountId, usage, contract, division, periodFrom }: Omit<RebatePeriod, "periodTo" | "currency">,
): Promise<RebateRow | null> {
  const [row] = await session
    .select()
    .from(rebates)
    .where(
      and(
        eq(rebates.accountId, accountId),
        eq(rebates.usage, usage),
        eq(rebates.contract, contract),
        eq(rebates.division, division),
        eq(rebates.periodFrom, periodFrom),
      ),
    );
  return row ?? null;
}

export async function findRebate(session: Session, id: string): Promise<RebateRow | null> {
  const [row] = await session.select().from(rebates).where(eq(rebates.id, id));
  return row ?? null;
}

/** What is booked of a rebate. Money, in its currency. */
export interface RebateBooked {
  readonly invoiced: string;
  readonly accrued: string;
  /** What was given back or said to be due; above zero. */
  readonly settled: string;
}

/** The sums of a rebate's entries. */
export async function readRebateBooked(session: Session, rebateId: string): Promise<RebateBooked> {
  const sum = (kind: RebateEntryKind) =>
    sql<string>`coalesce(sum(${rebateEntries.amount}) filter (where ${rebateEntries.kind} = ${kind}), 0)::text`;
  const [row] = await session
    .select({
      invoiced: sql<string>`coalesce(sum(${rebateEntries.invoiced}), 0)::text`,
      accrued: sum("accrued"),
      settled: sql<string>`(-${sum("settled")}::numeric)::text`,
    })
    .from(rebateEntries)
    .where(eq(rebateEntries.rebateId, rebateId));
  return row ?? { invoiced: "0", accrued: "0", settled: "0" };
}

/** Writes what a document did to a rebate, or its settlement. A document's entry can be written once only. */
export async function writeRebateEntry(session: Session, entry: typeof rebateEntries.$inferInsert): Promise<void> {
  await session.insert(rebateEntries).values(entry);
}

/** A rebate's entries, first thing first. */
export async function readRebateEntries(
  session: Session,
  rebateId: string,
): Promise<(typeof rebateEntries.$inferSelect)[]> {
  return session
    .select()
    .from(rebateEntries)
    .where(eq(rebateEntries.rebateId, rebateId))
    .orderBy(asc(rebateEntries.id));
}

/** One more settlement is called for. @returns which one it is, from 1 */
export async function callForSettlement(session: Session, id: string): Promise<number> {
  const [row] = await session
    .update(rebates)
    .set({ called: sql`${rebates.called} + 1` })
    .where(eq(rebates.id, id))
    .returning({ called: rebates.called });
  return row?.called ?? 1;
}

/** A settlement has been gone through. */
export async function noteSettled(session: Session, id: string, run: number): Promise<void> {
  await session.update(rebates).set({ settled: run }).where(eq(rebates.id, id));
}
