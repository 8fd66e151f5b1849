import { z } from "zod";

const lineBreaks = { none: "", lf: "\n", crlf: "\r\n" } as const;

const delimiter = z
  .string()
  .regex(/^[\x01-\x7e]$/, "must be a single byte")
  .regex(/^[^A-Za-z0-9 .+-]$/, "must not be a letter, a digit, a blank or part of a number");

const delimiters = z
  .strictObject({
    element: delimiter.default("*").describe("Between elements."),
    segment: delimiter.default("~").describe("After each segment."),
    component: delimiter.default(">").describe("Between the components of a composite."),
    repetition: delimiter.default("^").describe("Between repetitions; used when interchangeVersion is 00402 or later."),
  })
  .refine((chosen) => new Set(Object.values(chosen)).size === 4, "must be four different characters");

export const x12Output = z
  .strictObject({
    version: z
      .string()
      .regex(/^\d{6}[A-Z0-9]{0,6}$/, 'must be a version as GS08 has it, for example "004010"')
      .default("004010")
      .describe(
        "Version of the transaction sets, GS08: 004010, 004030, 005010, or one of your own in the folder of schemas.",
      ),
    interchangeVersion: z
      .string()
      .regex(/^00[2-9]\d\d$/, 'must be an interchange version (ISA12), for example "00401"')
      .optional()
      .describe("ISA12. Left out: the one that goes with the version."),
    delimiters: delimiters.prefault({}).describe("Characters that divide the files."),
    lineBreaks: z.enum(["none", "lf", "crlf"]).default("none").describe("What follows each segment."),
  })
  .transform((output) => ({
    ...output,
    interchangeVersion: output.interchangeVersion ?? interchangeVersionOf(output.version),
  }));

/** ISA12 as it goes with a GS08, unless the account says otherwise: version and release without the subrelease, 00403 for 004030. */
function interchangeVersionOf(version: string): string {
  return version.slice(0, 5);
}

/** How files for an account are written. */
export type X12Output = z.output<typeof x12Output>;

export const defaultX12Output: z.input<typeof x12Output> = {};

/** The first interchange version whose ISA11 is a repetition separator. */
const firstWithRepetition = "00402";

/** The account's delimiters as the writer takes them: no repetition separator in interchanges that know none. */
export function outputDelimiters(output: X12Output): {
  element: string;
  segment: string;
  component: string;
  repetition: string | null;
  lineBreak: string;
} {
  const { element, segment, component, repetition } = output.delimiters;
  return {
    element,
    segment,
    component,
    repetition: output.interchangeVersion >= firstWithRepetition ? repetition : null,
    lineBreak: lineBreaks[output.lineBreaks],
  };
}
