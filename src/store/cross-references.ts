import { and, asc, count, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { crossReferences } from "./tables.ts";

export type CrossReferenceKind = "item" | "location";

/** What an account calls a thing, and what we call it. */
export interface CrossReference {
  readonly kind: CrossReferenceKind;
  readonly theirs: string;
  readonly ours: string;
}

/** Rows of one statement; PostgreSQL takes 65,535 parameters at most. */
const rowsAtOnce = 5_000;

/** Adds pairs, or gives those of the same kind and number of theirs another of ours. The last of equal ones counts. */
export async function saveCrossReferences(
  session: Session,
  accountId: string,
  pairs: readonly CrossReference[],
): Promise<void> {
  const last = [...new Map(pairs.map((pair) => [`${pair.kind} ${pair.theirs}`, pair])).values()];
  for (let from = 0; from < last.length; from += rowsAtOnce) {
    await session
      .insert(crossReferences)
      .values(last.slice(from, from + rowsAtOnce).map((pair) => ({ ...pair, accountId })))
      .onConflictDoUpdate({
        target: [crossReferences.accountId, crossReferences.kind, crossReferences.theirs],
        set: { ours: sql`excluded.ours`, updatedAt: sql`now()` },
      });
  }
}

/** Takes away every pair of the account. @returns how many there were */
export async function removeCrossReferences(session: Session, accountId: string): Promise<number> {
  const removed = await session
    .delete(crossReferences)
    .where(eq(crossReferences.accountId, accountId))
    .returning({ theirs: crossReferences.theirs });
  return removed.length;
}

export async function countCrossReferences(session: Session, accountId: string): Promise<number> {
  const [row] = await session
    .select({ count: count() })
    .from(crossReferences)
    .where(eq(crossReferences.accountId, accountId));
  return row?.count ?? 0;
}

/** The account's pairs by kind and their number, from behind one on. */
export async function listCrossReferences(
  session: Session,
  accountId: string,
  after: Pick<CrossReference, "kind" | "theirs"> | null,
  limit: number,
): Promise<CrossReference[]> {
  const { kind, theirs, ours } = crossReferences;
  const behind = after && or(gt(kind, after.kind), and(eq(kind, after.kind), gt(theirs, after.theirs)));
  return session
    .select({ kind, theirs, ours })
    .from(crossReferences)
    .where(and(eq(crossReferences.accountId, accountId), behind ?? undefined))
    .orderBy(asc(kind), asc(theirs))
    .limit(limit);
}

/**
 * What the other side calls these.
 *
 * @param known which side's numbers they are; where several of the account's numbers are one of ours, its last change counts
 * @returns by `kind number`
 */
export async function findCrossReferences(
  session: Session,
  accountId: string,
  known: "theirs" | "ours",
  wanted: readonly { kind: CrossReferenceKind; id: string }[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const kind of ["item", "location"] as const) {
    const ids = wanted.filter((one) => one.kind === kind).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += rowsAtOnce) {
      const which: SQL = inArray(crossReferences[known], ids.slice(from, from + rowsAtOnce));
      const rows = await session
        .select()
        .from(crossReferences)
        .where(and(eq(crossReferences.accountId, accountId), eq(crossReferences.kind, kind), which))
        .orderBy(asc(crossReferences.updatedAt), asc(crossReferences.theirs));
      for (const row of rows) found.set(`${kind} ${row[known]}`, known === "theirs" ? row.ours : row.theirs);
    }
  }
  return found;
}
