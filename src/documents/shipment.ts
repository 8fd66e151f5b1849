import { z } from "zod";
import {
  allowanceOrCharge,
  carriage,
  contact,
  freightTerms,
  lading,
  origin,
  packaging,
  party,
  productDescription,
  productId,
  qualifiedDate,
  quantityByLocation,
  reference,
} from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay, usage } from "./basic-components.ts";
import { marking, measurement } from "./item-components.ts";
import { orderReference } from "./order-reference.ts";
import { sscc } from "./sscc.ts";
import { lineWarranty } from "./warranty.ts";
import { x12Record } from "./x12-record.ts";

/** What it travels in: trailer, container, rail car (TD3). */
export const transportEquipment = z
  .strictObject({
    kind: coded.optional().describe("X12 element 40: TL trailer, CN container."),
    initial: text.optional().describe("The letters before the number."),
    number: text.optional(),
    weightQualifier: text.optional(),
    weight: decimal.optional(),
    weightUnit: text.optional(),
    ownership: text.optional(),
    sealStatus: text.optional(),
    seal: text.optional(),
    type: text.optional().describe("X12 element 24, instead of the kind."),
  })
  .meta({ id: "transportEquipment" });

/** What has to be minded on the way (TD4). */
export const specialHandling = z
  .strictObject({
    handling: coded.optional().describe("X12 element 152."),
    hazardQualifier: text.optional(),
    hazardClass: text.optional(),
    description: text.optional(),
    hazardous: text.optional().describe("Y or N, TD405."),
  })
  .meta({ id: "specialHandling" });

/** Why it travels faster than agreed, and who pays for that (ETD). */
export const excessTransport = z
  .strictObject({
    reason: coded,
    payer: coded,
    authorization: reference.omit({ description: true }).optional(),
    returnablesPayer: text.optional(),
  })
  .meta({ id: "excessTransport" });

/** How a package is made, in words or by code (PKG). */
export const packingDescription = z
  .strictObject({
    type: text.optional(),
    characteristic: text.optional(),
    agency: text.optional(),
    code: text.optional(),
    text: text.optional(),
    unitLoad: text.optional(),
  })
  .meta({ id: "packingDescription" });

/** The pallet that a load stands on (PAL). */
export const pallet = z
  .strictObject({
    type: text.optional().describe("X12 element 883."),
    tiers: decimal.optional(),
    blocks: decimal.optional().describe("Cartons in a tier."),
    packs: decimal.optional(),
    weight: decimal.optional().describe("Of the empty pallet."),
    weightUnit: text.optional(),
    length: decimal.optional(),
    width: decimal.optional(),
    height: decimal.optional(),
    dimensionUnit: text.optional(),
    grossWeight: decimal.optional(),
    grossWeightUnit: text.optional(),
    grossVolume: decimal.optional(),
    grossVolumeUnit: text.optional(),
    exchange: text.optional(),
    innerPacks: decimal.optional(),
  })
  .meta({ id: "pallet" });

/** How many loads of how many units, and their labels (the CLD loop; automotive). */
export const itemLoad = z
  .strictObject({
    loads: decimal.describe("Packages of this kind, CLD01."),
    units: decimal.describe("Units in each, CLD02."),
    packaging: text.optional(),
    size: decimal.optional(),
    sizeUnit: text.optional(),
    references: z.array(reference).optional().describe("Label numbers: LS bar-coded serial number, ..."),
  })
  .meta({ id: "itemLoad" });

/** A part of a kit or an assortment that is shipped as one item (SLN). */
export const itemComponent = z
  .strictObject({
    line: text,
    parent: text.optional(),
    relationship: text.describe("X12 element 662: I included."),
    quantity: decimal.optional(),
    unit: text.optional(),
    productIds: z.array(productId).max(10, "SLN carries at most 10 product ids").optional(),
  })
  .meta({ id: "itemComponent" });

/** What every level of a shipment can say. */
const anyLevel = {
  descriptions: z.array(productDescription).optional(),
  measurements: z.array(measurement).optional(),
  packingDescriptions: z.array(packingDescription).optional(),
  lading: z.array(lading).optional(),
  carriage: z.array(carriage).optional(),
  equipment: z.array(transportEquipment).optional(),
  specialHandling: z.array(specialHandling).max(5, "a level carries at most 5 of them").optional(),
  references: z.array(reference).optional(),
  contacts: z.array(contact).max(3, "a level carries at most 3 contacts").optional(),
  markings: z.array(marking).optional(),
  dates: z.array(qualifiedDate).max(10, "a level carries at most 10 dates").optional(),
  freightTerms: freightTerms.optional(),
  pallet: pallet.optional(),
  parties: z.array(party).optional(),
  excessTransport: excessTransport.optional(),
  allowancesAndCharges: z.array(allowanceOrCharge).optional(),
};

const anyPackage = {
  sscc: sscc.optional().describe("Its serial shipping container code, MAN*GM."),
  trackingNumber: text.optional().describe("The carrier's number of this package, MAN*CP."),
  packaging: packaging.optional(),
  ...anyLevel,
};

/** A package that holds nothing but the item it stands under, or a part of it (HL level P under I). */
export const itemPack = z.strictObject(anyPackage).meta({ id: "itemPack" });
export type ItemPack = z.infer<typeof itemPack>;

/**
 * Goods that are shipped: so many of a product, for one line of an order (HL level I). The order is that of the order level
 * which the item stands under, or its own.
 */
export const shipmentItem = z
  .strictObject({
    order: orderReference.optional().describe("Only where no order level is above it."),
    line: text.optional().describe("The buyer's order line number, as the order has it: LIN01."),
    shipmentLine: text.optional().describe("The item's own number in this notice, SN101."),
    productIds: z.array(productId).min(1).max(15, "LIN carries at most 15 product ids"),
    quantity: decimal.describe("Shipped, SN102."),
    unit: text.describe("X12 element 355: EA each, CA case."),
    quantityToDate: decimal.optional().describe("Shipped to date with this shipment, SN104: cumulative, of schedules."),
    quantityOrdered: decimal.optional(),
    unitOrdered: text.optional(),
    returnableLoad: text.optional(),
    status: coded.optional().describe("What became of the order line, SN108: BP shipped in part, the rest later."),
    lots: z.array(text).optional().describe("Lot numbers, REF*LT."),
    serialNumbers: z.array(text).optional().describe("Serial numbers, REF*SE."),
    components: z.array(itemComponent).optional(),
    packaging: packaging.optional(),
    ...anyLevel,
    loads: z.array(itemLoad).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
    packs: z.array(itemPack).optional(),
    warranty: lineWarranty.optional().describe("The warranty terms that the order's line has, put in by the gateway."),
  })
  .meta({ id: "shipmentItem" });
export type ShipmentItem = z.infer<typeof shipmentItem>;

const anyOrder = {
  order: orderReference.describe("The order that it is for (PRF)."),
  ...anyLevel,
};

/** What of a package is for one order (HL level O under P or T). */
export const packedOrder = z
  .strictObject({ ...anyOrder, items: z.array(shipmentItem).min(1) })
  .meta({ id: "packedOrder" });
export type PackedOrder = z.infer<typeof packedOrder>;

/** A package within a package (HL level P under P). */
export const innerPack = z
  .strictObject({ ...anyPackage, items: z.array(shipmentItem).optional() })
  .meta({ id: "innerPack" });
export type InnerPack = z.infer<typeof innerPack>;

/** A carton, a case or another package (HL level P). */
export const shipmentPack = z
  .strictObject({
    ...anyPackage,
    packs: z.array(innerPack).optional(),
    orders: z.array(packedOrder).optional(),
    items: z.array(shipmentItem).optional(),
  })
  .meta({ id: "shipmentPack" });
export type ShipmentPack = z.infer<typeof shipmentPack>;

/** A pallet, a rack or whatever else packages stand on (HL level T). */
export const shipmentTare = z
  .strictObject({
    ...anyPackage,
    packs: z.array(shipmentPack).optional(),
    orders: z.array(packedOrder).optional(),
    items: z.array(shipmentItem).optional(),
  })
  .meta({ id: "shipmentTare" });
export type ShipmentTare = z.infer<typeof shipmentTare>;

/** What of a shipment is for one order (HL level O). */
export const shipmentOrder = z
  .strictObject({
    ...anyOrder,
    tares: z.array(shipmentTare).optional(),
    packs: z.array(shipmentPack).optional(),
    items: z.array(shipmentItem).optional(),
  })
  .meta({ id: "shipmentOrder" });
export type ShipmentOrder = z.infer<typeof shipmentOrder>;

/**
 * What leaves for an account: a tree of orders, pallets, packages and items, as it is loaded. Names follow UBL's
 * DespatchAdvice where it has one. `shippedItems` lists its items, each with its order and its packages.
 */
export const shipment = z
  .strictObject({
    documentType: z.literal("shipment"),
    account: text.describe("Id of the account that it goes to."),
    usage,
    origin: origin.optional(),
    number: z.string().min(2, "must have 2 to 30 characters").max(30).describe("Our shipment number, BSN02."),
    purpose: coded.describe("BSN01: 00 original, 01 cancellation, 05 replacement."),
    date: isoDate.describe("The day of this notice, BSN03."),
    time: timeOfDay.describe("BSN04."),
    structure: coded
      .optional()
      .describe("BSN05: 0001 order, pack, item; 0004 order, item; ... It follows from the levels where it is missing."),
    shipmentType: coded.optional().describe("BSN06."),
    statusReason: text.optional().describe("BSN07."),
    noticeDates: z
      .array(qualifiedDate)
      .max(10)
      .optional()
      .describe("Dates before the first level; most guides have none."),
    billOfLading: text.optional().describe("REF*BM."),
    carrierReference: text.optional().describe("The carrier's PRO number, REF*CN."),
    trackingNumbers: z.array(text).optional().describe("Numbers to follow it by, REF*2I."),
    ...anyLevel,
    currency: text.optional().describe("ISO 4217, CUR02."),
    currencyParty: text.optional(),
    orders: z.array(shipmentOrder).optional(),
    tares: z.array(shipmentTare).optional(),
    packs: z.array(shipmentPack).optional(),
    items: z.array(shipmentItem).optional(),
    totals: z
      .strictObject({
        levels: z.int().nonnegative().optional().describe("How many levels there are, itself among them: CTT01."),
        quantity: decimal.optional().describe("Sum of the quantities shipped: CTT02."),
        weight: decimal.optional(),
        weightUnit: text.optional(),
        volume: decimal.optional(),
        volumeUnit: text.optional(),
        description: text.optional(),
      })
      .optional()
      .describe("Checked where given: they can be counted."),
    x12: x12Record.optional().describe("The 856 as it came, where it came as X12."),
  })
  .meta({ id: "shipment", title: "Shipment", description: "What leaves for an account, and how it is packed." });
export type Shipment = z.infer<typeof shipment>;
