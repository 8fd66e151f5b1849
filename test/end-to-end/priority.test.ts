import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, sample } from "../support/samples.ts";
import {
  type Client,
  combinations,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const page = readFileSync(new URL("../../docs/rules/priority.md", import.meta.url), "utf8");
const rush = sample("orders/850-harbor-retail-rush.edi");

describe.each(combinations())("priority shipment, on $name", (combination) => {
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
});
