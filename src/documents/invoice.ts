import { z } from "zod";
import {
  allowanceOrCharge,
  contact,
  freightTerms,
  monetaryAmount,
  note,
  origin,
  packaging,
  party,
  paymentTerms,
  price,
  productDescription,
  productId,
  qualifiedDate,
  quantityByLocation,
  reference,
  tax,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { measurement, qualifiedQuantity } from "./item-components.ts";
import { orderReference } from "./order-reference.ts";
import { remark } from "./remark.ts";
import { lineWarranty } from "./warranty.ts";
import { x12Record } from "./x12-record.ts";

/** What is taken off or put on, with the taxes on it (the SAC loop). */
export const invoicedAllowanceOrCharge = allowanceOrCharge
  .extend({ taxes: z.array(tax).optional() })
  .meta({ id: "invoicedAllowanceOrCharge", description: "What is taken off or put on, with the taxes on it (SAC)." });

/** By whom it was carried, and in what (CAD). */
export const carrierDetail = z
  .strictObject({
    method: coded.optional(),
    equipmentInitial: text.optional(),
    equipmentNumber: text.optional(),
    carrier: text.optional().describe("A SCAC, CAD04."),
    routing: text.optional(),
    status: coded.optional(),
    reference: z.strictObject({ qualifier: text, word: text.optional(), value: text }).optional(),
    serviceLevel: coded.optional(),
  })
  .meta({ id: "carrierDetail" });

/** How many were shipped for a line, and why not as many as ordered (IT3). */
export const shippedDetail = z
  .strictObject({
    quantity: decimal.optional(),
    unit: text.optional(),
    status: coded.optional(),
    difference: decimal.optional(),
    reason: coded.optional(),
  })
  .meta({ id: "shippedDetail" });

/** A part of a kit or an assortment that is billed as one line (the SLN loop). */
export const invoiceSubline = z
  .strictObject({
    line: text,
    parent: text.optional(),
    relationship: text.describe("X12 element 662: I included, A add."),
    quantity: decimal.optional(),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: text.optional(),
    priceRelationship: text.optional(),
    productIds: z.array(productId).max(10, "SLN carries at most 10 product ids").optional(),
    date: qualifiedDate.optional(),
    references: z.array(reference).optional(),
    descriptions: z.array(productDescription).optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    taxes: z.array(tax).optional(),
  })
  .meta({ id: "invoiceSubline" });

/** One billed line (the IT1 loop). Its amount is quantity × price, rounded to the cent. */
export const invoiceLine = z
  .strictObject({
    line: text.optional().describe("The buyer's order line number, as the order has it: IT101."),
    order: orderReference
      .pick({ number: true, release: true, date: true })
      .meta({ id: "invoicedOrder", description: "The order that the line is for (REF*PO, REF*RE, DTM*004)." })
      .optional()
      .describe("Of a consolidated invoice; otherwise it is the invoice's order."),
    shipment: text.optional().describe("Number of the shipment that the line was shipped with, REF*SI."),
    quantity: decimal.describe("Invoiced, IT102."),
    unit: text.describe("X12 element 355: EA each, CA case."),
    price: decimal.describe("Of one unit, IT104."),
    priceBasis: coded.optional(),
    productIds: z.array(productId).max(10, "IT1 carries at most 10 product ids"),
    quantities: z.array(qualifiedQuantity).max(5, "a line carries at most 5 quantities").optional(),
    shipped: z.array(shippedDetail).max(5, "a line carries at most 5 of them").optional(),
    taxes: z.array(tax).optional(),
    prices: z.array(price).optional(),
    measurements: z.array(measurement).optional(),
    descriptions: z.array(productDescription).optional(),
    packaging: packaging.optional(),
    terms: z.array(paymentTerms).max(2, "a line carries at most 2 terms").optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).max(5, "a line carries at most 5 contacts").optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
    dates: z.array(qualifiedDate).max(9, "a line carries at most 10 dates, with that of its order").optional(),
    carriers: z.array(carrierDetail).optional(),
    allowancesAndCharges: z.array(invoicedAllowanceOrCharge).optional(),
    sublines: z.array(invoiceSubline).optional(),
    parties: z.array(party).optional(),
    warranty: lineWarranty.optional().describe("The warranty terms that the order's line has, put in by the gateway."),
    corrects: z
      .enum(["price", "rebate"])
      .optional()
      .describe(
        "The line moves money and no goods. price: it corrects the price of goods that were billed before. rebate: it gives back a part of what was paid, and is for no order line.",
      ),
  })
  .meta({ id: "invoiceLine" });
export type InvoiceLine = z.infer<typeof invoiceLine>;

/** How much was shipped of what is billed (ISS). */
export const shippedTotal = z
  .strictObject({
    quantity: decimal.optional(),
    unit: text.optional(),
    weight: decimal.optional(),
    weightUnit: text.optional(),
    volume: decimal.optional(),
    volumeUnit: text.optional(),
    pallets: decimal.optional().describe("ISS07."),
    palletWeight: decimal.optional().describe("ISS08."),
    description: productDescription.optional(),
  })
  .meta({ id: "shippedTotal" });

/**
 * What we bill an account; with its kind (BIG07) also a credit or a debit memo. Amounts are of the kind that it says: a
 * credit memo of 100.00 has amounts above zero. Names follow UBL's Invoice where it has one. `invoiceTotals` adds it up.
 */
export const invoice = z
  .strictObject({
    documentType: z.literal("invoice"),
    account: text.describe("Id of the account that is billed."),
    usage,
    origin: origin.optional(),
    number: text.max(22, "must have at most 22 characters").describe("Our invoice number, BIG02."),
    date: isoDate.describe("The day of the invoice, BIG01."),
    kind: coded.optional().describe("BIG07: CR credit memo, DR debit memo, CI consolidated, ... Missing: an invoice."),
    purpose: coded.optional().describe("BIG08: 00 original."),
    action: text.optional().describe("X12 element 306, BIG09."),
    order: orderReference
      .pick({ number: true, release: true, change: true, date: true })
      .meta({ id: "billedOrder" })
      .optional()
      .describe("The order, BIG03 to BIG06; missing where its lines are for several."),
    consolidatedInvoice: text.optional().describe("Number of the consolidated invoice that it belongs to, BIG10."),
    billingReference: text.optional().describe("Number of the invoice that a memo or a correction is about, REF*OI."),
    remarks: z.array(remark).optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01: BY buyer, SE seller."),
    exchangeRate: decimal.optional(),
    shipment: text.optional().describe("Number of the shipment, REF*SI; missing where its lines are of several."),
    billOfLading: text.optional().describe("REF*BM."),
    references: z.array(reference).optional(),
    contacts: z.array(contact).max(3, "an 810 carries at most 3 contacts").optional(),
    parties: z.array(party).optional(),
    terms: z.array(paymentTerms).optional(),
    dates: z.array(qualifiedDate).max(10, "an 810 carries at most 10 dates").optional(),
    freightTerms: freightTerms.optional(),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).optional(),
    note: note.omit({ dates: true }).meta({ id: "invoiceNote" }).optional(),
    lines: z.array(invoiceLine),
    totals: z
      .strictObject({
        amount: decimal.optional().describe("TDS01: lines, charges, allowances and taxes, before the terms discount."),
        discountBasis: decimal.optional().describe("TDS02: the amount that the terms discount is of."),
        discountedAmount: decimal.optional().describe("TDS03: what is due within the discount's time."),
        discount: decimal.optional().describe("TDS04: the terms discount."),
        lineCount: z.int().nonnegative().optional().describe("CTT01."),
        quantity: decimal.optional().describe("Sum of the quantities invoiced, CTT02."),
        weight: decimal.optional(),
        weightUnit: text.optional(),
        volume: decimal.optional(),
        volumeUnit: text.optional(),
        description: text.optional(),
      })
      .optional()
      .describe("Checked where given: they can be added up."),
    taxes: z.array(tax).optional().describe("Of the whole invoice, beside those of its lines."),
    carrier: carrierDetail.optional(),
    amounts: z.array(monetaryAmount).optional(),
    allowancesAndCharges: z.array(invoicedAllowanceOrCharge).optional().describe("Of the whole invoice."),
    shipped: z.array(shippedTotal).optional(),
    x12: x12Record.optional().describe("The 810 as it came, where it came as X12."),
  })
  .meta({ id: "invoice", title: "Invoice", description: "What we bill an account, or credit it with." });
export type Invoice = z.infer<typeof invoice>;
