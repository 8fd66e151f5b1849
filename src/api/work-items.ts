import { z } from "zod";
import { acknowledgeWorkItem, listWorkItems, type WorkItem } from "../store/work-items.ts";
import { callerOf, confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import { workItem, workItemList, workItemQuery } from "./contract/work-items.ts";
import { hrefOf, moment } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { existingWorkItem } from "./visibility.ts";

/** What people have to look at. */
export function serveWorkItems(api: ApiServer, { database }: ApiServices): void {
  api.route({
    method: "GET",
    url: "/work-items",
    schema: {
      operationId: "listWorkItems",
      tags: ["Work items"],
      summary: "What a person has to look at, newest first",
      description: "The supplier sees all, an account what is about it.",
      querystring: workItemQuery,
      response: { 200: workItemList.describe("A page of work items."), ...failures(400) },
    },
    handler: async (request) => {
      const { open, account, after = null, limit } = request.query;
      const only = confinedTo(request);
      if (only !== null && account !== undefined && account !== only) return { items: [], next: null };
      const page = await listWorkItems(database.session, { open, account: only ?? account }, { after, limit });
      return { items: page.items.map((item) => viewOf(item, only !== null)), next: page.next };
    },
  });

  api.route({
    method: "POST",
    url: "/work-items/:id/acknowledge",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "acknowledgeWorkItem",
      tags: ["Work items"],
      summary: "Say that you have it in hand; nobody else is told of it",
      description: "Who said so first stays. What is closed already stays as it is.",
      params: z.object({ id: z.string().describe("Id of the work item.") }),
      response: { 200: workItem, ...failures(403, 404) },
    },
    handler: async (request) => {
      const { id, accountId: account } = await existingWorkItem(database.session, request.params.id);
      const { label: by } = callerOf(request);
      await acknowledgeWorkItem(database.session, id, by);
      request.log.info({ account, workItem: id, by }, "work item acknowledged");
      return viewOf(await existingWorkItem(database.session, id), false);
    },
  });
}

/** An account is told that somebody has it in hand, and not who, nor whom we call. */
function viewOf(item: WorkItem, forAccount: boolean) {
  return {
    id: item.id,
    kind: item.kind,
    message: item.message,
    account: item.accountId,
    interchange:
      item.interchangeId === null ? null : { id: item.interchangeId, href: hrefOf("interchanges", item.interchangeId) },
    document: item.documentId === null ? null : { id: item.documentId, href: hrefOf("documents", item.documentId) },
    job: item.jobId,
    roles: forAccount ? [] : item.roles,
    alert: forAccount ? null : item.alertId,
    acknowledgedAt: moment(item.acknowledgedAt),
    acknowledgedBy: forAccount ? null : item.acknowledgedBy,
    openedAt: item.openedAt.toISOString(),
    closedAt: moment(item.closedAt),
    closedBecause: item.closedBecause,
  };
}
