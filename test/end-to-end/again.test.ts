import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, sample, segmentsOf } from "../support/samples.ts";
import {
  type Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

describe.each(combinationsFor(import.meta.url))("what is done again on $name", (combination) => {
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

  const answersTo = async (id: string) => (await harbor.mailbox(0)).filter(({ item }) => item.answers === id);
  const ordersOf = async (account: string) =>
    (await gateway.supplier.documents("order", `&account=${account}`)).map(({ number }) => number);

  test("after a fix, a replay takes in what was refused, and tells the account so", async () => {
    const refused = await harbor.sendAndWait(sample("orders/850-harbor-retail-without-department.edi"));
    expect(refused.verdict).toBe("R");
    await eventually(async () => ((await answersTo(refused.id)).length === 1 ? true : undefined), "its first 997");

    const { body: account } = await gateway.supplier.get("/api/v1/accounts/harbor-retail");
    const guides = account.profile.guides.filter(({ set }: { set: string }) => set !== "850");
    expect((await gateway.supplier.put("/api/v1/accounts/harbor-retail", { ...account.profile, guides })).status).toBe(
      200,
    );
    expect((await gateway.supplier.post(`/api/v1/interchanges/${refused.id}/replay`)).status).toBe(202);

    const taken = await harbor.interchangeThat(
      refused.id,
      ({ verdict, status }) => verdict === "A" && status === "processed",
    );
    expect(taken.documents.map(({ type }: { type: string }) => type)).toContain("order");
    const answers = await eventually(async () => {
      const found = await answersTo(refused.id);
      return found.length === 3 ? found.map(({ x12 }) => x12) : undefined;
    }, "a second 997 and an 855");
    const verdicts = answers.flatMap((x12) => segmentsOf(x12).filter((segment) => segment.startsWith("AK5")));
    expect(verdicts.sort()).toEqual(["AK5*A", "AK5*R*5"]);
    expect(answers.filter((x12) => x12.includes("ST*855"))).toHaveLength(1);
    await gateway.supplier.put("/api/v1/accounts/harbor-retail", account.profile);
  });

  test("a replay of what is right changes nothing", async () => {
    const sent = await harbor.sendAndWait(anotherOrder(harborOrder(), 7300));
    await eventually(async () => ((await answersTo(sent.id)).length === 2 ? true : undefined), "its 997 and its 855");
    expect((await gateway.supplier.post(`/api/v1/interchanges/${sent.id}/replay`)).status).toBe(202);
    const again = await harbor.interchangeThat(
      sent.id,
      ({ status, timeline }) =>
        status === "processed" && timeline.filter(({ kind }: { kind: string }) => kind === "interpreted").length === 2,
    );
    expect(again.documents.filter(({ type }: { type: string }) => type === "order")).toHaveLength(1);
    expect((await ordersOf("harbor-retail")).filter((number) => number === "PO7300")).toHaveLength(1);
    expect(await answersTo(sent.id)).toHaveLength(2);
  });

  test("an unknown sender's file is released once the account exists", async () => {
    // It asks for a TA1 (ISA14); and with it comes an acknowledgment, as unknown.
    const stranger = anotherOrder(harborOrder().replace("3125550142     ", "NEWCOMER       "), 7001).replace(
      "*0*P*",
      "*1*P*",
    );
    const answer = await gateway.supplier.sendAndWait(
      [
        "ISA*00*          *00*          *12*NEWCOMER       *ZZ*CEDARRIVER     *250310*0700*U*00401*000007002*0*P*>",
        "TA1*000000099*250310*0700*A*000",
        "IEA*0*000007002~",
      ].join("~"),
    );
    expect(answer.status).toBe("quarantined");
    const sent = await gateway.supplier.sendAndWait(stranger);
    expect(sent).toMatchObject({ status: "quarantined", reason: { code: "unknown-sender" } });
    const open = await gateway.supplier.get("/api/v1/work-items?open=true");
    expect(open.body.items.map(({ kind }: { kind: string }) => kind)).toContain("quarantined");

    const release = () => gateway.supplier.post(`/api/v1/interchanges/${sent.id}/release`, { reason: "we know them" });
    // Nobody's still: released too early, it waits on.
    expect((await release()).status).toBe(202);
    await gateway.supplier.interchangeThat(sent.id, ({ status }) => status === "quarantined");

    const profile = {
      id: "newcomer",
      name: "Newcomer Stores",
      timeZone: "America/New_York",
      identities: [
        {
          usage: "production",
          theirs: { qualifier: "12", id: "NEWCOMER" },
          ours: { qualifier: "ZZ", id: "CEDARRIVER" },
        },
      ],
    };
    expect((await gateway.supplier.put("/api/v1/accounts/newcomer", profile)).status).toBe(201);
    expect((await release()).status).toBe(202);
    const released = await gateway.supplier.interchangeThat(sent.id, ({ status }) => status === "processed");
    expect(released).toMatchObject({ account: "newcomer", verdict: "A" });
    expect(await ordersOf("newcomer")).toEqual(["PO7001"]);
    // Taken in for the first time, if late: its TA1 and its 997 go out, and what the account said is heard.
    await gateway.supplier.interchangeThat(sent.id, ({ acknowledgments }) => acknowledgments.sent.length === 2);
    await gateway.supplier.post(`/api/v1/interchanges/${answer.id}/release`, { reason: "theirs too" });
    const heard = await gateway.supplier.interchangeThat(answer.id, ({ status }) => status === "processed");
    expect(heard.timeline.map(({ kind }: { kind: string }) => kind)).toContain("unmatched");
    expect((await gateway.supplier.post(`/api/v1/interchanges/${sent.id}/replay`)).status).toBe(202);
    const replayed = await gateway.supplier.interchangeThat(
      sent.id,
      ({ status, timeline }) =>
        status === "processed" && timeline.filter(({ kind }: { kind: string }) => kind === "interpreted").length === 2,
    );
    expect(replayed.acknowledgments.sent).toHaveLength(2);
    const closed = await gateway.supplier.get("/api/v1/work-items?open=true");
    expect(closed.body.items.map(({ kind }: { kind: string }) => kind)).not.toContain("quarantined");
  });

  test("the same control number with other bytes is set aside, answered with TA1 025, and can be released", async () => {
    const first = await harbor.sendAndWait(anotherOrder(harborOrder(), 7100, "FIRST"));
    expect(first.status).toBe("processed");
    const second = await harbor.sendAndWait(anotherOrder(harborOrder(), 7100, "SECOND"));
    expect(second).toMatchObject({ status: "duplicate", reason: { code: "duplicate-control-number" } });
    const [ta1] = await eventually(async () => {
      const found = await answersTo(second.id);
      return found.length > 0 ? found : undefined;
    }, "its TA1");
    expect(ta1?.x12).toMatch(/TA1\*000007100\*250310\*0612\*R\*025~/);
    const reason = "their counter was reset";
    expect((await gateway.supplier.post(`/api/v1/interchanges/${second.id}/release`, { reason })).status).toBe(202);
    await harbor.interchangeThat(second.id, ({ status }) => status === "processed");
    expect((await ordersOf("harbor-retail")).filter((number) => /FIRST|SECOND/.test(number)).sort()).toEqual([
      "FIRST",
      "SECOND",
    ]);
  });

  test("the same order in another envelope is kept, and neither offered nor answered again", async () => {
    await harbor.sendAndWait(anotherOrder(harborOrder(), 7200, "TWICE"));
    const again = await harbor.sendAndWait(anotherOrder(harborOrder(), 7201, "TWICE"));
    expect(again).toMatchObject({ status: "processed", verdict: "A" });
    expect(again.timeline.map(({ kind }: { kind: string }) => kind)).toContain("duplicate-order");
    expect((await ordersOf("harbor-retail")).filter((number) => number === "TWICE")).toHaveLength(1);
    const answers = await eventually(async () => {
      const found = await answersTo(again.id);
      return found.length > 0 ? found : undefined;
    }, "its 997");
    expect(answers.map(({ x12 }) => x12.includes("ST*997"))).toEqual([true]);
  });

  test("a file of several interchanges is several, each with its own answer and one story", async () => {
    const file = [7501, 7502, 7503].map((number) => anotherOrder(harborOrder(), number)).join("");
    const { body: receipt } = await harbor.send(file);
    const first = await harbor.interchangeThat(receipt.id, ({ status }) => status === "processed");
    expect(first.control).toBe("000007501");
    const { body: third } = await harbor.get("/api/v1/interchanges?direction=inbound&control=000007503");
    expect(third.items).toHaveLength(1);
    const raw = await harbor.get(`/api/v1/interchanges/${receipt.id}/raw`);
    expect(raw.body).toBe(file);
    await eventually(async () => {
      const numbers = await ordersOf("harbor-retail");
      return [7501, 7502, 7503].every((number) => numbers.includes(`PO${number}`)) ? true : undefined;
    }, "three orders");
    expect((await harbor.send(file)).status).toBe(200);
  });

  test("an 855 that our own check finds wrong is held, and made anew after a fix", async () => {
    const { body: account } = await gateway.supplier.get("/api/v1/accounts/harbor-retail");
    // The account's guide wants its order contact in each 855; without one it must not leave.
    const { contact: _, ...profile } = account.profile;
    await gateway.supplier.put("/api/v1/accounts/harbor-retail", profile);
    const sent = await harbor.sendAndWait(anotherOrder(harborOrder(), 7900, "HELD"));
    const held = await eventually(async () => {
      const { body } = await gateway.supplier.get("/api/v1/interchanges?status=held");
      return body.items[0];
    }, "the held 855");
    expect(held).toMatchObject({ account: "harbor-retail", reason: { code: "own-check-failed" } });
    expect(held.reason.message).toContain("order contact");
    expect((await harbor.get(`/api/v1/interchanges/${held.id}/raw`)).status).toBe(409);
    expect((await answersTo(sent.id)).some(({ x12 }) => x12.includes("ST*855"))).toBe(false);

    await gateway.supplier.put("/api/v1/accounts/harbor-retail", account.profile);
    expect((await gateway.supplier.post(`/api/v1/interchanges/${held.id}/replay`)).status).toBe(202);
    await gateway.supplier.interchangeThat(held.id, ({ status }) => status === "replaced");
    const response = await eventually(
      async () => (await answersTo(sent.id)).find(({ x12 }) => x12.includes("ST*855"))?.x12,
      "the 855 made anew",
    );
    expect(segmentsOf(response).some((segment) => segment.startsWith("PER*OC*ANNA LINDQVIST"))).toBe(true);
    const { body: work } = await gateway.supplier.get("/api/v1/work-items?open=true");
    expect(work.items.map(({ kind }: { kind: string }) => kind)).not.toContain("held");
    expect((await gateway.supplier.post(`/api/v1/interchanges/${held.id}/replay`)).status).toBe(409);
  });

  test("a flood of orders leaves the gateway time to answer", { timeout: 240_000 }, async () => {
    const flood = Array.from({ length: 150 }, (_, index) => anotherOrder(harborOrder(), 8001 + index)).join("");
    expect((await harbor.send(flood)).status).toBe(202);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
    const answeredAt = new Date().toISOString();
    const made = await eventually(
      async () => {
        const orders = await gateway.supplier.documents("order", "&account=harbor-retail");
        const found = orders.filter(({ number }) => /^PO8[01]\d\d$/.test(number));
        return found.length === 150 ? found : undefined;
      },
      "every order",
      200_000,
    );
    const lastMadeAt = made
      .map(({ createdAt }) => createdAt as string)
      .sort()
      .at(-1);
    expect(answeredAt < (lastMadeAt as string)).toBe(true);
  });
});
