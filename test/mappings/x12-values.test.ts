import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, isoDate, timeOfDay } from "../../src/documents/basic-components.ts";
import {
  decimalFromReal,
  decimalWithImpliedPlaces,
  isoDateFrom,
  realFrom,
  timeFrom,
  x12DateFrom,
} from "../../src/mappings/notation/x12-values.ts";

describe("a number of type R", () => {
  it.each([
    ["12", "12"],
    ["12.50", "12.50"],
    [".5", "0.5"],
    ["-.05", "-0.05"],
    ["5.", "5"],
    ["007", "7"],
    ["0", "0"],
    ["0.00", "0.00"],
    ["12345678901234567890.123456789", "12345678901234567890.123456789"],
    ["1E3", "1000"],
    ["1.25E1", "12.5"],
    ["125E-2", "1.25"],
    ["-2.5E-3", "-0.0025"],
  ])("%s is the decimal %s", (value, expected) => {
    expect(decimalFromReal(value)).toBe(expected);
  });

  it.each([[""], ["-"], ["."], ["1,5"], ["1.2.3"], ["+5"], ["1E"], ["1E999"], ["0x10"], ["NaN"], [" 1"]])(
    "can't be read from %j",
    (value) => {
      expect(decimalFromReal(value)).toBeUndefined();
    },
  );

  it("keeps every digit on the way in and out", () => {
    const written = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 18n }), fc.stringMatching(/^\d{0,9}$/))
      .map(([negative, whole, places]) => `${negative ? "-" : ""}${whole}${places === "" ? "" : `.${places}`}`);
    fc.assert(
      fc.property(written, (value) => {
        const read = decimalFromReal(value);
        expect(decimal.safeParse(read).success).toBe(true);
        expect(realFrom(read ?? "")).toBe(value);
      }),
    );
  });

  it.each([
    ["0.5", ".5"],
    ["-0.50", "-.50"],
    ["0", "0"],
    ["0.00", ".00"],
    ["100", "100"],
    ["007", "7"],
  ])("is written without a zero in front: %s as %s", (value, expected) => {
    expect(realFrom(value)).toBe(expected);
  });
});

describe("a number of type N2", () => {
  it.each([
    ["1250", "12.50"],
    ["5", "0.05"],
    ["0", "0.00"],
    ["-1", "-0.01"],
    ["999999999999999", "9999999999999.99"],
  ])("%s is the decimal %s", (value, expected) => {
    expect(decimalWithImpliedPlaces(value, 2)).toBe(expected);
  });

  it.each([["12.50"], [""], ["-"], ["1E2"]])("can't be read from %j", (value) => {
    expect(decimalWithImpliedPlaces(value, 2)).toBeUndefined();
  });

  it("is its digits with a point before the last two", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (cents) => {
        const read = decimalWithImpliedPlaces(String(cents), 2) ?? "";
        expect(decimal.safeParse(read).success).toBe(true);
        expect(BigInt(read.replace(".", ""))).toBe(cents);
        expect(read.at(-3)).toBe(".");
      }),
    );
  });
});

describe("a date of type DT", () => {
  it.each([
    ["20250310", "2025-03-10"],
    ["20240229", "2024-02-29"],
    ["19991231", "1999-12-31"],
  ])("%s is %s, there and back", (value, expected) => {
    expect(isoDateFrom(value)).toBe(expected);
    expect(x12DateFrom(expected)).toBe(value);
    expect(isoDate.safeParse(expected).success).toBe(true);
  });

  it.each([["20250229"], ["20251301"], ["20250100"], ["250310"], ["2025-03-10"], [""]])(
    "can't be read from %j",
    (value) => {
      expect(isoDateFrom(value)).toBeUndefined();
    },
  );
});

describe("a time of type TM", () => {
  it.each([["0000"], ["2359"], ["235959"], ["2359599"], ["23595999"]])("%s stays as it came", (value) => {
    expect(timeFrom(value)).toBe(value);
    expect(timeOfDay.safeParse(value).success).toBe(true);
  });

  it.each([["2400"], ["2360"], ["12345"], ["235960"], ["123456789"], [""]])("can't be read from %j", (value) => {
    expect(timeFrom(value)).toBeUndefined();
    expect(timeOfDay.safeParse(value).success).toBe(false);
  });
});
