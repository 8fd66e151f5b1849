import { z } from "zod";
import { coded, text } from "./basic-components.ts";

/** A sentence, and what it is about (NTE). */
export const remark = z
  .strictObject({ about: coded.optional().describe("X12 element 363: INV invoice, PMT payment."), text })
  .meta({ id: "remark" });
export type Remark = z.infer<typeof remark>;
