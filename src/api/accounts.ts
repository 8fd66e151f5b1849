import { z } from "zod";
import {
  AccountFileError,
  type AccountProfile,
  accountProfile,
  parseAccountFile,
  withoutSecrets,
} from "../accounts/index.ts";
import type { ProfileCheck } from "../pipeline/profile-check.ts";
import { type Account, applyProfile, findAccount, issueToken, listAccounts, revokeTokens } from "../store/accounts.ts";
import { confinedTo } from "./authentication.ts";
import {
  type AccountView,
  account,
  accountApplied,
  accountList,
  accountPut,
  accountQuery,
  tokenIssued,
  tokenRequest,
  tokensRevoked,
} from "./contract/accounts.ts";
import { failures } from "./contract/problem-details.ts";
import { keepHiddenSecrets } from "./hidden-secrets.ts";
import { hrefOf } from "./interchange-view.ts";
import { refuseInvalid } from "./problems.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Accounts"];
const params = z.object({ id: z.string().describe("Short name of the account.") });
const paramsOfNew = z.object({ id: accountProfile.shape.id });

/** Who we trade with, and the tokens that speak for them. */
export function serveAccounts(api: ApiServer, { database, checkProfile }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/accounts",
    schema: {
      operationId: "listAccounts",
      tags,
      summary: "Accounts by name",
      description: "The supplier sees all, an account itself.",
      querystring: accountQuery,
      response: { 200: accountList.describe("A page of accounts."), ...failures(400) },
    },
    handler: async (request) => {
      const { after = null, limit } = request.query;
      const only = confinedTo(request);
      if (only !== null) return { items: [viewOf(await visibleAccount(session, only, only))], next: null };
      const page = await listAccounts(session, after, limit);
      return { items: page.items.map(viewOf), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id",
    schema: {
      operationId: "readAccount",
      tags,
      summary: "One account with its profile, secrets hidden",
      params,
      response: { 200: account, ...failures(404) },
    },
    handler: async (request) => viewOf(await visibleAccount(session, confinedTo(request), request.params.id)),
  });

  api.route({
    method: "PUT",
    url: "/accounts/:id",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "applyAccount",
      tags,
      summary: "Create an account, or give it a new profile",
      params: paramsOfNew,
      body: accountPut,
      response: {
        200: accountApplied.describe("Updated, or the same as before."),
        201: accountApplied.describe("Created."),
        ...failures(400, 403),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const [before, applied] = await database.transaction(async (transaction) => {
        const before = await findAccount(transaction, id);
        const profile = checkedProfile(id, keepHiddenSecrets(request.body, before?.profile ?? null), checkProfile);
        return [before, await applyProfile(transaction, profile)] as const;
      });
      const view = viewOf(applied);
      if (!before) return reply.code(201).header("location", view.href).send({ outcome: "created", account: view });
      const outcome = before.version === applied.version ? "unchanged" : "updated";
      return reply.code(200).send({ outcome, account: view });
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/tokens",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "issueToken",
      tags,
      summary: "Make a token that speaks for the account; it is shown this once",
      params,
      body: tokenRequest,
      response: { 201: tokenIssued, ...failures(400, 403, 404) },
    },
    handler: async (request, reply) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const label = request.body?.label ?? "issued by the API";
      const token = await issueToken(session, id, label);
      request.log.info({ account: id, label }, "token issued");
      return reply.code(201).send({ account: id, label, token });
    },
  });

  api.route({
    method: "DELETE",
    url: "/accounts/:id/tokens",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "revokeTokens",
      tags,
      summary: "End every token of the account, at once",
      params,
      response: { 200: tokensRevoked, ...failures(403, 404) },
    },
    handler: async (request) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const revoked = await revokeTokens(session, id);
      request.log.info({ account: id, revoked }, "tokens revoked");
      return { account: id, revoked };
    },
  });
}

/** @throws Refused 400 with everything that is wrong with the profile */
function checkedProfile(id: string, sent: Record<string, unknown>, check: ProfileCheck = () => []): AccountProfile {
  const profile = readProfile(sent);
  const faults = check(profile).map(({ path, message }) => ({ path: `body.${path}`, message }));
  if (profile.id !== id) faults.push({ path: "body.id", message: `must be "${id}", as in the address` });
  // PostgreSQL's text can hold any character but this one.
  if (JSON.stringify(profile).includes("\\u0000")) faults.push({ path: "body", message: "must not contain NUL" });
  if (faults.length > 0) throw refuseInvalid(...faults);
  return profile;
}

/** A profile sent as JSON is read like one in a file (JSON is YAML), so that its faults are told in the same words. */
function readProfile(sent: Record<string, unknown>): AccountProfile {
  try {
    return parseAccountFile(JSON.stringify(sent), "body");
  } catch (error) {
    if (!(error instanceof AccountFileError)) throw error;
    throw refuseInvalid(
      ...error.issues.map(({ path, message }) => ({ path: path === "" ? "body" : `body.${path}`, message })),
    );
  }
}

function viewOf({ id, name, version, createdAt, updatedAt, profile }: Account): AccountView {
  return {
    id,
    name,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    profile: withoutSecrets(profile),
    href: hrefOf("accounts", id),
  };
}
