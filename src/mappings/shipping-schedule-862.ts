import * as schedules from "../documents/code-words/schedules.ts";
import * as words from "../documents/code-words.ts";
import type { ShippingQuantity } from "../documents/schedule-components.ts";
import type { ShippingSchedule, ShippingScheduleLine } from "../documents/shipping-schedule.ts";
import { DTM, N1, PER, PO4, REF, TD1, TD5 } from "./aggregates.ts";
import { itemLIN, lineTotals, QTY, UIT } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  loop,
  many,
  manyOrNone,
  must,
  one,
  setMapping,
  text,
  time,
} from "./notation/index.ts";
import { quantitiesFromSDQ } from "./quantities.ts";
import { deliveryPatterns, FST, PRS, SHP } from "./schedule-aggregates.ts";

/** The JIT loop: how many at which time of the day. It has dates from 005010 on. */
const JIT = loop<NonNullable<ShippingQuantity["timesOfDay"]>[number]>(
  fields("JIT", { quantity: must(1, decimal), time: must(2, time) }),
  [many("references", REF), many("dates", DTM)],
);

/** The LIN loop: one part, and what has to be shipped of it. */
const LIN = loop<ShippingScheduleLine>(fields("LIN", itemLIN), [
  one("unitPrice", UIT),
  many("packaging", PO4),
  one("release", PRS),
  one("quantity", QTY),
  many("references", REF),
  one("contact", PER),
  fields("SDP", { patterns: deliveryPatterns }),
  many("schedule", loop<ShippingQuantity>(FST, [many("dates", DTM), quantitiesFromSDQ(), many("timesOfDay", JIT)])),
  many("received", SHP),
  one("lading", TD1),
  one("carriage", TD5),
]);

/** The 862 shipping schedule. */
export const shippingSchedule862 = setMapping<ShippingSchedule>(
  "862",
  "shipping-schedule",
  fields("BSS", {
    purpose: must(1, coded(words.purposes)),
    number: must(2, text),
    date: must(3, date),
    scheduleType: must(4, coded(schedules.scheduleTypes)),
    horizonStart: must(5, date),
    horizonEnd: must(6, date),
    release: at(7, text),
    planningSchedule: at(8, text),
    contract: at(9, text),
    orderNumber: at(10, text),
    quantityType: at(11, coded(schedules.scheduleQuantityTypes)),
  }),
  [many("dates", DTM), many("parties", N1), manyOrNone("lines", LIN), one("totals", lineTotals)],
);
