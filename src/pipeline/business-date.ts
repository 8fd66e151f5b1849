/** The day that an account's calendar shows at an instant, `YYYY-MM-DD`. @param timeZone IANA name */
export function businessDate(at: Date, timeZone: string): string {
  // The Canadian form of a date is ISO 8601's.
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** The time of day on the same calendar, `HHMM`. */
export function businessTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hour12: false })
    .format(at)
    .replace(":", "");
}
