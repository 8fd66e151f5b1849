import { z } from "zod";
import { order } from "./order.ts";
import { orderResponse } from "./order-response.ts";

/** Every kind of document that Portico knows, by its `documentType`. */
export const documentTypes = { order, "order-response": orderResponse } as const;

const document = z.discriminatedUnion("documentType", [order, orderResponse]);

export type Document = z.infer<typeof document>;

/** Checks a document of any kind; throws zod's error, with the path of everything that is wrong. */
export function parseDocument(value: unknown): Document {
  return document.parse(value);
}
