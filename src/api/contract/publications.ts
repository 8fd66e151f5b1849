import { z } from "zod";
import { publicationKind } from "../../accounts/publications/plan.ts";
import { usage } from "../../documents/index.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

const topic = z
  .string()
  .max(20)
  .regex(/^[a-z0-9-]+$/, "must be the name of a topic")
  .describe("The stream that it belongs to.");

/** What is handed in. */
export const publicationRequest = z.strictObject({
  topic,
  kind: publicationKind.describe("What it becomes: an 846, an 832, or JSON."),
  usage: usage.default("production"),
  title: plainText(200).optional().describe("What it is, for people."),
  notBefore: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .describe("When the first tier is told at the earliest; left out: at once."),
  content: z
    .record(z.string(), z.unknown())
    .describe(
      "The inventory advice or price catalog without its account, usage, number and day; or an announcement: title, text, link, effective, items.",
    ),
});

export const correctionRequest = z.strictObject({
  content: z.record(z.string(), z.unknown()).describe("All of it, as it should have been."),
  reason: plainText(500).describe("Why; it is kept with the correction."),
});
export const withdrawalRequest = z.strictObject({ reason: plainText(500).describe("Why; it is kept.") });
export const skipRequest = z.strictObject({
  account: plainText(60).describe("The account that goes without."),
  reason: plainText(500).describe("Why; it is kept in the proof."),
});
export const retryRequest = z.strictObject({ account: plainText(60) });

const release = z.object({
  tier: z.string(),
  rank: z.int().describe("0 is told first."),
  at: instant.describe("Not before this."),
  state: z
    .enum(["waiting", "due", "released", "superseded", "withdrawn"])
    .describe("due: its time has come, and it waits for accounts above it or for an earlier publication."),
  releasedAt: instant.nullable(),
  waitsFor: z.array(accountId).describe("Accounts above it that have not been told yet."),
});

/** A publication as the supplier sees it. */
export const publication = z
  .object({
    id,
    topic: z.string(),
    usage,
    number: z.int().describe("Place in its stream."),
    kind: publicationKind,
    title: z.string().nullable(),
    state: z.enum(["planned", "releasing", "released", "withdrawn"]),
    plan: z.int().describe("Version of the publication plan."),
    corrects: id.nullable(),
    by: z.string(),
    reason: z.string().nullable(),
    createdAt: instant,
    withdrawnAt: instant.nullable(),
    withdrawnBecause: z.string().nullable(),
    releases: z.array(release),
    href,
  })
  .meta({ id: "publication" });
export type PublicationView = z.infer<typeof publication>;

const standing = z.object({
  account: accountId,
  tier: z.string(),
  state: z
    .enum(["waiting", "served", "unchanged", "passed", "held", "skipped"])
    .describe(
      "waiting: its turn has not come. unchanged: nothing in it was worth telling. passed: a newer one or a correction went in its place. held: a person decides, and lower tiers wait.",
    ),
  at: instant.nullable(),
  reason: z.string().nullable(),
  document: z.object({ id, href }).nullable(),
  interchange: z.object({ id, href }).nullable(),
});

export const publicationDetail = publication
  .extend({
    content: z.record(z.string(), z.unknown()),
    accounts: z.array(standing).describe("Who has it, and who waits for it."),
  })
  .meta({ id: "publicationDetail" });

/** A publication as an account sees that was told it: its own edition, and nothing of tiers or of others. */
export const toldPublication = z
  .object({
    id,
    topic: z.string(),
    usage,
    kind: publicationKind,
    title: z.string().nullable(),
    edition: z.int().nullable().describe("Counts what the account was told of the topic."),
    corrects: id.nullable().describe("The publication that it corrects, where the account was told of it."),
    toldAt: instant,
    channel: z.enum(["mailbox", "push", "feed"]),
    withdrawn: z.boolean(),
    collectedAt: instant.nullable().describe("feed: when the account said that it has it."),
    interchange: z.object({ id, href }).nullable(),
    href,
  })
  .meta({ id: "toldPublication" });
export type ToldView = z.infer<typeof toldPublication>;

export const toldPublicationDetail = toldPublication
  .extend({ content: z.record(z.string(), z.unknown()).describe("The account's own edition.") })
  .meta({ id: "toldPublicationDetail" });

export const publicationList = listOf(z.union([publication, toldPublication]), "publicationList");

export const publicationQuery = z.strictObject({
  topic: topic.optional(),
  usage: usage.optional(),
  ...paging,
});

/** Who got a publication, when first, and how. */
export const publicationProof = z
  .object({
    publication: id,
    topic: z.string(),
    number: z.int(),
    items: z.array(
      z.object({
        account: accountId,
        tier: z.string(),
        rank: z.int(),
        state: z.enum(["served", "unchanged", "passed", "held", "skipped"]),
        releaseAt: instant.describe("When its tier's turn was planned."),
        releasedAt: instant.nullable().describe("When its tier's turn came."),
        at: instant.describe("When it could first be collected, or was handed to its delivery."),
        channel: z.enum(["mailbox", "push", "feed"]).nullable(),
        edition: z.int().nullable(),
        document: id.nullable(),
        interchange: id.nullable(),
        control: z.string().nullable().describe("ISA13."),
        arrivedAt: instant.nullable().describe("When it was collected, or taken by the account's own address."),
        answer: z.string().nullable().describe("A, E, P or R of the account's 997 or 999."),
        answeredAt: instant.nullable(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: "publicationProof" });
export type PublicationProof = z.infer<typeof publicationProof>;

export const publicationCollected = z
  .object({ id, collectedAt: instant })
  .meta({ id: "publicationCollected", description: "The account has it; said again, the answer is the same." });

export const publicationDecided = z.object({ id, account: accountId, href }).meta({ id: "publicationDecided" });

export const publicationPlanView = z
  .object({
    version: z.int(),
    author: z.string(),
    reason: z.string().nullable(),
    createdAt: instant,
    plan: z.record(z.string(), z.unknown()).describe("As schemas/publication-plan.json has it."),
  })
  .meta({ id: "publicationPlan" });
export const publicationPlanApplied = publicationPlanView
  .extend({ outcome: z.enum(["applied", "unchanged"]) })
  .meta({ id: "publicationPlanApplied" });
export const publicationPlanQuery = z.strictObject({
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe("Left out: the one in force."),
});
export const publicationPlanReason = z.strictObject({
  reason: plainText(500).optional().describe("Why, for those who read the versions later."),
});
