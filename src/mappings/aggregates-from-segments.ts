import type { z } from "zod";
import type {
  allowanceOrCharge,
  Contact,
  carriage,
  freightTerms,
  lading,
  monetaryAmount,
  Note,
  Party,
  ProductId,
  packaging,
  paymentTerms,
  postalAddress,
  price,
  productDescription,
  QualifiedDate,
  quantityByLocation,
  Reference,
  schedule,
  tax,
} from "../documents/aggregate-components.ts";
import type { Coded } from "../documents/basic-components.ts";
import * as words from "../documents/code-words.ts";
import { unlessBlank, unlessEmpty } from "./absent.ts";
import type { SegmentReader, TrackedLoop } from "./tracked-set.ts";

/*
 * Segments that mean the same in every set they occur in, each as the part of a document it stands for. A function named
 * after a segment takes that segment; element numbers are those of the standard. A number or date that can't be read comes
 * out as unmapped, and with it the part that would be senseless without it.
 */

export function referenceFromREF(ref: SegmentReader): Reference {
  return {
    ...qualified(ref.requiredText(1), words.referenceQualifiers),
    value: ref.text(2),
    description: ref.text(3),
  };
}

/** DTM. */
export function dateFromDTM(dtm: SegmentReader): QualifiedDate {
  const format = dtm.text(5);
  const value = dtm.text(6);
  return {
    ...qualified(dtm.requiredText(1), words.dateQualifiers),
    date: dtm.date(2),
    time: dtm.time(3),
    zone: dtm.text(4),
    period: format !== undefined && value !== undefined ? { format, value } : undefined,
  };
}

export function contactFromPER(per: SegmentReader): Contact {
  const role = per.requiredText(1);
  return {
    role,
    word: words.wordOf(role, words.contactRoles),
    name: per.text(2),
    channels: unlessEmpty(
      pairs(per, 3, 7).map(([qualifier, value]) => ({ ...qualified(qualifier, words.channelQualifiers), value })),
    ),
    reference: per.text(9),
  };
}

/** An N1 loop: who, where, under which references, and whom to ask. */
export function partyFromN1(loop: TrackedLoop): Party {
  const n1 = loop.trigger;
  const role = n1.requiredText(1);
  return {
    role,
    word: words.wordOf(role, words.partyRoles),
    name: n1.text(2),
    otherNames: unlessEmpty(loop.all("N2").flatMap((n2) => present(n2.text(1), n2.text(2)))),
    idQualifier: n1.text(3),
    id: n1.text(4),
    address: addressFromN3AndN4(loop),
    references: unlessEmpty(loop.all("REF").map(referenceFromREF)),
    contacts: unlessEmpty(loop.all("PER").map(contactFromPER)),
  };
}

function addressFromN3AndN4(loop: TrackedLoop): z.infer<typeof postalAddress> | undefined {
  const n4 = loop.first("N4");
  const qualifier = n4?.text(5);
  return unlessBlank({
    lines: unlessEmpty(loop.all("N3").flatMap((n3) => present(n3.text(1), n3.text(2)))),
    city: n4?.text(1),
    state: n4?.text(2),
    postalCode: n4?.text(3),
    country: n4?.text(4),
    countrySubdivision: n4?.text(7),
    location: qualifier === undefined ? undefined : { qualifier, id: n4?.text(6) },
  });
}

/** The pairs of product id qualifier and product id from element `from` on (PO106, SLN09). */
export function productIds(segment: SegmentReader, from: number, to: number): ProductId[] {
  return pairs(segment, from, to).map(([qualifier, id]) => ({
    ...qualified(qualifier, words.productIdQualifiers),
    id,
  }));
}

export function descriptionFromPID(pid: SegmentReader): z.infer<typeof productDescription> {
  return {
    type: pid.requiredText(1),
    characteristic: coded(pid.text(2), words.productCharacteristics),
    agency: pid.text(3),
    code: pid.text(4),
    text: pid.text(5),
    language: pid.text(9),
  };
}

/** SAC. SAC05 is of type N2: its last two digits are cents. */
export function allowanceOrChargeFromSAC(sac: SegmentReader): z.infer<typeof allowanceOrCharge> {
  const agency = sac.text(3);
  const percentQualifier = sac.text(6);
  return {
    indicator: words.withWord(sac.requiredText(1), words.allowanceIndicators),
    reason: coded(sac.text(2), words.allowanceReasons),
    agency: agency === undefined ? undefined : { qualifier: agency, code: sac.text(4) },
    amount: sac.impliedDecimal(5),
    percent: percentQualifier === undefined ? undefined : { qualifier: percentQualifier, value: sac.decimal(7) },
    rate: sac.decimal(8),
    unit: sac.text(9),
    quantity: sac.decimal(10),
    secondQuantity: sac.decimal(11),
    settlement: coded(sac.text(12), words.settlements),
    reference: sac.text(13),
    option: sac.text(14),
    description: sac.text(15),
    language: sac.text(16),
  };
}

/** ITD. ITD08 and ITD10 are of type N2. */
export function termsFromITD(itd: SegmentReader): z.infer<typeof paymentTerms> {
  return {
    type: coded(itd.text(1), words.termsTypes),
    basis: coded(itd.text(2), words.termsBases),
    discountPercent: itd.decimal(3),
    discountDueDate: itd.date(4),
    discountDays: itd.decimal(5),
    netDueDate: itd.date(6),
    netDays: itd.decimal(7),
    discountAmount: itd.impliedDecimal(8),
    deferredDueDate: itd.date(9),
    deferredAmount: itd.impliedDecimal(10),
    percentPayable: itd.decimal(11),
    description: itd.text(12),
    dayOfMonth: itd.decimal(13),
    paymentMethod: itd.text(14),
    percentage: itd.decimal(15),
  };
}

export function freightTermsFromFOB(fob: SegmentReader): z.infer<typeof freightTerms> {
  const location = coded(fob.text(2), words.locationQualifiers);
  const titlePassage = coded(fob.text(6), words.locationQualifiers);
  return {
    payment: words.withWord(fob.requiredText(1), words.freightPayments),
    location: location && { qualifier: location, description: fob.text(3) },
    termsQualifier: fob.text(4),
    terms: fob.text(5),
    titlePassage: titlePassage && { qualifier: titlePassage, description: fob.text(7) },
    riskOfLoss: fob.text(8),
    riskDescription: fob.text(9),
  };
}

export function carriageFromTD5(td5: SegmentReader): z.infer<typeof carriage> {
  const location = td5.text(7);
  const transit = td5.text(10);
  return {
    sequence: td5.text(1),
    carrierIdQualifier: td5.text(2),
    carrierId: td5.text(3),
    method: coded(td5.text(4), words.transportMethods),
    routing: td5.text(5),
    status: td5.text(6),
    location: location === undefined ? undefined : { qualifier: location, id: td5.text(8) },
    transitDirection: td5.text(9),
    transitTime: transit === undefined ? undefined : { qualifier: transit, value: td5.decimal(11) },
    serviceLevels: unlessEmpty(
      present(td5.text(12), td5.text(13), td5.text(14)).map((code) => words.withWord(code, words.serviceLevels)),
    ),
    country: td5.text(15),
  };
}

export function ladingFromTD1(td1: SegmentReader): z.infer<typeof lading> {
  return {
    packaging: td1.text(1),
    quantity: td1.decimal(2),
    commodityQualifier: td1.text(3),
    commodity: td1.text(4),
    description: td1.text(5),
    weightQualifier: td1.text(6),
    weight: td1.decimal(7),
    weightUnit: td1.text(8),
    volume: td1.decimal(9),
    volumeUnit: td1.text(10),
  };
}

/** An N9 loop: a reference with free text under it, in MSG (to 004010) or MTX (004030 and later). */
export function noteFromN9(loop: TrackedLoop): Note {
  const n9 = loop.trigger;
  return {
    reference: {
      ...qualified(n9.requiredText(1), words.referenceQualifiers),
      value: n9.text(2),
      description: n9.text(3),
    },
    date: n9.date(4),
    time: n9.time(5),
    zone: n9.text(6),
    dates: unlessEmpty(loop.all("DTM").map(dateFromDTM)),
    lines: unlessEmpty(freeText(loop)),
  };
}

/** The free text that a loop has of its own, as one note without a reference; none where there is no text. */
export function notesFromFreeText(loop: TrackedLoop): Note[] {
  const lines = freeText(loop);
  return lines.length > 0 ? [{ lines }] : [];
}

/** MSG01, or MTX02 and its continuation MTX03. */
function freeText(loop: TrackedLoop): string[] {
  return loop
    .anyOf("MSG", "MTX")
    .flatMap((segment) =>
      segment.segment.id === "MSG" ? present(segment.text(1)) : present(segment.text(2), segment.text(3)),
    );
}

export function taxFromTXI(txi: SegmentReader): z.infer<typeof tax> {
  return {
    type: words.withWord(txi.requiredText(1), words.taxTypes),
    amount: txi.decimal(2),
    percentage: txi.decimal(3),
    jurisdictionQualifier: txi.text(4),
    jurisdiction: txi.text(5),
    exempt: txi.text(6),
    relationship: txi.text(7),
    basis: txi.decimal(8),
    taxId: txi.text(9),
    line: txi.text(10),
  };
}

/** CTP. CTP05 is a composite whose first component is the unit. */
export function priceFromCTP(ctp: SegmentReader): z.infer<typeof price> {
  const multiplier = ctp.text(6);
  return {
    classOfTrade: ctp.text(1),
    kind: coded(ctp.text(2), words.priceKinds),
    price: ctp.decimal(3),
    quantity: ctp.decimal(4),
    unit: ctp.text(5, 1),
    multiplier: multiplier === undefined ? undefined : { qualifier: multiplier, value: ctp.decimal(7) },
    amount: ctp.decimal(8),
    basis: ctp.text(9),
    condition: ctp.text(10),
    multiplePriceQuantity: ctp.decimal(11),
  };
}

/** AMT; nothing where AMT02 is no number. */
export function amountFromAMT(amt: SegmentReader): z.infer<typeof monetaryAmount>[] {
  const amount = amt.decimal(2);
  if (amount === undefined) return [];
  return [{ ...qualified(amt.requiredText(1), words.amountQualifiers), amount, creditOrDebit: amt.text(3) }];
}

/** SDQ: one unit and kind of location id, then pairs of location and quantity from SDQ03 on. */
export function quantitiesFromSDQ(sdq: SegmentReader): z.infer<typeof quantityByLocation>[] {
  const unit = sdq.requiredText(1);
  const idQualifier = sdq.text(2);
  const sublocation = sdq.text(23);
  return range(3, 21, 2).flatMap((n) => {
    const quantity = sdq.decimal(n + 1);
    if (quantity === undefined) return [];
    return [{ idQualifier, location: sdq.text(n) ?? "", quantity, unit, sublocation }];
  });
}

/** SCH: SCH05 to 07 is the first date, SCH08 to 10 the second. Nothing where SCH01 is no number. */
export function scheduleFromSCH(sch: SegmentReader): z.infer<typeof schedule>[] {
  const quantity = sch.decimal(1);
  if (quantity === undefined) return [];
  const role = sch.text(3);
  return [
    {
      quantity,
      unit: sch.requiredText(2),
      party: role === undefined ? undefined : { role, word: words.wordOf(role, words.partyRoles), name: sch.text(4) },
      dates: [5, 8].flatMap((n) => {
        const qualifier = sch.text(n);
        if (qualifier === undefined) return [];
        return [{ ...qualified(qualifier, words.dateQualifiers), date: sch.date(n + 1), time: sch.time(n + 2) }];
      }),
      reference: sch.text(11),
      line: sch.text(12),
    },
  ];
}

export function packagingFromPO4(po4: SegmentReader): z.infer<typeof packaging> {
  const measure = (value: string | undefined, unit: number) =>
    value === undefined ? undefined : { value, unit: po4.text(unit) };
  return {
    pack: po4.decimal(1),
    innerPack: po4.decimal(14),
    size: measure(po4.decimal(2), 3),
    code: po4.text(4),
    weightQualifier: po4.text(5),
    grossWeight: measure(po4.decimal(6), 7),
    grossVolume: measure(po4.decimal(8), 9),
    length: po4.decimal(10),
    width: po4.decimal(11),
    height: po4.decimal(12),
    dimensionUnit: po4.text(13),
  };
}

/** A code with our word, or nothing where the element is empty. */
export function coded(code: string | undefined, table: Readonly<Record<string, string>>): Coded | undefined {
  return code === undefined ? undefined : words.withWord(code, table);
}

function qualified(
  qualifier: string,
  table: Readonly<Record<string, string>>,
): { qualifier: string; word: string | undefined } {
  return { qualifier, word: words.wordOf(qualifier, table) };
}

/** Pairs of qualifier and value that follow each other, the first at `from`, the last at `to`; half a pair stays unread. */
function pairs(segment: SegmentReader, from: number, to: number): [qualifier: string, value: string][] {
  return range(from, to, 2).flatMap((n) => {
    if (segment.isEmpty(n) || segment.isEmpty(n + 1)) return [];
    return [[segment.text(n) as string, segment.text(n + 1) as string]];
  });
}

function present(...values: (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}
