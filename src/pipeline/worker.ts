import { messageOf, PorticoError, RetryLater } from "../errors.ts";
import { type JobQueue, TryAgain, type Working } from "../queue.ts";
import { claimJob, findJob, finishJob, type JobRow, recordFailure } from "../store/jobs.ts";
import { openWorkItem } from "../store/work-items.ts";
import { handOver, type WrittenJob, writeDown } from "./handover.ts";
import {
  type JobIds,
  type JobName,
  jobIdOf,
  jobIds,
  type NextJob,
  type PipelineServices,
  type Step,
  type StepContext,
  type WorkItemAbout,
} from "./step.ts";
import { steps } from "./steps.ts";
import { startSweeping } from "./sweep.ts";

/** Waits between tries of a step that says nothing else: seconds of trouble with a database or a lock, then a human. */
const retryMs = [200, 1_000, 3_000, 10_000, 20_000, 30_000];
/** How soon to look again when even the failure could not be written down. */
const databaseDownMs = 5_000;

type AnyStep = Step<JobName, unknown>;

/**
 * Does the jobs: takes one, runs its step in one transaction, and commits the step's changes, the end of its job and its
 * next jobs together. However often the queue brings the same job, its step takes effect once.
 */
export async function startWorker(
  services: PipelineServices,
  queue: JobQueue,
  options: { concurrency: number; sweepIntervalMs: number },
): Promise<Working> {
  const working = await queue.work(({ id }) => doJob(services, queue, id), {
    concurrency: options.concurrency,
    onError: (error) => services.log.warn({ err: error }, "the queue is in trouble"),
  });
  const sweeping = startSweeping(services, queue, options.sweepIntervalMs);
  return {
    async close() {
      await sweeping.close();
      await working.close();
    },
  };
}

async function doJob(services: PipelineServices, queue: JobQueue, id: string): Promise<void> {
  const job = await findJob(services.database.session, id).catch((error: unknown) => {
    throw new TryAgain(databaseDownMs, messageOf(error));
  });
  if (job?.state !== "open") return;
  const early = job.runAt.getTime() - Date.now();
  if (early > 0) throw new TryAgain(early, "not due yet");

  const step = steps[job.name as JobName] as AnyStep | undefined;
  const log = services.log.child({ job: id });
  const own = { ...services, log };
  const began = performance.now();
  try {
    if (!step) throw new PorticoError("job.unknown", `No step is called "${job.name}".`, "human");
    const next = await runStep(own, step, job);
    if (next === null) return;
    await handOver(queue, next, log);
    log.debug(
      { ...job.ids, ms: Math.round(performance.now() - began), next: next.map((one) => jobIdOf(one.job)) },
      "job done",
    );
  } catch (error) {
    if (error instanceof TryAgain) throw error;
    await fail(own, step, job, error);
  }
}

/** @returns the jobs that follow, committed, with their turns; null where somebody else has done this job or is doing it */
async function runStep(services: PipelineServices, step: AnyStep, job: JobRow): Promise<readonly WrittenJob[] | null> {
  const ids = jobIds[step.name].parse(job.ids) as JobIds<JobName>;
  const prepared = await step.prepare?.(services, ids);
  return services.database.transaction(async (session) => {
    if (!(await claimJob(session, job.id))) return null;
    const next = await runOn({ ...services, session }, await step.run({ ...services, session }, ids, prepared));
    const written = await writeDown(session, next, job);
    await finishJob(session, job.id);
    return written;
  });
}

/** Runs those of the next steps that follow at once. @returns the jobs that are left, those that came of it included */
async function runOn(context: StepContext, next: readonly NextJob[]): Promise<NextJob[]> {
  const left: NextJob[] = [];
  for (const job of next) {
    const step = steps[job.name] as AnyStep;
    if (step.runsOn) left.push(...(await runOn(context, await step.run(context, job.ids, undefined))));
    else left.push(job);
  }
  return left;
}

/** Nothing of the step was kept. Decides what to do next, by what the error says: try later, or call a human. */
async function fail(services: PipelineServices, step: AnyStep | undefined, job: JobRow, error: unknown): Promise<void> {
  const because = messageOf(error);
  const attempts = job.attempts + 1;
  const delayMs = delayAfter(services, step, attempts, error);
  try {
    await services.database.transaction(async (session) => {
      if (!(await claimJob(session, job.id))) return;
      const state = delayMs === null ? "dead" : "open";
      await recordFailure(session, job.id, { error: because, state, runAt: new Date(Date.now() + (delayMs ?? 0)) });
      if (delayMs !== null) return;
      const ids = step && (jobIds[step.name].parse(job.ids) as JobIds<JobName>);
      const about = ids && (await step.giveUp?.({ ...services, session }, ids, because));
      await openWorkItem(session, {
        kind: "job-failed",
        message: `The step "${job.name}" was given up after ${attempts} ${attempts === 1 ? "try" : "tries"}: ${because}`,
        jobId: job.id,
        ...(about ?? aboutOf(job)),
      });
    });
  } catch (failure) {
    services.log.error({ ...job.ids, err: failure, because }, "a failed job could not be written down");
    throw new TryAgain(databaseDownMs, because);
  }
  if (delayMs === null) {
    services.log.error({ ...job.ids, err: error, attempts }, "job given up, a work item is open");
    return;
  }
  services.log.warn({ ...job.ids, because, attempts, againInMs: delayMs }, "job failed, will be tried again");
  throw new TryAgain(delayMs, because);
}

function delayAfter(
  services: PipelineServices,
  step: AnyStep | undefined,
  attempts: number,
  error: unknown,
): number | null {
  if (error instanceof PorticoError && error.next !== "retry") return null;
  const delayMs = step?.retryAfterMs ? step.retryAfterMs(attempts, services) : (retryMs[attempts - 1] ?? null);
  if (delayMs === null) return null;
  return error instanceof RetryLater && error.afterMs !== null ? Math.max(delayMs, error.afterMs) : delayMs;
}

function aboutOf(job: JobRow): WorkItemAbout {
  const { interchange, document } = job.ids;
  return {
    ...(typeof interchange === "string" ? { interchangeId: interchange } : {}),
    ...(typeof document === "string" ? { documentId: document } : {}),
  };
}
