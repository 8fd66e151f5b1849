/* Words of the 830 and the 862: how firmly how many are wanted when. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 675, BFR04 and BSS04. */
export const scheduleTypes: Words = {
  AD: "authorized deliveries",
  AS: "authorized shipments",
  BB: "production",
  DL: "deliveries",
  JS: "production sequence",
  KB: "kanban signal",
  PD: "planned deliveries",
  PR: "planned requirements",
  PS: "planned shipments",
  SH: "shipments",
  ZZ: "mutually agreed",
};

/** Element 676, BFR05 and BSS11. */
export const scheduleQuantityTypes: Words = { A: "discrete", C: "cumulative", D: "net change", R: "replacement" };

/** Element 783, BFR12 and FST10. */
export const planningTypes: Words = {
  MN: "consumer sales forecast",
  PS: "purchaser to seller",
  XA: "requirement forecast",
};

/** Element 680, FST02. */
export const commitments: Words = {
  A: "immediate",
  B: "pilot",
  C: "firm",
  D: "planning",
  F: "possible increase",
  P: "prototype",
  Q: "release",
  S: "strike protection",
  W: "cancellation",
  X: "modification",
  Z: "mutually agreed",
};

/** Element 681, FST03. */
export const timings: Words = {
  A: "year",
  C: "daily",
  D: "that day",
  F: "span",
  M: "month",
  Q: "quarter",
  S: "half-year",
  T: "four weeks",
  W: "week from Monday",
  X: "seven days",
  Z: "mutually agreed",
};

/** Element 678, SDP01 and its like. */
export const deliveryDays: Words = {
  A: "Monday to Friday",
  B: "Monday to Saturday",
  C: "Monday to Sunday",
  D: "Monday",
  E: "Tuesday",
  F: "Wednesday",
  G: "Thursday",
  H: "Friday",
  J: "Saturday",
  K: "Sunday",
  L: "Monday to Thursday",
  M: "immediately",
  N: "as directed",
  O: "daily, Monday to Friday",
  S: "once, Monday to Friday",
  W: "when necessary",
  Y: "none",
  Z: "mutually agreed",
};

/** Element 679, SDP02 and its like. */
export const deliveryTimes: Words = {
  A: "first shift",
  B: "second shift",
  C: "third shift",
  D: "morning",
  E: "afternoon",
  F: "as directed",
  G: "any shift",
  Y: "none",
  Z: "mutually agreed",
};

/** Element 672, ATH01. */
export const resources: Words = {
  FI: "finished goods",
  LB: "labor",
  LM: "labor and material",
  MT: "material",
  PQ: "required before the first period",
  PR: "released before",
  ZZ: "mutually agreed",
};

/** Element 682, PRS01. */
export const partReleases: Words = {
  "5": "new, next model year",
  "6": "new, engineering change",
  "7": "last release, cancelled",
  "9": "last forecast, cancelled",
  A: "all-time buy",
  B: "running out",
  P: "pilot",
  R: "replacement",
  S: "initial",
};
