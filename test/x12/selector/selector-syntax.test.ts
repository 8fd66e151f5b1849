import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSelector, SelectorError } from "../../../src/x12/index.ts";

describe("a selector that is wrong", () => {
  it.each<[string, number, RegExp]>([
    ["", 1, /the end.*element.*REF02/i],
    ["REF", 4, /After the segment REF comes the number of an element \(REF02\)/],
    ["REF2", 1, /"REF2" is no element/],
    ["REF00", 4, /REF01/],
    ["ref02", 1, /no element/],
    ["n1-N301", 1, /capitals/],
    ["N1-", 4, /N1-REF02/],
    ["N1-N3-", 7, /N3-REF02/],
    ["N1+N301", 3, /After the segment N1/],
    ["REF02-", 7, /component.*REF02-1/],
    ["REF02-0", 7, /component/],
    ["REF02-A", 7, /component/],
    ["REF02 REF03", 7, /can't stand here/],
    ["REF02:", 7, /no element/],
    ['REF02:REF["IA"]', 7, /"REF" is no element/],
    ["REF02:REF01", 12, /The end instead of "\[".*:REF01\["IA"\]/],
    ["REF02:REF01[IA]", 13, /quotes/],
    ['REF02:REF01["IA]', 17, /not closed/],
    ["REF02:REF01[\"IA']", 18, /not closed/],
    ['REF02:REF01[""]', 14, /needs a value/],
    ["HL+-PRF01", 4, /HL03/],
    ["HL+S+O", 7, /followed by -/],
    ["HL+S+O-", 8, /element/],
    ["FOREACH(PO1)", 13, /=>/],
    ["FOREACH(PO1=>PO102", 12, /bracket/],
    ["FOREACH()=>PO102", 9, /FOREACH takes the segment/],
    ["FOREACH(PO1)=>FOREACH(PID)=>PID05", 15, /only once/],
    ["CONCAT(REF01)=>REF02", 13, /comma/],
    ["CONCAT(REF01,-)", 16, /=>/],
    ["CONCAT(REF01,-)=>", 18, /element/],
    ["ISA06", 1, /outside transaction sets/],
    ["GS-ST02", 1, /outside transaction sets/],
    ['BEG03:GS02["X"]', 7, /outside transaction sets/],
  ])("%j is refused at character %i", (text, at, message) => {
    expect(() => compileSelector(text)).toThrow(SelectorError);
    expect(() => compileSelector(text)).toThrow(expect.objectContaining({ at, selector: text }));
    expect(() => compileSelector(text)).toThrow(message);
  });

  it("may have blanks around it and in quotes, and brackets and commas in quotes", () => {
    for (const text of [
      " REF02 ",
      'N104:N102["Store, (12) [A]"]',
      `N104:N102["O'Neil"]`,
      "FOREACH( PO1 )=> PO102",
      'CONCAT( N102:N101["A,B)"] ,-)=> N104',
    ]) {
      expect(compileSelector(text).text).toBe(text);
    }
  });

  it("is refused with a place in it, whatever it is", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "REF",
        "N1",
        "02",
        "01",
        "-",
        "+",
        ":",
        '["',
        '"]',
        "FOREACH(",
        "CONCAT(",
        ")=>",
        ",",
        "HL+S",
        " ",
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        try {
          expect(compileSelector(text).text).toBe(text);
        } catch (error) {
          if (!(error instanceof SelectorError)) throw error;
          expect(error.at).toBeGreaterThanOrEqual(1);
          expect(error.at).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
