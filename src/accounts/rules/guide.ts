import { z } from "zod";

/*
 * A guide: what it narrows, adds or changes in a transaction set of the standard, as data. The shape is that of the validator's
 * own `Guide`, which these rules are handed to as they are.
 */

const requirement = z.enum(["required", "forbidden", "optional"]);
const position = z.int().min(1).max(99);
const count = z.int().min(1);
const codes = z.array(z.string().min(1)).min(1);
const selector = z.string().min(1);
const segmentId = z.string().regex(/^[A-Z][A-Z0-9]{1,2}$/, "must be a segment id, for example REF");

const pattern = z.string().refine(isRegularExpression, {
  error: (issue) => `"${String(issue.input)}" is not a regular expression`,
});

/** What every rule may say of itself. */
const words = {
  message: z.string().min(1).optional().describe("Said in place of our own words when the rule is broken."),
  severity: z
    .enum(["error", "warning"])
    .optional()
    .describe("error (if left out) rejects the set; warning is told, and the set is accepted with errors noted."),
};

const where = z
  .strictObject({ element: position, codes })
  .optional()
  .describe("Narrows the rule to segments whose element holds one of these codes: only REF with REF01 = DP.");

export const elementGuide = z.strictObject({
  element: position.describe("Element of the segment, counted from 1."),
  component: position.optional().describe("Component of a composite element, counted from 1."),
  requirement: requirement
    .optional()
    .describe("Whether it must be there, or must not; optional takes back what an earlier guide demands."),
  type: z
    .string()
    .regex(/^(AN|ID|N\d|R|DT|TM|B)$/, "must be a type of X12: AN, ID, N0 to N9, R, DT, TM or B")
    .optional()
    .describe("Type instead of the standard's, which then no longer counts, its code list included."),
  codes: codes.optional().describe("The only codes allowed."),
  minLength: z.int().min(0).optional().describe("Fewest characters."),
  maxLength: count.optional().describe("Most characters."),
  pattern: pattern.optional().describe("Regular expression that the whole value must match."),
  ...words,
});

export const segmentGuide = z.strictObject({
  segment: segmentId.describe("Segment id: REF."),
  loop: z
    .string()
    .optional()
    .describe('Where it stands: "PO1" or "PO1/N1"; "" for outside all loops; leave it out for anywhere.'),
  where,
  requirement: requirement
    .optional()
    .describe(
      "required: at least one in each loop (or set); forbidden: none; optional takes back what an earlier guide demands.",
    ),
  min: z.int().min(0).optional().describe("Fewest occurrences in each loop (or set)."),
  max: count.optional().describe("Most occurrences in each loop (or set)."),
  elements: z.array(elementGuide).optional().describe("Rules about its elements."),
  ...words,
});

export const loopGuide = z.strictObject({
  loop: z.string().min(1).describe('Loop key: "N1", "PO1/N1".'),
  where,
  requirement: requirement
    .optional()
    .describe(
      "required: at least one in each loop around it (or set); forbidden: none; optional takes back what an earlier guide demands.",
    ),
  min: z.int().min(0).optional().describe("Fewest occurrences in each loop around it (or set)."),
  max: count.optional().describe("Most occurrences in each loop around it (or set)."),
  ...words,
});

export const conditionGuide = z.strictObject({
  name: z.string().min(1).describe("What it is called; a later guide's condition of the same name takes its place."),
  each: segmentId
    .optional()
    .describe("Segment for each of which, with its reach, it is to hold: PO1 for each line. Left out: the whole set."),
  when: z
    .strictObject({
      selector: selector.describe('Selector of values, for example N103:N101["ST"].'),
      values: codes.optional().describe("Holds where one of the values is among these. Left out: where there is any."),
      exists: z.boolean().optional().describe("false: holds where there is no value."),
    })
    .describe("Where the condition applies."),
  // biome-ignore lint/suspicious/noThenProperty: a condition says when and then; no promise is meant.
  then: z
    .strictObject({
      selector: selector.describe('Selector of one element, for example N104:N101["ST"].'),
      requirement: z.enum(["required", "forbidden"]).optional().describe("Whether it must be there, or must not."),
      codes: codes.optional().describe("The only codes allowed."),
      equals: selector.optional().describe("Selector of the values that it must be one of."),
    })
    .describe("What must hold there."),
  ...words,
});

export const guide = z.strictObject({
  name: z.string().min(1).describe('Shown in messages: "Harbor Retail 850".'),
  set: z
    .string()
    .regex(/^\d{3}$/, 'must be a transaction set, for example "850"')
    .describe('Transaction set that it is about: "850".'),
  segments: z.array(segmentGuide).default([]).describe("Rules about segments and their elements."),
  loops: z.array(loopGuide).optional().describe("Rules about how often a loop occurs."),
  conditions: z.array(conditionGuide).optional().describe("Rules between elements, in the language of selectors."),
});
export type AccountGuide = z.infer<typeof guide>;

/** Name of a guide that is kept as a file of its own: its path in the folder, without the ending. */
export const guideName = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/,
    'must be the name of a guide in the folder of guides, for example "industry/vics-850"',
  );

function isRegularExpression(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}
