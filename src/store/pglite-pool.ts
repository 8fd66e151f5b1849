import { EventEmitter } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PGlite, Results, Transaction } from "@electric-sql/pglite";

interface Answer {
  rows: never[];
  rowCount: number;
}

interface OpenTransaction {
  readonly handle: Transaction;
  finish(): void;
  abandon(): void;
  /** Settles when PGlite has ended it. */
  readonly ended: Promise<void>;
}

/** Thrown inside PGlite's transaction to make it roll back. */
class RolledBack extends Error {}

/**
 * One "connection" of {@link PglitePool}. PGlite has a single session; a transaction holds it until it ends, which is what
 * keeps the statements of two callers apart.
 *
 * PGlite computes its answers in this thread, without any input or output: a worker with enough to do would never let the
 * event loop turn, and nobody's request would be heard. So each statement waits for the next turn.
 */
class PgliteClient extends EventEmitter {
  readonly #database: PGlite;
  readonly #stopListening: (() => Promise<void>)[] = [];
  #transaction: OpenTransaction | undefined;

  constructor(database: PGlite) {
    super();
    this.#database = database;
  }

  async query(text: string, values: readonly unknown[] = []): Promise<Answer> {
    // BullMQ's statements begin with comment lines, which hide the first word.
    const statement = text.replace(/^(\s*--.*\n)+/, "").trim();
    const word = /^[a-z]+/i.exec(statement)?.[0]?.toUpperCase();
    switch (word) {
      case "LISTEN":
        await this.#listen(statement);
        return { rows: [], rowCount: 0 };
      case "UNLISTEN":
        return { rows: [], rowCount: 0 };
      case "BEGIN":
      case "START":
        this.#transaction = await this.#begin();
        return { rows: [], rowCount: 0 };
      case "COMMIT":
        await this.#end((transaction) => transaction.finish());
        return { rows: [], rowCount: 0 };
      case "ROLLBACK":
        await this.#end((transaction) => transaction.abandon());
        return { rows: [], rowCount: 0 };
      default: {
        await nextTurn();
        const session = this.#transaction?.handle ?? this.#database;
        // `exec` takes several statements in one text, `query` takes parameters; neither takes both.
        const result: Results | undefined =
          values.length > 0 ? await session.query(statement, [...values]) : (await session.exec(statement)).at(-1);
        return { rows: (result?.rows ?? []) as never[], rowCount: result?.affectedRows || result?.rows.length || 0 };
      }
    }
  }

  release(): void {
    for (const stop of this.#stopListening.splice(0)) stop().catch(() => {});
  }

  async #listen(statement: string): Promise<void> {
    const channel = statement
      .replace(/^listen\s+/i, "")
      .replace(/;$/, "")
      .trim()
      .replaceAll('"', "");
    this.#stopListening.push(
      await this.#database.listen(channel, (payload) => this.emit("notification", { channel, payload })),
    );
  }

  #begin(): Promise<OpenTransaction> {
    return new Promise((started, failed) => {
      const ended = this.#database
        .transaction(
          (handle) =>
            new Promise<void>((finish, abandon) =>
              started({
                handle,
                finish,
                abandon: () => abandon(new RolledBack()),
                ended: Promise.resolve().then(() => ended),
              }),
            ),
        )
        .catch((error: unknown) => {
          if (error instanceof RolledBack) return;
          failed(error);
          throw error;
        });
    });
  }

  async #end(how: (transaction: OpenTransaction) => void): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = undefined;
    if (!transaction) return;
    how(transaction);
    await transaction.ended;
  }
}

/**
 * PGlite in the shape of a `pg.Pool`, for BullMQ's PostgreSQL backend. Straight on the instance, not over a socket: a job
 * added to an idle queue is taken up in about 4 ms.
 */
export class PglitePool extends EventEmitter {
  /** BullMQ reads this to learn that a lost connection would be noticed; there is none to lose. */
  readonly options = { keepAlive: true };
  readonly #database: PGlite;
  readonly #shared: PgliteClient;

  constructor(database: PGlite) {
    super();
    this.#database = database;
    this.#shared = new PgliteClient(database);
  }

  query(text: string, values?: readonly unknown[]): Promise<Answer> {
    return this.#shared.query(text, values);
  }

  async connect(): Promise<PgliteClient> {
    return new PgliteClient(this.#database);
  }

  /** The database is closed by whoever opened it. */
  async end(): Promise<void> {}
}
