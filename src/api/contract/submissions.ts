import { z } from "zod";
import { usage } from "../../documents/index.ts";
import { accountId, href, id, plainText } from "./values.ts";

const electronicAddress = z.object({ qualifier: z.string(), id: z.string(), application: z.string() });

/** What a document is sent as, to whom, and when. */
export const sending = z
  .object({
    set: z.string().describe("ST01: 855, 856, 810, ..."),
    version: z.string().describe("GS08."),
    interchangeVersion: z.string().describe("ISA12."),
    from: electronicAddress.describe("ISA05, ISA06 and GS02."),
    to: electronicAddress.describe("ISA07, ISA08 and GS03."),
    channel: z
      .enum(["mailbox", "push"])
      .describe("The account fetches it, or it is pushed to the account's own address."),
    when: z
      .literal("when-checked")
      .describe("It leaves as soon as its checks are passed: nothing waits for an hour of the day."),
  })
  .meta({ id: "sending" });

/** A document that was kept. */
export const submissionReceipt = z
  .object({
    id,
    type: z.string(),
    number: z.string(),
    account: accountId,
    usage,
    status: z.literal("submitted").describe("Kept, and about to be checked. What becomes of it is at `href`."),
    sending,
    href,
  })
  .meta({ id: "submissionReceipt" });

/** One thing that is wrong with a document, or odd about it. */
export const submissionProblem = z
  .object({
    code: z.string().describe("Stable word for machines: document.invalid, price-differs, x12-wrong, ..."),
    severity: z
      .enum(["refusal", "hold", "warning"])
      .describe("refusal: it is not kept. hold: a person has to decide. warning: it leaves all the same."),
    path: z.string().describe('Where in the document: "lines[0].price"; empty for the whole.'),
    message: z.string(),
    mend: z.string().optional().describe("What to do about it."),
  })
  .meta({ id: "submissionProblem" });

/** What would become of a document. */
export const trial = z
  .object({
    dryRun: z.literal(true),
    outcome: z
      .enum(["refused", "held", "accepted"])
      .describe("refused: it would not be kept. held: a person would have to decide."),
    type: z.string().nullable(),
    number: z.string().nullable(),
    sending: sending.nullable(),
    x12: z.string().nullable().describe("The interchange as it would leave; null where it can't be written."),
    placeholders: z
      .string()
      .describe("Which control numbers in the X12 are placeholders: the real ones are taken when it leaves."),
    problems: z.array(submissionProblem),
  })
  .meta({ id: "submissionTrial" });

/** How a request is to be taken. */
export const submissionQuery = z.strictObject({
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((word) => word === "true")
    .describe("true: says what would come of it, with the X12, and neither keeps nor sends anything."),
});

/** A line of the answer to many documents. */
export const submissionLine = z
  .object({
    line: z.int().describe("Line of the request, from 1; empty lines count."),
    status: z.int().describe("As the document alone would have been answered: 202 kept, 200 tried, 400, 409, 422."),
    document: z.union([submissionReceipt, trial]).optional(),
    repeated: z.boolean().optional().describe("The same request came before; this is its answer."),
    code: z.string().optional(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "submissionLine" });

/** What a person decides on a document, and why. */
export const decision = z.strictObject({
  reason: plainText(500).describe("Why; it is kept in the document's story."),
});

/** A document that was decided on. */
export const decided = z
  .object({ id, status: z.enum(["submitted", "withdrawn"]), href })
  .meta({ id: "decidedDocument" });
