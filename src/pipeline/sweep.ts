import { messageOf } from "../errors.ts";
import type { JobQueue } from "../queue.ts";
import { bringIntoForce } from "../store/account-versions.ts";
import { findForgottenJobs, forgetDoneJobs, markHanded } from "../store/jobs.ts";
import { forgetKeptAnswers, keepAnswersMs } from "../store/kept-answers.ts";
import type { AccountsNow } from "./account-directory.ts";
import { handOver } from "./handover.ts";
import { placeInQueue } from "./lane.ts";
import { enrolAll } from "./publications/enrol-all.ts";
import type { PipelineServices } from "./step.ts";

/** An open job that the queue was told of longer ago than this is told again: twice the time a dead worker's claim lasts. */
const forgottenMs = 30_000;
/** Jobs handed over in one sweep. */
const sweepSize = 500;
/** Rows of done jobs are kept so long, so that a reminder that comes late finds that they are done. */
const keepDoneMs = 7 * 86_400_000;

/**
 * Finds what a crash left behind: jobs that were committed but never handed over, or that the queue has lost. Telling the
 * queue of a job it knows does nothing. Begins at once, so that a restart goes on where the last run ended.
 */
export function startSweeping(
  services: PipelineServices,
  queue: JobQueue,
  intervalMs: number,
): { close(): Promise<void> } {
  const { session } = services.database;
  let closed = false;
  /** The accounts as they were when it was last seen to that each has its turn in what is published. */
  let enrolled: AccountsNow | undefined;
  let underWay: Promise<void> = Promise.resolve();

  async function sweep(toldBefore: Date): Promise<void> {
    try {
      for (;;) {
        const forgotten = await findForgottenJobs(session, toldBefore, sweepSize);
        if (closed || forgotten.length === 0) break;
        await queue.add(
          forgotten.map((job) => ({ id: job.id, name: job.name, priority: placeInQueue(job.name, job) })),
        );
        await markHanded(
          session,
          forgotten.map(({ id }) => id),
        );
        services.log.info({ jobs: forgotten.length }, "reminded the queue of open jobs");
      }
      const changed = await services.database.transaction(bringIntoForce);
      if (changed.length > 0) services.log.info({ accounts: changed }, "rules came into force");
      const accounts = await services.directory.load(session);
      if (accounts !== enrolled) {
        for (const turns of await enrolAll(services, accounts)) await handOver(queue, turns, services.log);
        enrolled = accounts;
      }
      await forgetDoneJobs(session, new Date(Date.now() - keepDoneMs));
      await forgetKeptAnswers(session, new Date(Date.now() - keepAnswersMs));
    } catch (error) {
      if (!closed) services.log.warn({ because: messageOf(error) }, "sweep failed, will be tried again");
    }
  }

  const start = (toldBefore: Date): void => {
    underWay = underWay.then(() => (closed ? undefined : sweep(toldBefore)));
  };
  start(new Date());
  const timer = setInterval(() => start(new Date(Date.now() - forgottenMs)), intervalMs);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await underWay;
    },
  };
}
