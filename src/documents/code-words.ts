/*
 * Our short words for codes of the standard that people meet in the console and in reasons. They are words of our own, not
 * the standard's texts; a code that is not here is shown as it is. Each table names the X12 data element it is about.
 */

export type Words = Readonly<Record<string, string>>;

/** Element 353, BEG01 and BAK01. */
export const purposes: Words = {
  "00": "original",
  "01": "cancellation",
  "04": "change",
  "05": "replacement",
  "06": "confirmation",
  "07": "duplicate",
  "15": "sent again",
  "18": "reissue",
  "22": "information copy",
};

/** Element 92, BEG02. */
export const orderTypes: Words = {
  AC: "aircraft on ground, critical",
  AO: "aircraft on ground",
  BE: "blanket, quantity estimated",
  BK: "blanket, quantity firm",
  CF: "confirmation",
  CN: "consigned",
  DR: "direct ship",
  DS: "drop-ship",
  EO: "emergency",
  IN: "information copy",
  KN: "purchase order",
  NE: "new",
  NS: "new store",
  OS: "special",
  PR: "promotion",
  RE: "reorder",
  RL: "release",
  RO: "rush",
  SA: "stand-alone",
  SP: "sample",
  SS: "supply or service",
  ST: "standing",
  UD: "unit down",
  US: "urgent service",
  WO: "warranty",
};

/** Element 587, BEG07 and BAK02. */
export const acknowledgmentTypes: Words = {
  AC: "with detail and change",
  AD: "with detail, no change",
  AE: "exceptions only",
  AH: "on hold",
  AK: "without detail",
  AT: "accepted",
  NA: "none needed",
  RD: "rejected with detail",
  RJ: "rejected without detail",
};

/** Element 668, ACK01. */
export const lineStatuses: Words = {
  AC: "accepted and shipped",
  AR: "released for shipment",
  BP: "shipped in part, rest back-ordered",
  DR: "date rescheduled",
  IA: "accepted",
  IB: "back-ordered",
  IC: "accepted with changes",
  ID: "deleted",
  IE: "accepted, price pending",
  IF: "on hold, description incomplete",
  IH: "on hold",
  IP: "price changed",
  IQ: "quantity changed",
  IR: "rejected",
  IS: "substituted",
  R1: "rejected, not a contract item",
  R2: "rejected, invalid item number",
  R3: "rejected, invalid unit",
  R4: "rejected, contract item not available",
  SP: "accepted, date pending",
};

/** Element 1019, BEG08. */
export const invoiceTypes: Words = { INR: "no invoice", IBM: "by mail" };

/** Element 98, N101. */
export const partyRoles: Words = {
  "79": "warranter",
  BT: "bill to",
  BY: "buyer",
  CA: "carrier",
  CN: "consignee",
  DS: "distributor",
  EV: "selling agent",
  MA: "final recipient",
  OB: "ordered by",
  PE: "payee",
  PR: "payer",
  RE: "remittance receiver",
  RI: "remit to",
  SE: "seller",
  SF: "ship from",
  SN: "store",
  ST: "ship to",
  SU: "supplier",
  UC: "ultimate consignee",
  VN: "vendor",
  WH: "warehouse",
  Z7: "mark for",
};

/** Element 374, DTM01. */
export const dateQualifiers: Words = {
  "001": "cancel after",
  "002": "delivery requested",
  "003": "invoice",
  "004": "purchase order",
  "007": "effective",
  "010": "ship requested",
  "011": "shipped",
  "015": "promotion start",
  "017": "delivery estimated",
  "018": "available",
  "036": "expiration",
  "037": "ship not before",
  "038": "ship no later",
  "063": "deliver no later",
  "064": "deliver not before",
  "067": "delivery scheduled",
  "068": "ship scheduled",
  "069": "delivery promised",
  "079": "ship promised",
  "106": "required by",
  "118": "pick-up requested",
  "512": "warranty expires",
  AAJ: "guarantee period",
};

/** Element 128, REF01 and N901. */
export const referenceQualifiers: Words = {
  "11": "account",
  "12": "billing account",
  "19": "division",
  "2I": "tracking number",
  AH: "agreement",
  BM: "bill of lading",
  CO: "customer order",
  CR: "customer reference",
  CT: "contract",
  DP: "department",
  IA: "vendor number with the buyer",
  IV: "seller's invoice",
  JB: "project",
  L1: "note",
  MR: "merchandise type",
  PD: "promotion",
  PH: "priority rating",
  PO: "purchase order",
  QS: "warranty coverage",
  QT: "warranty registration",
  SI: "shipment",
  ST: "store",
  VR: "vendor id",
  XE: "transport priority",
  ZZ: "mutually agreed",
};

/** Element 235, PO106 and its like. */
export const productIdQualifiers: Words = {
  BO: "buyer's colour",
  BP: "buyer's part",
  CB: "buyer's catalogue number",
  EN: "EAN",
  IN: "buyer's item",
  IZ: "buyer's size",
  MG: "maker's part",
  MN: "model",
  PI: "purchaser's item",
  PL: "buyer's order line",
  PN: "company part",
  SK: "SKU",
  SN: "serial number",
  UA: "case code",
  UI: "U.P.C.",
  UK: "shipping container code",
  UP: "U.P.C.",
  VA: "vendor's style",
  VC: "vendor's catalogue number",
  VN: "vendor's item",
  VP: "vendor's part",
};

/** Element 639, PO105. */
export const priceBases: Words = {
  CA: "catalogue",
  CP: "current price",
  CT: "contract",
  LE: "catalogue, per each",
  NC: "no charge",
  PE: "per each",
  PR: "promotion",
  QT: "quoted",
  TE: "contract, per each",
};

/** Element 236, CTP02. */
export const priceKinds: Words = {
  CAT: "catalogue",
  CON: "contract",
  LPR: "list",
  NET: "net",
  PBQ: "beginning quantity",
  PRP: "promotional",
};

/** Element 284, TD512. */
export const serviceLevels: Words = {
  "3D": "three day",
  CG: "ground",
  CX: "express",
  ES: "expedited",
  G2: "standard",
  ND: "next day air",
  NF: "next flight out",
  NM: "next morning",
  ON: "overnight",
  SA: "same day",
  SC: "second day air",
  SE: "second day",
  SG: "standard ground",
  SM: "second morning",
};

/** Element 91, TD504. */
export const transportMethods: Words = {
  A: "air",
  C: "consolidation",
  E: "expedited truck",
  H: "customer pick-up",
  M: "motor carrier",
  R: "rail",
  S: "ocean",
  T: "best way",
  U: "parcel service",
};

/** Element 563, CSH01. */
export const salesRequirements: Words = {
  BK: "ship part, back-order the rest",
  N: "no back order",
  P2: "ship as soon as possible",
  P3: "may ship early",
  SC: "ship complete",
  Y: "back order if out of stock",
};

/** Element 366, PER01. */
export const contactRoles: Words = {
  AH: "after hours",
  AL: "alternate",
  AR: "accounts receivable",
  BD: "buyer",
  BI: "bill inquiry",
  CD: "contracts",
  CR: "customer relations",
  DC: "delivery",
  EA: "EDI coordinator",
  EM: "emergency",
  EX: "expeditor",
  IC: "information",
  OC: "order contact",
  PF: "price administration",
  RE: "receiving",
  SD: "shipping",
  SR: "sales representative",
  SU: "supplier contact",
  TA: "traffic",
};

/** Element 365, PER03 and its like. */
export const channelQualifiers: Words = {
  CP: "cell phone",
  EM: "e-mail",
  EX: "extension",
  FX: "fax",
  HP: "home phone",
  NP: "night phone",
  TE: "telephone",
  UR: "web address",
  WP: "work phone",
};

/** Element 248, SAC01. */
export const allowanceIndicators: Words = {
  A: "allowance",
  C: "charge",
  N: "neither allowance nor charge",
  S: "service",
};

/** Element 1300, SAC02. */
export const allowanceReasons: Words = {
  A260: "advertising",
  B660: "contract",
  C000: "defects",
  C310: "discount",
  C850: "expedited service",
  C870: "expediting",
  C880: "expediting premium",
  D240: "freight",
  D270: "fuel",
  D500: "handling",
  D530: "hazardous cargo",
  D540: "hazardous materials handling",
  F800: "promotion",
  F910: "quantity discount",
  F970: "rebate",
  G830: "shipping and handling",
  G970: "small order",
  I170: "trade discount",
  I530: "volume discount",
  I590: "warranty",
};

/** Element 331, SAC12. */
export const settlements: Words = {
  "01": "bill back",
  "02": "off invoice",
  "03": "vendor's check",
  "04": "credit to the account",
  "05": "paid by the vendor",
  "06": "paid by the customer",
};

/** Element 336, ITD01. */
export const termsTypes: Words = {
  "01": "basic",
  "02": "end of month",
  "03": "fixed date",
  "05": "no discount",
  "08": "basic discount offered",
  "09": "proximo",
  "14": "as agreed",
};

/** Element 333, ITD02. */
export const termsBases: Words = {
  "1": "ship date",
  "2": "delivery date",
  "3": "invoice date",
  "5": "invoice receipt",
};

/** Element 146, FOB01. */
export const freightPayments: Words = {
  CC: "collect",
  CF: "collect, credited back",
  DE: "by contract",
  PC: "prepaid and charged",
  PP: "prepaid by the seller",
};

/** Element 309, FOB02 and its like. */
export const locationQualifiers: Words = { AC: "city and state", DE: "destination", OR: "origin" };

/** Element 522, AMT01. */
export const amountQualifiers: Words = { "1": "line total", BAP: "amount due", GV: "gross value", TT: "order total" };

/** Element 750, PID02. */
export const productCharacteristics: Words = {
  "08": "product",
  "35": "colour",
  "73": "vendor's colour",
  "75": "buyer's colour",
  GEN: "general description",
  WD: "warranty",
};

/** Element 963, TXI01. */
export const taxTypes: Words = { GS: "goods and services", ST: "state sales tax", SU: "sales and use tax" };

/** A code with our word for it, where we have one. */
export function withWord(code: string, words: Words): { code: string; word?: string } {
  const word = wordOf(code, words);
  return word === undefined ? { code } : { code, word };
}

/** Our word for a code, if we have one. */
export function wordOf(code: string, words: Words): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}

/** A code as a sentence names it: "RO (rush)". */
export function spoken(code: string, words: Words): string {
  const word = wordOf(code, words);
  return word === undefined ? code : `${code} (${word})`;
}
