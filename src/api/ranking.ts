import { writeProposals, writeRanking } from "../accounts/scoring/ranking-file.ts";
import { weightShares } from "../accounts/scoring/settings.ts";
import { type RankingMade, rankNow, reviewCustomers } from "../pipeline/customers.ts";
import { applyScoring, listScoring, scoringInForce } from "../store/scoring-versions.ts";
import { callerOf } from "./authentication.ts";
import {
  customerRanking,
  customerReview,
  rankingQuery,
  reviewQuery,
  scoringApplied,
  scoringApply,
  scoringShown,
  scoringVersionList,
  scoringVersionQuery,
} from "./contract/customers.ts";
import { failures } from "./contract/problem-details.ts";
import { sendCsv, wantsCsv } from "./csv.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Customers"];
/** Customers of a page where nobody says how many. */
const usualPage = 100;

/** Which customers should be major accounts, by what is known of them. Only the supplier sees any of it. */
export function serveRanking(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/customers/ranking",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "rankCustomers",
      tags,
      summary: "Every customer by its score, with the components of each",
      description: "As JSON a page at a time, or with `format=csv` or `Accept: text/csv` as a file with all rows.",
      querystring: rankingQuery,
      response: { 200: customerRanking, ...failures(400, 403) },
    },
    handler: async (request, reply) => {
      const { from, to, format, after = 0, limit } = request.query;
      const csv = wantsCsv(request, format);
      const made = await rankNow(session, { ...(from && { from }), ...(to && { to }) }, today());
      const { customers } = made.ranking;
      const until = after + (limit ?? (csv ? customers.length : usualPage));
      const some = customers.slice(after, until);
      const next = until < customers.length ? String(until) : null;
      if (csv) return sendCsv(reply, writeRanking({ customers: some }), next);
      return { ...headOf(made), items: some.map(viewOf), next };
    },
  });

  api.route({
    method: "GET",
    url: "/customers/candidates",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "reviewCustomers",
      tags,
      summary: "Customers to promote, accounts to demote, and accounts that don't use what they are given",
      description: "As CSV a line for each customer to promote and account to demote.",
      querystring: reviewQuery,
      response: { 200: customerReview, ...failures(400, 403) },
    },
    handler: async (request, reply) => {
      const { from, to, format } = request.query;
      const made = await reviewCustomers(session, { ...(from && { from }), ...(to && { to }) }, today());
      const { promote, demote, notUsing } = made;
      if (wantsCsv(request, format)) {
        const all = [
          ...promote.map((one) => ({ proposal: "promote", ...one })),
          ...demote.map((one) => ({ proposal: "demote", ...one })),
        ];
        return sendCsv(reply, writeProposals(all), null);
      }
      const shown = ({ because, customer }: (typeof promote)[number]) => ({ because, customer: viewOf(customer) });
      return {
        ...headOf(made),
        promote: promote.map(shown),
        demote: demote.map(shown),
        notUsing: notUsing.map(({ unused, ...account }) => ({ ...account, unused: [...unused] })),
      };
    },
  });

  api.route({
    method: "GET",
    url: "/customers/weights",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readScoring",
      tags,
      summary: "The settings by which customers are scored: weights, scales and thresholds",
      response: { 200: scoringShown, ...failures(403) },
    },
    handler: async () => {
      const { number, settings } = await scoringInForce(session);
      return { number, settings, shares: weightShares(settings) };
    },
  });

  api.route({
    method: "PUT",
    url: "/customers/weights",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "applyScoring",
      tags,
      summary: "Set how customers are scored",
      description: "A new version, in force at once. What is left out has its default.",
      body: scoringApply,
      response: { 200: scoringApplied, ...failures(400, 403) },
    },
    handler: async (request) => {
      const { settings, reason = null } = request.body;
      const { label: author } = callerOf(request);
      const applied = await database.transaction((transaction) =>
        applyScoring(transaction, settings, { author, reason }),
      );
      request.log.info({ ...applied, by: author }, "scoring settings applied");
      return applied;
    },
  });

  api.route({
    method: "GET",
    url: "/customers/weights/versions",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listScoring",
      tags,
      summary: "Every version of the scoring settings, newest first",
      querystring: scoringVersionQuery,
      response: { 200: scoringVersionList.describe("A page of versions."), ...failures(400, 403) },
    },
    handler: async (request) => {
      const { after = null, limit } = request.query;
      const { items, next } = await listScoring(session, { after, limit });
      return { items: items.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })), next };
    },
  });
}

const today = (): string => new Date().toISOString().slice(0, 10);

function headOf({ ranking: { period, currency, pareto }, settingsNumber }: RankingMade) {
  return { ...period, currency, settings: settingsNumber, pareto };
}

function viewOf({ components, leftOut, ...customer }: RankingMade["ranking"]["customers"][number]) {
  return { ...customer, components: [...components], leftOut: [...leftOut] };
}
