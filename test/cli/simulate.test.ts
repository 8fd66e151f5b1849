import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { combinationNames } from "../support/combinations.ts";
import { harborOrder } from "../support/samples.ts";
import {
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";
import { onlyLine, type Run, runPortico } from "./run-portico.ts";

const harborFile = "samples/accounts/harbor-retail.yaml";

describe("portico simulate", { timeout: 120_000 }, () => {
  let ground: Ground;
  let running: TestGateway;
  let first = 1_000;
  /** Every run has numbers of its own. */
  const simulate = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> => {
    first += 1_000;
    return runPortico(["simulate", "--first", String(first), ...args], {
      environment: { PORTICO_URL: running.url, DATA_DIR: ground.folder, ...environment },
    });
  };

  beforeAll(async () => {
    ground = await freshGround({ name: combinationNames.embedded, databaseUrl: null, redisUrl: null });
    running = await startTestGateway(ground);
  });
  afterAll(async () => {
    await running?.close();
    await ground?.clear();
  });

  test("orders go in and are answered, and what it says is what the gateway has", async () => {
    // What waited before is not the simulator's to collect.
    await running.as("harbor-retail").sendAndWait(harborOrder());
    await running.as("harbor-retail").mailbox(2);
    const { code, stdout, stderr } = await simulate([
      ...["--account", harborFile, "--orders", "2", "--lines", "2", "--stores", "4", "--changes", "1", "--seed", "7"],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("sent      850 for order 000002000 (interchange 000002000)");
    expect(lines.filter((line) => line.startsWith("sent      860 "))).toHaveLength(2);
    expect(lines).toContain("received  855 for order 000002000");
    expect(lines.at(-1)).toMatch(/^\d+ files sent, \d+ received; nothing wrong, nothing missing$/);
    const orders = (await running.supplier.documents("order")).map(({ number }: Json) => number);
    expect(orders).toEqual(expect.arrayContaining(["000002000", "000002001", "7741093"]));
    expect(await running.as("harbor-retail").mailbox(0)).toHaveLength(2);
  });

  test("an account may be named by its id, and is spoken to in its own version", async () => {
    const { code, stdout } = await simulate(["--account", "summit-industrial", "--json"]);
    const told = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(told).toMatchObject({ account: "summit-industrial", seed: 1, missing: [], good: true });
    expect(
      told.received
        .flatMap(({ contents }: Json) => contents)
        .map((text: string) => text.split(" ")[0])
        .sort(),
    ).toEqual(["999", "TA1"]);
  });

  test("a customer that rejects what it gets calls a person of the supplier's", async () => {
    const { code } = await simulate(["--account", harborFile, "--acknowledge", "reject"]);
    expect(code).toBe(0);
    const told = await eventually(async () => {
      const { body } = await running.supplier.get("/api/v1/work-items?open=true&limit=200");
      return body.items.find(({ kind }: Json) => kind === "rejected-by-account");
    }, "a work item");
    expect(told.account).toBe("harbor-retail");
  });

  test("what does not come in time is missing", async () => {
    const { code, stdout } = await simulate(["--account", harborFile, "--await", "856,810", "--within", "2"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^missing {3}the 856 for order \d+$/m);
    expect(stdout).toMatch(/^missing {3}the 810 for order \d+$/m);
    expect(stdout).toMatch(/ received; \d missing\n$/);
  });

  test("without a token, a gateway or a good option nothing is done", async () => {
    const without = await simulate(["--account", harborFile], { DATA_DIR: "/nonexistent" });
    expect([without.code, onlyLine(without.stderr)]).toEqual([2, expect.stringContaining("--token")]);
    const nobody = await simulate(["--account", harborFile, "--url", "http://localhost:9"]);
    expect([nobody.code, onlyLine(nobody.stderr)]).toEqual([2, expect.stringContaining("No gateway answers")]);
    expect((await simulate(["--account", harborFile, "--lines", "99"])).code).toBe(2);
    expect((await simulate(["--account", harborFile, "--await", "997"])).code).toBe(2);
    expect((await simulate([])).code).toBe(2);
  });
});
