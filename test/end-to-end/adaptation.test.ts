import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onlyLine, runPortico } from "../cli/run-portico.ts";
import { anotherOrder, harborOrder } from "../support/samples.ts";
import {
  type Client,
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const csv = readFileSync(new URL("../../samples/cross-references/harbor-retail.csv", import.meta.url), "utf8");

describe.each(combinationsFor(import.meta.url))("what an account writes otherwise, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  let harbor: Client;
  let profile: Json;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    harbor = gateway.as("harbor-retail");
    profile = (await gateway.supplier.get("/api/v1/accounts/harbor-retail")).body.profile;
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const importCsv = (text: string, mode = "merge", who = gateway.supplier) =>
    who.request("POST", `/api/v1/accounts/harbor-retail/cross-references?mode=${mode}`, {
      body: text,
      headers: { "content-type": "text/csv" },
    });
  const orderNumbered = (number: string) =>
    eventually(
      async () => (await gateway.supplier.documents("order")).find((one) => one.number === number),
      `order ${number}`,
    );

  test("cross-references are imported as CSV, whole or not at all, and come back as they were", async () => {
    expect((await importCsv(csv)).body).toEqual({ account: "harbor-retail", imported: 6, removed: 0, total: 6 });
    const wrong = await importCsv(`${csv}store,1,2\nitem,,X\n`);
    expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ path: "line 8" }, { path: "line 9" }]]);
    expect((await importCsv("kind,theirs,ours\nitem,1009918,CR-KET-18\n")).body.total).toBe(6);
    expect((await importCsv(csv, "replace")).body).toMatchObject({ removed: 6, total: 6 });
    const page = await gateway.supplier.get("/api/v1/accounts/harbor-retail/cross-references?limit=2");
    expect(page.body.items).toHaveLength(2);
    const file = await gateway.supplier.request("GET", "/api/v1/accounts/harbor-retail/cross-references", {
      headers: { accept: "text/csv" },
    });
    expect(file.body).toBe(csv);
  });

  test("they are the supplier's alone, and of accounts that exist", async () => {
    expect((await importCsv(csv, "merge", harbor)).status).toBe(403);
    expect((await harbor.get("/api/v1/accounts/harbor-retail/cross-references")).status).toBe(403);
    expect((await gateway.supplier.get("/api/v1/accounts/nobody/cross-references")).status).toBe(404);
    const json = await gateway.supplier.post("/api/v1/accounts/harbor-retail/cross-references", []);
    expect(json.status).toBe(415);
  });

  test("the command line imports and exports them, and names the line that is wrong", async () => {
    const portico = (args: string[], stdin = "") =>
      runPortico(["cross-references", ...args, "--account", "harbor-retail"], {
        stdin,
        environment: { PORTICO_URL: gateway.url, DATA_DIR: ground.folder },
      });
    const imported = await portico(["import", "-", "--replace"], csv);
    expect([imported.code, imported.stdout]).toEqual([
      0,
      "harbor-retail: 6 pairs imported, 6 taken away before; it has 6 now\n",
    ]);
    expect((await portico(["export"])).stdout).toBe(csv);
    const wrong = await portico(["import", "-"], "kind,theirs,ours\nitem,7,\n");
    expect(wrong.code).toBe(1);
    expect(onlyLine(wrong.stderr)).toContain("-:2: The column ours is empty.");
  });

  test("an order has our numbers beside the account's, its codes read as ours, and what its expression makes of it", async () => {
    const applied = await gateway.supplier.put("/api/v1/accounts/harbor-retail", {
      ...profile,
      crossReferences: {
        items: { theirs: "UP", ours: "VN", missing: "work-item" },
        locations: { theirs: "92", missing: "ignore" },
      },
      adaptations: [
        {
          set: "850",
          qualifiers: [{ segment: "REF", element: 1, theirs: "IA", ours: "VR" }],
          document: '$ ~> |$|{"contract": $theirs("item", "CR-KET-17") & "/" & $ours("location", "0318")}|',
        },
        { set: "855", constants: [{ segment: "BAK", element: 8, value: "BY-PORTICO" }] },
      ],
    });
    expect(applied.status).toBe(200);
    await importCsv("kind,theirs,ours\nitem,612800401156,CR-KET-17\nlocation,0318,JOLIET-DC\n", "replace");
    await harbor.send(anotherOrder(harborOrder(), 7001, "ADAPTED-1").replaceAll(/\*VN\*CR-[A-Z0-9-]+/g, ""));
    const { document } = await orderNumbered("ADAPTED-1");
    expect(document.contract).toBe("612800401156/JOLIET-DC");
    expect(document.parties.find((party: Json) => party.role === "ST").ourId).toBe("JOLIET-DC");
    const kettle = document.lines.find((line: Json) => line.productIds.some((one: Json) => one.id === "612800401156"));
    expect(kettle.productIds.at(-1)).toEqual({ qualifier: "VN", word: expect.any(String), id: "CR-KET-17" });
    const response = (await harbor.mailbox(2)).map(({ x12 }) => x12).find((x12) => x12.includes("BAK*"));
    expect(response).toContain("*BY-PORTICO*");
    const items = (await gateway.supplier.get("/api/v1/work-items")).body.items;
    expect(items.map(({ kind }: Json) => kind)).toContain("cross-reference-missing");
  });

  test("an expression that can't be read is refused, and one that fails calls a person and loses nothing", async () => {
    const broken = { ...profile, adaptations: [{ set: "850", document: "lines[" }] };
    const refused = await gateway.supplier.put("/api/v1/accounts/harbor-retail", broken);
    expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([400, "body.adaptations[0].document"]);

    const failing = { ...profile, adaptations: [{ set: "850", document: '"no document"' }] };
    await gateway.supplier.put("/api/v1/accounts/harbor-retail", failing);
    const { body } = await harbor.send(anotherOrder(harborOrder(), 7002, "ADAPTED-2"));
    await eventually(async () => {
      const items: Json[] = (await gateway.supplier.get("/api/v1/work-items")).body.items;
      return items.find(({ message }) => message.includes("adaptation of the 850 failed"));
    }, "work item");
    await gateway.supplier.put("/api/v1/accounts/harbor-retail", { ...profile, adaptations: [] });
    await gateway.supplier.post(`/api/v1/interchanges/${body.id}/replay`);
    expect((await orderNumbered("ADAPTED-2")).document.contract).toBeUndefined();
  });
});
