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
    version: z.int().describe("Counts the profiles applied, from 1."),
    createdAt: instant,
    updatedAt: instant,
    profile,
    href,
  })
  .meta({ id: "account" });
export type AccountView = z.infer<typeof account>;

export const accountList = listOf(account, "accountList");

export const accountQuery = z.strictObject(pagingByName);

/** Checked in the handler, where the stored secrets are known. */
export const accountPut = z.looseObject({}).meta({
  description: 'The whole profile. A secret that reads "(hidden)" stays as it is.',
  allOf: [{ $ref: `#/components/schemas/${namedProfile.meta()?.id}Input` }],
});

export const accountApplied = z
  .object({ outcome: z.enum(["created", "updated", "unchanged"]), account })
  .meta({ id: "accountApplied" });

export const tokenRequest = z
  .strictObject({ label: plainText(100).optional().describe("What it is for.") })
  .meta({ id: "tokenRequest", examples: [{ label: "order system, production" }] })
  .nullish();

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
