import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { FastifyInstance } from "fastify";
import { buildOperationServer, buildServer, type OperationServices } from "./api/server.ts";
import type { Config } from "./config.ts";
import { type DemoCredentials, loadDemonstration } from "./demonstration.ts";
import { CannotStart, messageOf } from "./errors.ts";
import type { Logger } from "./log.ts";
import { openAgain } from "./pipeline/again.ts";
import { openInvoicing } from "./pipeline/invoicing/preview.ts";
import { openProfileCheck } from "./pipeline/profile-check.ts";
import { openPublisher } from "./pipeline/publications/publisher.ts";
import { openReceiver } from "./pipeline/receive.ts";
import { openServices } from "./pipeline/services.ts";
import type { PipelineServices } from "./pipeline/step.ts";
import { openSubmitter } from "./pipeline/submit.ts";
import { RuleTrial } from "./pipeline/trial/rule-trial.ts";
import { startWorker } from "./pipeline/worker.ts";
import { type JobQueue, migrateDatabaseQueue, openDatabaseQueue, openRedisQueue } from "./queue.ts";
import { countMonthsOnce } from "./store/account-months.ts";
import { claimDataFolder, type DataFolder } from "./store/data-folder.ts";
import { checkDatabase, type Database, openEmbeddedDatabase, openServerDatabase } from "./store/database.ts";
import { openHttpTransport } from "./transports/http.ts";
import { openMailTransport } from "./transports/mail.ts";
import { version } from "./version.ts";

/** api: answers HTTP. worker: does the jobs. all: both, in one process. */
export type Role = "all" | "api" | "worker";

/** A gateway that runs. */
export interface Gateway {
  /** Where its API is; null for a worker. */
  readonly url: string | null;
  /** The demonstration's tokens, where this start loaded it. */
  readonly demonstration: DemoCredentials | null;
  /** What it runs on, for people: "PGlite in /path, queue in the database". */
  readonly description: string;
  /** What the operator should know: that no mails are sent. */
  readonly remarks: readonly string[];
  /** Stops taking in, ends what is under way, closes everything. Safe to call twice. */
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly config: Config;
  readonly role: Role;
  readonly log: Logger;
  /** Told what is being done while a first start takes its seconds. */
  readonly progress?: (doing: string) => void;
}

/** Closes what was opened, the last first, whatever fails. */
class Closers {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #closing: Promise<void> | undefined;

  add(close: () => Promise<unknown>): void {
    this.#closers.push(close);
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      for (const close of this.#closers.reverse()) await close().catch(() => {});
    })();
    return this.#closing;
  }
}

/**
 * Opens everything, ties it together, and starts: the one place that knows all the parts.
 * @throws CannotStart with one clear line; what was opened by then is closed again
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
}

async function start({ config, role, log, progress = () => {} }: GatewayOptions, closers: Closers): Promise<Gateway> {
  if (role !== "all" && !config.DATABASE_URL) {
    throw new CannotStart(
      `--role ${role} needs DATABASE_URL: the embedded database serves one process, which must have the role all.`,
    );
  }
  const { database, spoolFolder, folder } = await openStorage(config, log, closers, progress);
  const queue = await openQueue(config, database, log);
  closers.add(() => queue.close());
  // The folder is ours alone: whatever worker had claimed a job is dead. The worker's first sweep brings back what is open.
  if (folder && !config.REDIS_URL) await queue.forget();

  const http = openHttpTransport({ timeoutMs: config.DELIVERY_TIMEOUT_MS, allowPrivate: config.PUSH_ALLOW_PRIVATE });
  closers.add(() => http.close());
  const mail =
    config.SMTP_URL && config.ALERT_FROM
      ? openMailTransport({ url: config.SMTP_URL, from: config.ALERT_FROM, timeoutMs: config.DELIVERY_TIMEOUT_MS })
      : null;
  if (mail) closers.add(() => mail.close());
  const services = openServices({
    database,
    http,
    mail,
    settings: {
      webhook:
        config.WEBHOOK_URL && config.WEBHOOK_SECRET ? { url: config.WEBHOOK_URL, secret: config.WEBHOOK_SECRET } : null,
      deliveryAttempts: config.DELIVERY_ATTEMPTS,
      publicUrl: config.PUBLIC_URL?.replace(/\/$/, "") ?? null,
    },
    folders: { schemas: config.SCHEMAS_DIR, guides: config.GUIDES_DIR },
    log,
  });

  const demonstration =
    role !== "worker" && config.DEMO
      ? await loadDemonstration(database, folder?.path ?? resolve(config.DATA_DIR))
      : null;
  if (role !== "api") {
    const working = await startWorker(services, queue, {
      concurrency: config.WORKER_CONCURRENCY,
      sweepIntervalMs: config.SWEEP_INTERVAL_MS,
    });
    closers.add(() => working.close());
  }
  const description = `${database.kind === "pglite" ? `PGlite in ${folder?.path}` : "PostgreSQL"}, queue in ${config.REDIS_URL ? "Redis" : "the database"}`;
  const operation: OperationServices = {
    database,
    readiness: [
      { name: "database", check: () => checkDatabase(database.session) },
      { name: "queue", check: () => queue.check() },
    ],
    remarks: mail ? [] : [noMails],
    queueDepth: () => queue.depth(),
    log,
    version,
  };
  const server = await serve(config, role, operation, services, queue, spoolFolder);
  if (server) closers.add(() => server.close());
  const url = server && role !== "worker" ? addressOf(server, config) : null;
  return { url, demonstration, description, remarks: operation.remarks, close: () => closers.close() };
}

const noMails = "Alerts are not sent by mail: set SMTP_URL and ALERT_FROM.";

interface Storage {
  readonly database: Database;
  readonly spoolFolder: string;
  /** The embedded database's folder; null with a server. */
  readonly folder: DataFolder | null;
}

async function openStorage(
  config: Config,
  log: Logger,
  closers: Closers,
  progress: (doing: string) => void,
): Promise<Storage> {
  if (config.DATABASE_URL) {
    const database = await openServerDatabase(config.DATABASE_URL, config.DATABASE_POOL, (error) =>
      log.warn({ because: messageOf(error) }, "a database connection was lost"),
    );
    closers.add(() => database.close());
    await migrate(database);
    // Several processes may share a machine: each has a folder of its own for files on their way in.
    const spoolFolder = await mkdtemp(join(tmpdir(), "portico-spool-"));
    closers.add(() => rm(spoolFolder, { recursive: true, force: true }));
    return { database, spoolFolder, folder: null };
  }
  const folder = await claimDataFolder(config.DATA_DIR);
  closers.add(() => folder.release());
  progress(
    existsSync(join(folder.path, "database"))
      ? "opening the embedded database"
      : "creating the embedded database, once; this takes some seconds",
  );
  const database = await openEmbeddedDatabase(folder.path);
  closers.add(() => database.close());
  await migrate(database);
  return { database, spoolFolder: folder.spool, folder };
}

/** Our tables and the queue's, brought to what this version needs. */
async function migrate(database: Database): Promise<void> {
  try {
    await database.migrate();
    await countMonthsOnce(database);
    await migrateDatabaseQueue(database.queuePool as never);
  } catch (error) {
    throw new CannotStart(
      `The database's tables can't be brought up to date: ${messageOf(error)}. Was it made by another version of Portico?`,
      { cause: error },
    );
  }
}

async function openQueue(config: Config, database: Database, log: Logger): Promise<JobQueue> {
  if (!config.REDIS_URL) return openDatabaseQueue(database.queuePool as never);
  try {
    return await openRedisQueue(config.REDIS_URL, (error) =>
      log.warn({ because: messageOf(error) }, "Redis is in trouble"),
    );
  } catch (error) {
    throw new CannotStart(
      `Redis at REDIS_URL (${new URL(config.REDIS_URL).host}) does not answer: ${messageOf(error)}`,
    );
  }
}

/** The API, or what a worker says of itself where WORKER_PORT is set. */
async function serve(
  config: Config,
  role: Role,
  operation: OperationServices,
  services: PipelineServices,
  queue: JobQueue,
  spoolFolder: string,
): Promise<FastifyInstance | null> {
  if (role === "worker") {
    return config.WORKER_PORT === null
      ? null
      : listen(await buildOperationServer(operation), config.WORKER_PORT, "WORKER_PORT", config.HOST);
  }
  const { log } = operation;
  const { database, library, guides } = services;
  const server = await buildServer({
    ...operation,
    receiver: openReceiver(database, queue, { spoolFolder, maxBytes: config.MAX_INTERCHANGE_BYTES, log }),
    again: openAgain(database, queue, log),
    submitter: openSubmitter(services, queue),
    publisher: openPublisher(services, queue),
    invoicing: openInvoicing(services, queue),
    trial: new RuleTrial(services),
    checkProfile: openProfileCheck(library, guides),
    settings: {
      publicUrl: config.PUBLIC_URL,
      maxInterchangeBytes: config.MAX_INTERCHANGE_BYTES,
      rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
      adminToken: config.ADMIN_TOKEN,
      trustProxy: config.TRUST_PROXY,
    },
  });
  return listen(server, config.PORT, "PORT", config.HOST);
}

async function listen(server: FastifyInstance, port: number, setting: string, host: string): Promise<FastifyInstance> {
  try {
    await server.listen({ port, host });
    return server;
  } catch (error) {
    await server.close();
    const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    throw new CannotStart(
      taken
        ? `Port ${port} on ${host} is taken by another program. Stop it, or choose another with ${setting}.`
        : `The gateway can't listen on ${host}:${port}: ${messageOf(error)}`,
    );
  }
}

function addressOf(server: FastifyInstance, config: Config): string {
  if (config.PUBLIC_URL) return config.PUBLIC_URL.replace(/\/$/, "");
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : config.PORT;
  const host = ["0.0.0.0", "::", "127.0.0.1"].includes(config.HOST) ? "localhost" : config.HOST;
  return `http://${host}:${port}`;
}

/** Brings the database to what this version needs, and does nothing else: `portico migrate`. */
export async function migrateOnly(config: Config, log: Logger): Promise<string> {
  const closers = new Closers();
  try {
    const { database, folder } = await openStorage(config, log, closers, () => {});
    return database.kind === "pglite" ? `PGlite in ${folder?.path}` : "PostgreSQL";
  } finally {
    await closers.close();
  }
}
