import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, sample, summitOrder } from "../support/samples.ts";
import {
  combinations,
  eventually,
  freshGround,
  type Ground,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const floodSize = 60;
const rush = sample("orders/850-harbor-retail-rush.edi");
/** With more side by side the flood is through before anything can overtake it. */
const environment = { WORKER_CONCURRENCY: "2" };

describe.each(combinations())("urgent orders overtake, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;

  beforeAll(async () => {
    ground = await freshGround(combination);
    // Where others may do the work it is taken in first, all of it, and found by a restart.
    gateway = await startTestGateway(ground, { role: combination.databaseUrl ? "api" : "all", environment });
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  test("an urgent order at the end of its own account's flood, and another account's only one, are answered before most of it", async () => {
    const { profile } = (await gateway.supplier.get("/api/v1/accounts/summit-industrial")).body;
    const answering = { ...profile, orderResponse: { send: true } };
    expect((await gateway.supplier.put("/api/v1/accounts/summit-industrial", answering)).status).toBe(200);

    const flood = Array.from({ length: floodSize }, (_, at) => anotherOrder(harborOrder(), 70_000 + at, `FLOOD${at}`));
    const file = [...flood, anotherOrder(rush, 79_001, "RUSH1")].join("");
    expect((await gateway.as("harbor-retail").send(file)).status).toBe(202);
    const other = anotherOrder(summitOrder(), 79_002, "OTHER1");
    expect((await gateway.as("summit-industrial").send(other)).status).toBe(202);

    if (combination.databaseUrl) {
      await gateway.close();
      gateway = await startTestGateway(ground, { environment });
    }
    const numbers = await answeredInOrder(floodSize + 2);
    expect(numbers.indexOf("RUSH1")).toBeLessThan(floodSize / 2);
    expect(numbers.indexOf("OTHER1")).toBeLessThan(floodSize / 2);
    expect(new Set(numbers).size).toBe(floodSize + 2);
  });

  /** The orders' numbers in the order in which their answers left. */
  async function answeredInOrder(count: number): Promise<string[]> {
    const answers = await eventually(async () => {
      const items = [
        ...(await gateway.as("harbor-retail").mailbox(0)),
        ...(await gateway.as("summit-industrial").mailbox(0)),
      ].filter(({ item }) => item.transactionSets[0]?.type === "855");
      return items.length >= count ? items : undefined;
    }, `${count} answers`);
    return answers
      .sort((one, other) => Date.parse(one.item.createdAt) - Date.parse(other.item.createdAt))
      .map(({ item }) => item.transactionSets[0].documentNumber);
  }
});
