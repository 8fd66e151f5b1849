import { z } from "zod";
import type { Session } from "../store/database.ts";
import { findDeliveries } from "../store/deliveries.ts";
import { type DocumentRow, findInterchangesOfDocuments, findResponses, listDocuments } from "../store/documents.ts";
import { readDocumentTimeline } from "../store/events.ts";
import { cursorOf } from "../store/pages.ts";
import { type DocumentItem, documentDetail, documentList, documentQuery } from "./contract/documents.ts";
import { failures } from "./contract/problem-details.ts";
import { deliveryOf, hrefOf, timelineOf } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { bracketed } from "./submissions.ts";
import { existingDocument } from "./visibility.ts";

const tags = ["Documents"];

/** The feed of documents, for the supplier's own systems. */
export function serveDocuments(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/documents",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listDocuments",
      tags,
      summary: "Documents in the order in which they came, oldest first",
      description:
        "A feed: keep the `cursor` of the last document that you have dealt with, and ask for what comes `after` it. Nothing is ever put in before it. Test documents are left out unless asked for. What is not accepted has no place in the feed: ask for it by its `status`.",
      querystring: documentQuery,
      response: { 200: documentList.describe("A page of documents."), ...failures(400, 403) },
    },
    handler: async (request) => {
      const { after = null, limit, usage, ...filter } = request.query;
      const page = await listDocuments(
        session,
        { ...filter, usage: usage === "all" ? undefined : usage },
        { after, limit },
      );
      return { items: await itemsOf(session, page.items), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/documents/:id",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readDocument",
      tags,
      summary: "One document with what answers it and its story",
      params: z.object({ id: z.string().describe("Id of the document.") }),
      response: { 200: documentDetail, ...failures(403, 404) },
    },
    handler: async (request) => {
      const document = await existingDocument(session, request.params.id);
      const responses = await findResponses(session, document.id);
      const [item, ...answers] = await itemsOf(session, [document, ...responses]);
      const deliveries = await findDeliveries(session, { documentIds: [document.id] });
      return {
        ...(item as DocumentItem),
        respondsTo: document.respondsToId,
        submittedBy: document.submittedBy,
        findings: document.findings.map((finding) => ({ ...finding, path: bracketed(finding.path) })),
        responses: answers,
        deliveries: deliveries.map(deliveryOf),
        timeline: timelineOf(await readDocumentTimeline(session, document.id)),
      };
    },
  });
}

async function itemsOf(session: Session, rows: readonly DocumentRow[]): Promise<DocumentItem[]> {
  const interchanges = await findInterchangesOfDocuments(session, rows);
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    number: row.number,
    account: row.accountId,
    usage: row.usage,
    direction: row.direction,
    status: row.status,
    ruleVersion: row.ruleVersion,
    division: row.division,
    location: row.location,
    createdAt: row.createdAt.toISOString(),
    interchange: interchanges.get(row.id) ?? null,
    href: hrefOf("documents", row.id),
    cursor: row.feedPosition === null ? null : cursorOf(row.feedPosition),
    document: row.body,
  }));
}
