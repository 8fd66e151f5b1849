import type { Document } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import { type DocumentRow, findDocument, offerDocument, updateDocumentBody } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { findTransactionSet } from "../store/interchanges.ts";
import { lockBooks, removeEntries } from "../store/ledger.ts";
import { readOrderOfDocument } from "../store/orders.ts";
import { openWorkItem } from "../store/work-items.ts";
import type { Ruling } from "./account-directory.ts";
import { draftOfDocument } from "./document-draft.ts";
import { answerTo } from "./order-answer.ts";
import { prepareOutgoing } from "./outgoing.ts";
import { postToLedger } from "./post.ts";
import { noteRuling, ruledAsKept } from "./ruled-by.ts";
import type { Step, StepContext } from "./step.ts";

/** Document → transaction set, in the account's version, checked by our own engine before it may leave. */
export const generate: Step<"generate"> = {
  name: "generate",

  async run(context, { document: documentId, run }) {
    const { session } = context;
    const document = await findDocument(session, documentId);
    if (document?.direction !== "outbound")
      throw new NeedsHuman("document.missing", `There is no document ${documentId} that could be sent.`);
    const inForce = await (await context.directory.load(session)).ruling(session, document.accountId, new Date());
    if (!inForce) throw new NeedsHuman("account.missing", `There is no account ${document.accountId}.`);
    const ruling = ruledAsKept(inForce, document);
    const { profile } = ruling;
    const order = document.respondsToId ? await findDocument(session, document.respondsToId) : null;
    // An invoice that we made was checked as one that was handed in.
    const ours = document.submittedBy === null && document.checks === 0;
    // Other answers of ours rest on the books as they were then, and stay as they are.
    const byRules = ours && order?.type === "order" && document.type === "order-response";
    const body = run > 0 && byRules ? await decideAnew(context, document, order, ruling) : (document.body as Document);
    if (body === null) return [];
    if (document.status === "translated") await acceptOwn(context, document, body);
    else if (run > 0 && byRules) await postAnew(context, document, body);

    const { draft, missing, remarks, named } = await draftOfDocument(session, context, profile, body, document);
    if (named) await tell(session, { documentId }, "contact", named.reason);
    // Of what was handed in they were told with its check.
    for (const remark of ours ? remarks : []) await tell(session, { documentId }, "remark", remark);
    for (const message of missing) {
      await openWorkItem(session, { kind: "cross-reference-missing", message, accountId: profile.id, documentId });
    }
    const inboundId = order?.transactionSetId
      ? ((await findTransactionSet(session, order.transactionSetId))?.interchangeId ?? null)
      : null;
    return prepareOutgoing(context, profile, draft, {
      purpose: "document",
      name: nameOf(draft.groups[0]?.sets[0]?.type ?? "", document, order),
      inboundId,
      documentId,
    });
  },
};

/** An answer that we made ourselves counts as soon as it is made. */
async function acceptOwn(context: StepContext, document: DocumentRow, body: Document): Promise<void> {
  const { session } = context;
  await lockBooks(session, document.accountId, document.usage);
  await offerDocument(session, document, body);
  await postToLedger(context, document, body);
}

/** An answer that was held and is made anew says something else now than it was posted with. */
async function postAnew(context: StepContext, document: DocumentRow, body: Document): Promise<void> {
  await lockBooks(context.session, document.accountId, document.usage);
  await removeEntries(context.session, document.id);
  await postToLedger(context, document, body);
}

/** What is sent, for people: "855 for order 4500012345", "810 number 90114". */
function nameOf(set: string, { number }: DocumentRow, order: DocumentRow | null): string {
  return order ? `${set} for order ${order.number}` : `${set} number ${number}`;
}

/** What was held is decided on again, by the account's rules as they are now. @returns null where they want no answer any more */
async function decideAnew(
  context: StepContext,
  document: DocumentRow,
  order: DocumentRow,
  ruling: Ruling,
): Promise<Document | null> {
  const { session } = context;
  // What was offered may be in another form than what was ordered.
  const body = (await readOrderOfDocument(session, order.id)) ?? order.body;
  const decision = answerTo(context, { ...order, body }, ruling.profile);
  const { division, location } = document;
  await noteRuling(session, document, { ...ruling, place: { division, location, reason: null } });
  await tell(session, { documentId: document.id }, "order-response", decision.reason);
  if (!decision.send) return null;
  await updateDocumentBody(session, document.id, decision.response);
  return decision.response;
}
