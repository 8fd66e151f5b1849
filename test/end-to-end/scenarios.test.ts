import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { parseAccountFile } from "../../src/accounts/index.ts";
import { readConfig } from "../../src/config.ts";
import { type Gateway, startGateway } from "../../src/gateway.ts";
import { openLog } from "../../src/log.ts";
import {
  everybodyElse,
  publicationPlan,
  type Scenario,
  type ScenarioStep,
  scenarios,
  withoutEnvelopeTurns,
} from "../support/scenarios.ts";
import { Client, combinationsFor, eventually, freshGround, type Ground, type Json } from "../support/test-gateway.ts";

/** Writes what comes out in place of what is expected: WRITE_SCENARIOS=true npx vitest run test/end-to-end/scenarios.test.ts */
const isWriting = process.env.WRITE_SCENARIOS === "true";
const adminToken = "the-token-of-the-supplier-in-every-story";

/** The gateway of one story: two accounts, ours to follow and everybody else, and nothing before its first step. */
class Stage {
  readonly #scenario: Scenario;
  readonly #gateway: Gateway;
  readonly supplier: Client;
  /** By account: who speaks for it, and which of its files were looked at in an earlier step. */
  readonly #customers = new Map<string, { client: Client; seen: Set<string> }>();

  constructor(scenario: Scenario, gateway: Gateway) {
    this.#scenario = scenario;
    this.#gateway = gateway;
    this.supplier = new Client(gateway.url ?? "", adminToken);
  }

  async setUp(): Promise<void> {
    const scenario = this.#scenario;
    await this.#apply(parseAccountFile(scenario.read("account.yaml"), "account.yaml"));
    await this.#apply(parseAccountFile(everybodyElse(), "everybody-else.yaml"));
    const plan = await this.supplier.put("/api/v1/publication-plan", publicationPlan);
    expect(plan.status, JSON.stringify(plan.body)).toBeLessThan(300);
    if (!scenario.has("prices.csv")) return;
    const prices = await this.supplier.request("POST", `/api/v1/accounts/${scenario.name}/prices`, {
      body: scenario.read("prices.csv"),
      headers: { "content-type": "text/csv" },
    });
    expect(prices.status, JSON.stringify(prices.body)).toBe(200);
  }

  async #apply(profile: Json): Promise<void> {
    const applied = await this.supplier.put(`/api/v1/accounts/${profile.id}`, profile);
    expect(applied.status, JSON.stringify(applied.body)).toBe(201);
    const { body } = await this.supplier.post(`/api/v1/accounts/${profile.id}/tokens`);
    this.#customers.set(profile.id, { client: new Client(this.#gateway.url ?? "", body.token), seen: new Set() });
  }

  async play(step: ScenarioStep): Promise<void> {
    if ("receive" in step) await this.#receive(step.receive, step.document);
    if ("submit" in step) await this.#submit(step.submit);
    if ("publish" in step) await this.#publish(step.publish);
    if ("at" in step) vi.setSystemTime(new Date(step.at));
    await this.#expectSent(this.#scenario.name, step.sent);
    await this.#expectSent("everybody-else", step.others);
  }

  async #receive(file: string, document: string | undefined): Promise<void> {
    const { client } = this.#customer(this.#scenario.name);
    const taken = await client.sendAndWait(this.#scenario.read(file));
    expect(taken, JSON.stringify(taken.problems)).toMatchObject({ status: "processed", verdict: "A" });
    if (document === undefined) return;
    const [found] = taken.documents;
    const { body } = await this.supplier.get(`/api/v1/documents/${found.id}`);
    // The segments that it was made of are in the file that was sent.
    const { x12: _, ...order } = body.document;
    this.#expectFile(document, `${JSON.stringify(order, null, 2)}\n`, (text) => JSON.parse(text));
  }

  async #submit(file: string): Promise<void> {
    const { status, body } = await this.supplier.submit(JSON.parse(this.#scenario.read(file)));
    expect(status, JSON.stringify(body)).toBe(202);
    const kept = await this.supplier.documentThat(body.id, (one) => one.status !== "submitted");
    expect(kept.status, JSON.stringify(kept.findings)).not.toMatch(/held|failed/);
  }

  async #publish(file: string): Promise<void> {
    const { status, body } = await this.supplier.post("/api/v1/publications", JSON.parse(this.#scenario.read(file)));
    expect(status, JSON.stringify(body)).toBeLessThan(300);
  }

  /** Waits for as many new files as are expected, and holds each against the one that it has to be. */
  async #expectSent(account: string, files: readonly string[]): Promise<void> {
    const { client, seen } = this.#customer(account);
    const sent = await client.mailbox(seen.size + files.length);
    const fresh = sent.filter(({ id }) => !seen.has(id)).map(({ id, x12 }) => ({ id, x12 }));
    for (const { id } of fresh) seen.add(id);
    const wanted = [...files];
    for (const { x12 } of fresh) {
      const name = wanted.find((file) => (isWriting ? file.includes(`-${setOf(x12)}-`) : this.#isAsIn(file, x12)));
      expect(name, `${account} was sent what none of ${files.join(", ") || "no files"} expects:\n${x12}`).toBeDefined();
      wanted.splice(wanted.indexOf(name as string), 1);
      if (isWriting) this.#expectFile(name as string, x12, withoutEnvelopeTurns);
    }
    expect(wanted, `${account} was not sent these`).toEqual([]);
  }

  /** Waits until what people have to look at is what the story ends with. */
  async expectWorkItems(): Promise<void> {
    const wanted = [...this.#scenario.workItems].sort();
    const open = async (): Promise<Json[]> => {
      const { status, body } = await this.supplier.get("/api/v1/work-items?open=true&limit=200");
      expect(status, JSON.stringify(body)).toBe(200);
      return body.items;
    };
    const kinds = (items: Json[]) => items.map(({ kind }) => kind).sort();
    await eventually(async () => same(kinds(await open()), wanted) || undefined, "work items", 20_000).catch(
      async () => {
        const items = await open();
        expect(kinds(items), items.map(({ message }) => message).join("\n")).toEqual(wanted);
      },
    );
  }

  #isAsIn(file: string, x12: string): boolean {
    return withoutEnvelopeTurns(this.#scenario.read(file)) === withoutEnvelopeTurns(x12);
  }

  #expectFile(file: string, found: string, comparable: (text: string) => unknown): void {
    if (isWriting && !(this.#scenario.has(file) && same(comparable(this.#scenario.read(file)), comparable(found)))) {
      const path = fileURLToPath(this.#scenario.place(file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, found);
    }
    expect(comparable(found), file).toEqual(comparable(this.#scenario.read(file)));
  }

  #customer(account: string) {
    const found = this.#customers.get(account);
    if (!found) throw new Error(`the story has no account ${account}`);
    return found;
  }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const setOf = (x12: string): string => {
  const e = x12.charAt(3);
  return x12.split(`ST${e}`)[1]?.slice(0, 3) ?? "";
};

describe("the stories of the samples", () => {
  let ground: Ground;
  let gateway: Gateway | undefined;

  beforeEach(() => {
    gateway = undefined;
  });
  afterEach(async () => {
    vi.useRealTimers();
    await gateway?.close();
    await ground?.clear();
  });

  const played = scenarios.flatMap((scenario) =>
    combinationsFor(scenario.name).map((combination) => ({ scenario, name: scenario.name, combination })),
  );
  test.each(played)("$name ends as its files say, on $combination.name", async ({ scenario, combination }) => {
    ground = await freshGround(combination);
    // Only the clock is ours: timers run as they do.
    vi.useFakeTimers({ toFake: ["Date"], shouldAdvanceTime: true, now: new Date(scenario.begins) });
    const config = readConfig({
      ...ground.environment,
      DEMO: "false",
      ADMIN_TOKEN: adminToken,
      SWEEP_INTERVAL_MS: "1000",
    });
    gateway = await startGateway({ config, role: "all", log: openLog(config.LOG_LEVEL, config.LOG_FORMAT) });
    const stage = new Stage(scenario, gateway);
    await stage.setUp();
    for (const step of scenario.steps) await stage.play(step);

    await stage.expectWorkItems();
  });
});

describe("what is said of the stories", () => {
  test("there are six of them, of accounts with rules for every service, and no two alike", () => {
    const services = ["invoicing", "priority", "earlyInformation", "contacts", "warranties", "pricing"] as const;
    const profiles = scenarios.map(({ read }) => parseAccountFile(read("account.yaml"), "account.yaml"));
    expect(profiles.map(({ id }) => id)).toEqual(scenarios.map(({ name }) => name));
    expect(profiles.length).toBeGreaterThanOrEqual(6);
    for (const service of services) {
      const rules = profiles.map((profile) => JSON.stringify(profile[service]));
      expect(rules, service).not.toContain(undefined);
      expect(new Set(rules).size, service).toBe(profiles.length);
    }
  });

  test("what is said of each story names its files, and what is in them", () => {
    for (const { name, read, has, steps } of scenarios) {
      const named = [...read("README.md").matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file as string);
      expect(
        named.filter((file) => !has(file)),
        name,
      ).toEqual([]);
      const played = steps.flatMap((step) => [
        ...("receive" in step ? [step.receive] : []),
        ...("submit" in step ? [step.submit] : []),
        ...("publish" in step ? [step.publish] : []),
        ...step.sent,
        ...step.others,
      ]);
      const said = played.filter((file) => !/-99[79]-/.test(file) && !named.includes(file));
      expect(said, `${name}/README.md`).toEqual([]);
      const x12 = played.filter((file) => file.endsWith(".edi")).map(read);
      const segments = [...read("README.md").matchAll(/(?<!no )`([A-Z0-9]{2,3}(?:\*|\\\|)[^`]*)`/g)].map(([, text]) =>
        (text as string).replaceAll("\\|", "|"),
      );
      const untrue = segments.filter((segment) => !x12.some((file) => file.includes(segment)));
      expect(untrue, `${name}/README.md`).toEqual([]);
    }
  });
});
