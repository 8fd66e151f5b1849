import type { JobQueue } from "../queue.ts";
import type { Session } from "../store/database.ts";
import { addJobs } from "../store/jobs.ts";
import { jobIdOf, type NextJob, type PipelineLog } from "./step.ts";

/** Writes the next jobs down, in the transaction whose changes call for them. */
export async function writeDown(session: Session, next: readonly NextJob[]): Promise<void> {
  await addJobs(
    session,
    next.map((job) => ({ id: jobIdOf(job), name: job.name, ids: job.ids, ...(job.at && { runAt: job.at }) })),
  );
}

/** The queue holds what is due within this; of what is due later only the row knows, and `sweep` hands it over then. */
const queuedAheadMs = 3_600_000;

/**
 * Tells the queue of jobs whose rows are committed. It may fail: the rows are the record, and `sweep` tells the queue again.
 */
export async function handOver(queue: JobQueue, next: readonly NextJob[], log: PipelineLog): Promise<void> {
  try {
    const now = Date.now();
    await queue.add(
      next.flatMap((job) => {
        const delayMs = Math.max(0, (job.at?.getTime() ?? now) - now);
        return delayMs > queuedAheadMs ? [] : [{ id: jobIdOf(job), name: job.name, delayMs }];
      }),
    );
  } catch (error) {
    log.warn({ err: error, jobs: next.length }, "the queue did not take new jobs; they are kept and handed over later");
  }
}
