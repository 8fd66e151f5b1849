import { type DocumentWithContact, documentRoles, type Person } from "../rules/dedicated-contacts.ts";
import { deputiesOf, nextChange, onCall, onDuty } from "./duty.ts";
import type { ContactsOfAccount, Holder } from "./presence.ts";
import { roleCode, tradeRoles } from "./roles.ts";

/** Who is on duty in a role at an instant, and what comes next. */
export interface DutyInRole {
  /** X12 element 366. */
  readonly role: string;
  /** null: nobody is there now. */
  readonly who: Holder | null;
  readonly insteadOf: Person | null;
  readonly reason: string;
  /** Who stands in for them, the nearest first. */
  readonly deputies: readonly Person[];
  /** When it is somebody else, or nobody, next; null: not within a week or so of shifts. */
  readonly next: { readonly at: Date; readonly who: Holder | null } | null;
  /** Who may be called at once while nobody is there. */
  readonly afterHours: Holder | null;
  /** The documents on which the role is named. */
  readonly documents: readonly DocumentWithContact[];
}

const inOrderOfTrade = Object.values(tradeRoles) as readonly string[];

/** Who is on duty at an instant, in each role that somebody has. */
export function dutyRoster(account: ContactsOfAccount, at: Date): DutyInRole[] {
  const { people, desks, documents } = account.contacts;
  const held = new Set([...people, ...desks].flatMap(({ roles }) => roles.map(roleCode)));
  const place = (role: string) => inOrderOfTrade.indexOf(role) + 1 || inOrderOfTrade.length + 1;
  return [...held]
    .sort((one, other) => place(one) - place(other) || (one < other ? -1 : 1))
    .map((role) => {
      const duty = onDuty(account, role, at);
      const isThere = duty.who !== null && duty.since === "now";
      return {
        role,
        who: isThere ? duty.who : null,
        insteadOf: isThere ? duty.insteadOf : null,
        reason: duty.reason,
        deputies: isThere ? deputiesOf(account.contacts, duty.who) : [],
        next:
          duty.who !== null && duty.since !== "now" ? { at: duty.since, who: duty.who } : nextChange(account, role, at),
        afterHours: onCall(account, role, at).who,
        documents: (Object.keys(documentRoles) as DocumentWithContact[]).filter((type) =>
          documents[type].some((wanted) => roleCode(wanted) === role),
        ),
      };
    });
}
