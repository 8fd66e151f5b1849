import { z } from "zod";
import { type DifferenceKind, differenceKinds } from "../../accounts/trial/difference.ts";
import { decimal } from "../../documents/index.ts";
import { accountId, id, instant } from "./values.ts";

export const ruleTrialQuery = z.strictObject({
  since: z
    .string()
    .regex(/^([1-9]\d{0,3}d|\d{4}-\d{2}-\d{2})$/, "must be days, for example 90d, or a day, for example 2026-09-01")
    .default("90d")
    .describe("How far back: days, or the first day on the account's calendar."),
  usage: z.enum(["production", "test"]).default("production").describe("Whose documents."),
  against: z
    .enum(["then", "now"])
    .default("then")
    .describe("then: the rules in force when each document came. now: the rules in force today."),
  examples: z.coerce.number().int().min(0).max(1_000).default(10).describe("Most examples of each kind of difference."),
  documents: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(100_000)
    .describe("Most documents that are read, the newest first."),
  seconds: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(25)
    .describe("Most time; what is not read by then is left out."),
  after: z
    .string()
    .regex(/^(order|shipment|publication)-\d{1,15}$/, 'must be the "next" of a trial that stopped')
    .optional()
    .describe("The `next` of a trial that stopped: only documents that it did not come to."),
});

const type = z.enum(["order", "shipment", "publication"]);

const triedDocument = z.object({
  id,
  type,
  number: z.string().describe("As people know it: an order's number, a topic and the place in it."),
  cameAt: instant,
});

const money = z.object({
  currency: z.string().describe("ISO 4217; empty where the document names none."),
  amount: decimal.describe("After less before."),
});

const kinds = Object.keys(differenceKinds) as [DifferenceKind, ...DifferenceKind[]];

const kindCounted = z.object({
  kind: z.enum(kinds),
  words: z.string().describe("The kind, as people say it."),
  documents: z.int(),
  count: z.int().describe("Decisions, of which a document may have several."),
  money: z.array(money).describe("The sums of what differs in money."),
  examples: z
    .array(
      z.object({
        document: triedDocument,
        place: z.string().describe("Where in the document: lines[2]; empty for all of it."),
        line: z.string().optional().describe("The line's own number."),
        before: z.string().nullable(),
        after: z.string().nullable(),
        because: z.string().describe("The rule that says so, and what it rests on."),
        money: money.optional(),
      }),
    )
    .describe("The first, from the newest document on."),
});

export const ruleTrial = z
  .object({
    account: accountId,
    from: instant,
    to: instant,
    read: z.int().describe("Documents that were read."),
    different: z.int().describe("Of these, the ones of which something comes out differently."),
    types: z.array(z.object({ type, read: z.int(), different: z.int() })),
    versions: z
      .array(z.object({ version: z.int(), documents: z.int() }))
      .describe("The versions of the rules that the new ones were held against."),
    stopped: z.enum(["documents", "time"]).nullable().describe("Why not all documents were read; null: all were."),
    next: z.string().nullable().describe("Where another trial goes on with the others; null: all were read."),
    differences: z.array(kindCounted),
    notJudged: z
      .array(z.object({ reason: z.string(), documents: z.int(), examples: z.array(triedDocument) }))
      .describe("What could not be judged."),
    notTried: z
      .array(z.object({ path: z.string(), why: z.string() }))
      .describe("What the new rules change that is not tried."),
    facts: z.array(z.string()).describe("Which facts were used, where those of the day can't be known."),
  })
  .meta({ id: "ruleTrial" });
export type RuleTrialView = z.infer<typeof ruleTrial>;
