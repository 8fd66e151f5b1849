import { confinedTo } from "./authentication.ts";
import { me } from "./contract/me.ts";
import { failures } from "./contract/problem-details.ts";
import { hrefOf } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

/** Who the caller is, for somebody with a token and a doubt. */
export function serveMe(api: ApiServer, { database }: ApiServices): void {
  api.route({
    method: "GET",
    url: "/me",
    schema: {
      operationId: "readMe",
      tags: ["Accounts"],
      summary: "Who the token speaks for",
      response: { 200: me, ...failures() },
    },
    handler: async (request) => {
      const only = confinedTo(request);
      if (only === null) return { kind: "supplier" as const, account: null };
      const { id, name } = await visibleAccount(database.session, only, only);
      return { kind: "account" as const, account: { id, name, href: hrefOf("accounts", id) } };
    },
  });
}
