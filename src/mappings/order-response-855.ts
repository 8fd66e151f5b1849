import * as words from "../documents/code-words.ts";
import type { LineAcknowledgment, OrderResponse, OrderResponseLine } from "../documents/order-response.ts";
import { DTM, N1, PER, PID, productIdPairs, REF, SAC, TD5 } from "./aggregates.ts";
import {
  at,
  coded,
  count,
  date,
  decimal,
  fields,
  group,
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
  word,
} from "./notation/index.ts";
import { placesWithin } from "./notation/place.ts";
import { N9, notesInN9 } from "./notes.ts";
import { quantitiesFromSDQ } from "./quantities.ts";

type AcknowledgedDate = NonNullable<LineAcknowledgment["date"]>;

/** ACK04 and 05 have a place for a date but none for a time or a period; with those a DTM of the loop says it too. */
const dateInDTM: Part<LineAcknowledgment> = {
  read(loop, into) {
    const dtm = loop.untaken("DTM")[0];
    const said = into.date;
    const isSame = !said || (said.qualifier === dtm?.peek(1) && said.date?.replaceAll("-", "") === dtm.peek(2));
    const date = isSame && dtm ? DTM.take(dtm) : undefined;
    if (date) into.date = date;
  },
  write: ({ date }, context) => (date && !fitsACK(date) ? DTM.write(date, context) : []),
  places: () => placesWithin("date", DTM.places()),
};

function fitsACK({ date, time, zone, period }: AcknowledgedDate): boolean {
  return date !== undefined && time === undefined && zone === undefined && period === undefined;
}

const ACK = fields<LineAcknowledgment>("ACK", {
  status: must(1, text),
  word: word(1, words.lineStatuses),
  quantity: at(2, decimal),
  unit: at(3, text),
  date: group({ qualifier: must(4, text), word: word(4, words.dateQualifiers), date: must(5, date) }),
  reference: at(6, text),
  substitutes: productIdPairs(7),
});

/** The ACK loop: what becomes of the line, or of a part of it. */
export const acknowledgment = loop<LineAcknowledgment>(
  {
    ...ACK,
    make({ date, ...rest }, context) {
      return ACK.make(date?.date === undefined ? rest : { ...rest, date }, context);
    },
  },
  [dateInDTM],
);

/** The PO1 loop: what was ordered, and in ACK what becomes of it. */
const PO1 = loop<OrderResponseLine>(
  fields("PO1", {
    line: at(1, text),
    quantity: at(2, decimal),
    unit: at(3, text),
    price: at(4, decimal),
    priceBasis: at(5, coded(words.priceBases)),
    productIds: orEmpty(productIdPairs(6)),
  }),
  [
    many("descriptions", loop(PID)),
    many("references", REF),
    quantitiesFromSDQ(),
    many("dates", DTM),
    manyOrNone("acknowledgments", acknowledgment),
    notesInN9(),
  ],
);

const CTT = loop<NonNullable<OrderResponse["totals"]>>(
  fields("CTT", { lineCount: must(1, count), hashTotal: at(2, decimal) }),
);

/** CTT01 is the number of PO1 loops, whatever the document says. */
const totals: Part<OrderResponse> = {
  ...one<OrderResponse, "totals">("totals", CTT),
  write: ({ lines, totals }, context) =>
    lines.length === 0 ? [] : CTT.make({ ...totals, lineCount: lines.length }, context),
};

/** The 855 purchase order acknowledgment as an order response. */
export const orderResponse855 = setMapping<OrderResponse>(
  "855",
  "order-response",
  fields("BAK", {
    purpose: must(1, coded(words.purposes)),
    acknowledgmentType: must(2, coded(words.acknowledgmentTypes)),
    order: requiredGroup({
      number: must(3, text),
      date: must(4, date),
      release: at(5, text),
      contract: at(7, text),
    }),
    number: at(8, text),
    date: at(9, date),
  }),
  [
    fields("CUR", { currency: at(2, text) }, { 1: "SE|BY" }),
    many("references", REF),
    many("contacts", PER),
    many("allowancesAndCharges", loop(SAC)),
    many("dates", DTM),
    many("carriage", TD5),
    many("notes", N9),
    many("parties", N1),
    manyOrNone("lines", PO1),
    totals,
  ],
);
