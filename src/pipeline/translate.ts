import { randomUUID } from "node:crypto";
import type { AccountProfile } from "../accounts/account.ts";
import type { Document } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import type { Session } from "../store/database.ts";
import { findDocumentOfSet, keepDocument } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { readFileRange } from "../store/files.ts";
import { findGroup, findInterchange, findTransactionSet, updateTransactionSet } from "../store/interchanges.ts";
import { openWorkItem } from "../store/work-items.ts";
import { acceptedVersion, readTransactionSet, type SetSchema, type TransactionSet } from "../x12/index.ts";
import { type Adapted, adaptedIn } from "./adapt.ts";
import { businessKeyOf, documentNumberOf } from "./business-key.ts";
import { wordsFor } from "./document-words.ts";
import { type RuledDocument, ruledFor } from "./ruled-by.ts";
import type { Step } from "./step.ts";

/** Transaction set → document: one accepted set becomes one document, which the rules decide on next. */
export const translate: Step<"translate"> = {
  name: "translate",

  async run(context, { set: setId }) {
    const { session, library, log } = context;
    const set = await findTransactionSet(session, setId);
    const group = set && (await findGroup(session, set.groupId));
    const interchange = set && (await findInterchange(session, set.interchangeId));
    if (
      !set ||
      !group ||
      !interchange?.fileId ||
      !interchange.delimiters ||
      !interchange.accountId ||
      !interchange.usage
    ) {
      throw new NeedsHuman("set.missing", `There is no accepted transaction set ${setId}.`);
    }
    // A replay finds what succeeded before, and leaves it as it is.
    if (await findDocumentOfSet(session, setId)) return [];

    const bytes = await readFileRange(session, interchange.fileId, set.offset ?? 0, set.length ?? 0);
    const profile = (await context.directory.load(session)).profile(interchange.accountId);
    const version = acceptedVersion(library, group.version, profile?.acceptVersions);
    const schema = version === null ? null : library.set(version, set.type);
    const { accountId, usage } = interchange;
    if (!profile) throw new NeedsHuman("account.missing", `There is no account ${accountId}.`);
    const read = readTransactionSet(bytes, interchange.delimiters, schema);
    const translated = await inWordsOfPlace(
      session,
      profile,
      { accountId, usage, transactionSetId: setId },
      read,
      schema,
    );
    if (!translated) throw new NeedsHuman("set.not-translated", `An ${set.type} becomes no document here.`);
    const origin = { interchange: interchange.control ?? "", group: group.control, set: set.control };
    const document = { ...translated.what, origin } as Document;

    const id = randomUUID();
    const number = documentNumberOf(document);
    await keepDocument(session, {
      id,
      direction: "inbound",
      type: document.documentType,
      number,
      accountId,
      usage,
      businessKey: businessKeyOf(document),
      transactionSetId: setId,
      body: document,
    });
    await updateTransactionSet(session, setId, { documentId: id, documentNumber: number });
    await tell(
      session,
      { interchangeId: interchange.id, documentId: id },
      "translated",
      `${set.type} ${set.control} is ${wordsFor(document.documentType)} ${number}${linesOf(document)}${leftOf(document)}.`,
    );
    for (const message of translated.missing) {
      await openWorkItem(session, { kind: "cross-reference-missing", message, accountId, documentId: id });
    }
    log.info(
      { interchange: interchange.id, document: id, type: document.documentType, number },
      "transaction set translated",
    );
    return [{ name: "apply-rules", ids: { document: id } }];
  },
};

/**
 * The document that a set stands for, by the adaptations of the part of the account that it is of. Which part that is, it tells only
 * once it is read: so it is read by the group's adaptations first, and again where its part has others.
 */
async function inWordsOfPlace(
  session: Session,
  profile: AccountProfile,
  known: Omit<RuledDocument, "body">,
  set: TransactionSet,
  schema: SetSchema | null,
): Promise<Adapted<Document> | null> {
  const byGroup = await adaptedIn(session, profile, known.usage, set, schema);
  if (!byGroup || profile.divisions.length === 0) return byGroup;
  const { profile: ofPlace } = await ruledFor(session, { profile, version: 0 }, { ...known, body: byGroup.what });
  const isSame = ofPlace.adaptations === profile.adaptations;
  return isSame ? byGroup : adaptedIn(session, ofPlace, known.usage, set, schema);
}

function linesOf(document: Document): string {
  const count = "lines" in document ? (document.lines?.length ?? 0) : 0;
  return count === 0 ? "" : ` with ${count} ${count === 1 ? "line" : "lines"}`;
}

/** What the document has no field for is told, so that nobody looks for it in vain. */
function leftOf(document: Document): string {
  const left = "x12" in document ? (document.x12?.unmapped.length ?? 0) : 0;
  return left === 0 ? "" : `; ${left} values have no field of their own and are in its x12 part`;
}
