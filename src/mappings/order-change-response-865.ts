import { lineChanges } from "../documents/code-words/order-changes.ts";
import * as words from "../documents/code-words.ts";
import type { OrderChangeResponse, OrderChangeResponseLine } from "../documents/order-change-response.ts";
import { DTM, N1, PER, productIdPairs, REF } from "./aggregates.ts";
import {
  at,
  coded,
  count,
  date,
  decimal,
  fields,
  loop,
  many,
  manyOrNone,
  must,
  one,
  orEmpty,
  type Part,
  requiredGroup,
  setMapping,
  text,
} from "./notation/index.ts";
import { N9, notesInN9, notesInText } from "./notes.ts";
import { withQuantityLeft } from "./order-change-860.ts";
import { acknowledgment } from "./order-response-855.ts";
import { quantitiesFromSDQ } from "./quantities.ts";

/** The POC loop: the change that is answered, and in ACK what becomes of it. */
const line = loop<OrderChangeResponseLine>(
  withQuantityLeft(
    fields<OrderChangeResponseLine>("POC", {
      line: at(1, text),
      change: must(2, coded(lineChanges)),
      quantity: at(3, decimal),
      quantityLeft: at(4, decimal),
      unit: at(5, text, 1),
      price: at(6, decimal),
      priceBasis: at(7, coded(words.priceBases)),
      productIds: orEmpty(productIdPairs(8)),
    }),
  ),
  [
    many("references", REF),
    quantitiesFromSDQ(),
    many("dates", DTM),
    manyOrNone("acknowledgments", acknowledgment),
    notesInText(),
    notesInN9(),
  ],
);

const CTT = loop<NonNullable<OrderChangeResponse["totals"]>>(
  fields("CTT", { lineCount: must(1, count), hashTotal: at(2, decimal) }),
);

/** CTT01 is the number of POC loops, whatever the document says. */
const totals: Part<OrderChangeResponse> = {
  ...one<OrderChangeResponse, "totals">("totals", CTT),
  write: ({ lines, totals }, context) =>
    lines.length === 0 ? [] : CTT.make({ ...totals, lineCount: lines.length }, context),
};

/** The 865 purchase order change acknowledgment as an order change response. */
export const orderChangeResponse865 = setMapping<OrderChangeResponse>(
  "865",
  "order-change-response",
  fields("BCA", {
    purpose: must(1, coded(words.purposes)),
    acknowledgmentType: at(2, coded(words.acknowledgmentTypes)),
    order: requiredGroup({
      number: must(3, text),
      release: at(4, text),
      changeSequence: at(5, text),
      date: must(6, date),
      requestReference: at(7, text),
      contract: at(8, text),
      changeDate: at(11, date),
      orderType: at(13, coded(words.orderTypes)),
    }),
    number: at(9, text),
    date: at(10, date),
    changeType: at(15, text),
  }),
  [
    fields("CUR", { currency: at(2, text) }, { 1: "SE|BY" }),
    many("references", REF),
    many("contacts", PER),
    many("dates", DTM),
    many("notes", N9),
    many("parties", N1),
    manyOrNone("lines", line),
    totals,
  ],
);
