import { z } from "zod";
import { contact, monetaryAmount, origin, party, qualifiedDate, reference } from "./aggregate-components.ts";
import { coded, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { qualifiedQuantity } from "./item-components.ts";
import { namedParty } from "./named-party.ts";
import { qualifiedNumber } from "./reference-forms.ts";
import { remark } from "./remark.ts";
import { x12Record } from "./x12-record.ts";

/** A sentence about an error, and a code for it from a list of somebody's (RED). */
export const relatedData = z
  .strictObject({
    description: text,
    kind: coded.optional().describe("X12 element 1609."),
    agency: text.optional().describe("Whose list it is, X12 element 559."),
    subqualifier: text.optional(),
    list: text.optional().describe("Which list, X12 element 1270."),
    code: text.optional(),
  })
  .meta({ id: "relatedData" });

/** One thing that is wrong, and where in our document (TED). */
export const applicationError = z
  .strictObject({
    condition: coded.describe("X12 element 647: 010 total out of balance, 133 item not found on the order."),
    message: text.optional(),
    segment: text.optional().describe("Id of the segment, TED03."),
    segmentPosition: z.int().nonnegative().optional().describe("Which segment of the set, ST counts as 1, TED04."),
    element: z
      .strictObject({
        position: z.int().nonnegative().describe("Which element of the segment."),
        component: z.int().nonnegative().optional().describe("Not before 005010."),
        repetition: z.int().nonnegative().optional().describe("Not before 005010."),
      })
      .optional()
      .describe("TED05."),
    dataElement: z.int().nonnegative().optional().describe("Number of the data element, TED06."),
    badData: text.optional().describe("What stands there, TED07."),
    newData: text.optional().describe("What should stand there, or was put there, TED08."),
    notes: z.array(remark).max(100, "an error carries at most 100 notes").optional(),
    related: z.array(relatedData).max(100, "an error carries at most 100 related data").optional(),
  })
  .meta({ id: "applicationError" });
export type ApplicationError = z.infer<typeof applicationError>;

/** Codes for what was found, from the list of an agency (LM and LQ). */
export const industryCodes = z
  .strictObject({
    agency: text.describe("X12 element 559."),
    subqualifier: text.optional(),
    codes: z
      .array(
        z.strictObject({
          list: text.optional().describe("X12 element 1270."),
          code: text.optional(),
          related: z.array(relatedData).optional(),
        }),
      )
      .min(1),
  })
  .meta({ id: "industryCodes" });

/**
 * What became of one of our documents in the account's systems (the OTI loop). `adviceOutcome` tells what the code says;
 * the group's and the set's control numbers, or the document's own number, tell which document it is.
 */
export const adviceOnDocument = z
  .strictObject({
    outcome: coded.describe("X12 element 110: TA set accepted, TE with errors, TR rejected, IR item rejected, ..."),
    reference: qualifiedNumber.describe(
      "Number of the document or of what is in it: IV invoice, SI shipment, PO order.",
    ),
    sender: text.optional().describe("Application sender of our group, GS02."),
    receiver: text.optional().describe("Application receiver of our group, GS03."),
    date: isoDate.optional().describe("The day of our group, GS04."),
    time: timeOfDay.optional(),
    group: text.optional().describe("Control number of our group, GS06."),
    set: text.optional().describe("Control number of our transaction set, ST02."),
    type: text.optional().describe("Which set it was, ST01: 810."),
    version: text.optional().describe("GS08."),
    purpose: coded.optional(),
    transactionType: coded.optional(),
    applicationType: coded.optional(),
    action: coded.optional(),
    handling: coded.optional(),
    statusReason: coded.optional(),
    references: z.array(reference).max(12, "an advice carries at most 12 references").optional(),
    dates: z.array(qualifiedDate).max(2, "an advice carries at most 2 dates").optional(),
    contacts: z.array(contact).max(3, "an advice carries at most 3 contacts").optional(),
    amounts: z.array(monetaryAmount).optional(),
    quantities: z.array(qualifiedQuantity).optional(),
    parties: z
      .array(namedParty.omit({ otherNames: true, address: true, references: true, contacts: true }))
      .max(9, "an advice carries at most 9 named parties")
      .optional(),
    errors: z.array(applicationError).optional(),
    codes: z.array(industryCodes).optional(),
  })
  .meta({ id: "adviceOnDocument" });
export type AdviceOnDocument = z.infer<typeof adviceOnDocument>;

/** What an account's systems say to documents of ours: taken, taken with errors, refused, and what is wrong (824). */
export const applicationAdvice = z
  .strictObject({
    documentType: z.literal("application-advice"),
    account: text.describe("Id of the account that sends it."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BGN01: 00 original."),
    number: text.describe("Number of the advice, BGN02."),
    date: isoDate.describe("The day of the advice, BGN03."),
    time: timeOfDay.optional(),
    zone: text.optional().describe("Time zone code, X12 element 623."),
    originalNumber: text.optional().describe("Number of an earlier document that it goes back to, BGN06."),
    transactionType: coded.optional(),
    action: coded.optional().describe("BGN08: what is to be done now."),
    parties: z.array(party).optional(),
    advices: z.array(adviceOnDocument).min(1),
    x12: x12Record.optional().describe("The 824 as it came, where it came as X12."),
  })
  .meta({
    id: "application-advice",
    title: "Application advice",
    description: "What an account's systems say to documents of ours.",
  });
export type ApplicationAdvice = z.infer<typeof applicationAdvice>;
