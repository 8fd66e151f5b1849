import { describe, expect, test } from "vitest";
import type { Guide, SegmentGuide } from "../../src/x12/guide.ts";
import { guideFaults } from "../../src/x12/guide-check.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, problemsOf } from "./cursor-of.ts";

const schema = loadSchemaLibrary().set("004010", "850")!;

function guide(...segments: SegmentGuide[]): Guide {
  return { name: "Harbor Retail 850", set: "850", segments };
}

/** Problems of an order of two lines, each with what the test gives it, under the guides. */
function found(heading: string, first: string, second: string, ...guides: Guide[]): string[] {
  return problems(heading, first, second, ...guides).map(brief);
}

function problems(heading: string, first: string, second: string, ...guides: Guide[]) {
  const set = `ST*850*0001~BEG*00*SA*4501**20240102~${heading}PO1*1*5*EA*9.99~${first}PO1*2*6*EA*1~${second}CTT*2~SE*6*0001~`;
  return problemsOf(createSetValidator(schema, guides), set);
}

describe("a required segment", () => {
  const department = {
    segment: "REF",
    loop: "",
    where: { element: 1, codes: ["DP"] },
    requirement: "required",
  } as const;

  test("outside all loops is missed when the set is over", () => {
    expect(found("REF*DP*07~", "", "", guide(department))).toEqual([]);
    expect(found("REF*IA*07~", "REF*DP*07~", "", guide(department))).toEqual(["AK304 3 REF @8"]);
  });

  test("in a loop is missed in each occurrence, where that ends", () => {
    const rule = guide({ segment: "REF", loop: "PO1", requirement: "required" });
    expect(found("", "REF*DP*07~", "REF*DP*07~", rule)).toEqual([]);
    expect(found("REF*DP*07~", "", "REF*DP*07~", rule)).toEqual(["AK304 3 REF @5"]);
    expect(found("", "", "", rule)).toEqual(["AK304 3 REF @4", "AK304 3 REF @5"]);
  });

  test("with no occurrence of its loop is not missed", () => {
    expect(found("", "", "", guide({ segment: "N3", loop: "N1", requirement: "required" }))).toEqual([]);
  });

  test("wherever it stands is missed once in the set", () => {
    const rule = guide({ segment: "REF", requirement: "required" });
    expect(found("", "", "REF*DP*07~", rule)).toEqual([]);
    expect(found("", "", "", rule)).toEqual(["AK304 3 REF @6"]);
  });

  test("that begins a loop is missed in the loop around it", () => {
    const shipTo = guide({ segment: "N1", loop: "N1", where: { element: 1, codes: ["ST"] }, requirement: "required" });
    expect(found("N1*BT*A~N1*ST*B~", "", "", shipTo)).toEqual([]);
    expect(found("N1*BT*A~N1*BY*B~", "", "", shipTo)).toEqual(["AK304 3 N1 @8"]);
  });

  test("is named with the qualifier that narrows it, and by the guide", () => {
    expect(problems("", "", "", guide(department))[0]!.message).toBe(
      "REF with REF01 = DP is missing: Harbor Retail 850 asks for it in each 850. Add it.",
    );
  });

  test("is missed in a set that breaks off", () => {
    const validator = createSetValidator(schema, [guide(department)]);
    const set = "ST*850*0001~BEG*00*SA*4501**20240102~PO1*1*5*EA*9.99~";
    expect(problemsOf(validator, set)).toEqual([
      expect.objectContaining({ code: "3", segment: "REF", position: 4, offset: set.length, loop: null }),
    ]);
  });
});

describe("a forbidden segment", () => {
  test("is unexpected where it is forbidden, and only there", () => {
    const rule = guide({ segment: "REF", loop: "PO1", requirement: "forbidden" });
    expect(found("REF*DP*07~", "", "REF*DP*07~", rule)).toEqual(["AK304 2 REF @6"]);
  });

  test("with a qualifier is forbidden with that one alone", () => {
    const rule = guide({ segment: "REF", where: { element: 1, codes: ["IA", "ZZ"] }, requirement: "forbidden" });
    expect(found("REF*DP*07~REF*ZZ*07~", "REF*IA*1~", "", rule)).toEqual(["AK304 2 REF @4", "AK304 2 REF @6"]);
  });
});

describe("most occurrences", () => {
  test("are counted in each occurrence of the loop", () => {
    const rule = guide({ segment: "REF", loop: "PO1", max: 1 });
    expect(found("REF*DP*1~REF*DP*2~", "REF*DP*1~", "REF*DP*1~REF*IA*2~", rule)).toEqual(["AK304 5 REF @9"]);
  });

  test("wherever the segment stands are counted for each loop apart", () => {
    const rule = guide({ segment: "REF", max: 1 });
    expect(found("REF*DP*1~", "REF*DP*1~", "REF*DP*1~", rule)).toEqual([]);
    expect(found("REF*DP*1~REF*DP*1~", "", "", rule)).toEqual(["AK304 5 REF @4"]);
  });

  test("of a required segment count the same segments", () => {
    const rule = guide({ segment: "REF", loop: "PO1", requirement: "required", max: 2 });
    expect(found("", "REF*DP*1~REF*DP*2~", "REF*DP*1~REF*DP*2~REF*DP*3~", rule)).toEqual(["AK304 5 REF @9"]);
  });

  test("of a loop's first segment are counted in the loop around it", () => {
    const rule = guide({ segment: "N1", loop: "N1", where: { element: 1, codes: ["ST"] }, max: 1 });
    expect(found("N1*ST*A~N1*BT*A~N1*ST*B~", "", "", rule)).toEqual(["AK304 5 N1 @5"]);
  });
});

describe("elements", () => {
  test.each([
    ["required and there", { element: 2, requirement: "required" }, "REF*DP*07~", []],
    ["required and missing", { element: 3, requirement: "required" }, "REF*DP*07~", ["AK403 1 REF03 @3"]],
    ["forbidden and not there", { element: 3, requirement: "forbidden" }, "REF*DP*07~", []],
    ["forbidden and there", { element: 3, requirement: "forbidden" }, "REF*DP*07*TEXT~", ["AK403 3 REF03 @3"]],
    ["one of the codes", { element: 1, codes: ["DP", "IA"] }, "REF*DP*07~", []],
    ["none of the codes", { element: 1, codes: ["IA"] }, "REF*DP*07~", ["AK403 7 REF01 @3"]],
    ["no value where codes are given", { element: 3, codes: ["IA"] }, "REF*DP*07~", []],
    ["long enough", { element: 2, minLength: 2 }, "REF*DP*éé~", []],
    ["too short", { element: 2, minLength: 3 }, "REF*DP*07~", ["AK403 4 REF02 @3"]],
    ["short enough", { element: 2, maxLength: 2 }, "REF*DP*éé~", []],
    ["too long", { element: 2, maxLength: 1 }, "REF*DP*07~", ["AK403 5 REF02 @3"]],
    ["in the form", { element: 2, pattern: "\\d{2}|X" }, "REF*DP*07~", []],
    ["in the form only in part", { element: 2, pattern: "\\d|X" }, "REF*DP*07~", ["AK403 7 REF02 @3"]],
    [
      "a component required",
      { element: 4, component: 4, requirement: "required" },
      "REF*DP*07**DP>1~",
      ["AK403 1 REF04-4 @3"],
    ],
    ["a component's codes", { element: 4, component: 1, codes: ["IA"] }, "REF*DP*07**DP>1~", ["AK403 7 REF04-1 @3"]],
  ] as const)("%s", (_about, element, heading, expected) => {
    expect(found(heading, "", "", guide({ segment: "REF", loop: "", elements: [element] }))).toEqual(expected);
  });

  test("a form that is not kept is no date in a date, no time in a time", () => {
    const rule = guide({
      segment: "DTM",
      elements: [
        { element: 2, pattern: "2024.*" },
        { element: 3, pattern: "..00" },
      ],
    });
    expect(found("DTM*002*20230102*1210~", "", "", rule)).toEqual(["AK403 8 DTM02 @3", "AK403 9 DTM03 @3"]);
  });

  test("only of the segments that the rule speaks of", () => {
    const rule = guide({
      segment: "REF",
      loop: "",
      where: { element: 1, codes: ["DP"] },
      elements: [{ element: 2, codes: ["07"] }],
    });
    expect(found("REF*DP*07~REF*IA*08~", "REF*DP*08~", "", rule)).toEqual([]);
    expect(found("REF*DP*08~", "", "", rule)).toEqual(["AK403 7 REF02 @3"]);
  });

  test("BEG, of which there is one, and SE are reached too", () => {
    expect(found("", "", "", guide({ segment: "BEG", elements: [{ element: 2, codes: ["NE"] }] }))).toEqual([
      "AK403 7 BEG02 @2",
    ]);
    expect(found("", "", "", guide({ segment: "SE", elements: [{ element: 2, minLength: 9 }] }))).toEqual([
      "AK403 4 SE02 @6",
    ]);
  });

  test("what the standard has said is not said again", () => {
    const rule = guide({
      segment: "REF",
      elements: [
        { element: 1, codes: ["DP"] },
        { element: 2, maxLength: 3 },
      ],
    });
    expect(found("REF*QQQ*07~", "", "", rule)).toEqual(["AK403 7 REF01 @3"]);
  });
});

describe("messages", () => {
  test("of the guide replace ours, the element's before the segment's", () => {
    const rule = guide({
      segment: "REF",
      message: "Harbor wants a department.",
      elements: [
        { element: 1, codes: ["DP"] },
        { element: 2, maxLength: 1, message: "One character, please." },
      ],
    });
    expect(problems("REF*IA*07~", "", "", rule).map((problem) => problem.message)).toEqual([
      "Harbor wants a department.",
      "One character, please.",
    ]);
  });

  test("of ours name the guide, the element and its codes", () => {
    const rule = guide({ segment: "REF", elements: [{ element: 1, codes: ["DP", "IA"] }] });
    expect(problems("REF*ZZ*07~", "", "", rule)[0]!.message).toBe(
      'REF01 (Reference Identification Qualifier) holds "ZZ", which Harbor Retail 850 does not take. Use one of: DP, IA.',
    );
  });
});

test("guides stack: each is applied", () => {
  const narrow = guide({ segment: "REF", loop: "", max: 1 });
  const shop = guide({ segment: "REF", loop: "", elements: [{ element: 2, maxLength: 2 }] });
  expect(found("REF*DP*07~REF*IA*123~", "", "", narrow, shop)).toEqual(["AK304 5 REF @4", "AK403 5 REF02 @4"]);
});

test("one validator serves many sets under a guide", () => {
  const validator = createSetValidator(schema, [guide({ segment: "REF", loop: "", requirement: "required", max: 1 })]);
  const set = (ref: string) => `ST*850*0001~BEG*00*SA*4501**20240102~${ref}PO1*1*5*EA*9.99~SE*5*0001~`;
  expect(problemsOf(validator, set("REF*DP*07~"))).toEqual([]);
  expect(problemsOf(validator, set("")).map(brief)).toEqual(["AK304 3 REF @4"]);
  expect(problemsOf(validator, set("REF*DP*07~"))).toEqual([]);
});

describe("a guide that does not fit", () => {
  test.each([
    [{ name: "G", set: "855", segments: [] }, "G is about set 855, not 850 in 004010."],
    [{ name: "G", set: "850", segments: [{ segment: "BSN" }] }, "G: 850 in 004010 has no segment BSN."],
    [
      { name: "G", set: "850", segments: [{ segment: "REF", loop: "PO1/XX" }] },
      "G: 850 in 004010 has no REF in a loop PO1/XX.",
    ],
    [
      { name: "G", set: "850", segments: [{ segment: "N3", loop: "" }] },
      "G: 850 in 004010 has no N3 outside all loops.",
    ],
    [{ name: "G", set: "850", segments: [{ segment: "REF", elements: [{ element: 9 }] }] }, "G: REF has no element 9."],
    [
      { name: "G", set: "850", segments: [{ segment: "REF", elements: [{ element: 1, component: 1 }] }] },
      "G: REF has no element 1 with a component 1.",
    ],
    [
      { name: "G", set: "850", segments: [{ segment: "REF", where: { element: 7, codes: [] } }] },
      "G: REF has no element 7.",
    ],
    [
      { name: "G", set: "850", segments: [{ segment: "REF", elements: [{ element: 2, pattern: "(" }] }] },
      'G: "(" is no regular expression.',
    ],
  ] satisfies [Guide, string][])("%j", (unfit, fault) => {
    expect(guideFaults(schema, unfit)).toEqual([fault]);
    expect(() => createSetValidator(schema, [unfit])).toThrow(fault);
  });

  test("a guide that fits has no fault", () => {
    expect(
      guideFaults(schema, guide({ segment: "REF", loop: "PO1", elements: [{ element: 4, component: 2 }] })),
    ).toEqual([]);
  });
});
