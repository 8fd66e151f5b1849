import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bringIntoForce } from "../../src/store/account-versions.ts";
import { accounts, accountVersions } from "../../src/store/tables.ts";
import { type ApiUnderTest, adminToken, openApi, sampleAccount } from "./api-under-test.ts";

const path = "/api/v1/accounts";
let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

/** Somebody of the supplier's with a token of their own. */
async function person(label: string): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const issued = await api.as(null, { method: "POST", url: "/api/v1/tokens", headers, payload: { label } });
  return { authorization: `Bearer ${issued.json().token}` };
}
const put = (id: string, profile: object, query = "", headers = {}) =>
  api.as("supplier", { method: "PUT", url: `${path}/${id}${query}`, payload: { ...profile, id }, headers });
const versions = async (id: string) => (await api.get("supplier", `${path}/${id}/versions`)).json().items;
const rollback = (id: string, reason = "a mistake") =>
  api.as("supplier", { method: "POST", url: `${path}/${id}/rollback`, payload: { reason } });
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const ofAccount = (id: string, number: number) =>
  and(eq(accountVersions.accountId, id), eq(accountVersions.number, number));
const base = sampleAccount("harbor-retail");

test("each version keeps who made it, why and from when on; the newest in force is the account", async () => {
  await put("kept", base, "?reason=agreement");
  const second = await put("kept", { ...base, name: "Second" }, "?reason=renamed", await person("Ines Albrecht"));
  expect(second.json()).toMatchObject({ outcome: "updated", version: 2, account: { version: 2, name: "Second" } });
  expect(await versions("kept")).toMatchObject([
    { number: 2, state: "in-force", author: "Ines Albrecht", reason: "renamed", from: expect.any(String) },
    { number: 1, state: "replaced", author: "test", reason: "agreement" },
  ]);
  const first = await api.get("supplier", `${path}/kept/versions/1`);
  expect(first.json()).toMatchObject({ number: 1, profile: { name: base.name } });
  expect((await api.get("supplier", `${path}/kept/versions/3`)).statusCode).toBe(404);
});

test("a page of versions goes on where the one before ended", async () => {
  for (const name of ["a", "b", "c"]) await put("paged", { ...base, name });
  const first = (await api.get("supplier", `${path}/paged/versions?limit=2`)).json();
  const second = (await api.get("supplier", `${path}/paged/versions?limit=2&after=${first.next}`)).json();
  const numbers = [...first.items, ...second.items].map(({ number }) => number);
  expect([numbers, second.next]).toEqual([[3, 2, 1], null]);
});

describe("a version of the future", () => {
  test("waits for its day, and then is in force", async () => {
    await put("future", base);
    const planned = await put("future", { ...base, name: "Next year" }, `?from=${day(40)}`);
    expect(planned.json()).toMatchObject({
      outcome: "scheduled",
      version: 2,
      account: { version: 1, name: base.name },
    });
    expect((await put("future", { ...base, name: "Next year" }, `?from=${day(40)}`)).json().outcome).toBe("unchanged");
    const { session } = api.database;
    expect(await bringIntoForce(session)).toEqual([]);
    // The day comes.
    const past = new Date(Date.now() - 1_000);
    await session.update(accountVersions).set({ effectiveAt: past }).where(ofAccount("future", 2));
    await session.update(accounts).set({ nextVersionAt: past }).where(eq(accounts.id, "future"));
    expect(await bringIntoForce(session)).toEqual(["future"]);
    const account = (await api.get("supplier", `${path}/future`)).json();
    expect(account).toMatchObject({ version: 2, name: "Next year" });
  });

  test("can't begin on a day that is over, and a new account's can't wait", async () => {
    await put("past", base);
    const over = await put("past", { ...base, name: "x" }, `?from=${day(-2)}`);
    expect(over.json()).toMatchObject({ status: 400, errors: [{ path: "query.from" }] });
    expect((await put("brand-new", base, `?from=${day(3)}`)).statusCode).toBe(400);
    expect((await api.get("supplier", `${path}/brand-new`)).statusCode).toBe(404);
  });
});

describe("a rollback", () => {
  test("brings the version before back as a new one, and again undoes that", async () => {
    await put("back", base);
    await put("back", { ...base, name: "Wrong" });
    const done = await rollback("back");
    expect(done.json()).toMatchObject({
      outcome: "restored",
      version: { number: 3, restores: 1, state: "in-force", reason: "a mistake" },
    });
    expect((await api.get("supplier", `${path}/back`)).json()).toMatchObject({ version: 3, name: base.name });
    await rollback("back");
    expect((await api.get("supplier", `${path}/back`)).json()).toMatchObject({ version: 4, name: "Wrong" });
  });

  test("takes back first what is not in force yet", async () => {
    await put("planned", base);
    await put("planned", { ...base, name: "Planned" }, `?from=${day(5)}`);
    expect((await rollback("planned")).json()).toMatchObject({ outcome: "withdrawn", version: { number: 2 } });
    const { session } = api.database;
    const [row] = await session.select().from(accounts).where(eq(accounts.id, "planned"));
    expect(row).toMatchObject({ version: 1, nextVersionAt: null });
    expect((await rollback("planned")).json()).toMatchObject({ status: 409, code: "version.first" });
  });
});

describe("where an account demands a second person", () => {
  const approve = (id: string, number: number, headers: Record<string, string>) =>
    api.as(null, { method: "POST", url: `${path}/${id}/versions/${number}/approve`, headers });

  test("new rules wait until somebody else approves them", async () => {
    const [ines, omar] = [await person("Ines Albrecht"), await person("Omar Reyes")];
    await put("careful", { ...base, approval: { secondPerson: true } }, "", ines);
    const weaker = { ...base, name: "Weaker", approval: { secondPerson: false } };
    const proposed = await put("careful", weaker, "", ines);
    expect(proposed.json()).toMatchObject({
      outcome: "proposed",
      version: 2,
      account: { version: 1, name: base.name },
    });
    expect((await put("careful", weaker, "", ines)).json()).toMatchObject({ outcome: "unchanged", version: 2 });

    const own = await approve("careful", 2, ines);
    expect(own.json()).toMatchObject({ status: 403, code: "version.own" });
    // Another token under the same name is the same person.
    expect((await approve("careful", 2, await person("Ines Albrecht"))).statusCode).toBe(403);
    expect((await approve("careful", 1, omar)).json()).toMatchObject({ status: 409, code: "version.not-proposed" });

    const approved = await approve("careful", 2, omar);
    expect(approved.json()).toMatchObject({ state: "in-force", author: "Ines Albrecht", approvedBy: "Omar Reyes" });
    expect((await approve("careful", 2, omar)).statusCode).toBe(409);
    expect((await api.get("supplier", `${path}/careful`)).json()).toMatchObject({ version: 2, name: "Weaker" });
  });

  test("nobody but the administrator makes or ends the tokens of people", async () => {
    const ines = await person("Ines Albrecht");
    const url = "/api/v1/tokens";
    const refused = await api.as(null, { method: "POST", url, headers: ines, payload: { label: "me too" } });
    expect(refused.json()).toMatchObject({ status: 403, code: "token.not-allowed" });
    expect((await api.as("harbor-retail", { method: "POST", url, payload: { label: "x" } })).statusCode).toBe(403);
    expect((await api.as("supplier", { method: "DELETE", url: `${url}/test` })).statusCode).toBe(403);
    const headers = { authorization: `Bearer ${adminToken}` };
    const ended = await api.as(null, { method: "DELETE", url: `${url}/Ines%20Albrecht`, headers });
    expect(ended.json()).toMatchObject({ label: "Ines Albrecht" });
    expect((await api.as(null, { method: "GET", url: "/api/v1/me", headers: ines })).statusCode).toBe(401);
  });
});

test("a diff names each place that differs, and no secret", async () => {
  const push = { url: "https://edi.example/in", secret: "a-secret-of-some-length" };
  const [rush, ...others] = base.priority;
  await put("compared", { ...base, delivery: { push } });
  await put("compared", {
    ...base,
    timeZone: "America/Denver",
    priority: [{ name: "all", when: { always: true }, level: "high" }, { ...rush, level: "high" }, ...others],
    delivery: { push: { ...push, secret: "another-secret-as-long" } },
  });
  const diff = await api.get("supplier", `${path}/compared/diff`);
  expect(diff.json()).toEqual({
    from: 1,
    to: 2,
    differences: [
      { path: "timeZone", before: "America/Chicago", after: "America/Denver" },
      { path: 'priority["rush order"].level', before: "urgent", after: "high" },
      { path: 'priority["all"]', after: { name: "all", when: { always: true }, level: "high" } },
      { path: "delivery.push.secret", before: "(hidden)", after: "(hidden)" },
    ],
  });
  expect(diff.body).not.toContain("secret-");
  const same = await api.get("supplier", `${path}/compared/diff?from=2&to=2`);
  expect(same.json().differences).toEqual([]);
});

test("an account sees nothing of the versions, its own included", async () => {
  for (const url of ["versions", "versions/1", "diff"])
    expect((await api.get("harbor-retail", `${path}/harbor-retail/${url}`)).statusCode).toBe(403);
  const url = `${path}/harbor-retail/rollback`;
  expect((await api.as("harbor-retail", { method: "POST", url, payload: { reason: "x" } })).statusCode).toBe(403);
});
