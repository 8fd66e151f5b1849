import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  note,
  party,
  productDescription,
  productId,
  qualifiedDate,
  quantityByLocation,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { lineWarranty } from "./warranty.ts";

/** What becomes of one line, or of a part of its quantity (ACK). */
export const lineAcknowledgment = z
  .strictObject({
    status: text.describe("X12 element 668: IA accepted, IB back-ordered, IR rejected."),
    word: text.optional(),
    quantity: decimal.optional(),
    unit: text.optional(),
    date: qualifiedDate.optional(),
    reference: text.optional(),
    substitutes: z.array(productId).max(10, "ACK carries at most 10 product ids").optional(),
  })
  .meta({ id: "lineAcknowledgment" });
export type LineAcknowledgment = z.infer<typeof lineAcknowledgment>;

/** Our answer to one order line, with what was ordered. */
export const orderResponseLine = z
  .strictObject({
    line: text.optional().describe("The buyer's line number, as the order has it."),
    quantity: decimal.optional().describe("Quantity ordered."),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: coded.optional(),
    productIds: z.array(productId).max(10, "PO1 carries at most 10 product ids"),
    acknowledgments: z.array(lineAcknowledgment).max(104, "a line carries at most 104 acknowledgments"),
    quantitiesByLocation: z
      .array(quantityByLocation)
      .optional()
      .describe("The stores that the answer is for, and how many of the quantity are for each."),
    descriptions: z.array(productDescription).optional(),
    references: z.array(reference).optional(),
    dates: z.array(qualifiedDate).optional(),
    notes: z.array(note).optional(),
    warranty: lineWarranty.optional().describe("The warranty terms that the order's line has."),
  })
  .meta({ id: "orderResponseLine" });
export type OrderResponseLine = z.infer<typeof orderResponseLine>;

/** What we say to an order: taken, changed, refused, line by line or as a whole. Names follow UBL's OrderResponse. */
export const orderResponse = z
  .strictObject({
    documentType: z.literal("order-response"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    purpose: coded.describe("BAK01: 00 original."),
    acknowledgmentType: coded.describe(
      "BAK02: AD with detail and no change, AK no detail, RD rejected with detail, ...",
    ),
    number: text.optional().describe("Our own order number, BAK08."),
    date: isoDate.optional().describe("The day of this answer, BAK09."),
    order: z
      .strictObject({
        number: text,
        date: isoDate,
        release: text.optional(),
        contract: text.optional(),
        document: text.optional().describe("Id of the order document in this gateway."),
      })
      .describe("The order that is answered."),
    currency: text.optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).max(3, "an 855 carries at most 3 contacts").optional(),
    dates: z.array(qualifiedDate).max(10, "an 855 carries at most 10 dates").optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).max(25, "an 855 carries at most 25 of them").optional(),
    carriage: z.array(carriage).max(12, "an 855 carries at most 12 of them").optional(),
    parties: z.array(party).optional(),
    notes: z.array(note).optional(),
    lines: z.array(orderResponseLine),
    totals: z.strictObject({ lineCount: z.int().nonnegative(), hashTotal: decimal.optional() }).optional(),
  })
  .meta({ id: "order-response", title: "Order response", description: "What we say to an order." });
export type OrderResponse = z.infer<typeof orderResponse>;
