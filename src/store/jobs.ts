import { and, asc, eq, inArray, isNull, lt, lte, sql } from "drizzle-orm";
import type { PriorityLevel } from "../documents/order.ts";
import type { Session } from "./database.ts";
import { type JobState, jobs } from "./tables.ts";

export type JobIds = Record<string, string | number | boolean>;

export interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly ids: JobIds;
  readonly state: JobState;
  readonly attempts: number;
  readonly runAt: Date;
  readonly accountId: string | null;
  readonly lane: PriorityLevel;
  readonly rank: number;
}

const columns = {
  id: jobs.id,
  name: jobs.name,
  ids: jobs.ids,
  state: jobs.state,
  attempts: jobs.attempts,
  runAt: jobs.runAt,
  accountId: jobs.accountId,
  lane: jobs.lane,
  rank: jobs.rank,
};

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 5_000;

/**
 * Writes work down, to be done at once or not before `runAt`, by the clock that workers look at. A job that is there already, in
 * whatever state, is left as it is. handedAt: when the queue was told of it; left out: that is about to happen. The next sweep tells
 * it of what it was never told.
 */
export async function addJobs(
  session: Session,
  added: readonly ({ id: string; name: string; ids: JobIds; runAt?: Date; handedAt?: Date } & Pick<
    JobRow,
    "accountId" | "lane" | "rank"
  >)[],
): Promise<void> {
  const now = new Date();
  for (let first = 0; first < added.length; first += rowsAtOnce) {
    await session
      .insert(jobs)
      .values(added.slice(first, first + rowsAtOnce).map((job) => ({ runAt: now, ...job })))
      .onConflictDoNothing();
  }
}

/** One job, read without a lock. */
export async function findJob(session: Session, id: string): Promise<JobRow | null> {
  const [row] = await session.select(columns).from(jobs).where(eq(jobs.id, id));
  return row ?? null;
}

/**
 * Takes a job for this transaction: nobody else can finish it until the transaction ends.
 * @returns false where it is not open any more, or another transaction has it
 */
export async function claimJob(session: Session, id: string): Promise<boolean> {
  const rows = await session
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.state, "open")))
    .for("update", { skipLocked: true });
  return rows.length > 0;
}

/** Ends a job that this transaction has claimed. */
export async function finishJob(session: Session, id: string): Promise<void> {
  await session.update(jobs).set({ state: "done", finishedAt: new Date(), lastError: null }).where(eq(jobs.id, id));
}

/** Writes down a failed try. dead: no further one. */
export async function recordFailure(
  session: Session,
  id: string,
  failure: { error: string; state: "open" | "dead"; runAt: Date },
): Promise<void> {
  await session
    .update(jobs)
    .set({
      attempts: sql`${jobs.attempts} + 1`,
      lastError: failure.error,
      state: failure.state,
      runAt: failure.runAt,
      ...(failure.state === "dead" ? { finishedAt: new Date() } : {}),
    })
    .where(and(eq(jobs.id, id), eq(jobs.state, "open")));
}

/** Remembers that the queue has been told of these jobs again. */
export async function markHanded(session: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await session
    .update(jobs)
    .set({ handedAt: new Date() })
    .where(inArray(jobs.id, [...ids]));
}

/**
 * Open and due jobs that the queue was last told of before `toldBefore`: a crash may have come between the commit and the
 * telling, or the queue's own memory may be gone. Longest untold first.
 */
export async function findForgottenJobs(session: Session, toldBefore: Date, limit: number): Promise<JobRow[]> {
  return session
    .select(columns)
    .from(jobs)
    .where(and(eq(jobs.state, "open"), lte(jobs.runAt, new Date()), lt(jobs.handedAt, toldBefore)))
    .orderBy(asc(jobs.handedAt))
    .limit(limit);
}

/** Removes the rows of jobs done before `before`. What they did stays. */
export async function forgetDoneJobs(session: Session, before: Date): Promise<void> {
  await session.delete(jobs).where(and(eq(jobs.state, "done"), lt(jobs.finishedAt, before)));
}

/** An account's open work is counted so far. */
const countedAtMost = 10_000;

/** How many jobs of an account are open and due; null: of those of which nobody knows yet whose they are. */
export async function countOpenJobs(session: Session, accountId: string | null): Promise<number> {
  const open = session
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.state, "open"),
        lte(jobs.runAt, new Date()),
        accountId === null ? isNull(jobs.accountId) : eq(jobs.accountId, accountId),
      ),
    )
    .limit(countedAtMost)
    .as("open");
  const [row] = await session.select({ count: sql<number>`count(*)::int` }).from(open);
  return row?.count ?? 0;
}

/** How many jobs are in each state that is not over. */
export async function countJobs(session: Session): Promise<{ open: number; dead: number }> {
  const rows = await session
    .select({ state: jobs.state, count: sql<number>`count(*)::int` })
    .from(jobs)
    .where(inArray(jobs.state, ["open", "dead"]))
    .groupBy(jobs.state);
  const of = (state: JobState) => rows.find((row) => row.state === state)?.count ?? 0;
  return { open: of("open"), dead: of("dead") };
}
