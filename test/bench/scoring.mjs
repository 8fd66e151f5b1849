import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createViteServer } from "vitest/node";
import { accountProfile } from "../../dist/accounts/account.js";
import { readConfig } from "../../dist/config.js";
import { startGateway } from "../../dist/gateway.js";
import { openLog } from "../../dist/log.js";
import { countMonthsAnew } from "../../dist/store/account-months.js";
import { openServerDatabase } from "../../dist/store/database.js";
import { fill } from "./scoring-data.mjs";

/** Calls of each question, of which the median and the longest are told. */
const rounds = 7;

/**
 * How long the ranking of all customers and the scorecard of one account take, as a caller over HTTP waits for them: 250 major
 * accounts and 5,000 other customers with two years of documents. On a PostgreSQL of its own, or on TEST_DATABASE_URL, which must
 * be empty. Beside it what this process, the gateway and the caller, needed of a processor for one answer, and how busy the machine was.
 */
export async function* measure({ quick } = {}) {
  const [accounts, others, months] = quick ? [25, 500, 3] : [250, 5_000, 24];
  const { startPostgres } = await testSupport("/test/support/servers.ts");
  const postgres = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), "portico-bench-"));
  const config = readConfig({
    ...{ DATABASE_URL: postgres.url, DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent", LOG_FORMAT: "json" },
    RATE_LIMIT_PER_MINUTE: "1000000",
  });
  const gateway = await startGateway({ config, role: "all", log: openLog("silent", "json") });
  try {
    const { supplier } = JSON.parse(readFileSync(join(folder, "demo-credentials.json"), "utf8"));
    yield await fillAndCount(postgres.url, { accounts, others, months, parse: (one) => accountProfile.parse(one) });
    for (const [question, path] of questions(months)) {
      const times = [];
      let bytes = 0;
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) {
        const began = performance.now();
        const answer = await fetch(`${gateway.url}/api/v1${path}`, {
          headers: { authorization: `Bearer ${supplier}` },
        });
        const text = await answer.text();
        times.push(performance.now() - began);
        if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${text}`);
        bytes = text.length;
      }
      times.sort((one, other) => one - other);
      const { user, system } = process.cpuUsage(before);
      const ownCpuMs = Math.round((user + system) / 1000 / rounds);
      yield {
        question,
        medianMs: Math.round(times[rounds >> 1]),
        longestMs: Math.round(times.at(-1)),
        ownCpuMs,
        bytes,
      };
    }
  } finally {
    await gateway.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fills the database, and tells how long that took and how much there is. */
async function fillAndCount(url, what) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const filledInSeconds = await seconds(() => fill(client, what));
    const monthsCountedInSeconds = await seconds(() => countMonths(url));
    return { filledInSeconds, monthsCountedInSeconds, ...(await sizes(client)), load: loadavg() };
  } finally {
    await client.end();
  }
}

function questions(months) {
  const month = (back) => {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
  };
  const day = (first) => new Date(Date.parse(month(0)) - 86_400_000 * first).toISOString().slice(0, 10);
  const card = (account, from) => `/accounts/${account}/scorecard?from=${from}&to=${day(1)}`;
  return [
    ["ranking, first 100 customers", "/customers/ranking"],
    ["ranking, all customers as CSV", "/customers/ranking?format=csv"],
    ["ranking over all months", `/customers/ranking?from=${month(months).slice(0, 7)}&to=${month(1).slice(0, 7)}`],
    ["who should be an account, who not, and what is not used", "/customers/candidates"],
    ["scorecard of a month", card("major-20", month(1))],
    ["scorecard of a quarter", card("major-20", month(3))],
    ["scorecard of a quarter, of one of the largest accounts", card("major-1", month(3))],
    ["scorecard of a year, of one of the largest accounts", card("major-1", month(Math.min(12, months)))],
    [
      "what missed a target in a year, first 100, of one of the largest accounts",
      `/accounts/major-1/scorecard/misses?figure=shipNotice&from=${month(Math.min(12, months))}&to=${day(1)}`,
    ],
  ];
}

async function sizes(client) {
  const { rows } = await client.query(
    `select (select count(*) from portico.document)::int as "documentsOfAccounts",
      (select count(*) from portico.customer_sale)::int as "documentsOfOthers",
      (select count(*) from portico.interchange)::int as interchanges,
      (select count(*) from portico.ledger_entry)::int as "ledgerEntries",
      (select count(*) from portico.publication_receipt)::int as "publicationReceipts",
      round(pg_database_size(current_database()) / 1e9, 1)::float as gigabytes`,
  );
  return rows[0];
}

/** As a first start of a release that keeps months does. */
async function countMonths(url) {
  const database = await openServerDatabase(url, 2, (error) => console.error(error));
  await database.transaction((session) => countMonthsAnew(session));
  await database.session.execute("analyze portico.account_month, portico.account_use");
  await database.close();
}

async function seconds(work) {
  const began = performance.now();
  await work();
  return Number(((performance.now() - began) / 1000).toFixed(1));
}

/** A file of the tests, which is TypeScript. */
async function testSupport(path) {
  const server = await createViteServer({ server: { middlewareMode: true }, appType: "custom", logLevel: "error" });
  try {
    return await server.ssrLoadModule(path);
  } finally {
    await server.close();
  }
}
