import { z } from "zod";
import {
  contact,
  origin,
  party,
  price,
  productDescription,
  productId,
  qualifiedDate,
  quantityByLocation,
  reference,
  schedule,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { leadTime, measurement, qualifiedQuantity, unitPrice } from "./item-components.ts";
import { lineCountIsRight } from "./line-count.ts";
import { x12Record } from "./x12-record.ts";

/** One quantity of an item, and when and where there will be more (the QTY loop). */
export const inventoryQuantity = qualifiedQuantity
  .extend({
    leadTimes: z.array(leadTime).optional(),
    dates: z.array(qualifiedDate).optional(),
    schedules: z.array(schedule).optional().describe("What comes in when."),
  })
  .meta({ id: "inventoryQuantity" });

/** One item and how much of it there is (the LIN loop). */
export const inventoryLine = z
  .strictObject({
    line: text.optional().describe("LIN01."),
    productIds: z.array(productId).min(1).max(15, "LIN carries at most 15 product ids"),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).optional(),
    dates: z.array(qualifiedDate).optional().describe("When it is available, when it is discontinued, ..."),
    prices: z.array(price).optional(),
    references: z.array(reference).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional().describe("How many lie in which place."),
    unitPrices: z.array(unitPrice).optional(),
    leadTimes: z.array(leadTime).optional(),
    quantities: z.array(inventoryQuantity).max(99, "an item carries at most 99 quantities").optional(),
    parties: z.array(party).optional().describe("Where it lies."),
  })
  .meta({ id: "inventoryLine" });
export type InventoryLine = z.infer<typeof inventoryLine>;

/** What we have in stock of each item and what will come, told to an account (846). Names follow UBL's InventoryReport. */
export const inventoryAdvice = z
  .strictObject({
    documentType: z.literal("inventory-advice"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BIA01: 00 original, 04 change, 05 replacement."),
    reportType: coded.describe("BIA02: SI the seller's stock, DD the distributor's."),
    number: text.describe("Our number of this advice, BIA03."),
    date: isoDate.describe("The day of this advice, BIA04."),
    time: timeOfDay.optional(),
    action: coded.optional().describe("BIA06."),
    currency: text.optional().describe("ISO 4217, CUR02."),
    dates: z.array(qualifiedDate).max(10, "an 846 carries at most 10 dates").optional(),
    references: z.array(reference).max(12, "an 846 carries at most 12 references").optional(),
    contacts: z.array(contact).max(3, "an 846 carries at most 3 contacts").optional(),
    parties: z.array(party).max(5, "an 846 carries at most 5 parties").optional(),
    lines: z.array(inventoryLine).max(10_000, "an 846 carries at most 10,000 items"),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, the number of items."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 846 as it came, where it came as X12."),
  })
  .check(lineCountIsRight)
  .meta({
    id: "inventory-advice",
    title: "Inventory advice",
    description: "What we have in stock, told to an account.",
  });
export type InventoryAdvice = z.infer<typeof inventoryAdvice>;
