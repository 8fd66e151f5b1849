import type { z } from "zod";
import type {
  allowanceOrCharge,
  Contact,
  carriage,
  freightTerms,
  lading,
  monetaryAmount,
  Party,
  packaging,
  paymentTerms,
  price,
  productDescription,
  QualifiedDate,
  Reference,
  tax,
} from "../documents/aggregate-components.ts";
import * as words from "../documents/code-words.ts";
import {
  at,
  coded,
  date,
  decimal,
  fields,
  group,
  groups,
  inGroupsOf,
  inside,
  loop,
  many,
  money,
  must,
  type Part,
  type SegmentMapping,
  segment,
  several,
  spread,
  text,
  time,
  word,
} from "./notation/index.ts";

/*
 * Segments that mean the same in every set they occur in, each as the part of a document that it stands for, both ways.
 * Named after the segment; element numbers are the standard's.
 */

export const REF = segment<Reference>("REF", {
  qualifier: must(1, text),
  word: word(1, words.referenceQualifiers),
  value: at(2, text),
  description: at(3, text),
});

export const DTM = segment<QualifiedDate>("DTM", {
  qualifier: must(1, text),
  word: word(1, words.dateQualifiers),
  date: at(2, date),
  time: at(3, time),
  zone: at(4, text),
  period: group({ format: must(5, text), value: must(6, text) }),
});

const onePER = segment<Contact>("PER", {
  role: must(1, text),
  word: word(1, words.contactRoles),
  name: at(2, text),
  channels: groups(3, 2, 3, { qualifier: must(1, text), word: word(1, words.channelQualifiers), value: must(2, text) }),
  reference: at(9, text),
});

/** PER has room for three ways to reach somebody; a contact with more goes on in a second PER under the same role. */
export const PER: SegmentMapping<Contact> = {
  ...onePER,
  write(contact, context) {
    const { channels = [] } = contact;
    if (channels.length <= 3) return onePER.write(contact, context);
    return inGroupsOf(3, channels).flatMap((some) => onePER.write({ ...contact, channels: some }, context));
  },
};

/** N1: who it is. */
export const partyName = fields<Party>("N1", {
  role: must(1, text),
  word: word(1, words.partyRoles),
  name: at(2, text),
  idQualifier: at(3, text),
  id: at(4, text),
});

/** N2, N3 and N4: further names, and where it is. */
export const partyAddress: readonly Part<Party>[] = [
  spread("otherNames", "N2", [1, 2], text),
  inside("address", [
    spread("lines", "N3", [1, 2], text),
    fields("N4", {
      city: at(1, text),
      state: at(2, text),
      postalCode: at(3, text),
      country: at(4, text),
      location: group({ qualifier: must(5, text), id: at(6, text) }),
      countrySubdivision: at(7, text),
    }),
  ]),
];

/** The N1 loop: who, where, under which references, and whom to ask. */
export const N1 = loop<Party>(partyName, [...partyAddress, many("references", REF), many("contacts", PER)]);

/**
 * Pairs of product id qualifier and product id, the first qualifier in element `from`: PO106, IT106, LIN02, SLN09.
 *
 * @param most how many pairs the segment has room for
 */
export const productIdPairs = (from: number, most = 10) =>
  groups(from, 2, most, {
    qualifier: must(1, text),
    word: word(1, words.productIdQualifiers),
    id: must(2, text),
  });

export const PID = segment<z.infer<typeof productDescription>>("PID", {
  type: must(1, text),
  characteristic: at(2, coded(words.productCharacteristics)),
  agency: at(3, text),
  code: at(4, text),
  text: at(5, text),
  language: at(9, text),
});

/** SAC05 is of type N2: its last two digits are cents. */
export const SAC = segment<z.infer<typeof allowanceOrCharge>>("SAC", {
  indicator: must(1, coded(words.allowanceIndicators)),
  reason: at(2, coded(words.allowanceReasons)),
  agency: group({ qualifier: must(3, text), code: at(4, text) }),
  amount: at(5, money),
  percent: group({ qualifier: must(6, text), value: at(7, decimal) }),
  rate: at(8, decimal),
  unit: at(9, text),
  quantity: at(10, decimal),
  secondQuantity: at(11, decimal),
  settlement: at(12, coded(words.settlements)),
  reference: at(13, text),
  option: at(14, text),
  description: at(15, text),
  language: at(16, text),
});

/** ITD08 and ITD10 are of type N2. */
export const ITD = segment<z.infer<typeof paymentTerms>>("ITD", {
  type: at(1, coded(words.termsTypes)),
  basis: at(2, coded(words.termsBases)),
  discountPercent: at(3, decimal),
  discountDueDate: at(4, date),
  discountDays: at(5, decimal),
  netDueDate: at(6, date),
  netDays: at(7, decimal),
  discountAmount: at(8, money),
  deferredDueDate: at(9, date),
  deferredAmount: at(10, money),
  percentPayable: at(11, decimal),
  description: at(12, text),
  dayOfMonth: at(13, decimal),
  paymentMethod: at(14, text),
  percentage: at(15, decimal),
});

const freightLocation = (n: number) =>
  group({ qualifier: must(n, coded(words.locationQualifiers)), description: at(n + 1, text) });

export const FOB = segment<z.infer<typeof freightTerms>>("FOB", {
  payment: must(1, coded(words.freightPayments)),
  location: freightLocation(2),
  termsQualifier: at(4, text),
  terms: at(5, text),
  titlePassage: freightLocation(6),
  riskOfLoss: at(8, text),
  riskDescription: at(9, text),
});

export const TD5 = segment<z.infer<typeof carriage>>("TD5", {
  sequence: at(1, text),
  carrierIdQualifier: at(2, text),
  carrierId: at(3, text),
  method: at(4, coded(words.transportMethods)),
  routing: at(5, text),
  status: at(6, text),
  location: group({ qualifier: must(7, text), id: at(8, text) }),
  transitDirection: at(9, text),
  transitTime: group({ qualifier: must(10, text), value: at(11, decimal) }),
  serviceLevels: several([12, 13, 14], coded(words.serviceLevels)),
  country: at(15, text),
});

export const TD1 = segment<z.infer<typeof lading>>("TD1", {
  packaging: at(1, text),
  quantity: at(2, decimal),
  commodityQualifier: at(3, text),
  commodity: at(4, text),
  description: at(5, text),
  weightQualifier: at(6, text),
  weight: at(7, decimal),
  weightUnit: at(8, text),
  volume: at(9, decimal),
  volumeUnit: at(10, text),
});

export const TXI = segment<z.infer<typeof tax>>("TXI", {
  type: must(1, coded(words.taxTypes)),
  amount: at(2, decimal),
  percentage: at(3, decimal),
  jurisdictionQualifier: at(4, text),
  jurisdiction: at(5, text),
  exempt: at(6, text),
  relationship: at(7, text),
  basis: at(8, decimal),
  taxId: at(9, text),
  line: at(10, text),
});

/** CTP05 is a composite whose first component is the unit. */
export const CTP = segment<z.infer<typeof price>>("CTP", {
  classOfTrade: at(1, text),
  kind: at(2, coded(words.priceKinds)),
  price: at(3, decimal),
  quantity: at(4, decimal),
  unit: at(5, text, 1),
  multiplier: group({ qualifier: must(6, text), value: at(7, decimal) }),
  amount: at(8, decimal),
  basis: at(9, text),
  condition: at(10, text),
  multiplePriceQuantity: at(11, decimal),
});

export const AMT = segment<z.infer<typeof monetaryAmount>>("AMT", {
  qualifier: must(1, text),
  word: word(1, words.amountQualifiers),
  amount: must(2, decimal),
  creditOrDebit: at(3, text),
});

const measure = (value: number, unit: number) => group({ value: must(value, decimal), unit: at(unit, text) });

export const PO4 = segment<z.infer<typeof packaging>>("PO4", {
  pack: at(1, decimal),
  innerPack: at(14, decimal),
  size: measure(2, 3),
  code: at(4, text),
  weightQualifier: at(5, text),
  grossWeight: measure(6, 7),
  grossVolume: measure(8, 9),
  length: at(10, decimal),
  width: at(11, decimal),
  height: at(12, decimal),
  dimensionUnit: at(13, text),
});
