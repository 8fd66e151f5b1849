import { z } from "zod";
import { productId } from "../../documents/aggregate-components.ts";
import { isoDate, lineWarranty, usage } from "../../documents/index.ts";
import { movingDocument } from "./orders.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, href, id, plainText } from "./values.ts";

/** What covers a shipped item. */
export const shippedWarranty = z
  .object({
    account: accountId,
    usage,
    serial: z.string().nullable().describe("null: the item was shipped without serial numbers."),
    productIds: z.array(productId),
    order: z.object({ id, number: z.string(), release: z.string().nullable(), line: z.string(), href }),
    shipment: movingDocument.describe("The ship notice that announced it."),
    shippedOn: isoDate,
    terms: lineWarranty.nullable().describe("As they were in force at the order's date; null: none beyond the usual."),
    from: isoDate.nullable().describe("The first day that is covered; null: there are no terms, or it has not begun."),
    until: isoDate.nullable().describe("The last day that is covered."),
    isCovered: z.boolean().describe("Whether the day asked about is covered."),
  })
  .meta({ id: "shippedWarranty" });
export type ShippedWarranty = z.infer<typeof shippedWarranty>;
export const shippedWarrantyList = listOf(shippedWarranty, "shippedWarrantyList");

export const warrantyQuery = z
  .strictObject({
    serial: plainText(80).optional().describe("A serial number."),
    order: plainText(80).optional().describe("The buyer's order number."),
    line: plainText(40).optional().describe("With `order`: the buyer's number of its line."),
    account: plainText(60).optional(),
    date: isoDate.optional().describe("The day that is asked about; left out: today, on the account's calendar."),
    usage: z
      .enum(["production", "test", "all"])
      .default("production")
      .describe("Tests are shown only where they are asked for."),
    ...paging,
  })
  .refine(({ serial, order }) => serial !== undefined || order !== undefined, {
    error: "must name a serial number or an order",
    path: ["serial"],
  })
  .refine(({ line, order }) => line === undefined || order !== undefined, {
    error: "is of no use without an order",
    path: ["line"],
  });
