import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDigitOf, isSSCC, sscc, ssccFrom } from "../../src/documents/sscc.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe("a serial shipping container code", () => {
  it.each([
    ["00614141000000001", "2"],
    ["10614141192837465", "7"],
    ["34012345123456789", "5"],
    ["00000000000000000", "0"],
  ])("with the digits %s ends in %s", (body, digit) => {
    expect(weighed(body + digit) % 10).toBe(0);
    expect(checkDigitOf(body)).toBe(digit);
  });

  it("is known from any other number by its check digit", () => {
    fc.assert(
      fc.property(digits(17), fc.nat(16), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const code = body + checkDigitOf(body);
        expect(isSSCC(code)).toBe(true);
        const wrong = code.slice(0, at) + ((Number(code[at]) + shift) % 10) + code.slice(at + 1);
        expect(isSSCC(wrong)).toBe(false);
      }),
    );
  });

  it("is made of extension, company prefix and serial number, and holds them", () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 4, max: 12 }), fc.nat(9999), (extension, length, serial) => {
        const prefix = "0614141999887".slice(0, length);
        const code = ssccFrom(extension, prefix, serial);
        expect(isSSCC(code)).toBe(true);
        expect(code.startsWith(`${extension}${prefix}`)).toBe(true);
        expect(Number(code.slice(1 + length, 17))).toBe(serial);
      }),
    );
  });

  it.each([
    [10, "0614141", 1, "The extension digit is 10: it must be 0 to 9."],
    [0, "061414X", 1, 'The company prefix is "061414X": it must be 4 to 12 digits.'],
    [0, "061414100000", 10000, "The serial number is 10000: after this company prefix it has room for 4 digits."],
    [0, "0614141", -1, "The serial number is -1: after this company prefix it has room for 9 digits."],
  ])("is not made of %s, %s and %s", (extension, prefix, serial, message) => {
    expect(() => ssccFrom(extension, prefix, serial)).toThrow(new RangeError(message));
  });

  it.each([
    ["006141410000000019", "must end in its check digit, which is 2"],
    ["00006141410000000012", "must be a serial shipping container code of 18 digits, without the (00) before it"],
  ])("is not %s in a document", (code, message) => {
    expect(sscc.safeParse(code).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("has no check digit where there are other signs than digits", () => {
    expect(() => checkDigitOf("12A")).toThrow('"12A" is not all digits');
  });
});

/** The sum of the digits of a whole code, weighed 3 and 1 from the left: what GS1 asks to be a multiple of ten. */
function weighed(code: string): number {
  return [...code].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
}
