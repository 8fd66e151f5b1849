// biome-ignore-all lint/suspicious/noThenProperty: a condition says when and then; no promise is meant.
import { describe, expect, test } from "vitest";
import type { ConditionGuide, ElementGuide, Guide, LoopGuide, SegmentGuide } from "../../src/x12/guide.ts";
import { guideFaults } from "../../src/x12/guide-faults.ts";
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

describe("a loop", () => {
  const with850 = (loops: LoopGuide[]): Guide => ({ name: "Harbor Retail 850", set: "850", segments: [], loops });

  test.each([
    ["required and there", { loop: "N1", requirement: "required" }, "N1*ST*A~", []],
    ["required and missing", { loop: "N1", requirement: "required" }, "", ["AK304 3 N1 @6"]],
    ["forbidden", { loop: "N1", requirement: "forbidden" }, "N1*ST*A~", ["AK304 2 N1 @3"]],
    ["as often as it may be", { loop: "N1", max: 2 }, "N1*ST*A~N1*BT*A~", []],
    ["once too often", { loop: "N1", max: 2 }, "N1*ST*A~N1*BT*A~N1*BY*A~", ["AK304 4 N1 @5"]],
    ["too seldom", { loop: "N1", min: 2 }, "N1*ST*A~", ["AK304 3 N1 @7"]],
    [
      "of one kind too seldom",
      { loop: "N1", where: { element: 1, codes: ["BT"] }, min: 1 },
      "N1*ST*A~",
      ["AK304 3 N1 @7"],
    ],
    ["often enough", { loop: "N1", min: 2, requirement: "required" }, "N1*ST*A~N1*BT*A~", []],
  ] satisfies [string, LoopGuide, string, string[]][])("%s", (_about, rule, heading, expected) => {
    expect(found(heading, "", "", with850([rule]))).toEqual(expected);
  });

  test("in a loop is counted in each occurrence of that", () => {
    const rule = with850([{ loop: "PO1/N9", requirement: "required", max: 1 }]);
    expect(found("", "N9*L1*A~", "", rule)).toEqual(["AK304 3 N9 @6"]);
    expect(found("", "N9*L1*A~", "N9*L1*A~N9*L1*B~", rule)).toEqual(["AK304 4 N9 @7"]);
  });

  test("says how often it is there, and how often it is asked for", () => {
    expect(problems("N1*ST*A~", "", "", with850([{ loop: "N1", min: 3 }]))[0]!.message).toBe(
      "Loop N1 is missing: Harbor Retail 850 asks for it in each 850 3 times; it is there once. Add it.",
    );
  });
});

describe("a type of the guide's own", () => {
  const typed = (element: ElementGuide, more: Partial<SegmentGuide> = {}) =>
    guide({ segment: "AMT", loop: "AMT", ...more, elements: [element] });

  test("lets a number have its point where the standard has none", () => {
    const schema810 = loadSchemaLibrary().set("004010", "810")!;
    const set = (tds: string) => `ST*810*0001~BIG*20240102*77~IT1*1*5*EA*9.99~TDS*${tds}~CTT*1~SE*6*0001~`;
    const rule: Guide = {
      name: "G",
      set: "810",
      segments: [{ segment: "TDS", elements: [{ element: 1, type: "R", maxLength: 6 }] }],
    };
    const plain = createSetValidator(schema810);
    const guided = createSetValidator(schema810, [rule]);
    expect(problemsOf(plain, set("49.95")).map(brief)).toEqual(["AK403 6 TDS01 @4"]);
    expect(problemsOf(guided, set("49.95"))).toEqual([]);
    expect(problemsOf(guided, set("4995"))).toEqual([]);
    expect(problemsOf(guided, set("49,95")).map(brief)).toEqual(["AK403 6 TDS01 @4"]);
    expect(problemsOf(guided, set("1234567.8")).map(brief)).toEqual(["AK403 5 TDS01 @4"]);
  });

  test.each([
    ["text instead of a code", { element: 1, type: "AN", maxLength: 6 }, "AMT*OURS*5~", []],
    ["too long for it", { element: 1, type: "AN", maxLength: 6 }, "AMT*OURSELVES*5~", ["AK403 5 AMT01 @3"]],
    ["codes of the guide's own", { element: 1, type: "AN", maxLength: 6, codes: ["OURS"] }, "AMT*OURS*5~", []],
    ["none of them", { element: 1, type: "AN", maxLength: 6, codes: ["OURS"] }, "AMT*TT*5~", ["AK403 7 AMT01 @3"]],
    [
      "a date in a text",
      { element: 2, type: "DT", minLength: 8, maxLength: 8 },
      "AMT*TT*20240230~",
      ["AK403 8 AMT02 @3"],
    ],
  ] satisfies [string, ElementGuide, string, string[]][])("%s", (_about, element, heading, expected) => {
    expect(found(heading, "", "", typed(element))).toEqual(expected);
  });

  test("counts only where the rule speaks of the segment", () => {
    const where = { element: 2, codes: ["5"] };
    const rule = typed({ element: 1, type: "AN", maxLength: 6 }, { where });
    expect(found("AMT*OURS*5~AMT*OURS*6~", "", "", rule)).toEqual(["AK403 5 AMT01 @4"]);
  });
});

describe("a condition", () => {
  const on850 = (condition: Omit<ConditionGuide, "name">): Guide => ({
    name: "Harbor Retail 850",
    set: "850",
    segments: [],
    conditions: [{ name: "the condition", ...condition }],
  });
  const street = { selector: "N103", requirement: "required" } as const;

  test.each([
    [
      "each REF with ZZ has words, and this one has",
      {
        each: "REF",
        when: { selector: "REF01", values: ["ZZ"] },
        then: { selector: "REF03", requirement: "required" },
      },
      ["REF*ZZ*1*WORDS~REF*IA*2~", "", ""],
      [],
    ],
    [
      "each REF with ZZ has words, and this one has not",
      {
        each: "REF",
        when: { selector: "REF01", values: ["ZZ"] },
        then: { selector: "REF03", requirement: "required" },
      },
      ["REF*IA*2~REF*ZZ*1~", "", ""],
      ["AK403 2 REF03 @4"],
    ],
    [
      "each line in EA has a description, and one has not",
      {
        each: "PO1",
        when: { selector: "PO103", values: ["EA"] },
        then: { selector: "PID05", requirement: "required" },
      },
      ["", "PID*F****LAMP~", ""],
      ["AK304 3 PID @6"],
    ],
    [
      "a party has a street where it has no code",
      { each: "N1", when: { selector: "N104", exists: false }, then: { selector: "N301", requirement: "required" } },
      ["N1*ST*A*92*11~N1*BT*B~N1*BY*C~N3*STREET~", "", ""],
      ["AK304 3 N3 @5"],
    ],
    [
      "forbidden",
      { when: { selector: "BEG02", values: ["SA"] }, then: { selector: "PO1-REF02", requirement: "forbidden" } },
      ["REF*DP*1~", "REF*DP*07~", ""],
      ["AK403 10 REF02 @5"],
    ],
    [
      "forbidden, where nothing asks for it",
      { when: { selector: "BEG02", values: ["NE"] }, then: { selector: "PO1-REF02", requirement: "forbidden" } },
      ["", "REF*DP*07~", ""],
      [],
    ],
    [
      "one of the codes",
      { when: { selector: 'REF02:REF01["DP"]', exists: true }, then: { selector: "PO103", codes: ["CA"] } },
      ["REF*DP*1~", "", ""],
      ["AK403 7 PO103 @4", "AK403 7 PO103 @5"],
    ],
    [
      "the same as another element",
      { when: { selector: "BEG03" }, then: { selector: 'REF02:REF01["PO"]', equals: "BEG03" } },
      ["REF*PO*4501~REF*PO*4502~REF*IA*9~", "", ""],
      ["AK403 7 REF02 @4"],
    ],
    [
      "the same in each line",
      { each: "PO1", when: { selector: "PO101" }, then: { selector: "REF02", equals: "PO101" } },
      ["REF*DP*7~", "REF*LI*1~", "REF*LI*1~"],
      ["AK403 7 REF02 @7"],
    ],
    [
      "a required segment that is nowhere",
      { when: { selector: "BEG03" }, then: street },
      ["", "", ""],
      ["AK304 3 N1 @6"],
    ],
    [
      "a component",
      { when: { selector: "BEG03" }, then: { selector: "REF04-2", requirement: "required" } },
      ["REF*DP*07**PO>~", "", ""],
      ["AK403 2 REF04-2 @3", "AK403 1 REF04-2 @3"],
    ],
  ] satisfies [string, Omit<ConditionGuide, "name">, [string, string, string], string[]][])(
    "%s",
    (_about, condition, [heading, first, second], expected) => {
      expect(found(heading, first, second, on850(condition)).sort()).toEqual(expected.sort());
    },
  );

  test("tells the place, the value and why", () => {
    const rule = on850({ when: { selector: "BEG02", values: ["SA"] }, then: { selector: "PO103", codes: ["CA"] } });
    const set = "ST*850*0001~BEG*00*SA*4501**20240102~PO1*1*5*EA*9.99~";
    expect(problems("", "", "", rule)[0]).toMatchObject({
      segment: "PO1",
      position: 3,
      element: 3,
      offset: set.indexOf("EA"),
      length: 2,
      value: "EA",
      loop: "PO1",
      dataElement: "355",
      message:
        'PO103 (Unit or Basis for Measurement Code) holds "EA": Harbor Retail 850 asks for one of CA where BEG02 is "SA".',
    });
  });

  test("does not say again what is said already", () => {
    const n104 = on850({ each: "N1", when: { selector: "N103" }, then: { selector: "N104", requirement: "required" } });
    expect(found("N1*ST*A*92~", "", "", n104)).toEqual(["AK403 2 N104 @3"]);
  });

  test("holds for each set by itself", () => {
    const rule = on850({ when: { selector: "REF02" }, then: { selector: "N101", codes: ["ST"] } });
    const validator = createSetValidator(schema, [rule]);
    const set = (heading: string) => `ST*850*0001~BEG*00*SA*4501**20240102~${heading}PO1*1*5*EA*9.99~SE*5*0001~`;
    expect(problemsOf(validator, set("REF*DP*1~N1*BT*A~")).map(brief)).toEqual(["AK403 7 N101 @4"]);
    expect(problemsOf(validator, set("N1*BT*A~"))).toEqual([]);
    expect(problemsOf(validator, "ST*850*0001~BEG*00*SA*4501**20240102~REF*DP*1~N1*BT*A~").map(brief)).toContain(
      "AK403 7 N101 @4",
    );
  });
});

describe("severity", () => {
  test("warning marks the problem and its message, whatever the rule", () => {
    const warned: Guide = {
      name: "G",
      set: "850",
      segments: [
        { segment: "REF", loop: "", requirement: "required", severity: "warning" },
        { segment: "BEG", elements: [{ element: 2, codes: ["NE"], severity: "warning", message: "Say NE." }] },
      ],
      loops: [{ loop: "N1", requirement: "required", severity: "warning" }],
      conditions: [
        { name: "c", when: { selector: "BEG03" }, then: { selector: "PO103", codes: ["CA"] }, severity: "warning" },
      ],
    };
    const told = problems("", "", "", warned);
    expect(told.map(brief)).toEqual([
      "AK403 7 BEG02 @2",
      "AK304 3 REF @6",
      "AK304 3 N1 @6",
      "AK403 7 PO103 @3",
      "AK403 7 PO103 @4",
    ]);
    expect(told.every(({ severity, message }) => severity === "warning" && message.startsWith("warning: "))).toBe(true);
    expect(told[0]!.message).toBe("warning: Say NE.");
  });

  test("a warning does not hide an error of the same kind and place", () => {
    const rule = guide(
      { segment: "REF", elements: [{ element: 2, maxLength: 1, severity: "warning" }] },
      { segment: "REF", loop: "", elements: [{ element: 2, maxLength: 2 }] },
    );
    expect(problems("REF*DP*123~", "", "", rule).map(({ severity }) => severity)).toEqual(["warning", undefined]);
  });
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
    [
      { name: "G", set: "850", segments: [{ segment: "REF", elements: [{ element: 2, type: "X" }] }] },
      'G: "X" is no type of an element. Use AN, ID, N0 to N9, R, DT, TM or B.',
    ],
    [
      { name: "G", set: "850", segments: [{ segment: "REF", elements: [{ element: 4, type: "AN" }] }] },
      "G: REF04 is a composite; give a type to one of its components.",
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [
          { segment: "REF", max: 1 },
          { segment: "REF", max: 2 },
        ],
      },
      "G: max of REF is said twice.",
    ],
    [{ name: "G", set: "850", segments: [], loops: [{ loop: "N7" }] }, 'G: 850 in 004010 has no loop "N7".'],
    [
      { name: "G", set: "850", segments: [], loops: [{ loop: "N1", min: 2, max: 1 }] },
      "G: loop N1 has a min above its max.",
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [],
        conditions: [{ name: "c", when: { selector: "BSN01" }, then: { selector: "BEG01", codes: ["00"] } }],
      },
      'G: in the condition "c" the selector BSN01 names BSN, which 850 in 004010 has not.',
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [],
        conditions: [{ name: "c", when: { selector: "BEG99" }, then: { selector: "BEG01", codes: ["00"] } }],
      },
      'G: in the condition "c" the selector BEG99 names BEG99, which 004010 has not.',
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [],
        conditions: [{ name: "c", when: { selector: "beg01" }, then: { selector: "BEG01", codes: ["00"] } }],
      },
      'G: in the condition "c" the selector "beg01" is wrong at character 1: "beg01" is no element. An element is a segment id of two or three characters and two digits: REF02.',
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [],
        conditions: [
          {
            name: "c",
            when: { selector: "FOREACH(PO1)=>PO101" },
            then: { selector: "CONCAT(BEG01,-)=>BEG02", codes: ["00"] },
          },
        ],
      },
      'G: in the condition "c" the selector FOREACH(PO1)=>PO101 can\'t hold FOREACH here; say "each" instead. G: in the condition "c" the selector CONCAT(BEG01,-)=>BEG02 must name one element.',
    ],
    [
      {
        name: "G",
        set: "850",
        segments: [],
        conditions: [{ name: "c", each: "BSN", when: { selector: "BEG01" }, then: { selector: "BEG01" } }],
      },
      'G: in the condition "c" there is no segment BSN, which "each" names. G: in the condition "c" "then" asks for nothing; give it requirement, codes or equals.',
    ],
  ] satisfies [Guide, string][])("%j", (unfit, fault) => {
    expect(guideFaults(schema, unfit).join(" ")).toEqual(fault);
    expect(() => createSetValidator(schema, [unfit])).toThrow(fault);
  });

  test("a guide that fits has no fault", () => {
    expect(
      guideFaults(schema, guide({ segment: "REF", loop: "PO1", elements: [{ element: 4, component: 2 }] })),
    ).toEqual([]);
  });
});
