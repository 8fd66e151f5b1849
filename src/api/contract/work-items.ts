import { z } from "zod";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

/** Something that a person has to look at. */
export const workItem = z
  .object({
    id,
    kind: z.string().describe("Stable word for machines: quarantined, held, duplicate-order, job-failed, ..."),
    message: z.string().describe("What happened and what to do about it."),
    account: accountId.nullable(),
    interchange: z.object({ id, href }).nullable(),
    document: z.object({ id, href }).nullable(),
    job: z.string().nullable(),
    roles: z.array(z.string()).describe("Who is to be told, X12 element 366; empty: as the account's rules say."),
    alert: id.nullable().describe("That people were told by."),
    acknowledgedAt: instant.nullable().describe("When somebody took it in hand."),
    acknowledgedBy: z.string().nullable(),
    openedAt: instant,
    closedAt: instant.nullable(),
    closedBecause: z.string().nullable(),
  })
  .meta({ id: "workItem", description: "Something that a person has to look at." });

export const workItemList = listOf(workItem, "workItemList");

export const workItemQuery = z.strictObject({
  open: z.stringbool().optional().describe("true: only what is open; false: only what is closed."),
  account: plainText(60).optional(),
  ...paging,
});
