import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harborOrder, sample, segmentOf, segmentsOf, summitOrder } from "../support/samples.ts";
import {
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

describe.each(combinationsFor(import.meta.url))("an order's life on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const orderThat = (number: string, is: (order: Json) => boolean): Promise<Json> =>
    eventually(async () => {
      const { body } = await gateway.supplier.get(`/api/v1/orders?number=${number}`);
      const [item] = body.items;
      if (!item) return undefined;
      const { body: order } = await gateway.supplier.get(item.href);
      return is(order) ? order : undefined;
    }, `order ${number}`);
  const submit = async (path: string): Promise<void> => {
    const { status, body } = await gateway.supplier.submit(JSON.parse(sample(path)));
    expect([status, body]).toMatchObject([202, { status: "submitted" }]);
    const kept = await gateway.supplier.documentThat(body.id, (one) => one.status !== "submitted");
    expect([kept.status, kept.findings.filter(({ severity }: Json) => severity === "hold")]).toEqual(["accepted", []]);
  };
  const invoice = async (number: string): Promise<Json> => {
    const { body } = await gateway.supplier.get(`/api/v1/invoices?number=${number}`);
    return (await gateway.supplier.get(body.items[0].href)).body;
  };
  const troubles = async (kind: string): Promise<Json[]> => {
    const { body } = await gateway.supplier.get("/api/v1/work-items?open=true&limit=200");
    return body.items.filter((item: Json) => item.kind === kind);
  };

  test("an order is in the books, and our 855 is its acknowledgment", async () => {
    await gateway.as("harbor-retail").sendAndWait(harborOrder());
    const order = await orderThat("7741093", ({ totals }) => totals.acknowledged.quantity !== "0");
    expect(order).toMatchObject({ state: "open", version: 1, account: "harbor-retail", shipTo: "0318" });
    expect(order.totals).toMatchObject({
      ordered: { quantity: "650", amount: "14610.00" },
      acknowledged: { quantity: "650" },
      open: "650",
    });
    const stores = order.lines.filter(({ line }: Json) => line === "3");
    expect(stores.map(({ location, quantity }: Json) => [location.id, quantity])).toEqual([
      ["0102", "10"],
      ["0117", "15"],
      ["0140", "5"],
      ["0233", "20"],
    ]);
    expect(order.chain.map(({ type }: Json) => type)).toEqual(["order", "order-response"]);
  });

  test("shipped, invoiced and paid: the whole chain is in one answer, and nothing is open", async () => {
    await submit("shipments/856-harbor-retail.json");
    expect((await orderThat("7741093", ({ state }) => state === "shipped")).totals.shipped.quantity).toBe("650");
    await submit("invoices/810-harbor-retail.json");
    const billed = await orderThat("7741093", ({ state }) => state === "invoiced");
    expect(billed.invoices).toMatchObject([{ number: "100417", amount: "14315.85", openAmount: "14315.85" }]);

    await gateway.as("harbor-retail").sendAndWait(sample("remittances/820-harbor-retail.edi"));
    const order = await orderThat("7741093", ({ chain }) => chain.some(({ type }: Json) => type === "remittance"));
    expect(order.chain.map(({ type }: Json) => type)).toEqual([
      "order",
      "order-response",
      "shipment",
      "invoice",
      "remittance",
    ]);
    expect(order.timeline.map(({ message }: Json) => message).join("\n")).toContain("650 shipped");
    const settled = await invoice("100417");
    const paid = settled.settlements.reduce(
      (sum: number, { amount }: Json) => sum + Math.round(Number(amount) * 100),
      0,
    );
    expect(paid + Math.round(Number(settled.openAmount) * 100)).toBe(1431585);
    expect(settled.orders).toMatchObject([{ number: "7741093" }]);
  });

  test("the same payment in another envelope is set aside, and pays nothing twice", async () => {
    const before = await invoice("100417");
    const again = sample("remittances/820-harbor-retail.edi")
      .replace(/\*(\d{9})\*0\*P/, "*999000001*0*P")
      .replace(/(IEA\*1\*)\d+/, "$1999000001");
    await gateway.as("harbor-retail").sendAndWait(again);
    expect(await troubles("duplicate-remittance")).toHaveLength(1);
    expect(await invoice("100417")).toEqual(before);
  });

  test("a change is a new version of the order, and our 865 says line by line what was taken", async () => {
    const harbor = gateway.as("harbor-retail");
    await harbor.sendAndWait(sample("orders/850-harbor-retail-rush.edi"));
    const before = await orderThat("7741207", ({ totals }) => totals.acknowledged.quantity !== "0");
    await harbor.sendAndWait(sample("order-changes/860-harbor-retail.edi"));
    const after = await orderThat("7741207", ({ chain }) =>
      chain.some(({ type }: Json) => type === "order-change-response"),
    );
    expect(after.version).toBe(2);
    expect(after.versions.map(({ document }: Json) => document.type)).toEqual(["order", "order-change"]);
    const byLine = new Map<string, Json>(after.lines.map((line: Json) => [line.line, line]));
    expect(byLine.get("1").figures.required).toBe("36");
    expect(byLine.get("2").figures).toMatchObject({ open: "0" });
    expect(byLine.get("3").price).toBe("6.15");
    expect(byLine.get("4").figures).toMatchObject({ ordered: { quantity: "0" }, changed: { quantity: "12" } });
    expect(before.lines.map(({ line }: Json) => line)).not.toContain("4");

    const answer = await eventually(async () => {
      const files = await harbor.mailbox();
      return files.find(({ x12 }) => x12.includes("ST*865*"))?.x12;
    }, "the 865");
    expect(segmentOf(answer, "BCA")[3]).toBe("7741207");
    const lines = segmentsOf(answer).filter((segment) => segment.startsWith("POC"));
    expect(lines.map((segment) => segment.split("*").slice(1, 3))).toEqual([
      ["1", "QI"],
      ["2", "DI"],
      ["3", "PC"],
      ["4", "AI"],
    ]);
  });

  test("the same change in another envelope is set aside", async () => {
    const again = sample("order-changes/860-harbor-retail.edi").replaceAll("000004452", "000994452");
    await gateway.as("harbor-retail").sendAndWait(again);
    expect(await troubles("duplicate-order-change")).toHaveLength(1);
    expect((await orderThat("7741207", () => true)).version).toBe(2);
  });

  test("an inquiry how far orders are is answered from the books", async () => {
    const summit = gateway.as("summit-industrial");
    await summit.sendAndWait(summitOrder());
    await summit.sendAndWait(sample("status/869-summit-industrial.edi"));
    const answer = await eventually(async () => {
      const files = await summit.mailbox();
      return files.find(({ x12 }) => x12.includes("ST|870|"))?.x12;
    }, "the 870");
    expect(segmentOf(answer, "BSR")[1]).toBe("1");
    expect(segmentsOf(answer).some((segment) => segment.startsWith("ISR|"))).toBe(true);
  });

  test("an account sees its own orders and invoices; another's are not there", async () => {
    const order = await orderThat("7741093", () => true);
    const harbor = gateway.as("harbor-retail");
    const summit = gateway.as("summit-industrial");
    const bill = await invoice("100417");
    expect((await harbor.get(`/api/v1/invoices/${bill.id}`)).body.number).toBe("100417");
    expect((await harbor.get(`/api/v1/orders/${order.id}`)).body.number).toBe("7741093");
    for (const path of [`orders/${order.id}`, `invoices/${bill.id}`]) {
      const { status, body } = await summit.get(`/api/v1/${path}`);
      const missing = await summit.get(`/api/v1/${path.replace(/[^/]+$/, "00000000-0000-4000-8000-000000000000")}`);
      expect([status, body.code]).toEqual([404, missing.body.code]);
    }
    for (const path of ["orders", "invoices"]) {
      const { items } = (await summit.get(`/api/v1/${path}`)).body;
      expect(items.every(({ account }: Json) => account === "summit-industrial")).toBe(true);
      expect((await summit.get(`/api/v1/${path}?account=harbor-retail`)).body.items).toEqual([]);
    }
    expect((await harbor.get("/api/v1/orders?state=open&number=7741207")).body.items).toHaveLength(1);
    // It was wanted in March 2025.
    expect((await harbor.get("/api/v1/orders?late=true&number=7741207")).body.items).toHaveLength(1);
    expect((await harbor.get("/api/v1/orders?late=true&number=7741093")).body.items).toEqual([]);
    expect((await harbor.get("/api/v1/orders?late=perhaps")).status).toBe(400);
  });

  test("what the account's systems refuse is linked to our document and calls a person", async () => {
    await gateway.as("harbor-retail").sendAndWait(sample("advices/824-harbor-retail.edi"));
    const items = [...(await troubles("application-rejected")), ...(await troubles("application-advice"))];
    // It refuses 100418, which was never sent, and takes 100417.
    expect(items).toMatchObject([{ message: expect.stringContaining("100418") }]);
    expect(await troubles("advice-unmatched")).toMatchObject([{ message: expect.stringContaining("100418") }]);
    const order = await orderThat("7741093", ({ chain }) =>
      chain.some(({ type }: Json) => type === "application-advice"),
    );
    expect(order.chain.at(-1)).toMatchObject({ type: "application-advice", relation: "speaks" });
  });

  test("what an account writes to people is put before a person", async () => {
    await gateway.as("harbor-retail").sendAndWait(sample("messages/864-harbor-retail.edi"));
    expect(await troubles("message")).toHaveLength(1);
  });

  test("a release of a schedule is in force, and the account's count is held against what we shipped", async () => {
    const motors = gateway.as("tamarack-motors");
    await motors.sendAndWait(sample("schedules/830-tamarack-motors.edi"));
    const [schedule] = await gateway.supplier.documents("planning-schedule");
    expect(schedule).toMatchObject({ account: "tamarack-motors", status: "accepted" });
    const { body } = await gateway.supplier.get(schedule.href);
    expect(body.timeline.map(({ kind }: Json) => kind)).toContain("released");
    await motors.sendAndWait(sample("schedules/862-tamarack-motors.edi"));
    expect(await gateway.supplier.documents("shipping-schedule")).toHaveLength(1);
    // The account says that it has received goods of which no shipment of ours tells.
    const differences = (await troubles("cumulative-difference")).filter(
      ({ account }) => account === "tamarack-motors",
    );
    expect(differences[0].message).toContain("received");
  });
});
