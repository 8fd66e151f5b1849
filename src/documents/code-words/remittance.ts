/* Words of the 820: how money is moved, and why it is less than was invoiced. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 305, BPR01. */
export const handlings: Words = {
  C: "payment with advice",
  D: "payment only",
  E: "debit or credit advice with detail",
  H: "notification",
  I: "advice only",
  K: "reimbursement follows",
  L: "on account",
  P: "prenotification",
  U: "payment and advice apart",
  X: "bank may part payment and advice",
  Z: "mutually agreed",
};

/** Element 478, BPR03 and AMT03. */
export const creditOrDebit: Words = { C: "credit", D: "debit" };

/** Element 591, BPR04. */
export const paymentMethods: Words = {
  ACH: "clearing house",
  BOP: "bank's choice",
  CCC: "credit card",
  CHK: "check",
  FEW: "wire, repetitive",
  FWT: "wire",
  NON: "no payment",
  SWT: "SWIFT",
  ZZZ: "mutually agreed",
};

/** Element 812, BPR05. */
export const paymentFormats: Words = {
  CCD: "cash concentration",
  CCP: "cash concentration with addenda",
  CTX: "corporate trade exchange",
  PBC: "commercial check",
  PPD: "prearranged payment",
  PPP: "prearranged payment with addenda",
};

/** Element 1048, BPR17. */
export const businessFunctions: Words = { VEN: "vendor payment", TAX: "tax payment" };

/** Element 481, TRN01. */
export const traceTypes: Words = { "1": "this payment", "2": "an earlier payment", "3": "joins money and advice" };

/** Element 482, RMR03. */
export const paymentActions: Words = {
  AJ: "adjustment",
  ER: "evaluated receipt",
  FL: "final",
  NS: "not specified",
  PA: "in advance",
  PI: "item",
  PO: "on account",
  PP: "partial",
  PR: "progress",
};

/** Element 426, ADX02 and RMR07: why an amount differs. */
export const adjustmentReasons: Words = {
  "01": "price",
  "02": "allowance or charge",
  "03": "extension",
  "04": "damaged",
  "05": "quality",
  "06": "quantity contested",
  "07": "wrong product",
  "08": "substitute product",
  "09": "terms of sale",
  "10": "pallet or container charge",
  "11": "returned, damaged",
  "12": "returned, quality",
  "14": "returned, promotion",
  "15": "returned, recall",
  "16": "not of an invoice",
  "17": "data missing",
  "18": "not our bill",
  "19": "billed twice",
  "22": "weight",
  "24": "wrong discount",
  "25": "item not accepted",
  "26": "invoice cancelled",
  "44": "documents missing",
  "50": "late charge",
  "51": "interest penalty",
  "52": "earlier overpayment",
  "53": "earlier underpayment",
  "54": "freight",
  "55": "tax",
  "56": "advertising allowance",
  "57": "volume discount",
  "59": "not received",
  "60": "no open item",
  "61": "no open order",
  "70": "ship notice missing",
  "71": "advertising allowance",
  "72": "authorized return",
  "75": "whole order not received",
  "76": "cash discount",
  "78": "competitive price",
  "79": "cooperative advertising",
  "80": "overpayment",
  "81": "credit as agreed",
  "82": "defective allowance",
  "86": "paid twice",
  "87": "shipped twice",
  "97": "handling charge",
  "99": "shipped late",
  A2: "wrong product shipped",
  A3: "new store allowance",
  A4: "goods not received",
  A5: "overage",
  A6: "packing violation",
  A7: "payment on account",
  A8: "promotional allowance",
  A9: "proof of delivery missing",
  AQ: "returned, overstock",
  AS: "returned, discontinued",
  B2: "rebate",
  B7: "restocking charge",
  B8: "routing violation",
  C8: "ticketing",
  RD: "receiving discrepancy",
  RP: "late ship notice",
  RR: "unreadable ship notice",
  SM: "shipped after cancel date",
  SW: "wrong carrier",
  TD: "all deductions",
  ZZ: "mutually agreed",
};

/** Element 1065, NM102. */
export const entityTypes: Words = { "1": "person", "2": "no person" };
