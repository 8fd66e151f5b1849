import { z } from "zod";
import { publicationPlan } from "../accounts/publications/plan.ts";
import { plainly, unfolded, written } from "../documents/index.ts";
import { Refused } from "../errors.ts";
import { type PlanRow, readPlan } from "../store/publications.ts";
import { callerOf } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import {
  publicationPlanApplied,
  publicationPlanQuery,
  publicationPlanReason,
  publicationPlanView,
} from "./contract/publications.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Publications"];

/** Who is told before whom: the supplier's own setting, with every version of it. */
export function servePublicationPlan(api: ApiServer, { database, publisher }: ApiServices): void {
  api.route({
    method: "GET",
    url: "/publication-plan",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readPublicationPlan",
      tags,
      summary: "Who is told before whom, and by how much",
      querystring: publicationPlanQuery,
      response: { 200: publicationPlanView, ...failures(400, 403, 404) },
    },
    handler: async (request) => {
      const { version } = request.query;
      const row = await readPlan(database.session, version);
      if (row) return viewOf(row);
      const message = version === undefined ? "There is no publication plan." : `There is no version ${version} of it.`;
      throw new Refused(404, "publication-plan.not-found", message);
    },
  });

  api.route({
    method: "PUT",
    url: "/publication-plan",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "applyPublicationPlan",
      tags,
      summary: "Say who is told before whom",
      description:
        "In force for what is handed in from now on; a publication keeps the tiers and times that it was handed in under.",
      querystring: publicationPlanReason,
      body: z.record(z.string(), z.unknown()).describe("As schemas/publication-plan.json has it."),
      response: { 200: publicationPlanApplied, ...failures(400, 403) },
    },
    handler: async (request) => {
      const read = publicationPlan.safeParse(request.body, { error: plainly(words) });
      if (!read.success) {
        const faults = read.error.issues.flatMap((issue) => unfolded(issue, words));
        throw refuseInvalid(...faults.map(({ path, message }) => ({ path: bodyPath(path), message })));
      }
      const { reason = null } = request.query;
      const { row, changed } = await publisher.applyPlan(read.data, callerOf(request).label, reason);
      return { ...viewOf(row), outcome: changed ? ("applied" as const) : ("unchanged" as const) };
    },
  });
}

const words = {
  kinds: {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "a group of settings",
  },
  unknownField: "there is no such setting here; check its spelling",
};

const bodyPath = (path: readonly PropertyKey[]): string => (path.length === 0 ? "body" : `body.${written(path)}`);

function viewOf({ number, plan, author, reason, createdAt }: PlanRow) {
  return { version: number, author, reason, createdAt: createdAt.toISOString(), plan };
}
