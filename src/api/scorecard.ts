import { z } from "zod";
import { type Days, daysOf, lastMonth } from "../accounts/scorecard/days.ts";
import { measures } from "../accounts/scorecard/measures.ts";
import { type Missed, writeMissed, writeScorecard } from "../accounts/scorecard/scorecard-file.ts";
import { Refused } from "../errors.ts";
import { businessDate } from "../pipeline/business-date.ts";
import { missedOf, scorecardNow } from "../pipeline/scorecards.ts";
import type { Account } from "../store/accounts.ts";
import { confinedTo } from "./authentication.ts";
import { failures } from "./contract/problem-details.ts";
import { missedList, missesQuery, scorecardQuery, scorecardView } from "./contract/scorecard.ts";
import { sendCsv, wantsCsv } from "./csv.ts";
import { hrefOf } from "./interchange-view.ts";
import { refuseInvalid } from "./problems.ts";
import { type ApiServer, type ApiServices, apiPrefix } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Accounts"];
const params = z.object({ id: z.string().describe("Short name of the account.") });

/** How an account is served. It sees how well itself; what it disputes, what that is worth and what it leaves unused only the supplier. */
export function serveScorecard(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/accounts/:id/scorecard",
    schema: {
      operationId: "readScorecard",
      tags,
      summary: "How an account was served in a period: on time, disputes, and the value of the services given",
      description:
        "Compared with the period before. With `format=csv` or `Accept: text/csv` as a file, a line for each figure. An account sees its own figures of acknowledgments, shipments and invoices.",
      params,
      querystring: scorecardQuery,
      response: { 200: scorecardView, ...failures(400, 404) },
    },
    handler: async (request, reply) => {
      const only = confinedTo(request);
      const account = await visibleAccount(session, only, request.params.id);
      const days = daysAsked(request.query, account);
      const made = await scorecardNow(session, account, days);
      const figures = made.figures.filter(({ figure }) => only === null || measures[figure].shownToAccount);
      const values = only === null ? made.values : [];
      if (wantsCsv(request, request.query.format)) return sendCsv(reply, writeScorecard({ figures, values }), null);
      return {
        account: account.id,
        name: account.name,
        ...made.days,
        before: made.before,
        ruleVersion: made.ruleVersion,
        asOf: made.asOf.toISOString(),
        figures: figures.map((figure) => ({
          ...figure,
          amounts: [...figure.amounts],
          before: { ...figure.before, amounts: [...figure.before.amounts] },
          misses: `${apiPrefix}/accounts/${account.id}/scorecard/misses?figure=${figure.figure}&from=${days.from}&to=${days.to}`,
        })),
        values: values.map((value) => ({
          ...value,
          amounts: [...value.amounts],
          before: { ...value.before, amounts: [...value.before.amounts] },
        })),
        unused: only === null ? [...made.unused] : [],
      };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/scorecard/misses",
    schema: {
      operationId: "listMisses",
      tags,
      summary: "What missed the target of a figure, or went wrong; earliest first",
      params,
      querystring: missesQuery,
      response: { 200: missedList.describe("A page of what was missed."), ...failures(400, 403, 404) },
    },
    handler: async (request, reply) => {
      const only = confinedTo(request);
      const account = await visibleAccount(session, only, request.params.id);
      const { figure, after, limit, format } = request.query;
      if (only !== null && !measures[figure].shownToAccount) {
        throw new Refused(403, "scorecard.supplier-only", `The figure ${figure} is for the supplier only.`);
      }
      const page = { after: after === undefined ? null : placeOf(after), limit };
      const { items, next } = await missedOf(session, account, daysAsked(request.query, account), figure, page);
      const cursor = next === null ? null : Buffer.from(next).toString("base64url");
      if (wantsCsv(request, format)) return sendCsv(reply, writeMissed(items), cursor);
      return { items: items.map((one) => viewOf(one, only)), next: cursor };
    },
  });
}

/** The days that were asked for; where none were, the last whole month on the account's calendar. */
function daysAsked(
  { period, from, to }: { period?: string | undefined; from?: string | undefined; to?: string | undefined },
  { profile }: Account,
): Days {
  if (period !== undefined) return daysOf(period);
  if (from !== undefined && to !== undefined) return { from, to };
  return lastMonth(businessDate(new Date(), profile.timeZone));
}

const collections = {
  interchange: "interchanges",
  document: "documents",
  order: "orders",
  invoice: "invoices",
} as const;

/** Documents are for the supplier's own systems: an account has their numbers. */
function viewOf({ began, due, answered, ...one }: Missed, only: string | null) {
  const href = one.kind === "document" && only !== null ? null : hrefOf(collections[one.kind], one.id);
  return {
    ...one,
    href,
    began: began.toISOString(),
    due: due?.toISOString() ?? null,
    answered: answered?.toISOString() ?? null,
  };
}

const moment = z.union([z.iso.datetime(), z.iso.date()]);

/** An instant or a day, a blank and an id. @throws Refused 400 */
function placeOf(cursor: string): string {
  const place = Buffer.from(cursor, "base64url").toString("latin1");
  const [at, id, ...rest] = place.split(" ");
  if (moment.safeParse(at).success && z.uuid().safeParse(id).success && rest.length === 0) return place;
  throw refuseInvalid({ path: "query.after", message: 'must be a cursor that this gateway gave ("next")' });
}
