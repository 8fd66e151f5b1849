import { z } from "zod";
import {
  type AlertWithItems,
  acknowledgeAlert,
  findNoticeAttempts,
  findNotices,
  listAlerts,
  type Notice,
  type NoticeAttempt,
} from "../store/alerts.ts";
import type { Session } from "../store/database.ts";
import { type DeliveryWithAttempts, findDeliveries } from "../store/deliveries.ts";
import { callerOf } from "./authentication.ts";
import { type AlertView, alertAcknowledged, alertList, alertQuery } from "./contract/alerts.ts";
import { failures } from "./contract/problem-details.ts";
import { deliveryOf, moment } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { existingAlert } from "./visibility.ts";

const tags = ["Work items"];

/** Whom people were told by that something needs them. Alerts are the supplier's own affair. */
export function serveAlerts(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/alerts",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listAlerts",
      tags,
      summary: "Who was told that something needs a person, by which way, with every try; newest first",
      querystring: alertQuery,
      response: { 200: alertList.describe("A page of alerts."), ...failures(400, 403) },
    },
    handler: async (request) => {
      const { after = null, limit, ...filter } = request.query;
      const page = await listAlerts(session, filter, { after, limit });
      return { items: await viewsOf(session, page.items), next: page.next };
    },
  });

  api.route({
    method: "POST",
    url: "/alerts/:id/acknowledge",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "acknowledgeAlert",
      tags,
      summary: "Say that you have in hand all that an alert tells of; nobody else is told of it",
      params: z.object({ id: z.string().describe("Id of the alert.") }),
      response: { 200: alertAcknowledged, ...failures(403, 404) },
    },
    handler: async (request) => {
      const { id, accountId: account } = await existingAlert(session, request.params.id);
      const { label: by } = callerOf(request);
      const acknowledged = await acknowledgeAlert(session, id, by);
      request.log.info({ account, alert: id, acknowledged, by }, "alert acknowledged");
      return { id, acknowledged };
    },
  });
}

async function viewsOf(session: Session, alerts: readonly AlertWithItems[]): Promise<AlertView[]> {
  const notices = await findNotices(
    session,
    alerts.map(({ id }) => id),
  );
  const noticeIds = notices.map(({ id }) => id);
  const attempts = await findNoticeAttempts(session, noticeIds);
  const deliveries = await findDeliveries(session, { noticeIds });
  return alerts.map((alert) => ({
    id: alert.id,
    account: alert.accountId,
    division: alert.division,
    location: alert.location,
    state: alert.state,
    urgent: alert.plan.urgent,
    roles: [...alert.plan.roles],
    items: { total: alert.items, open: alert.open, needing: alert.needing },
    createdAt: alert.createdAt.toISOString(),
    toldAt: moment(alert.toldAt),
    next:
      alert.nextStep === null || alert.nextAt === null || alert.needing === 0
        ? null
        : { step: alert.nextStep, at: alert.nextAt.toISOString() },
    notices: notices
      .filter(({ alertId }) => alertId === alert.id)
      .map((notice) =>
        noticeViewOf(
          notice,
          attempts.filter(({ noticeId }) => noticeId === notice.id),
          deliveries.filter(({ noticeId }) => noticeId === notice.id),
        ),
      ),
  }));
}

function noticeViewOf(
  { id, step, channel, holderId, holderName, address, reason, state, trouble, createdAt, sentAt }: Notice,
  attempts: readonly NoticeAttempt[],
  deliveries: readonly DeliveryWithAttempts[],
): AlertView["notices"][number] {
  return {
    ...{ id, step, channel, reason, state, trouble },
    to: holderId === null ? null : { id: holderId, name: holderName ?? holderId, address },
    createdAt: createdAt.toISOString(),
    sentAt: moment(sentAt),
    attempts: attempts.map(({ startedAt, finishedAt, outcome, error }) => ({
      startedAt: startedAt.toISOString(),
      finishedAt: moment(finishedAt),
      ...{ outcome, error },
    })),
    deliveries: deliveries.map(deliveryOf),
  };
}
