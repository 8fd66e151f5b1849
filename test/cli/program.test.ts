import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { banner } from "../../src/cli/banner.ts";
import { credentialsFile } from "../../src/cli/credentials.ts";
import { credentialsFile as writtenAs } from "../../src/demonstration.ts";
import { onlyLine, runPortico } from "./run-portico.ts";

const home = fileURLToPath(new URL("../..", import.meta.url));
const commands = [
  "start",
  "validate",
  "inspect",
  "acknowledge",
  "replay",
  "accounts",
  "config",
  "migrate",
  "convert",
  "map",
  "guide",
];

describe("portico", () => {
  test("--version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await runPortico(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("--help names every command", async () => {
    const { code, stdout } = await runPortico(["--help"]);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toContain(`  ${command}`);
  });

  test.each([
    ...commands,
    "accounts list",
    "accounts show",
    "accounts apply",
    "accounts export",
    "guide show",
    "guide diff",
  ])("%s --help teaches by example", async (command) => {
    const { code, stdout } = await runPortico([...command.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples?:\\n(?:.*\\n)*?  \\$ .*portico ${command}`));
  });

  test("an unknown command or option is suggested against, and ends with 2", async () => {
    expect(await runPortico(["validat", "x"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean validate?"),
    });
    expect(await runPortico(["validate", "x", "--jsn"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean --json?"),
    });
    expect((await runPortico(["start", "--role", "boss"])).code).toBe(2);
    expect((await runPortico(["validate"])).code).toBe(2);
  });

  test("ends quietly when its reader has seen enough", () => {
    const { stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        "for i in 1 2 3 4 5 6 7 8; do cat samples/orders/850-harbor-retail.edi; done | node dist/cli.js inspect - | head -1",
      ],
      { cwd: home, encoding: "utf8" },
    );
    expect(stdout).toMatch(/^Interchange .*\n$/);
    expect(stderr).toBe("");
  });

  test("config shows every setting and its source, secrets hidden, and ends with 2 where one is wrong", async () => {
    const environment = { PORT: "9000", DATABASE_URL: "postgres://me:hidden-word@db/x" };
    const table = await runPortico(["config"], { environment });
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^setting +value +source +about\n/);
    expect(table.stdout).toMatch(/^PORT +9000 +environment +/m);
    expect(table.stdout + table.stderr).not.toContain("hidden-word");
    const { stdout } = await runPortico(["config", "--json"], { environment });
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ name: "DATABASE_URL", value: "(hidden)", source: "environment" }),
    );
    const wrong = await runPortico(["config"], { environment: { PORT: "many" } });
    expect(wrong).toMatchObject({ code: 2, stdout: expect.stringContaining("many") });
    expect(onlyLine(wrong.stderr)).toMatch(/^portico: PORT is "many" \(environment\), but /);
  });

  test("a worker without a database server is one clear line", async () => {
    const { code, stdout, stderr } = await runPortico(["start", "--role", "worker"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.trim().split("\n").at(-1)).toMatch(/^portico: --role worker needs DATABASE_URL/);
    expect(stderr).not.toMatch(/ at .*:\d+:\d+/);
  });
});

describe("the banner", () => {
  const running = {
    url: "http://localhost:8080",
    description: "PGlite in /data, queue in the database",
    demonstration: null,
    remarks: [],
  };
  const demonstration = {
    accounts: { "harbor-retail": "portico_h", "summit-industrial": "portico_s" },
    supplier: "portico_o",
  };
  const config = { DATA_DIR: "/data", DATABASE_URL: null };

  test("of a first start has the tokens, and curl lines that can be pasted", () => {
    const text = banner({ ...running, demonstration }, config, "all");
    for (const token of ["portico_h", "portico_s", "portico_o"]) expect(text).toContain(token);
    expect(text).toContain(
      "--data-binary @samples/orders/850-harbor-retail.edi http://localhost:8080/api/v1/interchanges",
    );
    expect(text).toContain("http://localhost:8080/docs");
    expect(text).toContain("/data/demo-credentials.json");
    expect(text).toContain("not a power cut");
  });

  test("of a later start is short, and on PostgreSQL says nothing of power cuts", () => {
    expect(banner(running, config, "all").trim().split("\n")).toHaveLength(2);
    const onServer = banner({ ...running, url: null }, { ...config, DATABASE_URL: "postgres://db/x" }, "worker");
    expect(onlyLine(onServer)).not.toContain("power cut");
    const remarks = ["Alerts are not sent by mail."];
    expect(
      banner({ ...running, remarks }, config, "all")
        .trim()
        .split("\n")
        .at(-1),
    ).toBe(remarks[0]);
  });

  test("looks for the credentials where the demonstration writes them", () => {
    expect(credentialsFile).toBe(writtenAs);
  });
});
