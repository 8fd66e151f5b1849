import { z } from "zod";

/*
 * An account's guide: what it narrows or adds to a transaction set of the standard, as data. The shape is that of the
 * validator's own `Guide`, which these rules are handed to as they are.
 */

const requirement = z.enum(["required", "forbidden"]);
const position = z.int().min(1).max(99);
const codes = z.array(z.string().min(1)).min(1);

const pattern = z.string().refine(isRegularExpression, {
  error: (issue) => `"${String(issue.input)}" is not a regular expression`,
});

export const elementGuide = z.strictObject({
  element: position.describe("Element of the segment, counted from 1."),
  component: position.optional().describe("Component of a composite element, counted from 1."),
  requirement: requirement.optional().describe("Whether it must be there, or must not."),
  codes: codes.optional().describe("The only codes allowed."),
  minLength: z.int().min(0).optional().describe("Fewest characters."),
  maxLength: z.int().min(1).optional().describe("Most characters."),
  pattern: pattern.optional().describe("Regular expression that the whole value must match."),
  message: z.string().min(1).optional().describe("Said in place of our own words when the rule is broken."),
});

export const segmentGuide = z.strictObject({
  segment: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{1,2}$/, "must be a segment id, for example REF")
    .describe("Segment id: REF."),
  loop: z
    .string()
    .optional()
    .describe('Where it stands: "PO1" or "PO1/N1"; "" for outside all loops; leave it out for anywhere.'),
  where: z
    .strictObject({ element: position, codes })
    .optional()
    .describe("Narrows the rule to segments whose element holds one of these codes: only REF with REF01 = DP."),
  requirement: requirement.optional().describe("required: at least one in each loop (or set); forbidden: none."),
  max: z.int().min(1).optional().describe("Most occurrences in each loop (or set)."),
  elements: z.array(elementGuide).optional().describe("Rules about its elements."),
  message: z.string().min(1).optional().describe("Said in place of our own words when the rule is broken."),
});

export const guide = z.strictObject({
  name: z.string().min(1).describe('Shown in messages: "Harbor Retail 850".'),
  set: z
    .string()
    .regex(/^\d{3}$/, 'must be a transaction set, for example "850"')
    .describe('Transaction set that it is about: "850".'),
  segments: z.array(segmentGuide),
});
export type AccountGuide = z.infer<typeof guide>;

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}
