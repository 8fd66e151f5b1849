import type { Words } from "../code-words.ts";

/** Element 1005, BSN05: which levels follow each other. */
export const shipmentStructures: Words = {
  "0001": "order, pack, item",
  "0002": "order, item, pack",
  "0003": "pack, order, item",
  "0004": "order, item",
};

/** Element 640, BSN06. */
export const shipmentTypes: Words = {
  AS: "shipped",
  NO: "notice",
  SH: "status",
};

/** Element 668, SN108: what became of what was ordered. */
export const shippedStatuses: Words = {
  AC: "accepted and shipped",
  BP: "shipped in part, rest back-ordered",
  IB: "back-ordered",
  IC: "changed",
  ID: "deleted",
  IS: "substituted",
};

/** Element 40, TD301. */
export const equipmentKinds: Words = {
  "20": "20-foot open container",
  "40": "40-foot open container",
  "2B": "20-foot container",
  "4B": "40-foot container",
  CN: "container",
  CV: "closed van",
  FT: "flat-bed trailer",
  RR: "rail car",
  RT: "reefer",
  TF: "dry freight trailer",
  TL: "trailer",
};

/** Element 152, TD401. */
export const specialHandlings: Words = {
  "665": "Saturday delivery",
  "670": "Saturday pick-up",
  "761": "written proof of delivery",
  HM: "hazardous",
};

/** Element 626, ETD01. */
export const excessTransportReasons: Words = {
  A: "schedule increased",
  B: "engineering change",
  C: "schedule in error",
  D: "tracing delay",
  E: "loss of stock at the plant",
  G: "we were behind schedule",
  H: "missed the last shipment",
  J: "transport failed",
  M: "transport late",
};

/** Element 627, ETD02. */
export const excessTransportPayers: Words = {
  A: "the buyer's plant",
  B: "who issued the release",
  S: "the supplier",
  X: "to be settled",
};
