import { z } from "zod";
import { coded, decimal, isoDate, text } from "./basic-components.ts";

/* What is said of an item beside its ids, descriptions and prices: quantities of each kind, lead times, measures, marks. */

/** How many of what kind: on hand, sold, on order (QTY). */
export const qualifiedQuantity = z
  .strictObject({
    qualifier: text.describe("What quantity it is, X12 element 673: 33 available for sale, 17 on hand."),
    word: text.optional(),
    quantity: decimal,
    unit: text.optional().describe("X12 element 355: EA each, CA case."),
  })
  .meta({ id: "qualifiedQuantity" });
export type QualifiedQuantity = z.infer<typeof qualifiedQuantity>;

/** How long something takes, from what to what (LDT). */
export const leadTime = z
  .strictObject({
    kind: coded.describe(
      "From what to what, X12 element 345: AE from the receipt of the order to shipment, AF to delivery.",
    ),
    quantity: decimal,
    period: coded.describe("What is counted, X12 element 344: DA days, WK weeks."),
    date: isoDate.optional(),
  })
  .meta({ id: "leadTime" });
export type LeadTime = z.infer<typeof leadTime>;

/** Something measured: a weight, a length, a range of temperature (MEA). */
export const measurement = z
  .strictObject({
    reference: text.optional().describe("What is measured, X12 element 737: PD the product's dimensions."),
    qualifier: text.optional().describe("Which measure, X12 element 738: G gross weight, LN length."),
    value: decimal.optional(),
    unit: text.optional().describe("X12 element 355: LB pound, IN inch."),
    minimum: decimal.optional(),
    maximum: decimal.optional(),
    significance: text.optional().describe("X12 element 935: 03 approximately."),
    attribute: text.optional().describe("In place of a number, X12 element 936."),
    otherUnit: z
      .strictObject({ list: text.describe("X12 element 1270."), code: text })
      .optional()
      .describe("A unit that is not in X12's own list; not before 005010."),
  })
  .meta({ id: "measurement" });
export type Measurement = z.infer<typeof measurement>;

/** A price by a unit (UIT). */
export const unitPrice = z
  .strictObject({
    unit: text.describe("X12 element 355: EA each."),
    price: decimal.optional(),
    priceBasis: coded.optional(),
  })
  .meta({ id: "unitPrice" });
export type UnitPrice = z.infer<typeof unitPrice>;

/** What is written or stuck on a package: a serial shipping container code, a tracking number (MAN). */
export const marking = z
  .strictObject({
    qualifier: text.describe("X12 element 88: GM SSCC-18, CP carrier's package id, UC U.P.C. shipping container code."),
    word: text.optional(),
    number: text,
    lastNumber: text.optional().describe("The end of a range that begins with `number`."),
  })
  .meta({ id: "marking" });
export type Marking = z.infer<typeof marking>;

/** What has to be kept when ordering: the least quantity, the least amount, a text (CTB). */
export const restriction = z
  .strictObject({
    kind: coded.describe("X12 element 688: OR ordering."),
    description: text.optional(),
    quantity: z
      .strictObject({ qualifier: text.describe("X12 element 673."), value: decimal })
      .optional()
      .describe("A quantity and what it is: 57 the least that may be ordered."),
    amount: z
      .strictObject({ qualifier: text.describe("X12 element 522."), value: decimal })
      .optional()
      .describe("An amount of money and what it is."),
  })
  .meta({ id: "restriction" });
export type Restriction = z.infer<typeof restriction>;
