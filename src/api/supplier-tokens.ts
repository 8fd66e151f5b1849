import { z } from "zod";
import { Refused } from "../errors.ts";
import { issueToken, revokeSupplierTokens } from "../store/accounts.ts";
import { callerOf } from "./authentication.ts";
import { supplierTokenIssued, supplierTokenRequest, supplierTokensRevoked } from "./contract/accounts.ts";
import { failures } from "./contract/problem-details.ts";
import type { ApiServer, ApiServices } from "./services.ts";

const tags = ["Accounts"];

/**
 * Tokens of the supplier's own people and systems. Only the administrator's token of the settings makes and ends them: who could
 * make a second one could approve their own rules.
 */
export function serveSupplierTokens(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "POST",
    url: "/tokens",
    config: { onlyFor: "supplier" },
    preHandler: async (request) => requireAdministrator(callerOf(request).administers),
    schema: {
      operationId: "issueSupplierToken",
      tags,
      summary: "Make a token for one of the supplier's people or systems; it is shown this once",
      description: "Only with the token that the setting ADMIN_TOKEN names.",
      body: supplierTokenRequest,
      response: { 201: supplierTokenIssued, ...failures(400, 403) },
    },
    handler: async (request, reply) => {
      const { label } = request.body;
      const token = await issueToken(session, null, label);
      request.log.info({ label }, "token of the supplier's issued");
      return reply.code(201).send({ label, token });
    },
  });

  api.route({
    method: "DELETE",
    url: "/tokens/:label",
    config: { onlyFor: "supplier" },
    preHandler: async (request) => requireAdministrator(callerOf(request).administers),
    schema: {
      operationId: "revokeSupplierTokens",
      tags,
      summary: "End every token of the supplier's that has this label, at once",
      params: z.object({ label: z.string().describe("Whose.") }),
      response: { 200: supplierTokensRevoked, ...failures(403) },
    },
    handler: async (request) => {
      const { label } = request.params;
      const revoked = await revokeSupplierTokens(session, label);
      request.log.info({ label, revoked }, "tokens of the supplier's revoked");
      return { label, revoked };
    },
  });
}

/** @throws Refused 403 */
function requireAdministrator(administers: boolean): void {
  if (administers) return;
  throw new Refused(
    403,
    "token.not-allowed",
    "Only the administrator may do this, with the token that ADMIN_TOKEN names.",
  );
}
