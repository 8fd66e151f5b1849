import { z } from "zod";

/** What an account's own files are forgiven, and what they are asked for beyond the standard; the shapes are those of the engine. */

const ours = z.enum(["004010", "004030", "005010"]);

export const acceptVersions = z
  .union([
    z.literal("nearest"),
    z.record(
      z.string().regex(/^\d{6}[A-Z0-9]{0,6}$/, 'must be a version as GS08 has it: "004060" or "004060VICS"'),
      ours,
    ),
  ])
  .describe(
    'By which of our versions to read groups of others: {"004060": "004030"}, or "nearest" for the latest that is not newer. Left out: \
such groups are rejected (AK905 2).',
  );

const strict = z.enum(["off", "warn", "reject"]);

export const strictness = z.strictObject({
  externalCodes: z
    .strictObject({
      countries: strict.optional().describe("Element 26: ISO 3166, two letters."),
      currencies: strict.optional().describe("Element 100: ISO 4217."),
      states: strict
        .optional()
        .describe(
          "Element 156: states of the United States, provinces of Canada; not in addresses of other countries.",
        ),
      carriers: strict.optional().describe("Element 140: the form of a SCAC, two to four letters."),
    })
    .optional()
    .describe("Codes whose lists are not X12's own, each off (if left out), warn or reject."),
  segmentCount: z
    .enum(["warn", "reject"])
    .optional()
    .describe("SE01 that is not the number of segments. Left out: reject."),
  extraElements: strict
    .optional()
    .describe("Elements beyond the last that the standard gives a segment. Left out: reject."),
});
