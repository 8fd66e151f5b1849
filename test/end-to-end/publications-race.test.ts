import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Dice } from "../support/dice.ts";
import { segmentsOf } from "../support/samples.ts";
import {
  Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

/** Another seed makes another race: RACE_SEED=7 npx vitest run test/end-to-end/publications-race.test.ts */
const seed = Number(process.env.RACE_SEED ?? 20250310);
const moves = Number(process.env.RACE_MOVES ?? 60);
const tiers = ["gold", "silver", "bronze"] as const;
type Tier = (typeof tiers)[number];
const topics = [
  { name: "stock", kind: "inventory", keeps: "latest" },
  { name: "news", kind: "announcement", keeps: "every" },
] as const;

/** What an account could collect at a moment. */
interface Look {
  readonly account: string;
  readonly seen: ReadonlySet<string>;
}

describe.each(combinationsFor(import.meta.url))(`publications in a race (seed ${seed}), on $name`, (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let second: TestGateway | null = null;
  const clients = new Map<string, Client>();
  const tierOf = new Map<string, Tier>();
  /** When an account came into its tier. */
  const since = new Map<string, number>();
  const strict = new Set<string>();
  let admin: pg.Client | null = null;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground, { environment: { SWEEP_INTERVAL_MS: "150" } });
    if (combination.databaseUrl) {
      admin = new pg.Client(ground.environment.DATABASE_URL);
      await admin.connect();
    }
  });
  afterAll(async () => {
    await admin?.end();
    await second?.close();
    await gateway?.close();
    await ground?.clear();
  });

  /** Asks until it is answered: connections are cut in between. */
  const insist = (ask: () => Promise<{ status: number; body: Json }>) =>
    eventually(async () => {
      const answer = await ask().catch(() => undefined);
      return answer && answer.status < 500 ? answer : undefined;
    }, "an answer");

  async function setAccount(id: string, tier: Tier): Promise<void> {
    const number = id.replace(/\D/g, "");
    const guides = strict.has(id)
      ? [
          {
            ...{ name: "846 with an action", set: "846" },
            segments: [{ segment: "BIA", elements: [{ element: 6, requirement: "required", message: "wanted" }] }],
          },
        ]
      : [];
    const profile = {
      ...{ id, name: id, timeZone: "America/Chicago", guides },
      identities: [
        {
          usage: "production",
          theirs: { qualifier: "ZZ", id: `RACE${number}` },
          ours: { qualifier: "ZZ", id: "CEDARRIVER" },
        },
      ],
      earlyInformation: { tier, topics: topics.map(({ name }) => ({ topic: name })) },
    };
    const { status, body } = await insist(() => gateway.supplier.put(`/api/v1/accounts/${id}`, profile));
    expect([status < 300, body.errors]).toEqual([true, undefined]);
    if (tierOf.get(id) !== tier) since.set(id, Date.now());
    tierOf.set(id, tier);
    if (clients.has(id)) return;
    const made = await insist(() => gateway.supplier.post(`/api/v1/accounts/${id}/tokens`));
    clients.set(id, new Client(gateway.url, made.body.token));
  }

  /** What each account can collect, those of the last tier asked first: whoever is above must have it by then. */
  async function lookAround(looks: Look[]): Promise<void> {
    const lastFirst = [...clients.keys()].sort(
      (one, other) => tiers.indexOf(tierOf.get(other) as Tier) - tiers.indexOf(tierOf.get(one) as Tier),
    );
    for (const account of lastFirst) {
      const { status, body } = await insist(() => clients.get(account)?.get("/api/v1/publications?limit=200") as never);
      if (status === 200) looks.push({ account, seen: new Set(body.items.map(({ id }: Json) => id)) });
    }
  }

  const all = async (): Promise<Json[]> =>
    (await insist(() => gateway.supplier.get("/api/v1/publications?limit=200"))).body.items;

  async function decideHeld(dice: Dice | null): Promise<void> {
    for (const { id, state } of await all()) {
      if (state === "withdrawn") continue;
      const { body } = await insist(() => gateway.supplier.get(`/api/v1/publications/${id}`));
      for (const { account, state: at } of body.accounts as Json[]) {
        if (at !== "held") continue;
        const skip = dice !== null && dice.next() < 0.3;
        const path = `/api/v1/publications/${id}/${skip ? "skip" : "retry"}`;
        await insist(() => gateway.supplier.post(path, { account, ...(skip && { reason: "the dice" }) }));
      }
    }
  }

  test("no tier is told before those above it, nothing twice, nothing out of sequence, nobody forgotten", {
    timeout: 240_000,
  }, async () => {
    const dice = new Dice(seed);
    const plan = {
      tiers: [
        { name: "gold", leads: { hours: 0.15 / 3_600 } },
        { name: "silver", leads: { hours: 0.1 / 3_600 } },
        { name: "bronze" },
      ],
      topics,
    };
    expect((await gateway.supplier.put("/api/v1/publication-plan", plan)).status).toBe(200);
    for (let number = 1; number <= 6; number++) await setAccount(`race-${number}`, tiers[number % 3] as Tier);

    const looks: Look[] = [];
    let over = false;
    const watching = (async () => {
      while (!over) await lookAround(looks);
    })();

    let published = 0;
    const handIn = async () => {
      const topic = dice.one(topics);
      published++;
      const content =
        topic.kind === "inventory"
          ? {
              lines: [
                {
                  productIds: [{ qualifier: "UP", id: "1" }],
                  quantities: [{ qualifier: "33", quantity: String(published) }],
                },
              ],
            }
          : { title: `News ${published}`, text: "Read it." };
      const key = `race-${published}`;
      const { status } = await insist(() =>
        gateway.supplier.request("POST", "/api/v1/publications", {
          body: JSON.stringify({ topic: topic.name, kind: topic.kind, content }),
          headers: { "content-type": "application/json", "idempotency-key": key },
        }),
      );
      expect(status).toBe(202);
    };
    const onOne = async (verb: "correct" | "withdraw") => {
      const found = (await all()).slice(0, 3);
      if (found.length === 0) return;
      const { id, kind } = dice.one(found);
      published++;
      const content =
        kind === "inventory"
          ? {
              lines: [
                {
                  productIds: [{ qualifier: "UP", id: "1" }],
                  quantities: [{ qualifier: "33", quantity: String(published) }],
                },
              ],
            }
          : { title: `News ${published}`, text: "Read this instead." };
      const body = { reason: "the dice", ...(verb === "correct" && { content }) };
      // What was corrected or withdrawn before is refused, and so it should be.
      const { status } = await insist(() => gateway.supplier.post(`/api/v1/publications/${id}/${verb}`, body));
      expect([200, 202, 409]).toContain(status);
    };
    const cut = async () => {
      await admin?.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
          and pid <> pg_backend_pid() and application_name = 'portico' and state <> 'idle' limit 1`,
      );
    };
    const twoWorkers = async () => {
      if (!combination.databaseUrl) return;
      if (second) {
        await second.close();
        second = null;
      } else second = await startTestGateway(ground, { role: "worker", environment: { SWEEP_INTERVAL_MS: "150" } });
    };
    const toggleStrict = async () => {
      const account = dice.one([...tierOf.keys()]);
      if (!strict.delete(account)) strict.add(account);
      await setAccount(account, tierOf.get(account) as Tier);
    };
    const lateAccount = async () => {
      if (tierOf.size < 10) await setAccount(`race-${tierOf.size + 1}`, dice.one(tiers));
    };
    const moveTier = () => setAccount(dice.one([...tierOf.keys()]), dice.one(tiers));

    await twoWorkers();
    for (let move = 0; move < moves; move++) {
      const roll = dice.next();
      if (roll < 0.45) await handIn();
      else if (roll < 0.55) await onOne("correct");
      else if (roll < 0.6) await onOne("withdraw");
      else if (roll < 0.68) await toggleStrict();
      else if (roll < 0.76) await decideHeld(dice);
      else if (roll < 0.82) await lateAccount();
      else if (roll < 0.86) await moveTier();
      else if (roll < 0.96) await cut();
      else await twoWorkers();
      await pause(dice.below(60));
    }

    // Everything is mended, and then nothing may be left over.
    for (const account of [...strict]) {
      strict.delete(account);
      await setAccount(account, tierOf.get(account) as Tier);
    }
    const settled = await eventually(
      async () => {
        await decideHeld(null);
        const found = await all();
        if (found.some(({ state }) => state === "planned" || state === "releasing")) return undefined;
        const details = await Promise.all(
          found.map(async ({ id }) => (await insist(() => gateway.supplier.get(`/api/v1/publications/${id}`))).body),
        );
        const isOpen = ({ state }: Json) => state === "waiting" || state === "held";
        const kept = details.filter(({ state }) => state !== "withdrawn");
        return kept.some(({ accounts }) => accounts.some(isOpen)) ? undefined : kept;
      },
      "everything told",
      60_000,
    );
    await pause(300);
    over = true;
    await watching;
    await lookAround(looks);
    expect(settled.length).toBeGreaterThan(5);

    const proofs = new Map<string, Json[]>();
    for (const { id } of settled)
      proofs.set(id, (await insist(() => gateway.supplier.get(`/api/v1/publications/${id}/proof`))).body.items);

    // Never a lower tier first, as the accounts saw it.
    const placeOf = new Map<string, { topic: string; number: number }>(
      (await all()).map(({ id, topic, number }) => [id, { topic, number }]),
    );
    let compared = 0;
    for (const publication of settled) {
      const told = (proofs.get(publication.id) as Json[]).filter(({ state }) => state === "served");
      for (const lower of told) {
        const first = looks.findIndex(({ account, seen }) => account === lower.account && seen.has(publication.id));
        if (first < 0) continue;
        for (const higher of (proofs.get(publication.id) as Json[]).filter(({ rank }) => rank < lower.rank)) {
          // Who came into the tier only then is not waited for any more.
          const release = publication.releases.find(({ tier }: Json) => tier === lower.tier);
          if ((since.get(higher.account) as number) + 5_000 > Date.parse(release.releasedAt)) continue;
          if (higher.state !== "served" && higher.state !== "passed") continue;
          const next = looks.slice(first).find(({ account }) => account === higher.account);
          if (!next) continue;
          compared++;
          const hasIt = [...next.seen].some((id) => {
            const place = placeOf.get(id);
            return place !== undefined && place.topic === publication.topic && place.number >= publication.number;
          });
          expect({ publication: publication.number, lower, higher, hasIt }).toMatchObject({ hasIt: true });
        }
      }
      // By the record too: each was told after its tier was released, and that not before its time.
      for (const { at, releasedAt, releaseAt } of told) {
        expect(Date.parse(releasedAt)).toBeGreaterThanOrEqual(Date.parse(releaseAt));
        expect(Date.parse(at)).toBeGreaterThanOrEqual(Date.parse(releasedAt));
      }
    }
    expect(compared).toBeGreaterThan(0);

    for (const [account, client] of clients) {
      // Nothing twice and nothing out of sequence: the mailbox has each edition once, in its order, and each is newer.
      const items = (await client.mailbox(0)).map(({ x12 }) => segmentsOf(x12));
      const editions = items.map((segments) => segments.find((one) => one.startsWith("BIA"))?.split("*")[3]);
      expect(editions).toEqual(editions.map((_, index) => `STOCK-${index + 1}`));
      const values = items.map((segments) => Number(segments.find((one) => one.startsWith("QTY"))?.split("*")[2]));
      expect(values).toEqual([...new Set(values)].sort((one, other) => one - other));
      const served = (await client.get("/api/v1/publications?limit=200")).body.items;
      for (const { name } of topics) {
        const numbers = served.filter(({ topic }: Json) => topic === name).map(({ edition }: Json) => edition);
        expect(numbers).toEqual(numbers.map((_: number, index: number) => numbers.length - index));
      }
      // Nobody forgotten: the newest of each stream has come to everyone.
      for (const { name } of topics) {
        const last = settled.filter(({ topic }) => topic === name).sort((a, b) => b.number - a.number)[0];
        const receipt = last && (proofs.get(last.id) as Json[]).find((one) => one.account === account);
        if (last) expect([account, receipt?.state]).toEqual([account, expect.stringMatching(/served|skipped/)]);
      }
    }
    // Of what is told one by one, an account that was there from the beginning has every one.
    const news = settled.filter(({ topic }) => topic === "news");
    for (const { id, releases } of news) {
      // Where its correction went in its place, it was never to be told.
      if (releases.some(({ state }: Json) => state === "superseded")) continue;
      const accounts = new Set((proofs.get(id) as Json[]).map(({ account }) => account));
      for (let number = 1; number <= 6; number++) expect([...accounts]).toContain(`race-${number}`);
    }
  });
});
