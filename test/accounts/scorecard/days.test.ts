import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayAfter, daysBefore, daysIn, daysOf, lastMonth } from "../../../src/accounts/scorecard/days.ts";

describe("the days of a scorecard", () => {
  it.each([
    ["2025", "2025-01-01", "2025-12-31"],
    ["2025-Q1", "2025-01-01", "2025-03-31"],
    ["2025-Q4", "2025-10-01", "2025-12-31"],
    ["2024-02", "2024-02-01", "2024-02-29"],
  ])("of %s are from %s to %s", (name, from, to) => expect(daysOf(name)).toEqual({ from, to }));

  it.each([
    ["a month", "2025-03", "2025-02-01", "2025-02-28"],
    ["the month after a leap day", "2024-03", "2024-02-01", "2024-02-29"],
    ["a quarter", "2025-Q1", "2024-10-01", "2024-12-31"],
    ["a year", "2025", "2024-01-01", "2024-12-31"],
  ])("are compared with as many months where they are %s", (_, name, from, to) => {
    expect(daysBefore(daysOf(name))).toEqual({ from, to });
  });

  it("are compared with as many days where they begin or end within a month", () => {
    expect(daysBefore({ from: "2025-01-06", to: "2025-01-19" })).toEqual({ from: "2024-12-23", to: "2025-01-05" });
    expect(daysBefore({ from: "2025-03-01", to: "2025-03-30" })).toEqual({ from: "2025-01-30", to: "2025-02-28" });
  });

  it("are the last whole month where nobody names any", () => {
    expect(lastMonth("2025-01-31")).toEqual({ from: "2024-12-01", to: "2024-12-31" });
  });

  it("always come right after those before, which are as many, or as many whole months", () => {
    const first = fc.integer({ min: 0, max: 20_000 }).map((number) => dayAfter("1990-01-01", number));
    fc.assert(
      fc.property(first, fc.integer({ min: 0, max: 800 }), (from, more) => {
        const days = { from, to: dayAfter(from, more) };
        const before = daysBefore(days);
        expect(dayAfter(before.to)).toBe(from);
        const whole = from.endsWith("-01") && dayAfter(days.to).endsWith("-01");
        if (whole) expect([before.from.slice(8), dayAfter(before.to).slice(8)]).toEqual(["01", "01"]);
        else expect(daysIn(before)).toBe(daysIn(days));
      }),
    );
  });
});
