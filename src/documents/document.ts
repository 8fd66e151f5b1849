import { z } from "zod";
import { order } from "./order.ts";
import { orderResponse } from "./order-response.ts";
import { remittance } from "./remittance.ts";

/** Every kind of document that Portico knows, by its `documentType`. The only list of them. */
export const documentTypes = {
  order,
  "order-response": orderResponse,
  remittance,
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
