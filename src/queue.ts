import {
  createPostgresBackend,
  type Job,
  type PgPool,
  type PgPoolClient,
  Queue,
  runMigrations,
  UnrecoverableError,
  Worker,
} from "bullmq";
import { Redis } from "ioredis";

/** A job to be handed over. The work itself is a row in the database; the queue only carries its id and says when. */
export interface QueuedJob {
  /** Derived from the work ("interpret-<interchange>"), so that handing it over twice does nothing. */
  readonly id: string;
  readonly name: string;
  /** Of those that are due the lowest number comes first, 1 to 2,097,152; of the same number, the first that was added. */
  readonly priority: number;
  /** Milliseconds to wait before the first try. */
  readonly delayMs?: number;
}

/** Thrown by a handler: try this job again after so many milliseconds. */
export class TryAgain extends Error {
  readonly delayMs: number;
  constructor(delayMs: number, because: string) {
    super(because);
    this.name = "TryAgain";
    this.delayMs = delayMs;
  }
}

/** How many jobs are where. */
export interface QueueDepth {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

/** What does the jobs until it is closed. */
export interface Working {
  /** Takes no more jobs and resolves when those under way are done. */
  close(): Promise<void>;
}

/** The queue in the gateway's words. What it holds may be lost without harm: the database knows every open job. */
export interface JobQueue {
  add(jobs: readonly QueuedJob[]): Promise<void>;
  /** Calls `handle` for each job. Throwing {@link TryAgain} delays it; any other error drops it from the queue. */
  work(handle: (job: { id: string; name: string }) => Promise<void>, options: WorkOptions): Promise<Working>;
  depth(): Promise<QueueDepth>;
  /**
   * Forgets every job, those under way included. For a process that knows itself to be the only one: what a killed
   * predecessor had claimed is then free at once, and not when its claim runs out.
   */
  forget(): Promise<void>;
  /** Resolves when the queue answers; rejects when it does not. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly concurrency: number;
  /** Told of trouble with the queue itself; jobs' own errors go to the handler's caller. */
  readonly onError: (error: Error) => void;
}

const queueName = "portico";
/** Keys in Redis begin with this, so that one Redis can serve others too. */
const redisPrefix = "portico";
/** A worker that has not renewed its claim on a job for so long is taken for dead, and the job goes to another. */
const claimMs = 15_000;
/** Seconds an idle worker waits before it asks again by itself; new jobs wake it at once. */
const idleWaitSeconds = 60;
/** The database decides when a job has been tried often enough, not the queue. */
const attempts = 1_000_000;

/** Where BullMQ keeps its jobs. Each queue and worker on Redis gets a connection of its own. */
type Backend = { readonly redis: () => Redis } | { readonly pool: PgPool };

function makeQueue(backend: Backend) {
  return "pool" in backend
    ? new Queue(queueName, { connection: backend.pool }, createPostgresBackend)
    : new Queue(queueName, { connection: backend.redis(), prefix: redisPrefix });
}

function makeWorker(backend: Backend, handler: (job: Job) => Promise<void>, concurrency: number) {
  const options = {
    concurrency,
    lockDuration: claimMs,
    stalledInterval: claimMs,
    // A job whose worker dies is always given to another: giving up is the database's decision.
    maxStalledCount: attempts,
    drainDelay: idleWaitSeconds,
    settings: { backoffStrategy: (_made: number, _type?: string, error?: Error) => delayOf(error) },
  };
  return "pool" in backend
    ? new Worker(queueName, handler, { ...options, connection: backend.pool }, createPostgresBackend)
    : new Worker(queueName, handler, { ...options, connection: backend.redis(), prefix: redisPrefix });
}

const delayOf = (error: Error | undefined): number => (error instanceof TryAgain ? error.delayMs : 0);

function openQueue(backend: Backend, ping: () => Promise<unknown>, closeConnections: () => Promise<void>): JobQueue {
  const queue = makeQueue(backend);
  // Without a listener Node ends the process; commands that fail report their own error to whoever gave them.
  queue.on("error", () => {});

  async function depth(): Promise<QueueDepth> {
    const counts = await queue.getJobCounts("wait", "prioritized", "active", "delayed");
    return {
      waiting: (counts.wait ?? 0) + (counts.prioritized ?? 0),
      active: counts.active ?? 0,
      delayed: counts.delayed ?? 0,
    };
  }

  return {
    async add(jobs) {
      if (jobs.length === 0) return;
      const options = { attempts, backoff: { type: "custom" }, removeOnComplete: true, removeOnFail: true };
      await queue.addBulk(
        jobs.map((job) => ({
          name: job.name,
          data: {},
          opts: { ...options, jobId: job.id, priority: job.priority, ...(job.delayMs ? { delay: job.delayMs } : {}) },
        })),
      );
    },

    async work(handle, { concurrency, onError }) {
      const worker = makeWorker(
        backend,
        async (job) => {
          try {
            await handle({ id: job.id ?? "", name: job.name });
          } catch (error) {
            if (error instanceof TryAgain) throw error;
            throw new UnrecoverableError((error as Error).message);
          }
        },
        concurrency,
      );
      worker.on("error", onError);
      await worker.waitUntilReady();
      return { close: () => worker.close() };
    },

    depth,

    async forget() {
      const { waiting, active, delayed } = await depth();
      if (waiting + active + delayed === 0) return;
      await queue.obliterate({ force: true });
      // Obliterating pauses the queue first.
      await queue.resume();
    },

    async check() {
      await ping();
    },

    async close() {
      await queue.close();
      await closeConnections();
    },
  };
}

/** The queue in the database: BullMQ's PostgreSQL backend on a pool whose search_path leads to its tables. */
export async function openDatabaseQueue(pool: PgPool): Promise<JobQueue> {
  return openQueue(
    { pool },
    () => pool.query("select 1"),
    async () => {},
  );
}

/** Creates or updates BullMQ's own tables, in the schema `bullmq`. */
export async function migrateDatabaseQueue(pool: PgPool): Promise<void> {
  const client: PgPoolClient = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
}

/**
 * The queue in Redis. Rejects when Redis does not answer.
 * @param onError told of each lost connection; ioredis connects again by itself
 */
export async function openRedisQueue(url: string, onError: (error: Error) => void): Promise<JobQueue> {
  const clients: Redis[] = [];
  const connect = (): Redis => {
    const client = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
    client.on("error", onError);
    clients.push(client);
    return client;
  };
  const first = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true, retryStrategy: () => null });
  let failure: Error | undefined;
  first.on("error", (error: Error) => {
    failure = error;
  });
  try {
    await first.connect();
    await first.ping();
  } catch (error) {
    throw failure ?? error;
  } finally {
    first.disconnect();
  }
  const pinger = connect();
  await pinger.connect();
  // A command to a Redis that is down would wait for its return; readiness must not.
  const ping = () => (pinger.status === "ready" ? pinger.ping() : Promise.reject(new Error("not connected")));
  return openQueue({ redis: connect }, ping, async () => {
    for (const client of clients) client.disconnect();
  });
}
