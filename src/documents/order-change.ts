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
  party,
  paymentTerms,
  price,
  qualifiedDate,
  reference,
  tax,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { qualifiedQuantity } from "./item-components.ts";
import { orderLine } from "./order.ts";
import { x12Record } from "./x12-record.ts";

/**
 * One line of a change (the POC loop): what is changed about it, and the line as it shall be. Most buyers repeat the whole
 * line, and a quantity is the new one and not the difference, unless the account's guide says otherwise.
 */
export const orderChangeLine = orderLine
  .extend({
    change: coded.describe("X12 element 670, POC02: AI added, DI deleted, QI quantity raised, PC price, RS dates, ..."),
    quantityLeft: decimal.optional().describe("What the buyer still waits for, POC04."),
    quantities: z.array(qualifiedQuantity).optional(),
  })
  .meta({ id: "orderChangeLine" });
export type OrderChangeLine = z.infer<typeof orderChangeLine>;

/** What an account changes about an order that it has placed with us. Names follow UBL's OrderChange where it has one. */
export const orderChange = z
  .strictObject({
    documentType: z.literal("order-change"),
    account: text.describe("Id of the account that changes its order."),
    usage,
    origin: origin.optional(),
    number: text.describe("The buyer's order number, BCH03."),
    release: text.optional(),
    changeSequence: text.optional().describe("Which change of the order it is, as the buyer counts: BCH05."),
    orderDate: isoDate.describe("The day that the buyer dated the order, BCH06."),
    date: isoDate.optional().describe("The day of the change, BCH11."),
    purpose: coded.describe("BCH01: 04 change, 01 cancellation, 05 replacement."),
    orderType: coded.describe("BCH02: SA stand-alone, RO rush, ..."),
    requestReference: text.optional().describe("BCH07."),
    contract: text.optional(),
    sellerOrderNumber: text.optional().describe("Our own order number, BCH09."),
    acknowledgmentDate: isoDate.optional().describe("The day that we acknowledged the order, BCH10."),
    contractType: text.optional(),
    acknowledgmentType: coded.optional().describe("BCH14: what answer the buyer asks for; NA none."),
    changeType: text.optional().describe("X12 element 640, BCH15."),
    purchaseCategory: text.optional(),
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional().describe("Whose currency it is, CUR01: BY buyer, SE seller."),
    exchangeRate: decimal.optional(),
    references: z.array(reference),
    contacts: z.array(contact).optional(),
    freightTerms: z.array(freightTerms).optional(),
    prices: z.array(price).optional(),
    salesRequirements: z.array(coded).optional().describe("CSH01: back order, ship complete, as soon as possible, ..."),
    allowancesAndCharges: z.array(allowanceOrCharge).optional(),
    terms: z.array(paymentTerms).optional(),
    dates: z.array(qualifiedDate),
    lading: z.array(lading).optional(),
    carriage: z.array(carriage).optional(),
    taxes: z.array(tax).optional(),
    amounts: z.array(monetaryAmount).optional(),
    notes: z.array(note).optional(),
    parties: z.array(party),
    lines: z
      .array(orderChangeLine)
      .describe("Empty where the order is cancelled as a whole, or only its heading changes."),
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
    contact: contact.optional().describe("Our contact for this order, decided by the account's rules."),
    x12: x12Record.optional().describe("The 860 as it came, where it came as X12."),
  })
  .meta({ id: "order-change", title: "Order change", description: "What an account changes about its order." });
export type OrderChange = z.infer<typeof orderChange>;
