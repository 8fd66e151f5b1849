import { actions, reportTypes } from "../documents/code-words/stock.ts";
import { purposes } from "../documents/code-words.ts";
import type { InventoryAdvice, InventoryLine } from "../documents/inventory-advice.ts";
import { CTP, DTM, N1, PER, PID, REF } from "./aggregates.ts";
import { countedTotals } from "./counts.ts";
import { itemLIN, LDT, MEA, QTY, UIT } from "./item-aggregates.ts";
import { at, coded, date, fields, loop, many, manyOrNone, must, setMapping, text, time } from "./notation/index.ts";
import { quantitiesFromSDQ, SCH } from "./quantities.ts";

/** The QTY loop: one quantity of an item, and when there will be more. */
const quantity = loop<NonNullable<InventoryLine["quantities"]>[number]>(QTY, [
  many("leadTimes", LDT),
  many("dates", DTM),
  many("schedules", loop(SCH)),
]);

/** The LIN loop: one item. */
const LIN = loop<InventoryLine>(fields("LIN", itemLIN), [
  many("descriptions", PID),
  many("measurements", MEA),
  many("dates", DTM),
  many("prices", CTP),
  many("references", REF),
  quantitiesFromSDQ(),
  many("unitPrices", UIT),
  many("leadTimes", LDT),
  many("quantities", quantity),
  many("parties", N1),
]);

/** The 846 inventory inquiry/advice as an inventory advice; the same in all our versions. */
export const inventoryAdvice846 = setMapping<InventoryAdvice>(
  "846",
  "inventory-advice",
  fields("BIA", {
    purpose: must(1, coded(purposes)),
    reportType: must(2, coded(reportTypes)),
    number: must(3, text),
    date: must(4, date),
    time: at(5, time),
    action: at(6, coded(actions)),
  }),
  [
    fields("CUR", { currency: at(2, text) }, { 1: "SE|BY" }),
    many("dates", DTM),
    many("references", REF),
    many("contacts", PER),
    many("parties", N1),
    manyOrNone("lines", LIN),
    countedTotals(),
  ],
);
