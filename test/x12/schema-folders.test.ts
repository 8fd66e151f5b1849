import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, problemsOf } from "./cursor-of.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portico-further-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const load = () => loadSchemaLibrary({ folders: [folder] });
const set940 = "111 WX House Notice\nheading\n010  ST M 1\n020  ZHN M 1\n030  REF O 1\n040  SE M 1\n";
const houseSegment = "ZHN House Notice\n  elements 9999! 92\n";
const houseElement = "9999 AN 2/4 - House Word\n";

describe("a further folder", () => {
  test("adds a set, a segment and an element to an installed version, and nothing to the others", () => {
    write({
      "004010/sets/111.txt": set940,
      "004010/segments.txt": houseSegment,
      "004010/elements.txt": houseElement,
    });
    const library = load();
    expect(library.versions).toEqual(["004010", "004030", "005010"]);
    const schema = library.set("004010", "111")!;
    const validator = createSetValidator(schema);
    expect(problemsOf(validator, "ST*111*0001~ZHN*AB*SA~REF*DP*1~SE*4*0001~")).toEqual([]);
    expect(problemsOf(validator, "ST*111*0001~ZHN*ABCDE~SE*3*0001~").map(brief)).toEqual(["AK403 5 ZHN01 @2"]);
    expect(library.functionalId("111")).toBe("WX");
    expect(library.set("004010", "850")).not.toBeNull();
    expect(library.set("004030", "111")).toBeNull();
  });

  test("holds a version that leans on another, and names only what is new", () => {
    write({
      "004060/based-on.txt": "004030\n",
      "004060/sets/111.txt": set940,
      "004060/segments.txt": houseSegment,
      "004060/elements.txt": houseElement,
    });
    const library = load();
    expect(library.versions).toEqual(["004010", "004030", "004060", "005010"]);
    expect(library.versionOf("004060")).toBe("004060");
    expect(library.version("004060")!.sets).toEqual([...library.version("004030")!.sets, "111"].sort());
    expect(library.set("004060", "850")!.nodes.length).toBe(library.set("004030", "850")!.nodes.length);
    expect(library.set("004060", "850")!.version).toBe("004060");
  });

  test("holds the version of an implementation, found by the whole of GS08", () => {
    write({ "004010VICS/based-on.txt": "004010", "004010VICS/codes.txt": "92 +\n  ZQ\n" });
    const library = load();
    expect(library.versionOf("004010VICS")).toBe("004010VICS");
    expect(library.versionOf("004010UCS")).toBe("004010");
    expect(library.version("004010VICS")!.codes("92")!.has("ZQ")).toBe(true);
    expect(library.version("004010VICS")!.codes("92")!.has("SA")).toBe(true);
    expect(library.version("004010")!.codes("92")!.has("ZQ")).toBe(false);
  });

  test("replaces a code list that is not added to, and gives codes its words", () => {
    write({ "004010/codes.txt": "92\n  SA ZQ\n", "labels.txt": "92\n  ZQ House order\n" });
    const codes = load().version("004010")!.codes("92")!;
    expect(codes.values).toEqual(["SA", "ZQ"]);
    expect(codes.label("ZQ")).toBe("House order");
    expect(codes.label("SA")).not.toBeNull();
  });
});

describe("what is wrong with a further folder is told at once, with file, line and mend", () => {
  test.each([
    [
      { "004010/sets/111.txt": "111 WX Notice\nheading\n010  ST M 1\n020  REF X 1\n" },
      '/004010/sets/111.txt:4: is no line of a set: "020  REF X 1". Write it like this: "050  REF O >1".',
    ],
    [
      { "004010/sets/111.txt": set940 },
      "/004010/sets/111.txt:4: 004010 has no segment ZHN. Add it to segments.txt, or name in based-on.txt a version that has it.",
    ],
    [{ "004010/sets/112.txt": set940 }, "/004010/sets/112.txt:1: holds the set 111. Call the file 111.txt."],
    [
      { "004010/sets/111.txt": "111 WX Notice\nheading\n010  ST M 1\n020  REF O 1\n" },
      "/004010/sets/111.txt: does not go from ST to SE. Begin it with ST and end it with SE.",
    ],
    [
      { "004010/segments.txt": houseSegment },
      "/004010/segments.txt:1: ZHN01 is of no known element. Add the element to elements.txt, or correct its number.",
    ],
    [
      { "004010/elements.txt": "9999 AN 2-4 - House Word\n" },
      '/004010/elements.txt:1: is no element: "9999 AN 2-4 - House Word". Write it like this: "353 ID 2/2 listed Transaction Set Purpose Code".',
    ],
    [
      { "004010/element.txt": houseElement },
      "/004010/element.txt: is no part of a version. There are elements.txt, segments.txt, composites.txt, codes.txt, based-on.txt and the folder sets.",
    ],
    [
      { "004060/based-on.txt": "004050" },
      '/004060/based-on.txt:1: there is no version "004050". Name one of 004010, 004030, 005010.',
    ],
    [
      { "004060/based-on.txt": "004060" },
      "/004060/based-on.txt:1: 004060 would be based on itself. Name a version that does not lean on it.",
    ],
    [{ "vics/sets/111.txt": set940 }, "/vics: is no version. Call it 004060 or 004010VICS."],
    [{ "850.txt": set940 }, "/850.txt: is no folder of a version. Put it into one: 004010/sets/850.txt."],
  ])("%j", (files, message) => {
    write(files);
    expect(load).toThrow(`${folder}${message}`);
  });
});
