import { z } from "zod";
import { profileDiff, withoutSecrets } from "../accounts/index.ts";
import { Refused } from "../errors.ts";
import { type AccountVersion, approveVersion, findVersion, listVersions, rollBack } from "../store/account-versions.ts";
import type { Account } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import { callerOf } from "./authentication.ts";
import {
  type AccountVersionView,
  accountDiff,
  accountDiffQuery,
  accountVersion,
  accountVersionDetail,
  accountVersionList,
  accountVersionQuery,
  rollbackRequest,
  rolledBack,
} from "./contract/account-versions.ts";
import { failures } from "./contract/problem-details.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleAccount } from "./visibility.ts";

const tags = ["Accounts"];
const params = z.object({ id: z.string().describe("Short name of the account.") });
const paramsOfVersion = params.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) });

/** The versions of an account's rules: who changed what, why and from when on. Only the supplier sees them. */
export function serveAccountVersions(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/accounts/:id/versions",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "listAccountVersions",
      tags,
      summary: "Versions of an account's rules, newest first",
      params,
      querystring: accountVersionQuery,
      response: { 200: accountVersionList.describe("A page of versions."), ...failures(400, 403, 404) },
    },
    handler: async (request) => {
      const account = await visibleAccount(session, null, request.params.id);
      const { after = null, limit } = request.query;
      const page = await listVersions(session, account.id, { after, limit });
      return { items: page.items.map((version) => versionView(version, account)), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/versions/:number",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "readAccountVersion",
      tags,
      summary: "One version of an account's rules with its profile, secrets hidden",
      params: paramsOfVersion,
      response: { 200: accountVersionDetail, ...failures(403, 404) },
    },
    handler: async (request) => {
      const account = await visibleAccount(session, null, request.params.id);
      const version = await existingVersion(session, account.id, request.params.number);
      return { ...versionView(version, account), profile: withoutSecrets(version.profile) };
    },
  });

  api.route({
    method: "GET",
    url: "/accounts/:id/diff",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "diffAccountVersions",
      tags,
      summary: "What differs between two versions of an account's rules",
      params,
      querystring: accountDiffQuery,
      response: { 200: accountDiff, ...failures(400, 403, 404) },
    },
    handler: async (request) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const newest = (await listVersions(session, id, { after: null, limit: 1 })).items[0]?.number ?? 1;
      const to = await existingVersion(session, id, request.query.to ?? newest);
      const from = await existingVersion(session, id, request.query.from ?? Math.max(1, to.number - 1));
      return { from: from.number, to: to.number, differences: profileDiff(from.profile, to.profile) };
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/versions/:number/approve",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "approveAccountVersion",
      tags,
      summary: "Approve a version that waits for a second person",
      description: "With another token than the one that applied it, under another name.",
      params: paramsOfVersion,
      response: { 200: accountVersion, ...failures(403, 404, 409) },
    },
    handler: async (request) => {
      const { id, number } = request.params;
      const caller = callerOf(request);
      const account = await visibleAccount(session, null, id);
      const waiting = await existingVersion(session, account.id, number);
      if (waiting.authorToken === caller.tokenHash || waiting.author === caller.label) {
        throw new Refused(
          403,
          "version.own",
          `Version ${number} is by ${waiting.author}: somebody else has to approve it, with a token of their own.`,
        );
      }
      const approved = await database.transaction((transaction) =>
        approveVersion(transaction, account.id, number, caller.label),
      );
      if (!approved) {
        throw new Refused(409, "version.not-proposed", `Version ${number} does not wait for anybody's approval.`);
      }
      request.log.info({ account: account.id, version: number, by: caller.label }, "rules approved");
      return versionView(approved, await visibleAccount(session, null, id));
    },
  });

  api.route({
    method: "POST",
    url: "/accounts/:id/rollback",
    config: { onlyFor: "supplier" },
    schema: {
      operationId: "rollBackAccount",
      tags,
      summary: "Take the newest version back, or bring the one before into force again",
      description:
        "One step. What is not in force yet is taken back; else the version before the one in force comes back as a new one, at once and without a second person: it was approved before.",
      params,
      body: rollbackRequest,
      response: { 200: rolledBack, ...failures(400, 403, 404, 409) },
    },
    handler: async (request) => {
      const { id } = await visibleAccount(session, null, request.params.id);
      const { label: author, tokenHash: authorToken } = callerOf(request);
      const { reason } = request.body;
      const done = await database.transaction((transaction) =>
        rollBack(transaction, id, { author, authorToken, reason }),
      );
      if (!done) {
        throw new Refused(409, "version.first", `There is no version of ${id} before the one in force.`);
      }
      const account = await visibleAccount(session, null, id);
      const [outcome, version] =
        "withdrawn" in done ? (["withdrawn", done.withdrawn] as const) : (["restored", done.restored] as const);
      request.log.info({ account: id, version: version.number, by: author, outcome }, "rules rolled back");
      return { outcome, version: versionView(version, account) };
    },
  });
}

/** @throws Refused 404 */
async function existingVersion(session: Session, accountId: string, number: number): Promise<AccountVersion> {
  const found = await findVersion(session, accountId, number);
  if (found) return found;
  throw new Refused(404, "version.not-found", `There is no version ${number} of ${accountId}.`);
}

/** A version as the API shows it. */
export function versionView(version: AccountVersion, account: Pick<Account, "version">): AccountVersionView {
  return {
    number: version.number,
    state: stateOf(version, account.version),
    author: version.author,
    reason: version.reason,
    from: (version.effectiveAt ?? version.wantedAt)?.toISOString() ?? null,
    approvedBy: version.approvedBy,
    withdrawnBy: version.withdrawnBy,
    restores: version.restores,
    createdAt: version.createdAt.toISOString(),
  };
}

function stateOf({ number, effectiveAt, withdrawnAt }: AccountVersion, inForce: number): AccountVersionView["state"] {
  if (withdrawnAt !== null) return "withdrawn";
  if (effectiveAt === null) return "proposed";
  if (number === inForce) return "in-force";
  return effectiveAt.getTime() > Date.now() ? "scheduled" : "replaced";
}
