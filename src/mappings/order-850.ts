import type { Coded } from "../documents/basic-components.ts";
import * as words from "../documents/code-words.ts";
import type { Order, OrderLine } from "../documents/order.ts";
import { AMT, CTP, DTM, FOB, ITD, N1, PER, PID, PO4, productIdPairs, REF, SAC, TD1, TD5, TXI } from "./aggregates.ts";
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
  segment,
  setMapping,
  text,
  word,
} from "./notation/index.ts";
import { N9, notesInN9, notesInText } from "./notes.ts";
import { quantitiesFromSDQ, SCH } from "./quantities.ts";

export const CSH = segment<Coded>("CSH", { code: must(1, text), word: word(1, words.salesRequirements) });

/** The SLN loop. SLN05 is a composite whose first component is the unit. */
export const SLN = loop<NonNullable<OrderLine["sublines"]>[number]>(
  fields("SLN", {
    line: must(1, text),
    parent: at(2, text),
    relationship: at(3, text),
    quantity: at(4, decimal),
    unit: at(5, text, 1),
    price: at(6, decimal),
    priceBasis: at(7, text),
    priceRelationship: at(8, text),
    productIds: productIdPairs(9),
  }),
  [many("descriptions", PID), many("dates", DTM)],
);

/** The PO1 loop. */
const PO1 = loop<OrderLine>(
  fields("PO1", {
    line: at(1, text),
    quantity: at(2, decimal),
    unit: at(3, text),
    price: at(4, decimal),
    priceBasis: at(5, coded(words.priceBases)),
    productIds: orEmpty(productIdPairs(6)),
  }),
  [
    many("prices", loop(CTP)),
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
    notesInText(),
    many("taxes", TXI),
    many("schedules", loop(SCH)),
    notesInN9(),
    many("parties", N1),
    many("sublines", SLN),
    many("amounts", loop(AMT)),
  ],
);

/** The CTT loop. */
const CTT = loop<NonNullable<Order["totals"]>>(
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
const totals: Part<Order> = {
  ...one<Order, "totals">("totals", CTT),
  write: ({ lines, totals }, context) =>
    totals === undefined ? [] : CTT.make({ ...totals, lineCount: totals.lineCount ?? lines.length }, context),
};

/** The 850 purchase order as an order. */
export const order850 = setMapping<Order>(
  "850",
  "order",
  fields("BEG", {
    number: must(3, text),
    release: at(4, text),
    date: must(5, date),
    purpose: must(1, coded(words.purposes)),
    orderType: must(2, coded(words.orderTypes)),
    contract: at(6, text),
    acknowledgmentType: at(7, coded(words.acknowledgmentTypes)),
    invoiceType: at(8, coded(words.invoiceTypes)),
  }),
  [
    fields("CUR", { currency: at(2, text), currencyParty: at(1, text), exchangeRate: at(3, decimalOf(4)) }),
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
    manyOrNone("lines", PO1),
    totals,
  ],
);
