import { z } from "zod";

/** ISA12 as it goes with each version of the transaction sets, unless the account says otherwise. */
const interchangeVersions = { "004010": "00401", "004030": "00403", "005010": "00501" } as const;

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
      .enum(["004010", "004030", "005010"])
      .default("004010")
      .describe("Version of the transaction sets, GS08."),
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
    interchangeVersion: output.interchangeVersion ?? interchangeVersions[output.version],
  }));
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
