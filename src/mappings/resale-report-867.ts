import { actions, movements, reportTypes, transferTypes } from "../documents/code-words/stock.ts";
import { orderTypes, purposes, referenceQualifiers } from "../documents/code-words.ts";
import type { OrderReference } from "../documents/order-reference.ts";
import type { ResaleLine, ResaleReport, ResaleTransfer } from "../documents/resale-report.ts";
import { AMT, DTM, N1, PER, PID, PO4, partyAddress, partyName, productIdPairs, REF } from "./aggregates.ts";
import { MEA, QTY, UIT } from "./item-aggregates.ts";
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
  type Part,
  segment,
  setMapping,
  text,
  time,
  word,
} from "./notation/index.ts";

const multiplier = (n: number) => group({ qualifier: must(n, text), value: must(n + 1, decimal) });

/** The N1 loop of the heading, where each PER is a loop. */
const headingN1 = loop<NonNullable<ResaleReport["parties"]>[number]>(partyName, [
  ...partyAddress,
  many("references", REF),
  many("contacts", loop(PER)),
]);

const PRF = segment<OrderReference>("PRF", {
  number: must(1, text),
  release: at(2, text),
  change: at(3, text),
  date: at(4, date),
  line: at(5, text),
  contract: at(6, text),
  orderType: at(7, coded(orderTypes)),
});

const currency = fields<{ currency?: string | undefined; currencyParty?: string | undefined }>("CUR", {
  currency: at(2, text),
  currencyParty: at(1, text),
});

/** The QTY loop: one item, and how many of it. */
const line = loop<ResaleLine>(QTY, [
  fields("LIN", { line: at(1, text), productIds: productIdPairs(2, 15) }),
  one("packaging", PO4),
  many("unitPrices", UIT),
  many("amounts", AMT),
  many("descriptions", PID),
  many("measurements", MEA),
  many("references", REF),
  many("contacts", PER),
  many("dates", DTM),
  currency,
]);

/** The PTD loop: one sale, return or transfer. */
const PTD = loop<ResaleTransfer>(
  fields("PTD", {
    type: must(1, coded(transferTypes)),
    multiplier: multiplier(2),
    reference: group({ qualifier: must(4, text), word: word(4, referenceQualifiers), value: must(5, text) }),
    movement: at(6, coded(movements)),
  }),
  [
    many("dates", DTM),
    many("references", REF),
    one("order", PRF),
    many("contacts", PER),
    many("parties", N1),
    many("lines", line),
  ],
);

const CTT = loop<NonNullable<ResaleReport["totals"]>>(
  fields("CTT", { lineCount: at(1, count), hashTotal: at(2, decimal) }),
  [many("amounts", AMT)],
);

/** CTT01 as the account counted, or the number of PTD loops where nothing is said. */
const totals: Part<ResaleReport> = {
  ...one<ResaleReport, "totals">("totals", CTT),
  write: ({ transfers, totals }, context) =>
    CTT.make({ ...totals, lineCount: totals?.lineCount ?? transfers.length }, context),
};

/** The 867 product transfer and resale report as a resale report. What 005010 adds to the 867 is not among what is mapped. */
export const resaleReport867 = setMapping<ResaleReport>(
  "867",
  "resale-report",
  fields("BPT", {
    purpose: must(1, coded(purposes)),
    number: at(2, text),
    date: must(3, date),
    reportType: at(4, coded(reportTypes)),
    multiplier: multiplier(5),
    action: at(7, coded(actions)),
    time: at(8, time),
    earlierNumber: at(9, text),
  }),
  [
    currency,
    many("dates", DTM),
    many("references", REF),
    many("contacts", PER),
    many("parties", headingN1),
    manyOrNone("transfers", PTD),
    totals,
  ],
);
