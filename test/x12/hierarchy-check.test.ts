import { describe, expect, test } from "vitest";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import { brief, problemsOf } from "./cursor-of.ts";

const library = loadSchemaLibrary();
const shipNotice = createSetValidator(library.set("004010", "856")!);

/** An 856 of these HLs, written "1**S"; the first stands at segment 3. */
function notice(structure: string, levels: readonly string[], total = String(levels.length)): string {
  const hls = levels.map((level) => `HL*${level}~`).join("");
  return `ST*856*0001~BSN*00*SHP-1*20240115*1015${structure && `*${structure}`}~${hls}CTT*${total}~SE*${levels.length + 4}*0001~`;
}

const found = (structure: string, ...levels: string[]) => problemsOf(shipNotice, notice(structure, levels)).map(brief);

describe.each([
  ["0001", ["1**S", "2*1*O", "3*2*P", "4*3*I"], []],
  ["0001", ["1**S", "2*1*O", "3*2*T", "4*3*P", "5*4*P", "6*5*I", "7*6*F"], []],
  ["0001", ["1**S", "2*1*O", "3*2*I", "4*1*O", "5*4*I"], []],
  ["0002", ["1**S", "2*1*O", "3*2*I", "4*3*P"], []],
  ["0003", ["1**S", "2*1*P", "3*2*O", "4*3*I"], []],
  ["0004", ["1**S", "2*1*O", "3*2*I"], []],
  ["", ["1**O", "2*1*S", "3**BD"], []],
  ["ZZZZ", ["1**I", "2*1*S"], []],
  // HL01
  ["", ["A**S", "B*A*O", "C*B*I"], []],
  ["", ["10**S", "20*10*O"], []],
  ["", ["1**S", "02*1*O", "3*02*I"], []],
  ["", ["1**S", "2*1*O", "2*1*O"], ["AK403 7 HL01 @5"]],
  ["", ["A**S", "A*A*O"], ["AK403 7 HL01 @4"]],
  ["", ["1**S", "*1*O", "3*2*I"], ["AK403 1 HL01 @4"]],
  // HL02
  ["", ["1**S", "2*3*O", "3*1*O"], ["AK403 7 HL02 @4"]],
  ["", ["1**S", "2*2*O"], ["AK403 7 HL02 @4"]],
  ["", ["1*1*S"], ["AK403 7 HL02 @3"]],
  ["", ["1**S", "2*X*O"], ["AK403 7 HL02 @4"]],
  ["0001", ["1**S", "2**O"], ["AK403 2 HL02 @4"]],
  // HL03
  ["0001", ["1**S", "2*1*O", "3*2*I", "4*3*P"], ["AK403 7 HL03 @6"]],
  ["0002", ["1**S", "2*1*O", "3*2*P", "4*3*I"], ["AK403 7 HL03 @6"]],
  ["0003", ["1**S", "2*1*O", "3*2*P"], ["AK403 7 HL03 @5"]],
  ["0001", ["1**S", "2*1*O", "3*2*P", "4*3*T"], ["AK403 7 HL03 @6"]],
  ["0001", ["1**S", "2*1*O", "3*2*O"], ["AK403 7 HL03 @5"]],
  ["0001", ["1**S", "2*1*S"], ["AK403 7 HL03 @4"]],
  ["0001", ["1**S", "2*1*BD"], ["AK403 7 HL03 @4"]],
  ["0004", ["1**S", "2*1*O", "3*2*P"], ["AK403 7 HL03 @5"]],
  ["0001", ["1**S", "2*1*??"], ["AK403 7 HL03 @4"]],
  // HL04
  ["0004", ["1**S*1", "2*1*O*1", "3*2*I*0"], []],
  ["0004", ["1**S*0", "2*1*O*1", "3*2*I*0"], ["AK403 7 HL04 @3"]],
  ["0004", ["1**S*0", "2*1*O", "3*1*O"], ["AK403 7 HL04 @3"]],
  ["0004", ["1**S*1", "2*1*O*1"], ["AK403 7 HL04 @4"]],
  ["0004", ["1**S*1", "2*1*O*1", "2*1*O*1"], ["AK403 7 HL01 @5"]],
])("BSN05 %s with %j", (structure, levels, expected) => {
  test(`has ${expected.join(", ") || "no problem"}`, () => {
    expect(found(structure, ...levels)).toEqual(expected);
  });
});

test.each([
  ["2", []],
  ["02", []],
  ["3", ["AK403 7 CTT01 @5"]],
  ["X", ["AK403 6 CTT01 @5"]],
])("CTT01 %s of an 856 with two HLs", (total, expected) => {
  expect(problemsOf(shipNotice, notice("0001", ["1**S", "2*1*O"], total)).map(brief)).toEqual(expected);
});

test("an HL01 that leaves a number out where the others count is warned of once, and rejects nothing", () => {
  const problems = problemsOf(shipNotice, notice("", ["1**S", "2*1*O", "4*2*I", "6*2*I"]));
  expect(problems.map(brief)).toEqual(["AK403 7 HL01 @5"]);
  expect(problems[0]).toMatchObject({ severity: "warning", value: "4" });
});

test("every problem has its exact place, in the file as in the set", () => {
  const text = notice("0001", ["1**S*0", "2*1*O", "3*9*P", "4*2*S"]);
  const problems = problemsOf(shipNotice, text);
  expect(problems.map(brief)).toEqual(["AK403 7 HL04 @3", "AK403 7 HL02 @5", "AK403 7 HL03 @6"]);
  for (const { offset, length, value, loop } of problems) {
    expect(text.slice(offset!, offset! + length!)).toBe(value);
    expect(loop).toBe("HL");
  }
});

test("the message says what to mend", () => {
  const [problem] = problemsOf(shipNotice, notice("0001", ["1**S", "2*1*O", "3*2*I", "4*3*P"]));
  expect(problem!.message).toBe(
    'HL03 (Hierarchical Level Code) holds "P" beneath an HL of level "I" (segment 5), but structure 0001 is shipment, order, ' +
      "packaging, item (BSN05), each beneath the one before. Correct HL02, HL03 or BSN05.",
  );
});

test("one set's levels are not those of the next", () => {
  expect(found("0001", "1**S*1", "2*1*O")).toEqual([]);
  expect(found("", "2*1*O")).toEqual(["AK403 7 HL02 @3"]);
  expect(found("0001", "1**S*1")).toEqual(["AK403 7 HL04 @3"]);
});

test("an organization chart (816) and an order status report (870) have their parents checked, and no total", () => {
  const chart = createSetValidator(library.set("004010", "816")!);
  const set = "ST*816*0001~BHT*0065*00*1~N1*ST*Z~HL*1**35~N1*ST*A~HL*2*1*36~N1*ST*B~HL*3*7*36~N1*ST*C~SE*10*0001~";
  expect(problemsOf(chart, set).map(brief)).toEqual(["AK403 7 HL02 @8"]);
  const status = createSetValidator(library.set("004010", "870")!);
  const report = "ST*870*0001~BSR*3*PA*1*20240115~HL*1**O~PRF*PO-1~HL*2*1*I~ISR*BP~CTT*1~SE*8*0001~";
  expect(problemsOf(status, report).map(brief)).toEqual([]);
});

test("a hundred thousand levels with ids of their own are found again", () => {
  const levels = Array.from({ length: 100_000 }, (_, n) => (n === 0 ? "L0**S" : `L${n}*L${n >> 1}*O`));
  expect(problemsOf(shipNotice, notice("", levels)).map(brief)).toEqual([]);
});
