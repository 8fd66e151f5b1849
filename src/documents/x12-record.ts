import { z } from "zod";

/** One element as it came: simple, a composite's components, or repetitions of either. */
export const x12Element = z
  .union([
    z.string(),
    z.array(z.string()),
    z.strictObject({ repetitions: z.array(z.union([z.string(), z.array(z.string())])) }),
  ])
  .meta({ id: "x12Element" });

/** One element value that no property of the document says. */
export const unmappedValue = z
  .strictObject({
    segment: z.string(),
    position: z.int().positive().describe("Count of segments from ST = 1."),
    loop: z.string().nullable().describe("Loop key, null outside loops."),
    element: z.int().positive(),
    repetition: z.int().positive(),
    component: z.int().positive().nullable().describe("Null where the element is no composite."),
    value: z.string(),
  })
  .meta({ id: "unmappedValue" });
export type UnmappedValue = z.infer<typeof unmappedValue>;

/**
 * The transaction set that a document was read from: every segment, in order and whole, and the values that the document
 * has no place for. So nothing that a partner sent is lost, and nothing is dropped silently.
 */
export const x12Record = z
  .strictObject({
    type: z.string().describe("ST01."),
    version: z.string().describe("Version of the standard it was read by: 004010."),
    control: z.string().describe("ST02."),
    implementation: z.string().optional().describe("ST03."),
    segments: z.array(z.strictObject({ id: z.string(), elements: z.array(x12Element) })),
    unmapped: z.array(unmappedValue),
  })
  .meta({ id: "x12Record" });
export type X12Record = z.infer<typeof x12Record>;
