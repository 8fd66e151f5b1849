import type { JobQueue } from "../queue.ts";
import type { Session } from "../store/database.ts";
import { addJobs, countOpenJobs } from "../store/jobs.ts";
import { placeInQueue, type Turn, turnAfter } from "./lane.ts";
import { jobIdOf, type NextJob, type PipelineLog } from "./step.ts";

/** A job that is written down, and its turn. */
export interface WrittenJob {
  readonly job: NextJob;
  readonly turn: Turn;
}

/**
 * Writes the next jobs down, in the transaction whose changes call for them.
 * @param after the turn of the job that calls for them; left out: they begin something, and each account's come after what is
 * open of it
 */
export async function writeDown(session: Session, next: readonly NextJob[], after?: Turn): Promise<WrittenJob[]> {
  const written = after
    ? next.map((job, index) => ({ job, turn: turnAfter(after, job, index) }))
    : await atTheEnd(session, next);
  await addJobs(
    session,
    written.map(({ job, turn }) => ({
      id: jobIdOf(job),
      name: job.name,
      ids: job.ids,
      ...turn,
      ...(job.at && { runAt: job.at }),
    })),
  );
  return written;
}

async function atTheEnd(session: Session, next: readonly NextJob[]): Promise<WrittenJob[]> {
  const ranks = new Map<string | null, number>();
  const written: WrittenJob[] = [];
  for (const job of next) {
    const accountId = job.account ?? null;
    const rank = ranks.get(accountId) ?? (await countOpenJobs(session, accountId));
    ranks.set(accountId, rank + 1);
    written.push({ job, turn: turnAfter({ accountId, lane: "normal", rank }, job, 0) });
  }
  return written;
}

/** The queue holds what is due within this; of what is due later only the row knows, and `sweep` hands it over then. */
const queuedAheadMs = 3_600_000;

/**
 * Tells the queue of jobs whose rows are committed. It may fail: the rows are the record, and `sweep` tells the queue again.
 */
export async function handOver(queue: JobQueue, written: readonly WrittenJob[], log: PipelineLog): Promise<void> {
  try {
    const now = Date.now();
    await queue.add(
      written.flatMap(({ job, turn }) => {
        const delayMs = Math.max(0, (job.at?.getTime() ?? now) - now);
        if (delayMs > queuedAheadMs) return [];
        return [{ id: jobIdOf(job), name: job.name, priority: placeInQueue(job.name, turn), delayMs }];
      }),
    );
  } catch (error) {
    log.warn(
      { err: error, jobs: written.length },
      "the queue did not take new jobs; they are kept and handed over later",
    );
  }
}
