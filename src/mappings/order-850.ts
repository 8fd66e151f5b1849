import type { Usage } from "../documents/basic-components.ts";
import * as words from "../documents/code-words.ts";
import type { Order, OrderLine } from "../documents/order.ts";
import type { TransactionSet } from "../x12/index.ts";
import { unlessEmpty, withoutAbsent } from "./absent.ts";
import {
  allowanceOrChargeFromSAC,
  amountFromAMT,
  carriageFromTD5,
  coded,
  contactFromPER,
  dateFromDTM,
  descriptionFromPID,
  freightTermsFromFOB,
  ladingFromTD1,
  noteFromN9,
  notesFromFreeText,
  packagingFromPO4,
  partyFromN1,
  priceFromCTP,
  productIds,
  quantitiesFromSDQ,
  referenceFromREF,
  scheduleFromSCH,
  taxFromTXI,
  termsFromITD,
} from "./aggregates-from-segments.ts";
import { type TrackedLoop, trackedSet } from "./tracked-set.ts";
import { x12RecordOf } from "./x12-record-of.ts";

/** What is known of a set beside its content. */
export interface SetFacts {
  /** Id of the account that it came from. */
  readonly account: string;
  readonly usage: Usage;
}

/**
 * An 850 purchase order (004010, 004030, 005010) as an order. The set must have been validated: the mapping then never
 * throws, and every value of the set is either in the order or listed in `x12.unmapped`.
 */
export function orderFrom850(set: TransactionSet, facts: SetFacts): Order {
  const tracked = trackedSet(set);
  const heading = tracked.root;
  const beg = heading.first("BEG");
  if (!beg) throw new Error("An 850 without BEG: only sets that were validated can be mapped.");
  const cur = heading.first("CUR");

  const order: Order = {
    documentType: "order",
    account: facts.account,
    usage: facts.usage,
    number: beg.requiredText(3),
    release: beg.text(4),
    date: beg.requiredDate(5),
    purpose: words.withWord(beg.requiredText(1), words.purposes),
    orderType: words.withWord(beg.requiredText(2), words.orderTypes),
    contract: beg.text(6),
    acknowledgmentType: coded(beg.text(7), words.acknowledgmentTypes),
    invoiceType: coded(beg.text(8), words.invoiceTypes),
    currency: cur?.text(2),
    currencyParty: cur?.text(1),
    exchangeRate: cur?.decimal(3),
    references: heading.all("REF").map(referenceFromREF),
    contacts: unlessEmpty(heading.all("PER").map(contactFromPER)),
    parties: heading.loops("N1").map(partyFromN1),
    dates: heading.all("DTM").map(dateFromDTM),
    salesRequirements: unlessEmpty(
      heading.all("CSH").flatMap((csh) => coded(csh.text(1), words.salesRequirements) ?? []),
    ),
    terms: unlessEmpty(heading.all("ITD").map(termsFromITD)),
    freightTerms: unlessEmpty(heading.all("FOB").map(freightTermsFromFOB)),
    carriage: unlessEmpty(heading.all("TD5").map(carriageFromTD5)),
    lading: unlessEmpty(heading.all("TD1").map(ladingFromTD1)),
    prices: unlessEmpty(heading.all("CTP").map(priceFromCTP)),
    allowancesAndCharges: unlessEmpty(heading.loops("SAC").map((loop) => allowanceOrChargeFromSAC(loop.trigger))),
    taxes: unlessEmpty(heading.all("TXI").map(taxFromTXI)),
    notes: unlessEmpty(heading.loops("N9").map(noteFromN9)),
    amounts: unlessEmpty(heading.loops("AMT").flatMap((loop) => amountFromAMT(loop.trigger))),
    lines: heading.loops("PO1").map(orderLine),
    totals: heading.loops("CTT").map(totals)[0],
  };
  return { ...withoutAbsent(order), x12: x12RecordOf(set, tracked) };
}

/** The PO1 loop. */
function orderLine(loop: TrackedLoop): OrderLine {
  const po1 = loop.trigger;
  return {
    line: po1.text(1),
    quantity: po1.decimal(2),
    unit: po1.text(3),
    price: po1.decimal(4),
    priceBasis: coded(po1.text(5), words.priceBases),
    productIds: productIds(po1, 6, 24),
    descriptions: loop.loops("PID").map((inner) => descriptionFromPID(inner.trigger)),
    prices: unlessEmpty(loop.loops("CTP").map((inner) => priceFromCTP(inner.trigger))),
    packaging: unlessEmpty(loop.all("PO4").map(packagingFromPO4)),
    references: unlessEmpty(loop.all("REF").map(referenceFromREF)),
    contacts: unlessEmpty(loop.all("PER").map(contactFromPER)),
    allowancesAndCharges: unlessEmpty(loop.loops("SAC").map((inner) => allowanceOrChargeFromSAC(inner.trigger))),
    terms: unlessEmpty(loop.all("ITD").map(termsFromITD)),
    freightTerms: unlessEmpty(loop.all("FOB").map(freightTermsFromFOB)),
    quantitiesByLocation: unlessEmpty(loop.all("SDQ").flatMap(quantitiesFromSDQ)),
    dates: unlessEmpty(loop.all("DTM").map(dateFromDTM)),
    lading: unlessEmpty(loop.all("TD1").map(ladingFromTD1)),
    carriage: unlessEmpty(loop.all("TD5").map(carriageFromTD5)),
    taxes: unlessEmpty(loop.all("TXI").map(taxFromTXI)),
    schedules: unlessEmpty(loop.loops("SCH").flatMap((inner) => scheduleFromSCH(inner.trigger))),
    notes: unlessEmpty([...notesFromFreeText(loop), ...loop.loops("N9").map(noteFromN9)]),
    parties: unlessEmpty(loop.loops("N1").map(partyFromN1)),
    sublines: unlessEmpty(loop.loops("SLN").map(orderSubline)),
    amounts: unlessEmpty(loop.loops("AMT").flatMap((inner) => amountFromAMT(inner.trigger))),
  };
}

/** The SLN loop. SLN05 is a composite whose first component is the unit. */
function orderSubline(loop: TrackedLoop): NonNullable<OrderLine["sublines"]>[number] {
  const sln = loop.trigger;
  return {
    line: sln.requiredText(1),
    parent: sln.text(2),
    relationship: sln.text(3),
    quantity: sln.decimal(4),
    unit: sln.text(5, 1),
    price: sln.decimal(6),
    priceBasis: sln.text(7),
    priceRelationship: sln.text(8),
    productIds: unlessEmpty(productIds(sln, 9, 27)),
    descriptions: unlessEmpty(loop.all("PID").map(descriptionFromPID)),
    dates: unlessEmpty(loop.all("DTM").map(dateFromDTM)),
  };
}

/** The CTT loop. */
function totals(loop: TrackedLoop): NonNullable<Order["totals"]> {
  const ctt = loop.trigger;
  return {
    lineCount: ctt.count(1),
    hashTotal: ctt.decimal(2),
    weight: ctt.decimal(3),
    weightUnit: ctt.text(4),
    volume: ctt.decimal(5),
    volumeUnit: ctt.text(6),
    description: ctt.text(7),
    amounts: unlessEmpty(loop.all("AMT").flatMap(amountFromAMT)),
  };
}
