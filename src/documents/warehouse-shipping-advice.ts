import { z } from "zod";
import { contact, lading, monetaryAmount, origin, party, productId, reference } from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, usage } from "./basic-components.ts";
import { marking, measurement, qualifiedQuantity } from "./item-components.ts";
import { remark } from "./remark.ts";
import { itemWeight, measure, shippedBy, temperatureRange, warehouseDate } from "./warehouse-components.ts";
import { x12Record } from "./x12-record.ts";

/** One item that the warehouse shipped, or why it did not (the W12 loop). */
export const warehouseShippingLine = z
  .strictObject({
    status: coded.describe("W1201: CC shipped complete, CP shipped in part, BO back-ordered, CU cancelled."),
    ordered: decimal.optional().describe("W1202."),
    shipped: decimal.optional().describe("W1203."),
    difference: decimal.optional().describe("W1204, ordered less shipped."),
    unit: text.optional().describe("X12 element 355: EA each, CA case."),
    caseCode: text.optional().describe("U.P.C. case code of 12 digits, W1206."),
    productIds: z.array(productId).max(3, "W12 carries at most 3 product ids").optional(),
    lot: text.optional().describe("W1209."),
    weights: z.array(itemWeight).max(2, "W12 carries at most 2 weights").optional(),
    otherCaseCode: text.optional().describe("W1216, of the item that was ordered, where another was shipped."),
    changeReason: coded.optional().describe("Why not as ordered, W1219: 01 out of stock, 09 substitution."),
    adjustment: text.optional().describe("W1220."),
    descriptions: z.array(text).optional(),
    references: z
      .array(reference)
      .optional()
      .describe("Serial and lot numbers; the order (PO, CO) and its line (LI) that the item was shipped for."),
    dates: z.array(warehouseDate).optional(),
    quantities: z.array(qualifiedQuantity).optional(),
    measurements: z.array(measurement).optional(),
    amounts: z.array(monetaryAmount).optional().describe("One at most."),
  })
  .meta({ id: "warehouseShippingLine" });
export type WarehouseShippingLine = z.infer<typeof warehouseShippingLine>;

/** A pallet, a carton or what else was handled as one, and what is in it (the LX loop). */
export const handlingUnit = z
  .strictObject({
    number: text.describe("LX01, counted from 1."),
    markings: z.array(marking).optional().describe("GM or AA: the serial shipping container code."),
    pallet: z
      .strictObject({
        type: text.optional(),
        tiers: decimal.optional(),
        blocks: decimal.optional(),
        pack: decimal.optional(),
        unitWeight: measure.optional(),
        length: decimal.optional(),
        width: decimal.optional(),
        height: decimal.optional(),
        dimensionUnit: text.optional(),
        grossWeight: measure.optional(),
        grossVolume: measure.optional(),
        exchange: coded.optional(),
        innerPack: decimal.optional(),
      })
      .optional()
      .describe("PAL."),
    references: z.array(reference).optional(),
    lines: z.array(warehouseShippingLine),
  })
  .meta({ id: "handlingUnit" });
export type HandlingUnit = z.infer<typeof handlingUnit>;

/** What the carrier costs, or what is taken off for it (G72). */
export const shippingCharge = z
  .strictObject({
    code: coded.describe("X12 element 340: 504 freight."),
    handling: coded.describe("X12 element 331: 06 paid by the customer."),
    number: text.optional(),
    exception: text.optional(),
    rate: decimal.optional(),
    quantity: decimal.optional(),
    unit: text.optional(),
    amount: decimal.optional(),
    percent: decimal.optional(),
    percentBasis: decimal.optional(),
    option: text.optional(),
  })
  .meta({ id: "shippingCharge" });

/** What a warehouse shipped of a warehouse order (945). */
export const warehouseShippingAdvice = z
  .strictObject({
    documentType: z.literal("warehouse-shipping-advice"),
    account: text.describe("Id of the warehouse's account, that sent it."),
    usage,
    origin: origin.optional(),
    reporting: coded.describe("W0601: F full detail, X exceptions only, N no exceptions."),
    number: text.optional().describe("Our number of the warehouse order that was shipped, W0602."),
    shipDate: isoDate.optional().describe("W0603."),
    shipment: text.optional().describe("The warehouse's number of the shipment, W0604."),
    agentShipment: text.optional(),
    purchaseOrder: text.optional().describe("The customer's order number, W0606."),
    masterReference: text.optional(),
    linkSequence: text.optional(),
    handling: text.optional(),
    dateChangeReason: coded.optional().describe("Why it went on another day, W0610."),
    transactionType: coded.optional(),
    action: coded.optional(),
    parties: z.array(party).optional(),
    references: z.array(reference).optional().describe("BM bill of lading, CN the carrier's number, ..."),
    contacts: z.array(contact.extend({ name: text }).meta({ id: "warehouseShippingContact" })).optional(),
    dates: z.array(warehouseDate).optional(),
    remarks: z.array(remark).optional(),
    carrier: shippedBy.optional(),
    specialHandling: z.array(text).optional().describe("X12 element 152."),
    consolidation: z
      .strictObject({
        code: coded.describe("X12 element 604: C consolidated, N not."),
        weight: itemWeight.optional(),
        stops: decimal.optional(),
        location: z.strictObject({ id: text, qualifier: text }).optional(),
        billOfLading: text.optional(),
      })
      .optional()
      .describe("What it travels together with, W28."),
    loads: z
      .array(
        z.strictObject({
          unitLoad: coded.optional().describe("X12 element 400: 01 palletized, 02 floor stacked."),
          pallets: decimal.optional(),
          palletExchange: coded.optional(),
          seals: z.array(text).max(2, "W10 carries at most 2 seals").optional(),
          temperature: temperatureRange.optional(),
        }),
      )
      .optional()
      .describe("W10."),
    lading: z.array(lading).optional().describe("Not before 005010."),
    charges: z.array(shippingCharge).optional(),
    handlingUnits: z.array(handlingUnit),
    totals: z
      .strictObject({
        shipped: decimal.optional().describe("W0301, the sum of the quantities shipped, as the warehouse counted."),
        weight: measure.optional(),
        volume: measure.optional(),
        lading: measure.optional().describe("Cartons or pallets."),
      })
      .optional(),
    x12: x12Record.optional().describe("The 945 as it came, where it came as X12."),
  })
  .meta({
    id: "warehouse-shipping-advice",
    title: "Warehouse shipping advice",
    description: "What a warehouse shipped of a warehouse order.",
  });
export type WarehouseShippingAdvice = z.infer<typeof warehouseShippingAdvice>;
