import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { anotherOrder, sample, segmentsOf } from "../support/samples.ts";
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

const page = readFileSync(new URL("../../docs/rules/priority.md", import.meta.url), "utf8");
const rush = sample("orders/850-harbor-retail-rush.edi");

describe.each(combinationsFor(import.meta.url))("priority shipment, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  /** Harbor Retail's profile with these rules of priority. */
  async function setRules(priority: readonly object[], more: object = {}): Promise<Json> {
    const { profile } = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body;
    // What else the account wants in ship notices and invoices is no matter here.
    const guides = profile.guides.filter(({ set }: Json) => set === "850" || set === "855");
    return gateway.supplier.put("/api/v1/accounts/harbor-retail", { ...profile, guides, priority, ...more });
  }
  const orderNumbered = (number: string): Promise<Json> =>
    eventually(async () => {
      const [found] = (await harbor.get(`/api/v1/orders?number=${number}`)).body.items;
      return found && (await harbor.get(found.href)).body;
    }, `order ${number}`);

  test("a rule may ask any value of the 850 as it came, and names the segment", async () => {
    const path = 'REF02:REF01["PH"]';
    const rule = {
      ...{ name: "their rating", level: "urgent", effects: { tell: ["EX"] } },
      when: { selector: { path, values: ["1"] } },
    };
    expect((await setRules([rule])).status).toBe(200);
    await harbor.sendAndWait(anotherOrder(rush, 81_001, "SEL1"));
    const { priority } = await orderNumbered("SEL1");
    expect(priority).toMatchObject({ level: "urgent", rule: "their rating" });
    expect(page).toContain(`\`${priority.evidence}\``);
    const { items } = (await gateway.supplier.get("/api/v1/work-items?account=harbor-retail&open=true")).body;
    expect(items.find(({ kind }: Json) => kind === "priority-order").message).toBe(
      `Order SEL1 is to be seen to at once by EX (expeditor). The rule "their rating" makes this order urgent: ${priority.evidence}.`,
    );
    await harbor.sendAndWait(anotherOrder(rush.replace("REF*PH*1", "REF*PH*3"), 81_002, "SEL2"));
    expect((await orderNumbered("SEL2")).priority.level).toBe("normal");
  });

  test("a selector that can't be read, or a pattern that is none, is refused with the rules", async () => {
    const refused = await setRules([{ name: "x", level: "high", when: { selector: { path: "REF02:REF01[" } } }]);
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].path).toContain("priority[0].when.selector.path");
    const pattern = await setRules([{ name: "x", level: "high", when: { selector: { path: "REF02", pattern: "(" } } }]);
    expect([pattern.status, pattern.body.errors[0].message]).toEqual([400, "must be a regular expression"]);
  });

  describe("a promise to ship", () => {
    const promising = (hours: number) => ({
      ...{ name: "rush", level: "urgent", when: { orderType: ["RO"] } },
      effects: { shipWithin: { workingDays: 1, warnHoursBefore: hours } },
    });
    const promised = async (query: string, who = harbor): Promise<Json[]> =>
      (await who.get(`/api/v1/promises?${query}`)).body.items;
    const openItems = async (kind: string): Promise<string[]> =>
      (await gateway.supplier.get("/api/v1/work-items?account=harbor-retail&open=true")).body.items
        .filter((item: Json) => item.kind === kind)
        .map(({ message }: Json) => message);
    const shipped = async (number: string, date: string): Promise<void> => {
      const { versions } = await orderNumbered(number);
      const { status, body } = await gateway.supplier.submit({
        ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number: `S-${number}` },
        ...{ purpose: { code: "00" }, date, time: "0930" },
        parties: [{ role: "ST", idQualifier: "92", id: "0117" }],
        orders: [
          {
            order: { number },
            items: versions.at(-1).order.lines.map(({ line, quantity, unit, productIds }: Json) => ({
              ...{ line, quantity, unit, productIds },
            })),
          },
        ],
      });
      expect([status, body]).toMatchObject([202, {}]);
      const { status: now } = await gateway.supplier.documentThat(body.id, (one) => one.status !== "submitted");
      expect(now).toBe("accepted");
    };

    test("is written down with its order, and kept once all has left by its day", async () => {
      expect((await setRules([promising(0)], { checks: { actions: {} } })).status).toBe(200);
      await harbor.sendAndWait(anotherOrder(rush, 82_001, "KEPT1"));
      const [open] = await promised("order=KEPT1");
      expect(open).toMatchObject({ state: "open", qualifier: "079", shippedOn: null, order: { number: "KEPT1" } });
      const order = await orderNumbered("KEPT1");
      expect(order.promises).toEqual([open]);
      expect(open.promisedOn).toBe(order.priority.promise.date);
      expect(await promised("order=KEPT1", gateway.as("summit-industrial"))).toEqual([]);

      await shipped("KEPT1", open.promisedOn);
      expect(await promised("state=kept")).toMatchObject([{ id: open.id, shippedOn: open.promisedOn }]);
      expect(await promised("state=open")).toEqual([]);
    });

    test("is missed where it left on a later day", async () => {
      await harbor.sendAndWait(anotherOrder(rush, 82_002, "LATE1"));
      const [{ promisedOn }] = (await promised("order=LATE1")) as [Json];
      const dayAfter = new Date(Date.parse(promisedOn) + 86_400_000).toISOString().slice(0, 10);
      await shipped("LATE1", dayAfter);
      expect(await promised("state=missed")).toMatchObject([{ order: { number: "LATE1" }, shippedOn: dayAfter }]);
    });

    test("that is not shipped in time calls a person, once, until it has left", async () => {
      // So long ahead that the warning is due at once.
      expect((await setRules([promising(8000)])).status).toBe(200);
      await harbor.sendAndWait(anotherOrder(rush, 82_003, "RISK1"));
      const [message, ...more] = await eventually(async () => {
        const found = await openItems("promise-at-risk");
        return found.length > 0 ? found : undefined;
      }, "a promise at risk");
      expect(more).toEqual([]);
      const [{ promisedOn }] = (await promised("order=RISK1")) as [Json];
      expect(message).toContain(`Order RISK1 is promised for ${promisedOn}, and not all of it has been shipped.`);
      await shipped("RISK1", promisedOn);
      expect(await openItems("promise-at-risk")).toEqual([]);
      expect(await promised("order=RISK1")).toMatchObject([{ state: "kept" }]);
    });
  });

  describe("what a rule has the documents say", () => {
    const effects = parse(/```yaml\n(priority:\n {2}- name: plant is down[\s\S]*?)```/.exec(page)?.[1] ?? "")
      .priority[0].effects;
    const rule = (more: object = {}) => ({
      ...{ name: "plant is down", level: "urgent", when: { orderType: ["RO"] } },
      effects: { ...effects, expedite: { ...effects.expedite, ...more } },
    });
    const dryRun = async (document: object): Promise<Json[]> =>
      (await gateway.supplier.submit(document, {}, "?dryRun=true")).body.problems;
    const bill = (order: string, amount: string): object => ({
      ...{ documentType: "invoice", account: "harbor-retail", usage: "production", number: "95001" },
      ...{ date: "2025-03-25", order: { number: order }, currency: "USD", currencyParty: "SE", lines: [] },
      allowancesAndCharges: [{ indicator: { code: "C" }, reason: { code: "C870" }, amount }],
    });
    const codes = (problems: readonly Json[]): string[] =>
      problems.map(({ code }) => code).filter((code) => /^(expedite|charge|carriage)/.test(code));

    test("is in the 855, and in the order as an instruction", async () => {
      expect((await setRules([rule()])).status).toBe(200);
      await harbor.sendAndWait(anotherOrder(rush, 83_001, "FX1"));
      const x12 = await eventually(
        async () => (await harbor.mailbox()).map((one) => one.x12).find((one) => /BAK\*\w+\*\w+\*FX1\*/.test(one)),
        "the answer",
      );
      const { priority } = await orderNumbered("FX1");
      // The days are those of the test's own day.
      const days = [priority.promise, ...priority.dates].map(({ date }: Json) => date.replaceAll("-", ""));
      const said = segmentsOf(x12)
        .filter((segment) => /^(REF|SAC|DTM|TD5|N9|MSG)\*/.test(segment))
        .map((segment) => segment.replace(days[0], "20250311").replace(days[1], "20250312"));
      expect(said).toEqual((/### 855\n```\n([\s\S]*?)```/.exec(page)?.[1] ?? "").trim().split("\n"));
      expect(priority.carriage).toMatchObject({ carrierId: "AIRX", serviceLevels: [{ code: "ND" }] });
    });

    test("is held against the ship notice and the invoice that are handed in", async () => {
      const notice = (carrierId: string, level: string) => ({
        ...{ documentType: "shipment", account: "harbor-retail", usage: "production", number: "S-FX1" },
        ...{ purpose: { code: "00" }, date: "2025-03-11", time: "0930" },
        carriage: [{ carrierIdQualifier: "2", carrierId, serviceLevels: [{ code: level }] }],
        parties: [{ role: "ST", idQualifier: "92", id: "0117" }],
        orders: [
          {
            order: { number: "FX1" },
            items: [{ line: "1", quantity: "24", unit: "EA", productIds: [{ qualifier: "UP", id: "612800401156" }] }],
          },
        ],
      });
      expect(codes(await dryRun(notice("AIRX", "ND")))).toEqual([]);
      const { x12 } = (await gateway.supplier.submit(notice("AIRX", "ND"), {}, "?dryRun=true")).body;
      expect(segmentsOf(x12).filter((segment) => segment.startsWith("REF*"))).toEqual(["REF*XE*1"]);
      const wrong = (await dryRun(notice("LKFX", "CG"))).find(({ code }) => code === "carriage-not-as-promised");
      expect(wrong).toMatchObject({
        severity: "warning",
        message:
          "Order FX1 was promised the service level ND (next day air), and it says CG; the carrier AIRX, and it says LKFX.",
      });
      expect(codes(await dryRun(bill("FX1", "45.00")))).toEqual([]);
      expect(codes(await dryRun(bill("FX1", "45.01")))).toEqual(["expedite-charge-differs"]);
    });

    test("is never charged where a contract gives it free", async () => {
      expect((await setRules([rule({ freeUnder: ["HRG-2024-118"] })])).status).toBe(200);
      const byContract = rush.replace("REF*PH*1", "REF*CT*HRG-2024-118");
      await harbor.sendAndWait(anotherOrder(byContract, 83_002, "FX2"));
      const x12 = await eventually(
        async () => (await harbor.mailbox()).map((one) => one.x12).find((one) => /BAK\*\w+\*\w+\*FX2\*/.test(one)),
        "the answer",
      );
      expect(x12).not.toContain("SAC*");
      expect((await orderNumbered("FX2")).priority.charge.free).toBe("contract HRG-2024-118 gives it free");
      const [problem] = (await dryRun(bill("FX2", "45.00"))).filter(({ code }) => code.startsWith("expedite"));
      expect(problem).toMatchObject({
        ...{ code: "expedite-charged-though-free", severity: "hold", mend: "Take the charge out." },
        message: "It charges C870 for order FX2, which is expedited free: contract HRG-2024-118 gives it free.",
      });
    });
  });
});
