import { effectiveProfile } from "../accounts/index.ts";
import { NeedsHuman, RetryLater } from "../errors.ts";
import { countNeeding, endNotice, findAlert, findNotice, firstNeeding } from "../store/alerts.ts";
import { beginAttempt, type Delivery, endAttempt, endDelivery, findDelivery } from "../store/deliveries.ts";
import { findDocument } from "../store/documents.ts";
import { tell } from "../store/events.ts";
import { readFile } from "../store/files.ts";
import { findInterchange, updateInterchange } from "../store/interchanges.ts";
import { findWebhook } from "../store/webhooks.ts";
import type { HttpSending } from "../transports/transport.ts";
import { alertRequest, pushRequest, webhookRequest } from "./outgoing-requests.ts";
import type { PipelineServices, Step } from "./step.ts";

/** Waits after the first, second, ... failed try of a delivery, milliseconds; the last goes on until the tries are used up. About a day. */
const waitsMs = [5, 30, 120, 300, 900, 1_800, 3_600, 7_200, 7_200, 10_800, 10_800, 14_400, 14_400].map((s) => s * 1000);

/** Work items that the webhook of an alert has; of the others it has the number. */
const itemsToldAtMost = 100;

interface Sent {
  readonly attemptId: string;
  readonly httpStatus: number;
}

/** Send it, and write down every attempt. The other side may get it twice, with the same id, but never not at all. */
export const deliver: Step<"deliver", Sent | null> = {
  name: "deliver",

  async prepare(services, { delivery: id }) {
    const { session } = services.database;
    const delivery = await findDelivery(session, id);
    if (!delivery) throw new NeedsHuman("delivery.missing", `There is no delivery ${id}.`);
    if (delivery.status !== "waiting") return null;
    const attemptId = await beginAttempt(session, id);
    try {
      const { status, retryAfterMs } = await services.http.post(await requestFor(services, delivery));
      if (status < 200 || status > 299) {
        throw new RetryLater(
          "delivery.refused",
          `${new URL(delivery.target ?? "").host} answered ${status}.`,
          retryAfterMs,
          {
            cause: status,
          },
        );
      }
      return { attemptId, httpStatus: status };
    } catch (error) {
      const httpStatus = error instanceof RetryLater && typeof error.cause === "number" ? error.cause : null;
      await endAttempt(session, attemptId, { outcome: "failed", httpStatus, error: (error as Error).message });
      throw error;
    }
  },

  async run({ session, log }, { delivery: id }, sent) {
    if (!sent) return [];
    await endAttempt(session, sent.attemptId, { outcome: "delivered", httpStatus: sent.httpStatus, error: null });
    const delivery = await findDelivery(session, id);
    if (!delivery || !(await endDelivery(session, id, "delivered"))) return [];
    const { interchangeId, documentId, noticeId } = delivery;
    if (noticeId !== null) {
      await endNotice(session, noticeId, { state: "sent" });
      log.info({ notice: noticeId, delivery: id, channel: delivery.channel }, "delivered");
      return [];
    }
    if (interchangeId) {
      const interchange = await findInterchange(session, interchangeId);
      if (interchange?.status === "ready") await updateInterchange(session, interchangeId, { status: "delivered" });
      if (interchange?.answersId) {
        await tell(
          session,
          { interchangeId: interchange.answersId },
          "delivered",
          `Interchange ${interchange.control} was pushed to the account.`,
        );
      }
    }
    const what = delivery.channel === "push" ? "Pushed to the account" : "The supplier's systems were told by webhook";
    await tell(session, { interchangeId, documentId }, "delivered", `${what} (HTTP ${sent.httpStatus}).`);
    log.info(
      { interchange: interchangeId, document: documentId, delivery: id, channel: delivery.channel },
      "delivered",
    );
    return [];
  },

  retryAfterMs: (attempts, { settings }) =>
    attempts >= settings.deliveryAttempts ? null : (waitsMs[attempts - 1] ?? (waitsMs.at(-1) as number)),

  async giveUp({ session }, { delivery: id }, because) {
    const delivery = await findDelivery(session, id);
    if (!delivery || !(await endDelivery(session, id, "failed"))) return undefined;
    const { accountId, interchangeId, documentId, noticeId } = delivery;
    if (noticeId !== null) {
      await endNotice(session, noticeId, { state: "failed", trouble: because });
      // Its work item is no account's: people would be alerted that they could not be alerted.
      return {};
    }
    if (interchangeId) {
      await updateInterchange(session, interchangeId, {
        status: "failed",
        reason: { code: "delivery-failed", message: because },
      });
    }
    await tell(session, { interchangeId, documentId }, "delivery-failed", `Delivery given up: ${because}`);
    return { accountId, interchangeId, documentId };
  },
};

async function requestFor(services: PipelineServices, delivery: Delivery): Promise<HttpSending> {
  const { session } = services.database;
  if (delivery.channel === "push" && delivery.interchangeId) {
    const profile = (await services.directory.load(session)).profile(delivery.accountId);
    const interchange = await findInterchange(session, delivery.interchangeId);
    if (!interchange?.fileId || !profile || !("push" in profile.delivery)) {
      throw new NeedsHuman(
        "delivery.no-target",
        `${delivery.accountId} has no address to push to any more; change its profile or let it collect.`,
      );
    }
    const pieces: Uint8Array[] = [];
    for await (const piece of readFile(session, interchange.fileId)) pieces.push(piece);
    return pushRequest(profile.delivery.push, interchange, Buffer.concat(pieces));
  }
  if (delivery.noticeId !== null) return alertRequestFor(services, delivery, delivery.noticeId);
  const document = delivery.documentId ? await findDocument(session, delivery.documentId) : null;
  const to = await webhookOf(services, delivery);
  if (!document || !to) {
    throw new NeedsHuman("delivery.no-target", "There is no webhook of this address any more.");
  }
  return webhookRequest(to, delivery.id, document);
}

async function alertRequestFor(services: PipelineServices, delivery: Delivery, noticeId: string): Promise<HttpSending> {
  const { session } = services.database;
  const notice = await findNotice(session, noticeId);
  const alert = notice && (await findAlert(session, notice.alertId));
  const to = await webhookOf(services, delivery);
  if (!notice || !alert || !to) {
    throw new NeedsHuman("delivery.no-target", "There is no webhook of this address any more.");
  }
  const kinds = await countNeeding(session, alert.id);
  const items = await firstNeeding(session, alert.id, itemsToldAtMost);
  const profile = (await services.directory.load(session)).profile(alert.accountId);
  const { people = [], desks = [] } = (profile && effectiveProfile(profile, alert).contacts) ?? {};
  const who = [...people, ...desks].find(({ id }) => id === notice.holderId) ?? null;
  return alertRequest(to, delivery.id, { alert, notice, kinds, items, who });
}

/** Where a document is announced, and the key that signs: the gateway's own setting, or a subscription. */
async function webhookOf({ database, settings }: PipelineServices, { webhookId }: Delivery) {
  if (webhookId === null) return settings.webhook && { ...settings.webhook, chosenByOperator: true };
  const webhook = await findWebhook(database.session, webhookId);
  // Whoever has a token chose it, and not the operator of this machine: it must not lead into our own network.
  return webhook && { ...webhook, chosenByOperator: false };
}
