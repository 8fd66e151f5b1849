/* Words of what is said of an item: which quantity, how long from what to what. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 673, QTY01 and SHP01. */
export const quantityQualifiers: Words = {
  "01": "discrete",
  "02": "cumulative",
  "17": "on hand",
  "18": "previous week",
  "20": "unusable",
  "26": "whole stock",
  "27": "committed",
  "28": "returnable",
  "29": "projected",
  "32": "sold",
  "33": "available for sale",
  "36": "distributor's stock",
  "37": "in process",
  "38": "original",
  "39": "shipped",
  "57": "least order",
  "63": "on order",
  "64": "past due",
  "67": "least shipment",
  "69": "order step",
  "70": "largest order",
  "72": "least stock",
  "73": "most stock",
  "74": "damaged",
  "75": "receipts",
  "76": "returns",
  "77": "transferred in",
  "78": "transferred out",
  "83": "sold, as reported",
  "84": "returned, as reported",
  "87": "received",
  AP: "order multiple",
  BQ: "back-ordered",
  PQ: "required before the first period",
  QH: "on hold",
  V2: "available",
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
  BD: "buyer's work days",
  DA: "days",
  DW: "work days",
  DY: "days",
  HR: "hours",
  MI: "minutes",
  MO: "months",
  SD: "seller's work days",
  WK: "weeks",
  WW: "work weeks",
};
