import type { AccountProfile } from "../accounts/account.ts";
import type { OrderResponse } from "../documents/order-response.ts";
import { NeedsHuman } from "../errors.ts";
import { setFromDocument } from "../mappings/index.ts";
import { type DocumentRow, findDocument, offerDocument, updateDocumentBody } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { findTransactionSet } from "../store/interchanges.ts";
import { type Draft, partiesFor } from "./draft.ts";
import { answerTo } from "./order-answer.ts";
import { prepareOutgoing } from "./outgoing.ts";
import type { Step, StepContext } from "./step.ts";

/** Document → transaction set, in the account's version, checked by our own engine before it may leave. */
export const generate: Step<"generate"> = {
  name: "generate",

  async run(context, { document: documentId, run }) {
    const { session, library } = context;
    const document = await findDocument(session, documentId);
    if (document?.type !== "order-response")
      throw new NeedsHuman("document.missing", `There is no order response ${documentId}.`);
    const profile = (await context.directory.load(session)).profile(document.accountId);
    if (!profile) throw new NeedsHuman("account.missing", `There is no account ${document.accountId}.`);
    const order = document.respondsToId ? await findDocument(session, document.respondsToId) : null;
    const body =
      run > 0 && order ? await decideAnew(context, document, order, profile) : (document.body as OrderResponse);
    if (body === null) return [];
    if (document.status === "translated") await offerDocument(session, document, body);

    const { parties, identity } = partiesFor(profile, document.usage);
    const functionalId = library.set(profile.x12.version, "855")?.functionalId;
    if (!functionalId) throw new NeedsHuman("set.unknown", `There is no 855 in ${profile.x12.version}.`);
    const draft: Draft = {
      parties,
      usage: document.usage,
      ta1s: [],
      groups: [
        {
          functionalId,
          senderCode: identity.ours.application ?? identity.ours.id,
          receiverCode: identity.theirs.application ?? identity.theirs.id,
          version: profile.x12.version,
          sets: [
            {
              type: "855",
              segments: setFromDocument(body, profile.x12.version)?.segments ?? [],
              documentId,
              documentNumber: document.number,
            },
          ],
        },
      ],
    };
    const inboundId = order?.transactionSetId
      ? ((await findTransactionSet(session, order.transactionSetId))?.interchangeId ?? null)
      : null;
    return prepareOutgoing(context, profile, draft, {
      purpose: "document",
      name: `855 for order ${document.number}`,
      inboundId,
      documentId,
    });
  },
};

/** What was held is decided on again, by the account's rules as they are now. @returns null where they want no answer any more */
async function decideAnew(
  { session }: StepContext,
  document: DocumentRow,
  order: DocumentRow,
  profile: AccountProfile,
): Promise<OrderResponse | null> {
  const decision = answerTo(order, profile);
  await tell(session, { documentId: document.id }, "order-response", decision.reason);
  if (!decision.send) return null;
  await updateDocumentBody(session, document.id, decision.response);
  return decision.response;
}
