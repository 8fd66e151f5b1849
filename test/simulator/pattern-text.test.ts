import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Chance } from "../../src/simulator/chance.ts";
import { textOfPattern } from "../../src/simulator/pattern-text.ts";

const patterns = [
  "\\d{3}",
  "SI-OA-\\d{4}",
  "[A-Z]{2}\\d{2,5}",
  "(RED|BLUE)-?\\d+",
  "^\\d{12}$",
  "[A-CX-Z0-9]{6}",
  "(?:PO|WO)\\.\\d{1,3}",
  "A[ -]B",
  "\\w{4,}",
  "X*Y",
];

describe("a text for a guide's pattern", () => {
  test.each(patterns)("%s is matched whatever chance brings", (pattern) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(textOfPattern(pattern, new Chance(seed))).toMatch(new RegExp(`^(?:${pattern})$`));
      }),
    );
  });

  test.each(["(?=A)A", "[^A]", "\\bA", "(A)\\1", "(A", "[A"])("%s is more than it can make up", (pattern) => {
    expect(textOfPattern(pattern, new Chance(1))).toBeNull();
  });

  test("repeated digits are not all the same", () => {
    const made = Array.from({ length: 20 }, (_, seed) => textOfPattern("\\d{8}", new Chance(seed)) ?? "");
    expect(made.some((text) => new Set(text).size > 3)).toBe(true);
  });
});
