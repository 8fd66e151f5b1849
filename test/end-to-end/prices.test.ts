import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harborPricing, priceCsv } from "../accounts/prices/pricing.ts";
import { runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder, segmentsOf } from "../support/samples.ts";
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

const path = "/api/v1/accounts/harbor-retail/prices";
const kettle = "612800401156";
const page = readFileSync(new URL("../../docs/rules/prices.md", import.meta.url), "utf8");

/** A change of the sample order with these lines. */
function change(control: number, ...lines: string[]): string {
  const segments = [
    "ST*860*0001",
    `BCH*04*SA*7741093**${control}*20250310*****20250313***AC`,
    "CUR*BY*USD",
    "REF*DP*014*HOUSEWARES",
    "N1*ST*HARBOR RETAIL DC 0318*92*0318",
    ...lines,
    `CTT*${lines.length}`,
  ];
  const number = String(control).padStart(9, "0");
  return [
    `ISA*00*          *00*          *12*3125550142     *ZZ*CEDARRIVER     *250313*0710*U*00401*${number}*0*P*>`,
    `GS*PC*HARBORPO*CEDARRIVER*20250313*0710*${control}*X*004010`,
    ...segments,
    `SE*${segments.length + 1}*0001`,
    `GE*1*${control}`,
    `IEA*1*${number}`,
    "",
  ].join("~\n");
}

describe.each(combinationsFor(import.meta.url))("prices by volume, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
    await setRules(harborPricing);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  async function setRules(pricing: object): Promise<void> {
    const { profile } = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body;
    const orderChanges = { ...profile.orderChanges, send: true };
    // What else the account wants in ship notices and invoices is no matter here.
    const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
    const { status } = await gateway.supplier.put("/api/v1/accounts/harbor-retail", {
      ...profile,
      orderChanges,
      guides,
      pricing,
    });
    expect(status).toBe(200);
  }
  const importCsv = (text: string, mode = "merge", who = gateway.supplier) =>
    who.request("POST", `${path}?mode=${mode}`, { body: text, headers: { "content-type": "text/csv" } });
  const documentOf = (type: string, is: (document: Json) => boolean): Promise<Json> =>
    eventually(async () => {
      const found = (await gateway.supplier.documents(type)).find(is);
      return found && (await gateway.supplier.get(`/api/v1/documents/${found.id}`)).body;
    }, type);
  const orderNumbered = (number: string) => documentOf("order", (one) => one.number === number);
  const answerWith = (text: string): Promise<string[]> =>
    eventually(
      async () => (await harbor.mailbox()).map(({ x12 }) => x12).find((x12) => x12.includes(text)),
      `a file with ${text}`,
    ).then(segmentsOf);
  const explain = async (query: string) => (await gateway.supplier.get(`${path}/explain?${query}`)).body;

  test("are imported as CSV, whole or not at all, and come back as they were", async () => {
    expect((await importCsv(priceCsv)).body).toEqual({ account: "harbor-retail", imported: 4, removed: 0, total: 4 });
    const wrong = await importCsv(`${priceCsv}HRG-9,1,,EA,,2025-01-01,,,,1\nHRG-2024-118,1,,EA,,2025-01-01,,,7,1\n`);
    expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ path: "line 9" }, { path: "line 10" }]]);
    expect((await importCsv(priceCsv, "replace")).body).toMatchObject({ removed: 4, total: 4 });
    const file = await gateway.supplier.request("GET", path, { headers: { accept: "text/csv" } });
    expect(file.body).toBe(priceCsv);

    const first = (await gateway.supplier.get(`${path}?limit=3`)).body;
    const second = (await gateway.supplier.get(`${path}?limit=3&after=${first.next}`)).body;
    expect([...first.items, ...second.items].map(({ item }: Json) => item)).toEqual([
      ...["612800401460", kettle, "612800401224", "612800401392"],
    ]);
    expect(second.next).toBeNull();
    expect((await gateway.supplier.get(`${path}?after=bm90aGluZw`)).status).toBe(400);
  });

  test("are the supplier's alone, and of accounts that have agreed on some", async () => {
    for (const url of [path, `${path}/explain?item=1`, `${path}/rebates`])
      expect((await harbor.get(url)).status).toBe(403);
    expect((await importCsv(priceCsv, "merge", harbor)).status).toBe(403);
    const other = "/api/v1/accounts/summit-industrial/prices";
    expect((await gateway.supplier.get(`${other}/explain?item=1`)).body.code).toBe("prices.no-rules");
    expect((await gateway.supplier.get(`${other}/rebates`)).status).toBe(409);
    expect((await gateway.supplier.get(other)).body.items).toEqual([]);
    expect((await gateway.supplier.post(path, [])).status).toBe(415);
  });

  test("each price of an order is checked, and its 855 says line by line what the rules name for it", async () => {
    await harbor.sendAndWait(harborOrder());
    const order = await orderNumbered("7741093");
    expect(order.document.lines.map(({ priceCheck }: Json) => [priceCheck.outcome, priceCheck.answer])).toEqual([
      ["within", "IA"],
      ["lower", "IP"],
      ["higher", "IE"],
      ["expired", "IH"],
      ["no-contract", "R1"],
    ]);
    expect(order.document.lines[0].priceCheck.agreed).toMatchObject({ by: "quantity", from: "100", counted: "240" });
    const told = order.timeline.find(({ kind }: Json) => kind === "prices");
    expect(told.message).toContain(
      "4 of 5 prices are not as agreed. Line 2 (IP): 34.50 (PE) was ordered and our price is lower",
    );

    const answer = await answerWith("BAK*00*AC*7741093");
    expect(answer.filter((segment) => /^(PO1|ACK|MSG|PER)/.test(segment))).toEqual([
      "PER*OC*ANNA LINDQVIST*TE*5635550134*EM*harbor-team@cedar-river.example",
      "PER*PF*MILA KOSKINEN*TE*5635550161",
      expect.stringMatching(/^PO1\*1\*240\*EA\*21\.75\*/),
      "ACK*IA*240*EA",
      expect.stringMatching(/^PO1\*2\*120\*EA\*33\.90\*PE\*/),
      "ACK*IP*120*EA",
      expect.stringMatching(/^MSG\*34\.50 \(PE\) was ordered and our price is lower: 33\.90/),
      expect.stringMatching(/^PO1\*3\*50\*DZ\*41\.40\*/),
      "ACK*IE*50*DZ",
      expect.stringMatching(/^MSG\*41\.40 \(CT\) was ordered and our price is higher: 42\.60/),
      expect.stringMatching(/^PO1\*4\*/),
      "ACK*IH*96*EA",
      expect.stringMatching(/^MSG\*The price of .* in contract HRG-2023-002 ended on 2024-12-31/),
      expect.stringMatching(/^PO1\*5\*/),
      "ACK*R1*144*EA",
      expect.stringMatching(/^MSG\*No contract of the account gives a price for/),
    ]);
    const { items } = (await gateway.supplier.get("/api/v1/work-items?account=harbor-retail&open=true")).body;
    const [open] = items.filter(({ kind }: Json) => kind === "price-differs");
    expect(open.message).toContain("Order 7741093 waits for an agreement on 2 prices. Line 3 (IE): ");
  });

  test("a change that reaches another step is answered with that step's price", async () => {
    await harbor.sendAndWait(change(9001, `POC*1*QI*600*600*EA*21.75*PE*UP*${kettle}`));
    const answer = await answerWith("BCA*00*AC*7741093");
    expect(answer.filter((segment) => /^(POC|ACK|MSG|PER)/.test(segment))).toEqual([
      "PER*PF*MILA KOSKINEN*TE*5635550161",
      expect.stringMatching(/^POC\*1\*QI\*600\*600\*EA\*20\.90\*PE\*/),
      "ACK*IP*600*EA",
      expect.stringMatching(/^MSG\*21\.75 \(PE\) was ordered and our price is lower: 20\.90/),
    ]);
    const document = await documentOf("order-change", () => true);
    expect(document.document.lines[0].priceCheck.agreed).toMatchObject({ from: "500", counted: "600" });
    const [{ id }] = (await gateway.supplier.get("/api/v1/orders?number=7741093")).body.items;
    const { versions } = (await gateway.supplier.get(`/api/v1/orders/${id}`)).body;
    expect(versions.at(-1).order.lines[0].priceCheck.agreed.price).toBe("20.90");
  });

  test("a change that adds what no contract has waits for a person", async () => {
    await harbor.sendAndWait(change(9002, "POC*9*AI*5*5*EA*1.00*PE*UP*612800409999"));
    const document = await documentOf("order-change", ({ document }) => document.changeSequence === "9002");
    expect(document.document.lines[0].priceCheck).toMatchObject({ outcome: "no-contract", answer: "hold" });
    const told = document.timeline.find(({ kind }: Json) => kind === "order-change-response");
    expect(told.message).toContain("A person answers because of a price: No contract of the account gives a price for");
  });

  test("the volume of the ledger reaches the next step, and is explained", async () => {
    const query = `item=${kettle}&quantity=240&date=2025-03-10`;
    expect(await explain(query)).toMatchObject({
      outcome: "agreed",
      agreed: { price: "21.75", contract: "HRG-2024-118" },
      volume: { counts: "ordered", from: "2025-01-01", to: "2025-12-31", toDate: "600", credited: null },
      ladder: [{ reached: false }, { reached: true }, { reached: false }, { by: "volume", reached: false }],
      next: [
        { by: "quantity", from: "500", missing: "260" },
        { by: "volume", from: "1000", missing: "400" },
      ],
    });
    await harbor.sendAndWait(anotherOrder(harborOrder(), 9003, "7741301").replace("PO1*1*240*", "PO1*1*400*"));
    const before = (await orderNumbered("7741301")).document.lines[0].priceCheck;
    expect(before.agreed).toMatchObject({ price: "21.75", by: "quantity" });
    await harbor.sendAndWait(anotherOrder(harborOrder(), 9004, "7741302"));
    const after = (await orderNumbered("7741302")).document.lines[0].priceCheck;
    expect(after).toMatchObject({ outcome: "lower", agreed: { price: "20.25", by: "volume", counted: "1000" } });

    expect((await explain(`${query}&usage=test`)).volume.toDate).toBe("0");
    expect((await explain(`item=${kettle}&date=2024-01-01`)).outcome).toBe("no-contract");
    expect((await explain("item=612800401460&date=2025-03-10")).outcome).toBe("expired");
    expect((await gateway.supplier.get(`${path}/explain?item=1&quantity=-1`)).status).toBe(400);
  });

  test("an invoice is held to the agreed price, and what is invoiced earns the rebate", async () => {
    const order = { number: "7741093", release: undefined };
    const item = (line: string, quantity: string, id: string) => ({
      ...{ line, quantity, unit: "EA", productIds: [{ qualifier: "UP", id }] },
    });
    const shipped = await gateway.supplier.submit({
      ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number: "SHP-7001" },
      ...{ purpose: { code: "00" }, date: "2025-03-24", time: "0930" },
      parties: [{ role: "ST", name: "HARBOR RETAIL DC 0318", idQualifier: "92", id: "0318" }],
      orders: [{ order, items: [item("1", "600", kettle), item("2", "120", "612800401224")] }],
    });
    expect([shipped.status, shipped.body]).toMatchObject([202, { status: "submitted" }]);
    const sent = await gateway.supplier.documentThat(shipped.body.id, ({ status }) => status !== "submitted");
    expect([sent.status, sent.findings]).toEqual(["accepted", []]);
    const invoice = (prices: readonly string[]) => ({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number: "90501" },
      ...{ date: "2025-03-25", order, currency: "USD", currencyParty: "SE" },
      lines: [
        { ...item("1", "600", kettle), price: prices[0] },
        { ...item("2", "120", "612800401224"), price: prices[1] },
      ],
    });
    const ofPrice = ({ code }: Json) => code.startsWith("price-");
    const { body: dry } = await gateway.supplier.submit(invoice(["21.75", "33.00"]), {}, "?dryRun=true");
    expect(dry.problems.filter(ofPrice)).toMatchObject([
      {
        ...{ code: "price-above-agreed", severity: "hold", path: "lines[0].price", mend: "Bill 20.90." },
        message: "21.75 is billed on line 1 of order 7741093, and 20.90 is agreed in contract HRG-2024-118.",
      },
      { code: "price-below-agreed", severity: "warning", path: "lines[1].price" },
    ]);
    const { body } = await gateway.supplier.submit(invoice(["20.90", "33.90"]));
    const kept = await gateway.supplier.documentThat(
      body.id,
      ({ status }) => status === "accepted" || status === "held",
    );
    expect([kept.status, kept.findings.filter(ofPrice)]).toEqual(["accepted", []]);

    // 600 × 20.90 + 120 × 33.90
    expect((await gateway.supplier.get(`${path}/rebates?date=2025-12-31`)).body).toEqual({
      ...{ account: "harbor-retail", date: "2025-12-31" },
      items: [
        {
          ...{ contract: "HRG-2024-118", currency: "USD", division: null, from: "2025-01-01", to: "2025-12-31" },
          ...{ invoiced: "16608.00", percent: "1.5", accrued: "249.12" },
          booked: { accrued: "249.12", settled: expect.stringMatching(/^(0.00|249.12)$/) },
          next: { from: "50000", percent: "3", missing: "33392" },
        },
      ],
    });
    expect((await gateway.supplier.get(`${path}/rebates?date=2025-03-24`)).body.items[0].accrued).toBe("0.00");
  });

  test("where the rule says hold, no 855 leaves by itself", async () => {
    await setRules({ ...harborPricing, answers: { noContract: "hold" } });
    await harbor.sendAndWait(anotherOrder(harborOrder(), 9005, "7741303"));
    const order = await orderNumbered("7741303");
    const told = order.timeline.find(({ kind }: Json) => kind === "order-response");
    expect(told.message).toMatch(/^A person answers because of a price: No contract of the account gives a price for/);
    const answers = await gateway.supplier.documents("order-response");
    expect(answers.filter(({ number }) => number === "7741303")).toEqual([]);
  });

  test("the command line imports, exports and explains them", async () => {
    const portico = (args: string[], stdin = "") =>
      runPortico(["prices", ...args, "--account", "harbor-retail"], {
        stdin,
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const imported = await portico(["import", "-", "--replace"], priceCsv);
    expect([imported.code, imported.stdout]).toEqual([
      0,
      "harbor-retail: 4 ladders imported, 4 taken away before; it has 4 now\n",
    ]);
    expect((await portico(["export"])).stdout).toBe(priceCsv);
    const wrong = await portico(["import", "-"], priceCsv.replace("22.50", "2"));
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("line 3")]);
    const why = await portico(["explain", "--item", kettle, "--quantity", "120", "--date", "2025-03-10"]);
    expect(page).toContain(`--quantity 120 --date 2025-03-10\n${why.stdout}\`\`\``);
    const rebates = await portico(["rebates", "--date", "2025-12-31"]);
    expect(rebates.stdout).toContain("16608.00 USD  1.5 %   249.12 USD  3 % from 50000 on, 33392 missing");
  });
});
