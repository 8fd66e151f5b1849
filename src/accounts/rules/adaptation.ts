import { z } from "zod";

/*
 * What an account says otherwise than its transaction sets are usually read and written, without code. It is applied round
 * the mapping, in this order: in, segments are adapted, mapped, given our numbers, and the document is adapted; out, the same
 * backwards.
 */

const segmentId = z.string().regex(/^[A-Z][A-Z0-9]{1,2}$/, 'must be a segment id, for example "REF"');
const element = z.int().min(1).max(99).describe("Element of the segment, from 1.");
const expression = z.string().min(1).max(20_000);

/** Which code the account uses where others use another: its department is REF*19, ours is REF*DP. */
export const qualifierChoice = z.strictObject({
  segment: segmentId.describe('Segment that holds the code: "REF".'),
  element: element.default(1),
  loop: z.string().optional().describe('Only in this loop, "" for outside loops: "PO1/N1". Left out: wherever it is.'),
  theirs: z.string().min(1).describe("The code in the account's files."),
  ours: z.string().min(1).describe("The code that documents have."),
});
export type QualifierChoice = z.infer<typeof qualifierChoice>;

/** A value that is always the same for this account, where the segment is there and does not say it. */
export const constantElement = z.strictObject({
  segment: segmentId,
  element,
  where: z
    .strictObject({ element, value: z.string().min(1) })
    .optional()
    .describe("Only where another element of the segment holds this value."),
  value: z.string().min(1),
});
export type ConstantElement = z.infer<typeof constantElement>;

export const adaptation = z.strictObject({
  set: z
    .string()
    .regex(/^\d{3}$/, 'must be a transaction set, for example "850"')
    .describe("Transaction set that it is about."),
  qualifiers: z
    .array(qualifierChoice)
    .default([])
    .describe("Codes that the account uses instead of others: which REF is the department."),
  constants: z.array(constantElement).default([]).describe("Elements that always hold the same."),
  segments: expression
    .optional()
    .describe("JSONata over { type, version, segments: [{ id, elements }] }; gives the segments that are to stand."),
  document: expression.optional().describe("JSONata over the document; gives the document that is to stand."),
});
export type Adaptation = z.infer<typeof adaptation>;

const missing = z
  .enum(["ignore", "work-item"])
  .default("ignore")
  .describe("What to do with a number that the table does not have: nothing, or call a person.");

/** How the account's numbers and ours are told apart. The pairs themselves are in a table, imported as CSV. */
export const crossReferences = z.strictObject({
  items: z
    .strictObject({
      theirs: z.string().length(2).default("IN").describe("Qualifier (element 235) of the account's item numbers."),
      ours: z.string().length(2).default("VN").describe("Qualifier of our item numbers."),
      missing,
    })
    .optional()
    .describe("Item numbers of lines: theirs to ours on the way in, ours to theirs on the way out."),
  locations: z
    .strictObject({
      theirs: z.string().min(1).max(2).default("92").describe("Qualifier (element 66) of the account's place numbers."),
      missing,
    })
    .optional()
    .describe("Numbers of places (N104, SDQ): a party's `ourId` is our number of it."),
});
export type CrossReferenceRule = z.infer<typeof crossReferences>;
