import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueToken, revokeTokens } from "../../src/store/accounts.ts";
import {
  type ApiUnderTest,
  adminToken,
  keepInterchange,
  offerOrder,
  openApi,
  putIntoMailbox,
} from "./api-under-test.ts";

let api: ApiUnderTest;
/** Ids of things that are Harbor Retail's. */
let harbors: { interchange: string; held: string; item: string; document: string; nothing: string };

beforeAll(async () => {
  api = await openApi();
  const { session } = api.database;
  const { item } = await putIntoMailbox(api.database);
  const { document, interchange } = await offerOrder(api.database, { number: "AUTH-1" });
  const held = await keepInterchange(session, { direction: "outbound", status: "held", fileId: null, control: null });
  harbors = { interchange, held, item, document, nothing: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" };
});
afterAll(() => api?.close());

/** Every route that needs a token, and what an account that it does not belong to, its owner, and the supplier are told. */
const routes: [
  method: NonNullable<InjectOptions["method"]>,
  path: string,
  other: number,
  owner: number,
  supplier: number,
  /** Whom ADMIN_TOKEN names, where that is not the same as the supplier's. */
  administrator?: number,
][] = [
  ["POST", "/interchanges", 400, 400, 400],
  ["GET", "/interchanges", 200, 200, 200],
  ["GET", "/interchanges/{interchange}", 404, 200, 200],
  ["GET", "/interchanges/{interchange}/raw", 404, 200, 200],
  ["GET", "/interchanges/{held}/raw", 404, 409, 409],
  ["POST", "/interchanges/{held}/replay", 403, 403, 409],
  ["POST", "/interchanges/{held}/release", 403, 403, 409],
  ["GET", "/mailbox?account=harbor-retail", 404, 200, 200],
  ["GET", "/mailbox", 200, 200, 400],
  ["GET", "/mailbox/{item}", 404, 200, 200],
  ["POST", "/mailbox/{item}/collected", 404, 200, 403],
  ["POST", "/deliveries/{item}/retry", 403, 403, 409],
  ["GET", "/documents", 403, 403, 200],
  ["GET", "/documents/{document}", 403, 403, 200],
  ["POST", "/documents", 403, 403, 400],
  ["POST", "/documents/{document}/release", 403, 403, 404],
  ["POST", "/documents/{document}/withdraw", 403, 403, 404],
  ["GET", "/orders", 200, 200, 200],
  ["GET", "/orders/{nothing}", 404, 404, 404],
  ["GET", "/invoices", 200, 200, 200],
  ["GET", "/invoices/{nothing}", 404, 404, 404],
  ["GET", "/promises", 200, 200, 200],
  ["GET", "/warranties", 400, 400, 400],
  ["GET", "/warranties?serial=1", 200, 200, 200],
  ["POST", "/webhooks", 403, 403, 400],
  ["GET", "/webhooks", 403, 403, 200],
  ["GET", "/webhooks/{nothing}", 403, 403, 404],
  ["DELETE", "/webhooks/{nothing}", 403, 403, 404],
  ["GET", "/accounts", 200, 200, 200],
  ["GET", "/accounts/harbor-retail", 404, 200, 200],
  ["PUT", "/accounts/harbor-retail", 403, 403, 400],
  ["POST", "/accounts/harbor-retail/tokens", 403, 403, 201],
  ["DELETE", "/accounts/nobody/tokens", 403, 403, 404],
  ["POST", "/accounts/harbor-retail/rules/try", 403, 403, 400],
  ["GET", "/accounts/harbor-retail/cross-references", 403, 403, 200],
  ["POST", "/accounts/harbor-retail/cross-references", 403, 403, 415],
  ["GET", "/accounts/harbor-retail/prices", 403, 403, 200],
  ["GET", "/accounts/harbor-retail/prices/explain", 403, 403, 400],
  ["GET", "/accounts/harbor-retail/prices/rebates", 403, 403, 409],
  ["GET", "/accounts/harbor-retail/prices/credits", 403, 403, 200],
  ["POST", "/accounts/harbor-retail/prices", 403, 403, 415],
  ["GET", "/accounts/harbor-retail/invoice-plan", 403, 403, 409],
  ["POST", "/accounts/harbor-retail/invoice-plan/retry", 403, 403, 400],
  ["GET", "/accounts/harbor-retail/contacts", 404, 200, 200],
  ["GET", "/customers", 403, 403, 200],
  ["POST", "/customers", 403, 403, 415],
  ["PUT", "/customers", 403, 403, 400],
  ["POST", "/customers/sales", 403, 403, 415],
  ["GET", "/customers/ranking", 403, 403, 200],
  ["GET", "/customers/candidates", 403, 403, 200],
  ["GET", "/customers/weights", 403, 403, 200],
  ["PUT", "/customers/weights", 403, 403, 400],
  ["GET", "/customers/weights/versions", 403, 403, 200],
  ["GET", "/accounts/harbor-retail/scorecard", 404, 200, 200],
  ["GET", "/accounts/harbor-retail/scorecard/misses?figure=shipNotice", 404, 200, 200],
  ["GET", "/accounts/harbor-retail/scorecard/misses?figure=deductions", 404, 403, 200],
  ["GET", "/accounts/harbor-retail/versions", 403, 403, 200],
  ["GET", "/accounts/harbor-retail/versions/1", 403, 403, 200],
  ["GET", "/accounts/harbor-retail/diff", 403, 403, 200],
  ["GET", "/accounts/harbor-retail/effective", 403, 403, 200],
  ["POST", "/accounts/harbor-retail/rollback", 403, 403, 400],
  ["POST", "/accounts/harbor-retail/versions/1/approve", 403, 403, 409],
  ["POST", "/publications", 403, 403, 400],
  ["GET", "/publications", 200, 200, 200],
  ["GET", "/publications/{nothing}", 404, 404, 404],
  ["POST", "/publications/{nothing}/correct", 403, 403, 404],
  ["POST", "/publications/{nothing}/withdraw", 403, 403, 404],
  ["POST", "/publications/{nothing}/skip", 403, 403, 404],
  ["POST", "/publications/{nothing}/retry", 403, 403, 404],
  ["POST", "/publications/{nothing}/collected", 404, 404, 403],
  ["GET", "/publications/{nothing}/proof", 403, 403, 404],
  ["GET", "/publication-plan", 403, 403, 404],
  ["PUT", "/publication-plan", 403, 403, 400],
  ["GET", "/stock-reservations", 403, 403, 200],
  ["POST", "/stock-reservations", 403, 403, 415],
  ["POST", "/tokens", 403, 403, 400],
  ["DELETE", "/tokens/nobody", 403, 403, 403, 200],
  ["GET", "/work-items", 200, 200, 200],
  ["POST", "/work-items/{nothing}/acknowledge", 403, 403, 404],
  ["GET", "/alerts", 403, 403, 200],
  ["POST", "/alerts/{nothing}/acknowledge", 403, 403, 404],
  ["GET", "/me", 200, 200, 200],
];

const pathOf = (path: string) =>
  `/api/v1${path.replace(/\{(\w+)\}/, (_, name: keyof typeof harbors) => harbors[name])}`;

/** A body that is good enough to get past the checks of its form. */
function bodyFor(method: string, path: string): Partial<InjectOptions> {
  if (/\/(release|withdraw)$/.test(path)) return { payload: { reason: "a test" } };
  if (/^\/publications\/.*\/(skip|retry)$/.test(path))
    return { payload: { account: "harbor-retail", ...(path.endsWith("skip") && { reason: "a test" }) } };
  if (path.endsWith("/correct")) return { payload: { content: {}, reason: "a test" } };
  return method === "PUT" ? { payload: {} } : {};
}

describe.each(routes)("%s %s", (method, path, other, owner, supplier, administrator = supplier) => {
  const ask = (who: Parameters<ApiUnderTest["as"]>[0], headers = {}) =>
    api.as(who, { method, url: pathOf(path), headers, ...bodyFor(method, path) });

  test("asks for a token", async () => {
    const none = await ask(null);
    expect(none.statusCode).toBe(401);
    expect(none.headers["www-authenticate"]).toBe('Bearer realm="portico"');
    expect(none.headers["content-type"]).toBe("application/problem+json");
    expect(none.json()).toMatchObject({ status: 401, code: "token.missing" });
  });

  test("takes no token that it does not know", async () => {
    for (const authorization of [
      "Bearer portico_wrong",
      `Basic ${api.tokens.supplier}`,
      api.tokens.supplier,
      "Bearer ",
    ]) {
      const wrong = await ask(null, { authorization });
      expect(wrong.statusCode).toBe(401);
      expect(wrong.headers["www-authenticate"]).toMatch(/error="invalid_token"/);
      expect(wrong.json()).toMatchObject({ code: "token.unknown" });
    }
  });

  test(`answers ${other} to another account, ${owner} to its own, ${supplier} to the supplier`, async () => {
    expect((await ask("summit-industrial")).statusCode).toBe(other);
    expect((await ask("harbor-retail")).statusCode).toBe(owner);
    expect((await ask("supplier")).statusCode).toBe(supplier);
    expect((await ask(null, { authorization: `bearer ${adminToken}` })).statusCode).toBe(administrator);
  });
});

test("the list of routes above is complete", async () => {
  const { paths } = (await api.get(null, "/docs/json")).json();
  const documented = Object.entries<object>(paths)
    .filter(([path]) => path.startsWith("/api/v1"))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  const covered = routes.map(([method, path]) => {
    const pattern = path
      .split("?")[0]
      ?.replace(/\{\w+\}/, "{id}")
      .replace(/^\/accounts\/[a-z-]+/, "/accounts/{id}")
      .replace(/\/versions\/\d+/, "/versions/{number}")
      .replace(/^\/tokens\/[a-z]+/, "/tokens/{label}");
    return `${method} /api/v1${pattern}`;
  });
  expect([...new Set(covered)].sort()).toEqual(documented.sort());
});

test("what is another account's is answered as if it were not there", async () => {
  const nowhere = "00000000-0000-4000-8000-000000000000";
  for (const [theirs, none] of [
    [`/api/v1/interchanges/${harbors.interchange}`, `/api/v1/interchanges/${nowhere}`],
    [`/api/v1/interchanges/${harbors.interchange}/raw`, `/api/v1/interchanges/${nowhere}/raw`],
    [`/api/v1/mailbox/${harbors.item}`, `/api/v1/mailbox/${nowhere}`],
    ["/api/v1/accounts/harbor-retail", "/api/v1/accounts/nobody"],
    ["/api/v1/mailbox?account=harbor-retail", "/api/v1/mailbox?account=nobody"],
  ] as const) {
    const bodies = [];
    for (const url of [theirs, none]) {
      const { instance, detail, ...rest } = (await api.get("summit-industrial", url)).json();
      bodies.push({ ...rest, detail: detail.replace(/[0-9a-f-]{36}|harbor-retail|nobody/, "<id>") });
      expect(instance).toMatch(/^urn:uuid:/);
    }
    expect(bodies[0]).toEqual(bodies[1]);
  }
});

test.each(["nonsense", "%00", "..%2f..%2fetc", "1' or '1'='1"])("an id that is none (%s) is not there", async (id) => {
  for (const path of ["/interchanges/", "/mailbox/", "/documents/", "/accounts/"]) {
    expect((await api.get("supplier", `/api/v1${path}${encodeURI(id).replace("%25", "%")}`)).statusCode).toBe(404);
  }
});

test("an account's lists hold nothing of another's", async () => {
  for (const path of [
    "/interchanges",
    "/interchanges?account=harbor-retail",
    "/work-items?account=harbor-retail",
    "/mailbox",
  ]) {
    expect((await api.get("summit-industrial", `/api/v1${path}`)).json().items).toEqual([]);
  }
  const accounts = (await api.get("summit-industrial", "/api/v1/accounts")).json();
  expect(accounts.items.map(({ id }: { id: string }) => id)).toEqual(["summit-industrial"]);
});

test("an account sees what it brought that is nobody's yet, and what another brought it doesn't", async () => {
  const id = await keepInterchange(api.database.session, {
    status: "quarantined",
    accountId: null,
    submitterAccountId: "summit-industrial",
    bytes: Buffer.from("whose is it"),
  });
  expect((await api.get("summit-industrial", `/api/v1/interchanges/${id}`)).statusCode).toBe(200);
  expect((await api.get("harbor-retail", `/api/v1/interchanges/${id}`)).statusCode).toBe(404);
});

test("a revoked token ends at once", async () => {
  const token = await issueToken(api.database.session, "summit-industrial", "to be revoked");
  const headers = { authorization: `Bearer ${token}` };
  expect((await api.as(null, { method: "GET", url: "/api/v1/me", headers })).json()).toMatchObject({
    kind: "account",
    account: { id: "summit-industrial", href: "/api/v1/accounts/summit-industrial" },
  });
  await revokeTokens(api.database.session, "summit-industrial");
  expect((await api.as(null, { method: "GET", url: "/api/v1/me", headers })).statusCode).toBe(401);
});

test("no token ever comes into the log", () => {
  const lines = JSON.stringify(api.logged);
  for (const token of [...Object.values(api.tokens), adminToken, "portico_wrong"]) expect(lines).not.toContain(token);
  expect(api.logged.find(({ account }) => account === "summit-industrial")).toMatchObject({
    msg: "request",
    subject: "account",
    method: expect.any(String),
    route: expect.stringMatching(/^\/api\/v1\//),
    status: expect.any(Number),
    ms: expect.any(Number),
    request: expect.any(String),
  });
});
