import { z } from "zod";
import { usage } from "../../documents/index.ts";
import { delivery, timeline } from "./deliveries.ts";
import { from, listOf, paging, to } from "./paging.ts";
import { accountId, href, id, instant, plainText, sha256, verdict } from "./values.ts";
import { x12Problem } from "./x12-problem.ts";

const statuses = [
  ["received", "its bytes are kept; it is about to be read"],
  ["processing", "understood; its sets are being translated"],
  ["processed", "everything in it is done"],
  ["rejected", "no X12, or its envelope is bad"],
  ["quarantined", "nobody's, until a person releases it"],
  ["duplicate", "its control number came before; a person may release it"],
  ["draft", "made, about to be enveloped"],
  ["held", "our own check found it wrong; a person looks"],
  ["ready", "waits in the mailbox or to be pushed"],
  ["delivered", "the account has it"],
  ["failed", "delivery was given up; a person looks"],
  ["acknowledged", "the account has answered it"],
  ["replaced", "it was held, and was made anew"],
] as const;
const statusWords = statuses.map(([word]) => word);

export const interchangeStatus = z.enum(statusWords as [(typeof statusWords)[number], ...typeof statusWords]).meta({
  id: "interchangeStatus",
  description: `Inbound: received to duplicate. Outbound: draft to replaced. ${statuses.map(([word, meaning]) => `${word}: ${meaning}`).join(". ")}.`,
});

export const direction = z.enum(["inbound", "outbound"]).meta({
  id: "direction",
  description: "inbound: from the account to us. outbound: from us to the account.",
});

const control = z
  .string()
  .nullable()
  .describe("ISA13 as it stands there; null until it is known.")
  .meta({ examples: ["000004417"] });
const purpose = z.enum(["acknowledgment", "document"]).nullable().describe("What an outbound interchange is for.");
const reason = z
  .object({ code: z.string(), message: z.string() })
  .nullable()
  .describe("Why it is quarantined, a duplicate, rejected, held or failed.");

const party = z.object({ qualifier: z.string(), id: z.string() }).nullable();

const setSummary = z
  .object({
    type: z.string().describe("ST01."),
    control: z.string().describe("ST02."),
    verdict,
    documentNumber: z.string().nullable().describe("Number of its document: the order number of an 850."),
    document: id.nullable().describe("The document made from it, or that it was made from."),
  })
  .meta({ id: "transactionSetSummary", description: "A transaction set in a line." });

const summaryShape = {
  id,
  direction,
  account: accountId.nullable().describe("Whose it is; null while nobody knows."),
  status: interchangeStatus,
  verdict: verdict.nullable().describe("Over all its sets; null until it is understood."),
  control,
  usage: usage.nullable().describe("ISA15; null until it is known."),
  sender: party.describe("ISA05 and ISA06."),
  receiver: party.describe("ISA07 and ISA08."),
  receivedAt: instant.nullable().describe("Inbound: when its bytes were kept."),
  sentAt: instant.nullable().describe("Outbound: when it was enveloped."),
  purpose,
  reason,
  href,
};

/** An interchange as it stands in a list. */
export const interchangeSummary = z
  .object({ ...summaryShape, transactionSets: z.array(setSummary).describe("The first 50.") })
  .meta({
    id: "interchangeSummary",
    examples: [
      {
        id: "2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10",
        direction: "inbound",
        account: "harbor-retail",
        status: "processed",
        verdict: "A",
        control: "000004417",
        usage: "production",
        sender: { qualifier: "12", id: "3125550142" },
        receiver: { qualifier: "ZZ", id: "CEDARRIVER" },
        receivedAt: "2025-03-10T06:12:44.180Z",
        sentAt: null,
        purpose: null,
        reason: null,
        href: "/api/v1/interchanges/2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10",
        transactionSets: [
          {
            type: "850",
            control: "0001",
            verdict: "A",
            documentNumber: "7741093",
            document: "8f1de1b2-0f3c-4b0c-8f57-7d8d7f2a6f52",
          },
        ],
      },
    ],
  });
export type InterchangeSummary = z.infer<typeof interchangeSummary>;

export const interchangeList = listOf(interchangeSummary, "interchangeList");

/** What a list of interchanges may be narrowed to. */
export const interchangeQuery = z.strictObject({
  account: plainText(60).optional().describe("Only this account's."),
  direction: direction.optional(),
  status: interchangeStatus.optional(),
  control: z
    .string()
    .regex(/^[\x20-\x7e]{1,9}$/, "must be 1 to 9 characters (ISA13)")
    .transform((text) => (/^\d+$/.test(text) ? text.padStart(9, "0") : text))
    .optional()
    .describe("ISA13; leading zeros may be left out."),
  documentNumber: plainText(80).optional().describe("Number of a document in it: an order number."),
  usage: usage.optional(),
  from,
  to,
  ...paging,
});

const setDetail = setSummary
  .extend({
    id,
    implementation: z.string().nullable().describe("ST03."),
    segmentCount: z.int().nullable().describe("ST and SE included."),
    offset: z.int().nullable().describe("Of ST, in the file."),
    length: z.int().nullable().describe("Bytes, ST to SE."),
    problems: z.array(x12Problem),
    problemsOmitted: z.int().describe("Problems found beyond those that are listed."),
    told: verdict.nullable().describe("Inbound: what the account was told of it; null: nothing yet."),
  })
  .meta({ id: "transactionSet", description: "One ST to SE." });

const group = z
  .object({
    functionalId: z.string().describe("GS01."),
    control: z.string().describe("GS06."),
    version: z.string().describe("GS08."),
    senderCode: z.string().describe("GS02."),
    receiverCode: z.string().describe("GS03."),
    verdict,
    problems: z.array(x12Problem).describe("Of the group's own envelope; those of its sets are with the sets."),
    transactionSets: z.array(setDetail),
  })
  .meta({ id: "functionalGroup", description: "One GS to GE." });

const sentInterchange = z
  .object({
    id,
    kind: z.string().describe("TA1, 997, 999, 855, ..."),
    control,
    status: interchangeStatus,
    sentAt: instant.nullable(),
    href,
  })
  .meta({ id: "sentInterchange", description: "An interchange of ours that answers this one." });

const receivedAcknowledgment = z
  .object({
    functionalId: z.string().describe("GS01 of our group."),
    control: z.string().describe("GS06 of our group."),
    verdict: verdict.describe("What the account's 997 or 999 said of the group."),
    at: instant.nullable(),
    transactionSets: z.array(
      z.object({ type: z.string(), control: z.string(), verdict: verdict.nullable(), problems: z.array(x12Problem) }),
    ),
  })
  .meta({ id: "receivedAcknowledgment", description: "What the account said of a group that we sent." });

/** An interchange with everything that is known of it. */
export const interchange = z
  .object({
    ...summaryShape,
    version: z.string().nullable().describe("ISA12."),
    transactionSets: z.array(setSummary),
    problems: z.array(x12Problem).describe("Of the interchange's own envelope and of the file around it."),
    groups: z.array(group),
    answers: id.nullable().describe("Outbound: the inbound interchange that it answers."),
    acknowledgments: z.object({
      sent: z.array(sentInterchange).describe("Inbound: our TA1, 997 or 999."),
      received: z.array(receivedAcknowledgment).describe("Outbound: what the account said of it."),
    }),
    responses: z.array(sentInterchange).describe("Inbound: our answers to its documents, such as an 855."),
    documents: z.array(z.object({ id, type: z.string(), number: z.string(), href })),
    deliveries: z.array(delivery),
    timeline,
    file: z
      .object({
        sha256,
        size: z.int().describe("Bytes."),
        mediaType: z.string().nullable(),
        name: z.string().nullable(),
        offset: z.int().nullable().describe("Where the interchange begins in the file."),
        length: z.int().nullable().describe("Bytes, ISA to IEA."),
      })
      .nullable()
      .describe(
        "The bytes as they came or went; null while there are none, and for an account where the file is not its own.",
      ),
    sameFile: z
      .array(z.object({ id, control, status: interchangeStatus, href }))
      .describe("Other interchanges that came in the same file."),
    replays: z.int().describe("How often it was processed again on request."),
  })
  .meta({ id: "interchange", description: "An interchange with everything that is known of it." });
export type InterchangeDetail = z.infer<typeof interchange>;

/** The answer to a file that was taken in. */
export const receipt = z
  .object({
    id: id.describe("Of the first interchange in the file."),
    sha256,
    size: z.int().describe("Bytes kept."),
    receivedAt: instant,
    status: interchangeStatus,
    href,
    duplicate: z.literal(true).optional().describe("The same bytes came before; nothing was done twice."),
  })
  .meta({
    id: "receipt",
    description: "The bytes are kept, and will be processed whatever happens.",
    examples: [
      {
        id: "2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10",
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        size: 1893,
        receivedAt: "2025-03-10T06:12:44.180Z",
        status: "received",
        href: "/api/v1/interchanges/2f5b3c1a-6f0e-4a57-9b62-6b1f1c0a7d10",
      },
    ],
  });

/** That an interchange is processed again. */
export const reprocessing = z
  .object({ id, status: interchangeStatus, replays: z.int(), href })
  .meta({ id: "reprocessing", description: "It is processed again; follow its timeline." });

export const releaseRequest = z
  .strictObject({ reason: plainText(500).describe("Why it may go on; it is written into its story.") })
  .meta({ id: "releaseRequest", examples: [{ reason: "The account confirmed the second order by telephone." }] });
