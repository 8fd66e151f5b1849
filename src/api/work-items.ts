import { listWorkItems, type WorkItem } from "../store/work-items.ts";
import { confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import { workItemList, workItemQuery } from "./contract/work-items.ts";
import { hrefOf, moment } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";

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
      return { items: page.items.map(viewOf), next: page.next };
    },
  });
}

function viewOf(item: WorkItem) {
  return {
    id: item.id,
    kind: item.kind,
    message: item.message,
    account: item.accountId,
    interchange:
      item.interchangeId === null ? null : { id: item.interchangeId, href: hrefOf("interchanges", item.interchangeId) },
    document: item.documentId === null ? null : { id: item.documentId, href: hrefOf("documents", item.documentId) },
    job: item.jobId,
    openedAt: item.openedAt.toISOString(),
    closedAt: moment(item.closedAt),
    closedBecause: item.closedBecause,
  };
}
