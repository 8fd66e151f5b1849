import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAccount } from "../../src/store/accounts.ts";
import { openWorkItem } from "../../src/store/work-items.ts";
import { type ApiUnderTest, keepInterchange, openApi, sampleAccount } from "./api-under-test.ts";

const path = "/api/v1/accounts";
let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

const put = (id: string, payload: object) => api.as("supplier", { method: "PUT", url: `${path}/${id}`, payload });

describe("profiles", () => {
  test("are listed by name, page by page", async () => {
    const first = (await api.get("supplier", `${path}?limit=1`)).json();
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(["harbor-retail"]);
    const second = (await api.get("supplier", `${path}?limit=1&after=${first.next}`)).json();
    expect(second).toMatchObject({ items: [{ id: "summit-industrial" }], next: null });
  });

  test("are created, found unchanged, and updated", async () => {
    const profile = { ...sampleAccount("harbor-retail"), id: "new-account", name: "New" };
    const created = await put("new-account", profile);
    expect([created.statusCode, created.json()]).toMatchObject([201, { outcome: "created", account: { version: 1 } }]);
    expect(created.headers.location).toBe(`${path}/new-account`);
    const same = await put("new-account", profile);
    expect([same.statusCode, same.json()]).toMatchObject([200, { outcome: "unchanged", account: { version: 1 } }]);
    const changed = await put("new-account", { ...profile, name: "Newer" });
    expect(changed.json()).toMatchObject({ outcome: "updated", account: { version: 2, name: "Newer" } });
    expect((await api.get("supplier", `${path}/new-account`)).json()).toEqual(changed.json().account);
  });

  test("are refused with everything that is wrong", async () => {
    const { name: _, ...profile } = sampleAccount("harbor-retail");
    const answer = await put("harbor-retail", { ...profile, timeZone: "Mars/Olympus", identities: [] });
    expect(answer.statusCode).toBe(400);
    const { code, errors } = answer.json();
    expect(code).toBe("request.invalid");
    expect(errors.map((error: { path: string }) => error.path).sort()).toEqual([
      "body.identities",
      "body.name",
      "body.timeZone",
    ]);
    expect((await put("other-name", sampleAccount("harbor-retail"))).json().errors).toMatchObject([
      { path: "body.id" },
    ]);
    const unsafe = await put("harbor-retail", {
      ...sampleAccount("harbor-retail"),
      delivery: { push: { url: "http://edi.example/in" } },
    });
    expect(unsafe.json().errors).toEqual([
      { path: "body.delivery.push.url", message: "must be https; plain http is for localhost only" },
    ]);
    expect((await put("Not A Name", sampleAccount("harbor-retail"))).json()).toMatchObject({ status: 400 });
    const nul = { ...sampleAccount("harbor-retail"), name: "a\u0000b" };
    expect((await put("harbor-retail", nul)).statusCode).toBe(400);
    expect((await api.as("supplier", { method: "PUT", url: `${path}/harbor-retail` })).statusCode).toBe(400);
  });
});

test("a profile whose guide does not fit its sets is refused", async () => {
  const profile = sampleAccount("harbor-retail");
  const guides = [{ name: "no such segment", set: "850", segments: [{ segment: "ZZZ", requirement: "required" }] }];
  const payload = { ...profile, guides };
  const answer = await api.as("supplier", { method: "PUT", url: `${path}/harbor-retail`, payload });
  expect(answer.json()).toMatchObject({
    status: 400,
    errors: [{ path: "body.guides[0]", message: expect.stringContaining("850 in 004010 has no segment ZZZ") }],
  });
});

describe("secrets", () => {
  const secret = "a-secret-of-some-length";
  const pushing = (push: object) => ({ ...sampleAccount("harbor-retail"), id: "pushed-to", delivery: { push } });
  const stored = async () => (await findAccount(api.database.session, "pushed-to"))?.profile.delivery;

  test("are never shown, and stay what they are where they come back hidden", async () => {
    const push = { url: "https://edi.example/in", secret, headers: { authorization: "Basic c2VjcmV0" } };
    const created = await put("pushed-to", pushing(push));
    expect(created.statusCode).toBe(201);
    const shown = await api.get("supplier", `${path}/pushed-to`);
    for (const answer of [created, shown, await api.get("supplier", path)]) {
      expect(answer.body).not.toContain(secret);
      expect(answer.body).not.toContain("c2VjcmV0");
    }
    const { profile } = shown.json();
    expect(profile.delivery.push).toMatchObject({ secret: "(hidden)", headers: { authorization: "(hidden)" } });
    expect((await put("pushed-to", profile)).json()).toMatchObject({ outcome: "unchanged" });
    profile.delivery.push.url = "https://edi.example/inbound";
    expect((await put("pushed-to", profile)).json()).toMatchObject({ outcome: "updated" });
    expect(await stored()).toEqual({ push: { ...push, url: "https://edi.example/inbound" } });
  });

  test("don't go along to another host", async () => {
    const before = await stored();
    const hidden = { secret: "(hidden)", headers: { authorization: "(hidden)" } };
    const elsewhere = await put("pushed-to", pushing({ url: "https://evil.example/in", ...hidden }));
    expect(elsewhere.json()).toMatchObject({
      status: 400,
      errors: [{ path: "body.delivery.push.headers.authorization" }],
    });
    const unknown = await put(
      "pushed-to",
      pushing({ url: "https://edi.example/in", headers: { "x-key": "(hidden)" } }),
    );
    expect(unknown.json()).toMatchObject({ status: 400, errors: [{ path: "body.delivery.push.headers.x-key" }] });
    expect(await stored()).toEqual(before);
  });
});

test("a token is issued, speaks for its account, and is revoked with all others of the account", async () => {
  const url = `${path}/summit-industrial/tokens`;
  const issued = await api.as("supplier", { method: "POST", url, payload: { label: "order system" } });
  expect(issued.statusCode).toBe(201);
  expect(issued.headers["cache-control"]).toBe("no-store");
  const { token, ...rest } = issued.json();
  expect(rest).toEqual({ account: "summit-industrial", label: "order system" });
  const me = () => api.as(null, { method: "GET", url: "/api/v1/me", headers: { authorization: `Bearer ${token}` } });
  expect((await me()).json()).toMatchObject({ kind: "account", account: { id: "summit-industrial" } });
  expect((await api.as("supplier", { method: "POST", url })).statusCode).toBe(201);
  const revoked = await api.as("supplier", { method: "DELETE", url });
  expect(revoked.json()).toEqual({ account: "summit-industrial", revoked: 3 });
  expect((await me()).statusCode).toBe(401);
  expect((await api.as("supplier", { method: "POST", url: `${path}/nobody/tokens` })).statusCode).toBe(404);
  expect(JSON.stringify(api.logged)).not.toContain(token);
});

test("who is asked about, is answered", async () => {
  expect((await api.get("supplier", "/api/v1/me")).json()).toEqual({ kind: "supplier", account: null });
});

test("work items are shown to whom they are about", async () => {
  const { session } = api.database;
  const interchange = await keepInterchange(session, { status: "duplicate" });
  await openWorkItem(session, {
    kind: "duplicate-interchange",
    message: "It came before.",
    accountId: "harbor-retail",
    interchangeId: interchange,
  });
  await openWorkItem(session, { kind: "job-failed", message: "A step failed.", jobId: "interpret-x" });
  const kinds = async (who: "harbor-retail" | "supplier", query = "") =>
    (await api.get(who, `/api/v1/work-items${query}`)).json().items.map(({ kind }: { kind: string }) => kind);
  expect(await kinds("supplier", "?open=true")).toEqual(["job-failed", "duplicate-interchange"]);
  expect(await kinds("supplier", "?open=false")).toEqual([]);
  expect(await kinds("supplier", "?account=harbor-retail")).toEqual(["duplicate-interchange"]);
  expect(await kinds("harbor-retail")).toEqual(["duplicate-interchange"]);
  const [item] = (await api.get("harbor-retail", "/api/v1/work-items")).json().items;
  expect(item).toMatchObject({
    interchange: { id: interchange, href: `/api/v1/interchanges/${interchange}` },
    document: null,
    closedAt: null,
  });
});
