import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumOf } from "../../src/ledger/amount.ts";
import type { LedgerEntry } from "../../src/ledger/figures.ts";
import type { Movement } from "../../src/ledger/movement.ts";
import { placeMovement, placeMovements } from "../../src/ledger/place.ts";
import { anOrder, anOrderLine, quantities, standing } from "./orders.ts";

const stores = anOrder({
  lines: [
    anOrderLine({
      quantity: "35",
      quantitiesByLocation: [
        { idQualifier: "92", location: "0042", quantity: "10", unit: "EA" },
        { idQualifier: "92", location: "0043", quantity: "20", unit: "EA" },
        { idQualifier: "92", location: "0044", quantity: "5", unit: "EA" },
      ],
    }),
    anOrderLine({ line: "002", productIds: [{ qualifier: "VN", id: "TANK-9" }], quantity: "6" }),
  ],
});

function shipped(change: Partial<Movement>): Movement {
  return {
    kind: "shipped",
    order: { number: "4500012345" },
    productIds: [],
    quantity: "1",
    path: "items.0",
    ...change,
  };
}

function entry(change: Partial<LedgerEntry>): LedgerEntry {
  return { kind: "shipped", quantity: "1", document: "d1", ...change };
}

/** Where it went, as "key quantity amount". */
function sharesOf(lines: ReturnType<typeof standing>, ...movements: Movement[]): string[] {
  return placeMovements(lines, movements).placed.map(({ key, quantity, amount }) => `${key} ${quantity} ${amount}`);
}

describe("a movement", () => {
  it.each<[string, Partial<Movement>, string[]]>([
    ["by line number, zeros aside", { line: "2" }, ["2@92:DC07 1 5.00"]],
    ["by product", { productIds: [{ qualifier: "VN", id: "TANK-9" }] }, ["2@92:DC07 1 5.00"]],
    [
      "by product where its line numbers are its own",
      { line: "1", productIds: [{ qualifier: "VN", id: "TANK-9" }] },
      ["1@92:0042 1 5.00"],
    ],
    [
      "by an EAN where the order has the U.P.C.",
      { productIds: [{ qualifier: "EN", id: "0036000291452" }], location: { id: "43" } },
      ["1@92:0043 1 5.00"],
    ],
    ["by ledger line", { key: "1@92:0044" }, ["1@92:0044 1 5.00"]],
    ["on its store", { line: "1", location: { qualifier: "92", id: "0043" }, quantity: "7" }, ["1@92:0043 7 35.00"]],
    [
      "on all stores one after the other where it names the warehouse",
      { line: "1", location: { id: "DC07" }, quantity: "33" },
      ["1@92:0042 10 50.00", "1@92:0043 20 100.00", "1@92:0044 3 15.00"],
    ],
    [
      "on the last store where it is more than all of them want",
      { line: "1", quantity: "40" },
      ["1@92:0042 10 50.00", "1@92:0043 20 100.00", "1@92:0044 10 50.00"],
    ],
    [
      "with its own amount shared to the cent",
      { line: "1", quantity: "35", amount: "100.00" },
      ["1@92:0042 10 28.57", "1@92:0043 20 57.14", "1@92:0044 5 14.29"],
    ],
  ])("is placed %s", (_, change, shares) => {
    expect(sharesOf(standing(stores), shipped(change))).toEqual(shares);
  });

  it("fills what earlier shipments left open, and what its own document has not filled yet", () => {
    const lines = standing(stores, { "1@92:0042": [entry({ quantity: "8" })] });
    expect(sharesOf(lines, shipped({ line: "1", quantity: "5" }), shipped({ line: "1", quantity: "18" }))).toEqual([
      "1@92:0042 2 10.00",
      "1@92:0043 3 15.00",
      "1@92:0043 17 85.00",
      "1@92:0044 1 5.00",
    ]);
  });

  it("of an invoice bills what was shipped first, and then what was only ordered", () => {
    const lines = standing(stores, { "1@92:0043": [entry({ quantity: "20" })] });
    expect(sharesOf(lines, shipped({ kind: "invoiced", line: "1", quantity: "25" }))).toEqual([
      "1@92:0043 20 100.00",
      "1@92:0042 5 25.00",
    ]);
  });

  it("of a credit memo takes back what was invoiced", () => {
    const lines = standing(stores, { "1@92:0043": [entry({ kind: "invoiced", quantity: "20" })] });
    expect(sharesOf(lines, shipped({ kind: "invoiced", line: "1", quantity: "-3", amount: "-15.00" }))).toEqual([
      "1@92:0043 -3 -15.00",
    ]);
  });

  it.each<[string, Partial<Movement>, string[]]>([
    ["what is odd: another place than ordered", { line: "2", location: { id: "DC09" } }, ["location-differs"]],
    ["what is odd: found by its product", { productIds: [{ qualifier: "VN", id: "TANK-9" }] }, ["found-by-product"]],
    ["what is odd: more than the line can take", { line: "2", quantity: "7" }, ["beyond-the-line"]],
    ["nothing where nothing is odd", { line: "2", quantity: "6" }, []],
  ])("says %s", (_, change, remarks) => {
    expect(placeMovement(standing(stores), shipped(change)).placed.map((one) => one.remarks)).toEqual([remarks]);
  });

  it.each<[string, Partial<Movement>, string]>([
    ["line-unknown", { line: "9" }, "the order has no line 9"],
    ["line-unknown", {}, "it names neither a line nor a product"],
    ["line-unknown", { key: "9@92:0042" }, "the order has no ledger line 9@92:0042"],
    ["product-unknown", { productIds: [{ qualifier: "VN", id: "X" }] }, "no line of the order is of VN X"],
    [
      "contradiction",
      { line: "2", productIds: [{ qualifier: "VN", id: "X" }] },
      "line 2 of the order is another product than VN X",
    ],
    ["location-unknown", { line: "1", location: { id: "9" } }, "line 1 goes to 3 places, and 9 is none of them"],
    ["unit-differs", { line: "2", unit: "CA" }, "it counts in CA, and the order in EA"],
  ])("that belongs nowhere comes back with the reason: %s", (reason, change, message) => {
    const movement = shipped(change);
    const { placed, unplaced } = placeMovement(standing(stores), movement);
    expect(placed).toEqual([]);
    expect(unplaced).toMatchObject([{ movement, reason, message: expect.stringContaining(message) }]);
  });

  it("is ambiguous where two lines are of its product, and of no order where there is none", () => {
    const twice = standing(anOrder({ lines: [anOrderLine(), anOrderLine({ line: "2" })] }));
    const productIds = [{ qualifier: "UP", id: "036000291452" }];
    expect(placeMovement(twice, shipped({ productIds })).unplaced).toMatchObject([{ reason: "ambiguous" }]);
    expect(placeMovement([], shipped({ line: "1" })).unplaced).toMatchObject([
      { reason: "no-order", message: "order 4500012345 is not in the ledger" },
    ]);
  });

  it("is never dropped and never changed: its shares add up to it, quantity and amount", () => {
    const movements = fc.array(
      fc.record({
        kind: fc.constantFrom("shipped" as const, "invoiced" as const, "acknowledged" as const),
        line: fc.constantFrom("1", "2", "9"),
        location: fc.option(fc.constantFrom({ id: "0043" }, { id: "DC07" }, { id: "77" }), { nil: undefined }),
        quantity: fc.oneof(
          quantities,
          quantities.map((one) => `-${one}`),
          fc.constant("0"),
        ),
        amount: fc.option(quantities, { nil: undefined }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(movements, (list) => {
        const given = list.map(({ location, amount, ...one }, index) =>
          shipped({
            ...one,
            ...(location && { location }),
            ...(amount !== undefined && { amount }),
            path: String(index),
          }),
        );
        const { placed, unplaced } = placeMovements(standing(stores), given);
        for (const movement of given) {
          const shares = placed.filter((one) => one.movement === movement);
          if (unplaced.some((one) => one.movement === movement)) {
            expect(shares).toEqual([]);
            continue;
          }
          expect(sumOf(shares.map(({ quantity }) => quantity)).eq(movement.quantity)).toBe(true);
          if (movement.amount !== undefined) {
            expect(sumOf(shares.map(({ amount }) => amount)).eq(movement.amount)).toBe(true);
          }
        }
      }),
    );
  });
});
