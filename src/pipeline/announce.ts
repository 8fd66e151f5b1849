import { randomUUID } from "node:crypto";
import { addDelivery } from "../store/deliveries.ts";
import type { DocumentRow } from "../store/documents.ts";
import { findWebhooksFor } from "../store/webhooks.ts";
import type { NextJob, StepContext } from "./step.ts";

/**
 * Signed webhooks for the supplier's own systems: of what came in to the address in the settings, and of every accepted
 * document to whoever subscribed to it.
 */
export async function announce(
  { session, settings }: Pick<StepContext, "session" | "settings">,
  document: DocumentRow,
): Promise<NextJob[]> {
  const targets = (await findWebhooksFor(session, document)).map(({ id, url }) => ({ webhookId: id, target: url }));
  const next: NextJob[] = [];
  const toSetting = settings.webhook && document.direction === "inbound" ? [{ target: settings.webhook.url }] : [];
  for (const target of [...toSetting, ...targets]) {
    const delivery = randomUUID();
    await addDelivery(session, {
      id: delivery,
      channel: "webhook",
      accountId: document.accountId,
      documentId: document.id,
      ...target,
    });
    next.push({ name: "deliver", ids: { delivery, run: 0 } });
  }
  return next;
}
