import { describe, expect, test } from "vitest";
import { readInterchangesSync } from "../../src/x12/reader.ts";
import { loadSchemaLibrary } from "../../src/x12/schema-library.ts";
import { createSetValidator } from "../../src/x12/standard-validator.ts";
import type { Strictness } from "../../src/x12/strictness.ts";
import { brief, problemsOf } from "./cursor-of.ts";
import { bytes, isa, rightFile } from "./wire.ts";

const library = loadSchemaLibrary();

/** An order with some segments put after BEG. */
const order = (segments: string) => `ST*850*0001~BEG*00*SA*4501**20240102~${segments}~PO1*1*5*EA*9.99~CTT*1~SE*6*0001~`;
const address = (state: string, country: string) => order(`N1*ST*NAME~N4*SOMEWHERE*${state}*12345*${country}`);
/** A carrier's answer to a load tender. */
const answer = (carrier: string) => `ST*990*0001~B1*${carrier}*LOAD1*20240102*A~SE*3*0001~`;

function foundBy(strictness: Strictness, set: string) {
  return problemsOf(createSetValidator(library.set("004010", set.slice(3, 6))!, [], strictness), set);
}

describe.each([
  ["countries", address("", "NO"), address("", "XQ"), "AK403 7 N404 @4"],
  ["countries", address("", "MX"), address("", "MEX"), "AK403 7 N404 @4"],
  ["currencies", order("CUR*BY*MXN"), order("CUR*BY*PES"), "AK403 7 CUR02 @3"],
  ["states", address("NY", "US"), address("XX", "US"), "AK403 7 N402 @4"],
  ["states", address("QC", "CA"), address("XX", ""), "AK403 7 N402 @4"],
  ["states", address("ZZ", "MX"), address("ZZ", "USA"), "AK403 7 N402 @4"],
  ["carriers", answer("UPSN"), answer("UP1"), "AK403 7 B101 @2"],
] as const)("a code of %s", (list, right, wrong, expected) => {
  test("is not looked up where the account does not ask for it", () => {
    expect(foundBy({}, wrong)).toEqual([]);
    expect(foundBy({ externalCodes: { [list]: "off" } }, wrong)).toEqual([]);
  });

  test("that is in no list is warned of, or rejects", () => {
    expect(foundBy({ externalCodes: { [list]: "reject" } }, right)).toEqual([]);
    const warned = foundBy({ externalCodes: { [list]: "warn" } }, wrong);
    expect(warned.map(brief)).toEqual([expected]);
    expect(warned[0]).toMatchObject({ severity: "warning", message: expect.stringMatching(/^warning: .* Use /) });
    const rejected = foundBy({ externalCodes: { [list]: "reject" } }, wrong);
    expect(rejected.map(brief)).toEqual([expected]);
    expect(rejected[0]!.severity).toBeUndefined();
  });
});

test("what is wrong by the standard stays so, and is said once", () => {
  const strictness: Strictness = { externalCodes: { countries: "warn", currencies: "warn" } };
  expect(foundBy(strictness, order("CUR*BY*DOLLAR")).map(brief)).toEqual(["AK403 5 CUR02 @3"]);
  expect(foundBy(strictness, order("CUR*??*USD")).map(brief)).toEqual(["AK403 7 CUR01 @3"]);
});

test.each([
  ["reject", ["AK403 3 REF06 @3"], undefined],
  ["warn", ["AK403 3 REF06 @3"], "warning"],
  ["off", [], undefined],
] as const)("an element beyond the last, with extraElements %s", (extraElements, expected, severity) => {
  const problems = foundBy({ extraElements }, order("REF*DP*07****X"));
  expect(problems.map(brief)).toEqual(expected);
  expect(problems[0]?.severity).toBe(severity);
});

describe("a file of an account", () => {
  const read = (text: string, strictness: Strictness | null) =>
    readInterchangesSync(bytes(text), { library, strictness: () => strictness }).interchanges[0]!;
  const miscounted = rightFile.replace("SE*7", "SE*9");

  test("whose SE01 is wrong is rejected, or accepted with the error noted", () => {
    expect(read(miscounted, null).groups[0]).toMatchObject({ verdict: "R", transactionSets: [{ verdict: "R" }] });
    const tolerated = read(miscounted, { segmentCount: "warn" }).groups[0]!;
    expect(tolerated).toMatchObject({ verdict: "E", transactionSets: [{ verdict: "E" }] });
    expect(tolerated.transactionSets[0]!.problems).toMatchObject([
      { level: "set", code: "4", segment: "SE", position: 7, element: 1, value: "9", severity: "warning" },
    ]);
  });

  test("is checked as strictly as its own group's account asks, each group by itself", () => {
    const group = (sender: string, control: string) =>
      `GS*PO*${sender}*HARBOR*20240115*1200*${control}*X*004010~${address("XX", "US").replace("SE*6", "SE*7")}GE*1*${control}~`;
    const file = `${isa}${group("LAX", "1")}${group("STRICT", "2")}IEA*2*000000001~`;
    const strict: Strictness = { externalCodes: { states: "reject" } };
    const report = readInterchangesSync(bytes(file), {
      library,
      strictness: (_header, { senderCode }) => (senderCode === "STRICT" ? strict : null),
    });
    expect(report.interchanges[0]!.groups.map(({ verdict }) => verdict)).toEqual(["A", "R"]);
  });
});
