import { z } from "zod";
import {
  contact,
  monetaryAmount,
  origin,
  packaging,
  party,
  price,
  productId,
  quantityByLocation,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { qualifiedQuantity } from "./item-components.ts";
import { qualifiedNumber } from "./reference-forms.ts";
import { x12Record } from "./x12-record.ts";

/** What happened with an item, how often, and where: sold, on hand, on order, returned (the ZA loop). */
export const itemActivity = z
  .strictObject({
    activity: coded.describe("ZA01: QS sold, QA on hand and available, QP on order, QU returned by the consumer."),
    quantity: decimal.optional().describe("In all, where it is not said place by place."),
    unit: text.optional().describe("X12 element 355: EA each."),
    date: z.strictObject({ qualifier: text, word: text.optional(), date: isoDate }).optional(),
    reference: qualifiedNumber.optional(),
    response: text.optional().describe("ZA08, yes or no: X12 element 1073."),
    quantities: z.array(qualifiedQuantity).optional(),
    prices: z.array(price).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional().describe("How many in which store or warehouse."),
  })
  .meta({ id: "itemActivity" });
export type ItemActivity = z.infer<typeof itemActivity>;

/** One item and all that happened with it (the LIN loop). */
export const activityLine = z
  .strictObject({
    line: text.optional().describe("LIN01."),
    productIds: z.array(productId),
    prices: z.array(price).optional(),
    packaging: packaging.optional(),
    references: z.array(reference).optional(),
    amounts: z.array(monetaryAmount).optional(),
    quantities: z.array(qualifiedQuantity).optional(),
    activities: z.array(itemActivity).min(1),
  })
  .meta({ id: "activityLine" });
export type ActivityLine = z.infer<typeof activityLine>;

/** Order numbers that an account gives in advance, for a supplier that orders in its name (XPO). */
export const assignedOrderNumbers = z
  .strictObject({
    first: text,
    last: text.optional().describe("The end of a range that begins with `first`."),
    idQualifier: text.optional().describe("Who gave the id, X12 element 66."),
    id: text.optional().describe("The place that they are for."),
  })
  .meta({ id: "assignedOrderNumbers" });

/** What an account sold, has in stock and has on order of our products in a period (852). Names follow UBL's ProductActivity. */
export const productActivity = z
  .strictObject({
    documentType: z.literal("product-activity"),
    account: text.describe("Id of the account that sent it."),
    usage,
    origin: origin.optional(),
    handling: coded.describe("XQ01, what is wanted of us: H nothing but to know, G plan the order and ship."),
    periodStart: isoDate.describe("XQ02: the first day of the period, or the only one."),
    periodEnd: isoDate.optional().describe("XQ03."),
    number: text.optional().describe("The account's number of this report, XQ04; not before 005010."),
    purpose: coded.optional().describe("XQ05; not before 005010."),
    orderNumbers: z.array(assignedOrderNumbers).optional(),
    references: z.array(reference).optional(),
    contacts: z.array(contact).optional(),
    parties: z.array(party).optional(),
    lines: z.array(activityLine),
    totals: z
      .strictObject({
        lineCount: z.int().nonnegative().optional().describe("CTT01, as the account counted."),
        hashTotal: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 852 as it came, where it came as X12."),
  })
  .meta({
    id: "product-activity",
    title: "Product activity",
    description: "What an account sold, has in stock and has on order of our products.",
  });
export type ProductActivity = z.infer<typeof productActivity>;
