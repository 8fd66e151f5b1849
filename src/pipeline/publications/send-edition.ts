import { randomUUID } from "node:crypto";
import type { Document } from "../../documents/index.ts";
import { messageOf, PorticoError } from "../../errors.ts";
import { dropDocument, findDocument, keepDocument, offerDocument } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { findHeldWithDocument, updateInterchange } from "../../store/interchanges.ts";
import { closeWorkItems } from "../../store/work-items.ts";
import type { Ruling } from "../account-directory.ts";
import { draftOfDocument } from "../document-draft.ts";
import type { Draft } from "../draft.ts";
import { prepareOutgoing } from "../outgoing.ts";
import type { NextJob, StepContext } from "../step.ts";

/** What became of a document that was to be sent at once. */
export type Sent =
  | { readonly documentId: string; readonly interchangeId: string; readonly next: readonly NextJob[] }
  | { readonly documentId: string; readonly held: string };

/**
 * Sends a document of ours in this very transaction: its interchange is enveloped and put into the mailbox, or handed to its
 * delivery, when the step that calls this has run. Where our own check finds a fault, it is held.
 *
 * @param key what makes it the same business again
 */
export async function sendNow(
  context: StepContext,
  { profile, version }: Ruling,
  document: Document,
  { number, key }: { number: string; key: string },
): Promise<Sent> {
  const { session } = context;
  const id = randomUUID();
  await keepDocument(session, {
    id,
    direction: "outbound",
    type: document.documentType,
    number,
    accountId: profile.id,
    usage: document.usage,
    businessKey: key,
    ruleVersion: version,
    body: document,
  });
  let draft: Draft;
  try {
    const made = await draftOfDocument(session, context, profile, document, { id, number });
    for (const message of [...made.missing, ...made.remarks])
      await tell(session, { documentId: id }, "remark", message);
    if (made.named) await tell(session, { documentId: id }, "contact", made.named.reason);
    draft = made.draft;
  } catch (error) {
    // What a document can't say in its set is no trouble of the moment, and more tries don't help.
    if (error instanceof PorticoError && error.next === "retry") throw error;
    if (!(error instanceof Error) || isOfDatabase(error)) throw error;
    return { documentId: id, held: messageOf(error) };
  }
  const set = draft.groups[0]?.sets[0]?.type ?? "";
  const next = await prepareOutgoing(context, profile, draft, {
    purpose: "document",
    name: `${set} number ${number}`,
    inboundId: null,
    documentId: id,
  });
  const [envelope] = next;
  if (envelope?.name !== "envelope") return { documentId: id, held: `Our own check found a fault in the ${set}.` };
  const row = await findDocument(session, id);
  if (row) await offerDocument(session, row, document);
  return { documentId: id, interchangeId: envelope.ids.interchange, next };
}

/** A failed statement has ended the transaction: nothing can be written down in it any more. */
function isOfDatabase(error: Error): boolean {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string" && /^[0-9A-Z]{5}$/.test(one.code)) return true;
  }
  return false;
}

/** What was held for a document will not leave: it was made anew, or is not wanted any more. */
export async function dropHeld(
  { session }: Pick<StepContext, "session">,
  documentId: string,
  because: string,
): Promise<void> {
  const interchangeId = await findHeldWithDocument(session, documentId);
  if (interchangeId) {
    await updateInterchange(session, interchangeId, { status: "replaced", draft: null });
    await closeWorkItems(session, { interchangeId }, because);
    await tell(session, { interchangeId }, "replaced", because);
  }
  await closeWorkItems(session, { documentId }, because);
  await tell(session, { documentId }, "replaced", because);
  await dropDocument(session, documentId);
}
