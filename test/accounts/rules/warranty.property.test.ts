import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chooseWarranty,
  lastDayOf,
  type WarrantyFacts,
  type WarrantyRule,
  warrantedLine,
  warrantyRule,
} from "../../../src/accounts/rules/warranty.ts";
import { carryWarranties, type WarrantyCarrier } from "../../../src/accounts/rules/warranty-carriers.ts";
import type { OrderResponse } from "../../../src/documents/index.ts";
import { order } from "../profiles.ts";

const products = ["100", "101", "200"];
const places = ["0117", "0318"];
const days = ["2025-01-01", "2025-03-10", "2025-06-30"];
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const terms = fc
  .record({
    months: fc.integer({ min: 1, max: 60 }),
    products: maybe(fc.subarray(products, { minLength: 1 }).map((ids) => [{ ids }])),
    class: maybe(fc.constantFrom("ones", "twos")),
    shipTo: maybe(fc.subarray(places, { minLength: 1 })),
    validFrom: maybe(fc.constantFrom(...days.slice(0, 2))),
    validTo: maybe(fc.constantFrom(...days.slice(1))),
  })
  .map((one) => ({ ...one, coverage: `${one.months} MONTHS` }));
const rule = fc.array(terms, { minLength: 1, maxLength: 6 }).map((all) =>
  warrantyRule.parse({
    classes: [
      { name: "ones", products: [{ beginningWith: ["1"] }] },
      { name: "twos", products: [{ beginningWith: ["2"] }] },
    ],
    terms: all.map((one, at) => ({ ...one, id: `T${at}` })),
  }),
);
const facts = fc.record<WarrantyFacts>({
  productIds: fc.constantFrom(...products).map((id) => [{ qualifier: "UP", id }]),
  shipTo: fc.subarray(places),
  orderedOn: fc.constantFrom(...days),
});
const only = (all: WarrantyRule, id: string): WarrantyRule => ({
  ...all,
  terms: all.terms.filter((one) => one.id === id),
});

describe("the terms of a line", () => {
  it("are the same in whatever order the rule lists them", () => {
    fc.assert(
      fc.property(rule, facts, fc.infiniteStream(fc.nat()), (all, known, dice) => {
        const shuffled = all.terms
          .map((one) => ({ one, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect(chooseWarranty({ ...all, terms: shuffled }, known)).toEqual(chooseWarranty(all, known));
      }),
    );
  });

  it("fit it by themselves, are chosen wherever any fit, and say why", () => {
    fc.assert(
      fc.property(rule, facts, (all, known) => {
        const chosen = chooseWarranty(all, known);
        const fitting = all.terms.filter(({ id }) => chooseWarranty(only(all, id), known) !== null);
        expect(chosen?.terms).toSatisfy((id) =>
          id === undefined ? fitting.length === 0 : fitting.some((one) => one.id === id),
        );
        if (chosen) expect(chosen.reason).toContain(`The terms "${chosen.terms}" were in force on ${known.orderedOn}`);
      }),
    );
  });

  it("are never beaten by less specific ones: a product, then a class, then a place, then the later day", () => {
    const worth = ({ products: named, class: of, shipTo, validFrom = "" }: WarrantyRule["terms"][number]) =>
      [named ? 2 : of ? 1 : 0, shipTo ? 1 : 0, validFrom].join(" ");
    fc.assert(
      fc.property(rule, facts, (all, known) => {
        const chosen = all.terms.find(({ id }) => id === chooseWarranty(all, known)?.terms);
        fc.pre(chosen !== undefined);
        for (const one of all.terms) {
          if (chooseWarranty(only(all, one.id), known) === null || !chosen) continue;
          expect(worth(chosen) >= worth(one)).toBe(true);
        }
      }),
    );
  });

  it("stay with the line that has some, whatever the rule says now", () => {
    fc.assert(
      fc.property(rule, rule, fc.constantFrom(...products), (before, after, id) => {
        const [line] = order().lines;
        const first = warrantedLine(before, order(), { ...line!, productIds: [{ qualifier: "UP", id }] });
        fc.pre(first.warranty !== undefined);
        expect(warrantedLine(after, order(), first)).toBe(first);
      }),
    );
  });
});

describe("the last day of a warranty", () => {
  it.each([
    ["2025-03-24", 24, "2027-03-23"],
    ["2025-01-31", 1, "2025-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2025-03-01", 1, "2025-03-31"],
  ])("from %s for %i months is %s", (from, months, until) => {
    expect(lastDayOf(from, months)).toBe(until);
  });

  it("is no earlier for a later beginning or for more months", () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((at) => new Date(Date.UTC(2000, 0, 1 + at)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 120 }), fc.nat(24), (one, other, months, more) => {
        const [first, second] = [one, other].sort() as [string, string];
        expect(lastDayOf(first, months) <= lastDayOf(second, months)).toBe(true);
        expect(lastDayOf(first, months) <= lastDayOf(first, months + more)).toBe(true);
        expect(lastDayOf(first, months) > first).toBe(true);
      }),
    );
  });
});

describe("a document that carries warranties", () => {
  it("says each once, however often it is carried", () => {
    const carriers: WarrantyCarrier[] = ["PID", "N9", "REF*QS", "REF*QT"];
    const response: OrderResponse = {
      documentType: "order-response",
      account: "north-hardware",
      usage: "production",
      purpose: { code: "00" },
      acknowledgmentType: { code: "AD" },
      order: { number: "4711", date: "2025-03-10" },
      lines: [
        {
          productIds: [],
          acknowledgments: [],
          warranty: {
            ...{ terms: "A", coverage: "12 MONTHS", months: 12, begins: "shipment", reason: "so" },
            ...{ coverageCode: "W12", registration: "R1" },
          },
        },
        { productIds: [], acknowledgments: [] },
      ],
    };
    fc.assert(
      fc.property(fc.subarray(carriers), (some) => {
        const on = { "855": some, "856": [], "810": [] };
        const once = carryWarranties(on, response) as OrderResponse;
        expect(carryWarranties(on, once)).toEqual(once);
        expect(once.lines[1]).toEqual(response.lines[1]);
        const { descriptions = [], notes = [], references = [] } = once.lines[0] ?? {};
        expect(descriptions.length + notes.length + references.length).toBe(some.length);
      }),
    );
  });
});
