import { request as httpRequest } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildServer } from "../../src/api/server.ts";
import { updateInterchange } from "../../src/store/interchanges.ts";
import { type ApiUnderTest, keepInterchange, openApi, putIntoMailbox } from "./api-under-test.ts";

const path = "/api/v1/mailbox";
let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

const collect = (item: string) => api.as("harbor-retail", { method: "POST", url: `${path}/${item}/collected` });

describe("the mailbox", () => {
  test("shows what waits, gives its bytes, and forgets it once it is collected", async () => {
    const answered = await keepInterchange(api.database.session, { bytes: Buffer.from("an order") });
    const { item, interchange } = await putIntoMailbox(api.database, {
      bytes: Buffer.from("a 997"),
      answersId: answered,
    });
    const list = (await api.get("harbor-retail", path)).json();
    expect(list).toEqual({
      items: [
        {
          id: item,
          interchange,
          control: expect.stringMatching(/^\d{9}$/),
          purpose: "acknowledgment",
          usage: "production",
          transactionSets: [{ type: "997", control: "0001", documentNumber: null }],
          answers: answered,
          size: 5,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          createdAt: expect.any(String),
          href: `${path}/${item}`,
        },
      ],
      next: null,
    });
    const bytes = await api.get("harbor-retail", `${path}/${item}`);
    expect([bytes.headers["content-type"], bytes.body]).toEqual(["application/edi-x12", "a 997"]);

    const first = await collect(item);
    expect([first.statusCode, first.json()]).toEqual([
      200,
      { id: item, interchange, account: "harbor-retail", status: "delivered", collectedAt: expect.any(String) },
    ]);
    expect((await collect(item)).json()).toEqual(first.json());
    expect((await api.get("harbor-retail", path)).json().items).toEqual([]);
    expect((await api.get("harbor-retail", `${path}/${item}`)).body).toBe("a 997");

    const sent = (await api.get("harbor-retail", `/api/v1/interchanges/${interchange}`)).json();
    expect(sent).toMatchObject({ status: "delivered", deliveries: [{ status: "delivered" }] });
    expect(sent.timeline.filter(({ kind }: { kind: string }) => kind === "delivered")).toHaveLength(1);
    const { timeline } = (await api.get("harbor-retail", `/api/v1/interchanges/${answered}`)).json();
    expect(timeline.at(-1).message).toMatch(/was collected by the account/);
  });

  test("two that collect at once change it once", async () => {
    const { item, interchange } = await putIntoMailbox(api.database);
    const both = await Promise.all([collect(item), collect(item)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const { timeline } = (await api.get("supplier", `/api/v1/interchanges/${interchange}`)).json();
    expect(timeline.filter(({ kind }: { kind: string }) => kind === "delivered")).toHaveLength(1);
  });

  test("collecting late does not undo that the account has acknowledged it", async () => {
    const { item, interchange } = await putIntoMailbox(api.database);
    await updateInterchange(api.database.session, interchange, { status: "acknowledged" });
    expect((await collect(item)).json()).toMatchObject({ status: "delivered" });
    expect((await api.get("supplier", `/api/v1/interchanges/${interchange}`)).json().status).toBe("acknowledged");
  });

  test("pages from the oldest on, and is open to the supplier by name", async () => {
    const items: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      items.push((await putIntoMailbox(api.database, { accountId: "summit-industrial" })).item);
    }
    const first = (await api.get("supplier", `${path}?account=summit-industrial&limit=2`)).json();
    const second = (await api.get("supplier", `${path}?account=summit-industrial&limit=2&after=${first.next}`)).json();
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items);
    expect(second.next).toBeNull();
    expect((await api.get("supplier", `${path}?account=nobody`)).statusCode).toBe(404);
    expect((await api.get("supplier", path)).json()).toMatchObject({
      status: 400,
      errors: [{ path: "query.account" }],
    });
  });
});

describe("waiting at the mailbox", () => {
  const waitFor = async (seconds: number, query = "") => {
    const began = Date.now();
    const answer = await fetch(`${api.url}${path}?wait=${seconds}${query}`, {
      headers: { authorization: `Bearer ${api.tokens["harbor-retail"]}` },
    });
    return {
      status: answer.status,
      body: (await answer.json()) as { items: { id: string }[] },
      ms: Date.now() - began,
    };
  };

  test("ends at once when there is something, and when something comes", async () => {
    const waiting = waitFor(30);
    await wait(300);
    // What comes for another account wakes nobody here.
    await putIntoMailbox(api.database, { accountId: "summit-industrial" });
    await wait(300);
    const { item } = await putIntoMailbox(api.database);
    const woken = await waiting;
    expect(woken.body.items.map(({ id }) => id)).toEqual([item]);
    expect(woken.ms).toBeGreaterThan(550);
    expect(woken.ms).toBeLessThan(3_000);
    expect((await waitFor(30)).ms).toBeLessThan(1_000);
    await collect(item);
  });

  test("ends with nothing when the time is over", async () => {
    const { status, body, ms } = await waitFor(1);
    expect([status, body]).toEqual([200, { items: [], next: null }]);
    expect(ms).toBeGreaterThanOrEqual(990);
  });

  test("finds what came without a notification", { timeout: 15_000 }, async () => {
    const waiting = waitFor(30);
    await wait(200);
    const { item, interchange } = await putIntoMailbox(api.database, { accountId: "summit-industrial" });
    await api.database.session.execute(`update portico.delivery set account_id = 'harbor-retail' where id = '${item}'`);
    await api.database.session.execute(
      `update portico.interchange set account_id = 'harbor-retail' where id = '${interchange}'`,
    );
    const found = await waiting;
    expect(found.body.items.map(({ id }) => id)).toEqual([item]);
    expect(found.ms).toBeLessThan(7_000);
    await collect(item);
  });

  test("takes no longer than a minute", async () => {
    expect((await waitFor(61)).status).toBe(400);
  });

  test("ends when the client goes away", async () => {
    const began = Date.now();
    const request = httpRequest(`${api.url}${path}?wait=30`, {
      headers: { authorization: `Bearer ${api.tokens["harbor-retail"]}` },
    });
    request.on("error", () => {});
    request.end();
    await wait(300);
    request.destroy();
    const gone = () => api.logged.some(({ msg, time }) => msg === "the client went away" && Number(time) >= began);
    for (let tries = 0; !gone() && tries < 100; tries += 1) await wait(50);
    expect(gone()).toBe(true);
    // Nobody looks into the mailbox any more when something comes.
    const looks = vi.spyOn(api.database.session, "select");
    const { item } = await putIntoMailbox(api.database);
    await wait(300);
    expect(looks).not.toHaveBeenCalled();
    looks.mockRestore();
    await collect(item);
  });

  test("ends when the server closes", async () => {
    const closing = await buildServer(api.services);
    const url = await closing.listen({ port: 0, host: "127.0.0.1" });
    const answer = fetch(`${url}${path}?wait=30`, {
      headers: { authorization: `Bearer ${api.tokens["harbor-retail"]}` },
    });
    await wait(500);
    const began = Date.now();
    await closing.close();
    expect(await (await answer).json()).toEqual({ items: [], next: null });
    expect(Date.now() - began).toBeLessThan(3_000);
  });
});
