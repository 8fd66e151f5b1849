import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, extendedAmount, moneyText } from "../../src/ledger/amount.ts";

const cents = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((value) => new Big(value).div(100));
const weights = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
  .map((list) => list.map(String));

describe("shares of a total", () => {
  it("add up to it exactly, each within one cent of its proportion", () => {
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        const shares = apportion(total, parts);
        expect(shares.reduce((sum, share) => sum.plus(share), new Big(0)).toFixed(2)).toBe(total.toFixed(2));
        const weight = parts.reduce((sum, part) => sum + Number(part), 0);
        shares.forEach((share, index) => {
          const fair = weight === 0 ? total.div(parts.length) : total.times(parts[index] ?? 0).div(weight);
          expect(share.minus(fair).abs().lt("0.01")).toBe(true);
        });
      }),
    );
  });

  it("give nothing to what weighs nothing, and never another sign than the total's", () => {
    fc.assert(
      fc.property(cents, weights, (total, parts) => {
        fc.pre(parts.some((part) => part !== "0"));
        apportion(total, parts).forEach((share, index) => {
          if (parts[index] === "0") expect(share.eq(0)).toBe(true);
          expect(share.times(total).gte(0)).toBe(true);
        });
      }),
    );
  });

  it.each([
    ["100.00", ["1", "1", "1"], ["33.34", "33.33", "33.33"]],
    ["-0.01", ["1", "1"], ["-0.01", "0.00"]],
    ["0.05", ["0", "0"], ["0.03", "0.02"]],
    ["10.005", ["1", "1"], ["5.003", "5.002"]],
    ["7", ["2", "1", "1"], ["3.50", "1.75", "1.75"]],
  ])("of %s by %j are %j", (total, parts, shares) => {
    expect(apportion(total, parts).map((share) => share.toFixed(Math.max(2, share.c.length - share.e - 1)))).toEqual(
      shares,
    );
  });

  it("of something among nobody are refused, and of nothing are none", () => {
    expect(() => apportion("1.00", [])).toThrow("nothing to apportion");
    expect(() => apportion("1.00", ["-1"])).toThrow("below zero");
    expect(apportion("0", [])).toEqual([]);
  });
});

describe("quantity times price", () => {
  it.each([
    ["250", "4.00", "HP", "10.00"],
    ["12", "10.00", "PD", "10.00"],
    ["1", "10.00", "PD", "0.83"],
    ["3", "0.335", undefined, "1.01"],
    ["1500", "12.50", "TP", "18.75"],
    ["-2", "5.00", "PE", "-10.00"],
  ])("%s at %s (%s) is %s", (quantity, price, basis, amount) => {
    expect(moneyText(extendedAmount(quantity, price, basis))).toBe(amount);
  });
});
