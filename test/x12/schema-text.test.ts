import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { schemaFaults } from "../../src/x12/schema-faults.ts";
import { parseCodes, parseLabels, parseSet, printSet } from "../../src/x12/schema-text.ts";

const schemas = fileURLToPath(new URL("../../schemas/x12", import.meta.url));

test("every file of schemas/x12 is in normal form, and all that it uses is there", () => {
  expect(schemaFaults(schemas)).toEqual([]);
});

test("every label is of a code that some version lists", () => {
  const lists = ["004010", "004030", "005010"].map((v) =>
    parseCodes(readFileSync(join(schemas, v, "codes.txt"), "utf8")),
  );
  const labels = parseLabels(readFileSync(join(schemas, "labels.txt"), "utf8"));
  const strangers = [...labels].flatMap(([element, codes]) =>
    [...codes.keys()].filter((code) => !lists.some((list) => list.get(element)?.split(" ").includes(code))),
  );
  expect(strangers).toEqual([]);
  expect(labels.size).toBeGreaterThan(20);
});

test("a set's text keeps areas, loops, printed loop ids and unknown positions", () => {
  const set = parseSet(
    "999 FA Test\nheading\n010  ST M 1\n     loop N1 O 3 id 0100\n       N1 M 1\nsummary\n020  SE M 1\n",
  );
  expect(set.lines[1]).toMatchObject({
    kind: "loop",
    id: "N1",
    max: "3",
    printedLoopId: "0100",
    depth: 0,
    position: "",
  });
  expect(set.lines[3]).toMatchObject({ kind: "segment", area: "summary", position: "020" });
  expect(printSet(set).split("\n")[3]).toBe("     loop N1 O 3 id 0100");
});

test.each(["850 PO", "850 PO Order\n010  REF X 1", "850 PO Order\n010  REF O many"])("%j is refused", (text) => {
  expect(() => parseSet(text)).toThrow("Schema text: line");
});

describe("an edit that does not hold together is found", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "portico-schemas-"));
    cpSync(join(schemas, "004010"), join(folder, "004010"), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const edit = (file: string, from: string, to: string) => {
    const path = join(folder, "004010", file);
    const before = readFileSync(path, "utf8");
    expect(before).toContain(from);
    writeFileSync(path, before.replace(from, to));
  };

  test.each([
    [
      "segments.txt",
      "N1 Name\n  elements 98!",
      "N1 Name\n  elements 9876!",
      "N1 uses element 9876, which is not known.",
    ],
    ["segments.txt", "P0304", "P0329", "which reaches beyond its elements."],
    ["elements.txt", "353 ID 2/2", "353 ID 3/2", "353 has a least length above its most."],
    ["elements.txt", "353 ID 2/2 listed", "353 ID 2/2 -", "has codes for element 353, which asks for none."],
    ["elements.txt", "100 ID 3/3 external", "100 ID 3/3 listed", "has no codes for element 100."],
    ["sets/850.txt", "020  BEG M 1", "020  ZZZ M 1", "uses segment ZZZ, which is not in segments.txt."],
    [
      "sets/850.txt",
      "120    SAC M 1",
      "120    SAC O 1",
      "has loop SAC, whose first segment is not there exactly once.",
    ],
    ["sets/850.txt", "327    LE O 1\n", "", "has loop PO1/LDT, which LS begins and LE does not end."],
    ["sets/850.txt", "050  REF", "050 REF ", "Schema text"],
  ])("%s: %j for %j", (file, from, to, fault) => {
    edit(file, from, to);
    let found: string;
    try {
      found = schemaFaults(folder)
        .map((f) => f.fault)
        .join("\n");
    } catch (error) {
      found = String(error);
    }
    expect(found).toContain(fault);
  });

  test("a file out of its normal form comes with the form it should have", () => {
    edit("codes.txt", "8\n  E R\n", "8\n  E\n  R\n");
    const [fault] = schemaFaults(folder);
    expect(fault).toMatchObject({ file: "004010/codes.txt", fault: "is not in normal form." });
    expect(fault!.normalForm).toBe(readFileSync(join(schemas, "004010", "codes.txt"), "utf8"));
  });
});
