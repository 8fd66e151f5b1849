import type { LineAcknowledgment, OrderResponse, OrderResponseLine } from "../documents/order-response.ts";
import type { OutSegment } from "../x12/index.ts";
import { toDTM, toN1, toN9, toPairs, toPER, toREF } from "./segments-from-aggregates.ts";
import { realFrom, x12DateFrom } from "./x12-values.ts";

/**
 * An order response as an 855: all segments between ST and SE, in the order of the standard.
 *
 * @param version version of the transaction set, "004010" to "005010"
 */
export function orderResponseTo855(response: OrderResponse, version: string): OutSegment[] {
  const { order, currency, references = [], contacts = [], dates = [], notes = [], parties = [], lines } = response;
  return [
    [
      "BAK",
      response.purpose.code,
      response.acknowledgmentType.code,
      order.number,
      x12DateFrom(order.date),
      order.release ?? "",
      "",
      order.contract ?? "",
      response.number ?? "",
      x12DateFrom(response.date),
    ],
    ...(currency === undefined ? [] : [["CUR", "SE", currency] as const]),
    ...references.map(toREF),
    ...contacts.flatMap(toPER),
    ...dates.map(toDTM),
    ...notes.flatMap((note) => toN9(note, version)),
    ...parties.flatMap(toN1),
    ...lines.flatMap((line) => toPO1(line, version)),
    ...(lines.length === 0 ? [] : [toCTT(response)]),
  ];
}

/** The PO1 loop: what was ordered, and in ACK what becomes of it. */
function toPO1(line: OrderResponseLine, version: string): OutSegment[] {
  const { quantity, unit = "", price, priceBasis, productIds, dates = [], acknowledgments, notes = [] } = line;
  return [
    ["PO1", line.line ?? "", real(quantity), unit, real(price), priceBasis?.code ?? "", ...toPairs(productIds)],
    ...dates.map(toDTM),
    ...acknowledgments.flatMap(toACK),
    ...notes.flatMap((note) => toN9(note, version)),
  ];
}

/** ACK has a place for a date but none for a time or a period; with those the date is said by a DTM of the ACK loop too. */
function toACK({
  status,
  quantity,
  unit = "",
  date,
  reference = "",
  substitutes = [],
}: LineAcknowledgment): OutSegment[] {
  const day = date?.date;
  const ack: OutSegment = [
    "ACK",
    status,
    real(quantity),
    unit,
    day === undefined ? "" : (date?.qualifier ?? ""),
    day === undefined ? "" : x12DateFrom(day),
    reference,
    ...toPairs(substitutes),
  ];
  return date && (day === undefined || date.time !== undefined || date.period) ? [ack, toDTM(date)] : [ack];
}

/** CTT01 is the number of PO1 segments. */
function toCTT({ lines, totals }: OrderResponse): OutSegment {
  return ["CTT", String(lines.length), real(totals?.hashTotal)];
}

function real(decimal: string | undefined): string {
  return decimal === undefined ? "" : realFrom(decimal);
}
