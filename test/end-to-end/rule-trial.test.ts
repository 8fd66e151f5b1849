import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { harborPricing, priceCsv } from "../accounts/prices/pricing.ts";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, sample } from "../support/samples.ts";
import {
  combinationsFor,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const account = "/api/v1/accounts/harbor-retail";
const page = readFileSync(new URL("../../docs/rules/trying-rules.md", import.meta.url), "utf8");
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What the page shows of a command, whatever the day and the ids. */
const timeless = (text: string): string => text.replace(uuid, "…").replace(/\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?/g, "(a day)");
const kettles = {
  name: "kettles first",
  when: { product: { ids: ["612800401156"] } },
  level: "high",
  effects: { shipWithin: { workingDays: 2 }, expedite: { amount: "45.00" } },
};

describe.each(combinationsFor(import.meta.url))("a trial of rules, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let rules: Json;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    const { profile } = (await gateway.supplier.get(account)).body;
    // What else the account wants in its answers is no matter here.
    rules = { ...profile, guides: profile.guides.filter(({ set }: Json) => set === "850"), pricing: harborPricing };
    expect((await gateway.supplier.put(account, rules)).status).toBe(200);
    const headers = { "content-type": "text/csv" };
    await gateway.supplier.request("POST", `${account}/prices`, { body: priceCsv, headers });
    const harbor = gateway.as("harbor-retail");
    await harbor.sendAndWait(harborOrder());
    await harbor.sendAndWait(anotherOrder(harborOrder(), 9101, "7741401"));
    await harbor.sendAndWait(sample("orders/850-harbor-retail-rush.edi"));
    await harbor.mailbox(6);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const tried = async (changes: object, query = "", headers = {}): Promise<Json> => {
    const body = JSON.stringify({ ...rules, ...changes });
    return gateway.supplier.request("POST", `${account}/rules/try?${query}`, {
      body,
      headers: { "content-type": "application/json", ...headers },
    });
  };
  const kind = (report: Json, name: string): Json => report.differences.find((one: Json) => one.kind === name);
  /** A digest of every table of ours; where the database is embedded, all that its only process shows of what could change. */
  const everything = async (): Promise<unknown> => {
    if (!combination.databaseUrl) {
      const paths = ["/accounts", "/documents?limit=200", "/orders", "/work-items", "/interchanges", "/promises"];
      const answers = paths.map(async (path) => (await gateway.supplier.get(`/api/v1${path}`)).body);
      return Promise.all([...answers, gateway.supplier.get(`${account}/versions`).then(({ body }) => body)]);
    }
    const client = new pg.Client(ground.environment.DATABASE_URL);
    await client.connect();
    try {
      const { rows } = await client.query(
        "select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema = 'portico' and table_type = 'BASE TABLE' order by 1",
      );
      const digests: string[] = [];
      for (const { name } of rows) {
        const digest = `select md5(coalesce(string_agg(one::text, ' ' order by one::text), '')) as md5 from ${name} one`;
        digests.push(`${name} ${(await client.query(digest)).rows[0].md5}`);
      }
      expect(digests.length).toBeGreaterThan(30);
      return digests;
    } finally {
      await client.end();
    }
  };

  test("the rules that are in force come out the same", async () => {
    const { status, body } = await tried({});
    expect([status, body.read, body.different, body.differences]).toEqual([200, 3, 0, []]);
    expect(body).toMatchObject({
      ...{ account: "harbor-retail", stopped: null, next: null, notTried: [], notJudged: [] },
      versions: [{ version: 2, documents: 3 }],
    });
  });

  test("orders are raised, and each says by which rule and on what evidence", async () => {
    const told = { ...kettles, effects: { ...kettles.effects, tell: ["EX"] } };
    const { body } = await tried({ priority: [...rules.priority, told] });
    expect([body.read, body.different]).toEqual([3, 2]);
    expect(kind(body, "priority-raised")).toMatchObject({
      ...{ words: "orders raised in priority", documents: 2, count: 2 },
      examples: [
        { document: { type: "order", number: "7741401" }, before: "normal", after: "high" },
        { document: { type: "order", number: "7741093" }, place: "" },
      ],
    });
    expect(kind(body, "priority-raised").examples[0].because).toContain(
      'The rule "kettles first" makes this order high: UP (U.P.C.) = 612800401156 on line 1. We promise to ship by',
    );
    expect(kind(body, "expedite-charge").money).toEqual([{ currency: "USD", amount: "90.00" }]);
    expect(kind(body, "told").examples[0].after).toMatch(/^to be seen to at once by/);
    expect(body.differences.map((one: Json) => one.kind)).toEqual([
      ...["priority-raised", "promise", "expedite-charge", "told"],
    ]);

    const without = await tried({ priority: rules.priority.slice(1) });
    expect(without.body.different).toBe(1);
    expect(kind(without.body, "priority-rule").examples[0]).toMatchObject({
      ...{ before: "rush order", after: "next day freight", document: { number: "7741207" } },
    });
  });

  test("acknowledgment codes and prices come out line by line, with what it is in money", async () => {
    const pricing = { ...harborPricing, answers: { lower: "IA", higher: "IH" }, tolerance: { percent: "5" } };
    const { body } = await tried({ pricing });
    expect(kind(body, "line-acknowledgment").examples.find(({ line }: Json) => line === "2")).toMatchObject({
      before: "IP (price changed)",
      after: "IA (accepted)",
      place: "lines[1]",
    });
    expect(kind(body, "price-check")).toMatchObject({ words: "outcomes of price checks" });

    const other = { ...harborPricing, contracts: harborPricing.contracts.slice(1) };
    const gone = (await tried({ pricing: other })).body;
    const agreed = kind(gone, "price-agreed").examples.find(
      ({ document, line }: Json) => document.number === "7741093" && line === "2",
    );
    // 120 lamps at 34.50 as ordered, and not at the agreed 33.90.
    expect(agreed).toMatchObject({
      before: "33.90 (PE) USD in contract HRG-2024-118",
      after: null,
      money: { currency: "USD", amount: "72.00" },
    });
    const hold = (
      await tried({ pricing: { ...harborPricing, answers: { ...harborPricing.answers, noContract: "hold" } } })
    ).body;
    expect(kind(hold, "answer-sent").examples[0]).toMatchObject({ after: "not answered" });
    const contact = (await tried({ contact: { ...rules.contact, name: "IDA HOLM" } })).body;
    expect(contact.differences.map((one: Json) => [one.kind, one.documents])).toEqual([
      ["contact", 3],
      ["answer-contact", 3],
    ]);
  });

  test("a volume is what the ledger had when the order came, not what it has now", async () => {
    const withLadder = `${priceCsv}HRG-2024-118,612800401606,UP,EA,PE,2025-01-01,2025-12-31,volume,0,7.00\nHRG-2024-118,612800401606,UP,EA,PE,2025-01-01,2025-12-31,volume,30,6.00\n`;
    const headers = { "content-type": "text/csv" };
    const imported = await gateway.supplier.request("POST", `${account}/prices`, { body: withLadder, headers });
    expect(imported.status).toBe(200);
    // By now 36 mugs are in the ledger. When their own order came there were none.
    const now = { ...harborPricing, answers: { higher: "IH" } };
    const { body } = await tried({ pricing: now });
    const mugs = kind(body, "line-acknowledgment").examples.find(
      ({ document, line }: Json) => document.number === "7741207" && line === "3",
    );
    expect(mugs.because).toContain(
      "7.00 (PE) USD by EA is agreed in contract HRG-2024-118, by volume from 0 on (0 counted)",
    );
  });

  test("it changes nothing", async () => {
    const before = await everything();
    const pricing = { ...harborPricing, answers: { noContract: "hold" } };
    expect((await tried({ pricing, priority: [], stores: { orders: "document-per-store" } })).body.different).toBe(3);
    expect(await everything()).toEqual(before);
  });

  test("the rules of a part of the account decide on what is of it, and what is of another part by new rules is told", async () => {
    const garden = (references: object[], more: object = {}) => ({
      divisions: [{ id: "housewares", name: "Housewares", recognisedBy: { references }, rules: more }],
    });
    const department = [{ qualifier: "DP", values: ["014"] }];
    const apart = (await tried(garden(department, { priority: [kettles] }))).body;
    expect(kind(apart, "division")).toMatchObject({
      documents: 3,
      examples: [
        { before: "the account as a whole", after: "housewares", because: expect.stringContaining("REF*DP") },
        {},
        {},
      ],
    });
    expect(kind(apart, "priority-raised").documents).toBe(2);
    expect(kind(apart, "priority-lowered").documents).toBe(1);
    const nowhere = (await tried(garden([{ qualifier: "DP", values: ["999"] }], { priority: [kettles], checks: {} })))
      .body;
    expect(nowhere).toMatchObject({ different: 0, notTried: [] });
  });

  test("publications are told to whom they are told now, in its tier and at its time", async () => {
    const leads = { hours: 48 };
    const tiers = [{ name: "major", leads }, { name: "standard" }];
    expect((await gateway.supplier.put("/api/v1/publication-plan", { tiers })).status).toBe(200);
    for (const quantity of ["10", "20"]) {
      const lines = [
        {
          productIds: [{ qualifier: "UP", id: "612800401156" }],
          quantities: [{ qualifier: "33", quantity, unit: "EA" }],
        },
      ];
      const { status } = await gateway.supplier.post("/api/v1/publications", {
        topic: "inventory",
        kind: "inventory",
        content: { lines },
      });
      expect(status).toBe(202);
    }
    const [stock, announcements] = rules.earlyInformation.topics;
    const told = (earlyInformation: object) => tried({ earlyInformation }).then(({ body }) => body);
    const same = await told(rules.earlyInformation);
    expect([same.types, same.different]).toEqual([
      [
        { type: "order", read: 3, different: 0 },
        { type: "publication", read: 2, different: 0 },
      ],
      0,
    ]);
    const lower = await told({ ...rules.earlyInformation, tier: "standard" });
    expect(kind(lower, "publication-tier")).toMatchObject({
      documents: 2,
      examples: [{ document: { type: "publication", number: "inventory 2" }, before: "major", after: "standard" }, {}],
    });
    const [later] = kind(lower, "publication-time").examples;
    expect(Date.parse(later.after) - Date.parse(later.before)).toBeGreaterThanOrEqual(48 * 3_600_000);
    expect(kind(await told({ ...rules.earlyInformation, topics: [announcements] }), "publication-told")).toMatchObject({
      documents: 2,
      examples: [{ after: "not told", because: 'Its rules name no topic "inventory".' }, {}],
    });
    const whole = await told({
      ...rules.earlyInformation,
      topics: [{ topic: "inventory", schedule: stock.schedule }, announcements],
    });
    expect(kind(whole, "publication-content").examples[0]).toMatchObject({
      before: "changes from 10 pieces or 5 % on",
      after: "full",
    });
    const rest = (await tried({ earlyInformation: { tier: "major", topics: [announcements] } }, "documents=4")).body;
    expect(rest).toMatchObject({ read: 4, stopped: "documents", next: expect.stringMatching(/^publication-/) });
    const status = { topic: "order-status", schedule: { daily: "06:00" } };
    expect(
      (await told({ ...rules.earlyInformation, topics: [...rules.earlyInformation.topics, status] })).notTried,
    ).toMatchObject([{ path: "earlyInformation.topics (order-status)" }]);
  });

  test("invoices are planned anew by each rule: what is split, when, and what it comes to", async () => {
    const item = (line: number, quantity: string, id: string) => ({
      ...{ line: String(line), quantity, unit: "EA", productIds: [{ qualifier: "UP", id }] },
    });
    const ship = async (number: string, orders: object[], more: object = {}, purpose = "00"): Promise<void> => {
      const { body } = await gateway.supplier.submit({
        ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number, orders },
        ...{ purpose: { code: purpose }, date: "2025-03-24", time: "0930", billOfLading: `BOL-${number}` },
        parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
        ...more,
      });
      const sent = await gateway.supplier.documentThat(body.id, ({ status }) => status !== "submitted");
      expect(sent.status).toBe("accepted");
    };
    const first = item(1, "100", "612800401156");
    const freight = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "85.00" };
    await ship("SHP-1", [{ order: { number: "7741093" }, items: [item(1, "90", "612800401156")] }]);
    // The notice that takes its place is the one that counts.
    await ship("SHP-1", [{ order: { number: "7741093" }, items: [first] }], { allowancesAndCharges: [freight] }, "05");
    await ship("SHP-2", [
      { order: { number: "7741093" }, items: [item(2, "20", "612800401224")] },
      { order: { number: "7741401" }, items: [item(1, "50", "612800401156")] },
    ]);
    const before = await everything();
    const planned = async (invoicing: object | undefined) => (await tried({ invoicing })).body;

    const numbering = { prefix: "HR-", digits: 4 };
    const made = await planned({ from: "shipments", basis: "shipment", split: ["order"], numbering });
    expect(made.types[1]).toEqual({ type: "shipment", read: 2, different: 2 });
    expect(kind(made, "invoice-made-by").examples[0]).toMatchObject({ before: "your systems", after: "the gateway" });
    expect(kind(made, "invoice-split").examples).toMatchObject([
      { document: { type: "shipment", number: "SHP-2" }, before: null, after: "on 2 invoices" },
      { document: { number: "SHP-1" }, before: null, after: "on 1 invoice" },
    ]);
    expect(kind(made, "invoice-split").examples[0].because).toMatch(/order/);

    const invoicing = { basis: "shipment", split: [] };
    expect((await gateway.supplier.put(account, { ...rules, invoicing })).status).toBe(200);
    const now = (changes: object) =>
      tried({ invoicing: { ...invoicing, ...changes } }, "against=now").then(({ body }) => body);
    expect((await now({})).differences).toEqual([]);
    expect((await now({ split: ["order"] })).differences).toMatchObject([
      {
        kind: "invoice-split",
        documents: 1,
        examples: [{ document: { number: "SHP-2" }, before: "on 1 invoice", after: "on 2 invoices" }],
      },
    ]);
    const month = await now({ basis: "period", period: { every: "month" } });
    expect(kind(month, "invoice-split").examples).toMatchObject([
      { after: "on 1 invoice, with 1 other shipment" },
      { after: "on 1 invoice, with 1 other shipment" },
    ]);
    const unbilled = await now({ freight: "not-billed" });
    expect(kind(unbilled, "invoice-amount")).toMatchObject({
      ...{ documents: 1, money: [{ currency: "USD", amount: "-85.00" }] },
      examples: [{ document: { number: "SHP-1" } }],
    });
    expect(kind(unbilled, "invoice-not-billed").examples[0].after).toBe(
      "The account's rule says that freight is not billed.",
    );
    expect((await gateway.supplier.put(account, rules)).status).toBe(200);
    if (combination.databaseUrl) return;
    // What is shown of documents, orders and work items is as it was before the trials.
    const after = await everything();
    expect((after as Json[]).slice(1, 6)).toEqual((before as Json[]).slice(1, 6));
  });

  test("it stops where it is told to, and goes on from there", async () => {
    const first = (await tried({ priority: [] }, "documents=2&examples=1")).body;
    expect(first).toMatchObject({ read: 2, stopped: "documents", next: expect.stringMatching(/^order-\d+$/) });
    const second = (await tried({ priority: [] }, `after=${first.next}`)).body;
    expect(second).toMatchObject({
      types: [{ read: 1 }, { type: "shipment", read: 2 }, { read: 2 }],
      stopped: null,
      next: null,
    });
    expect((await tried({}, "since=2999-01-01")).body).toMatchObject({ read: 0, different: 0 });
    expect((await tried({}, "usage=test")).body.read).toBe(0);
    for (const query of ["since=90", "since=2026-02-30", "documents=0", "against=later", "seconds=601"])
      expect((await tried({}, query)).status).toBe(400);
  });

  test("against the rules of then, what changed since is a difference; against those of today it is none", async () => {
    const changed = { contact: { ...rules.contact, name: "IDA HOLM" } };
    expect((await gateway.supplier.put(account, { ...rules, ...changed })).status).toBe(200);
    expect((await tried(changed)).body).toMatchObject({ different: 3, versions: [{ version: 2, documents: 7 }] });
    const now = (await tried(changed, "against=now")).body;
    expect(now).toMatchObject({ different: 0, versions: [{ documents: 7 }] });
    expect((await gateway.supplier.put(account, rules)).status).toBe(200);
  });

  test("rules that are wrong are refused in the words of their applying, as JSON or YAML", async () => {
    const wrong = {
      ...rules,
      priority: [{ name: "", when: {}, level: "soon" }],
      guides: ["no-such-guide"],
      id: "other",
    };
    const applied = await gateway.supplier.put(account, wrong);
    const refused = await tried(wrong);
    expect([refused.status, refused.body.errors]).toEqual([400, applied.body.errors]);
    const yaml = (text: string) =>
      gateway.supplier.request("POST", `${account}/rules/try`, {
        body: text,
        headers: { "content-type": "application/yaml" },
      });
    expect((await yaml(stringify(rules))).body).toMatchObject({ read: 7, different: 0 });
    expect((await yaml(stringify(wrong))).body.errors).toEqual(applied.body.errors);
    expect((await yaml("id: [")).body.errors).toMatchObject([{ path: "body" }]);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\n`;
    expect((await yaml(bomb)).status).toBe(400);
    expect((await gateway.as("harbor-retail").post(`${account}/rules/try`, rules)).status).toBe(403);
    expect((await gateway.supplier.post("/api/v1/accounts/nobody/rules/try", rules)).status).toBe(404);
  });

  test("lines tell how far it is, the last has the report", async () => {
    const { body, headers } = await tried({}, "", { accept: "application/x-ndjson" });
    expect(headers.get("content-type")).toContain("application/x-ndjson");
    const lines = body
      .trimEnd()
      .split("\n")
      .map((line: string) => JSON.parse(line));
    expect(lines[0].progress).toEqual({ read: 3, different: 0 });
    expect(lines.at(-1).report).toMatchObject({ read: 7, stopped: null });
  });

  test("the command line shows what would have come out differently, and what is not tried", async () => {
    const portico = (args: string[], stdin: object) =>
      runPortico(["rules", "try", "--account", "harbor-retail", "--rules", "-", ...args], {
        stdin: stringify(stdin),
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const changed = { ...rules, priority: rules.priority.slice(1), guides: [] };
    const { code, stdout } = await portico(["--since", "30d"], changed);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^harbor-retail: 3 orders, 2 shipments and 2 publications from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d tried against version/,
    );
    expect(stdout).toContain("\n1 would have come out differently.\n");
    expect(stdout).toContain("orders of the same priority by another rule: 1 in 1 document\n  order 7741207 (");
    expect(stdout).toContain("): rush order → next day freight\n");
    expect(stdout).toContain("Not tried:\n  guides");
    const shown = await portico(["--examples", "1"], {
      ...rules,
      priority: [...rules.priority, kettles],
      pricing: { ...harborPricing, answers: { lower: "IP", higher: "IH" } },
      earlyInformation: { ...rules.earlyInformation, tier: "standard" },
      invoicing: { basis: "shipment", split: ["order"] },
      guides: [],
    });
    expect([shown.code, shown.stderr]).toEqual([0, ""]);
    expect(timeless(page)).toContain(timeless(shown.stdout));
    const json = await portico(["--json", "--examples", "0"], changed);
    expect(JSON.parse(json.stdout)).toMatchObject({ different: 1, differences: [{ examples: [] }] });
    const wrong = await portico([], { ...rules, timeZone: "Mars" });
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('"Mars" is no IANA time zone')]);
    const other = await portico([], { ...rules, id: "summit-industrial" });
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('must be "harbor-retail"')]);
  });
});
