/* Words of the 869 and the 870: what is asked, and how far an order is. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 850, BSR01. */
export const statusReportTypes: Words = { "1": "answer to an inquiry", "2": "as agreed", "3": "unasked" };

/** Element 847, BSI03 and BSR02. */
export const statusScopes: Words = {
  AO: "all orders, what changed",
  CA: "all orders",
  CI: "all orders, what is shipped",
  CO: "all orders, what is not shipped",
  PA: "orders named",
  PI: "orders named, what is shipped",
  PO: "orders named, what is not shipped",
  PP: "orders and items named",
};

/** Element 848, BSI04 and BSR05. */
export const statusSelections: Words = { PD: "by product and date", SD: "by date", SP: "by product" };

/** Element 849, BSI05 and BSR06. */
export const statusLocations: Words = {
  SB: "supplier's places named",
  SL: "buyer's places named",
  SS: "places of both named",
};

/** Element 368, ISR01. */
export const orderStatuses: Words = {
  AN: "available, not scheduled",
  AP: "allocated",
  AS: "available, scheduled",
  AV: "available",
  BM: "back-ordered by the maker",
  BO: "back-ordered",
  BP: "shipped in part, rest back-ordered",
  CC: "shipped completely",
  CL: "complete",
  CP: "shipped in part, no back order",
  CS: "shipped with substitution",
  CU: "line cancelled",
  DD: "delivered",
  DE: "order deleted",
  DI: "discontinued",
  ED: "expected to ship by",
  EX: "expected to be delivered by",
  IC: "item cancelled",
  ID: "information missing",
  IN: "in process",
  IS: "substitute",
  LM: "late",
  NN: "not in process, not scheduled",
  NS: "not in process, scheduled",
  OR: "out of stock, order again",
  PC: "in production",
  PH: "on hold",
  PR: "shipped in part",
  PS: "in process, scheduled",
  RC: "given to the carrier",
  RD: "new day expected to ship",
  SH: "shipped",
  SI: "late, scheduled",
  SP: "scheduled for production",
  SS: "split shipment",
  UN: "not available",
  UR: "unasked",
};
