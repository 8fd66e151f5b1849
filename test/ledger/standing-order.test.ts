import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { order, type ShippingSchedule } from "../../src/documents/index.ts";
import {
  type ItemRelease,
  itemReleasesOf,
  type LedgerLine,
  linesReleased,
  movementsBetween,
  movementsOfOrder,
  openCalls,
  orderedInAll,
  type ShippedOnLine,
  standingOrder,
} from "../../src/ledger/index.ts";

type Wanted = readonly [date: string, quantity: string, commitment?: string];

function aRelease(wanted: readonly Wanted[], more: Partial<ItemRelease> = {}): ItemRelease {
  return {
    item: "40217-A",
    productIds: [{ qualifier: "BP", id: "40217-A" }],
    shipTo: { qualifier: "92", id: "P2" },
    order: "PO55",
    orderLine: "7",
    unit: "EA",
    release: "1",
    date: "2025-08-04",
    horizon: { start: "2025-08-04" },
    isNetChange: false,
    needs: wanted.map(([date, quantity, commitment = "C"]) => ({ date, quantity, commitment, timing: "D" })),
    path: "lines.0",
    ...more,
  };
}

const schedule: ShippingSchedule = {
  documentType: "shipping-schedule",
  account: "tamarack-motors",
  usage: "production",
  purpose: { code: "05" },
  number: "SS-1",
  date: "2025-08-07",
  scheduleType: { code: "DL" },
  horizonStart: "2025-08-11",
  horizonEnd: "2025-08-15",
  orderNumber: "PO55",
  parties: [
    { role: "SU", name: "CEDAR RIVER SUPPLY", id: "C4471" },
    { role: "ST", idQualifier: "92", id: "P2" },
  ],
  lines: [{ productIds: [{ qualifier: "BP", id: "40217-A" }], unitPrice: { unit: "EA" } }],
};

describe("what a release orders of an item", () => {
  const firmAndPlanned: Wanted[] = [
    ["2025-08-11", "300"],
    ["2025-08-25", "600", "D"],
  ];
  const counted = (quantity: string) => ({ received: { quantity, from: "2025-08-01" } });
  const shipped = (quantity: string, date = "2025-08-08"): ShippedOnLine => ({ quantity, date });

  test.each<[string, "planning-schedule" | "shipping-schedule", ItemRelease, ShippedOnLine[], string, string[]]>([
    ["firm quantities of a plan alone", "planning-schedule", aRelease(firmAndPlanned), [], "300", ["300"]],
    ["all of a shipping schedule", "shipping-schedule", aRelease(firmAndPlanned), [], "900", ["300", "600"]],
    [
      "on top of what was shipped",
      "shipping-schedule",
      aRelease([["2025-08-11", "5"]]),
      [shipped("300")],
      "305",
      ["5"],
    ],
    [
      "less what is on its way, the earliest first",
      "shipping-schedule",
      aRelease(firmAndPlanned, counted("100")),
      [shipped("100"), shipped("400")],
      "1000",
      ["500"],
    ],
    [
      "with nothing on its way where the count is further than ours",
      "shipping-schedule",
      aRelease(firmAndPlanned, counted("5000")),
      [shipped("300")],
      "1200",
      ["300", "600"],
    ],
    [
      "with what was shipped before the count began not on its way",
      "shipping-schedule",
      aRelease(firmAndPlanned, counted("0")),
      [shipped("300", "2025-07-30")],
      "1200",
      ["300", "600"],
    ],
    [
      "no less than what was shipped, where more is on its way than it wants",
      "shipping-schedule",
      aRelease([["2025-08-11", "100"]], counted("0")),
      [shipped("300")],
      "300",
      [],
    ],
    ["nothing, where it wants nothing", "planning-schedule", aRelease([]), [], "0", []],
  ])("is %s", (_, kind, release, before, total, open) => {
    const calls = openCalls(kind, release, before);
    expect(calls.map(({ quantity }) => quantity)).toEqual(open);
    expect(orderedInAll(calls, before)).toBe(total);
  });
});

describe("the lines of a standing order", () => {
  it("are one for each item and place, with the buyer's line number, and keep the price that a release leaves out", () => {
    const first = linesReleased([], [{ release: aRelease([], { price: "4.15" }), quantity: "300" }], "USD");
    const elsewhere = aRelease([], { shipTo: { qualifier: "92", id: "P9" } });
    const other = aRelease([], { item: "B", productIds: [{ qualifier: "BP", id: "B" }], orderLine: "8" });
    const after = linesReleased(
      first,
      [
        { release: aRelease([]), quantity: "200", requested: "2025-08-11" },
        { release: elsewhere, quantity: "10" },
        { release: other, quantity: "1" },
      ],
      "USD",
    );
    expect(after.map(({ key, line, quantity, price, requested }) => [key, line, quantity, price, requested])).toEqual([
      ["1@92:P2", "7", "200", "4.15", "2025-08-11"],
      ["1@92:P9", "7", "10", undefined, undefined],
      ["2@92:P2", "8", "1", undefined, undefined],
    ]);
    const document = standingOrder("PO55", schedule, after);
    expect(order.parse(document)).toMatchObject({
      number: "PO55",
      parties: [{ role: "SU" }],
      lines: [
        { line: "7", quantity: "210", quantitiesByLocation: [{ location: "P2" }, { location: "P9" }] },
        { line: "8", quantity: "1" },
      ],
    });
  });

  it("take the order and its line from the part, and the order else from the schedule", () => {
    const [part] = schedule.lines;
    const named = [...(part?.productIds ?? []), { qualifier: "PO", id: "PO77" }, { qualifier: "PL", id: "3" }];
    const lines = [...schedule.lines, { productIds: named, unitPrice: { unit: "EA", price: "2" } }];
    expect(
      itemReleasesOf({ ...schedule, lines }).map(({ order, orderLine, price }) => [order, orderLine, price]),
    ).toEqual([
      ["PO55", undefined, undefined],
      ["PO77", "3", "2"],
    ]);
  });
});

describe("over any sequence of releases and shipments", () => {
  const quantity = fc.integer({ min: 0, max: 500 }).map(String);
  const needs = fc.array(
    fc.tuple(fc.constantFrom("2025-08-11", "2025-08-13", "2025-08-25"), quantity, fc.constantFrom("C", "D")),
    { maxLength: 4 },
  );
  const steps = fc.array(
    fc.oneof(
      fc.record({ needs, received: fc.option(quantity, { nil: undefined }) }),
      fc.record({ shipped: fc.integer({ min: 1, max: 400 }).map(String) }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it("ordered and changed are what the last release calls for and what was shipped before it, less what is on its way", () => {
    fc.assert(
      fc.property(steps, fc.constantFrom("planning-schedule", "shipping-schedule"), (story, kind) => {
        let lines: LedgerLine[] = [];
        const shipped: ShippedOnLine[] = [];
        let posted = new Big(0);
        let expected = new Big(0);
        for (const step of story) {
          if ("shipped" in step) {
            shipped.push({ quantity: step.shipped });
            continue;
          }
          const release = aRelease(
            step.needs,
            step.received === undefined ? {} : { received: { quantity: step.received } },
          );
          const total = orderedInAll(openCalls(kind, release, shipped), shipped);
          const after = linesReleased(lines, [{ release, quantity: total }], undefined);
          const document = standingOrder("PO55", schedule, after);
          const movements =
            lines.length === 0 ? movementsOfOrder(document, after) : movementsBetween(document, lines, after);
          for (const movement of movements) posted = posted.plus(movement.quantity);
          lines = after;

          const before = shipped.reduce((sum, one) => sum.plus(one.quantity), new Big(0));
          const wanted = step.needs
            .filter(([, , commitment]) => kind === "shipping-schedule" || commitment === "C")
            .reduce((sum, [, one]) => sum.plus(one), new Big(0));
          // With a count, goods that it lacks are on their way: what is wanted in all is the count and the needs.
          const inAll = step.received === undefined ? before.plus(wanted) : wanted.plus(step.received);
          expected = inAll.lt(before) ? before : inAll.gt(before.plus(wanted)) ? before.plus(wanted) : inAll;
        }
        expect(posted.toFixed()).toBe(expected.toFixed());
        expect(lines.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
