/** Who is on duty in a role, or next is. */
import { contactRoles, spoken } from "../../documents/code-words.ts";
import { type ContactsRule, isForEmergencies, type Person } from "../rules/dedicated-contacts.ts";
import {
  type ContactsOfAccount,
  calendarOfHolder,
  changesAfter,
  type Holder,
  isAround,
  isThere,
  thereFrom,
  whyAway,
} from "./presence.ts";
import { afterHoursRoles, type Role, roleCode } from "./roles.ts";

/** Who is on duty in a role, for whom they stand in, and why. */
export type Duty =
  | { readonly who: Holder; readonly insteadOf: Person | null; readonly since: "now"; readonly reason: string }
  /** Nobody is there: the one who comes first, and when. */
  | { readonly who: Holder; readonly insteadOf: Person | null; readonly since: Date; readonly reason: string }
  /** Nobody has the role. */
  | { readonly who: null; readonly reason: string };

/** Somebody who may be asked, and for whom they would stand in. */
export interface Candidate {
  readonly holder: Holder;
  readonly insteadOf: Person | null;
}

/** A role for people: "OC (order contact)". */
export const roleInWords = (role: Role): string => spoken(roleCode(role), contactRoles);

/** Everybody who may be asked in a role, in order: each person who has it, their deputies behind them, then desks. */
export function candidates(contacts: ContactsRule, role: Role): Candidate[] {
  const code = roleCode(role);
  const has = ({ roles }: Holder) => roles.some((one) => roleCode(one) === code);
  const found = new Map<string, Candidate>();
  const add = (holder: Holder, insteadOf: Person | null) => {
    if (!found.has(holder.id)) found.set(holder.id, { holder, insteadOf });
  };
  for (const person of contacts.people.filter(has)) {
    add(person, null);
    for (const deputy of deputiesOf(contacts, person)) add(deputy, person);
  }
  for (const desk of contacts.desks.filter(has)) add(desk, null);
  return [...found.values()];
}

/** Who stands in for a person, the nearest first. Ends in spite of a circle, which the rule's check refuses. */
export function deputiesOf(contacts: ContactsRule, person: Holder): Person[] {
  const chain: Person[] = [];
  let next = "deputy" in person ? person.deputy : undefined;
  while (next !== undefined && next !== person.id && !chain.some(({ id }) => id === next)) {
    const found = contacts.people.find(({ id }) => id === next);
    if (!found) break;
    chain.push(found);
    next = found.deputy;
  }
  return chain;
}

/** Who is on duty in a role at an instant; where nobody is, who next is. */
export function onDuty(account: ContactsOfAccount, role: Role, at: Date): Duty {
  return dutyAmong(account, candidates(account.contacts, role), at, roleInWords(role));
}

/** Who of some is on duty at an instant, the first first. @param what what they are asked as, for the reason */
export function dutyAmong(account: ContactsOfAccount, asked: readonly Candidate[], at: Date, what: string): Duty {
  if (asked.length === 0) return { who: null, reason: `Nobody is named as ${what}.` };
  const away: string[] = [];
  for (const candidate of asked) {
    if (isThere(account, candidate.holder, at)) {
      return { ...chosen(candidate), since: "now", reason: whyChosen(candidate, what, away) };
    }
    away.push(whyAway(account, candidate.holder, calendarOfHolder(account, candidate.holder).dayOf(at)));
  }
  const comes = asked.map((candidate) => ({ candidate, since: thereFrom(account, candidate.holder, at) }));
  const next = comes.reduce((first, one) => (one.since < first.since ? one : first));
  return {
    ...chosen(next.candidate),
    since: next.since,
    reason: `${away.join("; ")}. ${next.candidate.holder.name} is the next ${what}, at ${next.since.toISOString()}.`,
  };
}

/**
 * Who may be called at once outside of working hours: holders of the role who are there for emergencies too, then everybody
 * who is. Nobody who is away.
 */
export function onCall(account: ContactsOfAccount, role: Role, at: Date): Duty {
  const inRole = candidates(account.contacts, role).filter(({ holder }) => isForEmergencies(holder));
  const others = afterHoursRoles.flatMap((one) => candidates(account.contacts, one));
  const what = `${roleInWords(role)} after hours`;
  const away: string[] = [];
  for (const candidate of [...inRole, ...others]) {
    const day = calendarOfHolder(account, candidate.holder).dayOf(at);
    if (isAround(account, candidate.holder, day)) {
      return { ...chosen(candidate), since: "now", reason: whyChosen(candidate, what, away) };
    }
    away.push(whyAway(account, candidate.holder, day));
  }
  return { who: null, reason: `Nobody can be called as ${what}.` };
}

/** How often at most it is looked whether somebody else is on duty: a week of three shifts. */
const changesLookedAt = 21;

/** When somebody else is on duty in a role next; who null: nobody. null where that is not within the next changes. */
export function nextChange(
  account: ContactsOfAccount,
  role: Role,
  at: Date,
): { readonly at: Date; readonly who: Holder | null } | null {
  const asked = candidates(account.contacts, role);
  if (asked.length === 0) return null;
  const idAt = (duty: Duty) => (duty.who !== null && duty.since === "now" ? duty.who.id : null);
  const now = idAt(onDuty(account, role, at));
  for (let from = at, looks = 0; looks < changesLookedAt; looks++) {
    const instants = asked.map(({ holder }) => changesAfter(account, holder, from).getTime());
    from = new Date(Math.min(...instants));
    const then = onDuty(account, role, from);
    if (idAt(then) !== now) return { at: from, who: then.who !== null && then.since === "now" ? then.who : null };
  }
  return null;
}

const chosen = ({ holder, insteadOf }: Candidate) => ({ who: holder, insteadOf });

function whyChosen({ holder, insteadOf }: Candidate, what: string, away: readonly string[]): string {
  const skipped = away.length === 0 ? "" : `${away.join("; ")}. `;
  return insteadOf === null
    ? `${skipped}${holder.name} is ${what}.`
    : `${skipped}${holder.name} stands in for ${insteadOf.name} as ${what}.`;
}
