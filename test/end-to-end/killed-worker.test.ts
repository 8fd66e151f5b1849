import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GatewayProcess } from "../support/processes.ts";
import { anotherOrder, harborOrder, segmentOf } from "../support/samples.ts";
import { freePort } from "../support/servers.ts";
import {
  Client,
  combinations,
  eventually,
  freshGround,
  type Ground,
  type Json,
  readCredentials,
} from "../support/test-gateway.ts";

/** Several processes need a server to share. */
const onServers = combinations().filter(({ databaseUrl }) => databaseUrl !== null);
if (onServers.length === 0) test.skip("one api and two workers: there is no PostgreSQL to share", () => {});

/** The topology of docker-compose.yml as plain processes. */
describe.each(onServers)("one api and two workers on $name", (combination) => {
  const orders = 200;
  let ground: Ground;
  const running: GatewayProcess[] = [];
  const start = (role: string, environment: NodeJS.ProcessEnv = {}): GatewayProcess => {
    const settings = { ...ground.environment, LOG_LEVEL: "warn", ...environment };
    const gateway = new GatewayProcess(["start", "--role", role], settings);
    running.push(gateway);
    return gateway;
  };

  beforeAll(async () => {
    ground = await freshGround(combination);
  });
  afterAll(async () => {
    for (const gateway of running) await gateway.end("SIGKILL");
    await ground?.clear();
  });

  test(`with one worker killed in the middle of ${orders} orders, every order, 997 and 855 is there exactly once`, {
    timeout: 180_000,
  }, async () => {
    const api = start("api");
    const url = (await api.prints(/(http:\/\/localhost:\d+)/))[1] as string;
    const tokens = readCredentials(ground.folder);
    const harbor = new Client(url, tokens.accounts["harbor-retail"] as string);
    const supplier = new Client(url, tokens.supplier);
    const workerPort = await freePort();
    const [victim] = [start("worker"), start("worker", { WORKER_PORT: String(workerPort) })];
    await Promise.all(running.slice(1).map((worker) => worker.prints(/queue in (Redis|the database)/)));
    expect((await fetch(`http://127.0.0.1:${workerPort}/health/ready`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${workerPort}/api/v1/interchanges`)).status).toBe(404);

    const numbers = Array.from({ length: orders }, (_, index) => 1000 + index);
    const sending = (async () => {
      for (const number of numbers) expect((await harbor.send(anotherOrder(harborOrder(), number))).status).toBe(202);
    })();
    await eventually(
      async () => ((await supplier.documents("order")).length > 20 ? true : undefined),
      "20 orders",
      90_000,
    );
    await victim?.end("SIGKILL");
    await sending;

    const files = await harbor.mailbox(2 * orders, 120_000);
    const of = (type: string) => files.filter(({ x12 }) => x12.includes(`ST*${type}*`)).map(({ x12 }) => x12);
    const expected = numbers.map((number) => String(number));
    expect(
      of("997")
        .map((x12) => segmentOf(x12, "AK1")[2])
        .sort(),
    ).toEqual(expected);
    expect(
      of("855")
        .map((x12) => segmentOf(x12, "BAK")[3])
        .sort(),
    ).toEqual(expected.map((number) => `PO${number}`));
    expect((await supplier.documents("order")).map(({ number }) => number).sort()).toEqual(
      expected.map((number) => `PO${number}`),
    );
    // The books: each order once, with what was ordered and what was promised of it.
    const books = (await harbor.get("/api/v1/orders?limit=200")).body.items;
    expect(books.map(({ number }: Json) => number).sort()).toEqual(expected.map((number) => `PO${number}`));
    for (const { href } of [books[0], books[99], books[199]]) {
      const { totals } = (await harbor.get(href)).body;
      expect([totals.ordered.quantity, totals.acknowledged.quantity, totals.open]).toEqual(["650", "650", "650"]);
    }
    // Control numbers: none used twice, none left out.
    const controls = files.map(({ x12 }) => Number(segmentOf(x12, "ISA")[13])).sort((a, b) => a - b);
    expect(controls).toEqual(Array.from({ length: 2 * orders }, (_, index) => index + 1));
  });

  if (combination.redisUrl === null) return;

  test("with Redis wiped in the middle of 60 orders, everything goes on", { timeout: 180_000 }, async () => {
    // The processes of the test before go on: one api and one worker.
    const url = /(http:\/\/localhost:\d+)/.exec(running[0]?.output ?? "")?.[1] as string;
    const tokens = readCredentials(ground.folder);
    const harbor = new Client(url, tokens.accounts["harbor-retail"] as string);
    const before = (await harbor.mailbox(0)).length;
    const redis = new Redis(ground.environment.REDIS_URL as string);
    const numbers = Array.from({ length: 60 }, (_, index) => 5000 + index);
    for (const number of numbers) {
      expect((await harbor.send(anotherOrder(harborOrder(), number))).status).toBe(202);
      if (number % 20 === 10) await redis.flushdb();
    }
    await redis.quit();
    const files = (await harbor.mailbox(before + 2 * numbers.length, 150_000)).map(({ x12 }) => x12);
    const answered = (type: string, id: string, element: number) =>
      files.filter((x12) => x12.includes(`ST*${type}*`)).map((x12) => segmentOf(x12, id)[element]);
    for (const number of numbers) {
      expect(answered("997", "AK1", 2).filter((one) => one === String(number))).toHaveLength(1);
      expect(answered("855", "BAK", 3).filter((one) => one === `PO${number}`)).toHaveLength(1);
    }
  });
});
