import { z } from "zod";
import { isoDate, text } from "./basic-components.ts";

/** What a warranty is counted from. */
export const warrantyBegins = z.enum(["shipment", "invoice"]).meta({
  id: "warrantyBegins",
  description: "shipment: the day that the goods left. invoice: the day of the invoice.",
});

/** The warranty terms that hold for an order line, as they were in force at the order's date. Decided by the account's rules. */
export const lineWarranty = z
  .strictObject({
    terms: text.describe("Id of the terms in the account's rules."),
    coverage: text.describe("What is covered, in the words that documents carry."),
    months: z.int().positive().describe("How long."),
    begins: warrantyBegins,
    coverageCode: text.optional().describe("REF*QS."),
    registration: text.optional().describe("REF*QT."),
    reason: text.describe("Why these terms, in a sentence for a person."),
    from: isoDate.optional().describe("Its first day, where it is known."),
    until: isoDate.optional().describe("Its last day, where it is known."),
  })
  .meta({ id: "lineWarranty" });
export type LineWarranty = z.infer<typeof lineWarranty>;
