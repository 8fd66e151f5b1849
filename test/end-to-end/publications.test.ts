import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { segmentsOf } from "../support/samples.ts";
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

/** Hours of so many seconds. */
const seconds = (count: number) => count / 3_600;
const kettle = "612800401156";
const lamp = "612800401224";

const item = (id: string, available: number, warehouse?: string) => ({
  productIds: [{ qualifier: "UP", id }],
  quantities: [
    { qualifier: "33", quantity: String(available), unit: "EA" },
    { qualifier: "17", quantity: "9999", unit: "EA" },
  ],
  ...(warehouse !== undefined && { parties: [{ role: "WH", idQualifier: "92", id: warehouse }] }),
});

describe.each(combinations())("early information, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let supplier: Client;
  let harbor: Client;
  let summit: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground, { environment: { SWEEP_INTERVAL_MS: "200" } });
    supplier = gateway.supplier;
    harbor = gateway.as("harbor-retail");
    summit = gateway.as("summit-industrial");
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  async function setRule(account: string, earlyInformation: object | undefined, more: object = {}): Promise<void> {
    const { profile } = (await supplier.get(`/api/v1/accounts/${account}`)).body;
    const { earlyInformation: _, ...others } = profile;
    const { status, body } = await supplier.put(`/api/v1/accounts/${account}`, {
      ...others,
      ...(earlyInformation && { earlyInformation }),
      ...more,
    });
    expect([status, body.errors]).toEqual([200, undefined]);
  }
  const plan = (leads: object, more: object = {}) => ({
    tiers: [{ name: "major", leads }, { name: "standard" }],
    ...more,
  });
  const handIn = (content: object, more: object = {}, headers: Record<string, string> = {}) =>
    supplier.request("POST", "/api/v1/publications", {
      body: JSON.stringify({ topic: "inventory", kind: "inventory", content, ...more }),
      headers: { "content-type": "application/json", ...headers },
    });
  const publication = async (id: string): Promise<Json> => (await supplier.get(`/api/v1/publications/${id}`)).body;
  const released = (id: string) =>
    eventually(async () => {
      const found = await publication(id);
      return found.state === "released" && found.accounts.every(({ state }: Json) => state !== "waiting")
        ? found
        : undefined;
    }, `publication ${id} released`);

  test("nothing is taken in before there is a plan, and a plan says what is wrong with it", async () => {
    expect((await handIn({ lines: [] })).body).toMatchObject({ status: 409, code: "publication.no-plan" });
    const wrong = await supplier.put("/api/v1/publication-plan", { tiers: [{ name: "major" }, { name: "standard" }] });
    expect([wrong.status, wrong.body.errors]).toEqual([
      400,
      [{ path: "body.tiers[0].leads", message: "must say how long before the next tier" }],
    ]);
    expect((await supplier.get("/api/v1/publication-plan")).status).toBe(404);
  });

  test("the first tier is told first, the next after its lead, and the proof says so", async () => {
    await setRule("harbor-retail", { tier: "major", topics: [{ topic: "inventory" }] });
    await setRule("summit-industrial", { tier: "standard", topics: [{ topic: "inventory" }] });
    const applied = await supplier.put("/api/v1/publication-plan?reason=first", plan({ hours: seconds(2) }));
    expect([applied.status, applied.body.outcome, applied.body.version]).toEqual([200, "applied", 1]);

    const { status, body } = await handIn({ lines: [item(kettle, 1840), item(lamp, 0)] });
    expect([status, body.errors]).toEqual([202, undefined]);
    const at = (tier: string) => Date.parse(body.releases.find((one: Json) => one.tier === tier).at);
    expect(at("standard") - at("major")).toBe(2_000);

    const [first] = await harbor.mailbox(1);
    expect(segmentsOf(first?.x12 ?? "").filter((segment) => /^(BIA|LIN|QTY)/.test(segment))).toEqual([
      expect.stringMatching(/^BIA\*00\*SI\*INVENTORY-1\*\d{8}\*\d{4}$/),
      `LIN*1*UP*${kettle}`,
      "QTY*33*1840*EA",
      "QTY*17*9999*EA",
      `LIN*2*UP*${lamp}`,
      "QTY*33*0*EA",
      "QTY*17*9999*EA",
    ]);
    expect((await summit.mailbox(0)).length).toBe(0);
    expect((await summit.get(`/api/v1/publications/${body.id}`)).status).toBe(404);
    await summit.mailbox(1);
    await released(body.id);
    const proof = (await supplier.get(`/api/v1/publications/${body.id}/proof`)).body.items;
    expect(proof.map(({ account, tier, state, channel }: Json) => [account, tier, state, channel])).toEqual([
      ["harbor-retail", "major", "served", "mailbox"],
      ["summit-industrial", "standard", "served", "mailbox"],
    ]);
    expect(Date.parse(proof[1].at)).toBeGreaterThanOrEqual(at("standard"));
    const mine = (await summit.get("/api/v1/publications")).body.items;
    expect(mine).toHaveLength(1);
    expect(Object.keys(mine[0]).sort()).not.toContain("releases");
  });
});
