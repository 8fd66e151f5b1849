import { Big } from "big.js";
import type { Party } from "../documents/aggregate-components.ts";
import { partyRoles, withWord } from "../documents/code-words.ts";
import type { Order, OrderLine } from "../documents/order.ts";
import { apportion, decimalText, moneyText, sumOf } from "./amount.ts";
import { orderLineNumber } from "./explode.ts";
import { mergedPlaces, placeKey } from "./store-places.ts";

/*
 * An order as the supplier's systems may want it: a line, or a document, for each store. Whoever works on the parts must never be
 * told more or less than was ordered, so what can't be shared out among stores without guessing is not taken apart.
 */

/** An order that was taken apart, or why it can't be. */
export type ByStore<What> = { readonly apart: What } | { readonly reason: string };

/** Whether any line of an order is for stores that it names itself (SDQ). */
export function namesStores(order: Order): boolean {
  return order.lines.some(({ quantitiesByLocation = [] }) => quantitiesByLocation.length > 0);
}

/**
 * The order with a line for each store, which keeps the buyer's line number, and names its store as its one quantity by
 * location. What a line orders for no store follows the stores' lines. Sums of a line are shared out by quantity, to the cent.
 */
export function orderByLine(order: Order): ByStore<Order> {
  const lines: OrderLine[] = [];
  for (const [index, line] of order.lines.entries()) {
    const fault = inseparable(line);
    if (fault !== null) return { reason: `Line ${orderLineNumber(line, index + 1)} ${fault}.` };
    lines.push(...linesOf({ ...line, line: orderLineNumber(line, index + 1) }, line));
  }
  return { apart: { ...order, lines } };
}

/**
 * The order as a document for each store, and one for what is for none. The store is its ship-to; where the order has a
 * ship-to of its own (the warehouse that the goods go through), that stays, and the store is the mark-for party. What is said of
 * the order as a whole in sums (totals, allowances and charges, taxes) stays with the document that has all of it, as does its X12.
 *
 * @param document id of that document
 */
export function orderByDocument(order: Order, document: string): ByStore<Order[]> {
  const byLine = orderByLine(order);
  if ("reason" in byLine) return byLine;
  const places = new Map<string, { destination: Destination | undefined; lines: OrderLine[] }>();
  for (const line of byLine.apart.lines) {
    const destination = destinationOf(line);
    const key = destination ? placeKey(destination.party) : "";
    const place = places.get(key);
    if (place) place.lines.push(line);
    else places.set(key, { destination, lines: [line] });
  }
  const { x12: _, totals: __, amounts: ___, allowancesAndCharges: ____, taxes: _____, ...heading } = order;
  return {
    apart: [...places.values()].map(({ destination, lines }, index) => ({
      ...heading,
      parties: destination ? withDestination(order.parties, destination) : order.parties,
      lines,
      part: {
        document,
        position: index + 1,
        count: places.size,
        ...(destination?.party.id !== undefined && { store: destination.party.id }),
      },
    })),
  };
}

/** Who gets a line: a store of SDQ, or the line's own ship-to. */
interface Destination {
  readonly party: Party;
  readonly isOwnShipTo: boolean;
}

function destinationOf(line: OrderLine): Destination | undefined {
  const [store] = line.quantitiesByLocation ?? [];
  if (store) {
    const { idQualifier, location: id } = store;
    return { party: { role: shipTo, ...(idQualifier !== undefined && { idQualifier }), id }, isOwnShipTo: false };
  }
  const party = line.parties?.find(({ role, id }) => role === shipTo && id !== undefined);
  return party && { party, isOwnShipTo: true };
}

/** X12 element 98. */
const shipTo = "ST";
const markFor = "Z7";

function withDestination(parties: readonly Party[], { party, isOwnShipTo }: Destination): Party[] {
  const hasShipTo = parties.some(({ role }) => role === shipTo);
  if (hasShipTo && !isOwnShipTo) return [...parties, { ...party, ...roleOf(markFor) }];
  return [...parties.filter(({ role }) => role !== shipTo), { ...party, ...roleOf(shipTo) }];
}

function roleOf(role: string): Pick<Party, "role" | "word"> {
  const { code, word } = withWord(role, partyRoles);
  return { role: code, ...(word !== undefined && { word }) };
}

/** Why a line can't be told store by store; null where it can, or has none. */
function inseparable(line: OrderLine): string | null {
  const stores = line.quantitiesByLocation ?? [];
  if (stores.length === 0) return null;
  if (stores.some(({ unit }) => unit !== line.unit))
    return "counts its stores' quantities in another unit than its own";
  if (stores.some(({ quantity }) => new Big(quantity).lt(0))) return "has a store with a quantity below zero";
  if (line.quantity !== undefined && sumOf(stores.map(({ quantity }) => quantity)).gt(line.quantity))
    return "orders more for its stores than in all";
  if ((line.schedules ?? []).length > 0) return "has a schedule that does not say which store gets what when";
  return null;
}

function linesOf(numbered: OrderLine, line: OrderLine): OrderLine[] {
  const stores = mergedPlaces(line.quantitiesByLocation ?? []);
  if (stores.length === 0) return [line];
  const sum = sumOf(stores.map(({ quantity }) => quantity));
  const rest = line.quantity === undefined ? new Big(0) : new Big(line.quantity).minus(sum);
  const { quantitiesByLocation: _, ...common } = numbered;
  const parts: OrderLine[] = stores.map((store) => ({
    ...common,
    quantity: store.quantity,
    quantitiesByLocation: [store],
  }));
  if (rest.gt(0)) parts.push({ ...common, quantity: decimalText(rest) });
  return withSumsShared(parts);
}

/** What a line says in sums of money is each time said of the whole line: its parts share it by quantity. */
function withSumsShared(parts: readonly OrderLine[]): OrderLine[] {
  const weights = parts.map(({ quantity = "0" }) => quantity);
  const shares = (amount: string) => apportion(amount, weights).map(moneyOrFiner);
  const shared = <One extends { amount?: string | undefined }>(ones: readonly One[]): One[][] => {
    const byOne = ones.map(({ amount }) => (amount === undefined ? undefined : shares(amount)));
    return parts.map((_, part) =>
      ones.map((one, index) => {
        const amount = byOne[index]?.[part];
        return amount === undefined ? one : { ...one, amount };
      }),
    );
  };
  const [{ allowancesAndCharges, taxes, amounts }] = parts as [OrderLine];
  const allowances = allowancesAndCharges && shared(allowancesAndCharges);
  const taxed = taxes && shared(taxes);
  const summed = amounts && (shared(amounts) as NonNullable<OrderLine["amounts"]>[]);
  return parts.map((part, index) => ({
    ...part,
    ...(allowances?.[index] && { allowancesAndCharges: allowances[index] }),
    ...(taxed?.[index] && { taxes: taxed[index] }),
    ...(summed?.[index] && { amounts: summed[index] }),
  }));
}

/** An amount that came with more decimals than the cent keeps them. */
function moneyOrFiner(amount: Big): string {
  const text = moneyText(amount);
  return new Big(text).eq(amount) ? text : decimalText(amount);
}
