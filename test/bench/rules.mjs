import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { stringify } from "yaml";
import { GuideShelf, parseAccountFile } from "../../dist/accounts/index.js";
import { readConfig } from "../../dist/config.js";
import { startGateway } from "../../dist/gateway.js";
import { openLog } from "../../dist/log.js";
import { documentFromSet } from "../../dist/mappings/index.js";
import { answerTo } from "../../dist/pipeline/order-answer.js";
import { ruleOnOrder } from "../../dist/pipeline/order-rules.js";
import { loadSchemaLibrary, readInterchangesSync, readTransactionSet } from "../../dist/x12/index.js";

const library = loadSchemaLibrary();
const services = { library, guides: GuideShelf.empty };
const samples = new URL("../../samples/", import.meta.url);
const accounts = 250;
/** Rounds of which the median counts; ruling and parsing take turns. */
const rounds = 15;
/** Orders that are stored for the trial. */
const stored = 100_000;
const storedQuick = 20_000;

/**
 * Orders ruled by 250 accounts whose rules differ, and a trial of new rules over stored orders, each beside the engine's reading of
 * the same orders with every check of the standard. The trial is on DATABASE_URL, which must be empty, or embedded where there is
 * none.
 */
export async function* measure({ quick } = {}) {
  const template = await readFile(new URL("orders/850-harbor-retail.edi", samples), "utf8");
  yield await ruled(template, quick ? 3 : rounds);
  yield* tried(template, quick ? storedQuick : stored);
}

/** Priority, price checks, warranties, contact and the answer of one order for each account, by the account's own rules. */
async function ruled(template, count) {
  const base = parseAccountFile(
    await readFile(new URL("accounts/harbor-retail.yaml", samples), "utf8"),
    "harbor-retail.yaml",
  );
  const all = Array.from({ length: accounts }, (_, index) => {
    const bytes = Buffer.from(order(template, index + 1, { quantity: 10 * (index + 1), place: String(index % 400) }));
    return { bytes, document: documentOf(bytes), ...rulesOf(base, index) };
  });
  const cameAt = new Date("2025-03-10T12:12:00Z");
  const rule = async () => {
    let answers = 0;
    for (const { profile, prices, document } of all) {
      const decided = await ruleOnOrder(services, profile, document, { cameAt, prices });
      const answer = answerTo(services, { id: "bench", usage: "production", body: decided }, profile, cameAt);
      if (answer.send && decided.priority.reason !== "") answers++;
    }
    return answers;
  };
  const parse = () =>
    all.filter(({ bytes }) => readInterchangesSync(bytes, { library }).interchanges.length === 1).length;
  for (let warm = 0; warm < 3; warm++)
    if ((await rule()) !== accounts || parse() !== accounts) throw new Error("not all");
  const times = { ruled: [], parsed: [] };
  for (let round = 0; round < count; round++) {
    times.ruled.push(await timed(rule));
    times.parsed.push(await timed(parse));
  }
  const [ruledMs, parsedMs] = [median(times.ruled), median(times.parsed)];
  const levels = new Set();
  for (const { profile, prices, document } of all)
    levels.add((await ruleOnOrder(services, profile, document, { cameAt, prices })).priority.rule);
  return {
    figure: `orders ruled by ${accounts} accounts of distinct rules`,
    ruledPerSecond: perSecond(accounts, ruledMs),
    parsedPerSecond: perSecond(accounts, parsedMs),
    ruledToParsed: round(ruledMs / parsedMs, 2),
    rulesThatDecided: levels.size,
  };
}

/** An account's rules: a dozen of priority, prices in two contracts, warranties, days and a zone that no other account has so. */
function rulesOf(base, index) {
  const cents = (number) => (number / 100).toFixed(2);
  const own = String(index).padStart(4, "0");
  const raw = {
    ...base,
    id: `account-${own}`,
    timeZone: ["America/Chicago", "America/New_York", "Europe/Berlin", "Asia/Tokyo"][index % 4],
    calendar: { ...base.calendar, holidays: [`2025-03-${String(11 + (index % 15))}`, "2025-04-18"] },
    guides: [],
    priority: [
      ...base.priority,
      { name: `store ${own}`, when: { shipTo: [own] }, level: "urgent" },
      { name: `promised ${own}`, when: { reference: { qualifier: "PD", values: [`NO ${own}`] } }, level: "high" },
      {
        name: `worth ${own}`,
        when: { value: { atLeast: String(5_000 + 200 * index), currency: "USD" } },
        level: "high",
      },
      { name: `soon ${own}`, when: { dueWithin: { workingDays: index % 12 } }, level: "high" },
      {
        name: `kettles ${own}`,
        when: { product: { ids: ["612800401156"] }, note: ["DOCK"] },
        level: index % 2 ? "high" : "urgent",
        effects: {
          shipWithin: { workingDays: 1 + (index % 5) },
          expedite: { percent: cents(100 + index) },
          note: `FIRST ${own}`,
        },
      },
    ],
    pricing: {
      contracts: [
        { number: `A-${own}`, validFrom: "2025-01-01", validTo: "2025-12-31", currency: "USD" },
        { number: `B-${own}`, validFrom: "2024-01-01", currency: "USD" },
      ],
      tolerance: { percent: cents(index) },
      answers: { lower: index % 2 ? "IP" : "IA", higher: "IE" },
    },
    warranties: {
      carriedOn: { 855: [], 856: [], 810: [] },
      terms: [{ id: `W-${own}`, coverage: `Parts ${own}`, months: 12 + (index % 24), begins: "shipment" }],
    },
  };
  const profile = parseAccountFile(stringify(raw), `${raw.id}.yaml`);
  const ladders = ["612800401156", "612800401224", "612800401392", "612800401460", "612800401538"].flatMap(
    (item, line) =>
      ["A", "B"].map((contract) => ({
        ...{ contract: `${contract}-${own}`, item, qualifier: "UP", unit: line === 2 ? "DZ" : "EA", priceBasis: "" },
        ...{ validFrom: "2025-01-01", validTo: null },
        steps: [0, 100, 500].map((from, step) => ({
          by: "quantity",
          from: String(from),
          price: cents(2_500 + index - 50 * step),
        })),
      })),
  );
  const prices = {
    ladders: async (items) => ladders.filter(({ item }) => items.includes(item)),
    volumes: async () => new Map(),
  };
  return { profile, prices };
}

/** New rules over stored orders by the API, from the request to the last line of its answer. */
async function* tried(template, count) {
  const folder = await mkdtemp(join(tmpdir(), "portico-bench-"));
  const { DATABASE_URL, REDIS_URL } = process.env;
  const config = readConfig({
    ...{ DATABASE_URL, REDIS_URL, DATA_DIR: folder, PORT: "0", LOG_LEVEL: "silent", LOG_FORMAT: "json" },
    RATE_LIMIT_PER_MINUTE: "1000000",
  });
  let gateway = await startGateway({ config, role: "all", log: openLog("silent", "json") });
  const tokens = JSON.parse(await readFile(join(folder, "demo-credentials.json"), "utf8"));
  const headers = { authorization: `Bearer ${tokens.supplier}`, "content-type": "application/json" };
  const account = () => `${gateway.url}/api/v1/accounts/harbor-retail`;
  const { profile } = await (await fetch(account(), { headers })).json();
  const pricing = {
    contracts: [{ number: "A", validFrom: "2024-01-01", currency: "USD" }],
    answers: { noContract: "IA", higher: "IE" },
  };
  const rules = { ...profile, pricing };
  await fetch(account(), { method: "PUT", headers, body: JSON.stringify(rules) });
  const csv = `contract,item,qualifier,unit,price_basis,valid_from,valid_to,by,from,price
A,612800401156,UP,EA,PE,2024-01-01,,quantity,0,22.50\nA,612800401156,UP,EA,PE,2024-01-01,,quantity,100,21.75
A,612800401224,UP,EA,PE,2024-01-01,,quantity,0,35.00\nA,612800401392,UP,DZ,PE,2024-01-01,,quantity,0,42.60\n`;
  await fetch(`${account()}/prices`, {
    method: "POST",
    headers: { ...headers, "content-type": "text/csv" },
    body: csv,
  });
  await fetch(`${gateway.url}/api/v1/interchanges`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.accounts["harbor-retail"]}`, "content-type": "application/edi-x12" },
    body: template,
  });
  for (let found = 0; found === 0; await pause(100)) {
    const page = await (await fetch(`${gateway.url}/api/v1/documents?type=order`, { headers })).json();
    found = page.items.length;
  }
  await pause(1_000);
  // The embedded database serves one process, and one at a time.
  await gateway.close();
  await multiply(DATABASE_URL, folder, count);
  gateway = await startGateway({ config, role: "all", log: openLog("silent", "json") });

  const [first, ...others] = rules.priority;
  const kettles = { name: "kettles first", when: { product: { ids: ["612800401156"] } }, level: "high" };
  const answers = { ...pricing.answers, higher: "IH" };
  const changed = { ...rules, priority: [...others, first, kettles], pricing: { ...pricing, answers } };
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  const began = performance.now();
  const answer = await fetch(`${account()}/rules/try?documents=1000000&seconds=600`, {
    method: "POST",
    headers: { ...headers, accept: "application/x-ndjson" },
    body: JSON.stringify(changed),
  });
  const { report } = JSON.parse((await answer.text()).trimEnd().split("\n").at(-1));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  await gateway.close();
  await rm(folder, { recursive: true, force: true });

  const bytes = Buffer.from(template);
  const parsing = [];
  for (let turn = 0; turn < rounds; turn++) {
    parsing.push(
      await timed(() => {
        for (let one = 0; one < 200; one++) readInterchangesSync(bytes, { library });
      }),
    );
  }
  const parsedPerSecond = perSecond(200, median(parsing));
  const triedPerSecond = report.read / seconds;
  yield {
    figure: "a trial of new rules over stored orders, each by the old rules and the new",
    database: DATABASE_URL ? "PostgreSQL" : "PGlite",
    read: report.read,
    different: report.different,
    decisions: report.differences.reduce((sum, { count: one }) => sum + one, 0),
    seconds: round(seconds),
    triedPerSecond: round(triedPerSecond),
    parsedPerSecond,
    triedToParsed: round(parsedPerSecond / triedPerSecond, 2),
    megabytesMore: round((most - before) / 1024 / 1024),
  };
}

/** Makes many of the one order that is stored: each with its set, its place in the books and its lines, over the last eighty days. */
async function multiply(databaseUrl, folder, count) {
  const client = databaseUrl ? new pg.Client(databaseUrl) : await PGlite.create(join(folder, "database"));
  if (databaseUrl) await client.connect();
  const run = (text) => (databaseUrl ? client.query(text) : client.exec(text));
  const copies = (table, record, where, fields) => `
    insert into portico.${table} select made.* from copy c cross join portico.${table} ${record} ${where}
      cross join lateral jsonb_populate_record(${record}, jsonb_build_object(${fields})) made;`;
  const named = (body) => `replace(${body}::text, '7741093', 'B' || c.n)::jsonb`;
  await run(`
    ${databaseUrl ? "set default_toast_compression = 'lz4';" : ""}
    create temporary table one as select d.id as document, d.transaction_set_id as set, v.order_id as book
      from portico.document d join portico.order_version v on v.document_id = d.id where d.type = 'order' limit 1;
    create temporary table copy as
      select n, gen_random_uuid() as document, gen_random_uuid() as set, gen_random_uuid() as book from generate_series(1, ${count - 1}) n;
    create temporary table line as
      select c.n, l.id as old, gen_random_uuid() as id from copy c cross join portico.order_line l join one on l.order_id = one.book;
    create index on line (n, old);
    analyze copy; analyze line;
    ${copies("transaction_set", "s", "join one on s.id = one.set", "'id', c.set, 'ordinal', c.n, 'document_id', c.document")}
    ${copies(
      "document",
      "d",
      "join one on d.id = one.document",
      `'id', c.document, 'number', 'B' || c.n, 'business_key', 'B' || c.n, 'transaction_set_id', c.set, 'feed_position', null,
       'sequence', nextval('portico.document_sequence_seq'), 'body', ${named("d.body")},
       'created_at', now() - interval '80 days' * (${count} - c.n) / ${count}`,
    )}
    ${copies(
      '"order"',
      "o",
      "join one on o.id = one.book",
      "'id', c.book, 'number', 'B' || c.n, 'sequence', nextval('portico.order_sequence_seq')",
    )}
    ${copies(
      "order_version",
      "v",
      "join one on v.order_id = one.book and v.version = 1",
      `'order_id', c.book, 'document_id', c.document, 'body', ${named("v.body")}`,
    )}
    ${copies(
      "order_line",
      "l",
      "join one on l.order_id = one.book join line on line.n = c.n and line.old = l.id",
      "'id', line.id, 'order_id', c.book",
    )}
    ${copies(
      "ledger_entry",
      "e",
      "join one on e.document_id = one.document join line on line.n = c.n and line.old = e.order_line_id",
      `'id', nextval('portico.ledger_entry_id_seq'), 'order_id', c.book, 'order_line_id', line.id, 'document_id', c.document`,
    )}
    analyze;
  `);
  await (databaseUrl ? client.end() : client.close());
}

function documentOf(bytes) {
  const [interchange] = readInterchangesSync(bytes, { library }).interchanges;
  const [{ header, transactionSets }] = interchange.groups;
  const [{ type, offset, length }] = transactionSets;
  const schema = library.set(library.versionOf(header.version), type);
  const set = readTransactionSet(bytes.subarray(offset, offset + length), interchange.delimiters, schema);
  return documentFromSet(set, { account: "bench", usage: "production" });
}

function order(template, number, { quantity, place }) {
  return template
    .replace("7741093", `B${String(number).padStart(6, "0")}`)
    .replace("PO1*1*240*", `PO1*1*${quantity}*`)
    .replaceAll("*92*0318", `*92*${place.padStart(4, "0")}`);
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const round = (number, digits = 1) => Number(number.toFixed(digits));
const perSecond = (count, ms) => Math.round((count / ms) * 1000);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
