import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  lading,
  origin,
  party,
  productDescription,
  productId,
  qualifiedDate,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { measurement, qualifiedQuantity } from "./item-components.ts";
import { orderReference } from "./order-reference.ts";
import { datedReference } from "./reference-forms.ts";
import { x12Record } from "./x12-record.ts";

/** How far an order is, and of how much of it that is true (ISR). */
export const orderStatus = z
  .strictObject({
    status: coded.describe("X12 element 368: SH shipped, BO back-ordered, SS split shipment, IN in process, ..."),
    date: isoDate.optional().describe("The day that belongs to the status."),
    reason: coded.optional().describe("X12 element 641."),
    descriptions: z.array(productDescription).max(6, "a status carries at most 6 descriptions").optional(),
    quantities: z.array(qualifiedQuantity).max(4, "a status carries at most 4 quantities").optional(),
  })
  .meta({ id: "orderStatus" });
export type OrderStatus = z.infer<typeof orderStatus>;

/** How far a line is, or a part of its quantity, and how that part travels (the ISR loop under PO1). */
export const lineStatus = orderStatus
  .extend({
    dates: z.array(qualifiedDate).max(10, "a status carries at most 10 dates").optional(),
    party: party.omit({ references: true, contacts: true }).optional(),
    lading: lading.optional(),
    carriage: carriage.optional(),
    references: z.array(reference).max(12, "a status carries at most 12 references").optional(),
    allowancesAndCharges: z.array(allowanceOrCharge).max(25, "a status carries at most 25 charges").optional(),
  })
  .meta({ id: "lineStatus" });
export type LineStatus = z.infer<typeof lineStatus>;

/** One line of an order and how far it is (HL03 I and its PO1). */
export const statusLine = z
  .strictObject({
    line: text.optional().describe("The buyer's line number, PO101."),
    quantity: decimal.optional().describe("Quantity ordered."),
    unit: text.optional(),
    price: decimal.optional(),
    priceBasis: coded.optional(),
    productIds: z.array(productId).max(10, "PO1 carries at most 10 product ids"),
    descriptions: z.array(productDescription).optional(),
    measurements: z.array(measurement).max(40, "a line carries at most 40 measurements").optional(),
    statuses: z.array(lineStatus).max(104, "a line carries at most 104 statuses"),
  })
  .meta({ id: "statusLine" });
export type StatusLine = z.infer<typeof statusLine>;

/** One order and how far it and its lines are (HL03 O). */
export const statusOrder = z
  .strictObject({
    order: orderReference.optional(),
    statuses: z.array(orderStatus).max(104, "an order carries at most 104 statuses").optional(),
    contacts: z.array(contact).max(3, "an order carries at most 3 contacts").optional(),
    dates: z.array(qualifiedDate).max(10, "an order carries at most 10 dates").optional(),
    references: z.array(datedReference).optional(),
    parties: z.array(party).max(200, "an order carries at most 200 parties").optional(),
    lines: z.array(statusLine).max(1000, "an order carries at most 1000 lines").optional(),
  })
  .meta({ id: "statusOrder" });
export type StatusOrder = z.infer<typeof statusOrder>;

/** How far an account's orders are, told unasked or as the answer to its inquiry (870). Names follow UBL's OrderStatus where it has one. */
export const orderStatusReport = z
  .strictObject({
    documentType: z.literal("order-status-report"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    origin: origin.optional(),
    reportType: coded.describe("BSR01: 1 the answer to an inquiry, 2 as agreed, 3 unasked."),
    scope: coded.describe("BSR02: PA the orders named, CA all orders, AO what changed, ..."),
    number: text.describe("Number of the report, BSR03."),
    date: isoDate.describe("BSR04."),
    selection: coded.optional().describe("BSR05: SP products that are named."),
    location: coded.optional().describe("BSR06."),
    time: timeOfDay.optional(),
    inquiry: z
      .strictObject({ number: text.optional(), date: isoDate.optional(), time: timeOfDay.optional() })
      .optional()
      .describe("The inquiry that it answers, BSR08 to BSR10."),
    purpose: coded.optional(),
    action: coded.optional(),
    carriage: carriage.optional(),
    dates: z.array(qualifiedDate).max(10, "an 870 carries at most 10 dates").optional(),
    references: z.array(datedReference).optional(),
    parties: z.array(party).max(200, "an 870 carries at most 200 parties").optional(),
    orders: z.array(statusOrder),
    totals: z
      .strictObject({ lineCount: z.int().nonnegative().optional().describe("CTT01."), hashTotal: decimal.optional() })
      .optional(),
    x12: x12Record.optional().describe("The 870 as it came, where it came as X12."),
  })
  .meta({
    id: "order-status-report",
    title: "Order status report",
    description: "How far an account's orders are.",
  });
export type OrderStatusReport = z.infer<typeof orderStatusReport>;
