import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { type AccountProfile, GuideShelf, parseAccountFile } from "../../src/accounts/index.ts";
import { type ApiServices, buildServer } from "../../src/api/server.ts";
import { AccountDirectory } from "../../src/pipeline/account-directory.ts";
import { openAgain } from "../../src/pipeline/again.ts";
import { openInvoicing } from "../../src/pipeline/invoicing/preview.ts";
import { openProfileCheck } from "../../src/pipeline/profile-check.ts";
import { openPublisher } from "../../src/pipeline/publications/publisher.ts";
import { openReceiver } from "../../src/pipeline/receive.ts";
import type { PipelineServices } from "../../src/pipeline/step.ts";
import { openSubmitter } from "../../src/pipeline/submit.ts";
import { RuleTrial } from "../../src/pipeline/trial/rule-trial.ts";
import type { JobQueue } from "../../src/queue.ts";
import { applyProfile } from "../../src/store/account-versions.ts";
import { issueToken } from "../../src/store/accounts.ts";
import { type Database, openEmbeddedDatabase, type Session } from "../../src/store/database.ts";
import { addDelivery } from "../../src/store/deliveries.ts";
import { findDocument, keepDocument, offerDocument } from "../../src/store/documents.ts";
import { keepFile } from "../../src/store/files.ts";
import {
  insertInterchange,
  type NewInterchange,
  saveGroup,
  saveTransactionSets,
  updateTransactionSet,
} from "../../src/store/interchanges.ts";
import { loadSchemaLibrary } from "../../src/x12/index.ts";

/** The two accounts of the tests, and the supplier. */
export type Who = "harbor-retail" | "summit-industrial" | "supplier";

/** Largest file that the server under test takes, bytes. */
export const maxInterchangeBytes = 2 * 1024 * 1024;
export const adminToken = "an-administrator's-token-of-40-characters";

/** The API on a database of its own, with nobody at work behind it. */
export interface ApiUnderTest {
  readonly server: FastifyInstance;
  readonly database: Database;
  readonly services: ApiServices;
  /** Where it listens. */
  readonly url: string;
  readonly tokens: Readonly<Record<Who, string>>;
  /** Every line that was logged. */
  readonly logged: Record<string, unknown>[];
  /** Names of the jobs that were handed to the queue. */
  readonly handed: string[];
  /** A request by one of the three, or by nobody. */
  as(who: Who | null, request: InjectOptions): Promise<LightMyRequestResponse>;
  get(who: Who | null, url: string): Promise<LightMyRequestResponse>;
  /** Files on their way in that were left on disk. */
  spooled(): string[];
  close(): Promise<void>;
}

/** A sample account. */
export function sampleAccount(id: string): AccountProfile {
  const file = new URL(`../../samples/accounts/${id}.yaml`, import.meta.url);
  return parseAccountFile(readFileSync(file, "utf8"), `${id}.yaml`);
}

/** Opens a database, two accounts, and the API on them. */
export async function openApi(changes: Partial<ApiServices["settings"]> = {}): Promise<ApiUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), "portico-api-"));
  const spoolFolder = join(folder, "spool");
  mkdirSync(spoolFolder);
  const database = await openEmbeddedDatabase(folder);
  await database.migrate();
  const { session } = database;
  for (const id of ["harbor-retail", "summit-industrial"]) await applyProfile(session, sampleAccount(id));
  const tokens = {
    "harbor-retail": await issueToken(session, "harbor-retail", "test"),
    "summit-industrial": await issueToken(session, "summit-industrial", "test"),
    supplier: await issueToken(session, null, "test"),
  };

  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const handed: string[] = [];
  const queue = { add: async (jobs) => void handed.push(...jobs.map(({ name }) => name)) } as JobQueue;
  const library = loadSchemaLibrary();
  const pipeline: PipelineServices = {
    database,
    library,
    guides: GuideShelf.empty,
    directory: new AccountDirectory(GuideShelf.empty),
    http: { post: async () => ({ status: 200, retryAfterMs: null }), close: async () => {} },
    mail: null,
    settings: { webhook: null, deliveryAttempts: 1, publicUrl: null },
    log,
  };
  const services: ApiServices = {
    database,
    submitter: openSubmitter(pipeline, queue),
    publisher: openPublisher(pipeline, queue),
    invoicing: openInvoicing(pipeline, queue),
    trial: new RuleTrial(pipeline),
    receiver: openReceiver(database, queue, { spoolFolder, maxBytes: maxInterchangeBytes, log }),
    again: openAgain(database, queue, log),
    settings: {
      publicUrl: null,
      maxInterchangeBytes,
      rateLimitPerMinute: 100_000,
      adminToken,
      trustProxy: false,
      ...changes,
    },
    checkProfile: openProfileCheck(library),
    remarks: [],
    readiness: [{ name: "database", check: async () => void (await session.execute("select 1")) }],
    queueDepth: async () => ({ waiting: 3, active: 1, delayed: 0 }),
    log,
    version: "0.0.0-test",
  };
  const server = await buildServer(services);
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  const as: ApiUnderTest["as"] = (who, { headers, ...request }) =>
    server.inject({ ...request, headers: { ...(who ? { authorization: `Bearer ${tokens[who]}` } : {}), ...headers } });
  return {
    server,
    database,
    services,
    url,
    tokens,
    logged,
    handed,
    as,
    get: (who, path) => as(who, { method: "GET", url: path }),
    spooled: () => readdirSync(spoolFolder),
    async close() {
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whose, and in what state, if not as a sound production interchange of Harbor Retail. */
type Differences = Partial<NewInterchange> & { bytes?: Uint8Array; submitter?: string };

/** Writes down an interchange with its bytes and one set, as the pipeline would. */
export async function keepInterchange(session: Session, differences: Differences = {}): Promise<string> {
  const { bytes = Buffer.from("ISA*...~"), submitter = "supplier", ...row } = differences;
  const id = randomUUID();
  const fileId = row.fileId === undefined ? randomUUID() : row.fileId;
  const inbound = (row.direction ?? "inbound") === "inbound";
  if (fileId !== null && row.fileId === undefined)
    await keepBytes(session, fileId, bytes, inbound ? submitter : "gateway");
  await insertInterchange(session, {
    id,
    direction: "inbound",
    status: "processed",
    accountId: "harbor-retail",
    verdict: "A",
    usage: "production",
    control: "000004417",
    offset: 0,
    length: bytes.length,
    ...(inbound ? { receivedAt: new Date() } : { sentAt: new Date() }),
    ...row,
    fileId,
  });
  return id;
}

/** Keeps a file. */
export async function keepBytes(session: Session, id: string, bytes: Uint8Array, submitter: string): Promise<void> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const facts = { id, submitter, sha256, size: bytes.length, mediaType: null, name: null, receivedAt: new Date() };
  await keepFile(session, facts, [bytes]);
}

/** Gives an interchange one group with one set. @returns the set's id */
export async function keepSet(
  session: Session,
  interchangeId: string,
  set: { type: string; functionalId: string; problems?: readonly unknown[]; verdict?: "A" | "R" },
): Promise<string> {
  const { type, functionalId, problems = [], verdict = "A" } = set;
  const groupId = await saveGroup(session, {
    id: randomUUID(),
    interchangeId,
    ordinal: 0,
    functionalId,
    control: "4417",
    senderCode: "HARBORPO",
    receiverCode: "CEDARRIVER",
    date: "20250310",
    time: "0612",
    agency: "X",
    version: "004010",
    verdict,
  });
  const [row] = await saveTransactionSets(session, [
    {
      id: randomUUID(),
      interchangeId,
      groupId,
      ordinal: 0,
      type,
      control: "0001",
      verdict,
      problems: problems as never,
    },
  ]);
  return row?.id ?? "";
}

/** Puts an interchange into an account's mailbox. @returns the item's id and the interchange's */
export async function putIntoMailbox(
  database: Database,
  differences: Differences = {},
): Promise<{ item: string; interchange: string }> {
  return database.transaction(async (session) => {
    const interchange = await keepInterchange(session, {
      direction: "outbound",
      status: "ready",
      purpose: "acknowledgment",
      control: String(Math.floor(Math.random() * 1e9)).padStart(9, "0"),
      ...differences,
    });
    await keepSet(session, interchange, { type: "997", functionalId: "FA" });
    const item = randomUUID();
    const accountId = differences.accountId ?? "harbor-retail";
    await addDelivery(session, { id: item, channel: "mailbox", accountId, interchangeId: interchange });
    return { item, interchange };
  });
}

/** Offers an order in the feed, as read from an inbound interchange. */
export async function offerOrder(
  database: Database,
  order: { number: string; account?: Who; usage?: "production" | "test" },
): Promise<{ document: string; interchange: string }> {
  const { number, account = "harbor-retail", usage = "production" } = order;
  return database.transaction(async (session) => {
    const interchange = await keepInterchange(session, { accountId: account, usage, bytes: Buffer.from(randomUUID()) });
    const set = await keepSet(session, interchange, { type: "850", functionalId: "PO" });
    const id = randomUUID();
    const body = { documentType: "order", account, usage, number };
    await keepDocument(session, {
      id,
      direction: "inbound",
      type: "order",
      number,
      accountId: account,
      usage,
      businessKey: number,
      transactionSetId: set,
      body,
    });
    await updateTransactionSet(session, set, { documentId: id, documentNumber: number });
    const kept = await findDocument(session, id);
    if (kept) await offerDocument(session, kept, body);
    return { document: id, interchange };
  });
}
