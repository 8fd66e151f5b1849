import { z } from "zod";
import { applicationAdvice } from "./application-advice.ts";
import { inventoryAdvice } from "./inventory-advice.ts";
import { invoice } from "./invoice.ts";
import { invoiceFaults } from "./invoice-totals.ts";
import { message } from "./message.ts";
import { order } from "./order.ts";
import { orderChange } from "./order-change.ts";
import { orderChangeResponse } from "./order-change-response.ts";
import { orderResponse } from "./order-response.ts";
import { orderStatusReport } from "./order-status-report.ts";
import { planningSchedule } from "./planning-schedule.ts";
import { priceCatalog } from "./price-catalog.ts";
import { productActivity } from "./product-activity.ts";
import { remittance } from "./remittance.ts";
import { resaleReport } from "./resale-report.ts";
import { shipment } from "./shipment.ts";
import { shipmentFaults } from "./shipment-levels.ts";
import { shippingSchedule } from "./shipping-schedule.ts";
import { statusInquiry } from "./status-inquiry.ts";
import { warehouseOrder } from "./warehouse-order.ts";
import { warehouseShippingAdvice } from "./warehouse-shipping-advice.ts";

/** Every kind of document that Portico knows, by its `documentType`. The only list of them. */
export const documentTypes = {
  order,
  "order-response": orderResponse,
  "order-change": orderChange,
  "order-change-response": orderChangeResponse,
  remittance,
  "application-advice": applicationAdvice,
  message,
  "order-status-report": orderStatusReport,
  "planning-schedule": planningSchedule,
  "shipping-schedule": shippingSchedule,
  "status-inquiry": statusInquiry,
  "inventory-advice": inventoryAdvice,
  "price-catalog": priceCatalog,
  "product-activity": productActivity,
  "resale-report": resaleReport,
  "warehouse-order": warehouseOrder,
  "warehouse-shipping-advice": warehouseShippingAdvice,
  shipment,
  invoice,
} as const;

export type DocumentType = keyof typeof documentTypes;

/** A document of any kind. */
export type Document = { [Type in DocumentType]: z.infer<(typeof documentTypes)[Type]> }[DocumentType];

const document = z.discriminatedUnion("documentType", Object.values(documentTypes) as [typeof order]);

/** A document in which nothing contradicts the rest. What came from others may well: it is kept as it came. */
const consistentDocument = document.superRefine((value, context) => {
  // What adds up can only be told of numbers.
  if (context.issues.length > 0) return;
  for (const { path, message } of contradictionsIn(value as Document)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});

/** What contradicts itself in a document, and where: sums that don't add up, an item without an order. */
export function contradictionsIn(document: Document): { path: readonly (string | number)[]; message: string }[] {
  switch (document.documentType) {
    case "shipment":
      return shipmentFaults(document);
    case "invoice":
      return invoiceFaults(document);
    default:
      return [];
  }
}

/** Checks the form of a document of any kind; throws zod's error, with the path of everything that is wrong. */
export function parseDocument(value: unknown): Document {
  return document.parse(value) as Document;
}

/** Checks the form of a document of any kind, and whether it contradicts itself; tells everything that is wrong with it. */
export function checkDocument(value: unknown): z.ZodSafeParseResult<Document> {
  return consistentDocument.safeParse(value) as z.ZodSafeParseResult<Document>;
}
