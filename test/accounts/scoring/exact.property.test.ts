import { Big } from "big.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  hundredthsOf,
  hundredthsText,
  percentOf,
  rounded,
  sumText,
  wholeAmounts,
} from "../../../src/accounts/scoring/exact.ts";

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => new Big(String(digits)).div(new Big(10).pow(places)).toFixed());

it("a quotient of whole numbers is rounded to the cent as that of big numbers is", () => {
  const whole = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), whole, (part, all) => {
      const exact = new Big(String(part)).div(String(all)).round(0, Big.roundHalfUp);
      expect(String(rounded(part, all))).toBe(exact.toFixed().replace(/^-0$/, "0"));
    }),
    { numRuns: 1_000 },
  );
});

it("the sum of texts is what big numbers make of it", () => {
  fc.assert(
    fc.property(fc.array(decimals, { maxLength: 40 }), (texts) => {
      expect(sumText(texts)).toBe(texts.reduce((sum, text) => sum.plus(text), new Big(0)).toFixed());
    }),
  );
});

it("whole amounts are the amounts, as many decimals further", () => {
  fc.assert(
    fc.property(fc.array(decimals, { maxLength: 20 }), (texts) => {
      const { amounts, decimals: places } = wholeAmounts(texts);
      for (const [index, amount] of amounts.entries()) {
        expect(new Big(String(amount)).div(new Big(10).pow(places)).eq(texts[index] ?? "")).toBe(true);
      }
    }),
  );
});

it("hundredths of a percent are those that big numbers make", () => {
  const part = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
  fc.assert(
    fc.property(part, fc.bigInt({ min: 1n, max: 10n ** 12n }), (own, all) => {
      const made = new Big(String(own)).times(100).div(String(all)).round(2, Big.roundHalfUp).toFixed(2);
      expect(hundredthsText(hundredthsOf(own, all))).toBe(made.replace(/^-0\.00$/, "0.00"));
      expect(percentOf(new Big(String(own)), new Big(String(all)))).toBe(made.replace(/^-0\.00$/, "0.00"));
    }),
  );
});
