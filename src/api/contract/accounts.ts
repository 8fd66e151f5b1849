import { z } from "zod";
import { accountProfile } from "../../accounts/index.ts";
import { listOf, pagingByName } from "./paging.ts";
import { accountId, href, instant, plainText } from "./values.ts";

/** The profile under a name of its own in the OpenAPI document. */
const namedProfile = accountProfile.meta({
  id: "accountProfile",
  title: "Account",
  description: "A major account: who it is, by which names, and what it wants of us.",
});

const profile = z.unknown().meta({
  description: 'The profile; secrets read "(hidden)".',
  allOf: [{ $ref: `#/components/schemas/${namedProfile.meta()?.id}` }],
});

export const account = z
  .object({
    id: accountId,
    name: z.string(),
    version: z.int().describe("Number of the version in force, from 1."),
    createdAt: instant,
    updatedAt: instant,
    profile,
    href,
  })
  .meta({ id: "account" });
export type AccountView = z.infer<typeof account>;

export const accountList = listOf(account, "accountList");

export const accountQuery = z.strictObject({
  manager: plainText(60).optional().describe("Only accounts that this person or team looks after (accountManager)."),
  ...pagingByName,
});

/** Why the rules change, and from when on. */
export const accountPutQuery = z.strictObject({
  reason: plainText(500).optional().describe("Why, for those who read the versions later."),
  from: z.iso
    .date("must be a day, for example 2026-12-01")
    .optional()
    .describe("The first day on which it is in force, on the account's own calendar. Left out: at once."),
});

/** Checked in the handler, where the stored secrets are known. */
export const accountPut = z.looseObject({}).meta({
  description: 'The whole profile. A secret that reads "(hidden)" stays as it is.',
  allOf: [{ $ref: `#/components/schemas/${namedProfile.meta()?.id}Input` }],
});

export const accountApplied = z
  .object({
    outcome: z
      .enum(["created", "updated", "unchanged", "scheduled", "proposed"])
      .describe("scheduled: in force later. proposed: in force when a second person approves it."),
    version: z.int().describe("The version that says what was sent."),
    account: account.describe("As it is now."),
  })
  .meta({ id: "accountApplied" });

export const tokenRequest = z
  .strictObject({ label: plainText(100).optional().describe("What it is for.") })
  .meta({ id: "tokenRequest", examples: [{ label: "order system, production" }] })
  .nullish();

export const supplierTokenRequest = z
  .strictObject({
    label: plainText(100).describe("Whose it is: a person's name, or a system's. Rules show it as their author."),
  })
  .meta({ id: "supplierTokenRequest", examples: [{ label: "Ines Albrecht" }] });

export const supplierTokenIssued = z
  .object({ label: z.string(), token: z.string().describe("Shown this once; only its hash is kept.") })
  .meta({ id: "supplierTokenIssued" });

export const supplierTokensRevoked = z
  .object({ label: z.string(), revoked: z.int().describe("How many tokens ended.") })
  .meta({ id: "supplierTokensRevoked" });

export const tokenIssued = z
  .object({
    account: accountId,
    label: z.string(),
    token: z.string().describe("Shown this once; only its hash is kept."),
  })
  .meta({ id: "tokenIssued" });

export const tokensRevoked = z
  .object({ account: accountId, revoked: z.int().describe("How many tokens ended.") })
  .meta({ id: "tokensRevoked" });
