import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CustomerFigures, monthsOf } from "../../../src/accounts/scoring/figures.ts";
import { paretoOf } from "../../../src/accounts/scoring/pareto.ts";
import { rankCustomers, totalScore } from "../../../src/accounts/scoring/ranking.ts";
import { scoreComponents } from "../../../src/accounts/scoring/settings.ts";
import { customerWith, settingsWith, year } from "./customers.ts";

const cents = fc.integer({ min: -50_000, max: 5_000_000 }).map((amount) => new Big(amount).div(100).toFixed(2));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** Customers of every kind: with and without facts, sales, credits and disputes. */
const customers = fc
  .array(
    fc.record({
      sales: fc.dictionary(fc.constantFrom(...monthsOf(year)), cents, { maxKeys: 12 }),
      account: fc.boolean(),
      regions: fc.subarray(["East", "North", "South", "West"]),
      since: maybe(fc.constantFrom("1998-05-01", "2020-02-29", "2025-12-31")),
      agreement: maybe(fc.constantFrom("A", "B")),
      locations: maybe(fc.nat(200)),
      centralBuying: maybe(fc.boolean()),
      serviceLevel: maybe(fc.constantFrom("standard", "critical", "unheard-of")),
      profitableShare: maybe(fc.nat(100).map(String)),
      disputed: fc.nat(90_000).map((amount) => new Big(amount).div(100).toFixed(2)),
      checked: fc.nat(50),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) =>
    all.map(({ sales, account, disputed, checked, ...facts }, index): CustomerFigures => {
      const id = `c-${String(index).padStart(2, "0")}`;
      const prices = { checked, rejected: Math.floor(checked / 3) };
      return customerWith(id, {
        sales,
        disputed,
        prices,
        account: account ? id : null,
        facts: { ...facts, margin: null },
      });
    }),
  );

describe("Pareto", () => {
  const amounts = fc
    .array(cents, { minLength: 1, maxLength: 60 })
    .map((all) => all.map((amount, index) => ({ customer: `c-${String(index).padStart(2, "0")}`, amount })));

  test("comes to the total, falls from place to place, and takes the fewest who bring the share", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 100 }).map(String), (all, asked) => {
        const { places, total, customers: large, smallestLarge } = paretoOf(all, asked);
        const sum = (some: typeof places) => some.reduce((so, { amount }) => so.plus(amount), new Big(0));
        expect(sum(places).eq(total)).toBe(true);
        for (const [index, { amount }] of places.entries()) {
          if (index > 0) expect(new Big(amount).lte(places[index - 1]?.amount ?? 0)).toBe(true);
        }
        if (new Big(total).lte(0)) {
          expect([large, smallestLarge]).toEqual([0, null]);
          return;
        }
        expect(places.at(-1)?.cumulative).toBe("100.00");
        const target = new Big(total).times(asked).div(100);
        expect(sum(places.slice(0, large)).gte(target)).toBe(true);
        expect(sum(places.slice(0, large - 1)).lt(target)).toBe(true);
        expect(places.map((place) => place.large)).toEqual(places.map((_, index) => index < large));
        expect(smallestLarge).toBe(places[large - 1]?.amount);
      }),
    );
  });
});

describe("a ranking", () => {
  test("does not depend on the order in which customers are given", () => {
    const shuffled = customers.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(rankCustomers(other, year, settingsWith())).toEqual(rankCustomers(all, year, settingsWith()));
      }),
    );
  });

  test("has every customer once, by falling score, each the weighted mean of what is shown", () => {
    fc.assert(
      fc.property(customers, fc.constantFrom("zero" as const, "leave-out" as const), (all, unknown) => {
        const ranked = rankCustomers(all, year, settingsWith({ unknown })).customers;
        expect(ranked.map(({ customer }) => customer).sort()).toEqual(all.map(({ customer }) => customer).sort());
        for (const [index, { rank, score, components }] of ranked.entries()) {
          expect(rank).toBe(index + 1);
          if (index > 0) expect(new Big(score).lte(ranked[index - 1]?.score ?? 0)).toBe(true);
          expect(components.map(({ component }) => component)).toEqual([...scoreComponents]);
          expect(score).toBe(totalScore(components));
          for (const part of components) {
            if (part.score !== null) expect(new Big(part.score).gte(0) && new Big(part.score).lte(100)).toBe(true);
          }
        }
      }),
    );
  });

  test("does not change when all weights are multiplied", () => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 2, max: 40 }), (all, times) => {
        const plain = settingsWith();
        const weights = Object.fromEntries(
          Object.entries(plain.weights).map(([name, weight]) => [name, new Big(weight).times(times).toFixed()]),
        );
        const scores = (settings: typeof plain) =>
          rankCustomers(all, year, settings).customers.map(({ customer, score }) => [customer, score]);
        expect(scores(settingsWith({ weights }))).toEqual(scores(plain));
      }),
    );
  });

  /** What raises each component of the first customer, everything else being equal. */
  const raises: Record<string, (figures: CustomerFigures, by: number) => CustomerFigures> = {
    volume: (figures, by) => ({
      ...figures,
      sales: { ...figures.sales, "2025-01": new Big(figures.sales["2025-01"] ?? 0).plus(by).toFixed() },
    }),
    profitableShare: ({ facts, ...figures }, by) => ({
      ...figures,
      facts: { ...facts, profitableShare: String(Math.min(100, Number(facts.profitableShare ?? 0) + by)) },
    }),
    centralBuying: ({ facts, ...figures }, by) => ({
      ...figures,
      facts: { ...facts, centralBuying: true, locations: (facts.locations ?? 0) + by },
    }),
    regions: ({ facts, ...figures }) => ({
      ...figures,
      facts: { ...facts, regions: [...new Set([...facts.regions, "Abroad"])] },
    }),
    serviceLevel: ({ facts, ...figures }) => ({ ...figures, facts: { ...facts, serviceLevel: "critical" } }),
    relationship: ({ facts, ...figures }) => ({ ...figures, facts: { ...facts, since: "1990-01-01" } }),
    priceSensitivity: (figures, by) => ({ ...figures, disputed: new Big(figures.disputed).plus(by).toFixed() }),
  };

  test.each(Object.entries(raises))("gives no less for %s the more there is of it", (component, raise) => {
    fc.assert(
      fc.property(customers, fc.integer({ min: 1, max: 20_000 }), (all, by) => {
        const [first, ...others] = all as [CustomerFigures, ...CustomerFigures[]];
        const scoreIn = (figures: CustomerFigures) =>
          rankCustomers([figures, ...others], year, settingsWith())
            .customers.find(({ customer }) => customer === first.customer)
            ?.components.find((one) => one.component === component)?.score ?? "";
        expect(new Big(scoreIn(raise(first, by))).gte(scoreIn(first))).toBe(true);
      }),
    );
  });

  test("the total rises with each component that has a weight", () => {
    const parts = fc.array(fc.record({ score: fc.nat(100).map(String), weight: fc.nat(50).map(String) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(parts, fc.nat(100), (all, higher) => {
        const [first, ...rest] = all as [(typeof all)[number], ...typeof all];
        const more = { ...first, score: String(Math.max(Number(first.score), higher)) };
        expect(Number(totalScore([more, ...rest]))).toBeGreaterThanOrEqual(Number(totalScore(all)));
      }),
    );
  });
});
