import { z } from "zod";
import { applicationAdvice } from "./application-advice.ts";
import { message } from "./message.ts";
import { order } from "./order.ts";
import { orderResponse } from "./order-response.ts";
import { orderStatusReport } from "./order-status-report.ts";
import { planningSchedule } from "./planning-schedule.ts";
import { remittance } from "./remittance.ts";
import { shippingSchedule } from "./shipping-schedule.ts";
import { statusInquiry } from "./status-inquiry.ts";

/** Every kind of document that Portico knows, by its `documentType`. The only list of them. */
export const documentTypes = {
  order,
  "order-response": orderResponse,
  remittance,
  "application-advice": applicationAdvice,
  message,
  "order-status-report": orderStatusReport,
  "planning-schedule": planningSchedule,
  "shipping-schedule": shippingSchedule,
  "status-inquiry": statusInquiry,
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
