import * as status from "../documents/code-words/order-status.ts";
import * as words from "../documents/code-words.ts";
import type { InquiredItem, InquiredOrder, StatusInquiry } from "../documents/status-inquiry.ts";
import { DTM, N1, PID } from "./aggregates.ts";
import { itemLIN, lineTotals, MEA, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  fields,
  hierarchies,
  level,
  many,
  must,
  one,
  type Part,
  segment,
  setMapping,
  text,
  time,
} from "./notation/index.ts";
import { PRF } from "./order-reference.ts";
import { datedREF, NTE } from "./remarks-and-references.ts";

type AskedItem = NonNullable<InquiredItem["items"]>[number];

/** What may be said of an order and of an item alike. */
const inquired: readonly Part<InquiredItem>[] = [
  one("order", PRF),
  many("dates", DTM),
  many("items", segment<AskedItem>("LIN", itemLIN)),
  many("descriptions", PID),
  many("measurements", MEA),
  one("quantity", QTY),
  many("references", datedREF),
  many("parties", N1),
];

const item = level<InquiredItem>("I", inquired);
const order = level<InquiredOrder>("O", inquired as readonly Part<InquiredOrder>[], () => ({ lines: item }));

/** The 869 order status inquiry: orders and items under them (HL). Levels of other kinds stay unmapped. */
export const statusInquiry869 = setMapping<StatusInquiry>(
  "869",
  "status-inquiry",
  fields("BSI", {
    number: must(1, text),
    date: must(2, date),
    scope: must(3, coded(status.statusScopes)),
    selection: at(4, coded(status.statusSelections)),
    location: at(5, coded(status.statusLocations)),
    time: at(6, time),
    purpose: at(7, coded(words.purposes)),
    transactionType: at(8, coded({})),
    action: at(9, coded({})),
  }),
  [many("notes", NTE), hierarchies<StatusInquiry>({ orders: order, lines: item }), one("totals", lineTotals)],
);
