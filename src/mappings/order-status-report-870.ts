import * as status from "../documents/code-words/order-status.ts";
import * as words from "../documents/code-words.ts";
import type {
  LineStatus,
  OrderStatus,
  OrderStatusReport,
  StatusLine,
  StatusOrder,
} from "../documents/order-status-report.ts";
import { DTM, N1, PER, PID, partyAddress, partyName, productIdPairs, REF, SAC, TD1, TD5 } from "./aggregates.ts";
import { lineTotals, MEA, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  group,
  hierarchies,
  inside,
  level,
  loop,
  many,
  manyOrNone,
  must,
  one,
  orEmpty,
  type Part,
  setMapping,
  text,
  time,
} from "./notation/index.ts";
import { PRF } from "./order-reference.ts";
import { datedREF } from "./remarks-and-references.ts";

const statusFields = {
  status: must(1, coded(status.orderStatuses)),
  date: at(2, date),
  reason: at(3, coded({})),
};

/** The ISR loop of an order. */
const orderISR = loop<OrderStatus>(fields("ISR", statusFields), [many("descriptions", PID), many("quantities", QTY)]);

type StatusParty = NonNullable<LineStatus["party"]>;
const party = inside<LineStatus, "party">("party", [partyName, ...partyAddress] as readonly Part<StatusParty>[]);

/** N1 to N4 stand in the ISR loop itself, without a loop of their own. An address without N1 is nobody's, and stays unmapped. */
const statusParty: Part<LineStatus> = {
  ...party,
  read: (isr, into) => {
    if (isr.untaken("N1").length > 0) party.read(isr, into);
  },
};

/** The ISR loop of a line: how far it, or a part of its quantity, is, and how that travels. */
const lineISR = loop<LineStatus>(fields("ISR", statusFields), [
  many("descriptions", PID),
  many("quantities", QTY),
  many("dates", DTM),
  statusParty,
  one("lading", TD1),
  one("carriage", TD5),
  many("references", REF),
  many("allowancesAndCharges", SAC),
]);

/** The PO1 loop. */
const PO1 = loop<StatusLine>(
  fields("PO1", {
    line: at(1, text),
    quantity: at(2, decimal),
    unit: at(3, text),
    price: at(4, decimal),
    priceBasis: at(5, coded(words.priceBases)),
    productIds: orEmpty(productIdPairs(6)),
  }),
  [many("descriptions", PID), many("measurements", MEA), manyOrNone("statuses", lineISR)],
);

/** A line as a level of its own: the PO1 loop of an HL with HL03 I. A second PO1 of the same level stays unmapped. */
const itemPO1: Part<StatusLine> = {
  read(hl, into) {
    const first = hl.loops(PO1.key)[0];
    Object.assign(into, { productIds: [], statuses: [] }, first && PO1.take(first));
  },
  write: (line, context) => (Object.values(line).flat().length === 0 ? [] : PO1.make(line, context)),
  places: PO1.places,
};

/** Some put the lines right under the order. That is read; written they are as levels. */
const orderPO1: Part<StatusOrder> = { ...many("lines", PO1), write: () => [] };

const item = level<StatusLine>("I", [itemPO1]);

const order = level<StatusOrder>(
  "O",
  [
    one("order", PRF),
    many("statuses", orderISR),
    many("contacts", PER),
    many("dates", DTM),
    many("references", datedREF),
    many("parties", N1),
    orderPO1,
  ],
  () => ({ lines: item }),
);

/** A report always has its list of orders, an empty one where no level is an order. */
const atLeastNoOrders: Part<OrderStatusReport> = {
  read: (_, into) => Object.assign(into, { orders: [] }),
  write: () => [],
  places: () => [],
};

/** The 870 order status report: orders, and their lines, each a PO1 of an item level (HL). */
export const orderStatusReport870 = setMapping<OrderStatusReport>(
  "870",
  "order-status-report",
  fields("BSR", {
    reportType: must(1, coded(status.statusReportTypes)),
    scope: must(2, coded(status.statusScopes)),
    number: must(3, text),
    date: must(4, date),
    selection: at(5, coded(status.statusSelections)),
    location: at(6, coded(status.statusLocations)),
    time: at(7, time),
    inquiry: group({ number: at(8, text), date: at(9, date), time: at(10, time) }),
    purpose: at(11, coded(words.purposes)),
    action: at(12, coded({})),
  }),
  [
    one("carriage", TD5),
    many("dates", DTM),
    many("references", datedREF),
    many("parties", N1),
    atLeastNoOrders,
    hierarchies<OrderStatusReport>({ orders: order }),
    one("totals", lineTotals),
  ],
);
