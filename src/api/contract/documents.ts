import { z } from "zod";
import { documentTypes, usage } from "../../documents/index.ts";
import { delivery, timeline } from "./deliveries.ts";
import { direction } from "./interchanges.ts";
import { from, listOf, paging, to } from "./paging.ts";
import { submissionProblem } from "./submissions.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

const typeNames = Object.keys(documentTypes) as (keyof typeof documentTypes)[];
export const documentType = z.enum(typeNames as [(typeof typeNames)[number]]).meta({ id: "documentType" });

/** A document was checked when it was made; on its way out it is shown as it was kept. */
const body = z.unknown().meta({
  description: "The document itself; its schema is chosen by documentType.",
  oneOf: typeNames.map((name) => ({ $ref: `#/components/schemas/${name}` })),
});

const documentStatus = z.enum(["translated", "submitted", "held", "accepted", "duplicate", "withdrawn"]).meta({
  id: "documentStatus",
  description:
    "accepted: offered in the feed. duplicate: the same business document came before. translated, submitted: about to be decided on. held: a person decides. withdrawn: taken back before it left.",
});

const place = {
  id,
  type: z.string().describe("order, order-response, ..."),
  number: z.string().describe("Of the business document: the order number."),
  account: accountId,
  usage,
  direction,
  status: documentStatus,
  ruleVersion: z.int().nullable().describe("Version of the account's rules that decided on it; null: none yet."),
  division: z.string().nullable().describe("Division of the account that it is of; null: the account as a whole."),
  location: z.string().nullable().describe("Location in that division; null: the division as a whole."),
  createdAt: instant,
  interchange: id.nullable().describe("That it came in, or went out in."),
  href,
};

/** A document in the feed. */
export const documentItem = z
  .object({
    ...place,
    cursor: z.string().nullable().describe("To go on after this very document; null where it is not in the feed."),
    document: body,
  })
  .meta({ id: "documentItem" });
export type DocumentItem = z.infer<typeof documentItem>;

export const documentList = listOf(documentItem, "documentList");

export const documentQuery = z.strictObject({
  type: documentType.optional(),
  account: plainText(60).optional(),
  division: plainText(60).optional().describe("Id of a division of the account."),
  location: plainText(60).optional().describe("Id of a location in it."),
  number: plainText(80).optional().describe("Order number, ..."),
  order: plainText(80)
    .optional()
    .describe("The buyer's number of an order: the order itself, and every document that speaks of it."),
  direction: direction.optional(),
  status: documentStatus
    .optional()
    .describe(
      "Left out: accepted, which is the feed. Others have no place in it, and come in the order in which they were kept.",
    ),
  usage: z
    .enum(["production", "test", "all"])
    .default("production")
    .describe("Tests are shown only where they are asked for."),
  from,
  to,
  ...paging,
});

/** A document with what responds to it and its story. */
export const documentDetail = documentItem
  .extend({
    respondsTo: id.nullable().describe("The document that this one answers."),
    responses: z.array(documentItem).describe("What answers it: an order's response."),
    submittedBy: z.string().nullable().describe("Who handed it in; null where nobody did."),
    findings: z.array(submissionProblem).describe("What its last check found."),
    deliveries: z.array(delivery).describe("Where it was announced."),
    timeline,
  })
  .meta({ id: "documentDetail" });
