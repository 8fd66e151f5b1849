import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { highestRank, placeInQueue, type Turn, turnAfter } from "../../src/pipeline/lane.ts";

const lanes = ["urgent", "high", "normal"] as const;
const turn = fc.record<Turn>({
  accountId: fc.constantFrom("harbor-retail", "summit-industrial", null),
  lane: fc.constantFrom(...lanes),
  rank: fc.nat(highestRank * 2),
});
const name = fc.constantFrom("interpret", "translate", "generate", "envelope", "deliver");

describe("the place of a job in the queue", () => {
  test("is before every job of a slower lane, whatever its rank", () => {
    fc.assert(
      fc.property(turn, turn, name, name, (one, other, its, others) => {
        fc.pre(lanes.indexOf(one.lane) < lanes.indexOf(other.lane));
        expect(placeInQueue(its, one)).toBeLessThan(placeInQueue(others, other));
      }),
    );
  });

  test("is one that the queue can hold", () => {
    fc.assert(
      fc.property(turn, name, (one, its) => {
        expect(placeInQueue(its, one)).toBeGreaterThanOrEqual(1);
        expect(placeInQueue(its, one)).toBeLessThanOrEqual(2_097_152);
      }),
    );
  });

  test("is later the more of its account's own work is open, and never depends on another account's", () => {
    fc.assert(
      fc.property(turn, name, fc.nat(1000), (one, its, more) => {
        const later = { ...one, rank: one.rank + more };
        expect(placeInQueue(its, later)).toBeGreaterThanOrEqual(placeInQueue(its, one));
        expect(placeInQueue(its, { ...one, accountId: "another" })).toBe(placeInQueue(its, one));
      }),
    );
  });

  test("of what nobody has judged is before that of an answer known not to be urgent", () => {
    const first = { accountId: null, lane: "normal", rank: 900 } as const;
    expect(placeInQueue("translate", first)).toBeLessThan(placeInQueue("generate", { ...first, rank: 0 }));
    expect(placeInQueue("generate", { ...first, rank: 0 })).toBeLessThan(
      placeInQueue("translate", { ...first, rank: 1001 }),
    );
  });

  test("goes on where the job before it stood, each of several behind the one before", () => {
    const before = { accountId: "harbor-retail", lane: "normal", rank: 7 } as const;
    expect([0, 1, 2].map((index) => turnAfter(before, {}, index).rank)).toEqual([7, 8, 9]);
    expect(turnAfter(before, { lane: "urgent" }, 0)).toEqual({ ...before, lane: "urgent" });
    expect(turnAfter(before, { account: "summit-industrial" }, 0).accountId).toBe("summit-industrial");
  });
});
