import type { AccountProfile } from "../accounts/account.ts";
import { outputFor } from "../accounts/identity.ts";
import type { NamedContact } from "../accounts/index.ts";
import { carryWarranties } from "../accounts/rules/warranty-carriers.ts";
import type { Document, DocumentType, Usage } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import { setTypeOf } from "../mappings/index.ts";
import type { Session } from "../store/database.ts";
import type { SchemaLibrary } from "../x12/index.ts";
import { adaptedOut } from "./adapt.ts";
import { arrangedByStore } from "./arranged-by-store.ts";
import { type Draft, type DraftParties, partiesFor } from "./draft.ts";
import { withNamedContact } from "./named-contact.ts";
import type { PipelineServices } from "./step.ts";

/** What a document is sent as, to whom, and how it gets there. */
export interface Sending {
  /** ST01. */
  readonly set: string;
  /** GS08. */
  readonly version: string;
  readonly functionalId: string;
  /** GS02. */
  readonly senderCode: string;
  /** GS03. */
  readonly receiverCode: string;
  /** ISA12. */
  readonly interchangeVersion: string;
  readonly parties: DraftParties;
  readonly channel: "mailbox" | "push";
}

/**
 * How documents of a type go to an account.
 * @throws NeedsHuman where they can't: there is no such set in the account's version, or no identity for this usage
 */
export function sendingTo(
  library: SchemaLibrary,
  profile: AccountProfile,
  usage: Usage,
  documentType: DocumentType,
): Sending {
  const { parties, identity } = partiesFor(profile, usage);
  const { version, interchangeVersion } = outputFor(profile, identity);
  const set = setTypeOf(documentType);
  if (set === null)
    throw new NeedsHuman("set.none", `There is no transaction set for documents of type ${documentType}.`);
  const functionalId = library.set(version, set)?.functionalId;
  if (!functionalId)
    throw new NeedsHuman("set.unknown", `There is no ${set} in ${version}, the version that ${profile.id} gets.`);
  return {
    set,
    version,
    functionalId,
    senderCode: identity.ours.application ?? identity.ours.id,
    receiverCode: identity.theirs.application ?? identity.theirs.id,
    interchangeVersion,
    parties,
    channel: "push" in profile.delivery ? "push" : "mailbox",
  };
}

/**
 * A document as the interchange that is to bring it to its account, in the account's own codes and numbers.
 * @returns with it the numbers that the account's cross-references lack, and why lines are not by store or together as the
 * account wants them, a sentence each; and whom it names for the account to turn to, where the account's rules decide that
 * @throws NeedsHuman as {@link sendingTo}, and where the document says what its set has no room for
 */
export async function draftOfDocument(
  session: Session,
  services: Pick<PipelineServices, "library" | "guides">,
  profile: AccountProfile,
  document: Document,
  known: { readonly id?: string; readonly number: string },
): Promise<{ draft: Draft; missing: readonly string[]; remarks: readonly string[]; named: NamedContact | null }> {
  const { library } = services;
  const sending = sendingTo(library, profile, document.usage, document.documentType);
  const schema = library.set(sending.version, sending.set);
  const { document: arranged, remarks } = arrangedByStore(profile.stores, document);
  const { document: withContact, named } = withNamedContact(services, profile, arranged, new Date());
  const said = profile.warranties ? carryWarranties(profile.warranties.carriedOn, withContact) : withContact;
  const adapted = await adaptedOut(session, profile, said, sending.version, schema);
  if (adapted === null) throw new NeedsHuman("set.none", `There is no transaction set for a ${document.documentType}.`);
  const { functionalId, senderCode, receiverCode, version, parties } = sending;
  const set = {
    ...adapted.what,
    ...(known.id !== undefined && { documentId: known.id }),
    documentNumber: known.number,
  };
  return {
    draft: {
      parties,
      usage: document.usage,
      ta1s: [],
      groups: [{ functionalId, senderCode, receiverCode, version, sets: [set] }],
    },
    missing: adapted.missing,
    remarks,
    named,
  };
}
