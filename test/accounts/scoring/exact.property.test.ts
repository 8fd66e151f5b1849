import { Big } from "big.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hundredthsOf, percentOf, quotient, sumText, wholeAmounts } from "../../../src/accounts/scoring/exact.ts";

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, places]) => new Big(String(digits)).div(new Big(10).pow(places)).toFixed());
const above = fc.integer({ min: 1, max: 10 ** 9 }).map((number) => new Big(number).div(1_000));

it("a quotient that is cut off is rounded to the cent as the whole one is", () => {
  fc.assert(
    fc.property(decimals, above, (part, whole) => {
      const long = new Big(part).times(10 ** 9).div(whole.times(10 ** 9));
      expect(quotient(new Big(part), whole).round(2, Big.roundHalfUp).toFixed()).toBe(
        long.round(2, Big.roundHalfUp).toFixed(),
      );
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

it("hundredths of a percent are those that percentOf writes", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 12n }), (part, whole) => {
      const written = percentOf(new Big(String(part)), new Big(String(whole)));
      expect(new Big(String(hundredthsOf(part, whole))).div(100).toFixed(2)).toBe(written);
    }),
  );
});
