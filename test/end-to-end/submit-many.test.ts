import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { combinationNames } from "../support/combinations.ts";
import { GatewayProcess } from "../support/processes.ts";
import { sample } from "../support/samples.ts";
import {
  Client,
  combinations,
  eventually,
  freshGround,
  type Ground,
  type Json,
  readCredentials,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const answer = JSON.parse(sample("submit/order-response.json"));
const answers = (count: number, prefix: string): Json[] =>
  Array.from({ length: count }, (_, index) => ({ ...answer, number: `${prefix}-${index}` }));
const asLines = (documents: readonly unknown[]): string => documents.map((one) => JSON.stringify(one)).join("\n");

describe("many documents, and hostile ones", () => {
  let ground: Ground;
  let gateway: TestGateway;

  beforeAll(async () => {
    ground = await freshGround(combinations().at(-1) as ReturnType<typeof combinations>[number]);
    // Nobody works: what is tested is the door.
    gateway = await startTestGateway(ground, ground.environment.DATABASE_URL ? { role: "api" } : {});
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  test("ten thousand lines are taken one by one, and one more is too many", { timeout: 240_000 }, async () => {
    const lines = answers(10_001, "MANY");
    lines[4_999] = { ...answer, account: "nobody" };
    const told = await gateway.supplier.submitLines(asLines(lines));
    expect(told).toHaveLength(10_001);
    expect(told.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(told.filter(({ status }) => status === 202)).toHaveLength(9_999);
    expect(told[4_999]).toMatchObject({ status: 400, errors: [{ path: "account" }] });
    expect(told[10_000]).toMatchObject({ status: 413, code: "documents.too-many" });
    expect(new Set(told.flatMap(({ document }) => (document ? [document.id] : []))).size).toBe(9_999);
  });

  test("a sender that reads nothing until it has sent all gets its answers", { timeout: 120_000 }, async () => {
    const lines = asLines(Array.from({ length: 5_000 }, () => ({ documentType: "order-response" })));
    const url = new URL(`${gateway.url}/api/v1/documents`);
    const body = await new Promise<string>((resolve, reject) => {
      const sending = request(url, {
        method: "POST",
        headers: { authorization: `Bearer ${gateway.tokens.supplier}`, "content-type": "application/x-ndjson" },
      });
      sending.on("error", reject);
      sending.on("response", (response) => {
        let text = "";
        response.pause();
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve(text));
        response.pause();
        sending.end(lines.slice(lines.length / 2), () => response.resume());
      });
      sending.write(lines.slice(0, lines.length / 2));
    });
    expect(body.trimEnd().split("\n")).toHaveLength(5_000);
  });

  test("a cut connection keeps whole batches only, and the same lines again under their key do nothing twice", {
    timeout: 180_000,
  }, async () => {
    const documents = answers(300, "CUT");
    const key = { "idempotency-key": "cut" };
    const whole = asLines(documents);
    await new Promise<void>((done) => {
      const sending = request(`${gateway.url}/api/v1/documents`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${gateway.tokens.supplier}`,
          "content-type": "application/x-ndjson",
          ...key,
        },
      });
      sending.on("error", () => done());
      sending.on("response", (response) => response.once("data", () => sending.destroy()).on("error", () => done()));
      // Two batches and a half.
      sending.write(whole.slice(0, Math.floor((whole.length * 250) / 300)));
    });
    const told = await gateway.supplier.submitLines(whole, key);
    expect(told.map(({ status }) => status)).toEqual(documents.map(() => 202));
    const repeated = told.filter((line) => line.repeated).length;
    expect(repeated).toBeGreaterThanOrEqual(100);
    expect(repeated % 100).toBe(0);
    expect(new Set(told.map(({ document }) => document.id)).size).toBe(300);
  });

  test("whatever is sent as JSON is refused as it should be, and the gateway goes on", {
    timeout: 180_000,
  }, async () => {
    const send = (body: string, type = "application/json") =>
      gateway.supplier.request("POST", "/api/v1/documents", { body, headers: { "content-type": type } });
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    const deepObject = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    const cases: [string, number][] = [
      [deep, 400],
      [deepObject, 400],
      [`{"documentType":"order-response","lines":${deep}}`, 400],
      ['{"documentType":"order-response","__proto__":{"account":"harbor-retail"}}', 400],
      ['{"constructor":{"prototype":{"account":"x"}},"documentType":"order-response"}', 400],
      ['{"documentType":"__proto__"}', 400],
      ['{"documentType":"toString"}', 400],
      ["null", 400],
      ["[]", 400],
      ['"order-response"', 400],
      ["", 400],
      ["{", 400],
      [JSON.stringify({ ...answer, number: "N".repeat(3_000_000) }), 202],
      [JSON.stringify({ ...answer, currency: "\ud800" }), 202],
      [JSON.stringify({ ...answer, order: { ...answer.order, number: "N".repeat(100_000) } }), 400],
      [`"${"x".repeat(17 * 1024 * 1024)}"`, 413],
    ];
    for (const [body, status] of cases) {
      const got = await send(body);
      expect(got.status, `${body.slice(0, 60)}: ${JSON.stringify(got.body).slice(0, 300)}`).toBe(status);
      // The last one is too long for a line too; it ends the request.
      if (body === "" || status === 202) continue;
      const [line] = String((await send(body, "application/x-ndjson")).body).split("\n");
      expect(JSON.parse(line as string).status, body.slice(0, 60)).toBe(status);
    }
    expect((await send("account,number", "text/csv")).status).toBe(415);
    expect(JSON.parse((await send("\ufffd{}", "application/x-ndjson")).body).code).toBe("document.unreadable");
    expect({}).not.toHaveProperty("account");
  });
});

describe.each(combinations().filter(({ name }) => name === combinationNames.embedded))(
  "a process on $name",
  (combination) => {
    test("that is killed in the middle of 120 documents has lost none, and sends none twice", {
      timeout: 300_000,
    }, async () => {
      const ground = await freshGround(combination);
      const running: GatewayProcess[] = [];
      const start = async (): Promise<{ supplier: Client; harbor: Client }> => {
        const gateway = new GatewayProcess(["start"], { ...ground.environment, LOG_LEVEL: "warn" });
        running.push(gateway);
        const [, url = ""] = await gateway.prints(/runs on (http:\/\/localhost:\d+)/);
        const tokens = readCredentials(ground.folder);
        return {
          supplier: new Client(url, tokens.supplier),
          harbor: new Client(url, tokens.accounts["harbor-retail"] as string),
        };
      };
      try {
        const documents = answers(120, "KILL");
        const key = { "idempotency-key": "killed" };
        const first = await start();
        const cut = first.supplier.submitLines(asLines(documents), key).catch(() => []);
        await eventually(
          async () => ((await first.supplier.documents("order-response")).length > 5 ? true : undefined),
          "the first accepted",
        );
        await running[0]?.end("SIGKILL");
        await cut;
        const second = await start();
        const told = await second.supplier.submitLines(asLines(documents), key);
        expect(told.map(({ status }) => status)).toEqual(documents.map(() => 202));
        const files = await second.harbor.mailbox(120, 200_000);
        const numbers = files.map(({ x12 }) => /KILL-\d+/.exec(x12)?.[0]).sort();
        expect(numbers).toEqual(documents.map(({ number }) => number).sort());
      } finally {
        for (const gateway of running) await gateway.end("SIGKILL");
        await ground.clear();
      }
    });
  },
);
