/* Words of the 824: what became of a document, and what was wrong with it. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 110, OTI01. */
export const applicationAcknowledgments: Words = {
  BA: "batch accepted",
  BE: "batch accepted with errors",
  BP: "batch accepted in part",
  BR: "batch rejected",
  GA: "group accepted",
  GC: "group accepted with changes",
  GE: "group accepted with errors",
  GP: "group accepted in part",
  GR: "group rejected",
  IA: "item accepted",
  IC: "item accepted with changes",
  IE: "item accepted with errors",
  IP: "item accepted in part",
  IR: "item rejected",
  TA: "set accepted",
  TC: "set accepted with changes",
  TE: "set accepted with errors",
  TH: "set on hold",
  TP: "set accepted in part",
  TR: "set rejected",
};

/** Element 647, TED01. */
export const errorConditions: Words = {
  "006": "duplicate",
  "007": "data missing",
  "008": "out of range",
  "009": "invalid date",
  "010": "total out of balance",
  "011": "not matching",
  "012": "invalid combination",
  "024": "other reason",
  "104": "item exists already",
  "106": "item not authorized",
  "107": "location missing or invalid",
  "108": "location not on the order",
  "109": "negative value",
  "110": "pack marking missing",
  "111": "order number used twice",
  "119": "shipment number used twice",
  "120": "ship-to not that of the order",
  "121": "SSCC used twice",
  "123": "invalid SSCC",
  "131": "zero value",
  "133": "item not on the order",
  "134": "invoice number missing or invalid",
  "137": "allowance",
  "138": "order closed",
  "139": "pack quantity missing or invalid",
  "140": "ship-to missing or invalid",
  "141": "order cancelled",
  "848": "incorrect data",
  "849": "corrected data",
  ZZZ: "mutually agreed",
};

/** Element 1609, RED02: what the text in RED01 is. */
export const relatedKinds: Words = {
  DT: "date",
  IN: "invoice",
  LI: "location",
  MA: "amount",
  MV: "measure",
  PO: "order",
  PR: "price list",
  PS: "product",
  QY: "quantity",
  RP: "reference",
  RS: "second reference",
  UP: "unit price",
};
