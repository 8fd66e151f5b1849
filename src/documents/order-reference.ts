import { z } from "zod";
import { coded, isoDate, text } from "./basic-components.ts";

/** The order that something is about, as the buyer knows it (PRF). */
export const orderReference = z
  .strictObject({
    number: text.describe("The buyer's order number, PRF01."),
    release: text.optional(),
    change: text.optional().describe("Number of the order's change, PRF03."),
    date: isoDate.optional(),
    line: text.optional().describe("Line of the order, PRF05."),
    contract: text.optional(),
    orderType: coded.optional().describe("X12 element 92, PRF07."),
  })
  .meta({ id: "orderReference" });
export type OrderReference = z.infer<typeof orderReference>;
