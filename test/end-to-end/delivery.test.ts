import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Listener, listen } from "../support/listener.ts";
import { anotherOrder, harborOrder, segmentOf, segmentsOf } from "../support/samples.ts";
import {
  combinations,
  eventually,
  freshGround,
  type Ground,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const webhookSecret = `whsec_${Buffer.from("a key of thirty-two bytes, to test").toString("base64")}`;
const pushSecret = "a secret that both sides know";

describe.each(combinations())("delivery on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let account: Listener;
  let supplierSystems: Listener;

  beforeAll(async () => {
    ground = await freshGround(combination);
    account = await listen(503, 200);
    supplierSystems = await listen(200);
    gateway = await startTestGateway(ground, {
      environment: { WEBHOOK_URL: supplierSystems.url, WEBHOOK_SECRET: webhookSecret, DELIVERY_ATTEMPTS: "2" },
    });
  });
  afterAll(async () => {
    await gateway?.close();
    await account?.close();
    await supplierSystems?.close();
    await ground?.clear();
  });

  test("a new order is announced to the supplier's systems by a signed webhook", async () => {
    const harbor = gateway.as("harbor-retail");
    await harbor.sendAndWait(harborOrder());
    const [heard] = await supplierSystems.hears(1);
    const announced = new Webhook(webhookSecret).verify(
      heard?.body ?? "",
      heard?.headers as Record<string, string>,
    ) as { type: string; data: { number: string; document: { lines: unknown[] } } };
    expect(announced.type).toBe("order.received");
    expect(announced.data).toMatchObject({ number: "7741093", account: "harbor-retail" });
    expect(announced.data.document.lines).toHaveLength(5);
    // The 855 that we made ourselves is no news to the supplier.
    await harbor.mailbox(2);
    expect(supplierSystems.heard).toHaveLength(1);
  });

  test("files are pushed to the account's own address, again until it takes them, and every attempt is kept", async () => {
    const { body: before } = await gateway.supplier.get("/api/v1/accounts/summit-industrial");
    const profile = {
      ...before.profile,
      id: "pushed-to",
      name: "Pushed To",
      identities: [
        {
          usage: "production",
          theirs: { qualifier: "ZZ", id: "PUSHEDTO" },
          ours: { qualifier: "ZZ", id: "CEDARRIVER" },
        },
      ],
      x12: { version: "004010" },
      acknowledgments: { kind: "997" },
      guides: [],
      delivery: { push: { url: account.url, headers: { authorization: "Basic c2VjcmV0" }, secret: pushSecret } },
    };
    expect((await gateway.supplier.put("/api/v1/accounts/pushed-to", profile)).status).toBe(201);
    const shown = await gateway.supplier.get("/api/v1/accounts/pushed-to");
    expect(JSON.stringify(shown.body)).not.toMatch(/c2VjcmV0|a secret that/);

    const order = anotherOrder(harborOrder(), 31)
      .replace("12*3125550142     ", "ZZ*PUSHEDTO       ")
      .replace("HARBORPO", "PUSHEDTO");
    const { body: receipt } = await gateway.supplier.send(order);
    const [refused, taken] = await account.hears(2);
    expect(refused?.body).toBe(taken?.body);
    expect(taken?.headers["idempotency-key"]).toBe(refused?.headers["idempotency-key"]);
    expect(taken?.headers).toMatchObject({ "content-type": "application/edi-x12", authorization: "Basic c2VjcmV0" });
    expect(segmentOf(taken?.body ?? "", "AK1")).toEqual(["AK1", "PO", "31"]);
    const key = Buffer.from(pushSecret).toString("base64");
    // Signed like a webhook; the body is X12, so only the signature is checked here, not JSON.
    const headers = taken?.headers as Record<string, string>;
    const signed = new Webhook(key).sign(
      headers["webhook-id"] as string,
      new Date(Number(headers["webhook-timestamp"]) * 1000),
      taken?.body ?? "",
    );
    expect(headers["webhook-signature"]).toBe(signed);

    const inbound = await gateway.supplier.interchangeThat(receipt.id, ({ acknowledgments }) =>
      acknowledgments.sent.some(({ status }: { status: string }) => status === "delivered"),
    );
    const { body: outbound } = await gateway.supplier.get(`/api/v1/interchanges/${inbound.acknowledgments.sent[0].id}`);
    expect(outbound.deliveries).toHaveLength(1);
    expect(outbound.deliveries[0]).toMatchObject({ channel: "push", status: "delivered" });
    expect(
      outbound.deliveries[0].attempts.map(({ outcome, httpStatus }: { outcome: string; httpStatus: number }) => [
        outcome,
        httpStatus,
      ]),
    ).toEqual([
      ["failed", 503],
      ["delivered", 200],
    ]);
  });

  test("a push that is given up opens a work item, and is tried again when a person says so", async () => {
    const broken = await listen(500, 500, 200);
    try {
      const profile = {
        id: "out-of-order",
        name: "Out Of Order",
        timeZone: "America/New_York",
        identities: [
          {
            usage: "production",
            theirs: { qualifier: "ZZ", id: "OUTOFORDER" },
            ours: { qualifier: "ZZ", id: "CEDARRIVER" },
          },
        ],
        delivery: { push: { url: broken.url } },
      };
      await gateway.supplier.put("/api/v1/accounts/out-of-order", profile);
      const order = anotherOrder(harborOrder(), 41).replace("12*3125550142     ", "ZZ*OUTOFORDER     ");
      const { body: receipt } = await gateway.supplier.send(order);
      await broken.hears(2);
      const inbound = await gateway.supplier.interchangeThat(receipt.id, ({ acknowledgments }) =>
        acknowledgments.sent.some(({ status }: { status: string }) => status === "failed"),
      );
      const href = `/api/v1/interchanges/${inbound.acknowledgments.sent[0].id}`;
      const { body: failed } = await gateway.supplier.get(href);
      const work = async () =>
        (await gateway.supplier.get("/api/v1/work-items?open=true&account=out-of-order")).body.items;
      expect(await work()).toMatchObject([{ kind: "job-failed", interchange: { id: failed.id } }]);

      const retry = `/api/v1/deliveries/${failed.deliveries[0].id}/retry`;
      expect((await gateway.supplier.post(retry)).status).toBe(202);
      const delivered = await gateway.supplier.interchangeThat(failed.id, ({ status }) => status === "delivered");
      expect(delivered.deliveries[0].attempts).toHaveLength(3);
      expect(await work()).toEqual([]);
      expect((await gateway.supplier.post(retry)).status).toBe(409);
    } finally {
      await broken.close();
    }
  });

  test("the account's 997 for our 855 is matched, and is not acknowledged itself", async () => {
    const harbor = gateway.as("harbor-retail");
    const sent = (await harbor.mailbox(2)).find(({ x12 }) => x12.includes("ST*855"));
    const group = segmentOf(sent?.x12 ?? "", "GS");
    const answer = [
      "ISA*00*          *00*          *12*3125550142     *ZZ*CEDARRIVER     *250310*0700*U*00401*000000901*0*P*>",
      "GS*FA*HARBORPO*CEDARRIVER*20250310*0700*901*X*004010",
      "ST*997*0001",
      // With zeros in front, as an account may write a number.
      `AK1*PR*000${group[6]}`,
      "AK2*855*0001",
      "AK3*PO1*6**8",
      "AK4*2*330*5*24000000000",
      "AK5*R*5",
      "AK9*R*1*1*0",
      "SE*8*0001",
      "GE*1*901",
      "IEA*1*000000901",
    ];
    const before = (await harbor.mailbox(0)).length;
    const inbound = await harbor.sendAndWait(`${answer.join("~\n")}~\n`);
    expect(inbound).toMatchObject({ status: "processed", verdict: "A" });
    const { body: outbound } = await gateway.supplier.get(`/api/v1/interchanges/${sent?.item.interchange}`);
    expect(outbound).toMatchObject({ status: "acknowledged", verdict: "R" });
    expect(JSON.stringify(outbound.acknowledgments.received)).toMatch(/"R"/);
    const { body: work } = await gateway.supplier.get("/api/v1/work-items?open=true");
    expect(work.items.map(({ kind }: { kind: string }) => kind)).toContain("rejected-by-account");
    expect(await harbor.mailbox(0)).toHaveLength(before);
  });

  test("a 999 and a TA1 are taken in by an account that speaks so", async () => {
    const summit = gateway.as("summit-industrial");
    const ta1 = [
      "ISA|00|          |00|          |ZZ|SUMMITIND      |ZZ|CEDARRIVER     |250310|0700|^|00501|000000902|0|P|:",
      "TA1|000000099|250310|0700|A|000",
      "IEA|0|000000902",
    ];
    const inbound = await summit.sendAndWait(`${ta1.join("~")}~`);
    expect(inbound.status).toBe("processed");
    expect(inbound.timeline.map(({ kind }: { kind: string }) => kind)).toContain("unmatched");
    expect(await summit.mailbox(0)).toHaveLength(0);
  });

  test("a 204 is refused in its 997: nothing is accepted that nothing is done with", async () => {
    const harbor = gateway.as("harbor-retail");
    const tender = harborOrder()
      .replace("ST*850", "ST*204")
      .replace("GS*PO", "GS*SM")
      .replace("000004417*0*P", "000000903*0*P")
      .replace("IEA*1*000004417", "IEA*1*000000903");
    const inbound = await harbor.sendAndWait(tender);
    expect(inbound.verdict).toBe("R");
    const answer = await eventually(
      async () => (await harbor.mailbox()).find(({ item }) => item.answers === inbound.id)?.x12,
      "the 997",
    );
    expect(segmentsOf(answer).filter((segment) => /^AK[59]/.test(segment))).toEqual(["AK5*R*1", "AK9*R*1*1*0"]);
  });
});
