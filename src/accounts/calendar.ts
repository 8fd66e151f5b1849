import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** The days of the week, in the order in which they are counted. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A time of day on the clocks of the account: 17:00. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day from 00:00 to 23:59");

/** When an account and we work for each other. Times are on the clocks of the account's time zone. */
export const calendarRule = z
  .strictObject({
    workingDays: z
      .array(z.enum(weekdays))
      .min(1, "must name at least one working day")
      .default(["monday", "tuesday", "wednesday", "thursday", "friday"])
      .describe("Days of the week on which is worked."),
    hours: z
      .strictObject({
        from: clockTime.default("08:00").describe("When work begins."),
        to: z
          .string()
          .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time of day from 00:00 to 24:00")
          .default("17:00")
          .describe("When it ends; 24:00 is midnight."),
      })
      .prefault({})
      .refine(({ from, to }) => from < to, { path: ["to"], error: "must be later than `from`" })
      .describe("Hours of each working day; working hours are counted in them."),
    cutOff: clockTime
      .optional()
      .describe("What comes later counts as come on the next working day. Left out: the end of the working hours."),
    holidays: z
      .array(z.iso.date("must be a day, for example 2026-12-25"))
      .max(1000, "must be at most 1000 days")
      .default([])
      .describe("Days on which is not worked, whatever day of the week they are."),
  })
  .meta({
    description: "Working days and hours, holidays and the daily cut-off, on the clocks of the account's time zone.",
  });
export type CalendarRule = z.output<typeof calendarRule>;

/** When periods end. Left out: a week on its friday, a month on its last day, and at the calendar's own cut-off. */
export interface CutOffs {
  readonly every: "day" | "week" | "month";
  readonly on?: (typeof weekdays)[number] | undefined;
  readonly dayOfMonth?: number | undefined;
  readonly cutOff?: string | undefined;
  readonly ifNotWorked?: "before" | "after" | "same-day" | undefined;
}

const millisecondsPerDay = 86_400_000;
/** 1970-01-01 was a Thursday. */
const weekdayOfDayZero = 3;

/** A day counted from 1970-01-01. Arithmetic on it knows no clocks, so that none can be changed in between. */
type DayNumber = number;

const numberOf = (day: string): DayNumber => Math.round(Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay);
const dayOf = (number: DayNumber): string => new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
const weekdayOf = (number: DayNumber): number => (((number + weekdayOfDayZero) % 7) + 7) % 7;

/** An account's working days and hours, to count by. Days are `YYYY-MM-DD` on the account's calendar, instants are UTC. */
export class Calendar {
  readonly #timeZone: string;
  readonly #working: readonly boolean[];
  readonly #holidays: ReadonlySet<DayNumber>;
  readonly #opens: string;
  readonly #closes: string;
  readonly #cutOff: string;

  constructor(rule: CalendarRule, timeZone: string) {
    this.#timeZone = timeZone;
    this.#working = weekdays.map((weekday) => rule.workingDays.includes(weekday));
    this.#holidays = new Set(rule.holidays.map(numberOf));
    this.#opens = rule.hours.from;
    this.#closes = rule.hours.to;
    this.#cutOff = rule.cutOff ?? rule.hours.to;
  }

  /** The working day that an instant counts for: its own day until the cut-off, else the next working day. */
  businessDay(at: Date): string {
    const { day, time } = this.#clockAt(at);
    const number = numberOf(day);
    if (this.#isWorking(number) && time < this.#cutOff) return day;
    return dayOf(this.#workingDayAfter(number));
  }

  /** The day that is so many working days after another; 0: the day itself, or the first working day after it. */
  addWorkingDays(day: string, days: number): string {
    let number = numberOf(day);
    if (!this.#isWorking(number)) number = this.#workingDayAfter(number);
    for (let left = days; left > 0; left--) number = this.#workingDayAfter(number);
    return dayOf(number);
  }

  /** The day that the account's calendar shows at an instant. */
  dayOf(at: Date): string {
    return this.#clockAt(at).day;
  }

  /** The first cut-off after an instant; what happens at the cut-off itself belongs to what comes after it. */
  nextCutOff(at: Date, cutOffs: CutOffs): Date {
    const time = cutOffs.cutOff ?? this.#cutOff;
    const instantOf = (nominal: DayNumber) => this.#instantOf(this.#workedInstead(nominal, cutOffs), time);
    let nominal = this.#closingDayAfter(numberOf(this.#clockAt(at).day) - 1, cutOffs);
    // Holidays may put a later period's end before this instant, or an earlier one's after it.
    while (instantOf(nominal) > at.getTime()) nominal = this.#closingDayBefore(nominal, cutOffs);
    while (instantOf(nominal) <= at.getTime()) nominal = this.#closingDayAfter(nominal, cutOffs);
    return new Date(instantOf(nominal));
  }

  /** How many working days there are after one day, up to and with another; negative where that lies before. */
  workingDaysBetween(from: string, to: string): number {
    const [first, last] = [numberOf(from), numberOf(to)];
    return first <= last ? this.#countWorkingDays(first, last) : 0 - this.#countWorkingDays(last, first);
  }

  /** The instant at which so many working hours, whole or in part, have gone by. What begins outside of them waits for them. */
  addWorkingHours(at: Date, hours: number): Date {
    let left = Math.round(hours * 3_600_000);
    let number = numberOf(this.#clockAt(at).day);
    if (!this.#isWorking(number)) number = this.#workingDayAfter(number);
    for (let from = at.getTime(); ; number = this.#workingDayAfter(number)) {
      const begins = Math.max(from, this.#instantOf(number, this.#opens));
      const ends = this.#instantOf(number, this.#closes);
      if (begins <= ends && left <= ends - begins) return new Date(begins + left);
      left -= Math.max(0, ends - begins);
      from = ends;
    }
  }

  /** Whether a day, `YYYY-MM-DD`, is worked on. */
  isWorkingDay(day: string): boolean {
    return this.#isWorking(numberOf(day));
  }

  /** Whether an instant lies in working hours; the one at which they end does not. */
  isOpen(at: Date): boolean {
    return this.opensAt(at).getTime() === at.getTime();
  }

  /** The first instant in working hours, from one on. */
  opensAt(from: Date): Date {
    let number = numberOf(this.#clockAt(from).day);
    if (!this.#isWorking(number)) number = this.#workingDayAfter(number);
    for (; ; number = this.#workingDayAfter(number)) {
      const begins = Math.max(from.getTime(), this.#instantOf(number, this.#opens));
      if (begins < this.#instantOf(number, this.#closes)) return new Date(begins);
    }
  }

  /** The instant at which a day begins. */
  beginningOf(day: string): Date {
    return new Date(this.#instantOf(numberOf(day), "00:00"));
  }

  /** The instant at which the clocks show a time (`HH:MM`) on a day. */
  timeOn(day: string, time: string): Date {
    return new Date(this.#instantOf(numberOf(day), time));
  }

  /** The same time of day, so many working days later; 0: that time of this day, or of the first working day after it. */
  addWorkingDaysTo(at: Date, days: number): Date {
    const { day, time } = this.#clockAt(at);
    return this.timeOn(this.addWorkingDays(day, days), time);
  }

  /** The instant at which work on a day ends, whether or not it is a working day. */
  closingOf(day: string): Date {
    return new Date(this.#instantOf(numberOf(day), this.#closes));
  }

  /** The instant of a day's cut-off, whether or not it is a working day. */
  cutOffOf(day: string): Date {
    return new Date(this.#instantOf(numberOf(day), this.#cutOff));
  }

  /** Of the days after `first` up to and with `last`; whole weeks are not gone through day by day. */
  #countWorkingDays(first: DayNumber, last: DayNumber): number {
    const inWeek = this.#working.filter((works) => works).length;
    let count = Math.floor((last - first) / 7) * inWeek;
    for (let number = last - ((last - first) % 7) + 1; number <= last; number++) {
      if (this.#working[weekdayOf(number)]) count++;
    }
    for (const holiday of this.#holidays) {
      if (holiday > first && holiday <= last && this.#working[weekdayOf(holiday)]) count--;
    }
    return count;
  }

  #isWorking(number: DayNumber): boolean {
    return this.#working[weekdayOf(number)] === true && !this.#holidays.has(number);
  }

  /** The first day after another on which a period ends, whether or not it is worked. */
  #closingDayAfter(number: DayNumber, cutOffs: CutOffs): DayNumber {
    if (cutOffs.every === "day") return this.#workingDayAfter(number);
    if (cutOffs.every === "week")
      return number + 1 + ((weekdays.indexOf(cutOffs.on ?? "friday") - weekdayOf(number + 1) + 7) % 7);
    const inMonth = closingDayOfMonth(number, 0, cutOffs.dayOfMonth);
    return inMonth > number ? inMonth : closingDayOfMonth(number, 1, cutOffs.dayOfMonth);
  }

  /** The last day before another on which a period ends, whether or not it is worked. */
  #closingDayBefore(number: DayNumber, cutOffs: CutOffs): DayNumber {
    if (cutOffs.every === "day") return this.#workingDayBefore(number);
    if (cutOffs.every === "week")
      return number - 1 - ((weekdayOf(number - 1) - weekdays.indexOf(cutOffs.on ?? "friday") + 7) % 7);
    const inMonth = closingDayOfMonth(number, 0, cutOffs.dayOfMonth);
    return inMonth < number ? inMonth : closingDayOfMonth(number, -1, cutOffs.dayOfMonth);
  }

  #workedInstead(number: DayNumber, { ifNotWorked = "before" }: CutOffs): DayNumber {
    if (ifNotWorked === "same-day" || this.#isWorking(number)) return number;
    return ifNotWorked === "before" ? this.#workingDayBefore(number) : this.#workingDayAfter(number);
  }

  #workingDayBefore(number: DayNumber): DayNumber {
    let before = number - 1;
    while (!this.#isWorking(before)) before--;
    return before;
  }

  /** Ends, for there are only so many holidays. */
  #workingDayAfter(number: DayNumber): DayNumber {
    let next = number + 1;
    while (!this.#isWorking(next)) next++;
    return next;
  }

  #clockAt(at: Date): { day: string; time: string } {
    const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(this.#timeZone);
    return { day: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: "minute" }) };
  }

  /** A time that the clocks skip is taken as much later as they are put forward; one that comes twice, the first time. */
  #instantOf(number: DayNumber, time: string): number {
    const midnight = time === "24:00";
    return Temporal.PlainDate.from(dayOf(midnight ? number + 1 : number)).toZonedDateTime({
      timeZone: this.#timeZone,
      plainTime: midnight ? "00:00" : time,
    }).epochMilliseconds;
  }
}

/** The day on which a month is closed, so many months after that of a day; its last where it has no such day. */
function closingDayOfMonth(number: DayNumber, months: number, dayOfMonth = 31): DayNumber {
  const of = new Date(number * millisecondsPerDay);
  const [year, month] = [of.getUTCFullYear(), of.getUTCMonth() + months];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Math.round(Date.UTC(year, month, Math.min(dayOfMonth, length)) / millisecondsPerDay);
}

const calendars = new WeakMap<CalendarRule, Map<string, Calendar>>();

/** The calendar of an account; one for each profile, however often it is asked for. */
export function calendarOf({
  calendar,
  timeZone,
}: {
  readonly calendar: CalendarRule;
  readonly timeZone: string;
}): Calendar {
  const known = calendars.get(calendar) ?? new Map<string, Calendar>();
  calendars.set(calendar, known);
  const made = known.get(timeZone) ?? new Calendar(calendar, timeZone);
  known.set(timeZone, made);
  return made;
}
