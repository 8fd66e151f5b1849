import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiUnderTest, maxInterchangeBytes, openApi } from "./api-under-test.ts";

const path = "/api/v1/interchanges";
let api: ApiUnderTest;
let files = 0;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

/** Bytes that nobody has sent before. */
function freshFile(): string {
  files += 1;
  return `ISA*00*          *00*          *12*3125550142     *ZZ*CEDARRIVER     *250310*0612*U*00401*${String(files).padStart(9, "0")}*0*P*>~`;
}

const bearer = () => ({ authorization: `Bearer ${api.tokens["harbor-retail"]}` });

async function kept(): Promise<number> {
  const rows = await api.database.session.execute<{ count: number }>("select count(*)::int as count from portico.file");
  return (rows as unknown as { rows: { count: number }[] }).rows[0]?.count ?? -1;
}

describe("sending a file", () => {
  test.each([
    "application/edi-x12",
    "application/EDI-X12",
    "application/x12",
    "application/octet-stream",
    "text/plain; charset=us-ascii",
  ])("%s is taken as it is", async (type) => {
    const file = freshFile();
    const answer = await api.as("harbor-retail", {
      method: "POST",
      url: path,
      payload: file,
      headers: { "content-type": type },
    });
    expect(answer.statusCode).toBe(202);
    const body = answer.json();
    expect(body).toEqual({
      id: expect.any(String),
      sha256: createHash("sha256").update(file).digest("hex"),
      size: file.length,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      status: "received",
      href: `${path}/${body.id}`,
    });
    expect(answer.headers.location).toBe(body.href);
    expect((await api.get("harbor-retail", `${body.href}/raw`)).body).toBe(file);
    expect(api.handed.at(-1)).toBe("interpret");
  });

  test("a body without a content type is taken too", async () => {
    const answer = await fetch(api.url + path, { method: "POST", headers: bearer(), body: Buffer.from(freshFile()) });
    expect(answer.status).toBe(202);
  });

  test("the same bytes from the same account answer with the first one's id, from another account they are new", async () => {
    const payload = freshFile();
    const headers = { "content-type": "text/plain" };
    const first = (await api.as("harbor-retail", { method: "POST", url: path, payload, headers })).json();
    const jobs = api.handed.length;
    const again = await api.as("harbor-retail", { method: "POST", url: path, payload, headers });
    expect(again.statusCode).toBe(200);
    expect(again.json()).toEqual({ ...first, duplicate: true });
    expect(api.handed).toHaveLength(jobs);
    const other = await api.as("summit-industrial", { method: "POST", url: path, payload, headers });
    expect(other.statusCode).toBe(202);
    expect(other.json().id).not.toBe(first.id);
  });

  test("a large file comes back byte for byte", async () => {
    const bytes = Buffer.alloc(maxInterchangeBytes, freshFile());
    const answer = await fetch(api.url + path, {
      method: "POST",
      headers: { ...bearer(), "content-type": "text/plain" },
      body: bytes,
    });
    const { href, size } = (await answer.json()) as { href: string; size: number };
    expect(size).toBe(bytes.length);
    const raw = await fetch(`${api.url}${href}/raw`, { headers: bearer() });
    expect(Buffer.from(await raw.arrayBuffer()).equals(bytes)).toBe(true);
    expect(raw.headers.get("content-length")).toBe(String(bytes.length));
    expect(api.spooled()).toEqual([]);
  });

  test("the one file of a form is taken, with its name and type", async () => {
    const file = freshFile();
    const form = new FormData();
    form.append("note", "spring orders");
    form.append("file", new Blob([file], { type: "application/edi-x12" }), "850.edi");
    const answer = await fetch(api.url + path, { method: "POST", headers: bearer(), body: form });
    expect(answer.status).toBe(202);
    const { href } = (await answer.json()) as { href: string };
    expect((await api.get("harbor-retail", `${href}/raw`)).body).toBe(file);
    expect((await api.get("harbor-retail", href)).json().file).toMatchObject({
      name: "850.edi",
      mediaType: "application/edi-x12",
    });
  });
});

describe("what is not taken", () => {
  test("nothing at all", async () => {
    const answer = await api.as("harbor-retail", {
      method: "POST",
      url: path,
      payload: "",
      headers: { "content-type": "text/plain" },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "interchange.empty", status: 400 });
  });

  test.each(["application/json", "application/x-www-form-urlencoded", "image/png"])(
    "a body that is %s",
    async (type) => {
      const answer = await api.as("harbor-retail", {
        method: "POST",
        url: path,
        payload: "{}",
        headers: { "content-type": type },
      });
      expect(answer.statusCode).toBe(415);
      expect(answer.json()).toMatchObject({
        code: "interchange.media-type",
        detail: expect.stringContaining("application/edi-x12"),
      });
    },
  );

  test("a compressed body", async () => {
    const headers = { "content-type": "text/plain", "content-encoding": "gzip" };
    const answer = await api.as("harbor-retail", { method: "POST", url: path, payload: freshFile(), headers });
    expect(answer.json()).toMatchObject({ status: 415, code: "interchange.encoding" });
  });

  test("a form without a file, and one with two", async () => {
    const before = await kept();
    const empty = new FormData();
    empty.append("note", "no file here");
    const none = await fetch(api.url + path, { method: "POST", headers: bearer(), body: empty });
    expect([none.status, await none.json()]).toMatchObject([400, { code: "interchange.no-file" }]);
    const two = new FormData();
    two.append("a", new Blob([freshFile()]), "a.edi");
    two.append("b", new Blob([freshFile()]), "b.edi");
    const both = await fetch(api.url + path, { method: "POST", headers: bearer(), body: two });
    expect([both.status, await both.json()]).toMatchObject([400, { code: "interchange.several-files" }]);
    expect(await kept()).toBe(before);
  });

  test("a form that is none", async () => {
    const headers = { "content-type": "multipart/form-data; boundary=x" };
    const answer = await api.as("harbor-retail", { method: "POST", url: path, payload: "no form", headers });
    expect(answer.statusCode).toBe(400);
  });

  test("a file that says it is too large, before it is read", async () => {
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const headers = { ...bearer(), "content-type": "text/plain", "content-length": maxInterchangeBytes + 1 };
      const request = httpRequest(api.url + path, { method: "POST", headers }, (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body });
          request.destroy();
        });
      });
      request.on("error", reject);
      request.flushHeaders();
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "interchange.too-large" });
  });

  test("a file that turns out too large: the sender hears why, the connection ends, nothing is left", async () => {
    const before = await kept();
    const { status, body, ended } = await sendChunked(Buffer.alloc(256 * 1024, "A"), 40);
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: "interchange.too-large" });
    expect(ended).toBe(true);
    expect(api.spooled()).toEqual([]);
    expect(await kept()).toBe(before);
  });

  test("a form whose file turns out too large", async () => {
    const form = new FormData();
    form.append("file", new Blob([Buffer.alloc(maxInterchangeBytes + 1, "A")]), "big.edi");
    const answer = await fetch(api.url + path, { method: "POST", headers: bearer(), body: form });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: "interchange.too-large" }]);
    expect(api.spooled()).toEqual([]);
  });

  test("a large body with a wrong token, which is not read", async () => {
    const answer = await fetch(api.url + path, {
      method: "POST",
      headers: { authorization: "Bearer wrong", "content-type": "text/plain" },
      body: Buffer.alloc(8 * 1024 * 1024, "A"),
    });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: "token.unknown" }]);
  });

  test.each(["text/plain", "multipart/form-data; boundary=cut"])(
    "half a file, of a sender that goes away (%s)",
    async (type) => {
      const before = await kept();
      const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
      const part = type.startsWith("multipart")
        ? '--cut\r\ncontent-disposition: form-data; name="f"; filename="f"\r\n\r\n'
        : "";
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${bearer().authorization}\r\ncontent-type: ${type}\r\ncontent-length: 1900000\r\n\r\n${part}`,
      );
      // Past what is held in memory, so that there is something on disk.
      socket.write(Buffer.alloc(1_500_000, "A"));
      await eventually(() => api.spooled().length === 1);
      socket.destroy();
      await eventually(() => api.spooled().length === 0);
      expect(await kept()).toBe(before);
      expect((await api.get(null, "/health/live")).statusCode).toBe(200);
    },
  );
});

/** Sends chunks of a body of unknown length, and reads the answer to the end of the connection. */
function sendChunked(chunk: Buffer, times: number): Promise<{ status: number; body: unknown; ended: boolean }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("error", reject);
    socket.on("close", (hadError) => {
      const [head = "", body = ""] = text.split("\r\n\r\n");
      resolve({ status: Number(head.split(" ")[1]), body: JSON.parse(body), ended: !hadError });
    });
    const { authorization } = bearer();
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n`,
    );
    for (let sent = 0; sent < times; sent += 1) {
      socket.write(`${chunk.length.toString(16)}\r\n`);
      socket.write(chunk);
      socket.write("\r\n");
    }
    socket.write("0\r\n\r\n");
  });
}

async function eventually(is: () => boolean): Promise<void> {
  for (let tries = 0; !is(); tries += 1) {
    if (tries > 200) throw new Error("it did not happen within 10 seconds");
    await wait(50);
  }
}
