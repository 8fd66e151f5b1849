import { invoiceKinds, quantityReasons, shipmentStates } from "../documents/code-words/billing.ts";
import * as words from "../documents/code-words.ts";
import type { Invoice, InvoiceLine } from "../documents/invoice.ts";
import { completeInvoice } from "../documents/invoice-totals.ts";
import { AMT, CTP, DTM, FOB, ITD, N1, PER, PID, PO4, productIdPairs, REF, SAC, TXI } from "./aggregates.ts";
import { MEA, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  count,
  date,
  decimal,
  decimalOf,
  fields,
  from,
  group,
  inside,
  type LoopMapping,
  loop,
  many,
  manyOrNone,
  money,
  must,
  one,
  orEmpty,
  type Part,
  type SegmentMapping,
  type SetMapping,
  segment,
  setMapping,
  text,
  word,
} from "./notation/index.ts";
import { N9 } from "./notes.ts";
import { quantitiesFromSDQ } from "./quantities.ts";
import { NTE } from "./remarks-and-references.ts";

type Item<List> = NonNullable<List> extends readonly (infer One)[] ? One : never;
type InvoicedAllowance = Item<Invoice["allowancesAndCharges"]>;
type Subline = Item<InvoiceLine["sublines"]>;
type ShippedTotal = Item<Invoice["shipped"]>;

const CAD = segment<NonNullable<Invoice["carrier"]>>("CAD", {
  method: at(1, coded(words.transportMethods)),
  equipmentInitial: at(2, text),
  equipmentNumber: at(3, text),
  carrier: at(4, text),
  routing: at(5, text),
  status: at(6, coded(shipmentStates)),
  reference: group({ qualifier: must(7, text), word: word(7, words.referenceQualifiers), value: must(8, text) }),
  serviceLevel: at(9, coded(words.serviceLevels)),
});

const IT3 = segment<Item<InvoiceLine["shipped"]>>("IT3", {
  quantity: at(1, decimal),
  unit: at(2, text),
  status: at(3, coded(shipmentStates)),
  difference: at(4, decimal),
  reason: at(5, coded(quantityReasons)),
});

/** The SAC loop. Its taxes are segments up to 004010, and loops from 004030 on. */
const taxedSAC = loop<InvoicedAllowance>(SAC as SegmentMapping<InvoicedAllowance>, [
  from("004030", many("taxes", loop(TXI)), many("taxes", TXI)),
]);

/** The SLN loop. SLN05 is a composite whose first component is the unit. */
const SLN = loop<Subline>(
  fields("SLN", {
    line: must(1, text),
    parent: at(2, text),
    relationship: must(3, text),
    quantity: at(4, decimal),
    unit: at(5, text, 1),
    price: at(6, decimal),
    priceBasis: at(7, text),
    priceRelationship: at(8, text),
    productIds: productIdPairs(9),
  }),
  [
    one("date", DTM),
    many("references", REF),
    many("descriptions", PID),
    many("allowancesAndCharges", SAC),
    many("taxes", TXI),
  ],
);

/** A part that is only read where the line names its order (REF*PO). */
function whereOrderIsNamed(part: Part<InvoiceLine>): Part<InvoiceLine> {
  return {
    ...part,
    read(tracked, into) {
      const named = tracked.untaken("REF").find((reader) => reader.peek(1) === "PO");
      if (into.order !== undefined || named?.peek(2) !== undefined) part.read(tracked, into);
    },
  };
}

/** The IT1 loop. */
const IT1 = loop<InvoiceLine>(
  fields("IT1", {
    line: at(1, text),
    quantity: must(2, decimal),
    unit: must(3, text),
    price: must(4, decimal),
    priceBasis: at(5, coded(words.priceBases)),
    productIds: orEmpty(productIdPairs(6)),
  }),
  [
    many("quantities", QTY),
    many("shipped", IT3),
    many("taxes", TXI),
    many("prices", CTP),
    many("measurements", MEA),
    many("descriptions", loop(PID)),
    one("packaging", PO4),
    many("terms", ITD),
    whereOrderIsNamed(
      inside("order", [
        fields("REF", { number: must(2, text) }, { 1: "PO" }),
        fields("REF", { release: must(2, text) }, { 1: "RE" }),
      ]),
    ),
    fields("REF", { shipment: must(2, text) }, { 1: "SI" }),
    many("references", REF),
    many("contacts", PER),
    quantitiesFromSDQ(),
    whereOrderIsNamed(inside("order", [fields("DTM", { date: must(2, date) }, { 1: "004" })])),
    many("dates", DTM),
    many("carriers", CAD),
    many("allowancesAndCharges", taxedSAC),
    many("sublines", SLN),
    many("parties", N1),
  ],
);

/** The ISS loop. */
const ISS = loop<ShippedTotal>(
  fields("ISS", {
    quantity: at(1, decimal),
    unit: at(2, text),
    weight: at(3, decimal),
    weightUnit: at(4, text),
    volume: at(5, decimal),
    volumeUnit: at(6, text),
    pallets: at(7, decimal),
    palletWeight: at(8, decimal),
  }),
  [one("description", PID)],
);

/** The N9 loop. An 810 has its text in MSG in all versions. */
const note: LoopMapping<NonNullable<Invoice["note"]>> = {
  ...N9,
  make: (value, context) => N9.make(value, { ...context, version: "004010" }),
};

const mapping = setMapping<Invoice>(
  "810",
  "invoice",
  fields("BIG", {
    date: must(1, date),
    number: must(2, text),
    order: group({ date: at(3, date), number: must(4, text), release: at(5, text), change: at(6, text) }),
    kind: at(7, coded(invoiceKinds)),
    purpose: at(8, coded(words.purposes)),
    action: at(9, text),
    consolidatedInvoice: at(10, text),
  }),
  [
    many("remarks", NTE),
    fields("CUR", { currencyParty: at(1, text), currency: at(2, text), exchangeRate: at(3, decimalOf(4)) }),
    fields("REF", { billingReference: must(2, text) }, { 1: "OI" }),
    fields("REF", { shipment: must(2, text) }, { 1: "SI" }),
    fields("REF", { billOfLading: must(2, text) }, { 1: "BM" }),
    many("references", REF),
    many("contacts", PER),
    many("parties", N1),
    many("terms", ITD),
    many("dates", DTM),
    one("freightTerms", FOB),
    many("descriptions", PID),
    many("measurements", MEA),
    one("note", note),
    manyOrNone("lines", IT1),
    inside("totals", [
      fields("TDS", {
        amount: at(1, money),
        discountBasis: at(2, money),
        discountedAmount: at(3, money),
        discount: at(4, money),
      }),
    ]),
    many("taxes", TXI),
    one("carrier", CAD),
    many("amounts", AMT),
    many("allowancesAndCharges", taxedSAC),
    many("shipped", ISS),
    inside("totals", [
      fields("CTT", {
        lineCount: at(1, count),
        quantity: at(2, decimal),
        weight: at(3, decimal),
        weightUnit: at(4, text),
        volume: at(5, decimal),
        volumeUnit: at(6, text),
        description: at(7, text),
      }),
    ]),
  ],
);

/** The 810 invoice as an invoice. Its amount (TDS01) and the count of its lines (CTT01) are written as they follow. */
export const invoice810: SetMapping<Invoice> = {
  ...mapping,
  write: (document, version) => mapping.write(completeInvoice(document), version),
};
