import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GatewayProcess } from "../support/processes.ts";
import { harborOrder } from "../support/samples.ts";
import { freePort } from "../support/servers.ts";
import { Client, readCredentials } from "../support/test-gateway.ts";

describe("portico start, embedded", () => {
  let folder: string;
  const running: GatewayProcess[] = [];
  const start = (environment: NodeJS.ProcessEnv = {}, args: readonly string[] = []): GatewayProcess => {
    const gateway = new GatewayProcess(["start", ...args], {
      DATA_DIR: folder,
      PORT: "0",
      LOG_LEVEL: "warn",
      ...environment,
    });
    running.push(gateway);
    return gateway;
  };
  const addressOf = async (gateway: GatewayProcess) => (await gateway.prints(/(http:\/\/localhost:\d+)/))[1] as string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "portico-start-"));
  });
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.end("SIGKILL");
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });

  test("prints the demonstration's tokens once, keeps them for its owner only, and finds everything again", async () => {
    const first = start();
    const url = await addressOf(first);
    await first.prints(/curl /);
    const tokens = readCredentials(folder);
    expect(Object.keys(tokens.accounts).sort()).toEqual([
      "green-valley-grocers",
      "harbor-retail",
      "keystone-warehouse",
      "lakeshore-clinics",
      "summit-industrial",
      "tamarack-motors",
    ]);
    for (const token of [...Object.values(tokens.accounts), tokens.supplier]) expect(first.output).toContain(token);
    expect(first.output).toContain("850-harbor-retail.edi");
    expect(first.output).toContain("/docs");
    expect(statSync(join(folder, "demo-credentials.json")).mode & 0o777).toBe(0o600);

    const harbor = new Client(url, tokens.accounts["harbor-retail"] as string);
    const sent = await harbor.sendAndWait(harborOrder());
    const files = await harbor.mailbox(2);
    expect(await first.end("SIGINT")).toBe(0);

    const second = start();
    const again = new Client(await addressOf(second), tokens.accounts["harbor-retail"] as string);
    expect(second.output).not.toContain(tokens.supplier);
    expect((await again.get(`/api/v1/interchanges/${sent.id}`)).body).toMatchObject({
      status: "processed",
      verdict: "A",
    });
    expect((await again.mailbox(2)).map(({ x12 }) => x12)).toEqual(files.map(({ x12 }) => x12));
    expect(await second.end()).toBe(0);
  });

  test("a killed gateway leaves nothing to clear away, and goes on where it was", async () => {
    const first = start();
    const url = await addressOf(first);
    const token = readCredentials(folder).accounts["harbor-retail"] as string;
    const { body: receipt } = await new Client(url, token).send(harborOrder());
    await first.end("SIGKILL");

    const second = start();
    const harbor = new Client(await addressOf(second), token);
    await harbor.interchangeThat(receipt.id, ({ status }) => status === "processed");
    const files = await harbor.mailbox(2);
    expect(files.filter(({ x12 }) => x12.includes("ST*997"))).toHaveLength(1);
    expect(files.filter(({ x12 }) => x12.includes("ST*855"))).toHaveLength(1);
  });

  test("says in one line that its data folder is in use", async () => {
    const first = start();
    await addressOf(first);
    const second = start();
    expect(await second.ended()).not.toBe(0);
    expect(second.output.trim().split("\n").at(-1)).toMatch(
      /data folder .* is in use by a running gateway \(process \d+\)/,
    );
  });

  test("says in one line that its port is taken", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    try {
      const gateway = start({ PORT: String(port) });
      expect(await gateway.ended()).not.toBe(0);
      expect(gateway.output.trim().split("\n").at(-1)).toMatch(new RegExp(`Port ${port} .* is taken`));
    } finally {
      other.close();
    }
  });

  test.each([
    ["is in a file", () => join(folder, "a-file", "data")],
    ["is where nothing can be made", () => "/proc/portico/data"],
  ])("says in one line that its data folder can't be written to: it %s", async (_name, path) => {
    writeFileSync(join(folder, "a-file"), "");
    const gateway = start({ DATA_DIR: path() });
    expect(await gateway.ended()).not.toBe(0);
    expect(gateway.output.trim().split("\n").at(-1)).toMatch(/The data folder .* can't be written to: .+/);
  });

  test.each([
    [
      "DATABASE_URL",
      "postgres://portico:hidden-word@127.0.0.1:1/portico",
      /PostgreSQL at DATABASE_URL .* does not answer/,
    ],
    ["REDIS_URL", "redis://:hidden-word@127.0.0.1:1", /Redis at REDIS_URL .* does not answer/],
  ])("says in one line that %s can't be reached, and does not show the password", async (name, url, line) => {
    const gateway = start({ [name]: url });
    expect(await gateway.ended()).not.toBe(0);
    expect(gateway.output.trim().split("\n").at(-1)).toMatch(line);
    expect(gateway.output).not.toContain("hidden-word");
  });

  test("lists every setting that is wrong, each in a line", async () => {
    const gateway = start({ PORT: "many", LOG_LEVEL: "loud" });
    expect(await gateway.ended()).not.toBe(0);
    expect(gateway.output).toContain('PORT is "many" (environment), but must be a whole number from 0 to 65535');
    expect(gateway.output).toContain('LOG_LEVEL is "loud" (environment), but must be one of trace, debug,');
    expect(gateway.output).not.toMatch(/\bat .*\.js:\d+/);
    expect(existsSync(join(folder, "database"))).toBe(false);
  });
});
