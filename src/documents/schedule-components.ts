import { z } from "zod";
import { qualifiedDate, quantityByLocation, reference } from "./aggregate-components.ts";
import { coded, decimal, isoDate, text, timeOfDay } from "./basic-components.ts";
import { qualifiedQuantity } from "./item-components.ts";
import { qualifiedNumber } from "./reference-forms.ts";

/* What planning and shipping schedules (830, 862) are built of. */

/** How many are wanted when, and how firmly (FST). */
export const scheduleQuantity = z
  .strictObject({
    quantity: decimal.describe("FST01; with cumulative quantities the count since the year's start."),
    commitment: coded.describe("X12 element 680: C firm, D planning, B pilot, Z as agreed."),
    timing: coded.describe("X12 element 681: D that day, W that week, M that month, F from this day to that."),
    date: isoDate.describe("The day, or the first of the span."),
    endDate: isoDate.optional().describe("The last day of the span, where the timing is F."),
    due: z
      .strictObject({ qualifier: text, word: text.optional(), time: timeOfDay })
      .optional()
      .describe("What happens at what time of the day: 002 delivery requested."),
    reference: qualifiedNumber.optional().describe("FST08 and FST09: the order, the release, the kanban card."),
    planningType: coded.optional(),
    quantityType: coded.optional().describe("X12 element 673; not before 004030."),
    reason: coded.optional().describe("Why it changed, X12 element 426; not before 004030."),
    remark: text.optional().describe("Not before 004030, and only with a reason."),
  })
  .meta({ id: "scheduleQuantity" });
export type ScheduleQuantity = z.infer<typeof scheduleQuantity>;

/** On which days and in which shift is delivered (SDP). */
export const deliveryPattern = z
  .strictObject({
    days: coded.describe("X12 element 678: A Monday to Friday, D Monday, N as directed, Y none."),
    time: coded.describe("X12 element 679: A first shift, Y none."),
  })
  .meta({ id: "deliveryPattern" });
export type DeliveryPattern = z.infer<typeof deliveryPattern>;

/** What the account has had of the item until now (SHP): the last shipment received, or all since the year's start. */
export const receivedQuantity = z
  .strictObject({
    qualifier: text.optional().describe("X12 element 673: 01 the last one, 02 cumulative, 39 shipped, 87 received."),
    word: text.optional(),
    quantity: decimal.optional(),
    dateQualifier: text.optional().describe("X12 element 374: 050 received, 051 cumulative from, 011 shipped."),
    dateWord: text.optional(),
    date: isoDate.optional(),
    time: timeOfDay.optional(),
    endDate: isoDate.optional().describe("To when is counted, where the quantity is cumulative."),
    endTime: timeOfDay.optional(),
    references: z.array(reference).optional().describe("SI our shipment, BM the bill of lading, PK the packing list."),
  })
  .meta({ id: "receivedQuantity" });
export type ReceivedQuantity = z.infer<typeof receivedQuantity>;

/** Whether a part is new, running or running out (PRS). */
export const partRelease = z
  .strictObject({ status: coded.describe("X12 element 682: R replacement orders."), description: text.optional() })
  .meta({ id: "partRelease" });

/** A quantity with what belongs to it in a planning schedule (the FST loop of the 830). */
export const plannedQuantity = scheduleQuantity
  .extend({
    quantities: z.array(qualifiedQuantity).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
  })
  .meta({ id: "plannedQuantity" });
export type PlannedQuantity = z.infer<typeof plannedQuantity>;

/** How many at which time of the day (JIT). */
export const justInTimeQuantity = z
  .strictObject({
    quantity: decimal,
    time: timeOfDay,
    references: z.array(reference).optional(),
    dates: z.array(qualifiedDate).optional().describe("Not before 005010."),
  })
  .meta({ id: "justInTimeQuantity" });

/** A quantity with what belongs to it in a shipping schedule (the FST loop of the 862). */
export const shippingQuantity = scheduleQuantity
  .extend({
    dates: z.array(qualifiedDate).optional(),
    quantitiesByLocation: z.array(quantityByLocation).optional(),
    timesOfDay: z.array(justInTimeQuantity).max(96, "a day carries at most 96 times").optional(),
  })
  .meta({ id: "shippingQuantity" });
export type ShippingQuantity = z.infer<typeof shippingQuantity>;
