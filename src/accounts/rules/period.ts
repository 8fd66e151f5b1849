import { z } from "zod";
import { clockTime, weekdays } from "../calendar.ts";

/** When a period ends, on the clocks of the account's time zone. */
export const periodRule = z
  .strictObject({
    every: z.enum(["day", "week", "month"]).describe("day: every working day of the account's calendar."),
    on: z.enum(weekdays).optional().describe("Of a week: the day on which it is closed. Left out: friday."),
    dayOfMonth: z
      .int()
      .min(1)
      .max(31)
      .optional()
      .describe(
        "Of a month: the day on which it is closed; the last one where the month is shorter. Left out: its last.",
      ),
    cutOff: clockTime
      .optional()
      .describe("What comes then or later belongs to the next period. Left out: the calendar's cut-off."),
    ifNotWorked: z
      .enum(["before", "after", "same-day"])
      .default("before")
      .describe("Where the day is not a working day: the working day before, the one after, or that day all the same."),
  })
  .superRefine(({ every, on, dayOfMonth }, context) => {
    if (on !== undefined && every !== "week") {
      context.addIssue({ code: "custom", path: ["on"], message: "is of weeks only; say every: week, or leave it out" });
    }
    if (dayOfMonth !== undefined && every !== "month") {
      context.addIssue({
        code: "custom",
        path: ["dayOfMonth"],
        message: "is of months only; say every: month, or leave it out",
      });
    }
  });
/** How periods follow each other. */
export type PeriodRule = z.output<typeof periodRule>;
