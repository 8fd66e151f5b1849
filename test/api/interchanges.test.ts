import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { beginAttempt, endAttempt, findDeliveries } from "../../src/store/deliveries.ts";
import { tell } from "../../src/store/events.ts";
import { findGroups, updateGroup, updateTransactionSet } from "../../src/store/interchanges.ts";
import {
  type ApiUnderTest,
  keepBytes,
  keepInterchange,
  offerOrder,
  openApi,
  putIntoMailbox,
} from "./api-under-test.ts";

const path = "/api/v1/interchanges";
let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

const problem = {
  level: "element",
  code: "7",
  segment: "PO1",
  position: 22,
  element: 3,
  component: null,
  repetition: null,
  offset: 1184,
  length: 2,
  value: "XX",
  loop: "PO1",
  message: "XX is no unit.",
};

describe("the list", () => {
  test("goes through all, newest first, page by page", async () => {
    const made: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      made.unshift(await keepInterchange(api.database.session, { usage: "test", bytes: Buffer.from(`page ${count}`) }));
    }
    const seen: string[] = [];
    let pages = 0;
    for (let next: string | null = ""; next !== null; pages += 1) {
      const after: string = next === "" ? "" : `&after=${next}`;
      const answer = (await api.get("harbor-retail", `${path}?usage=test&limit=3${after}`)).json();
      seen.push(...answer.items.map(({ id }: { id: string }) => id));
      next = answer.next;
    }
    expect(seen).toEqual(made);
    expect(pages).toBe(3);
  });

  test("shows each with its sets, and can be narrowed", async () => {
    const { interchange, document } = await offerOrder(api.database, {
      number: "NARROW-1",
      account: "summit-industrial",
    });
    const expected = {
      id: interchange,
      direction: "inbound",
      account: "summit-industrial",
      status: "processed",
      verdict: "A",
      control: "000004417",
      usage: "production",
      sender: null,
      receiver: null,
      receivedAt: expect.any(String),
      sentAt: null,
      purpose: null,
      reason: null,
      href: `${path}/${interchange}`,
      transactionSets: [{ type: "850", control: "0001", verdict: "A", documentNumber: "NARROW-1", document }],
    };
    const today = new Date().toISOString().slice(0, 10);
    for (const filter of [
      "account=summit-industrial",
      "documentNumber=NARROW-1",
      "direction=inbound&control=4417&account=summit-industrial",
      `status=processed&from=${today}&to=${today}&documentNumber=NARROW-1`,
    ]) {
      expect((await api.get("supplier", `${path}?${filter}`)).json()).toEqual({ items: [expected], next: null });
    }
    for (const filter of [
      "direction=outbound",
      "status=held",
      "control=4418",
      "to=2020-01-01",
      "from=2990-01-01T00:00:00Z",
    ]) {
      expect((await api.get("supplier", `${path}?documentNumber=NARROW-1&${filter}`)).json().items).toEqual([]);
    }
  });

  test("says everything that is wrong with a question", async () => {
    const url = `${path}?limit=500&status=lost&after=7&from=yesterday&acount=x`;
    const answer = await api.get("supplier", url);
    expect(answer.statusCode).toBe(400);
    const body = answer.json();
    expect(body).toMatchObject({
      type: "urn:portico:problem:request.invalid",
      title: "Bad Request",
      status: 400,
      code: "request.invalid",
      instance: `urn:uuid:${answer.headers["x-request-id"]}`,
    });
    const faulty = body.errors.map((error: { path: string }) => error.path);
    expect(faulty.sort()).toEqual(["query.acount", "query.after", "query.from", "query.limit", "query.status"]);
  });
});

describe("one interchange", () => {
  test("inbound: its sets, problems, answers, documents, deliveries and story", async () => {
    const { session } = api.database;
    const { interchange, document } = await offerOrder(api.database, { number: "WHOLE-1" });
    const [set] = (await api.get("supplier", `${path}/${interchange}`)).json().groups[0].transactionSets;
    await updateTransactionSet(session, set.id, { problems: [{ ...problem, dataElement: "355" }] as never });
    const sent = await putIntoMailbox(api.database, { answersId: interchange });
    const response = await putIntoMailbox(api.database, { answersId: interchange, purpose: "document" });
    const draft = await keepInterchange(session, {
      direction: "outbound",
      status: "held",
      fileId: null,
      control: null,
      purpose: "acknowledgment",
      answersId: interchange,
      draft: { parties: {}, usage: "production", ta1s: [], groups: [{ sets: [{ type: "999", segments: [] }] }] },
    });
    await tell(session, { interchangeId: interchange }, "received", "It came.");
    await tell(session, { interchangeId: interchange }, "interpreted", "It was read.");

    const whole = (await api.get("harbor-retail", `${path}/${interchange}`)).json();
    expect(whole.groups).toEqual([
      {
        functionalId: "PO",
        control: "4417",
        version: "004010",
        senderCode: "HARBORPO",
        receiverCode: "CEDARRIVER",
        verdict: "A",
        problems: [],
        transactionSets: [
          expect.objectContaining({ type: "850", problems: [problem], document, documentNumber: "WHOLE-1" }),
        ],
      },
    ]);
    expect(whole.acknowledgments).toEqual({
      sent: [
        expect.objectContaining({
          id: sent.interchange,
          kind: "997",
          status: "ready",
          href: `${path}/${sent.interchange}`,
        }),
        expect.objectContaining({ id: draft, kind: "999", status: "held", control: null }),
      ],
      received: [],
    });
    expect(whole.responses).toEqual([expect.objectContaining({ id: response.interchange })]);
    expect(whole.documents).toEqual([
      { id: document, type: "order", number: "WHOLE-1", href: `/api/v1/documents/${document}` },
    ]);
    expect(whole.timeline.map(({ kind }: { kind: string }) => kind)).toEqual(["received", "interpreted"]);
  });

  test("outbound: what the account said of it, and every attempt to deliver it", async () => {
    const { session } = api.database;
    const { interchange } = await putIntoMailbox(api.database, { purpose: "document" });
    const [group] = await findGroups(session, interchange);
    await updateGroup(session, group?.id ?? "", { answer: "R", answeredAt: new Date() });
    const [delivery] = await findDeliveries(session, { interchangeId: interchange });
    const attempt = await beginAttempt(session, delivery?.id ?? "");
    await endAttempt(session, attempt, { outcome: "failed", httpStatus: 503, error: "busy" });
    const setId = (await api.get("supplier", `${path}/${interchange}`)).json().groups[0].transactionSets[0].id;
    await updateTransactionSet(session, setId, {
      answer: "R",
      answerProblems: [
        {
          level: "element",
          code: "5",
          segment: "PO1",
          position: 6,
          element: 2,
          component: null,
          repetition: null,
          offset: null,
          length: null,
          value: "24000000000",
          loop: null,
          message: "The partner reports element 2 of PO1, segment 6 from ST: it is too long (AK403 5).",
          dataElement: "330",
        },
      ],
    });

    const whole = (await api.get("harbor-retail", `${path}/${interchange}`)).json();
    expect(whole.acknowledgments.received).toEqual([
      {
        functionalId: "FA",
        control: "4417",
        verdict: "R",
        at: expect.any(String),
        transactionSets: [
          {
            type: "997",
            control: "0001",
            verdict: "R",
            problems: [
              {
                level: "element",
                code: "5",
                segment: "PO1",
                position: 6,
                element: 2,
                component: null,
                repetition: null,
                offset: null,
                length: null,
                value: "24000000000",
                loop: null,
                message: expect.stringContaining("AK403"),
              },
            ],
          },
        ],
      },
    ]);
    expect(whole.deliveries).toEqual([
      expect.objectContaining({
        channel: "mailbox",
        status: "waiting",
        attempts: [expect.objectContaining({ outcome: "failed", httpStatus: 503, error: "busy" })],
      }),
    ]);
  });

  test("of one file with several accounts', each account sees its own bytes and no neighbour", async () => {
    const { session } = api.database;
    const fileId = randomUUID();
    const bytes = Buffer.from("ISA harbor IEA~ISA summit IEA~");
    await keepBytes(session, fileId, bytes, "supplier");
    const harbors = await keepInterchange(session, { fileId, ordinal: 0, offset: 0, length: 15 });
    const summits = await keepInterchange(session, {
      fileId,
      ordinal: 1,
      offset: 15,
      length: 15,
      accountId: "summit-industrial",
    });
    const seen = (await api.get("summit-industrial", `${path}/${summits}`)).json();
    expect(seen).toMatchObject({ file: null, sameFile: [] });
    expect((await api.get("summit-industrial", `${path}/${summits}/raw`)).body).toBe("ISA summit IEA~");
    expect((await api.get("harbor-retail", `${path}/${harbors}/raw`)).body).toBe("ISA harbor IEA~");

    const all = (await api.get("supplier", `${path}/${summits}`)).json();
    expect(all.file).toMatchObject({ size: bytes.length, offset: 15, length: 15 });
    expect(all.sameFile).toEqual([
      { id: harbors, control: "000004417", status: "processed", href: `${path}/${harbors}` },
    ]);
    expect((await api.get("supplier", `${path}/${summits}/raw`)).body).toBe(bytes.toString());
  });
});

describe("the bytes", () => {
  test("carry their hash as ETag, and are not sent again to who has them", async () => {
    const { interchange } = await putIntoMailbox(api.database, { bytes: Buffer.from("ISA ours") });
    const first = await api.get("harbor-retail", `${path}/${interchange}/raw`);
    expect(first.headers).toMatchObject({
      "content-type": "application/edi-x12",
      "content-length": "8",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment; filename="\d{9}\.edi"$/),
    });
    const headers = { "if-none-match": String(first.headers.etag) };
    const again = await api.as("harbor-retail", { method: "GET", url: `${path}/${interchange}/raw`, headers });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    const head = await api.as("harbor-retail", { method: "HEAD", url: `${path}/${interchange}/raw` });
    expect([head.statusCode, head.headers["content-length"], head.body]).toEqual([200, "8", ""]);
  });

  test("of what came in are never shown by a browser", async () => {
    const id = await keepInterchange(api.database.session, { bytes: Buffer.from("<script>alert(1)</script>") });
    expect((await api.get("supplier", `${path}/${id}/raw`)).headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(/^attachment/),
      "x-content-type-options": "nosniff",
    });
  });

  test("of what is held are not there, and the answer says why it is held", async () => {
    const id = await keepInterchange(api.database.session, {
      direction: "outbound",
      status: "held",
      fileId: null,
      control: null,
      reason: { code: "own-check-failed", message: "PO1 03 is missing." },
    });
    const answer = await api.get("supplier", `${path}/${id}/raw`);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      { code: "interchange.no-bytes", detail: expect.stringContaining("PO1 03 is missing.") },
    ]);
  });
});

describe("once more", () => {
  test("a replay puts the interchange before the pipeline again", async () => {
    const id = await keepInterchange(api.database.session, { bytes: Buffer.from("replay") });
    const jobs = api.handed.length;
    const answer = await api.as("supplier", { method: "POST", url: `${path}/${id}/replay`, payload: {} });
    expect([answer.statusCode, answer.json()]).toEqual([
      202,
      { id, status: "received", replays: 1, href: `${path}/${id}` },
    ]);
    expect(api.handed.slice(jobs)).toEqual(["interpret"]);
    const again = await api.as("supplier", { method: "POST", url: `${path}/${id}/replay` });
    expect([again.statusCode, again.json()]).toMatchObject([409, { code: "interchange.under-way" }]);
    const { timeline } = (await api.get("supplier", `${path}/${id}`)).json();
    expect(timeline.at(-1)).toMatchObject({ kind: "replay", message: expect.stringContaining("the supplier") });
  });

  test("a release needs a reason, and something that is held", async () => {
    const { session } = api.database;
    const id = await keepInterchange(session, {
      status: "quarantined",
      accountId: null,
      bytes: Buffer.from("release"),
    });
    const release = (payload: object) => api.as("supplier", { method: "POST", url: `${path}/${id}/release`, payload });
    expect((await release({})).json()).toMatchObject({ code: "request.invalid", errors: [{ path: "body.reason" }] });
    expect((await release({ reason: "a\u0000b" })).statusCode).toBe(400);
    expect((await release({ reason: "we know them now" })).statusCode).toBe(202);
    const processed = await keepInterchange(session, { bytes: Buffer.from("not held") });
    const wrong = await api.as("supplier", {
      method: "POST",
      url: `${path}/${processed}/release`,
      payload: { reason: "x" },
    });
    expect(wrong.json()).toMatchObject({ status: 409, code: "interchange.not-held" });
    const { timeline } = (await api.get("supplier", `${path}/${id}`)).json();
    expect(timeline.at(-1).message).toBe("Released by the supplier: we know them now");
  });
});

test("what goes wrong inside stays inside", async () => {
  const id = await keepInterchange(api.database.session, { bytes: Buffer.from("broken") });
  await api.database.session.execute(`update portico.interchange set problems = '"no list"' where id = '${id}'`);
  const answer = await api.get("supplier", `${path}/${id}`);
  expect([answer.statusCode, answer.json()]).toMatchObject([500, { code: "internal" }]);
  expect(answer.body).not.toMatch(/map|TypeError|\.ts/);
  expect(api.logged.find(({ msg }) => msg === "request failed")).toMatchObject({
    err: { message: expect.stringContaining("map") },
  });
});
