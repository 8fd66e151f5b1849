import { z } from "zod";
import { calendarOf, effectiveValues, type PlaceName } from "../accounts/index.ts";
import { Refused } from "../errors.ts";
import { type AccountVersion, findVersion, versionAt } from "../store/account-versions.ts";
import type { Account } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import { effectiveQuery, effectiveRules } from "./contract/effective.ts";
import { failures } from "./contract/problem-details.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

/** What rules are in force at a part of an account, value by value with who says it. Only the supplier sees them. */
export function serveEffective(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/accounts/:id/effective",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readEffectiveRules",
      tags: ["Accounts"],
      summary: "The rules in force at a division or location, each value with where it comes from",
      params: z.object({ id: z.string().describe("Short name of the account.") }),
      querystring: effectiveQuery,
      response: { 200: effectiveRules, ...failures(400, 403, 404) },
    },
    handler: async (request) => {
      const { division = null, location = null, at } = request.query;
      const account = await visibleAccount(session, null, request.params.id);
      const instant = at === undefined ? new Date() : instantOf(at, account);
      const { number: version, profile } = await ruling(session, account, instant);
      const place = existingPlace(account.id, profile, { division, location });
      const values = effectiveValues(profile, place).map(({ path, value, from }) => ({
        path,
        value,
        from: { ...from },
      }));
      return { account: account.id, ...place, version, at: instant.toISOString(), values };
    },
  });
}

/** An instant as it is written; of a day its last, on the account's own calendar. */
function instantOf(at: string, { profile }: Account): Date {
  if (at.includes("T")) return new Date(at);
  const nextDay = new Date(Date.parse(`${at}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return new Date(calendarOf(profile).beginningOf(nextDay).getTime() - 1);
}

/** @throws Refused 404 before the account's first version */
async function ruling(session: Session, { id, version }: Account, at: Date): Promise<AccountVersion> {
  const found = (await versionAt(session, id, at)) ?? (await findVersion(session, id, version));
  if (found) return found;
  throw new Refused(404, "version.not-found", `There is no version of ${id}.`);
}

/** @throws Refused 400 where the account has no such part in that version */
function existingPlace(account: string, { divisions }: AccountVersion["profile"], place: PlaceName): PlaceName {
  if (place.division === null) return place;
  const division = divisions.find(({ id }) => id === place.division);
  if (!division) throw refuseInvalid({ path: "query.division", message: noneOf(account, "division", divisions) });
  const { locations } = division;
  if (place.location === null || locations.some(({ id }) => id === place.location)) return place;
  throw refuseInvalid({ path: "query.location", message: noneOf(division.id, "location", locations) });
}

function noneOf(whose: string, what: string, known: readonly { readonly id: string }[]): string {
  const ids = known.slice(0, 20).map(({ id }) => id);
  return `is no ${what} of ${whose}; ${ids.length === 0 ? "it has none" : `it has ${ids.join(", ")}`}`;
}
