import { z } from "zod";
import {
  contact,
  monetaryAmount,
  origin,
  party,
  productId,
  quantityByLocation,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, text, usage } from "./basic-components.ts";
import { marking, qualifiedQuantity } from "./item-components.ts";
import { remark } from "./remark.ts";
import { itemWeight, measure, shippingInstruction, temperatureRange, warehouseDate } from "./warehouse-components.ts";
import { quantityTotalIsRight } from "./warehouse-totals.ts";
import { x12Record } from "./x12-record.ts";

/** How an item is packed and what a pack weighs (W20). */
export const itemPacking = z
  .strictObject({
    pack: decimal.optional(),
    size: measure.optional(),
    weight: itemWeight.optional(),
    unitWeight: decimal.optional(),
    volume: measure.optional(),
    color: text.optional(),
  })
  .meta({ id: "itemPacking" });

/** One item that the warehouse is to ship (the W01 loop). */
export const warehouseOrderLine = z
  .strictObject({
    quantity: decimal.describe("W0101."),
    unit: text.describe("X12 element 355: EA each, CA case."),
    caseCode: text.optional().describe("U.P.C. case code of 12 digits, W0103."),
    productIds: z.array(productId).max(3, "W01 carries at most 3 product ids").optional(),
    freightClass: text.optional(),
    rateClass: text.optional(),
    commodity: z.strictObject({ qualifier: text, code: text }).optional(),
    palletPattern: text.optional().describe("Blocks and tiers of a pallet, 3 digits each, W0112."),
    lot: text.optional().describe("The lot to take it from, W0113."),
    condition: coded.optional().describe("W0114: 01 good, 02 damaged."),
    descriptions: z.array(text).max(5, "an item carries at most 5 descriptions").optional(),
    references: z
      .array(reference)
      .max(200, "an item carries at most 200 references")
      .optional()
      .describe("Among them the order (PO, CO) and its line (LI) that the item is shipped for."),
    remarks: z.array(remark).optional(),
    packing: z.array(itemPacking).max(3, "an item carries at most 3 packings").optional(),
    quantities: z.array(qualifiedQuantity).max(10, "an item carries at most 10 quantities").optional(),
    amounts: z.array(monetaryAmount).optional().describe("One at most before 005010."),
    dates: z.array(warehouseDate).max(10, "an item carries at most 10 dates").optional(),
  })
  .meta({ id: "warehouseOrderLine" });
export type WarehouseOrderLine = z.infer<typeof warehouseOrderLine>;

/** Items that belong together: a store's, a carton's, or all of them (the LX loop). */
export const warehouseOrderGroup = z
  .strictObject({
    number: text.describe("LX01, counted from 1."),
    markings: z.array(marking).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
    dates: z.array(warehouseDate).max(10, "a group carries at most 10 dates").optional(),
    references: z.array(reference).optional().describe("Not before 004030."),
    lines: z.array(warehouseOrderLine),
  })
  .meta({ id: "warehouseOrderGroup" });
export type WarehouseOrderGroup = z.infer<typeof warehouseOrderGroup>;

/** What we tell a warehouse to ship, and to whom (940). */
export const warehouseOrder = z
  .strictObject({
    documentType: z.literal("warehouse-order"),
    account: text.describe("Id of the warehouse's account, that it goes to."),
    usage,
    origin: origin.optional(),
    status: coded.describe("W0501: N original, R change, F cancel."),
    number: text.describe("Our number of this warehouse order, W0502."),
    purchaseOrder: text.optional().describe("The customer's order number, W0503."),
    linkSequence: text.optional().describe("W0504: the place among orders that ship together, 6 digits."),
    masterReference: text.optional().describe("W0505: what the orders that ship together have in common."),
    transactionType: coded.optional(),
    action: coded.optional(),
    orderType: coded.optional().describe("W0508: SA stand-alone, DS drop-ship; not before 004030."),
    parties: z
      .array(party)
      .max(10, "a 940 carries at most 10 parties")
      .optional()
      .describe("ST ship to, DE depositor."),
    references: z.array(reference).max(10, "a 940 carries at most 10 references").optional(),
    contacts: z
      .array(contact.extend({ name: text }).meta({ id: "warehouseContact" }))
      .max(3, "a 940 carries at most 3 contacts")
      .optional(),
    dates: z.array(warehouseDate).max(10, "a 940 carries at most 10 dates").optional(),
    remarks: z.array(remark).optional(),
    equipment: z
      .strictObject({
        type: text.describe("X12 element 40: TL trailer, RT refrigerated trailer."),
        temperature: temperatureRange.optional(),
        description: text.optional(),
      })
      .optional()
      .describe("What it must travel in, W09."),
    shipping: shippingInstruction.optional(),
    handling: z.array(text).optional().describe("X12 element 152."),
    groups: z.array(warehouseOrderGroup),
    totals: z
      .strictObject({
        quantity: decimal.optional().describe("W7601, the sum of the lines' quantities."),
        weight: measure.optional(),
        volume: measure.optional(),
        sizingFactor: decimal.optional(),
      })
      .optional(),
    x12: x12Record.optional().describe("The 940 as it came, where it came as X12."),
  })
  .check(quantityTotalIsRight)
  .meta({
    id: "warehouse-order",
    title: "Warehouse order",
    description: "What we tell a warehouse to ship, and to whom.",
  });
export type WarehouseOrder = z.infer<typeof warehouseOrder>;
