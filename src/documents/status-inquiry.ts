import { z } from "zod";
import { origin, party, productDescription, productId, qualifiedDate } from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { measurement, qualifiedQuantity } from "./item-components.ts";
import { orderReference } from "./order-reference.ts";
import { datedReference } from "./reference-forms.ts";
import { remark } from "./remark.ts";
import { x12Record } from "./x12-record.ts";

/** What is asked about: an order, or an item of one. */
const inquired = z.strictObject({
  order: orderReference.optional(),
  dates: z.array(qualifiedDate).max(10, "a level carries at most 10 dates").optional(),
  items: z
    .array(
      z.strictObject({
        line: text.optional().describe("LIN01."),
        productIds: z.array(productId).min(1).max(15, "LIN carries at most 15 product ids"),
      }),
    )
    .optional(),
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).max(40, "a level carries at most 40 measurements").optional(),
  quantity: qualifiedQuantity.optional(),
  references: z.array(datedReference).optional(),
  parties: z.array(party).optional(),
});

/** An item that the account asks about (HL03 I). */
export const inquiredItem = inquired.meta({ id: "inquiredItem" });
export type InquiredItem = z.infer<typeof inquiredItem>;

/** An order that the account asks about, and which of its items; without any, all of it (HL03 O). */
export const inquiredOrder = inquired.extend({ lines: z.array(inquiredItem).optional() }).meta({ id: "inquiredOrder" });
export type InquiredOrder = z.infer<typeof inquiredOrder>;

/** A question of an account: how far are these orders (869). It is answered with an order status report. */
export const statusInquiry = z
  .strictObject({
    documentType: z.literal("status-inquiry"),
    account: text.describe("Id of the account that asks."),
    usage,
    origin: origin.optional(),
    number: text.describe("Number of the inquiry, BSI01; the answer names it."),
    date: isoDate.describe("BSI02."),
    scope: coded.describe("BSI03: CA all orders, PA those named, PP their items named, CO what is not shipped, ..."),
    selection: coded.optional().describe("BSI04: SP products that are named, SD days that are named."),
    location: coded.optional().describe("BSI05: SL buyer's places that are named."),
    time: timeOfDay.optional(),
    purpose: coded.optional(),
    transactionType: coded.optional(),
    action: coded.optional(),
    notes: z.array(remark).max(100, "an 869 carries at most 100 notes").optional(),
    orders: z.array(inquiredOrder).optional(),
    lines: z.array(inquiredItem).optional().describe("Items that are asked about whatever order they are of."),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the account counted."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 869 as it came, where it came as X12."),
  })
  .meta({ id: "status-inquiry", title: "Status inquiry", description: "An account asks how far its orders are." });
export type StatusInquiry = z.infer<typeof statusInquiry>;
