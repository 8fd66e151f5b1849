import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harborOrder, sample, segmentOf } from "../support/samples.ts";
import {
  combinations,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

/** An answer to an order as an ERP would hand it in, each time another. */
let answers = 0;
function response(changes: object = {}): Json {
  answers++;
  return { ...JSON.parse(sample("submit/order-response.json")), number: `SO-${20_000 + answers}`, ...changes };
}

/** What became of a document, without what the account's rules had to say. */
const storyOf = ({ timeline }: Json): string[] =>
  timeline.map(({ kind }: Json) => kind).filter((kind: string) => kind !== "ruled");

describe.each(combinations())("documents handed in on $name", (combination) => {
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

  const supplier = () => gateway.supplier;
  const sentFor = (number: string): Promise<string[]> =>
    gateway
      .as("harbor-retail")
      .mailbox(0)
      .then((files) => files.map(({ x12 }) => x12).filter((x12) => x12.includes(`*${number}*`)));
  const arrival = (number: string): Promise<string> =>
    eventually(async () => (await sentFor(number))[0], `the interchange with ${number}`);

  test("an answer to an order is kept, checked, and waits in the account's mailbox", async () => {
    await gateway.as("harbor-retail").sendAndWait(harborOrder());
    const document = response();
    const { status, headers, body } = await supplier().submit(document);
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.any(String),
      type: "order-response",
      number: "7741093",
      account: "harbor-retail",
      usage: "production",
      status: "submitted",
      sending: {
        set: "855",
        version: "004010",
        interchangeVersion: "00401",
        from: { qualifier: "ZZ", id: "CEDARRIVER", application: "CEDARRIVER" },
        to: { qualifier: "12", id: "3125550142", application: "HARBORPO" },
        channel: "mailbox",
        when: "when-checked",
      },
      href: `/api/v1/documents/${body.id}`,
    });
    expect(headers.get("location")).toBe(body.href);

    const x12 = await arrival(document.number);
    expect(segmentOf(x12, "BAK").slice(1, 4)).toEqual(["00", "AC", "7741093"]);
    expect(x12).toContain("ACK*IQ*200*EA");
    const kept = await supplier().documentThat(body.id, ({ interchange }) => interchange !== null);
    expect(kept).toMatchObject({
      status: "accepted",
      direction: "outbound",
      submittedBy: "the supplier",
      findings: [],
    });
    expect(kept.cursor).not.toBeNull();
    expect(storyOf(kept)).toEqual(["submitted", "accepted", "generated"]);
    const [order] = await supplier().documents("order");
    expect(kept.respondsTo).toBe(order.id);
  });

  test("everything that is wrong is said at once, with paths into the document", async () => {
    const document = response({ date: "11.03.2025", colour: "red" });
    document.lines[0].quantity = 240;
    document.lines[0].acknowledgments[1] = { quantity: "40" };
    const { status, body } = await supplier().submit(document);
    expect(status).toBe(400);
    expect(body.code).toBe("document.invalid");
    expect(Object.fromEntries(body.errors.map(({ path, message }: Json) => [path, message]))).toEqual({
      "body.colour": "there is no such field here",
      "body.date": "must be a date that exists, written as YYYY-MM-DD",
      "body.lines[0].quantity": "must be a text; put it in quotes",
      "body.lines[0].acknowledgments[1].status": "is missing",
    });
    const wrong = async (changes: object) => (await supplier().submit(response(changes))).body.errors;
    expect(await wrong({ account: "nobody" })).toEqual([
      { path: "body.account", message: 'there is no account "nobody"' },
    ]);
    expect((await wrong({ documentType: "order" }))[0]).toMatchObject({
      path: "body.documentType",
      message: expect.stringContaining("only comes in"),
    });
    expect((await wrong({ documentType: "poem" }))[0].message).toMatch(/^must be one of order-response, /);
    expect((await wrong({ currency: "US\0D" }))[0]).toEqual({ path: "body.currency", message: "must not contain NUL" });
    expect((await wrong({ order: { number: "9".repeat(3000), date: "2025-03-10" } }))[0].message).toContain("80");
  });

  test("the same key and the same document get the same answer, also at once; another document is refused", async () => {
    const document = response();
    const key = { "idempotency-key": `erp-${document.number}` };
    const all = await Promise.all([1, 2, 3, 4].map(() => supplier().submit(document, key)));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(all.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(3);
    const quoted = await supplier().submit(document, { "idempotency-key": `"erp-${document.number}"` });
    expect(quoted.body).toEqual(all[0]?.body);
    const other = await supplier().submit(response(), key);
    expect(other).toMatchObject({ status: 422, body: { code: "idempotency.key-reused" } });
    await arrival(document.number);
    expect(await sentFor(document.number)).toHaveLength(1);
  });

  test("the very same answer twice at once, without a key, is taken once", async () => {
    const document = response();
    const all = await Promise.all([1, 2, 3, 4].map(() => supplier().submit(document)));
    expect(all.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    const id = all.find(({ status }) => status === 202)?.body.id;
    for (const { body } of all.filter(({ status }) => status === 409)) {
      expect(body).toMatchObject({ code: "document.number-used", detail: expect.stringContaining(id) });
    }
  });

  test("what breaks the account's guide is held with its reasons; it can't be waived, but withdrawn", async () => {
    const document = response({ contacts: [] });
    const { body } = await supplier().submit(document);
    const held = await supplier().documentThat(body.id, ({ status }) => status === "held");
    expect(held).toMatchObject({ cursor: null, interchange: null });
    expect(held.findings).toEqual([
      {
        code: "x12-wrong",
        severity: "hold",
        path: "",
        message: expect.stringContaining("PER*OC"),
        mend: expect.any(String),
      },
    ]);
    const open = async () =>
      (await supplier().get("/api/v1/work-items?open=true&limit=200")).body.items.filter(
        (item: Json) => item.document?.id === body.id,
      );
    expect(await open()).toEqual([expect.objectContaining({ kind: "document-held", account: "harbor-retail" })]);
    const listed = (await supplier().get("/api/v1/documents?status=held&type=order-response")).body.items;
    expect(listed.map(({ id }: Json) => id)).toContain(body.id);

    const release = (json: unknown) => supplier().post(`/api/v1/documents/${body.id}/release`, json);
    expect((await release({})).body.errors[0]).toMatchObject({ path: "body.reason" });
    expect((await release({ reason: "The buyer said it is fine." })).status).toBe(202);
    const again = await supplier().documentThat(body.id, (one) => one.status === "held" && storyOf(one).length > 3);
    expect(storyOf(again)).toEqual(["submitted", "held", "released", "held"]);

    // The very same is taken again once the first has given its number back.
    expect((await supplier().submit(document)).status).toBe(409);
    const withdraw = () => supplier().post(`/api/v1/documents/${body.id}/withdraw`, { reason: "Made by mistake." });
    expect((await withdraw()).body).toEqual({ id: body.id, status: "withdrawn", href: `/api/v1/documents/${body.id}` });
    expect((await withdraw()).body.code).toBe("document.not-held");
    expect(await open()).toEqual([]);
    expect((await supplier().submit(document)).status).toBe(202);
    expect(await sentFor(document.number)).toEqual([]);
  });

  test("a dry run gives the exact X12 and every problem, and keeps nothing", async () => {
    const count = async () => (await supplier().documents("order-response")).length;
    const before = await count();
    const good = response();
    const tried = await supplier().submit(good, {}, "?dryRun=true");
    expect(tried).toMatchObject({ status: 200, body: { dryRun: true, outcome: "accepted", problems: [] } });
    expect(segmentOf(tried.body.x12, "ISA")[13]).toBe("000000001");
    expect(tried.body.placeholders).toContain("000000001");
    const bad = await supplier().submit(response({ contacts: [] }), {}, "?dryRun=true");
    expect(bad.body).toMatchObject({
      outcome: "held",
      x12: expect.stringContaining("ST*855"),
      sending: { set: "855" },
    });
    expect(bad.body.problems).toEqual([expect.objectContaining({ code: "x12-wrong", severity: "hold" })]);
    const broken = await supplier().submit(response({ lines: [{}] }), {}, "?dryRun=true");
    expect(broken.body).toMatchObject({ outcome: "refused", x12: null, number: null });
    expect(broken.body.problems.map(({ path }: Json) => path)).toEqual([
      "lines[0].productIds",
      "lines[0].acknowledgments",
    ]);
    expect(await count()).toBe(before);

    // But for its control numbers and its time, what leaves is what was shown.
    await supplier().submit(good);
    const sent = await arrival(good.number);
    const body = (x12: string) => x12.slice(x12.indexOf("ST*855"), x12.indexOf("GE*"));
    expect(body(sent)).toBe(body(tried.body.x12));
    const again = await supplier().submit(good, {}, "?dryRun=true");
    expect(again.body).toMatchObject({ outcome: "refused", problems: [{ code: "document.number-used" }] });
  });

  test("of many lines, the good ones are kept and the others are told, each on its line", async () => {
    const good = response();
    const lines = [
      JSON.stringify(good),
      "",
      "{ not json",
      JSON.stringify(response({ account: "nobody" })),
      '{"__proto__": {"documentType": "order-response"}}',
      JSON.stringify(good),
      JSON.stringify(response()),
    ].join("\n");
    const answers = await supplier().submitLines(lines);
    expect(answers.map(({ line, status, code }) => [line, status, code])).toEqual([
      [1, 202, undefined],
      [3, 400, "document.unreadable"],
      [4, 400, "document.invalid"],
      [5, 400, "document.unreadable"],
      [6, 409, "document.number-used"],
      [7, 202, undefined],
    ]);
    expect(answers[2].errors).toEqual([{ path: "account", message: 'there is no account "nobody"' }]);
    await arrival(good.number);
    expect(await sentFor(good.number)).toHaveLength(1);
  });

  test("the same lines again under the same key are answered as before", async () => {
    const lines = [response(), response()].map((one) => JSON.stringify(one));
    const key = { "idempotency-key": "a-night's-run" };
    const first = await supplier().submitLines(lines.join("\n"), key);
    const second = await supplier().submitLines([...lines, JSON.stringify(response())].join("\n"), key);
    expect(second.slice(0, 2)).toEqual(first.map((line) => ({ ...line, repeated: true })));
    expect(second[2]).toMatchObject({ line: 3, status: 202 });
    const changed = await supplier().submitLines(JSON.stringify(response()), key);
    expect(changed).toEqual([expect.objectContaining({ line: 1, status: 422, code: "idempotency.key-reused" })]);
  });

  test("an account's token may neither hand in nor decide", async () => {
    const harbor = gateway.as("harbor-retail");
    expect((await harbor.submit(response())).status).toBe(403);
    expect((await harbor.submitLines(JSON.stringify(response())))[0].code).toBe("token.not-allowed");
    const path = "/api/v1/documents/6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    expect((await harbor.post(`${path}/release`, { reason: "x" })).status).toBe(403);
    expect((await supplier().post(`${path}/withdraw`, { reason: "x" })).status).toBe(404);
    const [order] = await supplier().documents("order");
    expect((await supplier().post(`/api/v1/documents/${order.id}/release`, { reason: "x" })).status).toBe(404);
  });

  test("a test document goes out as a test, and stays out of production's feed", async () => {
    const document = response({ usage: "test" });
    const { body } = await supplier().submit(document);
    const x12 = await arrival(document.number);
    expect(x12.split("*")[15]).toBe("T");
    expect((await supplier().documents("order-response")).map(({ id }) => id)).not.toContain(body.id);
    expect((await supplier().documents("order-response", "&usage=test")).map(({ id }) => id)).toContain(body.id);
  });

  test("the documents of an order are found by its number", async () => {
    const { body } = await supplier().get("/api/v1/documents?order=7741093&limit=200");
    expect(new Set(body.items.map(({ type }: Json) => type))).toEqual(new Set(["order", "order-response"]));
    expect((await supplier().get("/api/v1/documents?order=0000000")).body.items).toEqual([]);
  });
});
