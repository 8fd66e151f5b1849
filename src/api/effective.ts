import { z } from "zod";
import { effectiveValues } from "../accounts/index.ts";
import { effectiveQuery, effectiveRules } from "./contract/effective.ts";
import { failures } from "./contract/problem-details.ts";
import { existingPlace, instantOf, rulingAt } from "./place-asked.ts";
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
      const { number: version, profile } = await rulingAt(session, account, instant);
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
