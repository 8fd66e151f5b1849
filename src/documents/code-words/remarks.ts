/** Element 363, NTE01: what a remark is about. See ../code-words.ts. */
export const noteAbouts: Readonly<Record<string, string>> = {
  ADD: "more",
  ALL: "all documents",
  CHG: "change",
  DEL: "delivery",
  GEN: "the whole document",
  INT: "general order",
  INV: "invoice",
  LIN: "line",
  ORI: "order",
  PMT: "payment",
  PUR: "purchasing",
  SPH: "special handling",
  TRA: "transport",
};
