import { type Calendar, calendarOf } from "../calendar.ts";
import type { Within } from "../rules/service-levels.ts";
import { dayAfter } from "./days.ts";

/** What something of ours is counted from: an arrival after the cut-off counts for the next working day, a day is what it is. */
export type BeginsBy = "arrival" | "day";

/** One thing that was to be answered. */
export interface TimedFact {
  readonly began: Date;
  /** When the account had the answer, or could have it; null: not yet. */
  readonly answered: Date | null;
}

/** open: not answered, and there is time yet. */
export type TimedVerdict = "in-time" | "late" | "open";

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
/** By so much clocks are put forward at most, with some to spare. */
const mostClockChange = 2 * hour;

/** The last instant at which an answer is in time. */
export function dueAt(within: Within, began: Date, beginsBy: BeginsBy, calendar: Calendar): Date {
  const { minutes, workingHours, workingDays = 0 } = within;
  if (minutes !== undefined) return new Date(began.getTime() + minutes * minute);
  if (workingHours !== undefined) return calendar.addWorkingHours(began, workingHours);
  const first = beginsBy === "arrival" ? calendar.businessDay(began) : calendar.dayOf(began);
  return new Date(calendar.beginningOf(dayAfter(calendar.addWorkingDays(first, workingDays))).getTime() - 1);
}

/**
 * What is in time whatever the calendar says, in milliseconds from the beginning: working hours and days go by no faster than the
 * clock's. So most answers need no calendar.
 */
export function surelyInTime({ minutes, workingHours, workingDays = 0 }: Within): number {
  if (minutes !== undefined) return minutes * minute;
  if (workingHours !== undefined) return Math.floor(workingHours * hour);
  return Math.max(0, workingDays * day - mostClockChange);
}

/** Whether something was answered in time. @param account whose calendar and time zone count */
export function verdictOn(
  within: Within,
  { began, answered }: TimedFact,
  beginsBy: BeginsBy,
  account: Parameters<typeof calendarOf>[0],
  asOf: Date,
): TimedVerdict {
  if (answered !== null && answered.getTime() - began.getTime() <= surelyInTime(within)) return "in-time";
  const due = dueAt(within, began, beginsBy, calendarOf(account));
  if (answered !== null) return answered <= due ? "in-time" : "late";
  return asOf <= due ? "open" : "late";
}

/** A span in words: "2 working hours". */
export function withinWords({ minutes, workingHours, workingDays }: Within): string {
  const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  if (minutes !== undefined) return counted(minutes, "minute");
  if (workingHours !== undefined) return counted(workingHours, "working hour");
  return workingDays === 0 ? "the same working day" : counted(workingDays ?? 0, "working day");
}
