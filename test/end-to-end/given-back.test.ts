import { readFileSync } from "node:fs";
import { Big } from "big.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const page = readFileSync(new URL("../../docs/rules/prices.md", import.meta.url), "utf8");
const path = "/api/v1/accounts/harbor-retail/prices";
const kettle = "612800401156";
const lamp = "612800401224";
const mixer = "612800401392";
const knife = "612800401460";

const steps = { volume: { period: "year", retroactive: true } };
const contract = (number: string, more: object) => ({ number, validFrom: "2024-01-01", currency: "USD", ...more });
const pricing = {
  contracts: [
    contract("STEPS", steps),
    contract("BY-DIVISION", { volume: { ...steps.volume, whose: "division" } }),
    contract("MEMO", {
      rebate: { period: "month", settle: "credit-memo", steps: [rebateStep("1000", "2"), rebateStep("5000", "3")] },
    }),
    contract("TOLD", { rebate: { period: "quarter", steps: [rebateStep("100", "1")] } }),
  ],
};
function rebateStep(from: string, percent: string) {
  return { from, percent };
}
const prices = `contract,item,qualifier,unit,price_basis,valid_from,by,from,price
STEPS,${kettle},UP,EA,PE,2024-01-01,volume,0,10.00
STEPS,${kettle},UP,EA,PE,2024-01-01,volume,300,9.00
STEPS,${kettle},UP,EA,PE,2024-01-01,volume,500,8.55
BY-DIVISION,${knife},UP,EA,PE,2024-01-01,volume,0,4.00
BY-DIVISION,${knife},UP,EA,PE,2024-01-01,volume,150,3.333
MEMO,${lamp},UP,EA,PE,2024-01-01,quantity,0,30.00
TOLD,${mixer},UP,DZ,PE,2024-01-01,quantity,0,42.00
`;

describe.each(combinationsFor(import.meta.url))(
  "what an account gets back by its contracts, on $name",
  (combination) => {
    let ground: Ground;
    let gateway: TestGateway;
    let harbor: Client;
    let guides: Json[] | undefined;
    let control = 7000;

    beforeAll(async () => {
      ground = await freshGround(combination);
      gateway = await startTestGateway(ground);
      harbor = gateway.as("harbor-retail");
      await setRules(pricing);
      const imported = await gateway.supplier.request("POST", path, {
        body: prices,
        headers: { "content-type": "text/csv" },
      });
      expect(imported.body.imported).toBe(4);
    });
    afterAll(async () => {
      await gateway?.close();
      await ground?.clear();
    });

    /** @param guided the sets whose guides of the sample hold */
    async function setRules(pricing: object, guided = ["850", "855"]): Promise<void> {
      const { profile } = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body;
      guides ??= profile.guides;
      const { status } = await gateway.supplier.put("/api/v1/accounts/harbor-retail", {
        ...profile,
        pricing,
        // What was shipped is no matter here.
        checks: { actions: { "nothing-shipped": "ignore", "quantity-over-shipped": "ignore" } },
        guides: guides?.filter(({ set }: Json) => guided.includes(set)),
      });
      expect(status).toBe(200);
    }

    /** An order of the sample's lines for one department, at the prices of the tests. */
    async function order(number: string, department = "014"): Promise<void> {
      control += 1;
      const x12 = anotherOrder(harborOrder(), control, number)
        .replace("REF*DP*014", `REF*DP*${department}`)
        .replace(/PO1\*1\*240\*EA\*[^*]*/, "PO1*1*1000*EA*10.00")
        .replace("PO1*3*50*DZ*41.40*CT", "PO1*3*50*DZ*42.00*PE")
        .replace(/PO1\*4\*96\*EA\*[^*]*/, "PO1*4*1000*EA*4.00");
      await harbor.sendAndWait(x12);
    }
    const lines: Readonly<Record<string, { line: string; unit: string; price: string }>> = {
      [kettle]: { line: "1", unit: "EA", price: "10.00" },
      [lamp]: { line: "2", unit: "EA", price: "30.00" },
      [mixer]: { line: "3", unit: "DZ", price: "42.00" },
      [knife]: { line: "4", unit: "EA", price: "4.00" },
    };
    const invoice = (number: string, of: string, item: string, quantity: string, more: object = {}) => ({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number, date: "2025-03-25" },
      ...{ order: { number: of }, currency: "USD", currencyParty: "SE" },
      lines: [{ ...lines[item], quantity, priceBasis: { code: "PE" }, productIds: [{ qualifier: "UP", id: item }] }],
      ...more,
    });
    async function post(document: object): Promise<Json> {
      const { status, body } = await gateway.supplier.submit(document);
      expect([status, body]).toMatchObject([202, {}]);
      const kept = await gateway.supplier.documentThat(
        body.id,
        (one) => one.status === "accepted" || one.status === "held",
      );
      expect([kept.status, kept.findings.filter(({ severity }: Json) => severity === "hold")]).toEqual([
        "accepted",
        [],
      ]);
      return kept;
    }
    const credits = async (query = ""): Promise<Json[]> =>
      (await gateway.supplier.get(`${path}/credits${query}`)).body.items.toReversed();
    const explain = async (query: string) => (await gateway.supplier.get(`${path}/explain?${query}`)).body;
    const memoOf = (id: string) => gateway.supplier.documentThat(id, ({ status }) => status !== "submitted");
    const sum = (all: readonly Json[]) => all.reduce((total, { amount }) => total.plus(amount), new Big(0)).toFixed(2);

    test("a step that is reached gives back the difference on what was invoiced before it", async () => {
      await order("P-1");
      await order("P-2");
      await post(invoice("A-1", "P-1", kettle, "200"));
      expect(await credits("?contract=STEPS")).toEqual([]);
      const cause = await post(invoice("A-2", "P-1", kettle, "100"));
      const [credit, ...others] = await credits("?contract=STEPS");
      expect(others).toEqual([]);
      expect(credit).toMatchObject({
        ...{ contract: "STEPS", division: null, from: "2025-01-01", to: "2025-12-31", steps: ["300"] },
        ...{ amount: "300.00", currency: "USD", invoices: ["A-1", "A-2"], cause: { number: "A-2", id: cause.id } },
      });
      const memo = await memoOf(credit.memo.id);
      expect([memo.status, memo.document.kind.code, memo.document.lines.map(lineSaid)]).toEqual([
        "accepted",
        "CG",
        [
          ["A-1", "P-1", "200", "1.00"],
          ["A-2", "P-1", "100", "1.00"],
        ],
      ]);
      const told = cause.timeline.find(({ kind }: Json) => kind === "price-step-reached");
      expect(told.message).toBe(
        `Made because invoice A-2 reached a step of contract STEPS: 300.00 USD are due on what was invoiced from 2025-01-01 on. Credit memo ${credit.memo.number} gives them back.`,
      );
      const sent = await mailed(`*${credit.memo.number}*****CG`);
      const said = sent.filter((segment) => /^(BIG|REF|IT1|PID|TDS)/.test(segment));
      expect(said.map((one) => one.replace(/^BIG\*\d+/, "BIG*20250325"))).toEqual([
        `BIG*20250325*${credit.memo.number}*****CG`,
        "REF*CT*STEPS",
        `IT1*1*200*EA*1.00**UP*${kettle}*IN*90114471*VN*CR-KET-17`,
        "PID*F****From 300 on 9.00 instead of 10.00",
        "REF*PO*P-1",
        "REF*OI*A-1",
        `IT1*1*100*EA*1.00**UP*${kettle}*IN*90114471*VN*CR-KET-17`,
        "PID*F****From 300 on 9.00 instead of 10.00",
        "REF*PO*P-1",
        "REF*OI*A-2",
        "TDS*30000",
      ]);
      for (const segment of said.slice(1)) expect(page).toContain(segment);
    });

    test("so does what is billed later at a price from before, and the next step, each once and to the cent", async () => {
      await post(invoice("A-3", "P-1", kettle, "150"));
      await post(invoice("A-4", "P-1", kettle, "90"));
      const all = await credits("?contract=STEPS");
      expect(all.map(({ steps, amount, invoices }) => [steps, amount, invoices])).toEqual([
        [["300"], "300.00", ["A-1", "A-2"]],
        [["300"], "150.00", ["A-3"]],
        [["500"], "333.00", ["A-1", "A-2", "A-3", "A-4"]],
      ]);
      const about = await memoOf(all[1].memo.id);
      expect(about.document).toMatchObject({ kind: { code: "CR" }, billingReference: "A-3" });
      // 540 at 10.00, less the same at 8.55.
      expect(sum(all)).toBe("783.00");
      expect(await explain(`item=${kettle}&date=2025-03-25`)).toMatchObject({
        volume: { toDate: "540", retroactive: true, credited: "783.00" },
        agreed: { price: "8.55" },
      });
    });

    test("it moves money and no goods, and no bill is credited beyond what is left of it", async () => {
      const [{ id }] = (await gateway.supplier.get("/api/v1/orders?number=P-1")).body.items;
      const { lines: standing } = (await gateway.supplier.get(`/api/v1/orders/${id}`)).body;
      const { invoiced } = standing.find(({ line }: Json) => line === "1").figures;
      await eventually(async () => {
        const { lines: now } = (await gateway.supplier.get(`/api/v1/orders/${id}`)).body;
        return now.find(({ line }: Json) => line === "1").figures.invoiced.amount === "4617.00";
      }, "540 at 8.55");
      expect(invoiced.quantity).toBe("540");
      const back = invoice("A-5", "P-1", kettle, "200", { kind: { code: "CR" }, billingReference: "A-1" });
      const { problems } = (await gateway.supplier.submit(back, {}, "?dryRun=true")).body;
      expect(problems.find(({ code }: Json) => code === "credit-over-invoice").message).toBe(
        "It credits 2000.00, and 1710.00 of invoice A-1 are not credited yet.",
      );
      const [claim] = (await gateway.supplier.get("/api/v1/invoices?number=A-1")).body.items;
      const { memos } = (await gateway.supplier.get(`/api/v1/invoices/${claim.id}`)).body;
      expect(memos).toHaveLength(2);
    });

    test("invoices at once are credited as if they had come one after the other", async () => {
      const before = sum(await credits("?contract=STEPS"));
      const numbers = [11, 12, 13, 14, 15, 16];
      await Promise.all(numbers.map((one) => post(invoice(`A-${one}`, "P-2", kettle, String(one)))));
      const all = await credits("?contract=STEPS");
      // 81 pieces at 1.45.
      expect(new Big(sum(all)).minus(before).toFixed(2)).toBe("117.45");
    });

    test("a contract that counts by division heeds each by itself", async () => {
      await order("P-3");
      await order("P-4", "042");
      await post(invoice("D-1", "P-3", knife, "100"));
      await post(invoice("D-2", "P-4", knife, "100"));
      expect(await credits("?contract=BY-DIVISION")).toEqual([]);
      const toDate = async (division: string) =>
        (await explain(`item=${knife}&date=2025-03-25${division}`)).volume.toDate;
      expect([await toDate(""), await toDate("&division=garden"), await toDate("&division=outlet")]).toEqual([
        ...["100", "100", "0"],
      ]);
      await post(invoice("D-3", "P-4", knife, "50"));
      const [credit] = await credits("?contract=BY-DIVISION");
      // Each line is rounded by itself: 100 at 4.00 less 333.30, and 50 at 4.00 less 166.65.
      expect(credit).toMatchObject({ division: "garden", amount: "100.05", invoices: ["D-2", "D-3"] });
      const there = await explain(`item=${knife}&date=2025-03-25&division=garden&location=dc-0611`);
      expect(there).toMatchObject({
        ...{ division: "garden", location: "dc-0611", agreed: { price: "3.333" } },
        volume: { whose: "division", toDate: "150", credited: "100.05" },
      });
      const wrong = await gateway.supplier.get(`${path}/explain?item=${knife}&division=toys`);
      expect([wrong.status, wrong.body.errors[0].message]).toEqual([400, expect.stringContaining("garden, outlet")]);
      expect((await gateway.supplier.get(`${path}/explain?item=${knife}&location=dc-0611`)).status).toBe(400);
    });

    test("a rebate is booked with each invoice and taken back with its credit; when its period is over, a memo gives it", async () => {
      const rebate = async () => {
        const { items } = (await gateway.supplier.get(`${path}/rebates?date=2025-03-31`)).body;
        return items.find((one: Json) => one.contract === "MEMO");
      };
      await post(invoice("R-1", "P-1", lamp, "100"));
      const first = await eventually(async () => {
        const found = await rebate();
        return found.booked.settled === "60.00" ? found : undefined;
      }, "the settlement");
      // 2 % of 3000.00.
      expect(first).toMatchObject({
        invoiced: "3000.00",
        percent: "2",
        accrued: "60.00",
        booked: { accrued: "60.00" },
      });
      await post(invoice("R-2", "P-2", lamp, "100"));
      // 3 % of 6000.00, less what was given.
      await eventually(async () => (await rebate()).booked.settled === "180.00", "the second settlement");
      const given = await eventually(async () => {
        const all = (await gateway.supplier.documents("invoice")).filter(({ number }) => number.startsWith("CM-"));
        const memos: Json[] = await Promise.all(all.map(({ id }) => memoOf(id)));
        const found = memos.filter(({ document }) => document.lines[0].corrects === "rebate");
        return found.length === 2 ? found : undefined;
      }, "two memos");
      expect(
        given
          .map(({ status, document: { kind, lines } }: Json) => [
            ...[status, kind.code, lines.length, lines[0].references[0].value, lines[0].price],
          ])
          .sort(),
      ).toEqual([
        ["accepted", "CG", 1, "R-1", "60.00"],
        ["accepted", "CG", 1, "R-2", "120.00"],
      ]);

      const credit = { kind: { code: "CR" }, billingReference: "R-2" };
      await post(invoice("R-3", "P-2", lamp, "100", credit));
      expect((await rebate()).booked.accrued).toBe("60.00");
      const over = await workItem("rebate-due", "MEMO");
      expect(over.message).toBe(
        "Ines Albrecht: 120.00 USD of rebate were given too much under contract MEMO for 2025-03-01 to 2025-03-31, by invoices R-3.",
      );
    });

    test("where no memo is wanted the account's manager is told, and not before the period is over", async () => {
      await post(invoice("T-1", "P-1", mixer, "10"));
      const due = await workItem("rebate-due", "TOLD");
      expect(due.message).toBe(
        "Ines Albrecht: 4.20 USD of rebate are due under contract TOLD for 2025-01-01 to 2025-03-31, by invoices T-1.",
      );
      const today = new Date().toISOString().slice(0, 10);
      await post(invoice("T-2", "P-2", mixer, "20", { date: today }));
      expect((await explain(`item=${mixer}&unit=DZ`)).rebate).toMatchObject({
        ...{ invoiced: "840.00", percent: "1", accrued: "8.40" },
        booked: { accrued: "8.40", settled: "0.00" },
      });
    });

    test("the command line shows the ladder of a division, and what was given back", async () => {
      const portico = (...args: string[]) =>
        runPortico(["prices", ...args, "--account", "harbor-retail"], {
          environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
        });
      const why = await portico("explain", "--item", knife, "--division", "garden", "--date", "2025-03-25");
      expect(page).toContain(`--division garden --date 2025-03-25\n${why.stdout}\`\`\``);
      const given = await portico("credits", "--contract", "BY-DIVISION");
      expect(given.stdout).toMatch(
        /^contract +since +steps +reached by +memo +amount +invoices\nBY-DIVISION \(garden\) +2025-01-01 +150 +D-3 +CM-\d{6} \(accepted\) +100\.05 USD +D-2, D-3\n$/,
      );
      const none = await portico("credits", "--contract", "TOLD");
      expect(none.stdout).toBe("Nothing was given back to harbor-retail for steps reached.\n");
    });

    test("a memo that the account's guide does not take waits for a person, and is not made again once it is withdrawn", async () => {
      // The account keeps ten characters of an invoice number (BIG02).
      await setRules({ ...pricing, memoPrefix: "CREDIT-MEMO-" }, ["850", "855", "810"]);
      await post(invoice("D-4", "P-4", knife, "10"));
      const last = async () => (await credits("?contract=BY-DIVISION")).at(-1);
      const held = await last();
      expect((await memoOf(held.memo.id)).findings).toMatchObject([{ code: "x12-wrong", severity: "hold", path: "" }]);
      const { status } = await gateway.supplier.post(`/api/v1/documents/${held.memo.id}/withdraw`, {
        reason: "by cheque",
      });
      expect(status).toBe(202);
      await setRules(pricing);
      await post(invoice("D-5", "P-4", knife, "20"));
      expect([held, await last()]).toMatchObject([
        { amount: "6.67", invoices: ["D-4"] },
        { amount: "13.34", invoices: ["D-5"] },
      ]);
    });

    const lineSaid = ({ references, order, quantity, price }: Json) => [
      ...[references[0].value, order.number, quantity, price],
    ];
    const mailed = (text: string): Promise<string[]> =>
      eventually(
        async () => (await harbor.mailbox()).map(({ x12 }) => x12).find((x12) => x12.includes(text)),
        `a file with ${text}`,
      ).then(segmentsOf);
    const workItem = (kind: string, about: string): Promise<Json> =>
      eventually(async () => {
        const { items } = (await gateway.supplier.get("/api/v1/work-items?account=harbor-retail&open=true")).body;
        return items.find((one: Json) => one.kind === kind && one.message.includes(about));
      }, kind);
  },
);
