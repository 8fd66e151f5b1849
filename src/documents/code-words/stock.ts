/* Words of the 832, 846, 852 and 867: what there is, what it costs, what was sold. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 755, BIA02 and BPT04. */
export const reportTypes: Words = {
  "01": "product transfer",
  "02": "resale",
  AD: "agent's and distributor's stock",
  DD: "distributor's stock",
  IP: "stock parameters",
  LC: "stock by location",
  MB: "maker's stock at the distributor",
  MM: "maker's stock",
  PT: "stock between plants",
  SI: "seller's stock",
  SS: "seller's sales",
  TM: "sales from stock",
};

/** Element 683, BCT01. */
export const catalogTypes: Words = {
  CP: "customer's own catalog",
  PC: "price catalog",
  PS: "price sheet",
  RC: "resale catalog",
  SC: "sales catalog",
};

/** Element 875, G53. */
export const maintenanceTypes: Words = {
  "001": "change",
  "002": "delete",
  "003": "add with all details",
  "004": "withdrawn for now",
  "005": "back again",
  "021": "addition",
  "026": "correction",
};

/** Element 688, CTB01. */
export const restrictionKinds: Words = {
  DO: "direct only",
  NR: "can't be returned",
  OR: "ordering",
  SP: "special order only",
  SR: "shipping",
  WO: "wholesalers only",
};

/** Element 305, XQ01. */
export const activityHandlings: Words = {
  F: "plan orders and propose them",
  G: "plan orders and ship",
  H: "for information",
};

/** Element 859, ZA01. */
export const activities: Words = {
  DG: "damaged",
  HL: "on hold",
  LS: "sales lost",
  OH: "on hand, all",
  OQ: "order planned",
  PO: "reorder point",
  Q1: "sold, net",
  Q2: "returned",
  Q3: "returned, defective",
  QA: "on hand, available",
  QB: "at the beginning",
  QC: "committed",
  QD: "more wanted",
  QE: "at the end",
  QH: "damaged or on hold",
  QI: "in transit",
  QL: "least stock",
  QM: "most stock",
  QN: "stock planned",
  QO: "out of stock",
  QP: "on order",
  QR: "received",
  QS: "sold",
  QT: "stock adjusted",
  QU: "returned by consumers",
  QW: "withdrawn from the warehouse",
  QX: "requested",
  QZ: "transferred",
  RE: "sold to consumers",
  TS: "sold, all",
  WQ: "sold wholesale",
};

/** Element 521, PTD01. */
export const transferTypes: Words = {
  BB: "demand",
  BN: "return",
  CO: "replaced after a complaint",
  CS: "sold by contract",
  DS: "drop-shipped",
  IA: "stock adjusted",
  IB: "between branches",
  PA: "price adjusted",
  RC: "received from us",
  RV: "returned to us",
  SA: "stock adjusted",
  SC: "scrapped",
  SD: "ship and debit sale",
  SH: "ship and debit",
  SM: "sample",
  SS: "sold from stock",
  SU: "summary",
};

/** Element 486, PTD06. */
export const movements: Words = {
  AI: "adjusted in",
  AO: "adjusted out",
  CD: "from customer to distributor",
  DC: "from distributor to customer",
  DM: "from distributor to maker",
  MD: "from maker to distributor",
  TI: "transferred in",
  TO: "transferred out",
};

/** Element 306, BIA06, BPT07, W0507 and W0612. */
export const actions: Words = {
  "1": "add",
  "2": "change",
  "3": "delete",
  "4": "verify",
  "15": "correct and send again",
};
