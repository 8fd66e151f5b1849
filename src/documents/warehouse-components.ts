import { z } from "zod";
import { coded, decimal, isoDate, text, timeOfDay } from "./basic-components.ts";

/* What only warehouses say in their own way: dates, weights, carriers. */

/** A date, a time or both, each with what it is the date or time of (G62). */
export const warehouseDate = z
  .strictObject({
    qualifier: text.optional().describe("What happens then, X12 element 432: 10 requested ship date."),
    word: text.optional(),
    date: isoDate.optional(),
    timeQualifier: text.optional().describe("X12 element 176: X scheduled delivery time."),
    time: timeOfDay.optional(),
    zone: text.optional().describe("Time zone code, X12 element 623."),
  })
  .meta({ id: "warehouseDate" });
export type WarehouseDate = z.infer<typeof warehouseDate>;

/** A weight in the form of W12 and W20: the kind and the unit are codes of their own. */
export const itemWeight = z
  .strictObject({
    value: decimal,
    qualifier: text.describe("X12 element 187: G gross, N net."),
    unit: text.describe("X12 element 188: L pounds, K kilograms."),
  })
  .meta({ id: "itemWeight" });

/** A number and its unit. */
export const measure = z
  .strictObject({ value: decimal, unit: text.describe("X12 element 355.") })
  .meta({ id: "measure" });

/** The cold that a load has to be kept in. */
export const temperatureRange = z
  .strictObject({ from: measure.optional(), to: measure.optional() })
  .meta({ id: "temperatureRange" });

/** The trailer or container (W27). */
export const equipment = z
  .strictObject({
    type: text.optional().describe("X12 element 40: TL trailer."),
    initial: text.optional(),
    number: text.optional(),
  })
  .meta({ id: "equipment" });

/** How the warehouse is told to ship (W66). */
export const shippingInstruction = z
  .strictObject({
    freightPayment: coded.describe("PP prepaid by the seller, CC collect."),
    method: coded.describe("X12 element 91: M motor carrier, U parcel service."),
    palletExchange: coded.optional(),
    unitLoad: coded.optional().describe("X12 element 400: 01 palletized, 02 floor stacked."),
    routing: text.optional(),
    fobPoint: z
      .strictObject({ qualifier: text.optional(), name: text.optional() })
      .optional()
      .describe("Where the risk passes, X12 element 433."),
    collectOnDelivery: z
      .strictObject({ method: text, amount: decimal })
      .optional()
      .describe("Money to be taken when it is handed over."),
    carrierId: text.optional().describe("SCAC."),
  })
  .meta({ id: "shippingInstruction" });

/** How the warehouse did ship (W27). */
export const shippedBy = z
  .strictObject({
    method: coded.describe("X12 element 91: M motor carrier, U parcel service."),
    carrierId: text.optional().describe("SCAC."),
    routing: text.optional(),
    freightPayment: coded.optional(),
    equipment: equipment.optional(),
    status: coded.optional().describe("X12 element 368: CC shipment complete, BP part shipped."),
    handling: text.optional(),
    changeReason: coded.optional().describe("Why another carrier than was asked for, X12 element 890."),
  })
  .meta({ id: "shippedBy" });
