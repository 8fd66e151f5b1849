import { Big } from "big.js";
import type { Party, QualifiedDate } from "../documents/aggregate-components.ts";
import type { Order, OrderLine } from "../documents/order.ts";
import { decimalText, sumOf } from "./amount.ts";
import { type LedgerLine, type LedgerLocation, ledgerLineKey } from "./line.ts";

/*
 * An order line may say in one breath what many stores get (SDQ). The ledger counts by store, so it takes such lines apart; some
 * accounts want our answers in the short form again.
 */

/** Days that say when the buyer wants the goods, the most telling first (X12 element 374). */
const requestedDates = ["002", "106", "010", "118"] as const;

/**
 * The lines of the ledger for an order: one for each order line and place. What a line orders beyond its quantities by
 * location is a ledger line without a place, so that no piece is lost. `assembleOrder` is the way back.
 */
export function explodeOrder(order: Order): LedgerLine[] {
  const shipTo = partyPlace(order.parties, "order");
  return order.lines.flatMap((line, index) => explodeLine(order, line, index + 1, shipTo));
}

/** The buyer's number of an order line; where he gave none, its position, counted from 1. */
export function orderLineNumber(line: { line?: string | undefined }, position: number): string {
  return line.line ?? String(position);
}

function explodeLine(
  order: Order,
  line: OrderLine,
  position: number,
  orderShipTo: LedgerLocation | undefined,
): LedgerLine[] {
  const shipTo = partyPlace(line.parties, "line") ?? orderShipTo;
  const common = {
    position,
    line: orderLineNumber(line, position),
    productIds: line.productIds,
    ...(line.price !== undefined && { price: line.price }),
    ...(line.priceBasis !== undefined && { priceBasis: line.priceBasis.code }),
    ...(order.currency !== undefined && { currency: order.currency }),
    ...lineDates(order, line),
    ...(line.warranty !== undefined && { warranty: line.warranty }),
  };
  const whole = (quantity: string): LedgerLine => ({
    ...common,
    key: ledgerLineKey(position, shipTo),
    ...(shipTo && { location: shipTo }),
    quantity,
    ...(line.unit !== undefined && { unit: line.unit }),
  });
  const shares = line.quantitiesByLocation ?? [];
  if (shares.length === 0) return [whole(line.quantity ?? "0")];

  const byPlace = new Map<string, LedgerLine>();
  for (const share of shares) {
    const location: LedgerLocation = {
      ...(share.idQualifier !== undefined && { qualifier: share.idQualifier }),
      id: share.location,
      ...(share.sublocation !== undefined && { sublocation: share.sublocation }),
      source: "line-quantities",
    };
    const key = ledgerLineKey(position, location);
    const earlier = byPlace.get(key);
    byPlace.set(key, {
      ...common,
      key,
      location,
      ...(shipTo && { shipTo: place(shipTo) }),
      quantity: earlier ? decimalText(new Big(earlier.quantity).plus(share.quantity)) : share.quantity,
      unit: share.unit,
    });
  }
  const rest = restOf(line);
  if (rest === undefined) return [...byPlace.values()];
  const { location: _, ...placeless } = whole(rest);
  return [...byPlace.values(), { ...placeless, key: ledgerLineKey(position) }];
}

/** What a line orders for no place: its quantity less that of the places, where they are in the same unit and less. */
function restOf(line: OrderLine): string | undefined {
  const shares = line.quantitiesByLocation ?? [];
  if (line.quantity === undefined || shares.some(({ unit }) => unit !== line.unit)) return undefined;
  const rest = shares.reduce((left, { quantity }) => left.minus(quantity), new Big(line.quantity));
  return rest.gt(0) ? decimalText(rest) : undefined;
}

/**
 * The order with the quantities of its ledger lines: those of many stores stand in quantities by location again (SDQ). Lines
 * of the order that no ledger line speaks of stay as they are. For an order whose places add up, it undoes `explodeOrder`.
 */
export function assembleOrder(order: Order, lines: readonly LedgerLine[]): Order {
  const byPosition = new Map<number, LedgerLine[]>();
  for (const line of lines) byPosition.set(line.position, [...(byPosition.get(line.position) ?? []), line]);
  return {
    ...order,
    lines: order.lines.map((line, index) => {
      const parts = byPosition.get(index + 1);
      if (parts === undefined) return line;
      const { quantity: _, quantitiesByLocation: __, ...rest } = line;
      const assembled = assembleQuantities(parts);
      // Parts in another unit than the line's say nothing of the line's own quantity, and a line without one keeps none.
      const ownUnit = parts.every(({ unit }) => unit === line.unit);
      const counts = ownUnit && line.quantity !== undefined && !new Big(line.quantity).eq(assembled.quantity);
      const quantity = counts ? assembled.quantity : line.quantity;
      return {
        ...rest,
        ...(quantity !== undefined && { quantity }),
        ...(assembled.quantitiesByLocation && { quantitiesByLocation: assembled.quantitiesByLocation }),
      };
    }),
  };
}

/** What one order line orders in all, from its parts, and the quantities by location (SDQ) of those that go to stores. */
export function assembleQuantities(
  parts: readonly Pick<LedgerLine, "quantity" | "unit" | "location">[],
): Pick<OrderLine, "quantitiesByLocation"> & { quantity: string } {
  const quantitiesByLocation = parts.flatMap(({ location, quantity, unit }) =>
    location?.source !== "line-quantities" || unit === undefined
      ? []
      : [
          {
            ...(location.qualifier !== undefined && { idQualifier: location.qualifier }),
            location: location.id,
            quantity,
            unit,
            ...(location.sublocation !== undefined && { sublocation: location.sublocation }),
          },
        ],
  );
  return {
    quantity: decimalText(sumOf(parts.map(({ quantity }) => quantity))),
    ...(quantitiesByLocation.length > 0 && { quantitiesByLocation }),
  };
}

/** The party that the goods are sent to (N1*ST), as a place; nothing where it has no id. */
export function partyPlace(
  parties: readonly Party[] | undefined,
  source: LedgerLocation["source"],
): LedgerLocation | undefined {
  const party = parties?.find(({ role, id }) => role === "ST" && id !== undefined);
  if (party?.id === undefined) return undefined;
  return { ...(party.idQualifier !== undefined && { qualifier: party.idQualifier }), id: party.id, source };
}

function place({ qualifier, id }: LedgerLocation): { qualifier?: string; id: string } {
  return { ...(qualifier !== undefined && { qualifier }), id };
}

function lineDates(
  order: Order,
  line: OrderLine,
): Pick<LedgerLine, "requested" | "shipNotBefore" | "shipNoLater" | "cancelAfter"> {
  const day = (qualifier: string) => dateOf(line.dates, qualifier) ?? dateOf(order.dates, qualifier);
  const scheduled = (line.schedules ?? []).flatMap(({ dates }) => dates.flatMap(({ date }) => date ?? [])).sort()[0];
  const requested =
    firstDate(line.dates, requestedDates) ?? scheduled ?? firstDate(order.dates, requestedDates) ?? undefined;
  const [notBefore, noLater, cancelAfter] = [day("037"), day("038"), day("001")];
  return {
    ...(requested !== undefined && { requested }),
    ...(notBefore !== undefined && { shipNotBefore: notBefore }),
    ...(noLater !== undefined && { shipNoLater: noLater }),
    ...(cancelAfter !== undefined && { cancelAfter }),
  };
}

/** The date of a kind (X12 element 374) among dates. */
export function dateOf(dates: readonly QualifiedDate[] | undefined, qualifier: string): string | undefined {
  return dates?.find((date) => date.qualifier === qualifier && date.date !== undefined)?.date;
}

function firstDate(dates: readonly QualifiedDate[] | undefined, qualifiers: readonly string[]): string | undefined {
  for (const qualifier of qualifiers) {
    const date = dateOf(dates, qualifier);
    if (date !== undefined) return date;
  }
  return undefined;
}
