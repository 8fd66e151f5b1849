import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { harborOrder, sample } from "../support/samples.ts";
import { onlyLine, runPortico } from "./run-portico.ts";

const oneBad = "samples/orders/850-harbor-retail-two-orders-one-bad.edi";
let folder: string;
const write = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-validate-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("portico validate", () => {
  test.each([
    "850-harbor-retail.edi",
    "850-harbor-retail-rush.edi",
    "850-harbor-retail-test.edi",
    "850-harbor-retail-without-department.edi",
    "850-summit-industrial.edi",
  ])("finds nothing wrong with %s by the standard", async (name) => {
    const { code, stdout, stderr } = await runPortico(["validate", `samples/orders/${name}`]);
    expect(stderr).toBe("");
    expect(onlyLine(stdout)).toMatch(/: no problems in 1 interchange, 1 group, 1 transaction set, all accepted\.$/);
    expect(code).toBe(0);
  });

  test("shows the segment of each problem with the bad part marked beneath", async () => {
    const { code, stdout } = await runPortico(["validate", oneBad]);
    expect(code).toBe(1);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("850 0002, segment 7 (DTM), element 2, byte 776  AK403 8");
    expect(lines[1]).toBe("  DTM*010*20250230~");
    expect(lines[2]).toBe("          ^^^^^^^^");
    expect(lines[3]).toContain("20250230");
    expect(lines[6]).toBe("  PO1*2*48*EACH*18.20*PE*UP*612800401460*IN*90114510*VN*CR-KNF-08~");
    expect(lines[7]).toBe("           ^^^^");
    expect(lines.at(-2)).toBe(`${oneBad}: 2 problems in 1 interchange, 1 group, 2 transaction sets, 1 accepted.`);
  });

  test("marks where something is missing", async () => {
    const file = write("missing.edi", harborOrder().replace("N1*ST*", "N1**"));
    const { code, stdout } = await runPortico(["validate", file]);
    expect(code).toBe(1);
    const [place, excerpt, marks] = stdout.split("\n") as [string, string, string];
    expect(place).toContain("(N1), loop N1, element 1");
    expect(excerpt.startsWith("  N1**")).toBe(true);
    expect(marks).toBe("     ^");
  });

  test("--json prints one object of exactly the documented keys", async () => {
    const { code, stdout, stderr } = await runPortico(["validate", oneBad, "--json"]);
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const found = JSON.parse(stdout);
    const bad = found.interchanges[0].groups[0].transactionSets[1].problems;
    expect(Object.keys(bad[0])).toEqual([
      "level",
      "code",
      "segment",
      "position",
      "element",
      "component",
      "repetition",
      "offset",
      "length",
      "value",
      "loop",
      "message",
    ]);
    expect(found).toEqual({
      file: oneBad,
      interchanges: [
        {
          control: "000004440",
          sender: "12/3125550142",
          receiver: "ZZ/CEDARRIVER",
          usage: "P",
          problems: [],
          groups: [
            {
              control: "4440",
              functionalId: "PO",
              version: "004010",
              verdict: "P",
              problems: [],
              transactionSets: [
                { type: "850", control: "0001", verdict: "A", problems: [] },
                {
                  type: "850",
                  control: "0002",
                  verdict: "R",
                  problems: [
                    {
                      level: "element",
                      code: "8",
                      segment: "DTM",
                      position: 7,
                      element: 2,
                      component: null,
                      repetition: null,
                      offset: sample("orders/850-harbor-retail-two-orders-one-bad.edi").indexOf("20250230"),
                      length: 8,
                      value: "20250230",
                      loop: null,
                      message: expect.stringContaining("DTM02"),
                    },
                    {
                      level: "element",
                      code: "5",
                      segment: "PO1",
                      position: 13,
                      element: 3,
                      component: null,
                      repetition: null,
                      offset: sample("orders/850-harbor-retail-two-orders-one-bad.edi").indexOf("EACH"),
                      length: 4,
                      value: "EACH",
                      loop: "PO1",
                      message: expect.stringContaining("PO103"),
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
      problems: [],
    });
  });

  test("--json says file problems at the top", async () => {
    const { code, stdout } = await runPortico(["validate", "-", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      file: "-",
      interchanges: [],
      problems: [
        expect.objectContaining({ level: "file", code: "empty", segment: null, message: "The file is empty." }),
      ],
    });
  });

  test("--account applies the guides of an account file", async () => {
    const file = "samples/orders/850-harbor-retail-without-department.edi";
    const { code, stdout } = await runPortico(["validate", file, "--account", "samples/accounts/harbor-retail.yaml"]);
    expect(code).toBe(1);
    expect(stdout).toContain("Harbor Retail orders by department");
  });

  test("- reads standard input", async () => {
    const { code, stdout } = await runPortico(["validate", "-"], {
      stdin: sample("orders/850-harbor-retail-two-orders-one-bad.edi"),
    });
    expect(code).toBe(1);
    expect(stdout).toContain("          ^^^^^^^^\n");
    expect(stdout).toContain("standard input: 2 problems");
  });

  test.each([
    ["empty", "", /empty/],
    ["one byte", "I", /no X12 file/],
    ["binary", Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256), /no X12 file/],
    ["a zip", Buffer.from("PK\x03\x04rest"), /a ZIP archive/],
    ["HTML", "<!doctype html><html></html>", /an HTML page/],
  ])("says what is wrong with input that is %s, and ends with 1", async (_, stdin, words) => {
    const { code, stdout, stderr } = await runPortico(["validate", "-"], { stdin });
    expect(stdout).toMatch(words);
    expect(stderr).toBe("");
    expect(code).toBe(1);
  });

  test("keeps a file's control characters away from the terminal", async () => {
    const hostile = harborOrder().replace(/PID\*F\*08\*\*\*[^~]*/, "PID*F*08***\x1b]0;owned\x07\x1b[31m\u202e");
    const { code, stdout } = await runPortico(["validate", "-"], { stdin: hostile });
    expect(code).toBe(1);
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(stdout).toContain("\u241b");
  });

  test("survives a file that is cut anywhere", async () => {
    const text = harborOrder();
    for (const at of [50, 105, 106, 107, 150, 400, text.length - 30, text.length - 3]) {
      const { code, stdout, stderr } = await runPortico(["validate", "-"], { stdin: text.slice(0, at) });
      expect([at, code, stderr]).toEqual([at, 1, ""]);
      expect(stdout).toMatch(/\d+ problems?/);
    }
  });

  test.each([
    [["validate", "nowhere.edi"], "portico: There is no file nowhere.edi."],
    [["validate", "samples"], "portico: samples is a folder, not a file."],
    [["validate", oneBad, "--account", "nobody.yaml"], "portico: There is no file nobody.yaml."],
  ])("%j ends with 2 and one clear line", async (args, line) => {
    const { code, stdout, stderr } = await runPortico(args);
    expect(onlyLine(stderr)).toBe(line);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a wrong account file is told with its lines, and ends with 1", async () => {
    const file = write("wrong.yaml", 'id: "Not An Id"\nname: X\n');
    const { code, stderr } = await runPortico(["validate", oneBad, "--account", file]);
    expect(stderr).toContain(`${file}:1: id: must be lower-case letters`);
    expect(code).toBe(1);
  });

  test("an account's id without a gateway: one line that says so, and that a file will do", async () => {
    const { code, stderr } = await runPortico([
      "validate",
      oneBad,
      "--account",
      "harbor-retail",
      "--token",
      "x",
      "--url",
      "http://127.0.0.1:1",
    ]);
    expect(onlyLine(stderr)).toMatch(
      /No gateway answers at http:\/\/127\.0\.0\.1:1 \(.+\)\. .* --account harbor-retail\.yaml$/,
    );
    expect(code).toBe(2);
  });
});
