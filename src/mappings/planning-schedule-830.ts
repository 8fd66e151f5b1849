import * as schedules from "../documents/code-words/schedules.ts";
import * as words from "../documents/code-words.ts";
import type { PlanningSchedule, PlanningScheduleLine, ResourceAuthorization } from "../documents/planning-schedule.ts";
import type { PlannedQuantity } from "../documents/schedule-components.ts";
import { CTP, DTM, FOB, ITD, N1, PER, PID, PO4, REF, SAC, TD1, TD5 } from "./aggregates.ts";
import { itemLIN, LDT, lineTotals, MEA, QTY, UIT } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  decimalOf,
  fields,
  loop,
  many,
  manyOrNone,
  must,
  one,
  orEmpty,
  segment,
  setMapping,
  text,
} from "./notation/index.ts";
import { quantitiesFromSDQ } from "./quantities.ts";
import { deliveryPatterns, FST, PRS, SHP } from "./schedule-aggregates.ts";

const ATH = segment<ResourceAuthorization>("ATH", {
  resource: must(1, coded(schedules.resources)),
  through: at(2, date),
  quantity: at(3, decimal),
  maximumQuantity: at(4, decimal),
  from: at(5, date),
});

/** The SDP loop: a delivery pattern, and what is delivered by it. */
const SDP = loop<NonNullable<PlanningScheduleLine["patterns"]>[number]>(
  fields("SDP", { patterns: orEmpty(deliveryPatterns) }),
  [many("schedule", FST)],
);

/** The LIN loop: one part, what is planned of it, and what was had of it. */
const LIN = loop<PlanningScheduleLine>(fields("LIN", itemLIN), [
  one("unitPrice", UIT),
  many("dates", DTM),
  many("prices", CTP),
  many("descriptions", PID),
  many("measurements", MEA),
  one("packaging", PO4),
  one("release", PRS),
  many("references", REF),
  many("contacts", PER),
  many("allowancesAndCharges", SAC),
  one("freightTerms", FOB),
  many("leadTimes", LDT),
  many("quantities", QTY),
  many("authorizations", ATH),
  one("lading", TD1),
  many("carriage", TD5),
  many("parties", N1),
  many("schedule", loop<PlannedQuantity>(FST, [many("quantities", QTY), quantitiesFromSDQ()])),
  many("patterns", SDP),
  many("received", SHP),
]);

/** The 830 planning schedule with release capability. */
export const planningSchedule830 = setMapping<PlanningSchedule>(
  "830",
  "planning-schedule",
  fields("BFR", {
    purpose: must(1, coded(words.purposes)),
    number: at(2, text),
    release: at(3, text),
    scheduleType: must(4, coded(schedules.scheduleTypes)),
    quantityType: must(5, coded(schedules.scheduleQuantityTypes)),
    horizonStart: must(6, date),
    horizonEnd: at(7, date),
    date: must(8, date),
    updated: at(9, date),
    contract: at(10, text),
    orderNumber: at(11, text),
    planningType: at(12, coded(schedules.planningTypes)),
    action: at(13, coded({})),
  }),
  [
    fields("CUR", { currencyParty: at(1, text), currency: at(2, text), exchangeRate: at(3, decimalOf(4)) }),
    many("references", REF),
    many("contacts", PER),
    one("freightTerms", FOB),
    many("prices", CTP),
    many("allowancesAndCharges", SAC),
    many("terms", ITD),
    many("dates", DTM),
    many("lading", TD1),
    many("carriage", TD5),
    many("parties", N1),
    manyOrNone("lines", LIN),
    one("totals", lineTotals),
  ],
);
