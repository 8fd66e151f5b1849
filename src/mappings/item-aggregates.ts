import { leadTimes, periods, quantityQualifiers } from "../documents/code-words/items.ts";
import { restrictionKinds } from "../documents/code-words/stock.ts";
import { markingQualifiers } from "../documents/code-words/warehouse.ts";
import * as words from "../documents/code-words.ts";
import type {
  LeadTime,
  Marking,
  Measurement,
  QualifiedQuantity,
  Restriction,
  UnitPrice,
} from "../documents/item-components.ts";
import { productIdPairs } from "./aggregates.ts";
import { at, coded, count, date, decimal, group, money, must, orEmpty, segment, text, word } from "./notation/index.ts";

/*
 * Segments that say something of an item, the same in every set. Units are the first component of the composite C001. Named
 * after the segment.
 */

/** A QTY that says its quantity in words (QTY04) is no quantity, and stays unmapped. */
export const QTY = segment<QualifiedQuantity>("QTY", {
  qualifier: must(1, text),
  word: word(1, quantityQualifiers),
  quantity: must(2, decimal),
  unit: at(3, text, 1),
});

export const LDT = segment<LeadTime>("LDT", {
  kind: must(1, coded(leadTimes)),
  quantity: must(2, decimal),
  period: must(3, coded(periods)),
  date: at(4, date),
});

export const MEA = segment<Measurement>("MEA", {
  reference: at(1, text),
  qualifier: at(2, text),
  value: at(3, decimal),
  unit: at(4, text, 1),
  minimum: at(5, decimal),
  maximum: at(6, decimal),
  significance: at(7, text),
  attribute: at(8, text),
  otherUnit: group({ list: must(11, text), code: must(12, text) }),
});

export const UIT = segment<UnitPrice>("UIT", {
  unit: must(1, text, 1),
  price: at(2, decimal),
  priceBasis: at(3, coded(words.priceBases)),
});

/** LIN has room for 15 product ids, the first qualifier in LIN02. */
export const itemLIN = { line: at(1, text), productIds: orEmpty(productIdPairs(2, 15)) };

/** CTT of sets whose totals are a count of lines and a sum of quantities. */
export const lineTotals = segment<{ lineCount?: number | undefined; hashTotal?: string | undefined }>("CTT", {
  lineCount: must(1, count),
  hashTotal: at(2, decimal),
});

/** A second number of the same segment (MAN04 to 06) stays unmapped: whoever has two writes two segments. */
export const MAN = segment<Marking>("MAN", {
  qualifier: must(1, text),
  word: word(1, markingQualifiers),
  number: must(2, text),
  lastNumber: at(3, text),
});

/** CTB06 is of type N2: its last two digits are cents. */
export const CTB = segment<Restriction>("CTB", {
  kind: must(1, coded(restrictionKinds)),
  description: at(2, text),
  quantity: group({ qualifier: must(3, text), value: must(4, decimal) }),
  amount: group({ qualifier: must(5, text), value: must(6, money) }),
});
