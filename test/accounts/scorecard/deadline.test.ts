import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarOf, calendarRule } from "../../../src/accounts/calendar.ts";
import type { Within } from "../../../src/accounts/rules/service-levels.ts";
import { dueAt, surelyInTime, verdictOn, withinWords } from "../../../src/accounts/scorecard/deadline.ts";

/** Monday to Friday, 08:00 to 17:00, closed on Good Friday. */
const account = { timeZone: "America/Chicago", calendar: calendarRule.parse({ holidays: ["2025-04-18"] }) };
const calendar = calendarOf(account);
const at = (local: string, zone = "-05:00") => new Date(`${local}:00${zone}`);

describe("the last instant in which an answer is in time", () => {
  it.each<[string, Within, string, string]>([
    ["minutes go by at night", { minutes: 30 }, "2025-04-16T22:00", "2025-04-16T22:30"],
    ["working hours wait for the morning", { workingHours: 2 }, "2025-04-16T22:00", "2025-04-17T10:00"],
    ["working hours pass over a holiday and a weekend", { workingHours: 2 }, "2025-04-17T16:00", "2025-04-21T09:00"],
    ["working days end at midnight", { workingDays: 1 }, "2025-04-16T09:00", "2025-04-18T00:00"],
    ["after the cut-off it counts for the next day", { workingDays: 1 }, "2025-04-16T17:00", "2025-04-22T00:00"],
    ["the same working day", { workingDays: 0 }, "2025-04-16T09:00", "2025-04-17T00:00"],
    ["the same working day, on a Saturday", { workingDays: 0 }, "2025-04-19T09:00", "2025-04-22T00:00"],
  ])("%s", (_, within, began, until) => {
    const due = dueAt(within, at(began), "arrival", calendar);
    expect([due.getTime(), due.getTime() + 1]).toContain(at(until).getTime());
  });

  it("of a day, however late, counts from that day", () => {
    const due = dueAt({ workingDays: 1 }, at("2025-04-16T17:00"), "day", calendar);
    expect(due.getTime() + 1).toBe(at("2025-04-18T00:00").getTime());
  });

  it.each<[Within, string]>([
    [{ minutes: 1 }, "1 minute"],
    [{ workingHours: 2 }, "2 working hours"],
    [{ workingDays: 0 }, "the same working day"],
    [{ workingDays: 3 }, "3 working days"],
  ])("of %j is said in words", (within, words) => expect(withinWords(within)).toBe(words));
});

describe("whether something was answered in time", () => {
  const within: Within = { workingHours: 2 };
  const began = at("2025-04-17T16:00");
  it.each<[string, string | null, string, string]>([
    ["an answer at the last instant", "2025-04-21T09:00", "2025-05-01T00:00", "in-time"],
    ["an answer a minute later", "2025-04-21T09:01", "2025-05-01T00:00", "late"],
    ["none, while there is time", null, "2025-04-21T08:59", "open"],
    ["none, when the time is over", null, "2025-04-21T09:01", "late"],
  ])("%s", (_, answered, asOf, verdict) => {
    const fact = { began, answered: answered === null ? null : at(answered) };
    expect(verdictOn(within, fact, "arrival", account, at(asOf))).toBe(verdict);
  });

  const spans = fc.oneof(
    fc.record({ minutes: fc.integer({ min: 1, max: 20_000 }) }),
    fc.record({ workingHours: fc.double({ min: 0.1, max: 300, noNaN: true }) }),
    fc.record({ workingDays: fc.integer({ min: 0, max: 40 }) }),
  );
  const moments = fc.date({ min: new Date("2024-01-01"), max: new Date("2026-12-31"), noInvalidDate: true });

  it("what the clock alone says is in time, the calendar says too, over every change of clocks", () => {
    const zones = fc.constantFrom("America/Chicago", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Tokyo");
    fc.assert(
      fc.property(spans, moments, zones, fc.constantFrom("arrival", "day"), (within, began, timeZone, beginsBy) => {
        const last = new Date(began.getTime() + surelyInTime(within));
        expect(last <= dueAt(within, began, beginsBy, calendarOf({ ...account, timeZone }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("what is answered later is never in time where what is answered earlier is late", () => {
    fc.assert(
      fc.property(spans, moments, fc.nat(9e8), fc.nat(9e8), (within, began, one, more) => {
        const verdict = (after: number) =>
          verdictOn(within, { began, answered: new Date(began.getTime() + after) }, "arrival", account, began);
        if (verdict(one) === "late") expect(verdict(one + more)).toBe("late");
      }),
    );
  });
});
