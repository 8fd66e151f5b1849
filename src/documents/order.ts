import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  freightTerms,
  lading,
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
  schedule,
  tax,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { priceCheck } from "./price-check.ts";
import { lineWarranty } from "./warranty.ts";
import { x12Record } from "./x12-record.ts";

/** How soon an order has to be worked on. */
export const priorityLevel = z.enum(["normal", "high", "urgent"]).meta({ id: "priorityLevel" });
export type PriorityLevel = z.infer<typeof priorityLevel>;

/** A level, and why: what a rule decided, which rule, and what in the order it rests on. */
export const priority = z
  .strictObject({
    level: priorityLevel,
    reason: text.describe("A sentence for a person."),
    rule: text.describe("Name of the rule that fired."),
    evidence: text.optional().describe('The element that it rests on: "BEG02 = RO (rush)".'),
    promise: qualifiedDate.optional().describe("The day by which we promise to ship; the 855 says it in a DTM."),
    dates: z.array(qualifiedDate).optional().describe("Other days that the rule gives; the 855 says each in a DTM."),
    carriage: carriage.optional().describe("How it is to be shipped; the 855 says it in a TD5."),
    charge: z
      .strictObject({
        reason: coded.describe("X12 element 1300: C850 expedited service, C870 fee, C880 premium."),
        amount: decimal.describe("In the order's currency."),
        description: text.optional(),
        free: text.optional().describe("Why it is not charged; missing: the 855 says it in a SAC."),
      })
      .optional()
      .describe("What expediting costs."),
    references: z.array(reference).optional().describe("What the 855 says of it in a REF."),
    note: text.optional().describe("What the 855 says of it in a note."),
  })
  .meta({ id: "priority" });
export type Priority = z.infer<typeof priority>;

/** One component of an assortment, a kit or a bill of material under an order line (SLN). */
export const orderSubline = z
  .strictObject({
    line: text,
    parent: text.optional(),
    relationship: text.optional().describe("X12 element 662: I included, A add, D delete."),
    quantity: decimal.optional(),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: text.optional(),
    priceRelationship: text.optional(),
    productIds: z.array(productId).optional(),
    descriptions: z.array(productDescription).optional(),
    dates: z.array(qualifiedDate).optional(),
  })
  .meta({ id: "orderSubline" });

/** One line of an order (the PO1 loop). */
export const orderLine = z
  .strictObject({
    line: text.optional().describe("The buyer's line number, PO101."),
    quantity: decimal.optional(),
    unit: text.optional().describe("X12 element 355: EA each, CA case."),
    price: decimal.optional(),
    priceBasis: coded.optional(),
    productIds: z.array(productId),
    descriptions: z.array(productDescription),
    prices: z.array(price).optional(),
    packaging: z.array(packaging).optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    terms: z.array(paymentTerms).optional(),
    freightTerms: z.array(freightTerms).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
    dates: z.array(qualifiedDate).optional(),
    lading: z.array(lading).optional(),
    carriage: z.array(carriage).optional(),
    taxes: z.array(tax).optional(),
    schedules: z.array(schedule).optional(),
    notes: z.array(note).optional(),
    parties: z.array(party).optional(),
    sublines: z.array(orderSubline).optional(),
    warranty: lineWarranty
      .optional()
      .describe("The warranty terms in force at the order's date, decided by the account's rules."),
    amounts: z.array(monetaryAmount).optional(),
    priceCheck: priceCheck
      .optional()
      .describe("How its price stands to what was agreed, decided by the account's rules."),
  })
  .meta({ id: "orderLine" });
export type OrderLine = z.infer<typeof orderLine>;

/** Which part of an order a document is, where each store has one of its own. */
export const orderPart = z
  .strictObject({
    document: text.describe("Id of the document that has the whole order as it was sent, with its X12."),
    position: z.int().positive(),
    count: z.int().positive().describe("Into how many parts the order was taken apart."),
    store: text.optional().describe("Whose goods it orders, as the buyer numbers his stores; missing: nobody's own."),
  })
  .meta({ id: "orderPart" });

/**
 * An order that an account has placed with us. Names follow UBL's Order where it has one. Decimals are text, dates are
 * `YYYY-MM-DD`; an absent property means that the buyer said nothing of it.
 */
export const order = z
  .strictObject({
    documentType: z.literal("order"),
    account: text.describe("Id of the account that placed it."),
    usage,
    origin: origin.optional(),
    number: text.describe("The buyer's order number, BEG03."),
    release: text.optional(),
    date: isoDate.describe("The day that the buyer dated it, BEG05."),
    purpose: coded.describe("BEG01: 00 original, 01 cancellation, ..."),
    orderType: coded.describe("BEG02: SA stand-alone, RO rush, ..."),
    contract: text.optional(),
    acknowledgmentType: coded.optional().describe("BEG07: what answer the buyer asks for; NA none."),
    invoiceType: coded.optional().describe("BEG08: INR no invoice, the buyer pays by receipt."),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01: BY buyer, SE seller."),
    exchangeRate: decimal.optional(),
    references: z.array(reference),
    contacts: z.array(contact).optional(),
    parties: z.array(party),
    dates: z.array(qualifiedDate),
    salesRequirements: z.array(coded).optional().describe("CSH01: back order, ship complete, as soon as possible, ..."),
    terms: z.array(paymentTerms).optional(),
    freightTerms: z.array(freightTerms).optional(),
    carriage: z.array(carriage).optional(),
    lading: z.array(lading).optional(),
    prices: z.array(price).optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    taxes: z.array(tax).optional(),
    notes: z.array(note).optional(),
    amounts: z.array(monetaryAmount).optional(),
    lines: z.array(orderLine).min(1),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the buyer counted."),
        hashTotal: decimal.optional(),
        weight: decimal.optional(),
        weightUnit: text.optional(),
        volume: decimal.optional(),
        volumeUnit: text.optional(),
        description: text.optional(),
        amounts: z.array(monetaryAmount).optional(),
      })
      .optional(),
    priority: priority.optional().describe("Decided by the account's rules."),
    contact: contact.optional().describe("Our contact for this order, decided by the account's rules."),
    part: orderPart
      .optional()
      .describe("Where the account's rules make a document of each store: which part of the order this is."),
    x12: x12Record.optional().describe("The 850 as it came, where the order came as X12."),
  })
  .meta({ id: "order", title: "Order", description: "An order that an account has placed with us." });
export type Order = z.infer<typeof order>;
