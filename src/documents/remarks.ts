import { z } from "zod";
import { qualifiedDate, reference } from "./aggregate-components.ts";
import { coded, text } from "./basic-components.ts";

/** A sentence, and what it is about (NTE). */
export const remark = z
  .strictObject({ about: coded.optional().describe("X12 element 363: INV invoice, PMT payment."), text })
  .meta({ id: "remark" });
export type Remark = z.infer<typeof remark>;

/** A number with the dates that belong to it (REF and the DTM under it). */
export const datedReference = reference
  .extend({ dates: z.array(qualifiedDate).optional() })
  .meta({ id: "datedReference" });
export type DatedReference = z.infer<typeof datedReference>;
