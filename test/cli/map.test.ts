import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sample } from "../support/samples.ts";
import { onlyLine, runPortico } from "./run-portico.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-map-"));
afterAll(() => rmSync(folder, { recursive: true }));
const order = sample("orders/850-harbor-retail.edi");

function mapFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const map = mapFile(
  "order.json",
  JSON.stringify({ number: "BEG03", shipTo: 'N1-N401:N101["ST"]', skus: { sku: "FOREACH(PO1)=>PO107" } }),
);
const mapped = {
  number: "7741093",
  shipTo: "JOLIET",
  skus: ["612800401156", "612800401224", "612800401392", "612800401460", "612800401538"].map((sku) => ({ sku })),
};

describe("portico map", () => {
  test("makes of each set what the map says", async () => {
    const { code, stdout, stderr } = await runPortico(["map", "-", "--map", map], { stdin: order });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(mapped);
    expect(onlyLine(stderr)).toBe("850 0001 (interchange 000004417, group 4417)");
  });

  test("--json is one object with the control numbers of each set, wrong ones counted, and ends with 1", async () => {
    const file = "samples/orders/850-harbor-retail-two-orders-one-bad.edi";
    const { code, stdout, stderr } = await runPortico(["map", file, "--map", map, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file,
      sets: [
        { type: "850", control: "0001", verdict: "A", value: { shipTo: expect.any(String) } },
        { type: "850", control: "0002", verdict: "R" },
      ],
    });
    expect(onlyLine(stderr)).toMatch(/^samples\/.* has 2 problems: see portico validate/);
  });

  test("takes a file that was cut into lines of 80 for what it is", async () => {
    const wrapped = order.replaceAll("\n", "").replace(/.{80}/g, "$&\n");
    const { code, stdout, stderr } = await runPortico(["map", "-", "--map", map], { stdin: wrapped });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(mapped);
    expect(stderr).toContain("- has 1 warning: see portico validate -");
  });

  test("--set leaves sets of other types out", async () => {
    const { stdout } = await runPortico(["map", "-", "--map", map, "--set", "810", "--json"], { stdin: order });
    expect(JSON.parse(stdout)).toEqual({ file: "-", sets: [] });
  });

  test("says where loops are not known", async () => {
    const unknown = order.replace("*X*004010", "*X*003060");
    const { stdout, stderr } = await runPortico(["map", "-", "--map", map, "--json"], { stdin: unknown });
    expect(JSON.parse(stdout).sets[0].value).toEqual(mapped);
    expect(stderr).toContain("There is no schema of 850 in 003060");
  });

  test("says in one line what is wrong with a map", async () => {
    const run = async (text: string) => {
      const { code, stderr } = await runPortico(["map", "-", "--map", mapFile("wrong.json", text)], { stdin: order });
      return [code, onlyLine(stderr)];
    };
    expect(await run('{"a":{"b":"BEG"}}')).toEqual([
      1,
      expect.stringMatching(/wrong\.json: The map is wrong at a\.b: .*character 4/),
    ]);
    expect(await run("{")).toEqual([1, expect.stringMatching(/wrong\.json is no JSON/)]);
    expect((await runPortico(["map", "-"], { stdin: order })).code).toBe(2);
    expect((await runPortico(["map", "-", "--map", "missing.json"], { stdin: order })).code).toBe(2);
  });
});
