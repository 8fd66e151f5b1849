import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, segmentsOf } from "../support/samples.ts";
import {
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const documentation = readFileSync(fileURLToPath(new URL("../../docs/rules/stores.md", import.meta.url)), "utf8");
const towels = { unit: "DZ", productIds: [{ qualifier: "UP", id: "612800401392" }] };
const share = (location: string, quantity: string) => ({ idQualifier: "92", location, quantity, unit: "DZ" });

describe.each(combinationsFor(import.meta.url))("an order for many stores on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let profile: Json;
  let orders = 7_900_000;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    profile = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body.profile;
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  /** The account's rule on stores, and an order that comes under it. */
  async function ordered(stores: object, x12 = harborOrder()): Promise<{ number: string; interchange: Json }> {
    const { status } = await gateway.supplier.put("/api/v1/accounts/harbor-retail", { ...profile, stores });
    expect(status).toBe(200);
    orders++;
    const interchange = await gateway.as("harbor-retail").sendAndWait(anotherOrder(x12, orders, String(orders)));
    return { number: String(orders), interchange };
  }
  const offered = async (number: string): Promise<Json[]> => gateway.supplier.documents("order", `&number=${number}`);
  const wholeOf = async (interchange: Json): Promise<Json> => {
    const [document] = interchange.documents;
    return (await gateway.supplier.get(document.href)).body;
  };
  const inBooks = (number: string, is: (order: Json) => boolean = () => true): Promise<Json> =>
    eventually(async () => {
      const [item] = (await gateway.supplier.get(`/api/v1/orders?number=${number}`)).body.items;
      const order = item && (await gateway.supplier.get(item.href)).body;
      return order && is(order) ? order : undefined;
    }, `order ${number} in the books`);
  const sentFor = (number: string, set: string): Promise<string> =>
    eventually(
      async () =>
        (await gateway.as("harbor-retail").mailbox(0)).find(
          ({ x12 }) => x12.includes(`ST*${set}*`) && x12.includes(`*${number}*`),
        )?.x12,
      `the ${set} for ${number}`,
    );
  /** The segments of line 3 from its first (PO1, IT1) on, as the documentation shows them. */
  const towelsIn = (x12: string, first: string): string => {
    const segments = segmentsOf(x12);
    const loops: string[][] = [];
    for (const segment of segments) {
      if (/^(PO1|IT1|CTT|TDS)\*/.test(segment)) loops.push([]);
      loops.at(-1)?.push(segment);
    }
    return loops
      .filter(([head]) => head?.startsWith(`${first}*3*`))
      .flat()
      .map((segment) => `${segment}~`)
      .join("\n");
  };
  const answer = (number: string, lines: object[]): Json => ({
    documentType: "order-response",
    account: "harbor-retail",
    usage: "production",
    purpose: { code: "00" },
    acknowledgmentType: { code: "AC" },
    number: `SO-${number}`,
    date: "2025-03-11",
    order: { number, date: "2025-03-10" },
    contacts: [{ role: "OC", name: "ANNA LINDQVIST" }],
    lines,
  });
  const answered = (store: string, quantity: string, status = "IA"): object => ({
    line: "3",
    quantity,
    price: "41.40",
    ...towels,
    quantitiesByLocation: [share(store, quantity)],
    acknowledgments: [{ status, quantity, unit: "DZ" }],
  });
  const invoice = (number: string): Json => ({
    documentType: "invoice",
    account: "harbor-retail",
    usage: "production",
    number: `90${number}`,
    date: "2025-03-24",
    order: { number, date: "2025-03-10" },
    lines: [
      ["0102", "10"],
      ["0117", "15"],
    ].map(([store = "", quantity = ""]) => ({
      line: "3",
      quantity,
      price: "41.40",
      ...towels,
      quantitiesByLocation: [share(store, quantity)],
    })),
  });

  test("is offered as it was sent, unless the account's rules say otherwise", async () => {
    const { number } = await ordered({});
    const [order, ...others] = await offered(number);
    expect(others).toEqual([]);
    expect(order.document.lines).toHaveLength(5);
    expect(order.document.lines[2].quantitiesByLocation).toHaveLength(4);
    expect(towelsIn(await sentFor(number, "855"), "PO1")).not.toContain("SDQ");
  });

  test("is offered with a line for each store, under the buyer's line number and with its X12 as it came", async () => {
    const { number } = await ordered({ orders: "line-per-store" });
    const [order] = await offered(number);
    const lines = order.document.lines.map(({ line, quantity, quantitiesByLocation: [store] = [{}] }: Json) => [
      line,
      quantity,
      store.location,
    ]);
    expect(lines).toEqual([
      ["1", "240", undefined],
      ["2", "120", undefined],
      ["3", "10", "0102"],
      ["3", "15", "0117"],
      ["3", "5", "0140"],
      ["3", "20", "0233"],
      ["4", "96", undefined],
      ["5", "144", undefined],
    ]);
    expect(order.document.x12.segments).toContainEqual(expect.objectContaining({ id: "SDQ" }));
    const { timeline } = (await gateway.supplier.get(order.href)).body;
    expect(timeline.find(({ kind }: Json) => kind === "offered-by-store").message).toBe(
      "Its 5 lines became 8 lines, one for each store, by the account's rules.",
    );
    // The books count by store whatever is offered, and our own answer has a line for each of the buyer's.
    const order3 = (await inBooks(number)).lines.filter(({ line }: Json) => line === "3");
    expect(order3.map(({ location }: Json) => location.id)).toEqual(["0102", "0117", "0140", "0233"]);
    expect(segmentsOf(await sentFor(number, "855")).filter((segment) => segment.startsWith("PO1*"))).toHaveLength(5);
  });

  test("is offered in a document for each store, in the place of the one that has it all", async () => {
    const { number, interchange } = await ordered({ orders: "document-per-store" });
    const parts = await offered(number);
    const whole = await wholeOf(interchange);
    expect(parts.map(({ document: { part, lines } }) => [part.store, lines.map(({ line }: Json) => line)])).toEqual([
      [undefined, ["1", "2", "4", "5"]],
      ["0102", ["3"]],
      ["0117", ["3"]],
      ["0140", ["3"]],
      ["0233", ["3"]],
    ]);
    for (const { document } of parts) {
      expect(document).toMatchObject({ number, part: { document: whole.id, count: 5 }, priority: { level: "normal" } });
      expect(document.x12).toBeUndefined();
    }
    expect(parts[1]?.document.parties.map(({ role, id }: Json) => `${role} ${id}`)).toContain("Z7 0102");
    expect(parts[1]?.document.lines).toMatchObject([{ quantity: "10", quantitiesByLocation: [share("0102", "10")] }]);
    expect(whole).toMatchObject({ status: "accepted", cursor: null });
    expect(whole.document.lines).toHaveLength(5);
    const again = await gateway.as("harbor-retail").sendAndWait(anotherOrder(harborOrder(), orders + 500, number));
    expect((await wholeOf(again)).status).toBe("duplicate");
    expect(await offered(number)).toHaveLength(5);
    expect((await inBooks(number)).totals.ordered).toEqual({ quantity: "650", amount: "14610.00" });

    // What answers a part is an answer to the order.
    const document = { ...answer(number, [answered("0102", "10")]), acknowledgmentType: { code: "AE" } };
    document.order.document = parts[1]?.id;
    const { body } = await gateway.supplier.submit(document);
    const kept = await gateway.supplier.documentThat(body.id, ({ status }) => status === "accepted");
    expect(kept.respondsTo).toBe(whole.id);
  });

  test("that can't be taken apart is offered as it was sent, with the reason", async () => {
    const tooMany = harborOrder().replace("PO1*3*50*DZ", "PO1*3*40*DZ").replace("CTT*5*650", "CTT*5*640");
    const { number } = await ordered({ orders: "document-per-store" }, tooMany);
    const [order, ...others] = await offered(number);
    expect(others).toEqual([]);
    const { timeline } = (await gateway.supplier.get(order.href)).body;
    expect(timeline.map(({ message }: Json) => message)).toContain(
      "It is offered as it was sent, and not by store as the account's rules want it: Line 3 orders more for its stores than in all.",
    );
  });

  test("is answered by ourselves with its stores together, or one by one", async () => {
    const { number } = await ordered({ responses: "together" });
    const together = towelsIn(await sentFor(number, "855"), "PO1");
    expect(together.match(/PO1/g)).toHaveLength(1);
    expect(documentation).toContain(together);
    const other = await ordered({ responses: "by-store" });
    const apart = towelsIn(await sentFor(other.number, "855"), "PO1");
    expect(apart.match(/PO1/g)).toHaveLength(4);
    expect(documentation).toContain(apart);
    const figures = async (one: string) =>
      (await inBooks(one, ({ totals }) => totals.acknowledged.quantity !== "0")).lines.map(
        ({ line, location, figures }: Json) => [line, location?.id, figures.acknowledged],
      );
    expect(await figures(number)).toEqual(await figures(other.number));
  });

  test("is answered by the ERP store by store, and the account gets together what is alike, with the reason for the rest", async () => {
    const { number } = await ordered({ responses: "together" });
    const { body } = await gateway.supplier.submit(
      answer(number, [
        answered("0102", "10"),
        answered("0117", "15"),
        answered("0140", "5", "IB"),
        answered("0233", "20"),
      ]),
    );
    const kept = await gateway.supplier.documentThat(body.id, ({ interchange }) => interchange !== null);
    const x12 = await sentFor(`SO-${number}`, "855");
    expect(documentation).toContain(towelsIn(x12, "PO1"));
    expect(towelsIn(x12, "PO1").match(/PO1/g)).toHaveLength(2);
    const reason = "Line 3 can't be one line for all its stores: store 0140 differs in status.";
    expect(kept.timeline.filter(({ kind }: Json) => kind === "remark").map(({ message }: Json) => message)).toEqual([
      reason,
    ]);
    expect(kept.findings).toMatchObject([{ code: "stores-left-as-they-are", severity: "warning", message: reason }]);
    // What is kept is what was handed in, and the books know which store waits.
    expect(kept.document.lines).toHaveLength(4);
    const { lines } = await inBooks(number, ({ chain }) => chain.some(({ id }: Json) => id === body.id));
    const waiting = lines.filter(({ figures }: Json) => figures.backOrdered !== "0");
    expect(waiting.map(({ location, figures }: Json) => [location?.id, figures.backOrdered])).toEqual([["0140", "5"]]);
  });

  test("is invoiced together, or store by store, for the same amount", async () => {
    const { number } = await ordered({ invoices: "together" });
    const tried = async () => (await gateway.supplier.submit(invoice(number), {}, "?dryRun=true")).body;
    const together = await tried();
    expect(documentation).toContain(towelsIn(together.x12, "IT1"));
    expect(towelsIn(together.x12, "IT1").match(/IT1/g)).toHaveLength(1);
    expect(together.problems.map(({ code }: Json) => code)).not.toContain("x12-wrong");
    await gateway.supplier.put("/api/v1/accounts/harbor-retail", { ...profile, stores: { invoices: "by-store" } });
    const apart = await tried();
    expect(documentation).toContain(towelsIn(apart.x12, "IT1"));
    expect(towelsIn(apart.x12, "IT1").match(/IT1/g)).toHaveLength(2);
    const amount = (x12: string) => segmentsOf(x12).find((segment) => segment.startsWith("TDS*"));
    expect(amount(together.x12)).toBe("TDS*103500");
    expect(amount(apart.x12)).toBe(amount(together.x12));
  });
});
