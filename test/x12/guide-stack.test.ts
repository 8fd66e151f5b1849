// biome-ignore-all lint/suspicious/noThenProperty: a condition says when and then; no promise is meant.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Guide, SegmentGuide } from "../../src/x12/guide.ts";
import { UnfitGuide } from "../../src/x12/guide-faults.ts";
import { type EffectiveGuide, effectiveGuide, noGuide, stacked } from "../../src/x12/guide-stack.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, problemsOf } from "./cursor-of.ts";
import { Dice, generateSet, writeSet } from "./generate-set.ts";
import { mutations } from "./mutate-set.ts";

const schema = loadSchemaLibrary().set("004010", "850")!;

function guide(name: string, ...segments: SegmentGuide[]): Guide {
  return { name, set: "850", segments };
}

const industry = guide("industry", {
  segment: "REF",
  loop: "",
  requirement: "required",
  max: 2,
  elements: [
    { element: 1, codes: ["DP", "IA"] },
    { element: 2, requirement: "required", maxLength: 5 },
  ],
});

describe("a later guide", () => {
  const found = (heading: string, ...guides: Guide[]) =>
    problemsOf(
      createSetValidator(schema, guides),
      `ST*850*0001~BEG*00*SA*4501**20240102~${heading}PO1*1*5*EA*9.99~CTT*1~SE*5*0001~`,
    ).map(brief);

  test.each([
    ["narrows codes", { elements: [{ element: 1, codes: ["DP"] }] }, "REF*IA*1~", ["AK403 7 REF01 @3"]],
    ["widens codes", { elements: [{ element: 1, codes: ["DP", "IA", "ZZ"] }] }, "REF*ZZ*1~", []],
    ["lengthens", { elements: [{ element: 2, maxLength: 9 }] }, "REF*DP*123456789~", []],
    ["raises the max", { max: 3 }, "REF*DP*1~REF*DP*2~REF*DP*3~", []],
    ["takes a requirement back", { requirement: "optional" }, "", []],
    ["forbids", { requirement: "forbidden" }, "REF*DP*1~", ["AK304 2 REF @3"]],
    [
      "leaves alone what it does not speak of",
      { max: 1 },
      "REF*DP*123456~REF*DP*1~",
      ["AK403 5 REF02 @3", "AK304 5 REF @4"],
    ],
    [
      "adds a rule about some of the segments",
      { where: { element: 1, codes: ["IA"] }, max: 1 },
      "REF*IA*1~REF*IA*2~",
      ["AK304 5 REF @4"],
    ],
    ["adds a rule about another place", { loop: "PO1", requirement: "required" }, "REF*DP*1~", ["AK304 3 REF @5"]],
    ["softens", { elements: [{ element: 1, codes: ["DP"], severity: "warning" }] }, "REF*ZZ*1~", ["AK403 7 REF01 @3"]],
  ] satisfies [string, Partial<SegmentGuide>, string, string[]][])("%s", (_about, rule, heading, expected) => {
    expect(found(heading, industry, guide("account", { segment: "REF", loop: "", ...rule }))).toEqual(expected);
  });

  test("of the same condition's name takes its place", () => {
    const asking = (name: string, codes: string[]): Guide => ({
      ...guide(name),
      conditions: [{ name: "unit", when: { selector: "BEG03" }, then: { selector: "PO103", codes } }],
    });
    expect(found("", asking("industry", ["CA"]), asking("account", ["EA"]))).toEqual([]);
    expect(found("", asking("industry", ["EA"]), asking("account", ["CA"]))).toEqual(["AK403 7 PO103 @3"]);
  });

  test("is named for what it asks, the earlier one for what is left of it", () => {
    const effective = effectiveGuide(schema, [
      industry,
      guide("account", { segment: "REF", loop: "", max: 1, message: "One REF.", severity: "warning" }),
    ]);
    expect(effective.segments).toEqual([
      {
        segment: "REF",
        loop: "",
        where: null,
        demands: {
          requirement: { asks: "required", guide: "industry", severity: "error", message: null },
          max: { asks: 1, guide: "account", severity: "warning", message: "One REF." },
        },
        elements: [
          {
            element: 1,
            component: null,
            demands: { codes: { asks: ["DP", "IA"], guide: "industry", severity: "error", message: null } },
          },
          {
            element: 2,
            component: null,
            demands: {
              requirement: { asks: "required", guide: "industry", severity: "error", message: null },
              maxLength: { asks: 5, guide: "industry", severity: "error", message: null },
            },
          },
        ],
      },
    ]);
  });

  test("that does not fit is refused", () => {
    expect(() => effectiveGuide(schema, [industry, guide("account", { segment: "BSN" })])).toThrow(UnfitGuide);
  });
});

describe("an empty guide", () => {
  const plain = createSetValidator(schema);
  const empty = createSetValidator(schema, [{ name: "empty", set: "850", segments: [], loops: [], conditions: [] }]);

  test("changes nothing in what is found, right sets and wrong ones", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...Object.values(mutations)), (seed, mutate) => {
        const dice = new Dice(seed);
        const right = generateSet(schema, dice, { richness: 0.2 });
        const set = writeSet(mutate(right, schema, dice)?.segments ?? right);
        expect(problemsOf(empty, set)).toEqual(problemsOf(plain, set));
      }),
      { numRuns: 60 },
    );
  });
});

describe("stacking", () => {
  const word = fc.constantFrom("A", "B", "C");
  const words = {
    severity: fc.option(fc.constantFrom("error" as const, "warning" as const), { nil: undefined }),
    message: fc.option(word, { nil: undefined }),
  };
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const requirement = maybe(fc.constantFrom("required" as const, "forbidden" as const, "optional" as const));
  const where = maybe(
    fc.record({ element: fc.constant(1), codes: fc.constantFrom(["DP"], ["IA", "DP"], ["DP", "IA"]) }),
  );
  const element = fc.record({
    element: fc.constantFrom(1, 2),
    requirement,
    codes: maybe(fc.array(word, { minLength: 1, maxLength: 2 })),
    maxLength: maybe(fc.integer({ min: 1, max: 9 })),
    ...words,
  });
  const guides = fc.record({
    name: word,
    set: fc.constant("850"),
    segments: fc.uniqueArray(
      fc.record({
        segment: fc.constantFrom("REF", "PER"),
        loop: fc.constantFrom(undefined, "", "N1"),
        where,
        requirement,
        max: maybe(fc.integer({ min: 1, max: 9 })),
        elements: fc.uniqueArray(element, { selector: (one) => one.element, maxLength: 2 }),
        ...words,
      }),
      { selector: (one) => JSON.stringify([one.segment, one.loop, one.where?.codes.toSorted()]), maxLength: 4 },
    ),
    loops: fc.uniqueArray(fc.record({ loop: fc.constantFrom("N1", "PO1"), requirement, ...words }), {
      selector: ({ loop }) => loop,
      maxLength: 2,
    }),
    conditions: fc.uniqueArray(
      fc.record({
        name: word,
        when: fc.constant({ selector: "BEG03" }),
        then: fc.record({ selector: fc.constantFrom("BEG01", "BEG02"), codes: fc.constant(["SA"]) }),
        ...words,
      }),
      { selector: ({ name }) => name, maxLength: 2 },
    ),
  });
  const alone = (one: Guide): EffectiveGuide => effectiveGuide(schema, [one]);

  test("does not depend on which of three are put together first", () => {
    fc.assert(
      fc.property(guides, guides, guides, (a, b, c) => {
        const leftFirst = stacked(stacked(alone(a), alone(b)), alone(c));
        expect(leftFirst).toEqual(stacked(alone(a), stacked(alone(b), alone(c))));
        expect(leftFirst).toEqual(effectiveGuide(schema, [a, b, c]));
      }),
    );
  });

  test("on nothing, and nothing on it, leaves a guide as it is; so does itself", () => {
    fc.assert(
      fc.property(guides, (a) => {
        expect(stacked(noGuide, alone(a))).toEqual(alone(a));
        expect(stacked(alone(a), noGuide)).toEqual(alone(a));
        expect(stacked(alone(a), alone(a))).toEqual(alone(a));
      }),
    );
  });
});
