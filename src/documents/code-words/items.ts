/* Words of what is said of an item: which quantity, how long from what to what. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 673, QTY01 and SHP01. */
export const quantityQualifiers: Words = {
  "01": "discrete",
  "02": "cumulative",
  "17": "on hand",
  "18": "previous week",
  "29": "projected",
  "32": "sold",
  "33": "available for sale",
  "37": "in process",
  "38": "original",
  "39": "shipped",
  "57": "least order",
  "63": "on order",
  "70": "largest order",
  "87": "received",
  BQ: "back-ordered",
  PQ: "required before the first period",
};

/** Element 345, LDT01. */
export const leadTimes: Words = {
  AE: "order to shipment",
  AF: "order to delivery",
  AG: "last order to delivery",
  AL: "order to product ready",
};

/** Element 344, LDT03. */
export const periods: Words = {
  DA: "days",
  DW: "work days",
  DY: "days",
  HR: "hours",
  MI: "minutes",
  MO: "months",
  WK: "weeks",
  WW: "work weeks",
};
