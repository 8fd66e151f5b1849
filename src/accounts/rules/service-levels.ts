import { z } from "zod";
import { asOneValue } from "../tree/override.ts";

/** How long one of our answers may take: one measure of time, counted by the account's calendar. */
const within = asOneValue(
  z
    .strictObject({
      minutes: z.int().min(1).max(525_600).optional().describe("Minutes on the clock."),
      workingHours: z.number().positive().max(8760).optional().describe("Working hours of the account's calendar."),
      workingDays: z.int().min(0).max(365).optional().describe("Working days of the account's calendar."),
    })
    .refine((span) => Object.values(span).filter((value) => value !== undefined).length === 1, {
      error: "must say one of minutes, workingHours and workingDays",
    }),
);
/** A span in which something of ours is due. Exactly one field is set. */
export type Within = z.infer<typeof within>;

/**
 * What was agreed on about how fast and how reliably we serve an account. Nothing is decided by it: it is what the figures
 * of its scorecard are held against. A target that is left out was not agreed on.
 */
export const serviceLevels = z.strictObject({
  acknowledge: within
    .optional()
    .describe("From an interchange's arrival until its 997 or 999 is with the account, or waits in its mailbox."),
  orderResponse: within.optional().describe("From an 850's arrival until its 855 is."),
  changeResponse: within.optional().describe("From an 860's arrival until its 865 is."),
  shipNotice: within.optional().describe("From the shipment (DTM*011) until its 856 is."),
  invoice: within.optional().describe("From the shipment (DTM*011) until the 810 that bills it is."),
  percentOnTime: z
    .number()
    .positive()
    .max(100)
    .default(100)
    .describe("Share of each of them, in percent, that is to be within its time."),
  shipOnTime: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe("Share of order lines, in percent, to be shipped by the day that was promised or asked for."),
});
/** The targets agreed with an account. */
export type ServiceLevels = z.infer<typeof serviceLevels>;
