import { z } from "zod";
import {
  AccountFileError,
  type AccountProfile,
  accountProfile,
  asTheAccountSees,
  calendarOf,
  managersOf,
  parseAccountFile,
  withoutSecrets,
} from "../accounts/index.ts";
import { businessDate } from "../pipeline/business-date.ts";
import type { ProfileCheck } from "../pipeline/profile-check.ts";
import { applyProfile } from "../store/account-versions.ts";
import { type Account, findAccount, issueToken, listAccounts, revokeTokens } from "../store/accounts.ts";
import { callerOf, confinedTo } from "./authentication.ts";
import {
  type AccountView,
  account,
  accountApplied,
  accountList,
  accountPut,
  accountPutQuery,
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
      const { after = null, limit, manager } = request.query;
      const only = confinedTo(request);
      if (only !== null) {
        const own = await visibleAccount(session, only, only);
        const isMeant = manager === undefined || managersOf(own.profile).includes(manager);
        return { items: isMeant ? [asSeenBy(only, own)] : [], next: null };
      }
      const page = await listAccounts(session, after, limit, manager);
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
    handler: async (request) => {
      const only = confinedTo(request);
      return asSeenBy(only, await visibleAccount(session, only, request.params.id));
    },
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
      querystring: accountPutQuery,
      body: accountPut,
      response: {
        200: accountApplied.describe("Updated, to be in force later, or the same as before."),
        201: accountApplied.describe("Created."),
        ...failures(400, 403),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { reason = null, from } = request.query;
      const { label: author, tokenHash: authorToken } = callerOf(request);
      const [applied, account] = await database.transaction(async (transaction) => {
        const before = await findAccount(transaction, id);
        const profile = checkedProfile(id, keepHiddenSecrets(request.body, before?.profile ?? null), checkProfile);
        const change = { author, authorToken, reason, from: wantedFrom(from, profile, before === null) };
        const applied = await applyProfile(transaction, profile, change);
        return [applied, (await findAccount(transaction, id)) as Account] as const;
      });
      const { outcome, version } = applied;
      request.log.info({ account: id, outcome, version: version.number, by: author }, "rules applied");
      const answer = { outcome, version: version.number, account: viewOf(account) };
      if (outcome !== "created") return reply.code(200).send(answer);
      return reply.code(201).header("location", answer.account.href).send(answer);
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

/**
 * From when on rules are wanted that a day is named for; null: at once. Rules never change for days that are over.
 * @throws Refused 400
 */
function wantedFrom(day: string | undefined, profile: AccountProfile, isNew: boolean): Date | null {
  if (day === undefined) return null;
  const today = businessDate(new Date(), profile.timeZone);
  if (day < today)
    throw refuseInvalid({ path: "query.from", message: `must not be a day that is over; it is ${today}` });
  if (isNew) throw refuseInvalid({ path: "query.from", message: "a new account's rules are in force at once" });
  return day === today ? null : calendarOf(profile).beginningOf(day);
}

/** @throws Refused 400 with everything that is wrong with the profile */
export function checkedProfile(
  id: string,
  sent: Record<string, unknown>,
  check: ProfileCheck = () => [],
): AccountProfile {
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

/** An account does not see what of our people is for us alone. @param only the account that the caller is confined to */
function asSeenBy(only: string | null, account: Account): AccountView {
  return viewOf(only === null ? account : { ...account, profile: asTheAccountSees(account.profile) });
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
