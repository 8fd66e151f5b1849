import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, segmentsOf, summitOrder } from "../support/samples.ts";
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

const page = readFileSync(new URL("../../docs/rules/warranties.md", import.meta.url), "utf8");
/** The rules that the page shows. */
const { warranties } = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
const kettle = "612800401156";
const lamp = "612800401224";
const path = "/api/v1/accounts/harbor-retail";

/** What the page shows in its blocks of X12, held against what was written. */
const shown = (title: string): string[] =>
  (new RegExp(`### ${title}[\\s\\S]*?\`\`\`\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "").trim().split("\n");

describe.each(combinationsFor(import.meta.url))("special warranties, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
    expect((await setRules({ warranties })).status).toBe(200);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  async function setRules(change: object): Promise<Json> {
    const { profile } = (await gateway.supplier.get(path)).body;
    // What else the account wants in ship notices and invoices is no matter here.
    const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
    return gateway.supplier.put(path, { ...profile, guides, ...change });
  }
  const orderNumbered = (number: string): Promise<Json> =>
    eventually(async () => {
      const [found] = (await harbor.get(`/api/v1/orders?number=${number}`)).body.items;
      return found && (await harbor.get(found.href)).body;
    }, `order ${number}`);
  /** The segments of the lines of the file in the mailbox that has a text. */
  const written = (text: string): Promise<string[]> =>
    eventually(
      async () => (await harbor.mailbox()).map(({ x12 }) => x12).find((x12) => x12.includes(text)),
      `a file with ${text}`,
    ).then(segmentsOf);
  const handedIn = async (document: object): Promise<Json> => {
    const { status, body } = await gateway.supplier.submit(document);
    expect([status, body]).toMatchObject([202, { status: "submitted" }]);
    return gateway.supplier.documentThat(body.id, ({ status: now }) => now === "accepted" || now === "held");
  };
  const covering = async (query: string, who = gateway.supplier): Promise<Json[]> =>
    (await who.get(`/api/v1/warranties?${query}`)).body.items;

  const order = { number: "7741093" };
  const item = (line: string, quantity: string, id: string, more: object = {}) => ({
    ...{ line, quantity, unit: "EA", productIds: [{ qualifier: "UP", id }], ...more },
  });
  const shipment = (number: string, items: readonly object[], more: object = {}) => ({
    ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number },
    ...{ purpose: { code: "00" }, date: "2025-03-24", time: "0930" },
    parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
    orders: [{ order, items }],
    ...more,
  });

  test("an order's lines get the terms in force at its date, and the 855 carries them", async () => {
    await harbor.sendAndWait(harborOrder());
    const { versions } = await orderNumbered("7741093");
    const [first, second, third] = versions[0].order.lines;
    expect(first.warranty).toEqual({
      ...{ terms: "KETTLES-24", coverage: "24 MONTHS PARTS AND LABOR", months: 24, begins: "shipment" },
      ...{ coverageCode: "W24", registration: "HRG-WR-17" },
      reason: `The terms "KETTLES-24" were in force on ${versions[0].order.date}: they name UP (U.P.C.) ${kettle}. They are more specific than "HOUSE-12".`,
    });
    expect(second.warranty).toMatchObject({ terms: "LIGHTS-36" });
    expect(third.warranty).toMatchObject({ terms: "HOUSE-12" });
    const segments = await written("BAK*00*AD*7741093");
    const at = segments.findIndex((segment) => segment.startsWith("PO1*1*"));
    const next = segments.findIndex((segment) => segment.startsWith("PO1*2*"));
    expect(segments.slice(at, next).filter((segment) => !/^(SDQ|PO1|ACK)/.test(segment))).toEqual(shown("855"));
  });

  test("new terms change nothing for what was ordered before: the 856 and the 810 carry the old ones", async () => {
    const terms = warranties.terms.map((one: Json) => ({ ...one, coverage: "6 MONTHS PARTS ONLY", months: 6 }));
    expect((await setRules({ warranties: { ...warranties, terms } })).status).toBe(200);
    const notice = shipment("SHP-7001", [
      item("1", "2", kettle, { serialNumbers: ["CRK17-000421", "CRK17-000422"] }),
      item("2", "12", lamp),
    ]);
    const sent = await handedIn(notice);
    expect(sent.status).toBe("accepted");
    expect(sent.document.orders[0].items[0].warranty).toMatchObject({
      ...{ coverage: "24 MONTHS PARTS AND LABOR", from: "2025-03-24", until: "2027-03-23" },
    });
    expect(sent.timeline.find(({ kind }: Json) => kind === "completed").message).toBe(
      "2 lines have the warranty of the order: KETTLES-24, LIGHTS-36.",
    );
    const x856 = await written("*SHP-7001*");
    const at = x856.findIndex((segment) => segment.startsWith("LIN*1*"));
    const rest = x856.slice(at + 2);
    expect(
      rest.slice(
        0,
        rest.findIndex((segment) => segment.startsWith("HL*")),
      ),
    ).toEqual(shown("856"));

    const bill = await handedIn({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number: "90501" },
      ...{ date: "2025-03-25", order, currency: "USD", currencyParty: "SE" },
      lines: [
        { ...item("1", "2", kettle), price: "21.75" },
        { ...item("2", "12", lamp, { references: [{ qualifier: "QS", value: "OURS" }] }), price: "34.50" },
      ],
    });
    expect(bill.status).toBe("accepted");
    const x810 = await written("BIG*20250325*90501*");
    const [first, second] = [1, 2].map((line) => x810.findIndex((segment) => segment.startsWith(`IT1*${line}*`)));
    expect(x810.slice((first as number) + 1, second)).toEqual(shown("810"));
    // The second line said its coverage itself.
    const others = x810.slice(
      (second as number) + 1,
      x810.findIndex((segment) => segment.startsWith("TDS")),
    );
    expect(others.filter((segment) => segment.startsWith("REF*QS"))).toEqual(["REF*QS*OURS"]);
  });

  test("what covers a shipped item is asked by its serial number, for good by the terms of its order", async () => {
    const [found, ...others] = await covering("serial=CRK17-000421&date=2027-03-23");
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      ...{ account: "harbor-retail", serial: "CRK17-000421", shippedOn: "2025-03-24" },
      ...{ from: "2025-03-24", until: "2027-03-23", isCovered: true },
      terms: { terms: "KETTLES-24", coverage: "24 MONTHS PARTS AND LABOR" },
      order: { number: "7741093", line: "1" },
      shipment: { type: "shipment", number: "SHP-7001" },
    });
    expect(await covering("serial=CRK17-000421&date=2027-03-24")).toMatchObject([{ isCovered: false }]);
    expect(await covering("order=7741093&line=2&date=2025-04-01")).toMatchObject([
      // Counted from the invoice, which came a day after the goods.
      { serial: null, from: "2025-03-25", until: "2028-03-24", isCovered: true, terms: { terms: "LIGHTS-36" } },
    ]);
    expect(await covering("order=7741093", harbor)).toHaveLength(3);
    expect(await covering("serial=CRK17-000421", gateway.as("summit-industrial"))).toEqual([]);
    expect(await covering("serial=CRK17-000421&account=summit-industrial", harbor)).toEqual([]);
    expect((await harbor.get("/api/v1/warranties?line=1")).status).toBe(400);
  });

  test("a corrected notice takes the place of what it corrects", async () => {
    const items = [item("1", "1", kettle, { serialNumbers: ["CRK17-000423"] })];
    const corrected = await handedIn(shipment("SHP-7001", items, { purpose: { code: "05" } }));
    expect(corrected.status).toBe("accepted");
    expect(await covering("serial=CRK17-000421")).toEqual([]);
    expect(await covering("order=7741093")).toMatchObject([{ serial: "CRK17-000423", until: "2027-03-23" }]);
  });

  test("the command line tells it", async () => {
    const portico = (args: string[]) =>
      runPortico(["warranties", ...args], { environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder } });
    const found = await portico(["--serial", "CRK17-000423", "--date", "2026-01-01"]);
    expect([found.code, found.stdout]).toEqual([0, expect.stringContaining("2025-03-24 to 2027-03-23  covered")]);
    const none = await portico(["--serial", "CRK17-999999"]);
    expect([none.code, none.stdout]).toEqual([1, "Nothing was shipped under that number.\n"]);
  });

  test("an order that came after the change has the new terms", async () => {
    await harbor.sendAndWait(anotherOrder(harborOrder(), 91_001, "7741999"));
    const { versions } = await orderNumbered("7741999");
    expect(versions[0].order.lines[0].warranty).toMatchObject({ coverage: "6 MONTHS PARTS ONLY", months: 6 });
  });

  test("rules that the account's version has no room for are refused, each with its place", async () => {
    const refused = async (change: object): Promise<Json[]> => {
      const { status, body } = await setRules({ warranties: { ...warranties, ...change } });
      expect(status).toBe(400);
      return body.errors;
    };
    const [noN9] = await refused({ carriedOn: { "856": ["N9"] } });
    expect(noN9).toMatchObject({
      path: "body.warranties.carriedOn.856[0]",
      message: "A line of an 856 in 004010 has no N9.",
    });
    const [tooLong] = await refused({
      terms: [{ id: "LONG", coverage: "X".repeat(81), months: 1, coverageCode: "L", registration: "R" }],
    });
    expect(tooLong.message).toBe("has 81 characters, and PID of an 855 in 004010 takes 80");
    const [noDate] = await refused({ carriedOn: { "855": ["DTM*512"] } });
    expect(noDate.message).toContain("which an 855 can't know");
  });

  test("the sample account has terms by class and place, and by product", async () => {
    await gateway.as("summit-industrial").sendAndWait(summitOrder());
    const [{ href }] = (await gateway.supplier.get("/api/v1/orders?account=summit-industrial")).body.items;
    const { lines } = (await gateway.supplier.get(href)).body.versions[0].order;
    expect(lines.map(({ warranty }: Json) => warranty?.reason ?? null)).toEqual([
      'The terms "BEARINGS-PLANT-4" were in force on 2025-03-11: they name the class "bearings", of which VP (vendor\'s part) CRS-6205-2RS is, and they name the place PLANT-4.',
      null,
      'The terms "GEARBOX-24" were in force on 2025-03-11: they name VP (vendor\'s part) CRS-GBX-40.',
      null,
    ]);
  });
});
