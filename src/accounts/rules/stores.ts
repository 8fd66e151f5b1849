import { z } from "zod";

const answerForms = ["as-handed-in", "by-store", "together"] as const;

/**
 * How the lines of many stores look on both sides. The books count by store whatever stands here, and a ship notice (856)
 * always says what is for which store.
 */
export const storesRule = z.strictObject({
  orders: z
    .enum(["as-sent", "line-per-store", "document-per-store"])
    .default("as-sent")
    .describe(
      "How an order whose lines are for many stores (SDQ) is offered to your own systems. as-sent: as the account wrote it. line-per-store: one document, with a line for each store. document-per-store: a document for each store, and one for what is for no store.",
    ),
  responses: z
    .enum(answerForms)
    .default("as-handed-in")
    .describe(
      "How answers to orders and their changes (855, 865) reach the account. as-handed-in: as your systems wrote them. by-store: a line for each store. together: one line for all stores that are answered alike, with the quantity of each (SDQ).",
    ),
  invoices: z
    .enum(answerForms)
    .default("as-handed-in")
    .describe("How invoices (810) reach the account: as with answers."),
});
export type StoresRule = z.infer<typeof storesRule>;
