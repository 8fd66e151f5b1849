import { and, eq, inArray, sql } from "drizzle-orm";
import { type Session, waitForTurn } from "./database.ts";
import { scheduleReleases } from "./ledger-tables.ts";

export type ScheduleRelease = typeof scheduleReleases.$inferSelect;
export type NewScheduleRelease = typeof scheduleReleases.$inferInsert;

/** Whose schedules, and of which kind. */
export type ScheduleScope = Pick<ScheduleRelease, "accountId" | "usage" | "kind">;

/** The releases in force for some items, whichever place they are for; others who would replace them wait. */
export async function lockReleases(
  session: Session,
  scope: ScheduleScope,
  items: readonly string[],
): Promise<ScheduleRelease[]> {
  await waitForTurn(session, `schedule ${scope.accountId} ${scope.usage} ${scope.kind}`);
  return findReleases(session, scope, items);
}

/** The same without a turn of one's own: for those who have the account's books locked. */
export async function findReleases(
  session: Session,
  scope: ScheduleScope,
  items: readonly string[],
): Promise<ScheduleRelease[]> {
  if (items.length === 0) return [];
  return session
    .select()
    .from(scheduleReleases)
    .where(
      and(
        eq(scheduleReleases.accountId, scope.accountId),
        eq(scheduleReleases.usage, scope.usage),
        eq(scheduleReleases.kind, scope.kind),
        inArray(scheduleReleases.item, [...new Set(items)]),
      ),
    );
}

/** Puts releases in force, each in the place of the one before for the same item and place. */
export async function replaceReleases(session: Session, releases: readonly NewScheduleRelease[]): Promise<void> {
  // Ten values a row; PostgreSQL takes 65,535 parameters in a statement.
  const rowsAtOnce = 5_000;
  for (let first = 0; first < releases.length; first += rowsAtOnce) {
    await session
      .insert(scheduleReleases)
      .values(releases.slice(first, first + rowsAtOnce))
      .onConflictDoUpdate({
        target: [
          scheduleReleases.accountId,
          scheduleReleases.usage,
          scheduleReleases.kind,
          scheduleReleases.shipTo,
          scheduleReleases.item,
        ],
        set: {
          documentId: sql`excluded.document_id`,
          release: sql`excluded.release`,
          releasedOn: sql`excluded.released_on`,
          body: sql`excluded.body`,
          at: sql`excluded.at`,
        },
      });
  }
}
