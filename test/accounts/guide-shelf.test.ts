import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AccountFileError, parseAccountFile } from "../../src/accounts/account-file.ts";
import { GuideShelf, UnknownGuide } from "../../src/accounts/guide-shelf.ts";

const folder = mkdtempSync(join(tmpdir(), "portico-guides-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const account = (guides: string) =>
  parseAccountFile(
    `id: north\nname: North\ntimeZone: America/Chicago\nidentities:\n  - usage: production\n    theirs: { qualifier: "01", id: NORTH }\n    ours: { qualifier: ZZ, id: CEDAR }\n${guides}`,
    "north.yaml",
  );

describe("a folder of guides", () => {
  write("good/industry/vics-850.yaml", 'name: VICS 850\nset: "850"\nsegments:\n  - { segment: REF, max: 3 }\n');
  write("good/stores.json", '{ "name": "Stores 855", "set": "855", "loops": [{ "loop": "N1", "max": 2 }] }');
  write("good/README.md", "no guide");
  const shelf = GuideShelf.open(join(folder, "good"));

  test("has a guide of each file, by its path", () => {
    expect(shelf.guides.map(({ name, guide }) => [name, guide.name])).toEqual([
      ["industry/vics-850", "VICS 850"],
      ["stores", "Stores 855"],
    ]);
    expect(shelf.guide("stores").segments).toEqual([]);
  });

  test("gives an account those that it names, in its order, with its own", () => {
    const own = 'guides:\n  - industry/vics-850\n  - { name: Own, set: "850", segments: [] }\n  - stores\n';
    expect(shelf.guidesOf(account(own)).map(({ name }) => name)).toEqual(["VICS 850", "Own", "Stores 855"]);
    expect(shelf.guidesOf(account(own), "850").map(({ name }) => name)).toEqual(["VICS 850", "Own"]);
  });

  test("says of a name that it does not have which there are", () => {
    expect(() => shelf.guidesOf(account("guides: [industry/vics-855]"))).toThrow(UnknownGuide);
    expect(() => shelf.guide("vics")).toThrow('no guide "vics"');
    expect(() => shelf.guide("vics")).toThrow("there are industry/vics-850, stores.");
    expect(() => GuideShelf.empty.guide("vics")).toThrow("there are none.");
  });
});

describe("a guide's file that can't be used is told with file, line and mend", () => {
  test.each([
    ["set.yaml", "name: G\nset: 850\n", ":2: set: must be a text; put it in quotes"],
    [
      "type.yaml",
      'name: G\nset: "850"\nsegments:\n  - segment: TDS\n    elements:\n      - { element: 1, type: X }\n',
      ":6: segments[0].elements[0].type: must be a type of X12: AN, ID, N0 to N9, R, DT, TM or B",
    ],
    [
      "key.yaml",
      'name: G\nset: "850"\nloop: []\n',
      ":3: loop: there is no such setting here; check its spelling and its indentation",
    ],
    [
      "severity.yaml",
      'name: G\nset: "850"\nloops:\n  - { loop: N1, severity: fatal }\n',
      ":4: loops[0].severity: must be error or warning",
    ],
    [
      "then.yaml",
      'name: G\nset: "850"\nconditions:\n  - name: c\n    when: { selector: BEG01 }\n',
      ":4: conditions[0].then: is missing",
    ],
  ])("%s", (name, text, message) => {
    const file = write(`${name}.d/${name}`, text);
    expect(() => GuideShelf.open(dirname(file))).toThrow(new AccountFileError(file, []).constructor as never);
    expect(() => GuideShelf.open(dirname(file))).toThrow(`${file}${message}`);
  });

  test.each([
    [
      "guides: [no such]",
      'guides[0]: must be the name of a guide in the folder of guides, for example "industry/vics-850"',
    ],
    [
      'guides: [{ name: G, set: "850", loop: [] }]',
      "guides[0].loop: there is no such setting here; check its spelling and its indentation",
    ],
    ["guides: [7]", "guides[0]: must be a group of settings"],
  ])("in an account: %s", (guides, message) => {
    expect(() => account(guides)).toThrow(message);
  });
});
