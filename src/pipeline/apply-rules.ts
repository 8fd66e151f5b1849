import { randomUUID } from "node:crypto";
import type { AccountProfile } from "../accounts/account.ts";
import { accountContact } from "../accounts/rules/contacts.ts";
import { decidePriority } from "../accounts/rules/priority.ts";
import type { Order } from "../documents/order.ts";
import { NeedsHuman } from "../errors.ts";
import { addDelivery } from "../store/deliveries.ts";
import { type DocumentRow, findDocument, keepDocument, offerDocument } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { closeOneSet, findTransactionSet } from "../store/interchanges.ts";
import { openWorkItem } from "../store/work-items.ts";
import { businessDate } from "./business-date.ts";
import { answerTo } from "./order-answer.ts";
import type { NextJob, Step, StepContext } from "./step.ts";

/** What this account wants done with its order, and why: contact, priority, and whether an 855 answers it. */
export const applyRules: Step<"apply-rules"> = {
  name: "apply-rules",
  runsOn: true,

  async run(context, { document: documentId }) {
    const { session } = context;
    const document = await findDocument(session, documentId);
    if (!document) throw new NeedsHuman("document.missing", `There is no document ${documentId}.`);
    const profile = (await context.directory.load(session)).profile(document.accountId);
    if (!profile) throw new NeedsHuman("account.missing", `There is no account ${document.accountId}.`);
    const set = document.transactionSetId ? await findTransactionSet(session, document.transactionSetId) : null;
    const about = { interchangeId: set?.interchangeId ?? null, documentId };

    const today = businessDate(new Date(), profile.timeZone);
    const order = decided(document.body as Order, profile, today);
    const earlier = await offerDocument(session, document, order);
    const next = earlier
      ? await setAside(context, document, earlier, about)
      : await offered(context, document, order, profile, about);
    if (set && (await closeOneSet(session, set.interchangeId))) {
      await tell(session, { interchangeId: set.interchangeId }, "processed", "Everything in it is done.");
    }
    return next;
  },
};

function decided(order: Order, profile: AccountProfile, today: string): Order {
  return {
    ...order,
    priority: decidePriority(profile.priority, order, today),
    ...(profile.contact ? { contact: accountContact(profile.contact) } : {}),
  };
}

interface About {
  readonly interchangeId: string | null;
  readonly documentId: string;
}

/** The same order came before: it is kept, and neither offered nor answered a second time. */
async function setAside(
  context: StepContext,
  document: DocumentRow,
  earlier: DocumentRow,
  about: About,
): Promise<NextJob[]> {
  const message = `Order ${document.number} came before, as document ${earlier.id}: same number, release, purpose and ship-to. It is kept but not offered again.`;
  await tell(context.session, about, "duplicate-order", message);
  await openWorkItem(context.session, { kind: "duplicate-order", message, accountId: document.accountId, ...about });
  context.log.warn({ interchange: about.interchangeId, document: document.id, earlier: earlier.id }, "duplicate order");
  return [];
}

async function offered(
  context: StepContext,
  document: DocumentRow,
  order: Order,
  profile: AccountProfile,
  about: About,
): Promise<NextJob[]> {
  const { session, log } = context;
  const priority = order.priority;
  await tell(session, about, "priority", priority?.reason ?? "");
  await tell(session, about, "offered", `Order ${order.number} is offered to the supplier's systems.`);
  log.info(
    { interchange: about.interchangeId, document: document.id, order: order.number, priority: priority?.level },
    "order offered",
  );
  return [...(await announce(context, document)), ...(await respond(context, document, order, profile, about))];
}

/** A signed webhook for the supplier's own systems, where one is configured. */
async function announce({ session, settings }: StepContext, document: DocumentRow): Promise<NextJob[]> {
  if (!settings.webhook) return [];
  const delivery = randomUUID();
  await addDelivery(session, {
    id: delivery,
    channel: "webhook",
    accountId: document.accountId,
    documentId: document.id,
    target: settings.webhook.url,
  });
  return [{ name: "deliver", ids: { delivery, run: 0 } }];
}

async function respond(
  { session }: StepContext,
  document: DocumentRow,
  order: Order,
  profile: AccountProfile,
  about: About,
): Promise<NextJob[]> {
  const decision = answerTo({ ...document, body: order }, profile);
  await tell(session, about, "order-response", decision.reason);
  if (!decision.send) return [];
  const id = randomUUID();
  await keepDocument(session, {
    id,
    direction: "outbound",
    type: decision.response.documentType,
    number: order.number,
    accountId: document.accountId,
    usage: document.usage,
    businessKey: JSON.stringify([document.id]),
    respondsToId: document.id,
    body: decision.response,
  });
  return [{ name: "generate", ids: { document: id, run: 0 } }];
}
