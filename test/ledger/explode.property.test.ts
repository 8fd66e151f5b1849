import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderLine } from "../../src/documents/index.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import { assembleOrder, explodeOrder } from "../../src/ledger/explode.ts";
import { anOrder, anOrderLine, quantities } from "./orders.ts";

const plainLine = quantities.map((quantity) => anOrderLine({ quantity }));
const storeLine: fc.Arbitrary<OrderLine> = fc
  .tuple(
    fc.uniqueArray(
      fc.tuple(fc.constantFrom("0007", "12", "DC07", "44"), fc.option(fc.constantFrom("A", "B"), { nil: undefined })),
      {
        minLength: 1,
        selector: ([store, part]) => `${store}/${part}`,
      },
    ),
    fc.array(quantities, { minLength: 8, maxLength: 8 }),
    fc.option(quantities, { nil: undefined }),
  )
  .map(([places, amounts, rest]) => {
    const quantitiesByLocation = places.map(([location, sublocation], index) => ({
      idQualifier: "92",
      location,
      quantity: amounts[index] ?? "1",
      unit: "EA",
      ...(sublocation !== undefined && { sublocation }),
    }));
    const total = sumOf([...quantitiesByLocation.map(({ quantity }) => quantity), rest]);
    return anOrderLine({ quantity: total.toFixed(), quantitiesByLocation });
  });
const orders = fc
  .array(fc.oneof(plainLine, storeLine), { minLength: 1, maxLength: 6 })
  .map((lines) => anOrder({ lines: lines.map((line, index) => ({ ...line, line: String(index + 1) })) }));

describe("an order taken apart by store", () => {
  it("is the same order when it is put together again", () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(assembleOrder(order, explodeOrder(order))).toEqual(order);
      }),
    );
  });

  it("gives the same ledger lines when it is put together and taken apart again", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const lines = explodeOrder(order);
        expect(explodeOrder(assembleOrder(order, lines))).toEqual(lines);
      }),
    );
  });

  it("loses no piece and has no key twice", () => {
    fc.assert(
      fc.property(orders, (order) => {
        const lines = explodeOrder(order);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        expect(sumOf(lines.map(({ quantity }) => quantity)).toFixed()).toBe(
          sumOf(order.lines.map(({ quantity }) => quantity)).toFixed(),
        );
      }),
    );
  });
});

describe("a ledger line", () => {
  it("is one for each store, with the warehouse that its goods go through", () => {
    const order = anOrder({
      lines: [
        anOrderLine({
          quantity: "35",
          quantitiesByLocation: [
            { idQualifier: "92", location: "0042", quantity: "10", unit: "EA" },
            { idQualifier: "92", location: "0043", quantity: "20", unit: "EA" },
            { idQualifier: "92", location: "0042", quantity: "2", unit: "EA" },
          ],
        }),
      ],
    });
    expect(explodeOrder(order)).toMatchObject([
      { key: "1@92:0042", quantity: "12", shipTo: { id: "DC07" }, location: { source: "line-quantities" } },
      { key: "1@92:0043", quantity: "20" },
      { key: "1", quantity: "3" },
    ]);
  });

  it("is at the line's own ship-to where it has one, else at the order's, else nowhere", () => {
    const own = anOrderLine({ parties: [{ role: "ST", id: "9" }] });
    expect(explodeOrder(anOrder({ lines: [own, anOrderLine()] })).map(({ key }) => key)).toEqual(["1@:9", "2@92:DC07"]);
    expect(explodeOrder(anOrder({ parties: [] })).map(({ key }) => key)).toEqual(["1"]);
  });

  it("has the day of its line, else its first schedule, else the order's, and the buyer's windows", () => {
    const lines = [
      anOrderLine({ dates: [{ qualifier: "106", date: "2025-03-15" }] }),
      anOrderLine({
        schedules: [
          { quantity: "5", unit: "EA", dates: [{ qualifier: "002", date: "2025-04-02" }] },
          { quantity: "5", unit: "EA", dates: [{ qualifier: "002", date: "2025-04-01" }] },
        ],
      }),
      anOrderLine({ dates: [{ qualifier: "001", date: "2025-03-25" }] }),
    ];
    const dates = [
      { qualifier: "010", date: "2025-03-18" },
      { qualifier: "001", date: "2025-04-30" },
      { qualifier: "037", date: "2025-03-12" },
    ];
    expect(
      explodeOrder(anOrder({ lines, dates })).map(({ requested, cancelAfter, shipNotBefore }) => [
        requested,
        cancelAfter,
        shipNotBefore,
      ]),
    ).toEqual([
      ["2025-03-15", "2025-04-30", "2025-03-12"],
      ["2025-04-01", "2025-04-30", "2025-03-12"],
      ["2025-03-18", "2025-03-25", "2025-03-12"],
    ]);
  });

  it("whose stores order in another unit than the line keeps the line's own quantity", () => {
    const order = anOrder({
      lines: [
        anOrderLine({
          quantity: "4",
          unit: "CA",
          quantitiesByLocation: [{ location: "1", quantity: "48", unit: "EA" }],
        }),
      ],
    });
    const lines = explodeOrder(order);
    expect(lines).toMatchObject([{ quantity: "48", unit: "EA" }]);
    expect(assembleOrder(order, lines)).toEqual(order);
    expect(new Big(lines[0]?.quantity ?? 0).eq(48)).toBe(true);
  });
});
