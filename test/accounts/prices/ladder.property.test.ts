import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ladderFault,
  nextStep,
  type PriceStep,
  priceReached,
  stepReached,
} from "../../../src/accounts/prices/ladder.ts";
import { rebateOn } from "../../../src/accounts/prices/rebate.ts";

/** A ladder that begins at 0, with prices in cents that never rise. */
const ladder = (by: PriceStep["by"]) =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 7, maxLength: 7 }),
    )
    .map(([thresholds, cents]): PriceStep[] => {
      const from = [0, ...thresholds.sort((a, b) => a - b)];
      const prices = cents.sort((a, b) => b - a);
      return from.map((begin, index) => ({
        by,
        from: String(begin),
        price: new Big(prices[index] ?? 0).div(100).toFixed(2),
      }));
    });
const both = fc
  .tuple(ladder("quantity"), ladder("volume"))
  .map((steps) => steps.flat())
  .chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }));
const count = fc.integer({ min: 0, max: 200_000 }).map(String);

describe("the price of a ladder", () => {
  it("is never above that of any step that was reached, and is the price of one of them", () => {
    fc.assert(
      fc.property(both, count, count, (steps, quantity, volume) => {
        const reached = priceReached(steps, { quantity, volume });
        const open = steps.filter(({ by, from }) => new Big(from).lte(by === "quantity" ? quantity : volume));
        expect(open.map(({ price }) => price)).toContain(reached?.price);
        for (const { price } of open) expect(new Big(reached?.price ?? Number.NaN).lte(price)).toBe(true);
      }),
    );
  });

  it("never rises with the quantity or the volume", () => {
    fc.assert(
      fc.property(both, count, count, count, (steps, quantity, volume, more) => {
        const price = (by: { quantity: string; volume: string }) =>
          new Big(priceReached(steps, by)?.price ?? Number.NaN);
        const before = price({ quantity, volume });
        const higher = (one: string) => new Big(one).plus(more).toFixed();
        expect(price({ quantity: higher(quantity), volume }).lte(before)).toBe(true);
        expect(price({ quantity, volume: higher(volume) }).lte(before)).toBe(true);
      }),
    );
  });

  it("changes exactly where a step begins, and not a piece before", () => {
    fc.assert(
      fc.property(ladder("quantity"), (steps) => {
        for (const [index, step] of steps.entries()) {
          expect(stepReached(steps, "quantity", step.from)).toEqual(step);
          const before = steps[index - 1];
          if (!before) continue;
          const short = new Big(step.from).minus("0.001").toFixed();
          expect(stepReached(steps, "quantity", short)).toEqual(before);
          expect(nextStep(steps, "quantity", short)).toEqual({ ...step, missing: "0.001" });
        }
        expect(nextStep(steps, "quantity", "1000000")).toBeNull();
      }),
    );
  });

  it("can't be had from a ladder that rises, says a step twice or doesn't begin at 0", () => {
    const step = (from: string, price: string): PriceStep => ({ by: "quantity", from, price });
    expect(ladderFault([step("0", "2"), step("10", "2")])).toBeNull();
    expect(ladderFault([step("10", "2")])).toBe("has no price from 0 on");
    expect(ladderFault([step("0", "2"), step("10.0", "1"), step("10", "1")])).toBe(
      "has two prices by quantity from 10 on",
    );
    expect(ladderFault([step("0", "2"), step("10", "2.01")])).toBe(
      "is dearer by quantity from 10 on (2.01) than before (2)",
    );
    fc.assert(fc.property(both, (steps) => ladderFault(steps) === null));
  });
});

describe("a rebate", () => {
  const steps = [
    { from: "1000", percent: "1" },
    { from: "5000", percent: "2.5" },
  ];

  it.each([
    ["below the first step", "all", "999.99", "0", "0.00", "0.01"],
    ["on the first step", "all", "1000", "1", "10.00", "4000"],
    ["of all, on the last step", "all", "5000.00", "2.5", "125.00", null],
    ["of what lies above each step", "above", "6000", "2.5", "65.00", null],
    ["of more credited than invoiced", "all", "-50", "0", "0.00", "1000"],
  ] as const)("%s", (_, on, invoiced, percent, accrued, missing) => {
    const rebate = rebateOn({ on, steps }, invoiced);
    expect([rebate.percent, rebate.accrued, rebate.next?.missing ?? null]).toEqual([percent, accrued, missing]);
  });

  it("never falls when more is invoiced, and never is above the highest percentage", () => {
    const cents = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(
      fc.property(cents, cents, fc.constantFrom("all", "above"), (one, more, on) => {
        const rule = { on, steps } as const;
        const accrued = (amount: number) => new Big(rebateOn(rule, new Big(amount).div(100).toFixed(2)).accrued);
        expect(accrued(one + more).gte(accrued(one))).toBe(true);
        expect(accrued(one).lte(new Big(one).div(100).times("0.025").plus("0.01"))).toBe(true);
      }),
    );
  });
});
