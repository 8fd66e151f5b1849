/** The day that an account's calendar shows at an instant, `YYYY-MM-DD`. @param timeZone IANA name */
export function businessDate(at: Date, timeZone: string): string {
  return clockOf(timeZone).date.format(at);
}

/** The time of day on the same calendar, `HHMM`. */
export function businessTime(at: Date, timeZone: string): string {
  return clockOf(timeZone).time.format(at).replace(":", "");
}

interface Clock {
  readonly date: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
}

/** A formatter takes half a millisecond to make, and there are few zones. */
const clocks = new Map<string, Clock>();

function clockOf(timeZone: string): Clock {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = {
    // The Canadian form of a date is ISO 8601's.
    date: new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }),
    time: new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
  clocks.set(timeZone, clock);
  return clock;
}
