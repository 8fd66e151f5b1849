import { z } from "zod";
import { accountId } from "./values.ts";

const number = z.string().trim().min(1, "must not be empty").max(80, "must be at most 80 characters");

/** What an account calls a thing, and what we call it. */
export const crossReference = z
  .object({
    kind: z.enum(["item", "location"], "must be item or location"),
    theirs: number.describe("The account's number."),
    ours: number.describe("Ours."),
  })
  .meta({ id: "crossReference", examples: [{ kind: "item", theirs: "1009918", ours: "CR-KET-17" }] });

export const crossReferenceList = z
  .object({
    items: z.array(crossReference),
    next: z.string().nullable().describe("Cursor of the next page; null where there is nothing more now."),
  })
  .meta({ id: "crossReferenceList" });

export const crossReferenceQuery = z.strictObject({
  after: z.string().max(400).optional().describe('The "next" of the page before; left out: from the start.'),
  limit: z.coerce.number().int().min(1).max(5_000).default(500).describe("Most items of one page."),
});

export const crossReferenceImport = z.strictObject({
  mode: z
    .enum(["merge", "replace"])
    .default("merge")
    .describe("merge: add these and change those that are there. replace: these are all there are."),
});

export const crossReferencesImported = z
  .object({
    account: accountId,
    imported: z.int().describe("Pairs in the file."),
    removed: z.int().describe("Pairs that were there before and were taken away, with `replace`."),
    total: z.int().describe("Pairs that the account has now."),
  })
  .meta({ id: "crossReferencesImported" });
