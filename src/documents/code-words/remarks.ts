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

/** Element 934, MSG02: how a line of text follows on the one before. */
export const lineControls: Readonly<Record<string, string>> = {
  AA: "so many lines down",
  AT: "three lines down",
  DS: "two lines down",
  LC: "goes on",
  NP: "new page",
  NS: "same line",
  SS: "new line",
};
