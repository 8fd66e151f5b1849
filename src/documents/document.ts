import { z } from "zod";
import { applicationAdvice } from "./application-advice.ts";
import { inventoryAdvice } from "./inventory-advice.ts";
import { invoice } from "./invoice.ts";
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

/** Checks a document of any kind; throws zod's error, with the path of everything that is wrong. */
export function parseDocument(value: unknown): Document {
  return document.parse(value) as Document;
}

/** Checks a document of any kind, and tells everything that is wrong with it. */
export function checkDocument(value: unknown): z.ZodSafeParseResult<Document> {
  return document.safeParse(value) as z.ZodSafeParseResult<Document>;
}
