import { z } from "zod";
import type { documentTypes } from "./document.ts";
import { order } from "./order.ts";
import { orderResponse } from "./order-response.ts";

/** Every kind of document as JSON Schema (draft 2020-12), by its `documentType`. `schemas/documents` holds the same. */
export function documentJsonSchemas(): Record<keyof typeof documentTypes, object> {
  return { order: z.toJSONSchema(order), "order-response": z.toJSONSchema(orderResponse) };
}
