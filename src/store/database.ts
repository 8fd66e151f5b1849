import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle as drizzleNode } from "drizzle-orm/node-postgres";
import { migrate as migrateNode } from "drizzle-orm/node-postgres/migrator";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { drizzle as drizzlePglite } from "drizzle-orm/pglite";
import { migrate as migratePglite } from "drizzle-orm/pglite/migrator";
import pg from "pg";
import { CannotStart, messageOf } from "../errors.ts";
import { PglitePool } from "./pglite-pool.ts";

/** A connection or a transaction on either database: what the store's functions take as their first argument. */
export type Session = PgDatabase<PgQueryResultHKT>;

/** The record of everything, embedded or a server. */
export interface Database {
  readonly kind: "pglite" | "postgresql";
  readonly session: Session;
  /** Runs `work` in one transaction: all of it is kept, or, where it throws, nothing. */
  transaction<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Runs `work` on one state of the database, in a transaction that can't write: it sees nothing that comes in meanwhile. */
  reading<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** A `pg.Pool`, or its like, that leads to BullMQ's tables. */
  readonly queuePool: pg.Pool | PglitePool;
  /** Calls `heard` with the payload of each NOTIFY on `channel`. Best effort: who listens must also look now and then. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
  /** Creates or updates our tables; safe when several processes start at once. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

const migrationsFolder = fileURLToPath(new URL("../../src/store/migrations", import.meta.url));
const migrationTables = { migrationsFolder, migrationsSchema: "portico", migrationsTable: "migration" };
/** Where BullMQ keeps its tables. */
const queueSchema = "bullmq";

const oneState = { accessMode: "read only", isolationLevel: "repeatable read" } as const;

/**
 * PGlite in a folder, in this process. Only one process may have it open.
 * It survives the end of the process at any instant, but never calls fsync: a power cut can lose or damage it.
 */
export async function openEmbeddedDatabase(folder: string): Promise<Database> {
  const directory = join(folder, "database");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create(directory).catch((error: unknown) => {
    throw new CannotStart(
      `The database in ${directory} can't be opened: ${messageOf(error)}. If the machine lost power, restore the folder from a copy.`,
    );
  });
  // BullMQ finds its functions through search_path and there is one session for all; our own names carry their schema.
  await pglite.exec(`set search_path to public, ${queueSchema}`);
  const session = drizzlePglite(pglite);
  return {
    kind: "pglite",
    session: session as unknown as Session,
    async transaction(work) {
      // PGlite computes in this thread: requests are heard only if the event loop may turn in between.
      await nextTurn();
      return session.transaction((transaction) => work(transaction as unknown as Session));
    },
    async reading(work) {
      await nextTurn();
      return session.transaction((transaction) => work(transaction as unknown as Session), oneState);
    },
    queuePool: new PglitePool(pglite),
    listen: (channel, heard) => pglite.listen(channel, heard),
    migrate: () => migratePglite(session, migrationTables),
    close: () => pglite.close(),
  };
}

/**
 * A PostgreSQL server.
 * @param connections most connections of this process; a third as many more are for the queue
 * @throws CannotStart where it does not answer
 */
export async function openServerDatabase(
  url: string,
  connections: number,
  onError: (error: Error) => void,
): Promise<Database> {
  const shared = { connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 };
  const pool = new pg.Pool({ ...shared, max: connections, application_name: "portico" });
  const queuePool = new pg.Pool({
    ...shared,
    max: Math.max(3, Math.ceil(connections / 3)),
    application_name: "portico-queue",
    options: `-c search_path=${queueSchema}`,
  });
  for (const one of [pool, queuePool]) {
    one.on("error", onError);
    // A connection that is cut while it is in use says so itself, and what it was used for fails; without a listener the
    // process would end.
    one.on("connect", (client) => client.on("error", onError));
  }
  const session = drizzleNode(pool);
  try {
    await pool.query("select 1");
  } catch (error) {
    await Promise.allSettled([pool.end(), queuePool.end()]);
    throw new CannotStart(`PostgreSQL at DATABASE_URL (${withoutPassword(url)}) does not answer: ${messageOf(error)}`);
  }
  const listeners = new ServerListeners(shared, onError);
  return {
    kind: "postgresql",
    session: session as unknown as Session,
    transaction: (work) => session.transaction((transaction) => work(transaction as unknown as Session)),
    reading: (work) => session.transaction((transaction) => work(transaction as unknown as Session), oneState),
    queuePool,
    listen: (channel, heard) => listeners.listen(channel, heard),
    async migrate() {
      // One process migrates, the others wait for it: a session lock on a connection of its own.
      const client = await pool.connect();
      try {
        await client.query("select pg_advisory_lock(hashtext('portico migrations'))");
        await migrateNode(session, migrationTables);
      } finally {
        await client.query("select pg_advisory_unlock(hashtext('portico migrations'))").catch(() => {});
        client.release();
      }
    },
    async close() {
      await listeners.close();
      await Promise.allSettled([pool.end(), queuePool.end()]);
    },
  };
}

/** One connection that listens, opened at the first need and again a second after it was lost. */
class ServerListeners {
  readonly #settings: pg.ClientConfig;
  readonly #onError: (error: Error) => void;
  readonly #heard = new Map<string, Set<(payload: string) => void>>();
  #client: Promise<pg.Client> | undefined;
  #closed = false;

  constructor(settings: pg.ClientConfig, onError: (error: Error) => void) {
    this.#settings = settings;
    this.#onError = onError;
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const all = this.#heard.get(channel) ?? new Set();
    all.add(heard);
    const first = !this.#heard.has(channel);
    this.#heard.set(channel, all);
    this.#client ??= this.#connect();
    const client = await this.#client;
    if (first) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    return async () => {
      all.delete(heard);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await (await this.#client?.catch(() => undefined))?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#settings, application_name: "portico-listen" });
    const lost = (error: Error) => {
      if (this.#closed) return;
      this.#onError(error);
      this.#client = undefined;
      setTimeout(() => {
        if (!this.#closed && this.#client === undefined) this.#client = this.#connect();
        this.#client?.catch(() => {});
      }, 1_000).unref();
    };
    client.on("error", lost);
    client.on("notification", ({ channel, payload }) => {
      for (const heard of this.#heard.get(channel) ?? []) heard(payload ?? "");
    });
    try {
      await client.connect();
      for (const channel of this.#heard.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      lost(error as Error);
      throw error;
    }
    return client;
  }
}

/** Tells listeners of `channel`, in every process, when the transaction commits. */
export async function notify(session: Session, channel: string, payload: string): Promise<void> {
  await session.execute(sql`select pg_notify(${channel}, ${payload})`);
}

/** Makes transactions that name the same thing wait for one another, each until the one before has ended. */
export async function waitForTurn(session: Session, name: string): Promise<void> {
  await session.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Rejects when the database does not answer. */
export async function checkDatabase(session: Session): Promise<void> {
  await session.execute(sql`select 1`);
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  if (parsed.password) parsed.password = "***";
  return parsed.href;
}
