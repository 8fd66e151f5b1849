import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, sample, segmentOf, segmentsOf, summitOrder } from "../support/samples.ts";
import {
  combinations,
  eventually,
  freshGround,
  type Ground,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

describe.each(combinations())("the main path on $name", (combination) => {
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

  test("an order comes in; its 997 and its 855 go out, and the supplier reads it", async () => {
    const harbor = gateway.as("harbor-retail");
    const { status, body: receipt } = await harbor.send(harborOrder());
    expect(status).toBe(202);
    expect(receipt).toMatchObject({ status: "received", size: harborOrder().length });
    expect(receipt.sha256).toMatch(/^[0-9a-f]{64}$/);

    const files = await harbor.mailbox(2);
    const x12 = files.map((file) => file.x12).sort((a, b) => a.indexOf("~\nST*855") - b.indexOf("~\nST*855"));
    const functional = x12.find((text) => text.includes("ST*997")) as string;
    expect(segmentsOf(functional).slice(2, -2)).toEqual([
      "ST*997*0001",
      "AK1*PO*4417",
      "AK2*850*0001",
      "AK5*A",
      "AK9*A*1*1*1",
      "SE*6*0001",
    ]);
    expect(segmentOf(functional, "GS").slice(1, 4)).toEqual(["FA", "CEDARRIVER", "HARBORPO"]);
    expect(segmentOf(functional, "GS").at(-1)).toBe("004010");

    const response = x12.find((text) => text.includes("ST*855")) as string;
    expect(segmentOf(response, "BAK").slice(1, 4)).toEqual(["00", "AD", "7741093"]);
    expect(segmentOf(response, "PER").slice(0, 3)).toEqual(["PER", "OC", "ANNA LINDQVIST"]);
    expect(segmentsOf(response).filter((segment) => segment.startsWith("ACK*IA*"))).toHaveLength(5);

    const interchange = await harbor.interchangeThat(receipt.id, (one) => one.status === "processed");
    expect(interchange).toMatchObject({
      direction: "inbound",
      account: "harbor-retail",
      verdict: "A",
      control: "000004417",
      usage: "production",
    });
    expect(interchange.timeline.map((line: { kind: string }) => line.kind)).toEqual(
      expect.arrayContaining(["received", "interpreted", "translated", "priority", "offered", "answered", "processed"]),
    );

    const orders = await gateway.supplier.documents("order");
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ number: "7741093", account: "harbor-retail", usage: "production" });
    expect(orders[0].document).toMatchObject({
      number: "7741093",
      priority: { level: "normal" },
      contact: { name: "ANNA LINDQVIST" },
      origin: { interchange: "000004417", group: "4417", set: "0001" },
    });
    expect(orders[0].document.lines[0]).toMatchObject({ quantity: "240", unit: "EA", price: "21.75" });
  });

  test("the same bytes again are answered with the first one's id, and nothing is done twice", async () => {
    const harbor = gateway.as("harbor-retail");
    const first = await harbor.send(harborOrder());
    expect(first.status).toBe(200);
    expect(first.body.duplicate).toBe(true);
    const twice = await Promise.all([1, 2, 3, 4].map(() => harbor.send(anotherOrder(harborOrder(), 5001))));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 200, 200, 202]);
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
    await harbor.interchangeThat(twice[0]?.body.id, (one) => one.status === "processed");
    expect((await gateway.supplier.documents("order")).filter(({ number }) => number === "PO5001")).toHaveLength(1);
  });

  test("another account gets its own acknowledgment in its own form, and no 855", async () => {
    const summit = gateway.as("summit-industrial");
    const interchange = await summit.sendAndWait(summitOrder());
    expect(interchange).toMatchObject({ status: "processed", verdict: "A", account: "summit-industrial" });
    const files = await summit.mailbox(2);
    const ta1 = files.find(({ x12 }) => x12.includes("TA1|"))?.x12 as string;
    expect(segmentOf(ta1, "TA1").slice(1)).toEqual(["000000982", "250311", "1822", "A", "000"]);
    const implementation = files.find(({ x12 }) => x12.includes("ST|999"))?.x12 as string;
    expect(segmentOf(implementation, "ST")).toEqual(["ST", "999", "0001", "005010X231A1"]);
    expect(segmentOf(implementation, "AK9")).toEqual(["AK9", "A", "1", "1", "1"]);
    expect(implementation).toContain("~\r\n");
    expect(files).toHaveLength(2);
  });

  test("one bad set doesn't stop the good one, and the 997 says what is wrong with it", async () => {
    const harbor = gateway.as("harbor-retail");
    const interchange = await harbor.sendAndWait(sample("orders/850-harbor-retail-two-orders-one-bad.edi"));
    expect(interchange).toMatchObject({ status: "processed", verdict: "P" });
    const answer = await eventually(async () => {
      const files = await harbor.mailbox();
      return files.find(({ item, x12 }) => item.answers === interchange.id && x12.includes("ST*997"))?.x12;
    }, "the 997");
    const segments = segmentsOf(answer);
    expect(segments.filter((segment) => /^AK[59]/.test(segment))).toEqual(["AK5*A", "AK5*R*5", "AK9*P*2*2*1"]);
    expect(segments.filter((segment) => segment.startsWith("AK4")).length).toBeGreaterThanOrEqual(2);
    const bad = interchange.groups[0].transactionSets[1];
    expect(bad).toMatchObject({ verdict: "R" });
    expect(bad.problems[0]).toMatchObject({ level: "element", code: expect.any(String), offset: expect.any(Number) });
  });

  test("the account's guide is part of what is right", async () => {
    const harbor = gateway.as("harbor-retail");
    const interchange = await harbor.sendAndWait(sample("orders/850-harbor-retail-without-department.edi"));
    expect(interchange.verdict).toBe("R");
    expect(interchange.groups[0].transactionSets[0].problems[0]).toMatchObject({
      level: "segment",
      code: "3",
      segment: "REF",
    });
  });

  test("a rush order is urgent, and the evidence is on it", async () => {
    const harbor = gateway.as("harbor-retail");
    await harbor.sendAndWait(sample("orders/850-harbor-retail-rush.edi"));
    const orders = await gateway.supplier.documents("order");
    const rush = orders.find(({ document }) => document.orderType.code === "RO");
    expect(rush.document.priority).toMatchObject({ level: "urgent", evidence: expect.stringContaining("BEG02") });
  });

  test("a test order is kept apart from production", async () => {
    const harbor = gateway.as("harbor-retail");
    const interchange = await harbor.sendAndWait(sample("orders/850-harbor-retail-test.edi"));
    expect(interchange).toMatchObject({ usage: "test", status: "processed" });
    const files = await harbor.mailbox();
    const answers = files.filter(({ item }) => item.usage === "test");
    expect(answers.length).toBeGreaterThan(0);
    for (const { x12 } of answers) expect(x12.split("*")[15]).toBe("T");
    expect((await gateway.supplier.documents("order")).every(({ usage }) => usage === "production")).toBe(true);
    expect((await gateway.supplier.documents("order", "&usage=test")).length).toBe(1);
  });

  test("whoever waits at the mailbox is woken by what comes into it", async () => {
    const summit = gateway.as("summit-industrial");
    for (const { id } of await summit.mailbox()) await summit.post(`/api/v1/mailbox/${id}/collected`);
    const waiting = summit.get("/api/v1/mailbox?wait=20");
    const { body: receipt } = await summit.send(anotherOrder(summitOrder(), 5002));
    const { body: mailbox } = await waiting;
    expect(mailbox.items.length).toBeGreaterThan(0);
    expect(mailbox.items[0].answers).toBe(receipt.id);
  });

  test("what was collected is gone from the mailbox, and its bytes stay", async () => {
    const harbor = gateway.as("harbor-retail");
    const [first] = await harbor.mailbox();
    const collected = await harbor.post(`/api/v1/mailbox/${first?.id}/collected`);
    expect(collected.status).toBe(200);
    expect((await harbor.post(`/api/v1/mailbox/${first?.id}/collected`)).status).toBe(200);
    expect((await harbor.mailbox()).map(({ id }) => id)).not.toContain(first?.id);
    expect((await harbor.get(`/api/v1/mailbox/${first?.id}`)).body).toBe(first?.x12);
    const interchange = await harbor.get(`/api/v1/interchanges/${first?.item.interchange}`);
    expect(interchange.body.status).toBe("delivered");
  });

  test("the raw bytes are what came", async () => {
    const harbor = gateway.as("harbor-retail");
    const list = await harbor.get("/api/v1/interchanges?direction=inbound&control=000004417");
    const raw = await harbor.get(`/api/v1/interchanges/${list.body.items[0].id}/raw`);
    expect(raw.body).toBe(harborOrder());
  });
});
