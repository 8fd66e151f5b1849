/** First and last day of a period, both counted, `YYYY-MM-DD` on the account's calendar. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

const millisecondsPerDay = 86_400_000;
const numberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay);
const dayOf = (number: number): string => new Date(number * millisecondsPerDay).toISOString().slice(0, 10);

/** The day so many days after another; before it where the number is below zero. */
export function dayAfter(day: string, days = 1): string {
  return dayOf(numberOf(day) + days);
}

/** How many days a period has. */
export function daysIn({ from, to }: Days): number {
  return numberOf(to) - numberOf(from) + 1;
}

/** Whole months: from the first day of one, to the last day of the one that is so many months later. @param month `YYYY-MM` */
function wholeMonths(month: string, months: number): Days {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1];
  return {
    from: `${month}-01`,
    to: new Date(Date.UTC(year, number + months, 0)).toISOString().slice(0, 10),
  };
}

/** What a period may be called: `2025`, `2025-Q1`, `2025-03`. */
export const periodName = /^\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$/;

/** The days of a month, a quarter or a year of the calendar. @param name as `periodName` has it */
export function daysOf(name: string): Days {
  const year = name.slice(0, 4);
  const part = name.slice(5);
  if (part === "") return wholeMonths(`${year}-01`, 12);
  if (!part.startsWith("Q")) return wholeMonths(name, 1);
  return wholeMonths(`${year}-${String(Number(part.slice(1)) * 3 - 2).padStart(2, "0")}`, 3);
}

/** The last whole month before a day. */
export function lastMonth(day: string): Days {
  return daysOf(dayAfter(`${day.slice(0, 7)}-01`, -1).slice(0, 7));
}

/**
 * The period that ends on the day before another begins: of whole months as many months, else as many days.
 */
export function daysBefore(days: Days): Days {
  const to = dayAfter(days.from, -1);
  const months = monthsWhole(days);
  if (months === null) return { from: dayAfter(to, 1 - daysIn(days)), to };
  const [year, month] = [Number(days.from.slice(0, 4)), Number(days.from.slice(5, 7)) - 1];
  return { from: new Date(Date.UTC(year, month - months, 1)).toISOString().slice(0, 10), to };
}

/** How many whole months a period is; null where it begins or ends within one. */
function monthsWhole({ from, to }: Days): number | null {
  if (!from.endsWith("-01") || !dayAfter(to).endsWith("-01")) return null;
  const numbered = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return numbered(to) - numbered(from) + 1;
}
