import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  freightTerms,
  lading,
  origin,
  packaging,
  party,
  paymentTerms,
  price,
  productDescription,
  productId,
  qualifiedDate,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { leadTime, measurement, qualifiedQuantity, unitPrice } from "./item-components.ts";
import {
  deliveryPattern,
  partRelease,
  plannedQuantity,
  receivedQuantity,
  scheduleQuantity,
} from "./schedule-components.ts";
import { x12Record } from "./x12-record.ts";

/** What the account takes even if it never calls it off: until when we may make it or buy the material for it (ATH). */
export const resourceAuthorization = z
  .strictObject({
    resource: coded.describe("X12 element 672: FI finished goods, MT material, PQ required before the first period."),
    through: isoDate.optional().describe("Until when, ATH02."),
    quantity: decimal.optional().describe("Cumulative quantity authorized, ATH03."),
    maximumQuantity: decimal.optional().describe("The most that was ever authorized, ATH04."),
    from: isoDate.optional().describe("The day that the cumulative quantity counts from, ATH05."),
  })
  .meta({ id: "resourceAuthorization" });
export type ResourceAuthorization = z.infer<typeof resourceAuthorization>;

/** One part and what is planned of it (the LIN loop). */
export const planningScheduleLine = z
  .strictObject({
    line: text.optional().describe("LIN01."),
    productIds: z
      .array(productId)
      .max(15, "LIN carries at most 15 product ids")
      .describe("BP the buyer's part, PO the order, PL its line, EC the engineering change."),
    unitPrice: unitPrice.optional(),
    dates: z.array(qualifiedDate).max(10, "a line carries at most 10 dates").optional(),
    prices: z.array(price).max(25, "a line carries at most 25 prices").optional(),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).max(40, "a line carries at most 40 measurements").optional(),
    packaging: packaging.optional(),
    release: partRelease.optional(),
    references: z.array(reference).max(12, "a line carries at most 12 references").optional(),
    contacts: z.array(contact).max(3, "a line carries at most 3 contacts").optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).max(25, "a line carries at most 25 charges").optional(),
    freightTerms: freightTerms.optional(),
    leadTimes: z.array(leadTime).max(12, "a line carries at most 12 lead times").optional(),
    quantities: z.array(qualifiedQuantity).optional(),
    authorizations: z.array(resourceAuthorization).max(20, "a line carries at most 20 authorizations").optional(),
    lading: lading.optional(),
    carriage: z.array(carriage).max(12, "a line carries at most 12 carriers").optional(),
    parties: z.array(party).max(200, "a line carries at most 200 parties").optional(),
    schedule: z.array(plannedQuantity).optional().describe("Quantities, each with its day (FST)."),
    patterns: z
      .array(
        z.strictObject({
          patterns: z.array(deliveryPattern).min(1).max(4, "SDP carries at most 4 patterns"),
          schedule: z.array(scheduleQuantity).max(260, "a pattern carries at most 260 quantities").optional(),
        }),
      )
      .max(260, "a line carries at most 260 patterns")
      .optional()
      .describe("Delivery patterns, and the quantities delivered by them (SDP and the FST under it)."),
    received: z.array(receivedQuantity).max(25, "a line carries at most 25 received quantities").optional(),
  })
  .meta({ id: "planningScheduleLine" });
export type PlanningScheduleLine = z.infer<typeof planningScheduleLine>;

/** What an account will need of each part and when, firmly or as a forecast (830). A new release replaces the last. */
export const planningSchedule = z
  .strictObject({
    documentType: z.literal("planning-schedule"),
    account: text.describe("Id of the account that sends it."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BFR01: 05 replacement, 00 original, 04 change."),
    number: text.optional().describe("Number of the schedule, BFR02. It or the release is always there."),
    release: text.optional().describe("BFR03."),
    scheduleType: coded.describe("BFR04: DL the days are those of delivery, SH those of shipment."),
    quantityType: coded.describe("BFR05: A each quantity on its own, C cumulative, R replacing."),
    horizonStart: isoDate.describe("First day that is planned, BFR06."),
    horizonEnd: isoDate.optional().describe("Last day that is planned, BFR07."),
    date: isoDate.describe("The day that it was made, BFR08."),
    updated: isoDate.optional().describe("The day that it was changed, BFR09."),
    contract: text.optional(),
    orderNumber: text.optional().describe("The buyer's order number, BFR11."),
    planningType: coded.optional(),
    action: coded.optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01: BY buyer, SE seller."),
    exchangeRate: decimal.optional(),
    references: z.array(reference).max(12, "an 830 carries at most 12 references").optional(),
    contacts: z.array(contact).max(3, "an 830 carries at most 3 contacts").optional(),
    freightTerms: freightTerms.optional(),
    prices: z.array(price).max(25, "an 830 carries at most 25 prices").optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).max(25, "an 830 carries at most 25 charges").optional(),
    terms: z.array(paymentTerms).max(2, "an 830 carries at most 2 terms").optional(),
    dates: z.array(qualifiedDate).max(10, "an 830 carries at most 10 dates").optional(),
    lading: z.array(lading).max(2, "an 830 carries at most 2 ladings").optional(),
    carriage: z.array(carriage).max(12, "an 830 carries at most 12 carriers").optional(),
    parties: z.array(party).max(200, "an 830 carries at most 200 parties").optional(),
    lines: z.array(planningScheduleLine).min(1),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the account counted."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 830 as it came, where it came as X12."),
  })
  .meta({
    id: "planning-schedule",
    title: "Planning schedule",
    description: "What an account will need of each part and when, firmly or as a forecast.",
  });
export type PlanningSchedule = z.infer<typeof planningSchedule>;
