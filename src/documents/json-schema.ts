import { z } from "zod";
import { type DocumentType, documentTypes } from "./document.ts";

/** Every kind of document as JSON Schema (draft 2020-12), by its `documentType`. `schemas/documents` holds the same. */
export function documentJsonSchemas(): Record<DocumentType, object> {
  return Object.fromEntries(
    Object.entries(documentTypes).map(([type, schema]) => [type, z.toJSONSchema(schema)]),
  ) as Record<DocumentType, object>;
}
