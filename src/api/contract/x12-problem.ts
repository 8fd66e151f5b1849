import { z } from "zod";

/** One thing that is wrong with a file, in the standard's own codes. */
export const x12Problem = z
  .object({
    level: z.enum(["file", "interchange", "group", "set", "segment", "element"]),
    code: z
      .string()
      .describe(
        "The standard's for the level: TA105 (interchange), AK905 (group), AK502 (set), AK304 (segment), AK403 (element); for a file a word of our own.",
      ),
    segment: z.string().nullable().describe("Segment id, as it stands in the file."),
    position: z.int().nullable().describe("Segments counted from ST = 1."),
    element: z.int().nullable().describe("Element within the segment, from 1."),
    component: z.int().nullable().describe("Component within the composite, from 1."),
    repetition: z.int().nullable().describe("Repetition of the element, from 1."),
    offset: z.int().nullable().describe("First bad byte, counted from the start of the file."),
    length: z.int().nullable().describe("Bad bytes; 0 for something that is missing."),
    value: z.string().nullable().describe("The bad value, cut to 99 characters."),
    loop: z.string().nullable().describe("Loop that the segment stands in: PO1/N1."),
    message: z.string().describe("What is wrong, by which rule, and how to mend it."),
  })
  .meta({
    id: "x12Problem",
    description: "One thing that is wrong with a file. What does not apply is null.",
    examples: [
      {
        level: "element",
        code: "7",
        segment: "PO1",
        position: 22,
        element: 3,
        component: null,
        repetition: null,
        offset: 1184,
        length: 2,
        value: "XX",
        loop: "PO1",
        message: '"XX" is no code of data element 355 (Unit or Basis for Measurement Code).',
      },
    ],
  });
export type X12Problem = z.infer<typeof x12Problem>;
