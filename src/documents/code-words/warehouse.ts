/* Words of the 940 and the 945: what a warehouse is told, and what it says it did. See ../code-words.ts. */

type Words = Readonly<Record<string, string>>;

/** Element 473, W0501. */
export const warehouseOrderStatuses: Words = {
  B: "back order",
  C: "confirmation",
  D: "delete",
  F: "cancel",
  G: "change of the heading",
  L: "replace lines",
  N: "original",
  R: "change",
  S: "for a later day",
  T: "sent again",
};

/** Element 514, W0601. */
export const warehouseReportings: Words = {
  C: "customer's return in full",
  F: "in full",
  J: "original",
  N: "no exceptions",
  X: "exceptions only",
};

/** Element 432, G6201. */
export const warehouseDateQualifiers: Words = {
  "01": "cancel after",
  "02": "delivery requested",
  "03": "invoice",
  "04": "purchase order",
  "07": "effective",
  "10": "ship requested",
  "11": "shipped",
  "17": "delivery estimated",
  "35": "delivered",
  "36": "expiration",
  "37": "ship not before",
  "38": "ship no later",
  "53": "deliver not before",
  "54": "deliver no later",
  "67": "delivered by",
  "69": "pick-up scheduled",
  "70": "delivery scheduled",
  "86": "picked up",
};

/** Element 368, W1201 and W2708. */
export const shippingStatuses: Words = {
  AV: "available",
  BO: "back-ordered",
  BP: "part shipped, rest back-ordered",
  CC: "shipped complete",
  CE: "shipped with extra items",
  CK: "cancelled from an earlier order",
  CL: "complete",
  CM: "shipped complete, and more",
  CP: "part shipped, no back order",
  CS: "shipped complete with a substitute",
  CU: "line cancelled",
  DI: "discontinued",
  DS: "out of stock",
  IC: "item cancelled",
  IS: "a substitute",
  PH: "on hold",
  PR: "part shipped",
  SD: "shipped damaged",
  SH: "shipped",
  SS: "split shipment",
};

/** Element 892, W1219. */
export const lineChangeReasons: Words = {
  "01": "out of stock",
  "02": "cut for the vehicle",
  "04": "on hold",
  "05": "order in doubt",
  "07": "stock in doubt",
  "08": "material short",
  "09": "substitution",
  "11": "loading error",
  "13": "allocation exceeded",
  "16": "no room in the vehicle",
  "17": "discontinued",
  "21": "too little time",
  "24": "withdrawn",
  "25": "added for the customer",
  ZZ: "mutually agreed",
};

/** Element 891, W0610. */
export const shipDateChangeReasons: Words = {
  "01": "too little time",
  "02": "carrier late",
  "03": "weather",
  "04": "customer's wish",
  "07": "strike",
  "08": "held for goods",
  "09": "warehouse closed",
  "12": "warehouse busy",
  "19": "carrier's wish",
  ZZ: "mutually agreed",
};

/** Element 890, W2710. */
export const carrierChangeReasons: Words = {
  "01": "declined",
  "02": "vehicle unfit",
  "03": "appointment missed",
  "05": "depositor's wish",
  "10": "loads put together",
  "13": "not picked up",
  "15": "too little time",
  ZZ: "mutually agreed",
};

/** Element 400, W6604 and W1001. */
export const unitLoads: Words = {
  "01": "on pallets",
  "02": "stacked on the floor",
  "03": "mixed",
  "04": "on slip sheets",
  "10": "shrink-wrapped",
};

/** Element 399, W6603, W1003 and PAL15. */
export const palletExchanges: Words = {
  "1": "neither exchanged nor returned",
  "2": "exchanged",
  "3": "returned",
  "4": "bought by the customer",
  "5": "exchanged by a third party",
};

/** Element 286, W0114. */
export const conditions: Words = {
  "01": "good",
  "02": "damaged",
  "03": "recouped",
  "09": "on hold or in reserve",
  ZZ: "mutually agreed",
};

/** Element 604, W2801. */
export const consolidations: Words = {
  C: "consolidated",
  N: "not consolidated",
  W: "with other orders of ours",
};

/** Element 340, G7201. */
export const shippingCharges: Words = {
  "14": "handling out",
  "502": "carrier",
  "503": "special handling",
  "504": "freight",
  "505": "insurance",
  "511": "warehouse",
  "512": "palletizing",
  "516": "delivery",
};

/** Element 640, W0506 and W0611. */
export const warehouseTransactions: Words = {
  "30": "delivery",
  "34": "emergency",
  "35": "short notice",
  "38": "test",
};

/** Element 88, MAN01. */
export const markingQualifiers: Words = {
  AA: "SSCC-18",
  CA: "shipper's case number",
  CP: "carrier's package number",
  GM: "SSCC-18 with its identifier",
  MC: "master carton number",
  SM: "shipper's",
  SS: "shipper's skid number",
  UC: "shipping container code",
  W: "pallet number",
};
