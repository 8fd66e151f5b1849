import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAccountFile } from "../../src/accounts/index.ts";
import { combinationNames } from "../support/combinations.ts";
import { anotherOrder, harborOrder, sample } from "../support/samples.ts";
import { freshGround, type Ground, startTestGateway, type TestGateway } from "../support/test-gateway.ts";
import { onlyLine, type Run, runPortico } from "./run-portico.ts";

describe("the commands that speak to a running gateway", () => {
  let ground: Ground;
  let running: TestGateway;
  let folder: string;
  const portico = (args: readonly string[], stdin = ""): Promise<Run> =>
    runPortico(args, { stdin, environment: { PORTICO_URL: running.url, DATA_DIR: ground.folder } });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "portico-accounts-"));
    ground = await freshGround({ name: combinationNames.embedded, databaseUrl: null, redisUrl: null });
    running = await startTestGateway(ground);
  });
  afterAll(async () => {
    await running?.close();
    await ground?.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  test("accounts list shows every account", async () => {
    const { code, stdout, stderr } = await portico(["accounts", "list"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^id +name +manager +version +changed\ngreen-valley-grocers .*\nharbor-retail +Harbor Retail Group +Ines Albrecht +1 +\d{4}-/,
    );
    const json = JSON.parse((await portico(["accounts", "list", "--json"])).stdout);
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual([
      "green-valley-grocers",
      "harbor-retail",
      "keystone-warehouse",
      "lakeshore-clinics",
      "summit-industrial",
      "tamarack-motors",
    ]);
  });

  test("accounts show gives the profile as a file that means the same", async () => {
    const { code, stdout } = await portico(["accounts", "show", "harbor-retail"]);
    expect(code).toBe(0);
    expect(parseAccountFile(stdout, "shown")).toEqual(
      parseAccountFile(sample("accounts/harbor-retail.yaml"), "sample"),
    );
    expect(stdout.startsWith("id: harbor-retail\nname: ")).toBe(true);
    const unknown = await portico(["accounts", "show", "nobody"]);
    expect(unknown.code).toBe(2);
    expect(onlyLine(unknown.stderr)).toContain("nobody");
  });

  test("accounts apply says created, updated or unchanged", async () => {
    const profile = sample("accounts/summit-industrial.yaml")
      .replace("id: summit-industrial", "id: summit-two")
      .replaceAll("SUMMITIND", "SUMMITTWO");
    expect(onlyLine((await portico(["accounts", "apply", "-"], profile)).stdout)).toBe(
      "summit-two: created (version 1)",
    );
    expect(onlyLine((await portico(["accounts", "apply", "-"], profile)).stdout)).toBe(
      "summit-two: unchanged (version 1)",
    );
    const changed = profile.replace("duplicateWindowDays: 730", "duplicateWindowDays: 30");
    expect(onlyLine((await portico(["accounts", "apply", "-"], changed)).stdout)).toBe(
      "summit-two: updated (version 2)",
    );
  });

  test("an order is ruled by the version in force when it comes, and keeps which; a rollback is one step", async () => {
    const raised = sample("accounts/harbor-retail.yaml").replace(
      "priority:\n",
      "priority:\n  - name: all stores\n    when: { always: true }\n    level: high\n    effects: { shipWithin: { workingDays: 1 }, callPerson: true }\n",
    );
    const harbor = running.as("harbor-retail");
    const ruled = async (number: number) => {
      await harbor.sendAndWait(anotherOrder(harborOrder(), number));
      const [document] = await running.supplier.documents("order", `&number=PO${number}`);
      return [document.ruleVersion, document.document.priority.level];
    };
    expect(await ruled(700001)).toEqual([1, "normal"]);
    const applied = await portico(["accounts", "apply", "-", "--reason", "stores of the new region"], raised);
    expect(onlyLine(applied.stdout)).toBe("harbor-retail: updated (version 2)");
    expect((await portico(["accounts", "diff", "harbor-retail"])).stdout).toBe(
      'harbor-retail: versions 1 and 2 differ\n  priority["all stores"]: nothing → {"name":"all stores","when":{"always":true},"level":"high","effects":{"shipWithin":{"workingDays":1,"as":"079"},"callPerson":true}}\n',
    );
    expect(await ruled(700002)).toEqual([2, "high"]);
    const [raisedOrder] = await running.supplier.documents("order", "&number=PO700002");
    const { date } = raisedOrder.document.priority.promise;
    const files = (await harbor.mailbox(4)).map(({ x12 }) => x12);
    expect(files.find((x12) => x12.includes("PO700002"))).toContain(`DTM*079*${date.replaceAll("-", "")}~`);
    const { body: work } = await running.supplier.get("/api/v1/work-items?open=true&account=harbor-retail");
    expect(work.items).toMatchObject([{ kind: "priority-order", message: expect.stringContaining("PO700002") }]);

    const back = await portico(["accounts", "rollback", "harbor-retail", "--reason", "too early"]);
    expect(onlyLine(back.stdout)).toBe("harbor-retail: version 3 brings version 1 back into force");
    expect(await ruled(700003)).toEqual([3, "normal"]);
    const { stdout } = await portico(["accounts", "versions", "harbor-retail"]);
    expect(stdout).toMatch(
      /3 +in-force .*demonstration +too early\n2 +replaced .*stores of the new region\n1 +replaced /,
    );
    const early = await portico(["accounts", "approve", "harbor-retail", "2"]);
    expect([early.code, onlyLine(early.stderr)]).toEqual([2, expect.stringContaining("somebody else")]);
  }, 120_000);

  test("accounts apply refuses a wrong file with its lines, and applies none of them", async () => {
    const good = join(folder, "good.yaml");
    const bad = join(folder, "bad.yaml");
    writeFileSync(
      good,
      sample("accounts/harbor-retail.yaml").replace("duplicateWindowDays: 365", "duplicateWindowDays: 9"),
    );
    writeFileSync(bad, sample("accounts/harbor-retail.yaml").replace("America/Chicago", "Chicago"));
    const { code, stderr } = await portico(["accounts", "apply", good, bad]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`${bad}:\\d+: timeZone: `));
    expect(
      JSON.parse((await portico(["accounts", "show", "harbor-retail", "--json"])).stdout).profile.duplicateWindowDays,
    ).toBe(365);
  });

  test("an export hides secrets, and can be applied again without losing them", async () => {
    const secret = "correct horse battery";
    const profile = sample("accounts/summit-industrial.yaml")
      .replace("id: summit-industrial", "id: pushed")
      .replaceAll("SUMMITIND", "PUSHED")
      .replace(
        "delivery:\n  mailbox: {}",
        `delivery:\n  push:\n    url: https://edi.example/in\n    secret: ${secret}`,
      );
    expect((await portico(["accounts", "apply", "-"], profile)).stderr).toBe("");
    const out = join(folder, "export");
    const { code, stdout } = await portico(["accounts", "export", "--to", out]);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(readdirSync(out).length);
    const text = readFileSync(join(out, "pushed.yaml"), "utf8");
    expect(text).not.toContain(secret);
    expect(text).toContain("(hidden)");
    expect(onlyLine((await portico(["accounts", "apply", join(out, "pushed.yaml")])).stdout)).toMatch(
      /^pushed: unchanged/,
    );
    expect((await portico(["validate", "samples/orders/850-summit-industrial.edi", "--account", "pushed"])).code).toBe(
      0,
    );
  });

  test("validate --account takes the guides of an account of the gateway", async () => {
    const file = "samples/orders/850-harbor-retail-without-department.edi";
    const { code, stdout } = await portico(["validate", file, "--account", "harbor-retail"]);
    expect(code).toBe(1);
    expect(stdout).toContain("Harbor Retail orders by department");
  });

  test("replay has an interchange processed again", async () => {
    const harbor = running.as("harbor-retail");
    const { id } = await harbor.sendAndWait(harborOrder());
    const { code, stdout } = await portico(["replay", id]);
    expect(code).toBe(0);
    expect(stdout).toContain(id);
    const after = await harbor.interchangeThat(id, ({ status }) => status === "processed");
    expect(JSON.stringify(after.timeline)).toMatch(/again/);
    const unknown = await portico(["replay", "2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10"]);
    expect(unknown.code).toBe(2);
    expect(onlyLine(unknown.stderr)).toContain("2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10");
  });

  test("a wrong token, no token, a wrong address: one clear line each", async () => {
    const wrong = await portico(["accounts", "list", "--token", "portico_wrong"]);
    expect([wrong.code, onlyLine(wrong.stderr)]).toEqual([2, expect.stringContaining("does not know the token")]);
    const none = await runPortico(["accounts", "list"]);
    expect([none.code, onlyLine(none.stderr)]).toEqual([2, expect.stringContaining("PORTICO_TOKEN")]);
    const nowhere = await portico(["accounts", "list", "--url", "http://127.0.0.1:1"]);
    expect([nowhere.code, onlyLine(nowhere.stderr)]).toEqual([2, expect.stringContaining("No gateway answers")]);
    const noAddress = await portico(["accounts", "list", "--url", "localhost:8080"]);
    expect([noAddress.code, onlyLine(noAddress.stderr)]).toEqual([2, expect.stringContaining("is no address")]);
  });
});
