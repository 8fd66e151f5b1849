/** Whether and when somebody is there, by their own calendar or the account's, and by what they are away for. */
import type { AccountProfile } from "../account.ts";
import { type Calendar, calendarOf } from "../calendar.ts";
import type { ContactsRule, Desk, Person } from "../rules/dedicated-contacts.ts";

/** What of an account says who is there when. */
export type ContactsOfAccount = Pick<AccountProfile, "timeZone" | "calendar"> & { readonly contacts: ContactsRule };

/** A person or a desk. */
export type Holder = Person | Desk;

/** The day after one, `YYYY-MM-DD`. */
const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The calendar by which somebody works. */
export function calendarOfHolder(account: ContactsOfAccount, holder: Holder): Calendar {
  return calendarOf({
    calendar: holder.calendar ?? account.calendar,
    timeZone: holder.timeZone ?? account.timeZone,
  });
}

/** The absence that a day lies in; null: none. Of several the one that ends last. */
export function absenceOn(holder: Holder, day: string): Person["absences"][number] | null {
  if (!("absences" in holder)) return null;
  const found = holder.absences.filter(({ from, to }) => from <= day && day <= to);
  return found.sort((one, other) => (one.to < other.to ? 1 : -1))[0] ?? null;
}

/** Whether somebody works at an instant. A desk with members is there while one of them is. */
export function isThere(account: ContactsOfAccount, holder: Holder, at: Date): boolean {
  const members = membersOf(account, holder);
  if (members.length > 0) return members.some((member) => isThere(account, member, at));
  const calendar = calendarOfHolder(account, holder);
  return calendar.isOpen(at) && absenceOn(holder, calendar.dayOf(at)) === null;
}

/** The first instant from one on at which somebody works. */
export function thereFrom(account: ContactsOfAccount, holder: Holder, from: Date): Date {
  const members = membersOf(account, holder);
  if (members.length > 0) {
    return new Date(Math.min(...members.map((member) => thereFrom(account, member, from).getTime())));
  }
  const calendar = calendarOfHolder(account, holder);
  // Ends, for there are only so many absences.
  for (let at = calendar.opensAt(from); ; ) {
    const absence = absenceOn(holder, calendar.dayOf(at));
    if (absence === null) return at;
    at = calendar.opensAt(calendar.beginningOf(dayAfter(absence.to)));
  }
}

/** The first instant after one at which it may change whether somebody works. */
export function changesAfter(account: ContactsOfAccount, holder: Holder, at: Date): Date {
  const members = membersOf(account, holder);
  if (members.length > 0) {
    return new Date(Math.min(...members.map((member) => changesAfter(account, member, at).getTime())));
  }
  if (!isThere(account, holder, at)) return thereFrom(account, holder, at);
  const calendar = calendarOfHolder(account, holder);
  return calendar.closingOf(calendar.dayOf(at));
}

/** Whether somebody works on a day, `YYYY-MM-DD`. */
export function worksOn(account: ContactsOfAccount, holder: Holder, day: string): boolean {
  const members = membersOf(account, holder);
  if (members.length > 0) return members.some((member) => worksOn(account, member, day));
  return calendarOfHolder(account, holder).isWorkingDay(day) && absenceOn(holder, day) === null;
}

/** Whether somebody is not away on a day, be it one of work or not. */
export function isAround(account: ContactsOfAccount, holder: Holder, day: string): boolean {
  const members = membersOf(account, holder);
  if (members.length > 0) return members.some((member) => isAround(account, member, day));
  return absenceOn(holder, day) === null;
}

/** The first day from one on, that one among them, on which somebody works. */
export function worksFrom(account: ContactsOfAccount, holder: Holder, day: string): string {
  const members = membersOf(account, holder);
  if (members.length > 0) return members.map((member) => worksFrom(account, member, day)).sort()[0] ?? day;
  const calendar = calendarOfHolder(account, holder);
  for (let next = calendar.addWorkingDays(day, 0); ; ) {
    const absence = absenceOn(holder, next);
    if (absence === null) return next;
    next = calendar.addWorkingDays(dayAfter(absence.to), 0);
  }
}

/** Why somebody is not there on a day, or at an instant of it, for a sentence that begins with the name. */
export function whyAway(account: ContactsOfAccount, holder: Holder, day: string): string {
  if (membersOf(account, holder).length > 0) return `${holder.name} has nobody there`;
  const absence = absenceOn(holder, day);
  if (absence) return `${holder.name} is away from ${absence.from} to ${absence.to}`;
  const calendar = calendarOfHolder(account, holder);
  return calendar.isWorkingDay(day)
    ? `${holder.name} is outside of working hours`
    : `${holder.name} does not work on ${day}`;
}

/** The people of a desk; none for a person, or a desk without members. */
export function membersOf({ contacts }: ContactsOfAccount, holder: Holder): Person[] {
  if (!("members" in holder)) return [];
  return holder.members.flatMap((id) => contacts.people.filter((person) => person.id === id));
}
