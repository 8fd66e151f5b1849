import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, summitOrder } from "../support/samples.ts";
import {
  Client,
  combinationsFor,
  freshGround,
  type Ground,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

/** A local file header of a ZIP archive, and what follows it. */
const zip = Buffer.concat([Buffer.from("504b0304140000000800", "hex"), deflateRawSync(Buffer.from(harborOrder()))]);

describe.each(combinationsFor(import.meta.url))("hostile input on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
  });
  afterAll(async () => {
    const alive = await fetch(`${gateway.url}/health/ready`);
    expect(alive.status).toBe(200);
    await gateway?.close();
    await ground?.clear();
  });

  test("nothing at all is refused, and nothing is kept", async () => {
    const { status, body } = await harbor.send("");
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: "interchange.empty", status: 400 });
  });

  test.each([
    ["one byte", Buffer.from("I"), "not-x12", /X12/],
    ["binary", Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 151 + 7) % 256)), "not-x12", /ISA/],
    ["a ZIP archive", zip, "not-x12", /zip/i],
    ["a web page", Buffer.from("<!DOCTYPE html><html><body>login</body></html>"), "not-x12", /html/i],
    ["JSON", Buffer.from('{"order": 1}'), "not-x12", /json/i],
    ["EDIFACT", Buffer.from("UNA:+.? 'UNB+UNOC:3+A+B+250101:1200+1'"), "not-x12", /edifact/i],
    ["blank lines only", Buffer.from("\r\n\r\n"), "empty", /./],
  ])("%s is kept, rejected, and said to be what it is", async (_name, bytes, code, message) => {
    const interchange = await harbor.sendAndWait(bytes);
    expect(interchange.status).toBe("rejected");
    expect(interchange.problems[0]).toMatchObject({ level: "file", code });
    expect(interchange.problems[0].message).toMatch(message);
    const raw = await fetch(`${gateway.url}/api/v1/interchanges/${interchange.id}/raw`, {
      headers: { authorization: `Bearer ${harbor.token}` },
    });
    expect(Buffer.from(await raw.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("a file that is too large is refused, and nothing is kept", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "A");
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 300) controller.close();
        else controller.enqueue(megabyte);
      },
    });
    const before = (await harbor.get("/api/v1/interchanges")).body.items.length;
    const outcome = await harbor
      .request("POST", "/api/v1/interchanges", {
        body,
        duplex: "half",
        headers: { "content-type": "application/edi-x12" },
      } as RequestInit)
      .then(({ status }) => status)
      // A server that stops reading may close the connection before the client has read its answer.
      .catch(() => "closed");
    expect([413, "closed"]).toContain(outcome);
    expect(sent).toBeLessThan(200);
    const declared = await fetch(`${gateway.url}/api/v1/interchanges`, {
      method: "POST",
      headers: { authorization: `Bearer ${harbor.token}`, "content-type": "application/edi-x12" },
      body: Buffer.alloc(104_857_601, "A"),
    });
    expect(declared.status).toBe(413);
    expect((await declared.json()) as object).toMatchObject({ code: "interchange.too-large" });
    expect((await harbor.get("/api/v1/interchanges")).body.items).toHaveLength(before);
    for (const folder of spoolFolders()) expect(readdirSync(folder)).toEqual([]);
  });

  /** A gateway on a server puts files on their way in into a folder of its own in the machine's temporary one. */
  const spoolFolders = (): string[] =>
    combination.databaseUrl
      ? readdirSync(tmpdir())
          .filter((name) => name.startsWith("portico-spool-"))
          .map((name) => join(tmpdir(), name))
      : [join(ground.folder, "spool")];

  test("a wrong token, and none, are told so", async () => {
    for (const token of ["", "portico_wrong"]) {
      const { status, body } = await new Client(gateway.url, token).send(harborOrder());
      expect(status).toBe(401);
      expect(body.code).toBeTypeOf("string");
    }
  });

  test("another account's ids are quarantined, and that account never hears of it", async () => {
    const interchange = await harbor.sendAndWait(summitOrder());
    expect(interchange).toMatchObject({ status: "quarantined", account: null, reason: { code: "unknown-sender" } });
    expect(interchange.reason.message).not.toMatch(/summit-industrial/);
    const summit = gateway.as("summit-industrial");
    expect((await summit.get(`/api/v1/interchanges/${interchange.id}`)).status).toBe(404);
    expect((await summit.get("/api/v1/interchanges")).body.items).toEqual([]);
    // And the other way round, what is one account's is not there for the other.
    expect((await summit.get(`/api/v1/interchanges/${interchange.id}/raw`)).status).toBe(404);
  });

  test("a sample cut off at any byte is answered, and brings no order that isn't whole", {
    timeout: 120_000,
  }, async () => {
    const whole = anotherOrder(harborOrder(), 7400, "CUT");
    // Every byte of the envelope's ends; in between, every 40th: the engine's own tests cut at each.
    const cuts = Array.from({ length: whole.length - 1 }, (_, index) => index + 1).filter(
      (cut) => cut % 40 === 0 || (cut > 100 && cut < 112) || cut > whole.length - 40,
    );
    const receipts = [];
    for (const cut of cuts) receipts.push((await harbor.send(whole.slice(0, cut))).body);
    for (const { id } of receipts) {
      const interchange = await harbor.interchangeThat(
        id,
        ({ status }) => status !== "received" && status !== "processing",
      );
      const said = JSON.stringify([interchange.problems, interchange.groups, interchange.reason]);
      expect(said).toMatch(/message/);
    }
    const orders = (await gateway.supplier.documents("order")).filter(({ number }) => number === "CUT");
    expect(orders.length).toBeLessThanOrEqual(1);
  });
});
