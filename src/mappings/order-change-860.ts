import { lineChanges } from "../documents/code-words/order-changes.ts";
import * as words from "../documents/code-words.ts";
import type { OrderChange, OrderChangeLine } from "../documents/order-change.ts";
import { AMT, CTP, DTM, FOB, ITD, N1, PER, PID, PO4, productIdPairs, REF, SAC, TD1, TD5, TXI } from "./aggregates.ts";
import { QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  count,
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
  type Part,
  type SegmentMapping,
  setMapping,
  text,
} from "./notation/index.ts";
import { N9, notesInN9, notesInText } from "./notes.ts";
import { CSH, SLN } from "./order-850.ts";
import { quantitiesFromSDQ, SCH } from "./quantities.ts";

const POC = fields<OrderChangeLine>("POC", {
  line: at(1, text),
  change: must(2, coded(lineChanges)),
  quantity: at(3, decimal),
  quantityLeft: at(4, decimal),
  unit: at(5, text, 1),
  price: at(6, decimal),
  priceBasis: at(7, coded(words.priceBases)),
  productIds: orEmpty(productIdPairs(8)),
});

/** Up to 004030 a quantity needs one that is left to receive (note C030405): all of it, where nothing is said. */
export function withQuantityLeft<T extends { quantity?: string | undefined; quantityLeft?: string | undefined }>(
  segment: SegmentMapping<T>,
): SegmentMapping<T> {
  return {
    ...segment,
    make: (value, context) =>
      segment.make(
        context.version < "005010" && value.quantity !== undefined && value.quantityLeft === undefined
          ? { ...value, quantityLeft: value.quantity }
          : value,
        context,
      ),
  };
}

/** The POC loop. */
const line = loop<OrderChangeLine>(withQuantityLeft(POC), [
  many("prices", CTP),
  manyOrNone("descriptions", loop(PID)),
  many("packaging", PO4),
  many("references", REF),
  many("contacts", PER),
  many("allowancesAndCharges", loop(SAC)),
  many("terms", ITD),
  many("freightTerms", FOB),
  quantitiesFromSDQ(),
  many("dates", DTM),
  many("lading", TD1),
  many("carriage", TD5),
  many("taxes", TXI),
  notesInText(),
  many("quantities", loop(QTY)),
  many("schedules", loop(SCH)),
  notesInN9(),
  many("parties", N1),
  many("sublines", SLN),
  many("amounts", loop(AMT)),
]);

/** The CTT loop. */
const CTT = loop<NonNullable<OrderChange["totals"]>>(
  fields("CTT", {
    lineCount: at(1, count),
    hashTotal: at(2, decimal),
    weight: at(3, decimal),
    weightUnit: at(4, text),
    volume: at(5, decimal),
    volumeUnit: at(6, text),
    description: at(7, text),
  }),
  [many("amounts", AMT)],
);

/** CTT01 as the buyer counted, or as we count where nothing is said. */
const totals: Part<OrderChange> = {
  ...one<OrderChange, "totals">("totals", CTT),
  write: ({ lines, totals }, context) =>
    totals === undefined ? [] : CTT.make({ ...totals, lineCount: totals.lineCount ?? lines.length }, context),
};

/** The 860 purchase order change request, initiated by the buyer, as an order change. */
export const orderChange860 = setMapping<OrderChange>(
  "860",
  "order-change",
  fields("BCH", {
    purpose: must(1, coded(words.purposes)),
    orderType: must(2, coded(words.orderTypes)),
    number: must(3, text),
    release: at(4, text),
    changeSequence: at(5, text),
    orderDate: must(6, date),
    requestReference: at(7, text),
    contract: at(8, text),
    sellerOrderNumber: at(9, text),
    acknowledgmentDate: at(10, date),
    date: at(11, date),
    contractType: at(12, text),
    acknowledgmentType: at(14, coded(words.acknowledgmentTypes)),
    changeType: at(15, text),
    purchaseCategory: at(16, text),
  }),
  [
    fields("CUR", { currencyParty: at(1, text), currency: at(2, text), exchangeRate: at(3, decimalOf(4)) }),
    manyOrNone("references", REF),
    many("contacts", PER),
    many("freightTerms", FOB),
    many("prices", CTP),
    many("salesRequirements", CSH),
    many("allowancesAndCharges", loop(SAC)),
    many("terms", ITD),
    manyOrNone("dates", DTM),
    many("lading", TD1),
    many("carriage", TD5),
    many("taxes", TXI),
    many("amounts", loop(AMT)),
    many("notes", N9),
    manyOrNone("parties", N1),
    manyOrNone("lines", line),
    totals,
  ],
);
