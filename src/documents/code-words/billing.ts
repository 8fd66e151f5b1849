import type { Words } from "../code-words.ts";

/** Element 640, BIG07: what kind of bill it is. */
export const invoiceKinds: Words = {
  AI: "adjusted invoice",
  CD: "consolidated debit invoice",
  CE: "consolidated credit invoice",
  CF: "consolidated debit memo",
  CG: "consolidated credit memo",
  CI: "consolidated invoice",
  CN: "credit invoice",
  CO: "corrected",
  CR: "credit memo",
  DI: "debit invoice",
  DO: "drop-shipment invoice",
  DR: "debit memo",
  DU: "duplicate",
  FB: "final bill",
  FD: "consolidated, final bill",
  PP: "prepaid invoice",
  PR: "product or service",
  RE: "rebill",
  SV: "supplemental invoice",
};

/** Element 371, IT305. */
export const quantityReasons: Words = {
  BB: "balancing quantity",
  DC: "date changed",
  MP: "minimum order",
  PC: "pack differs",
  QH: "quantity on hand",
  QO: "quantity ordered",
  SC: "size differs",
  UM: "unit differs",
  UP: "unit price",
};

/** Element 368, IT303 and CAD06. */
export const shipmentStates: Words = {
  BO: "back-ordered",
  BP: "part shipped, rest back-ordered",
  CC: "complete",
  CL: "complete",
  CM: "complete, with more than ordered",
  CP: "part shipped, no back order",
  CS: "complete, with a substitute",
  IC: "item cancelled",
  IS: "substitute",
  PR: "part shipped",
  SI: "shipped",
};
