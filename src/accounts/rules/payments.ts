import { z } from "zod";

/** What an account may deduct from its payments without asking. */
export const paymentsRule = z.strictObject({
  agreedReasons: z
    .array(z.string().regex(/^[A-Z0-9]{2}$/, "must be a two-character reason (X12 element 426), for example 01"))
    .default([])
    .describe("Reasons (X12 element 426) for which a deduction is agreed: it settles, all others stay open."),
  discountGraceDays: z
    .int()
    .min(0)
    .max(60)
    .default(0)
    .describe("Days after the discount's last day on which it is granted all the same."),
});
export type PaymentsRule = z.infer<typeof paymentsRule>;
