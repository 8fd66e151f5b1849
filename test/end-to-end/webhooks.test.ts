import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listener, listen } from "../support/listener.ts";
import { anotherOrder, harborOrder, sample, summitOrder } from "../support/samples.ts";
import {
  combinations,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

describe.each(combinations())("webhooks by type and account on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let orders: Listener;
  let answers: Listener;

  beforeAll(async () => {
    ground = await freshGround(combination);
    orders = await listen(503, 200);
    answers = await listen(200);
    gateway = await startTestGateway(ground);
  });
  afterAll(async () => {
    await gateway?.close();
    await orders?.close();
    await answers?.close();
    await ground?.clear();
  });

  const make = (body: object) => gateway.supplier.post("/api/v1/webhooks", body);
  const heardBy = (listener: Listener, secret: string): Json[] =>
    listener.heard.map(({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>));

  test("each hears of what it subscribed to, signed with its own key, again until it takes it", {
    timeout: 120_000,
  }, async () => {
    const { status, body: ofOrders } = await make({ url: orders.url, types: ["order"], account: "harbor-retail" });
    expect(status).toBe(201);
    expect(ofOrders).toMatchObject({ types: ["order"], account: "harbor-retail", usage: "production" });
    expect(ofOrders.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { body: ofAnswers } = await make({ url: answers.url, types: ["order-response"] });
    expect(ofAnswers.secret).not.toBe(ofOrders.secret);

    await gateway.as("harbor-retail").sendAndWait(harborOrder());
    await gateway.as("summit-industrial").sendAndWait(summitOrder());
    await gateway.as("harbor-retail").sendAndWait(sample("orders/850-harbor-retail-test.edi"));
    const answer = { ...JSON.parse(sample("submit/order-response.json")), number: "SO-1" };
    await gateway.supplier.submit(answer);
    await answers.hears(1);
    await orders.hears(2);

    const told = heardBy(orders, ofOrders.secret);
    expect(told.map(({ type, data }) => [type, data.number])).toEqual([
      ["order.received", "7741093"],
      ["order.received", "7741093"],
    ]);
    expect(orders.heard[0]?.headers["webhook-id"]).toBe(orders.heard[1]?.headers["webhook-id"]);
    const [sent] = heardBy(answers, ofAnswers.secret);
    expect(sent).toMatchObject({ type: "order-response.sent", data: { account: "harbor-retail" } });
    expect(() =>
      new Webhook(ofOrders.secret).verify(answers.heard[0]?.body ?? "", answers.heard[0]?.headers as never),
    ).toThrow();
  });

  test("the key is shown once; who subscribed is listed, and a subscription ends", async () => {
    const { body } = await gateway.supplier.get("/api/v1/webhooks");
    expect(body.items).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain("whsec_");
    for (const { id, href: _, ...one } of body.items) {
      const removed = await gateway.supplier.request("DELETE", `/api/v1/webhooks/${id}`);
      expect(removed).toMatchObject({ status: 200, body: one });
      expect((await gateway.supplier.request("DELETE", `/api/v1/webhooks/${id}`)).status).toBe(404);
    }
    const before = orders.heard.length;
    await gateway.as("harbor-retail").sendAndWait(anotherOrder(harborOrder(), 8101));
    expect(orders.heard).toHaveLength(before);
  });

  test("what is no address, an unknown type, an unknown account and an account's token are refused", async () => {
    const path = async (body: object) => {
      const answer = await make(body);
      expect(answer.status).toBe(400);
      return answer.body.errors.map((error: Json) => error.path);
    };
    expect(await path({ url: "http://erp.example/in" })).toEqual(["body.url"]);
    expect(await path({ url: "https://user:pass@erp.example/in" })).toEqual(["body.url"]);
    expect(await path({ url: "ftp://erp.example/in" })).toContain("body.url");
    expect(await path({ url: "https://erp.example/in", types: ["poem"] })).toEqual(["body.types[0]"]);
    expect(await path({ url: "https://erp.example/in", account: "nobody" })).toEqual(["body.account"]);
    const harbor = gateway.as("harbor-retail");
    expect((await harbor.post("/api/v1/webhooks", { url: "https://erp.example/in" })).status).toBe(403);
    expect((await harbor.get("/api/v1/webhooks")).status).toBe(403);
  });
});

describe.each(combinations().slice(0, 1))("a webhook's address on $name", (combination) => {
  test("must not lead into our own network, though its name is allowed", async () => {
    const ground = await freshGround(combination);
    const inside = await listen(200);
    const gateway = await startTestGateway(ground, {
      environment: { PUSH_ALLOW_PRIVATE: "false", DELIVERY_ATTEMPTS: "1" },
    });
    try {
      expect((await gateway.supplier.post("/api/v1/webhooks", { url: inside.url })).status).toBe(201);
      await gateway.as("harbor-retail").sendAndWait(harborOrder());
      const failed = await eventually(async () => {
        const [order] = await gateway.supplier.documents("order");
        const { body } = await gateway.supplier.get(`/api/v1/documents/${order?.id}`);
        return body.deliveries?.find((one: Json) => one.status === "failed");
      }, "the failed delivery");
      expect(failed.attempts[0].error).toContain("inside our own network");
      expect(inside.heard).toHaveLength(0);
    } finally {
      await gateway.close();
      await inside.close();
      await ground.clear();
    }
  });
});
