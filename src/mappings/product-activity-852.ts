import type { Party } from "../documents/aggregate-components.ts";
import { activities, activityHandlings } from "../documents/code-words/stock.ts";
import { dateQualifiers, purposes, referenceQualifiers } from "../documents/code-words.ts";
import type { ActivityLine, ItemActivity, ProductActivity } from "../documents/product-activity.ts";
import { AMT, CTP, PER, PO4, partyAddress, partyName } from "./aggregates.ts";
import { saidTotals } from "./counts.ts";
import { itemLIN, QTY } from "./item-aggregates.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  group,
  loop,
  many,
  manyOrNone,
  must,
  one,
  segment,
  setMapping,
  sinceVersion,
  text,
  word,
} from "./notation/index.ts";
import { quantitiesFromSDQ } from "./quantities.ts";
import { referenceN9 } from "./remarks-and-references.ts";

const XPO = segment<NonNullable<ProductActivity["orderNumbers"]>[number]>("XPO", {
  first: must(1, text),
  last: at(2, text),
  idQualifier: at(3, text),
  id: at(4, text),
});

/** The N1 loop, which has its references in N9 here. */
const N1 = loop<Party>(partyName, [...partyAddress, many("references", referenceN9), many("contacts", PER)]);

/** The ZA loop: what happened with an item. QTY may occur once before 005010. */
const ZA = loop<ItemActivity>(
  fields("ZA", {
    activity: must(1, coded(activities)),
    quantity: at(2, decimal),
    unit: at(3, text),
    date: group({ qualifier: must(4, text), word: word(4, dateQualifiers), date: must(5, date) }),
    reference: group({ qualifier: must(6, text), word: word(6, referenceQualifiers), value: must(7, text) }),
    response: at(8, text),
  }),
  [many("quantities", QTY), many("prices", CTP), quantitiesFromSDQ()],
);

/** The LIN loop: one item. QTY may occur once before 005010. */
const LIN = loop<ActivityLine>(fields("LIN", itemLIN), [
  many("prices", CTP),
  one("packaging", PO4),
  many("references", referenceN9),
  many("amounts", AMT),
  many("quantities", QTY),
  manyOrNone("activities", ZA),
]);

/** The 852 product activity data as a product activity. */
export const productActivity852 = setMapping<ProductActivity>(
  "852",
  "product-activity",
  sinceVersion(
    "005010",
    ["number", "purpose"],
    fields<ProductActivity>("XQ", {
      handling: must(1, coded(activityHandlings)),
      periodStart: must(2, date),
      periodEnd: at(3, date),
      number: at(4, text),
      purpose: at(5, coded(purposes)),
    }),
  ),
  [
    many("orderNumbers", XPO),
    many("references", referenceN9),
    many("contacts", PER),
    many("parties", N1),
    manyOrNone("lines", LIN),
    saidTotals(),
  ],
);
