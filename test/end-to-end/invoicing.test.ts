import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { runPortico } from "../cli/run-portico.ts";
import { GatewayProcess } from "../support/processes.ts";
import { anotherOrder, harborOrder, segmentOf, segmentsOf } from "../support/samples.ts";
import { freePort } from "../support/servers.ts";
import {
  Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  readCredentials,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const page = readFileSync(new URL("../../docs/rules/invoicing.md", import.meta.url), "utf8");
const account = "/api/v1/accounts/harbor-retail";

/** Gives the account a rule of invoicing; what else it wants in ship notices and invoices is no matter here. */
async function setRule(supplier: Client, invoicing: object | undefined, more: object = {}): Promise<void> {
  const { profile } = (await supplier.get(account)).body;
  const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
  const { status, body } = await supplier.put(account, { ...profile, guides, ...more, invoicing });
  expect([status, body.errors]).toEqual([200, undefined]);
}

const upcs = ["612800401156", "612800401224", "612800401392", "612800401460", "612800401538"];
const item = (line: number, quantity: string, store?: string) => ({
  ...{ line: String(line), quantity, unit: line === 3 ? "DZ" : "EA" },
  productIds: [{ qualifier: "UP", id: upcs[line - 1] }],
  ...(store !== undefined && { parties: [{ role: "Z7", idQualifier: "92", id: store }] }),
});

/** A ship notice of items of orders. */
const notice = (number: string, orders: Record<string, Json[]>, more: object = {}) => ({
  ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number },
  ...{ purpose: { code: "00" }, date: "2025-03-24", time: "0930", billOfLading: `BOL-${number}` },
  parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
  orders: Object.entries(orders).map(([order, items]) => ({ order: { number: order }, items })),
  ...more,
});

async function ship(supplier: Client, document: object): Promise<Json> {
  const { status, body } = await supplier.submit(document);
  expect([status, body.errors]).toEqual([202, undefined]);
  const sent = await supplier.documentThat(body.id, (one) => one.status !== "submitted");
  expect([sent.status, sent.findings.filter(({ severity }: Json) => severity === "hold")]).toEqual(["accepted", []]);
  return sent;
}

/** The 810s that have left for the account, in the order of their numbers. */
async function billed(harbor: Client, count: number): Promise<string[][]> {
  const files = await eventually(async () => {
    const found = (await harbor.mailbox(0)).map(({ x12 }) => x12).filter((x12) => x12.includes("ST*810*"));
    return found.length >= count ? found : undefined;
  }, `${count} invoices`);
  expect(files).toHaveLength(count);
  return files
    .sort((one, other) => (String(segmentOf(one, "BIG")[2]) < String(segmentOf(other, "BIG")[2]) ? -1 : 1))
    .map(segmentsOf);
}

/** What of an 810 tells how it was split. */
const told = (segments: readonly string[]): string[] =>
  segments
    .filter((segment) => /^(BIG|REF\*(OI|DP|PO|SI|BM)|IT1|SAC|TDS)/.test(segment))
    .map((segment) => segment.replace(/^BIG\*\d{8}/, "BIG*day").replace(/\*UP\*.*/, ""));

describe.each(combinationsFor(import.meta.url))("separate invoicing, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
  });
  afterAll(async () => {
    vi.useRealTimers();
    await gateway?.close();
    await ground?.clear();
  });

  const documentNumbered = (number: string, status = "accepted"): Promise<Json> =>
    eventually(async () => {
      const { body } = await gateway.supplier.get(`/api/v1/documents?type=invoice&number=${number}&status=${status}`);
      return body.items[0] && (await gateway.supplier.get(`/api/v1/documents/${body.items[0].id}`)).body;
    }, `invoice ${number}, ${status}`);
  const orders = async (...numbers: [number, string][]) => {
    for (const [control, number] of numbers) await harbor.sendAndWait(anotherOrder(harborOrder(), control, number));
    for (const [, number] of numbers) {
      await eventually(
        async () => (await gateway.supplier.get(`/api/v1/orders?number=${number}`)).body.items[0],
        `order ${number}`,
      );
    }
  };

  const plan = async (query = ""): Promise<Json> => {
    const { status, body } = await gateway.supplier.get(`${account}/invoice-plan${query}`);
    expect([status, body.errors]).toEqual([200, undefined]);
    return body;
  };
  const portico = (command: string) =>
    runPortico(["invoices", command, "--account", "harbor-retail"], {
      environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
    });
  const rule = {
    ...{ from: "shipments", basis: "shipment", split: ["order"], freight: "own-invoice" },
    numbering: { prefix: "HR-", digits: 4, first: 101 },
  };

  test("each shipment is billed as it is accepted, its freight on an invoice of its own that names the other", async () => {
    await setRule(gateway.supplier, rule, { checks: { agreedCharges: ["D240"] } });
    await orders([7001, "PO-A"], [7002, "PO-B"]);
    const freight = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "85.00" };
    const first = notice("SHP-1", { "PO-A": [item(1, "100"), item(2, "20")], "PO-B": [item(5, "144")] });
    await ship(gateway.supplier, { ...first, allowancesAndCharges: [freight] });
    const invoices = await billed(harbor, 3);
    expect(invoices.map(told)).toEqual([
      [
        "BIG*day*HR-0101*20250310*PO-A",
        ...["REF*SI*SHP-1", "REF*BM*BOL-SHP-1", "REF*DP*014*HOUSEWARES"],
        ...["IT1*1*100*EA*21.75*PE", "IT1*2*20*EA*34.50*PE", "TDS*284702"],
        "SAC*A*F800***2000*******02***LAUNCH PROMOTION",
        "SAC*A*I530***4298*1*1.5*****02***VOLUME DISCOUNT",
        "SAC*C*D500***4500*******06***PALLET HANDLING",
      ],
      [
        "BIG*day*HR-0102*20250310*PO-A",
        ...["REF*OI*HR-0101", "REF*SI*SHP-1", "REF*BM*BOL-SHP-1", "TDS*8500", "SAC*C*D240***8500"],
      ],
      [
        "BIG*day*HR-0103*20250310*PO-B",
        ...["REF*SI*SHP-1", "REF*BM*BOL-SHP-1", "REF*DP*014*HOUSEWARES", "IT1*5*144*EA*9.95*PE", "TDS*145631"],
        "SAC*A*I530***2149*1*1.5*****02***VOLUME DISCOUNT",
        "SAC*C*D500***4500*******06***PALLET HANDLING",
      ],
    ]);
    const why = (await documentNumbered("HR-0102")).timeline.find(({ kind }: Json) => kind === "made");
    expect(why.message).toBe(
      "The rule puts freight on an invoice of their own, beside that of their goods. They are those of the goods of one invoice. It is checked once invoice HR-0101 is accepted.",
    );
    const books = (await gateway.supplier.get("/api/v1/orders?number=PO-A")).body.items[0];
    const { totals } = (await gateway.supplier.get(books.href)).body;
    expect([totals.shipped.quantity, totals.invoiced.quantity]).toEqual(["120", "120"]);
  });

  test("an invoice of the account that is handed in all the same is held, and the rule named", async () => {
    const { body } = await gateway.supplier.submit({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number: "ERP-1" },
      ...{ date: "2025-03-25", order: { number: "PO-A" }, currency: "USD" },
      lines: [{ ...item(1, "1"), price: "21.75" }],
    });
    const held = await gateway.supplier.documentThat(body.id, ({ status }) => status !== "submitted");
    const [finding] = held.findings.filter(({ code }: Json) => code === "invoice-made-by-gateway");
    expect([held.status, finding]).toMatchObject([
      "held",
      {
        path: "number",
        message: expect.stringContaining("(invoicing.from is shipments), and this one was handed in."),
      },
    ]);
  });

  test("one that is held and withdrawn opens what it billed, with what stood beside it, for the next plan", async () => {
    const charges = [
      { indicator: { code: "C" }, reason: { code: "G970" }, amount: "9.00" },
      { indicator: { code: "C" }, reason: { code: "D240" }, amount: "20.00" },
    ];
    await ship(gateway.supplier, {
      ...notice("SHP-2", { "PO-A": [item(1, "40")] }),
      allowancesAndCharges: charges,
    });
    const held = await documentNumbered("HR-0104", "held");
    expect(held.findings).toMatchObject([{ code: "charge-not-agreed" }]);
    await documentNumbered("HR-0105", "submitted");
    const withdraw = () =>
      gateway.supplier.post(`/api/v1/documents/${held.id}/withdraw`, { reason: "agreed on later" });
    expect([(await withdraw()).status, (await withdraw()).status]).toEqual([202, 409]);
    const freight = await documentNumbered("HR-0105", "withdrawn");
    expect(freight.timeline.at(-1).message).toContain("What it billed is open again, and comes with the next plan.");

    await setRule(gateway.supplier, rule, { checks: { agreedCharges: ["D240", "G970"] } });
    const [waiting] = (await plan()).periods;
    expect(waiting).toMatchObject({ basis: "waiting", endsAt: null, lines: 3, invoiceCount: 2 });
    expect(waiting.invoices.map(({ number, about }: Json) => [number, about])).toEqual([
      ["HR-0106", null],
      ["HR-0107", "HR-0106"],
    ]);
    const retry = () => portico("retry");
    expect((await retry()).stdout).toBe(
      "harbor-retail: 1 period billed again; the invoices are in the feed of documents.\n",
    );
    await billed(harbor, 5);
    expect(await retry()).toMatchObject({ code: 1, stderr: expect.stringContaining("Nothing waits to be billed") });
    await ship(gateway.supplier, notice("SHP-2B", { "PO-A": [item(1, "60")] }));
    expect((await billed(harbor, 6)).slice(3).map(told)).toEqual([
      [
        ...["BIG*day*HR-0106*20250310*PO-A", "REF*SI*SHP-2", "REF*BM*BOL-SHP-2", "REF*DP*014*HOUSEWARES"],
        ...["IT1*1*40*EA*21.75*PE", "TDS*86595"],
        "SAC*A*I530***1305*1*1.5*****02***VOLUME DISCOUNT",
        "SAC*C*G970***900",
      ],
      [
        ...["BIG*day*HR-0107*20250310*PO-A", "REF*OI*HR-0106", "REF*SI*SHP-2", "REF*BM*BOL-SHP-2"],
        ...["TDS*2000", "SAC*C*D240***2000"],
      ],
      [
        ...["BIG*day*HR-0108*20250310*PO-A", "REF*SI*SHP-2B", "REF*BM*BOL-SHP-2B", "REF*DP*014*HOUSEWARES"],
        ...["IT1*1*60*EA*21.75*PE", "TDS*128542"],
        "SAC*A*I530***1958*1*1.5*****02***VOLUME DISCOUNT",
      ],
    ]);
  });

  test("a week is billed at its cut-off, by department and by whatever the order says, with its orders on the lines", async () => {
    const today = new Date();
    const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    await setRule(
      gateway.supplier,
      {
        ...{ from: "shipments", basis: "period", period: { every: "week", on: weekdays[(today.getDay() + 3) % 7] } },
        split: ["store", { selector: 'REF02:REF01["PD"]', called: "promotion" }],
        ...{ charges: "none", allowances: "none", terms: { type: { code: "02" }, netDays: "45" } },
        numbering: { prefix: "HW", digits: 5 },
      },
      { calendar: { workingDays: weekdays } },
    );
    await orders([7003, "PO-C"], [7004, "PO-D"]);
    await harbor.sendAndWait(anotherOrder(harborOrder(), 7005, "PO-E").replace("REF*PD*SPRING25", "REF*PD*FALL25"));
    await ship(
      gateway.supplier,
      notice("SHP-3", { "PO-C": [item(1, "10"), item(3, "10", "0102"), item(3, "15", "0117")] }),
    );
    await ship(
      gateway.supplier,
      notice("SHP-4", { "PO-D": [item(1, "20"), item(3, "5", "0102")], "PO-E": [item(1, "7")] }),
    );
    expect(await gateway.supplier.documents("invoice", "&status=submitted")).toEqual([]);
    const before = 6;
    await billed(harbor, before);
    const ahead = await plan("?documents=true");
    expect(ahead.next).toEqual([{ division: null, location: null, cutOff: ahead.periods[0].endsAt }]);
    expect(ahead.periods).toMatchObject([{ basis: "week", lines: 6, invoiceCount: 4, notBilledCount: 0 }]);
    const shown = (await portico("plan")).stdout;
    const [, example = ""] = /invoices plan --account harbor-retail\n([\s\S]*?)```/.exec(page) ?? [];
    const undated = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\dZ/g, "(instant)");
    expect(undated(shown)).toBe(undated(example));

    vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true, now: Date.now() });
    vi.setSystemTime(Date.now() + 5 * 86_400_000);
    const invoices = (await billed(harbor, before + 4)).map(told).slice(before);
    const heading = (number: string) => [`BIG*day*${number}*****CI`, "REF*DP*014*HOUSEWARES"];
    const line = (it1: string, order: string, shipment: string) => [it1, `REF*PO*${order}`, `REF*SI*${shipment}`];
    expect(invoices).toEqual([
      [
        ...heading("HW00001"),
        ...line("IT1*1*10*EA*21.75*PE", "PO-C", "SHP-3"),
        ...line("IT1*1*20*EA*21.75*PE", "PO-D", "SHP-4"),
        "TDS*65250",
      ],
      [
        ...heading("HW00002"),
        ...line("IT1*3*10*DZ*41.40*CT", "PO-C", "SHP-3"),
        ...line("IT1*3*5*DZ*41.40*CT", "PO-D", "SHP-4"),
        "TDS*62100",
      ],
      [
        ...["BIG*day*HW00003*****CI", "REF*SI*SHP-3", "REF*BM*BOL-SHP-3", "REF*DP*014*HOUSEWARES"],
        ...["IT1*3*15*DZ*41.40*CT", "REF*PO*PO-C", "TDS*62100"],
      ],
      [
        ...["BIG*day*HW00004*****CI", "REF*SI*SHP-4", "REF*BM*BOL-SHP-4", "REF*DP*014*HOUSEWARES"],
        ...["IT1*1*7*EA*21.75*PE", "REF*PO*PO-E", "TDS*15225"],
      ],
    ]);
    // What was shown is what was sent.
    for (const { number, document, separate, together } of ahead.periods[0].invoices) {
      const sent = await documentNumbered(number);
      expect(sent.document).toEqual(document);
      expect(sent.timeline.find(({ kind }: Json) => kind === "made").message).toBe(`${separate} ${together}`);
    }
    vi.useRealTimers();
    expect((await plan()).periods).toEqual([]);
  });
});

describe.each(combinationsFor(import.meta.url))(
  "separate invoicing with the gateway killed, on $name",
  (combination) => {
    let ground: Ground;
    let gateway: GatewayProcess | undefined;

    beforeAll(async () => {
      ground = await freshGround(combination);
    });
    afterAll(async () => {
      await gateway?.end("SIGKILL");
      await ground?.clear();
    });

    test("each shipment is billed once, and no number is used twice or left out", { timeout: 300_000 }, async () => {
      const port = String(await freePort());
      const start = async () => {
        gateway = new GatewayProcess(["start"], { ...ground.environment, PORT: port, LOG_LEVEL: "warn" });
        await gateway.prints(/http:\/\/localhost:\d+/);
      };
      await start();
      const url = `http://localhost:${port}`;
      const tokens = readCredentials(ground.folder);
      const supplier = new Client(url, tokens.supplier);
      const harbor = new Client(url, tokens.accounts["harbor-retail"] as string);
      await setRule(supplier, {
        ...{ from: "shipments", split: ["order"], charges: "none", allowances: "none" },
        numbering: { prefix: "K-", digits: 3 },
      });
      await harbor.sendAndWait(anotherOrder(harborOrder(), 8001, "PO-K"));
      await eventually(async () => (await supplier.get("/api/v1/orders?number=PO-K")).body.items[0], "the order");
      const count = 16;
      for (let index = 1; index <= count; index++) {
        const { status } = await supplier.submit(notice(`KS-${index}`, { "PO-K": [item(1, "10")] }));
        expect(status).toBe(202);
      }
      await eventually(
        async () => ((await supplier.documents("invoice")).length >= 4 ? true : undefined),
        "some invoices",
      );
      await gateway?.end("SIGKILL");
      await start();
      const invoices = await eventually(
        async () => {
          const found = (await harbor.mailbox(0)).map(({ x12 }) => x12).filter((x12) => x12.includes("ST*810*"));
          return found.length >= count ? found : undefined;
        },
        `${count} invoices`,
        240_000,
      );
      const numbers = invoices.map((x12) => segmentOf(x12, "BIG")[2]).sort();
      expect(numbers).toEqual(Array.from({ length: count }, (_, index) => `K-${String(index + 1).padStart(3, "0")}`));
      const shipments = invoices.map((x12) => segmentsOf(x12).find((segment) => segment.startsWith("REF*SI*")));
      expect(new Set(shipments).size).toBe(count);
    });
  },
);
