import { quantityQualifiers } from "../documents/code-words/items.ts";
import { adjustmentReasons } from "../documents/code-words/remittance.ts";
import * as schedules from "../documents/code-words/schedules.ts";
import * as words from "../documents/code-words.ts";
import type { PlanningScheduleLine } from "../documents/planning-schedule.ts";
import type { ReceivedQuantity, ScheduleQuantity } from "../documents/schedule-components.ts";
import { REF } from "./aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  group,
  groups,
  loop,
  many,
  must,
  segment,
  text,
  time,
  word,
} from "./notation/index.ts";

/* Segments of planning and shipping schedules, 830 and 862. */

/** FST. Its elements 11 to 13 are there from 004030 on. */
export const FST = segment<ScheduleQuantity>("FST", {
  quantity: must(1, decimal),
  commitment: must(2, coded(schedules.commitments)),
  timing: must(3, coded(schedules.timings)),
  date: must(4, date),
  endDate: at(5, date),
  due: group({ qualifier: must(6, text), word: word(6, words.dateQualifiers), time: must(7, time) }),
  reference: group({ qualifier: must(8, text), word: word(8, words.referenceQualifiers), value: must(9, text) }),
  planningType: at(10, coded(schedules.planningTypes)),
  quantityType: at(11, coded(quantityQualifiers)),
  reason: at(12, coded(adjustmentReasons)),
  remark: at(13, text),
});

/** SDP: up to four pairs of days and a time of the day. */
export const deliveryPatterns = groups(1, 2, 4, {
  days: must(1, coded(schedules.deliveryDays)),
  time: must(2, coded(schedules.deliveryTimes)),
});

export const PRS = segment<NonNullable<PlanningScheduleLine["release"]>>("PRS", {
  status: must(1, coded(schedules.partReleases)),
  description: at(2, text),
});

/** The SHP loop: what the account has had of the item. */
export const SHP = loop<ReceivedQuantity>(
  fields("SHP", {
    qualifier: at(1, text),
    word: word(1, quantityQualifiers),
    quantity: at(2, decimal),
    dateQualifier: at(3, text),
    dateWord: word(3, words.dateQualifiers),
    date: at(4, date),
    time: at(5, time),
    endDate: at(6, date),
    endTime: at(7, time),
  }),
  [many("references", REF)],
);
