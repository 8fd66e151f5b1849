import { z } from "zod";
import { qualifiedDate, reference } from "./aggregate-components.ts";
import { text } from "./basic-components.ts";

/** A number and what kind of number it is, where a segment has room for no more (ADX03, RMR01, FST08, ENT08). */
export const qualifiedNumber = z
  .strictObject({
    qualifier: text.describe("X12 element 128: IV our invoice, PO the order."),
    word: text.optional(),
    value: text,
  })
  .meta({ id: "qualifiedNumber" });
export type QualifiedNumber = z.infer<typeof qualifiedNumber>;

/** A number with the dates that belong to it (REF and the DTM under it). */
export const datedReference = reference
  .extend({ dates: z.array(qualifiedDate).optional() })
  .meta({ id: "datedReference" });
export type DatedReference = z.infer<typeof datedReference>;
