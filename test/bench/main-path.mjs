import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../dist/config.js";
import { startGateway } from "../../dist/gateway.js";
import { openLog } from "../../dist/log.js";
import { migrateDatabaseQueue, openDatabaseQueue } from "../../dist/queue.js";
import { openEmbeddedDatabase } from "../../dist/store/database.js";

const orders = 300;
const idleOrders = 20;
const emptyJobs = 2_000;
const sample = new URL("../../samples/orders/850-harbor-retail.edi", import.meta.url);

/**
 * The main path on the embedded default (or on DATABASE_URL and REDIS_URL; the database must be empty): orders through the front door until every 997 and 855 is in the mailbox, the wait
 * of one order on an idle gateway, and beside them jobs that do nothing on the same kind of queue.
 */
export async function* measure() {
  const jobsPerSecond = await emptyJobsPerSecond();
  const folder = await mkdtemp(join(tmpdir(), "portico-bench-"));
  const { DATABASE_URL, REDIS_URL } = process.env;
  const config = readConfig({
    ...{ DATABASE_URL, REDIS_URL, DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent", LOG_FORMAT: "json" },
    RATE_LIMIT_PER_MINUTE: "1000000",
  });
  const gateway = await startGateway({ config, role: "all", log: openLog("silent", "json") });
  const tokens = JSON.parse(await readFile(join(folder, "demo-credentials.json"), "utf8"));
  const headers = {
    authorization: `Bearer ${tokens.accounts["harbor-retail"]}`,
    "content-type": "application/edi-x12",
  };
  const template = await readFile(sample, "utf8");
  const call = async (path, init = {}) => (await fetch(gateway.url + path, { headers, ...init })).json();
  const send = (number) => call("/api/v1/interchanges", { method: "POST", body: order(template, number) });
  const waiting = async () => {
    let count = 0;
    for (let next = ""; next !== null; ) {
      const page = await call(`/api/v1/mailbox?limit=200${next && `&after=${next}`}`);
      count += page.items.length;
      next = page.next;
    }
    return count;
  };

  const openJobs = async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(/^portico_jobs\{state="open"\} (\d+)/m.exec(metrics)?.[1]);
  };

  await send(1);
  while ((await waiting()) < 2) await pause(20);

  const waits = [];
  for (let number = 2; number < 2 + idleOrders; number += 1) {
    await pause(200);
    const began = performance.now();
    const { id } = await send(number);
    while (!(await call("/api/v1/mailbox?limit=200")).items.some(({ answers }) => answers === id)) await pause(2);
    waits.push(performance.now() - began);
  }
  yield {
    figure: "ms from sending an order to an idle gateway until its first answer can be collected",
    ...spread(waits),
  };

  const first = 1_000;
  const began = performance.now();
  for (let number = first; number < first + orders; number += 4) {
    await Promise.all([0, 1, 2, 3].map((more) => send(number + more)));
  }
  while ((await openJobs()) > 0) await pause(100);
  if ((await waiting()) !== 2 * (1 + idleOrders + orders)) throw new Error("not every 997 and 855 is there");
  const ordersPerSecond = orders / ((performance.now() - began) / 1000);
  yield {
    figure: "orders a second, each with its 997 and its 855, on one process",
    ordersPerSecond: round(ordersPerSecond),
    emptyJobsPerSecond: round(jobsPerSecond),
    ratio: round(ordersPerSecond / jobsPerSecond, 3),
  };
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
}

/** What the queue alone does: jobs whose handler returns at once. */
async function emptyJobsPerSecond() {
  const folder = await mkdtemp(join(tmpdir(), "portico-bench-"));
  const database = await openEmbeddedDatabase(folder);
  await migrateDatabaseQueue(database.queuePool);
  const queue = await openDatabaseQueue(database.queuePool);
  let done = 0;
  const working = await queue.work(
    async () => {
      done += 1;
    },
    { concurrency: 8, onError: () => {} },
  );
  const began = performance.now();
  await queue.add(
    Array.from({ length: emptyJobs }, (_, index) => ({ id: `empty-${index}`, name: "empty", priority: 1 })),
  );
  while (done < emptyJobs) await pause(5);
  const perSecond = emptyJobs / ((performance.now() - began) / 1000);
  await working.close();
  await queue.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
  return perSecond;
}

function order(template, number) {
  const control = String(number).padStart(9, "0");
  return template
    .replaceAll("000004417", control)
    .replace("*4417*X*", `*${number}*X*`)
    .replace("GE*1*4417", `GE*1*${number}`)
    .replace("7741093", `B${control}`);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const round = (number, digits = 1) => Number(number.toFixed(digits));

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: round(sorted[0]), median: round(sorted[sorted.length >> 1]), max: round(sorted.at(-1)) };
}
