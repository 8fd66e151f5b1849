import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { Calendar, type CutOffs, calendarRule } from "../../src/accounts/calendar.ts";

const calendar = (rule: object = {}, timeZone = "America/Chicago") => new Calendar(calendarRule.parse(rule), timeZone);
const at = (instant: string) => new Date(instant);

describe("the working day that something counts for", () => {
  const account = calendar({ cutOff: "14:00", holidays: ["2026-11-26"] });
  it.each([
    ["before the cut-off, its own", "2026-11-25T13:59:00-06:00", "2026-11-25"],
    ["at the cut-off, the next", "2026-11-24T14:00:00-06:00", "2026-11-25"],
    ["before a holiday, the day after it", "2026-11-25T14:00:00-06:00", "2026-11-27"],
    ["on a holiday, the day after it", "2026-11-26T09:00:00-06:00", "2026-11-27"],
    ["at a weekend, Monday", "2026-11-28T09:00:00-06:00", "2026-11-30"],
    ["by the account's clock, not ours", "2026-11-25T03:00:00Z", "2026-11-25"],
  ])("is %s", (_, instant, day) => {
    expect(account.businessDay(at(instant))).toBe(day);
  });
});

describe("working hours", () => {
  it.each([
    ["go by within a day", "2026-11-23T09:00:00-06:00", 4, "2026-11-23T13:00:00-06:00"],
    ["may end as work ends", "2026-11-23T09:00:00-06:00", 8, "2026-11-23T17:00:00-06:00"],
    ["go over night", "2026-11-23T16:00:00-06:00", 2, "2026-11-24T09:00:00-06:00"],
    ["go over a weekend", "2026-11-27T16:30:00-06:00", 1.5, "2026-11-30T09:00:00-06:00"],
    ["wait for the morning", "2026-11-23T03:00:00-06:00", 0, "2026-11-23T08:00:00-06:00"],
    ["go over a change of clocks", "2026-03-06T16:00:00-06:00", 10, "2026-03-09T17:00:00-05:00"],
  ])("%s", (_, from, hours, until) => {
    expect(calendar().addWorkingHours(at(from), hours)).toEqual(at(until));
  });

  it("are an hour fewer in the night in which clocks go forward, where is worked at night", () => {
    const always = calendar({
      workingDays: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
      hours: { from: "00:00", to: "24:00" },
    });
    expect(always.addWorkingHours(at("2026-03-08T00:00:00-06:00"), 23)).toEqual(at("2026-03-09T00:00:00-05:00"));
    expect(always.addWorkingHours(at("2026-11-01T00:00:00-05:00"), 25)).toEqual(at("2026-11-02T00:00:00-06:00"));
  });
});

describe("the next cut-off", () => {
  const holidays = ["2026-11-26", "2026-12-25", "2026-12-31", "2027-01-01"];
  const friday = { every: "week" } as const;
  it.each<[string, CutOffs, string, string]>([
    ["of a day is that day's, before it", { every: "day" }, "2026-11-24T16:59:59-06:00", "2026-11-24T17:00:00-06:00"],
    ["of a day is the next day's, at it", { every: "day" }, "2026-11-24T17:00:00-06:00", "2026-11-25T17:00:00-06:00"],
    ["of a day leaves a holiday out", { every: "day" }, "2026-11-25T17:00:00-06:00", "2026-11-27T17:00:00-06:00"],
    ["of a day leaves a weekend out", { every: "day" }, "2026-11-28T09:00:00-06:00", "2026-11-30T17:00:00-06:00"],
    ["of a week is its friday", friday, "2026-11-23T09:00:00-06:00", "2026-11-27T17:00:00-06:00"],
    ["of a week is the next one's, at it", friday, "2026-11-27T17:00:00-06:00", "2026-12-04T17:00:00-06:00"],
    ["comes the working day before a holiday", friday, "2026-12-21T09:00:00-06:00", "2026-12-24T17:00:00-06:00"],
    ["that came before is over", friday, "2026-12-24T17:00:00-06:00", "2026-12-30T17:00:00-06:00"],
    [
      "may come the working day after",
      { ...friday, ifNotWorked: "after" },
      "2026-12-25T09:00:00-06:00",
      "2026-12-28T17:00:00-06:00",
    ],
    [
      "that comes after is not over on its own day",
      { ...friday, ifNotWorked: "after" },
      "2026-12-26T09:00:00-06:00",
      "2026-12-28T17:00:00-06:00",
    ],
    [
      "may come on the holiday all the same",
      { ...friday, ifNotWorked: "same-day" },
      "2026-12-24T18:00:00-06:00",
      "2026-12-25T17:00:00-06:00",
    ],
    [
      "of a week may be on another day, and at another time",
      { every: "week", on: "tuesday", cutOff: "09:30" },
      "2026-11-24T09:30:00-06:00",
      "2026-12-01T09:30:00-06:00",
    ],
    ["of a month is its last day", { every: "month" }, "2026-11-02T09:00:00-06:00", "2026-11-30T17:00:00-06:00"],
    ["of a year that ends on holidays", { every: "month" }, "2026-12-01T09:00:00-06:00", "2026-12-30T17:00:00-06:00"],
    [
      "of a month may be another day",
      { every: "month", dayOfMonth: 25 },
      "2026-11-25T17:00:00-06:00",
      "2026-12-24T17:00:00-06:00",
    ],
    [
      "of a short month is its last day",
      { every: "month", dayOfMonth: 31, ifNotWorked: "same-day" },
      "2027-02-01T09:00:00-06:00",
      "2027-02-28T17:00:00-06:00",
    ],
    ["is by the account's clock", { every: "day" }, "2026-11-25T04:00:00Z", "2026-11-25T23:00:00Z"],
    [
      "is an hour later where clocks skip it",
      { every: "month", dayOfMonth: 8, cutOff: "02:30", ifNotWorked: "same-day" },
      "2026-03-01T00:00:00-06:00",
      "2026-03-08T03:30:00-05:00",
    ],
    [
      "is the first of the two where it comes twice",
      { every: "month", dayOfMonth: 1, cutOff: "01:30", ifNotWorked: "same-day" },
      "2026-10-31T00:00:00-05:00",
      "2026-11-01T01:30:00-05:00",
    ],
    [
      "is over for good where it comes twice",
      { every: "month", dayOfMonth: 1, cutOff: "01:30", ifNotWorked: "same-day" },
      "2026-11-01T01:30:00-06:00",
      "2026-12-01T01:30:00-06:00",
    ],
  ])("%s", (_, cutOffs, from, until) => {
    expect(calendar({ holidays }).nextCutOff(at(from), cutOffs)).toEqual(at(until));
  });
});

describe("in any zone, over any change of clocks", () => {
  const zones = fc.constantFrom(
    "America/Chicago",
    "America/St_Johns",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  );
  const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const days = fc
    .integer({ min: 0, max: 700 })
    .map((n) => Temporal.PlainDate.from("2025-09-01").add({ days: n }).toString());
  const rules = fc.record({
    workingDays: fc.subarray(names, { minLength: 1 }),
    hours: fc.constantFrom(
      { from: "08:00", to: "17:00" },
      { from: "00:00", to: "24:00" },
      { from: "01:30", to: "02:30" },
    ),
    holidays: fc.array(days, { maxLength: 40 }),
  });
  const instants = fc.date({ min: at("2025-09-01T00:00:00Z"), max: at("2027-06-01T00:00:00Z"), noInvalidDate: true });
  const worksOn = (rule: { workingDays: string[]; holidays: string[] }, day: string) =>
    rule.workingDays.includes(names[Temporal.PlainDate.from(day).dayOfWeek - 1] as string) &&
    !rule.holidays.includes(day);

  it("cut-offs follow one another, and every instant is before exactly one of them", () => {
    const cutOffs = fc.record({
      every: fc.constantFrom("day" as const, "week" as const, "month" as const),
      ifNotWorked: fc.constantFrom("before" as const, "after" as const, "same-day" as const),
      cutOff: fc.constantFrom("00:00", "02:30", "17:00"),
      dayOfMonth: fc.integer({ min: 1, max: 31 }),
    });
    fc.assert(
      fc.property(rules, zones, instants, cutOffs, (rule, zone, instant, of) => {
        const account = calendar(rule, zone);
        const next = account.nextCutOff(instant, of);
        expect(next.getTime()).toBeGreaterThan(instant.getTime());
        // What comes in between has the same one, and at it begins what has the one after.
        expect(account.nextCutOff(new Date(next.getTime() - 1), of)).toEqual(next);
        const middle = new Date((instant.getTime() + next.getTime()) / 2);
        expect(account.nextCutOff(middle, of)).toEqual(next);
        expect(account.nextCutOff(next, of).getTime()).toBeGreaterThan(next.getTime());
      }),
    );
  });

  it("working days between two days are those that are counted one by one", () => {
    fc.assert(
      fc.property(rules, days, days, (rule, a, b) => {
        const [from, to] = a <= b ? [a, b] : [b, a];
        let count = 0;
        for (let day = Temporal.PlainDate.from(from).add({ days: 1 }); day.toString() <= to; day = day.add({ days: 1 }))
          if (worksOn(rule, day.toString())) count++;
        expect(calendar(rule).workingDaysBetween(from, to)).toBe(count);
        expect(calendar(rule).workingDaysBetween(to, from)).toBe(0 - count);
      }),
      { numRuns: 60 },
    );
  });

  it("hours added in two parts come to the same as added at once, and end while is worked", () => {
    fc.assert(
      fc.property(
        rules,
        zones,
        instants,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        (rule, zone, from, a, b) => {
          const account = calendar(rule, zone);
          const once = account.addWorkingHours(from, (a + b) / 4);
          expect(account.addWorkingHours(account.addWorkingHours(from, a / 4), b / 4)).toEqual(once);
          expect(once.getTime()).toBeGreaterThan(from.getTime());
          // The instant before it is in the working hours of a working day.
          const local = Temporal.Instant.fromEpochMilliseconds(once.getTime() - 1).toZonedDateTimeISO(zone);
          expect(worksOn(rule, local.toPlainDate().toString())).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("the day that something counts for is a working day, its own or later, and never goes back", () => {
    fc.assert(
      fc.property(rules, zones, instants, fc.integer({ min: 0, max: 5_000_000 }), (rule, zone, from, later) => {
        const account = calendar(rule, zone);
        const day = account.businessDay(from);
        expect(worksOn(rule, day)).toBe(true);
        const local = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
        expect(day >= local.toPlainDate().toString()).toBe(true);
        expect(account.businessDay(new Date(from.getTime() + later * 1000)) >= day).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a calendar that can't be", () => {
  it.each([
    [{ workingDays: [] }, "must name at least one working day"],
    [{ hours: { from: "17:00", to: "08:00" } }, "must be later than `from`"],
    [{ cutOff: "25:00" }, "must be a time of day from 00:00 to 23:59"],
    [{ holidays: ["26.12.2026"] }, "must be a day, for example 2026-12-25"],
  ])("is refused in words: %j", (rule, message) => {
    expect(calendarRule.safeParse(rule).error?.issues.map((issue) => issue.message)).toContain(message);
  });
});
