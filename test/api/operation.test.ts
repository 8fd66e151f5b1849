import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildServer } from "../../src/api/server.ts";
import { type ApiUnderTest, keepInterchange, openApi } from "./api-under-test.ts";

let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

describe("the OpenAPI document", () => {
  test("holds every route that the server has", async () => {
    const { paths, openapi } = (await api.get(null, "/docs/json")).json();
    expect(openapi).toBe("3.1.0");
    const documented = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.sort()).toEqual(
      routesOf(api.server.printRoutes({ commonPrefix: false }))
        .filter((route) => !/ \/docs|^GET \/$/.test(route))
        .sort(),
    );
  });

  test("refers to nothing that is not in it, and holds nothing that is not referred to", async () => {
    const text = (await api.get(null, "/docs/json")).body;
    const { components } = JSON.parse(text);
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect([...new Set(referred)].sort()).toEqual(Object.keys(components.schemas).sort());
    expect(text).not.toContain("__SCHEMA__");
    for (const name of [
      "interchange",
      "interchangeSummary",
      "x12Problem",
      "problemDetails",
      "order",
      "accountProfile",
    ]) {
      expect(components.schemas).toHaveProperty(name);
    }
  });

  test("says of each operation what it is, who may use it, what it answers and how it fails", async () => {
    const { paths, components } = (await api.get(null, "/docs/json")).json();
    const ids = new Set<string>();
    for (const [path, methods] of Object.entries<Record<string, Operation>>(paths)) {
      for (const operation of Object.values(methods)) {
        expect(operation.summary, path).toMatch(/^\S.*[^.]$/);
        expect(operation.tags, path).toHaveLength(1);
        ids.add(operation.operationId);
        if (!path.startsWith("/api/v1")) {
          expect(operation.security).toEqual([]);
          continue;
        }
        expect(operation.security).toBeUndefined();
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["401", "429", "500"]));
        for (const [status, { content }] of Object.entries(operation.responses).filter(
          ([status]) => Number(status) >= 400,
        )) {
          expect(content, `${path} ${status}`).toEqual({
            "application/problem+json": { schema: { $ref: "#/components/schemas/problemDetails" } },
          });
        }
      }
    }
    expect(ids.size).toBe(Object.values<object>(paths).flatMap((methods) => Object.keys(methods)).length);
    expect(components.securitySchemes.token).toMatchObject({ type: "http", scheme: "bearer" });
    const { requestBody } = paths["/api/v1/interchanges"].post;
    expect(Object.keys(requestBody.content)).toEqual(
      expect.arrayContaining(["application/edi-x12", "application/octet-stream", "text/plain", "multipart/form-data"]),
    );
    expect(paths["/api/v1/accounts/{id}"].put.requestBody.content["application/json"].schema).toMatchObject({
      allOf: [{ $ref: expect.stringMatching(/accountProfile(Input)?$/) }],
    });
  });

  test("is shown by a page that loads nothing from elsewhere", async () => {
    expect((await api.get(null, "/")).headers.location).toBe("/docs");
    const page = await api.get(null, "/docs");
    expect(page.statusCode).toBe(200);
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");
    expect(loaded.length).toBeGreaterThan(4);
    for (const url of loaded) {
      expect(url).toMatch(/^\/docs\/static\//);
      expect((await api.get(null, url)).statusCode, url).toBe(200);
    }
    // Nothing that the policy forbids: no script or style in the page itself.
    expect(page.body).not.toMatch(/<script(?! src=)|<style/);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:|upgrade-insecure-requests|unsafe-eval/);
  });
});

interface Operation {
  summary: string;
  tags: string[];
  operationId: string;
  security?: unknown[];
  responses: Record<string, { content?: unknown }>;
}

/** "GET /path" of each line of Fastify's drawing of its routes, in OpenAPI's spelling; HEAD comes with GET. */
function routesOf(drawing: string): string[] {
  const stack: string[] = [];
  const routes: string[] = [];
  for (const line of drawing.split("\n")) {
    const match = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!match) continue;
    const [, indent = "", part = "", methods = ""] = match;
    const depth = indent.length / 4;
    stack.length = depth;
    stack[depth] = part;
    const path = stack.join("").replace(/:(\w+)/g, "{$1}");
    for (const method of methods.split(", ")) if (method && method !== "HEAD") routes.push(`${method} ${path}`);
  }
  return routes;
}

describe("addresses that lead nowhere", () => {
  test.each(["/api/v1/nothing", "/nothing", "/api/v2/interchanges"])("%s", async (url) => {
    const answer = await api.get("supplier", url);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json()).toMatchObject({ status: 404, code: "route.not-found", title: "Not Found" });
  });

  test("the right address with the wrong method says which would do", async () => {
    const answer = await api.as("supplier", { method: "DELETE", url: "/api/v1/interchanges?x=1" });
    expect(answer.json()).toMatchObject({ status: 405, code: "request.method" });
    expect(answer.headers.allow).toBe("GET, HEAD, POST");
    expect((await api.as("supplier", { method: "POST", url: "/api/v1/interchanges/x" })).headers.allow).toBe(
      "GET, HEAD",
    );
  });

  test("an address that can't be read", async () => {
    const answer = await fetch(`${api.url}/api/v1/%zz`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "request.malformed" }]);
  });

  test("a JSON body that is none", async () => {
    const headers = { "content-type": "application/json" };
    const url = "/api/v1/accounts/harbor-retail/tokens";
    const broken = await api.as("supplier", { method: "POST", url, headers, payload: "{" });
    expect(broken.json()).toMatchObject({ status: 400, code: "request.malformed" });
    const poisoned = await api.as("supplier", {
      method: "POST",
      url,
      headers,
      payload: '{"__proto__": {"label": "x"}}',
    });
    expect(poisoned.json()).toMatchObject({ status: 400, code: "request.malformed" });
    const large = await api.as("supplier", { method: "POST", url, headers, payload: `"${"x".repeat(1024 * 1024)}"` });
    expect(large.json()).toMatchObject({ status: 413, code: "request.too-large" });
    const other = await api.as("supplier", {
      method: "POST",
      url,
      headers: { "content-type": "text/xml" },
      payload: "<a/>",
    });
    expect(other.json()).toMatchObject({ status: 415, code: "request.media-type" });
  });
});

describe("health", () => {
  test("it runs, and every part works", async () => {
    expect((await api.get(null, "/health/live")).json()).toEqual({ status: "live", version: "0.0.0-test" });
    const ready = await api.get(null, "/health/ready");
    expect([ready.statusCode, ready.json()]).toEqual([
      200,
      { status: "ready", parts: [{ name: "database", ok: true, why: null }], remarks: [] },
    ]);
  });

  test("the part that does not work is named, without telling where it is", async () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:6379"), { code: "ECONNREFUSED" });
    const server = await buildServer({
      ...api.services,
      readiness: [
        { name: "database", check: async () => {} },
        { name: "queue", check: () => Promise.reject(refused) },
        { name: "archive", check: () => new Promise(() => {}) },
      ],
    });
    const ready = await server.inject("/health/ready");
    expect([ready.statusCode, ready.json()]).toEqual([
      503,
      {
        status: "not-ready",
        parts: [
          { name: "database", ok: true, why: null },
          { name: "queue", ok: false, why: "ECONNREFUSED" },
          { name: "archive", ok: false, why: "no answer within 2 seconds" },
        ],
        remarks: [],
      },
    ]);
    await server.close();
  });

  test("a database that is out of reach is not the client's fault, and worth another try", async () => {
    const lost = () =>
      Promise.reject(Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code: "ECONNREFUSED" }));
    const server = await buildServer({ ...api.services, receiver: { receive: lost } });
    const answer = await server.inject({
      method: "POST",
      url: "/api/v1/interchanges",
      payload: "ISA",
      headers: { authorization: `Bearer ${api.tokens.supplier}`, "content-type": "text/plain" },
    });
    expect([answer.statusCode, answer.json()]).toMatchObject([503, { code: "unavailable" }]);
    expect(answer.headers["retry-after"]).toBe("5");
    expect(answer.body).not.toContain("10.0.0.5");
    await server.close();
  });
});

test("metrics count requests, interchanges and jobs, and name no account", async () => {
  await keepInterchange(api.database.session, { status: "quarantined" });
  const answer = await api.get(null, "/metrics");
  expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
  expect(answer.body).toMatch(/^portico_interchanges\{direction="inbound",status="quarantined"\} 1$/m);
  expect(answer.body).toMatch(/^portico_jobs\{state="open"\} 0$/m);
  expect(answer.body).toMatch(/^portico_queue_jobs\{state="waiting"\} 3$/m);
  expect(answer.body).toMatch(
    /^portico_http_request_duration_seconds_count\{method="GET",route="\/health\/ready",status="200"\} \d+$/m,
  );
  expect(answer.body).toMatch(/^process_cpu_seconds_total/m);
  expect(answer.body).not.toMatch(/harbor|summit/);
});

describe("limits", () => {
  test("a token has so many requests a minute, and others have theirs", async () => {
    const server = await buildServer({
      ...api.services,
      settings: { ...api.services.settings, rateLimitPerMinute: 3 },
    });
    const ask = (token: string) => server.inject({ url: "/api/v1/me", headers: { authorization: `Bearer ${token}` } });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await ask(api.tokens.supplier)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await ask(api.tokens.supplier);
    expect(refused.json()).toMatchObject({ status: 429, code: "rate.exceeded" });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await ask(api.tokens["harbor-retail"])).statusCode).toBe(200);
    // Whoever tries tokens is counted by address, however many it tries.
    const tried = [];
    for (let count = 0; count < 4; count += 1) tried.push((await ask(`portico_${count}`)).statusCode);
    expect(tried).toEqual([401, 401, 401, 429]);
    expect((await ask(api.tokens["harbor-retail"])).statusCode).toBe(200);
    await server.close();
  });
});

test("closing lets go of connections that are kept alive", async () => {
  const closing = await buildServer(api.services);
  const url = await closing.listen({ port: 0, host: "127.0.0.1" });
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  await wait(100);
  // It resolves only if the connection that fetch keeps for later is let go of.
  await closing.close();
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});
