import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { combinationNames } from "../support/combinations.ts";
import { harborOrder, sample } from "../support/samples.ts";
import { freshGround, type Ground, type Json, startTestGateway, type TestGateway } from "../support/test-gateway.ts";
import { onlyLine, type Run, runPortico } from "./run-portico.ts";

let ground: Ground;
let running: TestGateway;
let folder: string;
const submit = (args: readonly string[], stdin = ""): Promise<Run> =>
  runPortico(["submit", ...args], { stdin, environment: { PORTICO_URL: running.url, DATA_DIR: ground.folder } });
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "portico-submit-"));
  ground = await freshGround({ name: combinationNames.embedded, databaseUrl: null, redisUrl: null });
  running = await startTestGateway(ground);
  await running.as("harbor-retail").sendAndWait(harborOrder());
});
afterAll(async () => {
  await running?.close();
  await ground?.clear();
  rmSync(folder, { recursive: true, force: true });
});

test("a table is tried without keeping anything, then kept, and a second time nothing happens", async () => {
  const table = "samples/submit/order-response.csv";
  const tried = await submit([table, "--dry-run"]);
  expect([tried.code, tried.stderr]).toEqual([0, "1 document: 1 would leave, 0 would not.\n"]);
  expect(tried.stdout).toMatch(/^ISA\*.*\nGS\*PR\*/);
  expect(tried.stdout).toContain("ACK*IB*40*EA*068*20250402~");
  const kept = await submit([table]);
  expect([kept.code, kept.stderr]).toEqual([0, "1 document: 1 kept, 0 refused.\n"]);
  expect(onlyLine(kept.stdout)).toMatch(
    /^row 2: order-response 7741093 kept as [\w-]{36}: 855 004010, into the mailbox of harbor-retail \(12 3125550142\)$/,
  );
  const again = await submit([table]);
  expect(again.code).toBe(0);
  expect(onlyLine(again.stdout)).toBe(onlyLine(kept.stdout).replace("kept as", "was kept before as"));
});

test("what is wrong in a table is told with its row and column, and the other documents are kept", async () => {
  const rows = sample("submit/order-response.csv").trimEnd().split("\n");
  const other = rows.slice(1, 3).map((row) => row.replace("SO-20117", "SO-2").replace(",240,EA,", ",many,,"));
  const good = rows.slice(1).map((row) => row.replace("SO-20117", "SO-3"));
  const path = file("two.csv", [rows[0], ...other, ...good].join("\n"));
  const { code, stdout, stderr } = await submit([path]);
  expect(code).toBe(1);
  expect(stderr.split("\n")).toEqual([
    `${path}: row 2, column ordered_quantity: must be a decimal number written as text, for example "12.50"`,
    "2 documents: 1 kept, 1 refused.",
    "",
  ]);
  expect(onlyLine(stdout)).toMatch(/^row 4: /);
});

test("JSON, a list of it and lines of it are taken; errors name the document and the path", async () => {
  const answer = JSON.parse(sample("submit/order-response.json"));
  const one = file("one.json", JSON.stringify({ ...answer, number: "J-1" }));
  expect((await submit([one])).stdout).toMatch(/^the document: order-response /);
  const list = file(
    "list.json",
    JSON.stringify([
      { ...answer, number: "J-2" },
      { ...answer, account: 7 },
    ]),
  );
  const told = await submit([list, "--json"]);
  expect(told.code).toBe(1);
  const lines: Json[] = told.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ place, status }) => [place, status])).toEqual([
    ["document 1", 202],
    ["document 2", 400],
  ]);
  expect(lines[1].errors).toEqual([{ path: "account", message: "must be a text; put it in quotes" }]);
  const ndjson = [
    { ...answer, number: "J-3" },
    { ...answer, lines: [{}] },
  ].map((value) => JSON.stringify(value));
  const piped = await submit(["-", "--format", "ndjson"], ndjson.join("\n\n"));
  expect(piped.stdout).toMatch(/^line 1: order-response /);
  expect(piped.stderr).toContain("-: line 3, lines[0].productIds: is missing\n");
});

test("a file that is none, and a gateway that is not there, are told in one line", async () => {
  expect(onlyLine((await submit(["nothing.json"])).stderr)).toContain("There is no file nothing.json.");
  expect((await submit([file("broken.json", "{")])).code).toBe(1);
  const away = await runPortico(["submit", "samples/submit/invoice.csv"], {
    environment: { PORTICO_URL: "http://127.0.0.1:9", PORTICO_TOKEN: "x" },
  });
  expect([away.code, onlyLine(away.stderr)]).toEqual([2, expect.stringContaining("No gateway answers")]);
  const harbor = await runPortico(["submit", "samples/submit/invoice.csv"], {
    environment: { PORTICO_URL: running.url, PORTICO_TOKEN: running.tokens.accounts["harbor-retail"] ?? "" },
  });
  expect([harbor.code, onlyLine(harbor.stderr)]).toEqual([
    2,
    expect.stringContaining("Only the supplier's own systems"),
  ]);
});
