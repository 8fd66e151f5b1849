import { z } from "zod";
import {
  type CrossReferencePair,
  readCrossReferences,
  writeCrossReferences,
} from "../accounts/cross-reference-file.ts";
import { Refused } from "../errors.ts";
import {
  type CrossReference,
  countCrossReferences,
  listCrossReferences,
  removeCrossReferences,
  saveCrossReferences,
} from "../store/cross-references.ts";
import {
  crossReferenceImport,
  crossReferenceList,
  crossReferenceQuery,
  crossReferencesImported,
} from "./contract/cross-references.ts";
import { failures } from "./contract/problem-details.ts";
import { csvMediaType, sendCsv, takeCsv } from "./csv.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Accounts"];
const params = z.object({ id: z.string().describe("Short name of the account.") });

/** What an account calls our items and places: a table that is imported and exported as CSV. */
export function serveCrossReferences(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;
  takeCsv(api);

  api.route({
    method: "GET",
    url: "/accounts/:id/cross-references",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listCrossReferences",
      tags,
      summary: "What the account calls our items and places",
      description: "As JSON a page at a time, or with `Accept: text/csv` as a file with this page's rows.",
      params,
      querystring: crossReferenceQuery,
      response: { 200: crossReferenceList.describe("A page of pairs."), ...failures(400, 403, 404) },
    },
    handler: async (request, reply) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const { after, limit } = request.query;
      const rows = await listCrossReferences(session, id, after === undefined ? null : placeOf(after), limit + 1);
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const next = last ? cursorOf(last) : null;
      if (request.headers.accept === csvMediaType) return sendCsv(reply, writeCrossReferences(items), next);
      return { items, next };
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/cross-references",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "importCrossReferences",
      tags,
      summary: "Import cross-references from CSV with the columns kind, theirs, ours",
      description: "All of the file is taken, or with a fault nothing of it. The body's media type is text/csv.",
      params,
      querystring: crossReferenceImport,
      response: { 200: crossReferencesImported, ...failures(400, 403, 404, 413, 415) },
    },
    handler: async (request) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const pairs = pairsIn(request.body);
      const { mode } = request.query;
      const removed = await database.transaction(async (transaction) => {
        const before = mode === "replace" ? await removeCrossReferences(transaction, id) : 0;
        await saveCrossReferences(transaction, id, pairs);
        return before;
      });
      request.log.info({ account: id, imported: pairs.length, mode }, "cross-references imported");
      return { account: id, imported: pairs.length, removed, total: await countCrossReferences(session, id) };
    },
  });
}

/** @throws Refused 400 with every line that is wrong, 415 for what is no CSV */
function pairsIn(body: unknown): CrossReferencePair[] {
  if (typeof body !== "string") {
    throw new Refused(415, "request.media-type", "The body has to be CSV: send content-type: text/csv.");
  }
  const { pairs, faults } = readCrossReferences(body);
  if (faults.length > 0) {
    throw refuseInvalid(...faults.map(({ line, message }) => ({ path: `line ${line}`, message })));
  }
  return pairs;
}

function cursorOf({ kind, theirs }: CrossReference): string {
  return Buffer.from(`${kind}:${theirs}`).toString("base64url");
}

/** @throws Refused 400 */
function placeOf(cursor: string): Pick<CrossReference, "kind" | "theirs"> {
  const match = /^(item|location):([^\0]+)$/.exec(Buffer.from(cursor, "base64url").toString());
  if (!match) throw refuseInvalid({ path: "query.after", message: 'must be a cursor that this gateway gave ("next")' });
  return { kind: match[1] as CrossReference["kind"], theirs: match[2] as string };
}
