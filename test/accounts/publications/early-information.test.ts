import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { calendarRule } from "../../../src/accounts/calendar.ts";
import { type PublicationPlanInput, publicationPlan, tierOf } from "../../../src/accounts/publications/plan.ts";
import { correctionTimes, releaseTimes } from "../../../src/accounts/publications/release-times.ts";
import { availableOf, type StockReservation, withoutReserved } from "../../../src/accounts/publications/stock.ts";
import {
  decideAudience,
  earlyInformationRule,
  isWorthTelling,
  nextOccasion,
} from "../../../src/accounts/rules/early-information.ts";

const planOf = (input: PublicationPlanInput) => publicationPlan.parse(input);
const at = (instant: string) => new Date(instant);
const chicago = { timeZone: "America/Chicago", calendar: calendarRule.parse({ holidays: ["2026-11-26"] }) };

describe("release times", () => {
  it.each([
    ["hours go by any clock", { hours: 4 }, "2026-11-25T15:00:00-06:00", "2026-11-25T19:00:00-06:00"],
    [
      "working hours wait for the next day",
      { workingHours: 4 },
      "2026-11-25T15:00:00-06:00",
      "2026-11-27T10:00:00-06:00",
    ],
    ["working days keep the time of day", { workingDays: 2 }, "2026-11-25T15:00:00-06:00", "2026-11-30T15:00:00-06:00"],
    ["over a change of clocks too", { workingDays: 1 }, "2026-10-30T15:00:00-05:00", "2026-11-02T15:00:00-06:00"],
  ])("%s", (_, leads, start, next) => {
    const plan = planOf({ ...chicago, tiers: [{ name: "major", leads }, { name: "standard" }] });
    expect(releaseTimes(plan, at(start)).map((one) => one.at)).toEqual([at(start), at(next)]);
  });

  const leads = fc.oneof(
    fc.record({ hours: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ workingHours: fc.integer({ min: 0, max: 40 }) }),
    fc.record({ workingDays: fc.integer({ min: 0, max: 5 }) }),
  );
  const plans = fc.array(leads, { maxLength: 4 }).map((all) =>
    planOf({
      ...chicago,
      tiers: [...all.map((one, index) => ({ name: `tier-${index}`, leads: one })), { name: "last" }],
    }),
  );
  const moments = fc.date({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true });

  test("never come earlier for a lower tier, nor for a later publication, nor for a correction", () => {
    fc.assert(
      fc.property(plans, moments, moments, moments, (plan, first, second, corrected) => {
        const original = releaseTimes(plan, first);
        const next = releaseTimes(plan, second, original);
        const correction = correctionTimes(original, corrected, next);
        for (const times of [original, next, correction])
          for (let rank = 1; rank < times.length; rank++)
            expect(times[rank]?.at.getTime()).toBeGreaterThanOrEqual(times[rank - 1]?.at.getTime() ?? 0);
        for (const [rank, { at: planned }] of original.entries()) {
          expect(next[rank]?.at.getTime()).toBeGreaterThanOrEqual(planned.getTime());
          expect(correction[rank]?.at.getTime()).toBeGreaterThanOrEqual(next[rank]?.at.getTime() ?? 0);
          expect(correction[rank]?.at.getTime()).toBeGreaterThanOrEqual(corrected.getTime());
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("an account's schedule", () => {
  it.each([
    ["at once", "at-once", "2026-11-25T15:07:31-06:00", "2026-11-25T15:07:31-06:00"],
    ["every 15 minutes", { everyMinutes: 15 }, "2026-11-25T15:07:31-06:00", "2026-11-25T15:15:00-06:00"],
    ["every 15 minutes, on the minute", { everyMinutes: 15 }, "2026-11-25T15:15:00-06:00", "2026-11-25T15:15:00-06:00"],
    [
      "every 7 minutes begins anew at midnight",
      { everyMinutes: 7 },
      "2026-11-25T23:59:30-06:00",
      "2026-11-26T00:00:00-06:00",
    ],
    ["daily, later today", { daily: "06:00", days: "all" }, "2026-11-25T05:00:00-06:00", "2026-11-25T06:00:00-06:00"],
    ["daily, tomorrow", { daily: "06:00", days: "all" }, "2026-11-25T06:00:01-06:00", "2026-11-26T06:00:00-06:00"],
    [
      "on working days, past a holiday",
      { daily: "06:00", days: "working" },
      "2026-11-25T07:00:00-06:00",
      "2026-11-27T06:00:00-06:00",
    ],
    ["by the account's clock", { daily: "06:00", days: "all" }, "2026-11-26T05:00:00Z", "2026-11-26T12:00:00Z"],
  ] as const)("%s", (_, schedule, from, occasion) => {
    expect(nextOccasion(schedule, at(from), chicago)).toEqual(at(occasion));
  });
});

describe("a change", () => {
  it.each([
    ["is told where nothing was", { quantity: "10" }, null, "1", true],
    ["of nothing is not", undefined, "5", "5.0", false],
    ["of anything is, without a threshold", undefined, "5", "6", true],
    ["below the quantity is not", { quantity: "10" }, "100", "91", false],
    ["of the quantity is", { quantity: "10" }, "100", "90", true],
    ["of the share is", { percent: "5" }, "100", "95", true],
    ["below the share is not", { percent: "5" }, "100", "96", false],
    ["from nothing is more than any share", { percent: "50" }, "0", "1", true],
    ["by either is enough", { quantity: "1000", percent: "1" }, "100", "99", true],
  ])("%s", (_, threshold, before, now, worth) => {
    expect(isWorthTelling(threshold, before, now)).toBe(worth);
  });
});

test("what is kept for others is taken off, never below zero and never more than is kept", () => {
  const reservations = fc.array(
    fc.record({
      account: fc.constantFrom("own", "other", "third"),
      item: fc.constantFrom("1", "2"),
      qualifier: fc.constantFrom("", "UP"),
      quantity: fc.integer({ min: 0, max: 50 }).map(String),
      unit: fc.constant(""),
      until: fc.constantFrom(null, "2026-01-01", "2026-12-31"),
    }),
    { maxLength: 6 },
  );
  const stock = fc.array(fc.tuple(fc.constantFrom("1", "2"), fc.integer({ min: 0, max: 60 })), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(stock, reservations, (lines, kept: StockReservation[]) => {
      const before = lines.map(([id, quantity]) => ({
        productIds: [{ qualifier: "UP", id }],
        quantities: [{ qualifier: "33", quantity: String(quantity), unit: "EA" }],
      }));
      const after = withoutReserved(before, kept, "own", "2026-06-01");
      for (const id of ["1", "2"]) {
        const total = (all: typeof before | typeof after) =>
          all.filter((one) => one.productIds[0]?.id === id).reduce((sum, one) => sum + Number(availableOf(one)), 0);
        const others = kept
          .filter(
            (one) => one.item === id && one.account !== "own" && (one.until === null || one.until >= "2026-06-01"),
          )
          .reduce((sum, one) => sum + Number(one.quantity), 0);
        expect(total(after)).toBe(Math.max(0, total(before) - others));
      }
    }),
  );
});

test("the audience is decided with its reasons, and a tier that the plan lacks is no way to the front", () => {
  const plan = planOf({ tiers: [{ name: "major", leads: { hours: 2 } }, { name: "standard" }] });
  const releases = releaseTimes(plan, at("2026-11-25T12:00:00Z"));
  const account = (earlyInformation?: object) => ({
    ...chicago,
    id: "harbor-retail",
    ...(earlyInformation && { earlyInformation: earlyInformationRule.parse(earlyInformation) }),
  });
  const publication = { topic: "inventory", releases };
  expect(decideAudience(account(), plan, publication).gets).toBe(false);
  expect(decideAudience(account({ topics: [{ topic: "prices" }] }), plan, publication)).toMatchObject({ gets: false });
  const rule = { tier: "platinum", topics: [{ topic: "inventory" }] };
  expect(decideAudience(account(rule), plan, publication)).toMatchObject({
    ...{ gets: true, tier: "standard", embargoedUntil: at("2026-11-25T14:00:00Z") },
    reason: expect.stringContaining("The plan has no tier platinum"),
  });
  expect(tierOf(plan, "harbor-retail", { tier: "major" })).toBe("major");
  expect(earlyInformationRule.safeParse({ topics: [{ topic: "order-status" }] }).success).toBe(false);
});
