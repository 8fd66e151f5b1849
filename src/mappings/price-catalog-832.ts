import type { Coded } from "../documents/basic-components.ts";
import { catalogTypes, maintenanceTypes } from "../documents/code-words/stock.ts";
import { purposes } from "../documents/code-words.ts";
import type { CatalogLine, CatalogPrice, PriceCatalog } from "../documents/price-catalog.ts";
import { CTP, DTM, FOB, ITD, N1, PER, PID, PO4, REF, SAC, TD5, TXI } from "./aggregates.ts";
import { countedTotals } from "./counts.ts";
import { CTB, itemLIN, LDT, MEA } from "./item-aggregates.ts";
import {
  at,
  coded,
  fields,
  group,
  loop,
  many,
  manyOrNone,
  must,
  one,
  segment,
  setMapping,
  text,
  word,
} from "./notation/index.ts";

const G53 = segment<Coded>("G53", { code: must(1, text), word: word(1, maintenanceTypes) });

const TC2 = segment<NonNullable<CatalogLine["commodities"]>[number]>("TC2", {
  qualifier: must(1, text),
  code: must(2, text),
});

/** The CTP loop: one price, for whom, from when to when, on what condition. */
const price = loop<CatalogPrice>(CTP, [
  many("dates", DTM),
  one("leadTime", LDT),
  fields("CUR", { currency: at(2, text) }, { 1: "SE|BY" }),
  one("packaging", PO4),
  many("restrictions", CTB),
  many("references", REF),
  many("allowancesAndCharges", SAC),
]);

/** The LIN loop: one item. */
const LIN = loop<CatalogLine>(fields("LIN", itemLIN), [
  one("maintenance", G53),
  many("dates", DTM),
  many("references", REF),
  many("contacts", PER),
  many("restrictions", CTB),
  many("descriptions", PID),
  many("measurements", MEA),
  one("packaging", PO4),
  many("carriage", TD5),
  many("terms", ITD),
  one("leadTime", LDT),
  many("allowancesAndCharges", SAC),
  one("freightTerms", FOB),
  many("commodities", TC2),
  many("taxes", TXI),
  many("prices", price),
  many("parties", N1),
]);

/** The 832 price/sales catalog as a price catalog. What 004030 and 005010 add to the 832 is not among what is mapped. */
export const priceCatalog832 = setMapping<PriceCatalog>(
  "832",
  "price-catalog",
  fields("BCT", {
    catalogType: must(1, coded(catalogTypes)),
    number: at(2, text),
    version: at(3, text),
    revision: at(4, text),
    unit: at(5, text),
    replaces: group({ number: at(6, text), version: at(7, text), revision: at(8, text) }),
    description: at(9, text),
    purpose: at(10, coded(purposes)),
  }),
  [
    many("references", REF),
    many("contacts", PER),
    many("dates", DTM),
    many("restrictions", CTB),
    fields("CUR", { currency: at(2, text) }, { 1: "SE|BY" }),
    many("terms", ITD),
    many("leadTimes", LDT),
    many("allowancesAndCharges", SAC),
    many("carriage", TD5),
    one("freightTerms", FOB),
    many("taxes", TXI),
    many("parties", N1),
    manyOrNone("lines", LIN),
    countedTotals(),
  ],
);
