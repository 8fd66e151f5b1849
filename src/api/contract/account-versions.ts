import { z } from "zod";
import { account } from "./accounts.ts";
import { listOf, paging } from "./paging.ts";
import { instant, plainText } from "./values.ts";

/** A version of an account's rules, without what it says. */
export const accountVersion = z
  .object({
    number: z.int().describe("From 1."),
    state: z
      .enum(["proposed", "scheduled", "in-force", "replaced", "withdrawn"])
      .describe(
        "proposed: waits for a second person. scheduled: in force later. replaced: was in force. withdrawn: taken back before it was.",
      ),
    author: z.string().describe("What the token is called that applied it."),
    reason: z.string().nullable(),
    from: instant.nullable().describe("When it comes or came into force; null: as soon as it is approved."),
    approvedBy: z.string().nullable().describe("The second person; null: none was needed, or none did yet."),
    withdrawnBy: z.string().nullable(),
    restores: z.int().nullable().describe("The version that it brings back."),
    createdAt: instant,
  })
  .meta({ id: "accountVersion" });
export type AccountVersionView = z.infer<typeof accountVersion>;

export const accountVersionList = listOf(accountVersion, "accountVersionList");
export const accountVersionQuery = z.strictObject(paging);

/** A version with all that it says. */
export const accountVersionDetail = accountVersion
  .extend({ profile: account.shape.profile })
  .meta({ id: "accountVersionDetail" });

export const accountDiffQuery = z.strictObject({
  from: z.coerce.number().int().min(1).optional().describe("Left out: the version before `to`."),
  to: z.coerce.number().int().min(1).optional().describe("Left out: the newest version."),
});

export const accountDiff = z
  .object({
    from: z.int(),
    to: z.int(),
    differences: z.array(
      z.object({
        path: z.string().describe('Where: priority["rush order"].level.'),
        before: z.unknown().optional().describe("Missing where there was nothing."),
        after: z.unknown().optional().describe("Missing where there is nothing any more."),
      }),
    ),
  })
  .meta({ id: "accountDiff" });

export const rollbackRequest = z
  .strictObject({ reason: plainText(500).describe("Why, for those who read the versions later.") })
  .meta({ id: "rollbackRequest", examples: [{ reason: "Orders of the stores were raised by mistake." }] });

export const rolledBack = z
  .object({
    outcome: z
      .enum(["withdrawn", "restored"])
      .describe("withdrawn: the newest version was not in force yet. restored: the one before is in force again."),
    version: accountVersion,
  })
  .meta({ id: "rolledBack" });
