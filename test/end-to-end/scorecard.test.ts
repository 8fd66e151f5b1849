import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, sample } from "../support/samples.ts";
import {
  type Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const path = "/api/v1/accounts/harbor-retail";
const { warranties } = parse(
  /```yaml\n([\s\S]*?)```/.exec(
    readFileSync(new URL("../../docs/rules/warranties.md", import.meta.url), "utf8"),
  )?.[1] ?? "",
);
const kettle = "612800401156";
const today = new Date().toISOString().slice(0, 10);
/** From the days that the samples are dated, until after what is done now. */
const all = `from=2025-03-01&to=${today.slice(0, 4)}-12-31`;
/** Everything that arrives while the test runs, and nothing of the samples' own days. */
const arriving = `from=2026-01-01&to=${today.slice(0, 4)}-12-31`;

describe.each(combinationsFor(import.meta.url))("scorecards, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;
  let supplier: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
    supplier = gateway.supplier;
    const { profile } = (await supplier.get(path)).body;
    const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
    const serviceLevels = {
      ...{ acknowledge: { minutes: 30 }, orderResponse: { workingHours: 4 }, shipNotice: { workingHours: 2 } },
      ...{ invoice: { workingDays: 3 }, percentOnTime: 99, shipOnTime: 95 },
    };
    const free = {
      name: "always",
      when: { orderType: ["SA"] },
      level: "high",
      effects: { expedite: { amount: "75.00", free: "agreement 2025" } },
    };
    // Terms that nothing that is ordered here has.
    const spares = {
      id: "SPARES-6",
      coverage: "6 MONTHS",
      months: 6,
      coverageCode: "W6",
      registration: "N-6",
      products: [{ ids: ["999999999999"] }],
    };
    const pricing = {
      answers: { noContract: "IA" },
      contracts: [
        { number: "HRG-1", validFrom: "2025-01-01", currency: "USD", rebate: { steps: [{ from: "0", percent: "2" }] } },
      ],
    };
    const put = await supplier.put(path, {
      ...{ ...profile, guides, serviceLevels, pricing, priority: [free] },
      warranties: { ...warranties, terms: [...warranties.terms, spares] },
    });
    expect([put.status, put.body.errors]).toEqual([200, undefined]);
    const prices = "contract,item,unit,valid_from,by,from,price\n".concat(
      ...[`HRG-1,${kettle},EA,2025-01-01,quantity,0,23.00\n`, `HRG-1,${kettle},EA,2025-01-01,quantity,100,21.75\n`],
    );
    const headers = { "content-type": "text/csv" };
    expect((await supplier.request("POST", `${path}/prices`, { body: prices, headers })).status).toBe(200);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const card = async (query: string, who = supplier): Promise<Json> => {
    const { status, body } = await who.get(`${path}/scorecard?${query}`);
    expect([status, body.errors]).toEqual([200, undefined]);
    return body;
  };
  const figure = async (name: string, query = all): Promise<Json> =>
    (await card(query)).figures.find((one: Json) => one.figure === name);
  const misses = async (name: string, query = all, who = supplier): Promise<Json[]> =>
    (await who.get(`${path}/scorecard/misses?figure=${name}&${query}`)).body.items;
  const submit = async (document: object): Promise<void> => {
    const { status, body } = await supplier.submit(document);
    expect([status, body.errors]).toEqual([202, undefined]);
    const kept = await supplier.documentThat(body.id, (one) => one.status !== "submitted");
    expect([kept.number, kept.status, kept.findings.filter(({ severity }: Json) => severity === "hold")]).toEqual([
      ...[body.number, "accepted", []],
    ]);
  };

  test("orders that are answered in time are, and lines that have not left by their day are late, each told", async () => {
    await harbor.sendAndWait(harborOrder());
    // The second may still be shipped today.
    const open = harborOrder().replace("DTM*001*20250404", "DTM*001*20991231");
    await harbor.sendAndWait(anotherOrder(open, 91_001, "SC-2"));
    await harbor.mailbox(4);
    await submit(JSON.parse(sample("shipments/856-harbor-retail.json")));
    await harbor.mailbox(5);
    expect(await figure("acknowledge")).toMatchObject({
      ...{ count: 2, of: 2, open: 0, percent: "100.00", within: "30 minutes", target: "99.00", met: true },
      ...{ before: { count: 0, of: 0, percent: null }, change: null },
    });
    expect(await figure("orderResponse")).toMatchObject({ count: 2, of: 2, within: "4 working hours", met: true });
    expect(await figure("changeResponse")).toMatchObject({ of: 0, percent: null, target: null, met: null });
    // The samples' days lie before this one, and the second order never left.
    expect(await figure("shipOnTime")).toMatchObject({
      count: 8,
      of: 16,
      percent: "50.00",
      target: "95.00",
      met: false,
    });
    const late = await misses("shipOnTime");
    expect(late).toHaveLength(8);
    expect(late.find(({ line }) => line === "1")).toMatchObject({
      ...{ kind: "order", number: "SC-2", shipped: "0", wanted: "240" },
    });
    expect((await supplier.get(late[0].href)).body.number).toBe("SC-2");
    expect(await figure("shipOnTime", arriving)).toMatchObject({ of: 0, met: null });
  });

  test("a notice counts from its shipment, and a shipment until its invoice has left", async () => {
    await submit({
      ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number: "SC-SHIP" },
      ...{ purpose: { code: "00" }, date: today, time: "0930" },
      parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
      orders: [
        {
          order: { number: "SC-2" },
          items: [{ line: "1", quantity: "12", unit: "EA", productIds: [{ qualifier: "UP", id: kettle }] }],
        },
      ],
    });
    await harbor.mailbox(6);
    expect(await figure("shipNotice")).toMatchObject({ count: 1, of: 2, within: "2 working hours", met: false });
    expect(await misses("shipNotice")).toMatchObject([
      { kind: "document", number: "48806", began: "2025-03-24T20:30:00.000Z", due: "2025-03-25T13:30:00.000Z" },
    ]);
    // What left today has time yet; what left long ago has no invoice, and none comes in time any more.
    expect(await figure("invoice")).toMatchObject({ count: 0, of: 2, open: 1, percent: "0.00" });
    expect(await misses("invoice")).toMatchObject([{ number: "48806", answered: null }]);
    await submit(JSON.parse(sample("invoices/810-harbor-retail.json")));
    await harbor.mailbox(7);
    const [billed] = await misses("invoice");
    expect(new Date(billed.answered).getTime()).toBeGreaterThan(Date.parse(billed.due));
  });

  test("disputes and refusals are counted with their amounts, and lead to what they are about", async () => {
    await harbor.sendAndWait(sample("remittances/820-harbor-retail.edi"));
    const rejection = sample("advices/824-harbor-retail.edi")
      .replace("*100417*", "*100499*")
      .replace("*100418*", "*100417*");
    await harbor.sendAndWait(rejection);
    await harbor.sendAndWait(anotherOrder(harborOrder(), 91_002, "SC-3").replace("REF*DP", "REF*ZZ"));
    await eventually(async () => (await figure("documentsRejected")).count === 1 || undefined, "a rejection");
    const { body: invoice } = await supplier.get("/api/v1/invoices?number=100417");
    const { currency, amount } = invoice.items[0];
    expect(await figure("invoicesRefused")).toMatchObject({
      count: 1,
      of: 1,
      percent: "100.00",
      amounts: [{ currency, amount }],
    });
    expect(await misses("invoicesRefused")).toMatchObject([
      { kind: "invoice", number: "100417", href: invoice.items[0].href },
    ]);
    const deductions = await figure("deductions");
    expect(deductions).toMatchObject({ count: 1, of: 1, target: null, met: null });
    expect(await misses("deductions")).toMatchObject([
      { kind: "document", number: "8810045127", ...deductions.amounts[0] },
    ]);
    expect(await figure("refusedByUs")).toMatchObject({ count: 1, of: 5 });
    expect((await misses("refusedByUs"))[0].kind).toBe("interchange");
    expect(await figure("refusedByAccount")).toMatchObject({ count: 0 });
  });

  test("the value of what is given stands beside it, and what is not used", async () => {
    const { values, unused } = await card(all);
    const given = Object.fromEntries(values.map(({ value, count, amounts }: Json) => [value, [count, ...amounts]]));
    expect(given).toMatchObject({
      ordersRaised: [2],
      expeditingNotCharged: [2, { currency: "USD", amount: "150.00" }],
      ordersWithContact: [2],
      // 240 kettles of each order at 21.75 in place of 23.00.
      belowFirstStep: [2, { currency: "USD", amount: "600.00" }],
      invoicesAsAgreed: [0],
      rebates: [1, { currency: "USD", amount: "0.00" }],
    });
    expect(given.itemsCovered[0]).toBeGreaterThan(0);
    expect(unused.map(({ service, name }: Json) => [service, name])).toEqual([["warranties", "SPARES-6"]]);
  });

  test("what was told ahead of the last tier counts by the hour, and is not used until it is taken", async () => {
    const plan = { tiers: [{ name: "major", leads: { hours: 4 } }, { name: "standard" }] };
    expect((await supplier.put("/api/v1/publication-plan", plan)).status).toBe(200);
    const { body } = await supplier.post("/api/v1/publications", JSON.parse(sample("publications/announcement.json")));
    const told = async () => (await card(all)).values.find(({ value }: Json) => value === "hoursAhead");
    await eventually(async () => (await told()).count === 1 || undefined, "an announcement told");
    expect(await told()).toMatchObject({ service: "earlyInformation", count: 1, hours: "4.0" });
    const unused = async () => (await card(all)).unused.filter(({ service }: Json) => service === "earlyInformation");
    expect(await unused()).toMatchObject([{ name: "announcements", chances: 1 }]);
    expect((await harbor.post(`/api/v1/publications/${body.id}/collected`)).status).toBe(200);
    expect(await unused()).toEqual([]);
  });

  test("misses come a page at a time, and as a file", async () => {
    const whole = await misses("shipOnTime");
    const paged: Json[] = [];
    for (let after = ""; ; ) {
      const { body } = await supplier.get(`${path}/scorecard/misses?figure=shipOnTime&${all}&limit=3${after}`);
      paged.push(...body.items);
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(paged).toEqual(whole);
    const file = (await supplier.get(`${path}/scorecard/misses?figure=shipOnTime&${all}&format=csv`)).body;
    expect(file.split("\n").filter(Boolean)).toHaveLength(9);
    for (const after of ["nonsense", Buffer.from("2025-99-99 x").toString("base64url")]) {
      const { status } = await supplier.get(`${path}/scorecard/misses?figure=shipNotice&${all}&after=${after}`);
      expect(status).toBe(400);
    }
    const next = Buffer.from(`${today}T00:00:00.000000Z ${whole[0].id}`).toString("base64url");
    expect((await supplier.get(`${path}/scorecard/misses?figure=shipNotice&${all}&after=${next}`)).body.items).toEqual(
      [],
    );
  });

  test("an account sees how it is served itself, and neither what that is worth nor others", async () => {
    const own = await card(all, harbor);
    expect(own.figures.map(({ figure }: Json) => figure)).toEqual([
      ...["acknowledge", "orderResponse", "changeResponse", "shipOnTime", "promises", "shipNotice", "invoice"],
    ]);
    expect([own.values, own.unused]).toEqual([[], []]);
    expect((await misses("shipNotice", all, harbor))[0]).toMatchObject({ number: "48806", href: null });
    expect((await harbor.get(`${path}/scorecard/misses?figure=deductions`)).status).toBe(403);
    expect((await gateway.as("summit-industrial").get(`${path}/scorecard?${all}`)).status).toBe(404);
    const csv = (await harbor.get(`${path}/scorecard?${all}&format=csv`)).body;
    expect(csv).not.toMatch(/expeditingNotCharged|deductions/);
  });

  test.each([
    ["a period and days", "period=2025&from=2025-01-01&to=2025-01-02", "query.from"],
    ["one day", "from=2025-01-01", "query.from"],
    ["days that are turned round", "from=2025-02-01&to=2025-01-01", "query.from"],
    ["a hundred years", "from=1925-01-01&to=2025-01-01", "query.from"],
    ["a quarter that is none", "period=2025-Q5", "query.period"],
    ["a day that is none", "from=2025-02-30&to=2025-03-01", "query.from"],
  ])("%s is no period", async (_, query, where) => {
    const { status, body } = await supplier.get(`${path}/scorecard?${query}`);
    expect([status, body.errors.map(({ path }: Json) => path)]).toEqual([400, expect.arrayContaining([where])]);
  });

  test("the command line shows it, what was missed, and writes both as files", async () => {
    const portico = (...args: string[]) =>
      runPortico(["accounts", "scorecard", "--account", "harbor-retail", ...args], {
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const days = ["--from", "2025-03-01", "--to", `${today.slice(0, 4)}-12-31`];
    const shown = await portico(...days);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining("Harbor Retail Group (harbor-retail)")]);
    expect(shown.stdout).toMatch(/^shipOnTime +8 of 16 +50\.00 +95\.00 +missed/m);
    expect(shown.stdout).toMatch(/^priority +expeditingNotCharged +2 +150\.00 USD/m);
    expect(shown.stdout).toContain("SPARES-6");
    const missed = await portico(...days, "--misses", "shipOnTime");
    expect(missed.stdout.split("\n").filter((line) => line.startsWith("SC-2"))).toHaveLength(8);
    expect((await portico("--period", "2024-Q4", "--misses", "promises")).stdout).toBe("Nothing was missed.\n");
    const file = await portico(...days, "--csv");
    expect(file.stdout).toBe((await supplier.get(`${path}/scorecard?${all}&format=csv`)).body);
    const wrong = await portico("--period", "last");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("2025-Q1")]);
  });
});
