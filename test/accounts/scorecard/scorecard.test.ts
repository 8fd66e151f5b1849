import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serviceLevels } from "../../../src/accounts/rules/service-levels.ts";
import { daysBefore, daysOf } from "../../../src/accounts/scorecard/days.ts";
import { type FigureName, figureNames } from "../../../src/accounts/scorecard/measures.ts";
import { figureOf, scorecardOf, type Tally } from "../../../src/accounts/scorecard/scorecard.ts";
import { writeScorecard } from "../../../src/accounts/scorecard/scorecard-file.ts";
import { type ServiceGiven, valuesOf } from "../../../src/accounts/scorecard/value.ts";

const levels = serviceLevels.parse({ acknowledge: { minutes: 30 }, percentOnTime: 99, shipOnTime: 95 });
const none: Tally = { of: 0, count: 0, open: 0 };

describe("a figure", () => {
  it.each<[string, FigureName, Tally, object]>([
    ["is held against its target", "acknowledge", { of: 200, count: 199, open: 0 }, { percent: "99.50", met: true }],
    ["is missed below it", "acknowledge", { of: 200, count: 197, open: 0 }, { percent: "98.50", met: false }],
    [
      "leaves out what may still be in time",
      "shipOnTime",
      { of: 100, count: 57, open: 40 },
      { percent: "95.00", met: true },
    ],
    ["says nothing where there is nothing", "shipOnTime", none, { percent: null, met: null, target: "95.00" }],
    ["says nothing where all is open", "shipOnTime", { of: 3, count: 0, open: 3 }, { percent: null, met: null }],
    [
      "has no percentage where no time was agreed on",
      "invoice",
      { of: 9, count: 8, open: 1 },
      { count: 8, percent: null, target: null },
    ],
    [
      "of what went wrong has no target",
      "deductions",
      { of: 8, count: 1, open: 0 },
      { percent: "12.50", target: null, met: null },
    ],
    [
      "does not count as met because it was rounded",
      "shipOnTime",
      { of: 1_000_000, count: 949_996, open: 0 },
      { percent: "95.00", met: false },
    ],
  ])("%s", (_, name, tally, figure) => {
    expect(figureOf(name, tally, none, levels)).toMatchObject(figure);
  });

  it("says how it has changed, in points", () => {
    const before = { of: 10, count: 9, open: 0 };
    expect(figureOf("shipOnTime", { of: 10, count: 10, open: 0 }, before, levels).change).toBe("+10.00");
    expect(figureOf("shipOnTime", { of: 10, count: 8, open: 0 }, before, levels).change).toBe("-10.00");
    expect(figureOf("shipOnTime", before, before, undefined)).toMatchObject({
      change: "0.00",
      target: null,
      met: null,
    });
  });

  it("lies from 0 to 100 percent, and more in time is never less", () => {
    const tally = fc
      .tuple(fc.nat(500), fc.nat(500), fc.nat(500))
      .map(([count, late, open]): Tally => ({ of: count + late + open, count, open }));
    fc.assert(
      fc.property(tally, (one) => {
        const { percent, met } = figureOf("shipOnTime", one, none, levels);
        if (percent === null) {
          expect([one.of - one.open, met]).toEqual([0, null]);
          return;
        }
        expect(new Big(percent).gte(0) && new Big(percent).lte(100)).toBe(true);
        const better = figureOf("shipOnTime", { ...one, of: one.of + 1, count: one.count + 1 }, none, levels);
        expect(new Big(better.percent ?? 0).gte(percent)).toBe(true);
        if (met) expect(better.met).toBe(true);
      }),
    );
  });
});

const nothing: ServiceGiven = {
  ...{ orders: 0, raised: 0, withContact: 0, covered: {}, priced: [], rebates: [], invoices: 0 },
  ...{ separateInvoicing: false, waived: { orders: 0, amounts: [] }, told: { all: 0, ahead: 0, seconds: 0 } },
};
const line = {
  ...{ kind: "step" as const, currency: "USD", lines: 1, quantity: "100", unit: "EA", price: "9.00" },
  ...{ basis: null, instead: "10.00", insteadBasis: null },
};

describe("the value of services", () => {
  const worth = (name: string, given: Partial<ServiceGiven>) =>
    valuesOf({ ...nothing, ...given }, nothing).find(({ value }) => value === name);

  it.each<[string, string, Partial<ServiceGiven>, object]>([
    [
      "a step's price against the first",
      "belowFirstStep",
      { priced: [line] },
      { count: 1, amounts: [{ currency: "USD", amount: "100.00" }] },
    ],
    [
      "a price by the hundred",
      "belowFirstStep",
      { priced: [{ ...line, price: "900", basis: "HP", instead: "1000", insteadBasis: "HP" }] },
      { amounts: [{ currency: "USD", amount: "100.00" }] },
    ],
    [
      "two currencies, each by itself",
      "belowFirstStep",
      { priced: [line, { ...line, currency: "CAD" }] },
      {
        count: 2,
        amounts: [
          { currency: "CAD", amount: "100.00" },
          { currency: "USD", amount: "100.00" },
        ],
      },
    ],
    [
      "nothing where the first step's price is gone",
      "belowFirstStep",
      { priced: [{ ...line, instead: null }] },
      { count: 0, amounts: [] },
    ],
    [
      "nothing where the step is no cheaper",
      "belowFirstStep",
      { priced: [{ ...line, instead: "9.00" }] },
      { count: 0, amounts: [] },
    ],
    [
      "what was ordered above the agreed price",
      "orderedTooHigh",
      { priced: [line, { ...line, kind: "corrected", instead: "9.50" }] },
      { count: 1, amounts: [{ currency: "USD", amount: "50.00" }] },
    ],
    [
      "hours ahead of the last tier",
      "hoursAhead",
      { told: { all: 5, ahead: 2, seconds: 9_000 } },
      { count: 2, hours: "2.5" },
    ],
    ["items under each of their terms", "itemsCovered", { covered: { A: 3, B: 4 } }, { count: 7 }],
    ["no invoices where no rule says how", "invoicesAsAgreed", { invoices: 12 }, { count: 0 }],
    ["invoices where one does", "invoicesAsAgreed", { invoices: 12, separateInvoicing: true }, { count: 12 }],
  ])("counts %s", (_, name, given, value) => expect(worth(name, given)).toMatchObject(value));

  it("names all six services", () => {
    expect([...new Set(valuesOf(nothing, nothing).map(({ service }) => service))]).toEqual([
      ...["invoicing", "priority", "earlyInformation", "contact", "warranties", "prices"],
    ]);
  });
});

it("a scorecard as a file has a line for each figure and value, and no cell that a spreadsheet would run", () => {
  const tallies = Object.fromEntries(figureNames.map((name) => [name, none])) as Record<FigureName, Tally>;
  const facts = { tallies: { ...tallies, shipOnTime: { of: 2, count: 1, open: 0 } }, services: nothing };
  const days = daysOf("2025-03");
  const before = { ...facts, tallies: { ...tallies, shipOnTime: { of: 2, count: 2, open: 0 } } };
  const card = scorecardOf({ days, before: daysBefore(days) }, { now: facts, before }, levels);
  const lines = writeScorecard(card).trimEnd().split("\n");
  expect(lines).toHaveLength(1 + card.figures.length + card.values.length);
  expect(lines.find((one) => one.includes("shipOnTime"))).toMatch(
    /^shipment,shipOnTime,1,2,0,50\.00,,95\.00,no,.*,2,2,100\.00,,,-50\.00,/,
  );
  expect(lines.filter((one) => /(^|,)[=+@]/.test(one))).toEqual([]);
});
