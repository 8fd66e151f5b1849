/** Whom a document names for the account to turn to. */
import type { Contact } from "../../documents/aggregate-components.ts";
import { channelQualifiers, contactRoles, withWord } from "../../documents/code-words.ts";
import type { AccountProfile } from "../account.ts";
import { calendarOf } from "../calendar.ts";
import { accountContact } from "../rules/contacts.ts";
import { type DocumentWithContact, documentRoles } from "../rules/dedicated-contacts.ts";
import { type Candidate, candidates, roleInWords } from "./duty.ts";
import { type ContactsOfAccount, type Holder, isAround, whyAway, worksFrom, worksOn } from "./presence.ts";
import { type Role, roleCode } from "./roles.ts";

/** What of an account says whom its documents name. */
export type ContactRules = Pick<AccountProfile, "timeZone" | "calendar" | "contact" | "contacts" | "pricing">;

/** Whom a document names, and why; contact null: nobody. */
export interface NamedContact {
  readonly contact: Contact | null;
  readonly reason: string;
}

/** Whether a document of a type has a PER for one of our people. */
export const hasContact = (documentType: string): documentType is DocumentWithContact =>
  Object.hasOwn(documentRoles, documentType);

/**
 * Whom a document of a type names that is made at an instant: by `contacts`, of the roles for its type the first in which
 * somebody works on that business date; where nobody does, who is the first to work again. Nobody who is away is named. Where
 * `contacts` finds nobody, it is `contact`.
 * @param mayBe whether the account takes a role, by its code, at this place
 */
export function contactFor(
  rules: ContactRules,
  documentType: DocumentWithContact,
  at: Date,
  mayBe: (role: string) => boolean = () => true,
): NamedContact {
  if (!rules.contacts) {
    return { contact: simple(rules), reason: rules.contact ? simpleReason(rules.contact.name) : "No contact is set." };
  }
  const wanted = rules.contacts.documents[documentType];
  if (wanted.length === 0) return { contact: null, reason: "The account's rules name nobody on it." };
  const roles = wanted.filter((role) => mayBe(roleCode(role)));
  if (roles.length === 0) return { contact: null, reason: "The account's guide takes none of the roles in PER01." };
  const found = inRoles({ ...rules, contacts: rules.contacts }, roles, at);
  if (found.contact !== null || !rules.contact || !mayBe(rules.contact.role)) return found;
  return { contact: simple(rules), reason: `${found.reason} ${simpleReason(rules.contact.name)}` };
}

/** Who speaks for prices, at an instant: whom the rule of prices names, else whoever has the role PF. */
export function priceContactFor(rules: ContactRules, at: Date): Contact | null {
  if (rules.pricing?.contact) return accountContact(rules.pricing.contact);
  return rules.contacts ? inRoles({ ...rules, contacts: rules.contacts }, ["PF"], at).contact : null;
}

const simpleReason = (name: string): string => `${name} is the account's contact.`;

function simple({ contact }: ContactRules): Contact | null {
  return contact ? accountContact(contact) : null;
}

function inRoles(account: ContactsOfAccount, roles: readonly Role[], at: Date): NamedContact {
  const day = calendarOf(account).dayOf(at);
  const away: string[] = [];
  const asked = roles.map((role) => ({ role, all: candidates(account.contacts, role) }));
  for (const { role, all } of asked) {
    for (const candidate of all) {
      const { holder } = candidate;
      if (worksOn(account, holder, day)) return named(role, candidate, away);
      away.push(whyAway(account, holder, day));
    }
  }
  // A day on which nobody works: whoever is the first to read what comes.
  const next = asked
    .flatMap(({ role, all }) => all.map((candidate) => ({ role, candidate })))
    .filter(({ candidate: { holder } }) => isAround(account, holder, day))
    .map((one) => ({ ...one, from: worksFrom(account, one.candidate.holder, day) }))
    .sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))[0];
  if (next)
    return named(next.role, next.candidate, [
      ...new Set(away),
      `${next.candidate.holder.name} works from ${next.from} on`,
    ]);
  const sought = roles.map(roleInWords).join(" or ");
  const why = [...new Set(away)].join("; ");
  return { contact: null, reason: why === "" ? `Nobody is named as ${sought}.` : `${why}. Nobody else is ${sought}.` };
}

function named(role: Role, { holder, insteadOf }: Candidate, away: readonly string[]): NamedContact {
  const skipped = away.length === 0 ? "" : `${[...new Set(away)].join("; ")}. `;
  const how = insteadOf === null ? `is` : `stands in for ${insteadOf.name} as`;
  return { contact: contactOf(holder, role), reason: `${skipped}${holder.name} ${how} ${roleInWords(role)}.` };
}

const qualifiers = { phone: "TE", email: "EM", fax: "FX", mobile: "CP" } as const;

/** Somebody as PER says it: in a role, with what of their numbers is published. */
export function contactOf(holder: Holder, role: Role): Contact {
  const channels = holder.published.flatMap((way) => {
    const value = holder[way];
    if (value === undefined) return [];
    const { code: qualifier, word } = withWord(qualifiers[way], channelQualifiers);
    return [{ qualifier, ...(word !== undefined && { word }), value }];
  });
  const { code, word } = withWord(roleCode(role), contactRoles);
  return {
    role: code,
    ...(word !== undefined && { word }),
    name: holder.name,
    ...(channels.length > 0 && { channels }),
  };
}
