import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { inject } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { DemoCredentials } from "../../src/demonstration.ts";
import { type Gateway, type Role, startGateway } from "../../src/gateway.ts";
import { openLog } from "../../src/log.ts";
import type { Combination } from "./combinations.ts";

/** The combinations that this run has, for `describe.each`. */
export const combinations = (): readonly Combination[] => inject("combinations").ran;

/**
 * The combination that the suite of a feature is played on: one of those with servers, which share the suites among them, and
 * without servers the embedded one. What is about the database or the queue itself is tested on all (`combinations`); with
 * EVERY_COMBINATION=true so is everything.
 * @param suite its file, `import.meta.url`
 */
export function combinationsFor(suite: string): readonly Combination[] {
  const all = combinations();
  if (process.env.EVERY_COMBINATION === "true") return all;
  const served = all.filter(({ databaseUrl }) => databaseUrl !== null);
  const some = served.length > 0 ? served : all;
  const sum = [...basename(suite)].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return some.slice(sum % some.length).slice(0, 1);
}

/** A place for one gateway, or several on the same servers: a database, a Redis and a folder that nobody else uses. */
export interface Ground {
  readonly folder: string;
  /** Settings as environment variables. */
  readonly environment: NodeJS.ProcessEnv;
  readonly combination: Combination;
  clear(): Promise<void>;
}

/** How many Redis databases the tests' server has, less the one that counts. */
const redisDatabases = 63;

/** Makes a fresh ground for a combination. */
export async function freshGround(combination: Combination): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "portico-test-"));
  const environment: NodeJS.ProcessEnv = {
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "silent",
    LOG_FORMAT: "json",
    PUSH_ALLOW_PRIVATE: "true",
    SWEEP_INTERVAL_MS: "2000",
    // Tests ask again and again.
    RATE_LIMIT_PER_MINUTE: "1000000",
  };
  const clearing = [async () => rmSync(folder, { recursive: true, force: true })];
  if (combination.databaseUrl) {
    const name = `portico_${Math.random().toString(36).slice(2)}`;
    await administer(combination.databaseUrl, `create database ${name}`);
    environment.DATABASE_URL = combination.databaseUrl.replace(/\/[^/]*$/, `/${name}`);
    clearing.push(() => administer(combination.databaseUrl as string, `drop database ${name} with (force)`));
  }
  if (combination.redisUrl) {
    const counter = new Redis(combination.redisUrl);
    const database = 1 + ((await counter.incr("tests")) % redisDatabases);
    await counter.select(database);
    await counter.flushdb();
    await counter.quit();
    environment.REDIS_URL = `${combination.redisUrl}/${database}`;
  }
  return {
    folder,
    environment,
    combination,
    async clear() {
      for (const clear of clearing.reverse()) await clear();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A gateway in this process, on a ground, and what speaks to it as its users would. */
export interface TestGateway {
  readonly gateway: Gateway;
  readonly url: string;
  readonly tokens: DemoCredentials;
  /** Speaks as an account. */
  as(account: string): Client;
  readonly supplier: Client;
  close(): Promise<void>;
}

/** Starts a gateway in this process. */
export async function startTestGateway(
  ground: Ground,
  options: { role?: Role; environment?: NodeJS.ProcessEnv } = {},
): Promise<TestGateway> {
  const config = readConfig({ ...ground.environment, ...options.environment });
  const log = openLog(config.LOG_LEVEL, config.LOG_FORMAT);
  const gateway = await startGateway({ config, role: options.role ?? "all", log });
  const tokens = readCredentials(ground.folder);
  const url = gateway.url ?? "";
  return {
    gateway,
    url,
    tokens,
    as: (account) => new Client(url, tokens.accounts[account] ?? ""),
    supplier: new Client(url, tokens.supplier),
    close: () => gateway.close(),
  };
}

/** The demonstration's tokens, as the gateway wrote them down. */
export function readCredentials(folder: string): DemoCredentials {
  return JSON.parse(readFileSync(join(folder, "demo-credentials.json"), "utf8"));
}

// biome-ignore lint/suspicious/noExplicitAny: what an API answers is looked at, not typed, in tests
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** How long the tests wait for what has to happen, milliseconds. */
const patienceMs = 60_000;

/** Speaks HTTP to a gateway with one token. */
export class Client {
  readonly url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  async request(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...init.headers };
    const answer = await fetch(this.url + path, { method, ...init, headers });
    const text = await answer.text();
    const json = /json(;|$)/.test(answer.headers.get("content-type")?.replace("x-ndjson", "lines") ?? "");
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  get(path: string): Promise<Answer> {
    return this.request("GET", path);
  }

  post(path: string, body: unknown = {}): Promise<Answer> {
    return this.request("POST", path, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.request("PUT", path, { body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  }

  /** Hands a document in. */
  submit(document: unknown, headers: Record<string, string> = {}, query = ""): Promise<Answer> {
    return this.request("POST", `/api/v1/documents${query}`, {
      body: JSON.stringify(document),
      headers: { "content-type": "application/json", ...headers },
    });
  }

  /** Hands many documents in, a line each. @returns the answer to each line */
  async submitLines(lines: string, headers: Record<string, string> = {}, query = ""): Promise<Json[]> {
    const { body } = await this.request("POST", `/api/v1/documents${query}`, {
      body: lines,
      headers: { "content-type": "application/x-ndjson", ...headers },
    });
    return typeof body === "string"
      ? body
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [body];
  }

  /** Waits until a document is as it should be. */
  documentThat(id: string, is: (document: Json) => boolean): Promise<Json> {
    return eventually(async () => {
      const { body } = await this.get(`/api/v1/documents/${id}`);
      return is(body) ? body : undefined;
    }, `document ${id}`);
  }

  /** Sends X12. */
  send(x12: string | Uint8Array): Promise<Answer> {
    const body = typeof x12 === "string" ? x12 : new Uint8Array(x12);
    return this.request("POST", "/api/v1/interchanges", { body, headers: { "content-type": "application/edi-x12" } });
  }

  /** Sends X12 and waits until it has been dealt with. */
  async sendAndWait(x12: string | Uint8Array): Promise<Json> {
    const { body } = await this.send(x12);
    return this.interchangeThat(body.id, ({ status }) => status !== "received" && status !== "processing");
  }

  /** Waits until an interchange is as it should be. */
  interchangeThat(id: string, is: (interchange: Json) => boolean): Promise<Json> {
    return eventually(async () => {
      const { body } = await this.get(`/api/v1/interchanges/${id}`);
      return is(body) ? body : undefined;
    }, `interchange ${id}`);
  }

  /** Everything in the mailbox, once there are at least `count` files in it. */
  mailbox(count = 1, withinMs = patienceMs): Promise<{ id: string; x12: string; item: Json }[]> {
    return eventually(
      async () => {
        const items: Json[] = [];
        for (let next: string | null = ""; next !== null; ) {
          const page: Answer = await this.get(`/api/v1/mailbox?limit=200${next ? `&after=${next}` : ""}`);
          items.push(...page.body.items);
          next = page.body.next;
        }
        if (items.length < count) return undefined;
        return Promise.all(
          items.map(async (item) => ({
            id: item.id,
            item,
            x12: (await this.get(`/api/v1/mailbox/${item.id}`)).body as string,
          })),
        );
      },
      `${count} files in the mailbox`,
      withinMs,
    );
  }

  /** Every document of a type, over all pages. */
  async documents(type: string, more = ""): Promise<Json[]> {
    const found: Json[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const page: Answer = await this.get(
        `/api/v1/documents?type=${type}&limit=200${more}${next ? `&after=${next}` : ""}`,
      );
      found.push(...page.body.items);
      next = page.body.next;
    }
    return found;
  }
}

/** Asks again and again until there is an answer. */
export async function eventually<Found>(
  look: () => Promise<Found | undefined>,
  what: string,
  withinMs = patienceMs,
): Promise<Found> {
  const until = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error(`${what}: not there after ${withinMs} ms`);
    await new Promise((again) => setTimeout(again, 25));
  }
}
