import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";
import { findingCode, findingSeverity } from "../../ledger/finding.ts";

/** A number that is not below zero, as text. */
const atLeastZero = decimal.regex(/^\d/, "must not be below zero");

const tolerances = z.strictObject({
  price: z
    .strictObject({
      percent: atLeastZero.optional().describe("Of the order's price."),
      amount: atLeastZero.optional().describe("Of a unit price, in the order's currency."),
    })
    .optional()
    .describe("How far a billed price may be from the order's; where both are given, both have to hold."),
  quantity: z
    .strictObject({
      overPercent: atLeastZero
        .optional()
        .describe("How much more than ordered may be shipped, and than shipped billed."),
      underPercent: atLeastZero.optional().describe("How much less than ordered may be shipped."),
    })
    .optional(),
  totalAmount: atLeastZero
    .optional()
    .describe("Of a whole invoice, in its currency: up to it, prices that differ from the order's are let pass."),
});

/** How far the supplier's documents may be from what was ordered and shipped before a person has to decide. */
export const checkRules = z.strictObject({
  tolerances: tolerances.optional(),
  actions: z
    .partialRecord(findingCode, z.union([findingSeverity, z.literal("ignore")]))
    .optional()
    .describe("What is done with a finding instead of what the gateway would do: hold, warning or ignore."),
  agreedCharges: z
    .array(z.string().length(4, "must be a code of four characters (SAC02, X12 element 1300)"))
    .optional()
    .describe("Charges that may be billed without standing in the order: D240 freight, D500 handling."),
});
export type CheckRules = z.infer<typeof checkRules>;
