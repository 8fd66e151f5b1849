import type { AccountProfile } from "../accounts/account.ts";
import { contactFor, type DocumentWithContact, hasContact, type NamedContact, outputFor } from "../accounts/index.ts";
import type { Contact } from "../documents/aggregate-components.ts";
import type { Document, Usage } from "../documents/index.ts";
import { setTypeOf } from "../mappings/index.ts";
import type { Guide, SetSchema } from "../x12/index.ts";
import { guidesOf } from "./account-directory.ts";
import type { PipelineServices } from "./step.ts";

/** Loops in whose first occurrence the PER for our people stands; of other sets it is the heading. */
const loopOfContact: Readonly<Record<string, string>> = { "856": "HL", "870": "HL" };

/**
 * A document with the contact that the account's rules name on it, where its set has a PER for one in the account's version and
 * its guide takes it. A document that names any contact there itself is left as it is, and so is all of an account without
 * `contacts`.
 * @returns with it why this one is named, or nobody; null where there was nothing to decide
 */
export function withNamedContact(
  { library, guides }: Pick<PipelineServices, "library" | "guides">,
  profile: AccountProfile,
  document: Document,
  at: Date,
): { document: Document; named: NamedContact | null } {
  const { documentType } = document;
  if (!profile.contacts || !hasContact(documentType) || namesContact(document)) return { document, named: null };
  const named = contactOn({ library, guides }, profile, document.usage, documentType, at);
  return { document: named.contact ? naming(document, named.contact) : document, named };
}

/** Whom a document of a type names that is made at an instant, where the account's version and guide have a PER for one. */
export function contactOn(
  { library, guides }: Pick<PipelineServices, "library" | "guides">,
  profile: AccountProfile,
  usage: Usage,
  documentType: DocumentWithContact,
  at: Date,
): NamedContact {
  if (!profile.contacts) return contactFor(profile, documentType, at);
  const set = setTypeOf(documentType) ?? "";
  const loop = loopOfContact[set] ?? "";
  const identity = profile.identities.find((one) => one.usage === usage);
  const { version } = identity ? outputFor(profile, identity) : profile.x12;
  const schema = library.set(version, set);
  if (!schema || !hasPER(schema, loop)) {
    return { contact: null, reason: `The ${set} of ${version} has no PER for one of our people.` };
  }
  const ofAccount = guidesOf(profile, set, guides);
  return contactFor(profile, documentType, at, (role) => takes(ofAccount, loop, role));
}

function namesContact(document: Document): boolean {
  if (document.documentType === "order-status-report") return document.orders.some(({ contacts }) => contacts?.length);
  return "contacts" in document && document.contacts !== undefined && document.contacts.length > 0;
}

function naming(document: Document, contact: Contact): Document {
  const contacts = [contact];
  if (document.documentType === "order-status-report") {
    return { ...document, orders: document.orders.map((order) => ({ ...order, contacts })) };
  }
  return { ...document, contacts } as Document;
}

const hasPER = (schema: SetSchema, loop: string): boolean =>
  schema.uses("PER").some((use) => use.loop.key === loop && use.max >= 1);

/** Whether an account's guides let a PER in a role stand in a loop: of several that speak of it, the last counts. */
function takes(guides: readonly Guide[], loop: string, role: string): boolean {
  let may = true;
  for (const { segments } of guides) {
    for (const { segment, loop: where, requirement, where: of, elements = [] } of segments) {
      if (segment !== "PER" || (where !== undefined && where !== loop)) continue;
      if (of?.element === 1 && !of.codes.includes(role)) continue;
      if (requirement !== undefined) may = requirement !== "forbidden";
      const codes = elements.find(({ element, component }) => element === 1 && component === undefined)?.codes;
      if (codes !== undefined && !codes.includes(role)) may = false;
    }
  }
  return may;
}
