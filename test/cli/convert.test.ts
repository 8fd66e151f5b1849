import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { sample } from "../support/samples.ts";
import { onlyLine, runPortico } from "./run-portico.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-convert-"));
afterAll(() => rmSync(folder, { recursive: true }));
const order = sample("orders/850-summit-industrial.edi");
const bad = Buffer.concat([
  Buffer.from("\ufeff\n"),
  Buffer.from(order).subarray(0, 700),
  Buffer.from([0xff, 0x00, 0x0a]),
]);

describe("portico convert", () => {
  test("X12 becomes JSON, and that the identical bytes again", async () => {
    for (const [name, file] of [
      ["right", Buffer.from(order)],
      ["bad", bad],
    ] as const) {
      const json = join(folder, `${name}.json`);
      const back = join(folder, `${name}.edi`);
      expect(await runPortico(["convert", "-", "--to", "json", "-o", json], { stdin: file })).toEqual({
        code: 0,
        stdout: "",
        stderr: "",
      });
      expect((await runPortico(["convert", json, "--to", "x12", "-o", back])).code).toBe(0);
      expect(readFileSync(back).equals(file)).toBe(true);
    }
  });

  test("a file can be put in its own place", async () => {
    const file = join(folder, "in-place");
    writeFileSync(file, order);
    expect((await runPortico(["convert", file, "--to", "json", "-o", file])).code).toBe(0);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ interchanges: [{ delimiters: { element: "|" } }] });
    expect((await runPortico(["convert", file, "--to", "x12", "-o", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(order);
  });

  test("X12 becomes JSEDINotation and X12 again; several interchanges are a list", async () => {
    const { stdout } = await runPortico(["convert", "-", "--to", "jsedi"], { stdin: order });
    expect(JSON.parse(stdout).functionalGroups[0].transactions[0].segments[0].tag).toBe("BEG");
    expect((await runPortico(["convert", "-", "--to", "x12"], { stdin: stdout })).stdout).toBe(order);
    const twice = await runPortico(["convert", "-", "--to", "jsedi"], { stdin: order + order });
    expect(JSON.parse(twice.stdout)).toHaveLength(2);
    expect((await runPortico(["convert", "-", "--to", "x12"], { stdin: twice.stdout })).stdout).toBe(order + order);
  });

  test("says in one line what can't be turned, and leaves no file behind", async () => {
    const out = join(folder, "never");
    const convert = async (to: string, stdin: string) => {
      const { code, stderr } = await runPortico(["convert", "-", "--to", to, "-o", out], { stdin });
      return [code, onlyLine(stderr)];
    };
    expect(await convert("x12", "{")).toEqual([1, expect.stringMatching(/^portico: Standard input is no JSON: /)]);
    expect(await convert("x12", '{"a":1}')).toEqual([1, expect.stringMatching(/header: it must be there/)]);
    const { stdout: json } = await runPortico(["convert", "-", "--to", "json"], { stdin: order });
    expect(await convert("x12", json.replace('"BEG","00"', '"BEG","0~0"'))).toEqual([
      1,
      expect.stringMatching(/segments\[1\]\[1\]: "0~0" holds "~", which divides data/),
    ]);
    expect(await convert("jsedi", "hello")).toEqual([1, expect.stringMatching(/outside interchanges/)]);
    expect(readdirSync(folder).filter((name) => name.startsWith("never"))).toEqual([]);
    const nowhere = await runPortico(["convert", "-", "--to", "json", "-o", join(folder, "no/where")], {
      stdin: order,
    });
    expect([nowhere.code, onlyLine(nowhere.stderr)]).toEqual([2, expect.stringMatching(/can't be written: /)]);
    expect((await runPortico(["convert", "missing.edi", "--to", "json"])).code).toBe(2);
    expect((await runPortico(["convert", "-", "--to", "xml"], { stdin: order })).code).toBe(2);
  });
});
