import { z } from "zod";
import {
  carriage,
  contact,
  lading,
  origin,
  packaging,
  party,
  productId,
  qualifiedDate,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { qualifiedQuantity, unitPrice } from "./item-components.ts";
import { deliveryPattern, partRelease, receivedQuantity, shippingQuantity } from "./schedule-components.ts";
import { x12Record } from "./x12-record.ts";

/** One part and what has to be shipped of it, to the hour where the account wants (the LIN loop). */
export const shippingScheduleLine = z
  .strictObject({
    line: text.optional().describe("LIN01."),
    productIds: z
      .array(productId)
      .max(15, "LIN carries at most 15 product ids")
      .describe("BP the buyer's part, PO the order, PL its line."),
    unitPrice,
    packaging: z.array(packaging).optional(),
    release: partRelease.optional(),
    quantity: qualifiedQuantity.optional(),
    references: z.array(reference).max(12, "a line carries at most 12 references").optional(),
    contact: contact.optional(),
    patterns: z.array(deliveryPattern).max(4, "SDP carries at most 4 patterns").optional(),
    schedule: z.array(shippingQuantity).max(100, "a line carries at most 100 quantities").optional(),
    received: z.array(receivedQuantity).max(10, "a line carries at most 10 received quantities").optional(),
    lading: lading.optional(),
    carriage: carriage.optional(),
  })
  .meta({ id: "shippingScheduleLine" });
export type ShippingScheduleLine = z.infer<typeof shippingScheduleLine>;

/** What an account wants shipped of each part in the next days (862). It makes a planning schedule exact, and replaces the last. */
export const shippingSchedule = z
  .strictObject({
    documentType: z.literal("shipping-schedule"),
    account: text.describe("Id of the account that sends it."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BSS01: 05 replacement, 00 original, 04 change."),
    number: text.describe("Number of the schedule, BSS02."),
    date: isoDate.describe("The day that it was made, BSS03."),
    scheduleType: coded.describe("BSS04: DL the days are those of delivery, SH those of shipment."),
    horizonStart: isoDate.describe("First day that is scheduled, BSS05."),
    horizonEnd: isoDate.describe("Last day that is scheduled, BSS06."),
    release: text.optional().describe("BSS07. It or the planning schedule's number is always there."),
    planningSchedule: text.optional().describe("Number of the planning schedule that it makes exact, BSS08."),
    contract: text.optional(),
    orderNumber: text.optional().describe("The buyer's order number, BSS10."),
    quantityType: coded.optional().describe("BSS11: A each quantity on its own, C cumulative."),
    dates: z.array(qualifiedDate).max(10, "an 862 carries at most 10 dates").optional(),
    parties: z.array(party).max(200, "an 862 carries at most 200 parties").optional(),
    lines: z.array(shippingScheduleLine).min(1).max(10_000, "an 862 carries at most 10,000 lines"),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the account counted."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 862 as it came, where it came as X12."),
  })
  .meta({
    id: "shipping-schedule",
    title: "Shipping schedule",
    description: "What an account wants shipped of each part in the next days.",
  });
export type ShippingSchedule = z.infer<typeof shippingSchedule>;
