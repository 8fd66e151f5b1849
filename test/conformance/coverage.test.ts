import { describe, expect, it } from "vitest";
import { codesIn } from "./answer-codes.ts";
import { library, reportOf } from "./answers.ts";
import { expectedAnswer, fileOf, names } from "./conformance-files.ts";

/** A code list of the standard, where its codes stand in an answer, and those that no answer of ours can hold, with the reason. */
interface List {
  readonly place: string;
  readonly element: string;
  readonly notGiven: Readonly<Record<string, string>>;
}

const security = "it is about segments of security (S1S to S4E), which no set that we read may hold";
const guides = "it tells of an implementation guide: guides.test.ts has files for these";

const inTa1: List = {
  place: "TA105",
  element: "I18",
  notGiven: {
    "002": "ISA11 is U or, where it is something else, no standards id at all: 016",
    "003":
      "the ISA is the same in every version of the controls: all are read, and what is no version id at all is 017",
    "009": "whether a receiver is known is for the accounts to say, not for the reader",
    "026": "without an element separator there is no ISA to be found, and nothing to answer",
    "028": "it is about deferred delivery, which is asked for in segments of no set that we read",
    "029": "as 028",
    "030": "as 028",
    "031": "it is about the grade of service, which is asked for in segments of no set that we read",
  },
};

const inGroup: List = {
  place: "AK905",
  element: "716",
  notGiven: Object.fromEntries(
    [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26].map((code) => [code, security]),
  ),
};

const inSet: List = {
  place: "AK502",
  element: "718",
  notGiven: Object.fromEntries(
    [8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27].map((code) => [code, security]),
  ),
};

const inSegment: List = { place: "AK304", element: "720", notGiven: {} };
const inElement: List = { place: "AK403", element: "723", notGiven: {} };

const inImplementationSet: List = {
  place: "IK502",
  element: "618",
  notGiven: { ...inSet.notGiven, 19: guides, I5: guides, I6: guides },
};
const inImplementationElement: List = {
  place: "IK403",
  element: "621",
  notGiven: Object.fromEntries(["I6", "I9", "I10", "I11", "I12", "I13"].map((code) => [code, guides])),
};

/** Of a group in a version unknown to us the 997 is written in 004010: there alone is the code for it. */
const toldIn004010 = "a group of a version that we don't have is answered in 004010";

/** Names of the files whose groups are all of this version, or of one that is answered in it. */
function filesOf(version: string): string[] {
  return names.filter((name) => {
    const groups = reportOf(fileOf(name)).interchanges.flatMap((interchange) => interchange.groups);
    return (
      groups.length > 0 && groups.every(({ header }) => (library.versionOf(header.version) ?? "004010") === version)
    );
  });
}

/** Codes found in the answers of these files, and of the list those that are not; both sorted. */
function coverage(files: readonly string[], kind: "ta1" | "997" | "999", list: List, version: string) {
  const defined = library.version(version)!.codes(list.element)!.values;
  const given = new Set(files.flatMap((name) => codesIn(expectedAnswer(name, kind) ?? "").get(list.place) ?? []));
  return {
    lacking: defined.filter((code) => !given.has(code)).sort(),
    strange: [...given].filter((code) => !defined.includes(code)).sort(),
  };
}

describe("the codes of the standard in the answers of the conformance files", () => {
  it("has every TA105 that a reader can give", () => {
    const { lacking, strange } = coverage(names, "ta1", inTa1, "005010");
    expect(lacking).toEqual(Object.keys(inTa1.notGiven).sort());
    expect(strange).toEqual([]);
  });

  describe.each(["004010", "004030", "005010"])("in the 997 of %s", (version) => {
    const files = filesOf(version);

    it.each([inGroup, inSet, inSegment, inElement])("has every $place that a reader can give", (list) => {
      const { lacking, strange } = coverage(files, "997", list, version);
      const defined = library.version(version)!.codes(list.element)!;
      const elsewhere = list === inGroup && version !== "004010" ? { 2: toldIn004010 } : {};
      const notGiven = { ...list.notGiven, ...elsewhere };
      expect(lacking).toEqual(
        Object.keys(notGiven)
          .filter((code) => defined.has(code))
          .sort(),
      );
      expect(strange).toEqual([]);
    });
  });

  it.each([inImplementationSet, inImplementationElement, { ...inSegment, place: "IK304" }])(
    "has every $place of the 999 that a reader can give",
    (list) => {
      const { lacking, strange } = coverage(names, "999", list, "005010");
      const defined = library.version("005010")!.codes(list.element)!;
      expect(lacking).toEqual(
        Object.keys(list.notGiven)
          .filter((code) => defined.has(code))
          .sort(),
      );
      expect(strange).toEqual([]);
    },
  );
});
