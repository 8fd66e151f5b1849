import { Webhook } from "standardwebhooks";
import type { Holder } from "../accounts/index.ts";
import type { Order, PriorityLevel } from "../documents/order.ts";
import type { Alert, Notice } from "../store/alerts.ts";
import type { DocumentRow } from "../store/documents.ts";
import type { Interchange } from "../store/interchanges.ts";
import type { WorkItem } from "../store/work-items.ts";
import type { HttpSending } from "../transports/transport.ts";

const agent = "Portico";

/** What is told of an alert: the first of what needs somebody, and how many there are by kind. */
export interface AlertTold {
  readonly alert: Alert;
  readonly notice: Notice;
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly items: readonly WorkItem[];
  readonly who: Holder | null;
}

/**
 * The push of one interchange to an account. The interchange's id comes with it, so that a second copy after a cut
 * connection can be told from a second file; with a secret, it is signed as a webhook is.
 */
export function pushRequest(
  to: { url: string; headers?: Record<string, string> | undefined; secret?: string | undefined },
  interchange: Interchange,
  bytes: Buffer,
): HttpSending {
  return {
    url: to.url,
    headers: {
      ...to.headers,
      "content-type": "application/edi-x12",
      "user-agent": agent,
      "idempotency-key": interchange.id,
      "x-portico-interchange": interchange.id,
      "x-portico-control": interchange.control ?? "",
      ...(to.secret ? signature(Buffer.from(to.secret).toString("base64"), interchange.id, bytes) : {}),
    },
    body: bytes,
    chosenByOperator: false,
  };
}

/**
 * The announcement of one document to the supplier's systems, by the Standard Webhooks specification.
 * @param deliveryId webhook-id: the same for every try, so that the receiver can drop a second copy
 */
export function webhookRequest(
  to: { url: string; secret: string; chosenByOperator: boolean },
  deliveryId: string,
  document: DocumentRow,
): HttpSending {
  const body = Buffer.from(
    JSON.stringify({
      // Another type for tests: a receiver that knows production's alone takes none for business.
      type: `${document.usage === "test" ? "test." : ""}${document.type}.${document.direction === "inbound" ? "received" : "sent"}`,
      timestamp: document.createdAt.toISOString(),
      data: {
        id: document.id,
        type: document.type,
        account: document.accountId,
        usage: document.usage,
        number: document.number,
        ...priorityOf(document),
        document: document.body,
      },
    }),
  );
  return {
    url: to.url,
    headers: { "content-type": "application/json", "user-agent": agent, ...signature(to.secret, deliveryId, body) },
    body,
    chosenByOperator: to.chosenByOperator,
  };
}

/**
 * That something of an account needs a person, and who is told, by the Standard Webhooks specification.
 * @param deliveryId webhook-id: the same for every try
 */
export function alertRequest(
  to: { url: string; secret: string; chosenByOperator: boolean },
  deliveryId: string,
  { alert, notice, kinds, items, who }: AlertTold,
): HttpSending {
  const body = Buffer.from(
    JSON.stringify({
      type: "alert",
      timestamp: notice.createdAt.toISOString(),
      data: {
        id: alert.id,
        account: alert.accountId,
        roles: alert.plan.roles,
        urgent: alert.plan.urgent,
        step: notice.step,
        tell: who && { id: who.id, name: who.name, phone: who.phone, mobile: who.mobile, email: who.email },
        reason: notice.reason,
        total: kinds.reduce((sum, { count }) => sum + count, 0),
        kinds: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])),
        items: items.map(({ id, kind, message, documentId, interchangeId, openedAt }) => ({
          ...{ id, kind, message, document: documentId, interchange: interchangeId },
          openedAt: openedAt.toISOString(),
        })),
      },
    }),
  );
  return {
    url: to.url,
    headers: { "content-type": "application/json", "user-agent": agent, ...signature(to.secret, deliveryId, body) },
    body,
    chosenByOperator: to.chosenByOperator,
  };
}

/** How soon an order has to be worked on, beside the document, so that a receiver can sort without reading it. */
function priorityOf({ type, body }: DocumentRow): { priority?: PriorityLevel } {
  const level = type === "order" ? (body as Order).priority?.level : undefined;
  return level === undefined ? {} : { priority: level };
}

/** Headers that let the receiver check who sent it, and when (Standard Webhooks 1.0). */
function signature(secret: string, id: string, body: Buffer): Record<string, string> {
  const at = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  };
}
