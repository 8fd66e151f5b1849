/** Whom an alert goes to, and when. */
import { calendarOf } from "../calendar.ts";
import type { AlertPlan, EscalationTarget } from "../rules/alerts.ts";
import { type Candidate, candidates, deputiesOf, dutyAmong, onCall, roleInWords } from "./duty.ts";
import { type ContactsOfAccount, calendarOfHolder, type Holder } from "./presence.ts";

/** What of an account says whom its alerts go to. */
export type AlertedAccount = ContactsOfAccount & { readonly accountManager?: string | undefined };

/** Somebody who is told, and why. */
export interface ToTell {
  readonly who: Holder;
  readonly reason: string;
}

/** Who is told at an instant: somebody now, or nobody before a later instant, or nobody at all. */
export type Telling =
  | { readonly now: readonly ToTell[] }
  | { readonly later: Date; readonly reason: string }
  | { readonly nobody: string };

/** Whom it is that is asked: everybody who may be told, in order, and as what. */
interface Asked {
  readonly role: string;
  readonly what: string;
  readonly all: readonly Candidate[];
}

/**
 * Who is told first of an alert: whoever is on duty in each of its roles. Where nobody has any of them, the account manager, and
 * where there is none, anybody. What is urgent goes to somebody on call where nobody is on duty; everything else waits for the
 * first who is.
 */
export function firstTelling(account: AlertedAccount, plan: AlertPlan, at: Date): Telling {
  const ofRoles = plan.roles
    .map((role) => ({ role, what: roleInWords(role), all: candidates(account.contacts, role) }))
    .filter(({ all }) => all.length > 0);
  if (ofRoles.length > 0) return telling(account, ofRoles, plan.urgent, at);
  const missing = `Nobody is named as ${plan.roles.map(roleInWords).join(" or ")}. `;
  const instead = [managerOf(account), anybody(account)].find(({ all }) => all.length > 0);
  return instead ? because(missing, telling(account, [instead], plan.urgent, at)) : { nobody: missing.trim() };
}

/**
 * Who is told next, while nobody has answered. @param last who was told last. @returns nobody where the target is nobody, or
 * nobody but them
 */
export function nextTelling(
  account: AlertedAccount,
  target: EscalationTarget,
  last: readonly Holder[],
  urgent: boolean,
  at: Date,
): Telling {
  const asked = askedAs(account, target, last);
  const all = asked.all.filter(({ holder }) => target !== "deputy" || !last.some(({ id }) => id === holder.id));
  if (all.length === 0) return { nobody: `There is no ${asked.what}.` };
  return telling(account, [{ ...asked, all }], urgent, at);
}

/** When a step of an escalation comes that follows a telling: its minutes of the clock, or of the working time of who was told. */
export function stepAt(
  account: AlertedAccount,
  after: { readonly minutes: number } | { readonly workingMinutes: number },
  told: Holder | undefined,
  at: Date,
): Date {
  if ("minutes" in after) return new Date(at.getTime() + after.minutes * 60_000);
  const calendar = told ? calendarOfHolder(account, told) : calendarOf(account);
  return calendar.addWorkingHours(at, after.workingMinutes / 60);
}

function askedAs(account: AlertedAccount, target: EscalationTarget, last: readonly Holder[]): Asked {
  if (target === "account-manager") return managerOf(account);
  if (target === "deputy") {
    const all = last.flatMap((one) =>
      deputiesOf(account.contacts, one).map((holder) => ({ holder, insteadOf: null }) satisfies Candidate),
    );
    return { role: "AL", what: `deputy of ${last.map(({ name }) => name).join(" or ") || "nobody"}`, all };
  }
  return { role: target.role, what: roleInWords(target.role), all: candidates(account.contacts, target.role) };
}

/** The person whom the account names as its manager, by id or name, and their deputies; else its sales representatives. */
function managerOf({ contacts, accountManager }: AlertedAccount): Asked {
  const sought = accountManager?.toLowerCase();
  const found = [...contacts.people, ...contacts.desks].find(
    ({ id, name }) => sought !== undefined && (id === sought || name.toLowerCase() === sought),
  );
  if (!found) return { role: "SR", what: `account manager (${roleInWords("SR")})`, all: candidates(contacts, "SR") };
  const deputies =
    "members" in found ? [] : deputiesOf(contacts, found).map((holder) => ({ holder, insteadOf: found }));
  return { role: "SR", what: "account manager", all: [{ holder: found, insteadOf: null }, ...deputies] };
}

function anybody({ contacts }: AlertedAccount): Asked {
  const all = [...contacts.people, ...contacts.desks].map((holder) => ({ holder, insteadOf: null }));
  return { role: "OC", what: "contact of the account", all };
}

function telling(account: AlertedAccount, asked: readonly Asked[], urgent: boolean, at: Date): Telling {
  const duties = asked.map((one) => ({ ...one, duty: dutyAmong(account, one.all, at, one.what) }));
  const there = distinct(duties.flatMap(({ duty }) => (duty.who && duty.since === "now" ? [duty] : [])));
  if (there.length > 0) return { now: there };
  if (urgent) {
    const called = distinct(
      duties.flatMap(({ role }) => {
        const duty = onCall(account, role, at);
        return duty.who ? [duty] : [];
      }),
    );
    if (called.length > 0) return { now: called };
  }
  const coming = duties.flatMap(({ duty }) =>
    duty.who && duty.since !== "now" ? [{ later: duty.since, reason: duty.reason }] : [],
  );
  const [first] = coming.sort((one, other) => one.later.getTime() - other.later.getTime());
  return first ?? { nobody: duties.map(({ duty }) => duty.reason).join(" ") };
}

function distinct(told: readonly ToTell[]): ToTell[] {
  return [...new Map(told.map(({ who, reason }) => [who.id, { who, reason }])).values()];
}

function because(missing: string, telling: Telling): Telling {
  if ("now" in telling) return { now: telling.now.map(({ who, reason }) => ({ who, reason: missing + reason })) };
  return "later" in telling ? { ...telling, reason: missing + telling.reason } : telling;
}
