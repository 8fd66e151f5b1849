import { z } from "zod";
import {
  contact,
  monetaryAmount,
  origin,
  packaging,
  party,
  productDescription,
  productId,
  qualifiedDate,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { measurement, qualifiedQuantity, unitPrice } from "./item-components.ts";
import { orderReference } from "./order-reference.ts";
import { qualifiedNumber } from "./reference-forms.ts";
import { x12Record } from "./x12-record.ts";

/** One item that changed hands, and how many (the QTY loop). */
export const resaleLine = qualifiedQuantity
  .extend({
    line: text.optional().describe("LIN01."),
    productIds: z.array(productId).optional(),
    packaging: packaging.optional(),
    unitPrices: z.array(unitPrice).optional(),
    amounts: z.array(monetaryAmount).optional(),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).optional(),
    references: z.array(reference).optional().describe("Serial and lot numbers, the invoice, the contract."),
    contacts: z.array(contact).optional(),
    dates: z.array(qualifiedDate).optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional(),
  })
  .meta({ id: "resaleLine" });
export type ResaleLine = z.infer<typeof resaleLine>;

/** One sale, return or transfer: between whom, under which order, which items (the PTD loop). */
export const resaleTransfer = z
  .strictObject({
    type: coded.describe("PTD01: SS sold from stock, SD ship and debit, RV returned to the vendor, ..."),
    multiplier: z.strictObject({ qualifier: text, value: decimal }).optional(),
    reference: qualifiedNumber.optional(),
    movement: coded.optional().describe("PTD06: DC from the distributor to its customer."),
    dates: z.array(qualifiedDate).optional(),
    references: z.array(reference).optional(),
    order: orderReference.optional().describe("The order that it was sold under."),
    contacts: z.array(contact).optional(),
    parties: z.array(party).optional().describe("Who sold, who bought, where it went."),
    lines: z.array(resaleLine).optional(),
  })
  .meta({ id: "resaleTransfer" });
export type ResaleTransfer = z.infer<typeof resaleTransfer>;

/** What a distributor sold of our products, to whom and at what price (867). */
export const resaleReport = z
  .strictObject({
    documentType: z.literal("resale-report"),
    account: text.describe("Id of the account that sent it."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BPT01: 00 original, 05 replacement."),
    number: text.optional().describe("The account's number of this report, BPT02."),
    date: isoDate.describe("The day of the report, BPT03."),
    reportType: coded.optional().describe("BPT04: 02 resale, 01 product transfer."),
    multiplier: z.strictObject({ qualifier: text, value: decimal }).optional(),
    action: coded.optional().describe("BPT07."),
    time: timeOfDay.optional(),
    earlierNumber: text.optional().describe("BPT09: the report that this one speaks of."),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01."),
    dates: z.array(qualifiedDate).optional().describe("The period that is reported."),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
    parties: z.array(party).optional(),
    transfers: z.array(resaleTransfer).min(1),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the account counted."),
        hashTotal: decimal.optional(),
        amounts: z.array(monetaryAmount).optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 867 as it came, where it came as X12."),
  })
  .meta({
    id: "resale-report",
    title: "Resale report",
    description: "What a distributor sold of our products, to whom and at what price.",
  });
export type ResaleReport = z.infer<typeof resaleReport>;
