import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BilledLine, priceCreditsDue, unitPriceOf } from "../../../src/accounts/prices/price-credit.ts";
import { lineAmount } from "../../../src/documents/invoice-totals.ts";

const ladder = {
  unit: "EA",
  priceBasis: "PE",
  steps: [
    { by: "volume" as const, from: "0", price: "10.00" },
    { by: "volume" as const, from: "100", price: "9.333" },
    { by: "volume" as const, from: "300", price: "8.15" },
  ],
};

/** What the steps come to, written down once more. */
const priceAt = (volume: number) => (volume >= 300 ? "8.15" : volume >= 100 ? "9.333" : undefined);

interface Billed {
  readonly quantity: number;
  readonly price: string;
}
const billed = fc.record({
  quantity: fc.integer({ min: 1, max: 90 }),
  price: fc.constantFrom("10.00", "9.333", "8.15", "12.345"),
});

/** Posts lines one after the other, and credits after each what has come due. @returns what was credited of each line */
function credited(lines: readonly Billed[]): Big[] {
  const sums = lines.map(() => new Big(0));
  for (let count = 1; count <= lines.length; count += 1) {
    const posted = lines.slice(0, count);
    const volume = String(posted.reduce((sum, { quantity }) => sum + quantity, 0));
    const { credits } = priceCreditsDue(posted.map((line, index) => ({ ...lineOf(line, index, volume, sums), index })));
    for (const { line, amount } of credits) sums[line.index] = (sums[line.index] as Big).plus(amount);
  }
  return sums;
}

function lineOf({ quantity, price }: Billed, index: number, volume: string, sums: readonly Big[]): BilledLine {
  return {
    ...{ orderLine: String(index), quantity: String(quantity), unit: "EA", price, priceBasis: "PE", ladder, volume },
    credited: (sums[index] as Big).toFixed(2),
  };
}

const amountAt = (quantity: number, price: string) =>
  new Big(lineAmount({ quantity: String(quantity), price, unit: "EA" }));

/** What is too much in the end: each line at its own price, less the line at the price of the last step. */
function expectedOf(lines: readonly Billed[]): Big[] {
  const price = priceAt(lines.reduce((sum, { quantity }) => sum + quantity, 0));
  return lines.map((line) =>
    price === undefined || new Big(line.price).lte(price)
      ? new Big(0)
      : amountAt(line.quantity, line.price).minus(amountAt(line.quantity, price)),
  );
}
const total = (amounts: readonly Big[]) => amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed(2);

describe("what is credited since a step was reached", () => {
  it("adds up to what was invoiced at old prices less the same at new ones, to the cent and line by line", () => {
    fc.assert(
      fc.property(fc.array(billed, { minLength: 1, maxLength: 20 }), (lines) => {
        expect(credited(lines).map(String)).toEqual(expectedOf(lines).map(String));
      }),
    );
  });

  it("is the same whatever the order in which lines are invoiced", () => {
    const shuffled = fc
      .array(billed, { minLength: 2, maxLength: 12 })
      .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
    fc.assert(
      fc.property(shuffled, ([lines, other]) => {
        expect(total(credited(lines))).toBe(total(credited(other)));
      }),
    );
  });

  it("is nothing when it is asked once more, and no line gets back more than it was billed too much", () => {
    fc.assert(
      fc.property(fc.array(billed, { minLength: 1, maxLength: 20 }), (lines) => {
        const sums = credited(lines);
        const volume = String(lines.reduce((sum, { quantity }) => sum + quantity, 0));
        const again = priceCreditsDue(lines.map((line, index) => lineOf(line, index, volume, sums)));
        expect(again).toEqual({ credits: [], over: "0.00" });
      }),
    );
  });

  it("is what is due by now or was due before, also where goods are taken back in between", () => {
    const moves = fc.array(fc.record({ ...{ quantity: fc.integer({ min: 1, max: 90 }), back: fc.boolean() } }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(moves, (all) => {
        const lines: Billed[] = [];
        let sums: Big[] = [];
        for (const { quantity, back } of all) {
          const standing = lines.reduce((sum, line) => sum + line.quantity, 0);
          lines.push({ quantity: back ? -Math.min(quantity, standing) : quantity, price: "10.00" });
          sums = [...sums, new Big(0)];
          const before = new Big(total(sums));
          const volume = String(lines.reduce((sum, line) => sum + line.quantity, 0));
          const { credits, over } = priceCreditsDue(
            lines.map((line, index) => ({ ...lineOf(line, index, volume, sums), index })),
          );
          for (const { line, amount } of credits) sums[line.index] = (sums[line.index] as Big).plus(amount);
          const due = new Big(total(expectedOf(lines)));
          expect([total(sums), over]).toEqual([
            (due.gt(before) ? due : before).toFixed(2),
            (due.gt(before) ? new Big(0) : before.minus(due)).toFixed(2),
          ]);
        }
      }),
    );
  });

  it("never goes below what is due by now, and says how much more there was where goods came back", () => {
    const line = { orderLine: "a", unit: "EA", price: "10.00", ladder, credited: "0" };
    const first = priceCreditsDue([{ ...line, quantity: "300", volume: "300" }]);
    expect(first).toMatchObject({ credits: [{ amount: "555.00", step: { from: "300" } }], over: "0.00" });
    const taken = { ...line, quantity: "-300", volume: "0" };
    expect(priceCreditsDue([{ ...line, quantity: "300", volume: "0", credited: "555.00" }, taken])).toEqual({
      credits: [],
      over: "555.00",
    });
  });

  it("is set off against what was taken back at the old price, first on the same order line", () => {
    const line = { unit: "EA", price: "10.00", ladder, credited: "0", volume: "300" };
    const { credits } = priceCreditsDue([
      { ...line, orderLine: "a", quantity: "100" },
      { ...line, orderLine: "b", quantity: "250" },
      { ...line, orderLine: "b", quantity: "-50" },
    ]);
    expect(credits.map(({ line: { orderLine }, amount }) => [orderLine, amount])).toEqual([
      ["a", "185.00"],
      ["b", "370.00"],
    ]);
  });

  it("heeds what prices are for: each, a hundred, a thousand", () => {
    const [credit] = priceCreditsDue([
      {
        ...{
          orderLine: "a",
          quantity: "5000",
          unit: "EA",
          price: "250.00",
          priceBasis: "HP",
          credited: "0",
          volume: "5000",
        },
        ladder: { ...ladder, priceBasis: "TP", steps: [{ by: "volume", from: "5000", price: "2400.00" }] },
      },
    ]).credits;
    // 5000 at 2.50 each, and at 2.40.
    expect(credit?.amount).toBe("500.00");
  });
});

describe("the price by the unit of a line that credits", () => {
  it("comes to the amount exactly, with as few decimals as do", () => {
    const cents = fc.integer({ min: 1, max: 10_000_000 }).map((one) => new Big(one).div(100).toFixed(2));
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 500_000 }), (amount, quantity) => {
        const price = unitPriceOf(amount, String(quantity));
        expect(lineAmount({ quantity: String(quantity), price: price as string })).toBe(amount);
      }),
    );
    expect([unitPriceOf("510.00", "600"), unitPriceOf("10.00", "3"), unitPriceOf("1.00", "0")]).toEqual([
      ...["0.85", "3.333", null],
    ]);
  });
});
