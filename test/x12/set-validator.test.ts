import { describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, cursorsOf, problemsOf } from "./cursor-of.ts";

const library = loadSchemaLibrary();
const order = createSetValidator(library.set("004010", "850")!);
const order5010 = createSetValidator(library.set("005010", "850")!);

/** An order with one segment put after BEG. */
function orderWith(segment: string): string {
  return `ST*850*0001~BEG*00*SA*4501**20240102~${segment}~PO1*1*5*EA*9.99~CTT*1~SE*6*0001~`;
}

test("a right order has no problem", () => {
  expect(problemsOf(order, orderWith("REF*DP*07"))).toEqual([]);
});

describe.each([
  // AK403 1
  ["DTM", "a mandatory element that is not there", ["AK403 1 DTM01 @3", "AK403 2 DTM02 @3"]],
  ["CUR**USD", "a mandatory element left empty", ["AK403 1 CUR01 @3"]],
  ["REF*DP*07**DP", "a mandatory component", ["AK403 1 REF04-2 @3"]],
  ["REF*DP*07**>07", "a mandatory first component", ["AK403 1 REF04-1 @3"]],
  // AK403 2
  ["N1*ST**92", "paired: the other half", ["AK403 2 N104 @3"]],
  ["N1*ST***0042", "paired: the first half", ["AK403 2 N103 @3"]],
  ["N1*ST", "required: neither is there", ["AK403 2 N102 @3"]],
  ["REF*DP*07**DP>07>ZZ", "a note within a composite", ["AK403 2 REF04-4 @3"]],
  ["DTM*002*20240102**UT", "conditional: the one it asks for", ["AK403 2 DTM03 @3"]],
  ["ITD*01*3*2", "list conditional: the first of those it asks for", ["AK403 2 ITD04 @3"]],
  ["ITD*01*3*2**10", "list conditional: one of those it asks for", []],
  ["N1*ST***0042*01", "required and paired: one element would mend both", ["AK403 2 N103 @3"]],
  // AK403 3
  ["REF*DP*07****X", "an element beyond the last", ["AK403 3 REF06 @3"]],
  ["REF*DP*07***", "empty elements beyond the last are let pass", []],
  ["REF*DP*07**DP>07>ZZ>1>ZZ>2>X", "a component beyond the last", ["AK403 3 REF04-7 @3"]],
  ["REF*DP*07^08", "a repetition of what may not repeat", ["AK403 3 REF02^2 @3"]],
  // AK403 4, 5
  ["N1*ST*NAME*92*1", "a text too short", ["AK403 4 N104 @3"]],
  ["DTM*2*20240102", "a code too short", ["AK403 4 DTM01 @3"]],
  ["DTM*002*240102", "a date too short", ["AK403 4 DTM02 @3"]],
  [`REF*DP*${"7".repeat(31)}`, "a text too long", ["AK403 5 REF02 @3"]],
  [`REF*DP*${"é".repeat(30)}`, "characters are counted, not bytes", []],
  [`REF*DP*${"é".repeat(31)}`, "characters are counted, not bytes, and 31 are too many", ["AK403 5 REF02 @3"]],
  ["DTM*002*2024010212", "a date too long", ["AK403 5 DTM02 @3"]],
  ["CTB*OR**63*1234567890123456", "digits beyond the most", ["AK403 5 CTB04 @3"]],
  ["CTB*OR**63*-12345678901234.5", "sign and point don't count", []],
  // AK403 6
  ["REF*DP*0\u00077", "a control character", ["AK403 6 REF02 @3"]],
  ["REF*DP*07>08", "a component separator in a simple element", ["AK403 6 REF02 @3"]],
  ["CTB*OR**63*1,5", "a comma in a decimal number", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*1.5.2", "two points", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*+1", "a plus", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*-", "a minus alone", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*.", "a point alone", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*1E", "an exponent without digits", ["AK403 6 CTB04 @3"]],
  ["CTB*OR**63*1E-3", "an exponent", []],
  ["ITD*01*3*2.5**10", "digits and a point in a percent", []],
  ["ITD*01*3*****3.0", "a point in a whole number", ["AK403 6 ITD07 @3"]],
  ["REF*DP*   ", "blanks where a value may be left out", ["AK403 6 REF02 @3"]],
  ["REF*DP*                                ", "more blanks than there may be characters", ["AK403 6 REF02 @3"]],
  ["REF*  *07", "blanks for a code", ["AK403 1 REF01 @3"]],
  ["REF*DP* 07", "a blank before a value", []],
  ["REF*DP*07**DP>  ", "blanks for a mandatory component", ["AK403 1 REF04-2 @3"]],
  ["N4*JOLIET*  ", "blanks for a code of somebody else's list", ["AK304 2 N4 @3", "AK403 6 N402 @3"]],
  // AK403 7
  ["REF*QQQ*07", "a code of no list", ["AK403 7 REF01 @3"]],
  ["N1*st*NAME", "a code in small letters", ["AK403 7 N101 @3"]],
  ["PKG*F**QQ*X", "an agency of no list", ["AK403 7 PKG03 @3"]],
  ["REF*DP*07**QQQ>07", "a code of no list in a component", ["AK403 7 REF04-1 @3"]],
  ["TD1*CTN25*4", "form and material", []],
  ["TD1*CTNQQ*4", "a form and no material", ["AK403 7 TD101 @3"]],
  ["TD1*QQQ*4", "no form", ["AK403 7 TD101 @3"]],
  // AK403 8, 9
  ["DTM*002*20230229", "29 February of no leap year", ["AK403 8 DTM02 @3"]],
  ["DTM*002*19000229", "1900 was no leap year", ["AK403 8 DTM02 @3"]],
  ["DTM*002*20000229", "2000 was", []],
  ["DTM*002*20240431", "31 April", ["AK403 8 DTM02 @3"]],
  ["DTM*002*20240001", "month 00", ["AK403 8 DTM02 @3"]],
  ["DTM*002*2024-1-2", "a date with other characters", ["AK403 8 DTM02 @3"]],
  ["DTM*002**2400", "hour 24", ["AK403 9 DTM03 @3"]],
  ["DTM*002**235959", "seconds", []],
  ["DTM*002**23595999", "hundredths", []],
  ["DTM*002**23595", "half a second's digits", ["AK403 9 DTM03 @3"]],
  ["DTM*002**12345A78", "a time with other characters", ["AK403 9 DTM03 @3"]],
  // AK403 10
  ["MEA*PD*WT*5*EA****03", "two that exclude each other", ["AK403 10 MEA08 @3"]],
  ["MEA*PD*WT*****", "exclusion: none of them", ["AK403 2 MEA03 @3"]],
] as const)("%s", (segment, about, expected) => {
  test(`${about}: ${expected.join(", ") || "no problem"}`, () => {
    expect(problemsOf(order, orderWith(segment)).map(brief)).toEqual(expected);
  });
});

describe("the place of a problem", () => {
  const one = (set: string, validator = order) => problemsOf(validator, set).filter((p) => p.level === "element");

  test("a bad value: its bytes in the file, its element number, its loop", () => {
    const set = "ST*850*0001~\nBEG*00*SA*é1**20240102~\nPO1*1*5*QQ*9.99~\nCTT*1~\nSE*5*0001~\n";
    const [problem] = one(set);
    expect(problem).toMatchObject({
      level: "element",
      code: "7",
      segment: "PO1",
      position: 3,
      element: 3,
      component: null,
      repetition: null,
      length: 2,
      value: "QQ",
      loop: "PO1",
      dataElement: "355",
    });
    expect(
      Buffer.from(set)
        .subarray(problem!.offset!, problem!.offset! + 2)
        .toString(),
    ).toBe("QQ");
  });

  test("a component: its own bytes and its own element number", () => {
    const set = orderWith("REF*DP*07**DP>07>QQQ>1");
    const [problem] = one(set);
    expect(problem).toMatchObject({
      element: 4,
      component: 3,
      repetition: null,
      dataElement: "128",
      value: "QQQ",
      length: 3,
    });
    expect(set.slice(problem!.offset!, problem!.offset! + 3)).toBe("QQQ");
  });

  test("something missing: where it would stand, of no length", () => {
    const set = orderWith("N1*ST*NAME*92");
    const [problem] = one(set);
    expect(problem).toMatchObject({ code: "2", element: 4, length: 0, value: null, dataElement: "67", loop: "N1" });
    expect(set.slice(0, problem!.offset!).endsWith("N1*ST*NAME*92")).toBe(true);
  });

  test("a long value is cut to the 99 characters that AK404 carries", () => {
    const [problem] = one(orderWith(`REF*DP*${"7".repeat(200)}`));
    expect(problem!.value).toBe("7".repeat(99));
    expect(problem!.length).toBe(200);
  });

  test("a missing segment: at the segment before which it should stand", () => {
    const set = "ST*850*0001~BEG*00*SA*4501**20240102~CTT*1~SE*4*0001~";
    expect(problemsOf(order, set)).toEqual([
      expect.objectContaining({
        level: "segment",
        code: "3",
        segment: "PO1",
        position: 3,
        element: null,
        offset: set.indexOf("CTT"),
        length: 0,
        loop: "PO1",
      }),
    ]);
  });

  test("a missing segment at the end of a set without SE: after its last segment", () => {
    const set = "ST*850*0001~BEG*00*SA*4501**20240102~";
    expect(problemsOf(order, set)).toEqual([
      expect.objectContaining({ code: "3", segment: "PO1", position: 3, offset: set.length, length: 0 }),
    ]);
  });

  test("a segment that fits nowhere stands in no loop", () => {
    const [problem] = problemsOf(order, orderWith("QQQ*1"));
    expect(problem).toMatchObject({ code: "1", segment: "QQQ", position: 3, loop: null, length: 5 });
  });
});

describe("what a later version adds", () => {
  test("too many repetitions and components have codes of their own in 005010", () => {
    const set = (ref: string) => orderWith(ref);
    expect(problemsOf(order5010, set("REF*DP*07^08")).map(brief)).toEqual(["AK403 12 REF02^2 @3"]);
    expect(problemsOf(order5010, set("REF*DP*07**DP>07>ZZ>1>ZZ>2>X")).map(brief)).toEqual(["AK403 13 REF04-7 @3"]);
  });

  test("each repetition is checked, and named", () => {
    const patient = createSetValidator(library.set("005010", "810")!);
    const set = (dmg05: string) =>
      `ST*810*0001~BIG*20240102*1~N1*BT*NAME~DMG*D8*19700101*M**${dmg05}~TDS*100~SE*6*0001~`;
    expect(problemsOf(patient, set("A^B")).map(brief)).toEqual([]);
    expect(problemsOf(patient, set("A^B^?")).map(brief)).toEqual(["AK403 7 DMG05^3-1 @4"]);
    expect(problemsOf(patient, set(Array(11).fill("A").join("^"))).map(brief)).toEqual(["AK403 12 DMG05^11 @4"]);
  });
});

test("the elements of a segment in the wrong place are checked, those of another set's are not", () => {
  expect(problemsOf(order, orderWith("N2")).map(brief)).toEqual(["AK304 2 N2 @3", "AK403 1 N201 @3"]);
  expect(problemsOf(order, orderWith("BSN*1")).map(brief)).toEqual(["AK304 6 BSN @3"]);
});

test("ST and SE are checked like any segment", () => {
  const set = "ST*850*1~BEG*00*SA*4501**20240102~PO1*1*5*EA*9.99~SE*x*1~";
  expect(problemsOf(order, set).map(brief)).toEqual(["AK403 4 ST02 @1", "AK403 6 SE01 @4", "AK403 4 SE02 @4"]);
});

test("LE must name the loop that LS has begun", () => {
  const set = (le: string) =>
    `ST*850*0001~BEG*00*SA*4501**20240102~PO1*1*5*EA*9.99~LS*LDT~LDT*AF*3*DA~LE*${le}~SE*7*0001~`;
  expect(problemsOf(order, set("LDT")).map(brief)).toEqual([]);
  expect(problemsOf(order, set("N9")).map(brief)).toEqual(["AK403 7 LE01 @6"]);
});

test("one validator serves many sets, and forgets the one before", () => {
  expect(problemsOf(order, "ST*850*0001~BEG*00*SA*4501**20240102~N1*ST*A~")).toHaveLength(1);
  expect(problemsOf(order, orderWith("REF*DP*07"))).toEqual([]);
});

test("the place of each segment is the answer", () => {
  order.begin(() => {});
  const places = cursorsOf(orderWith("N1*ST*NAME"))
    .slice(0, 4)
    .map((cursor) => order.segment(cursor));
  expect(places).toEqual([
    { loop: null, beginsLoop: false, known: true },
    { loop: null, beginsLoop: false, known: true },
    { loop: "N1", beginsLoop: true, known: true },
    { loop: "PO1", beginsLoop: true, known: true },
  ]);
});

describe("messages say what is wrong, by which rule, and how to mend it", () => {
  test.each([
    [
      "N1*ST*NAME*92",
      'N104 (Identification Code) is missing: N103 is given ("92"), and N103 and N104 go together (P0304). Fill both or leave both out.',
    ],
    [
      "REF*DP",
      "REF02 (Reference Identification) is missing: at least one of REF02 and REF03 must be given (R0203). Fill one.",
    ],
    [
      "DTM*002*20240102**UT",
      'DTM03 (Time) is missing: DTM04 is given ("UT"), and DTM04 can\'t stand without it (C0403). Fill it, or leave DTM04 out.',
    ],
    [
      "MEA*PD*WT*5*EA****03",
      "MEA08 (Measurement Attribute Code) can't be given here: of MEA03 and MEA08 only one may be (E0308). Leave the others out.",
    ],
    [
      "PER*QQ*NAME",
      'PER01 (Contact Function Code) holds "QQ", which is not in the code list of element 366 in 004010. Use one of: AH, AL, AR, BD, BI, CD, CR, EA, or one of 222 more.',
    ],
    [
      "DTM*002*20240230",
      'DTM02 (Date) holds "20240230", which is no date of the calendar in the form CCYYMMDD. Correct the date.',
    ],
    [
      "N1*ST*NAME*92*1",
      'N104 (Identification Code) holds "1", which is too short: at least 2 characters (element 67). Correct the value.',
    ],
    [
      "N2",
      "N2 (Additional Name Information) can't stand here: in 850 (Purchase Order) in 004010 it belongs to one of the loops N1, SPI/N1, PO1/N1, PO1/SLN/N1, which has not begun. Begin the loop with its first segment, or leave this one out.",
    ],
    ["QQQ", '"QQQ" is no segment that we know in 004010. Correct the id, or leave the segment out.'],
    [
      "BEG*00*SA*4501**20240102",
      "BEG (Beginning Segment for Purchase Order) occurs too often: 850 (Purchase Order) in 004010 allows it once outside all loops. Leave out what is beyond.",
    ],
    [
      "CTT*1",
      "PO1 (Baseline Item Data) is missing before this CTT: 850 (Purchase Order) in 004010 must have it. Add it there.",
    ],
  ])("%s", (segment, message) => {
    expect(problemsOf(order, orderWith(segment))[0]!.message).toBe(message);
  });
});
