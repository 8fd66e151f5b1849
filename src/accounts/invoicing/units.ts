import { Big } from "big.js";
import type { Order, OrderLine } from "../../documents/order.ts";
import { moneyText } from "../../ledger/amount.ts";
import type { BillableLine, BilledShipment } from "./facts.ts";

/** What of one order line, of one shipment and for one place, is billed as one line. */
export interface BilledUnit {
  readonly order: Order;
  readonly position: number;
  readonly line: OrderLine;
  readonly shipment: BilledShipment;
  readonly shipTo: BillableLine["shipTo"];
  readonly store: BillableLine["store"];
  /** As it is written: above zero, but for what is taken off the next invoice. */
  readonly quantity: string;
  readonly unit: string;
  readonly price: string;
  readonly priceBasis: { code: string } | undefined;
  /** Of the facts. */
  readonly ids: readonly string[];
  /** What of the order's line it is: how many came before, and how many; below zero where it is given back. */
  readonly spans: readonly Span[];
  readonly sign: 1 | -1;
}

/** A piece of an order's line, counted in the order in which it is billed. */
export interface Span {
  readonly before: Big;
  readonly quantity: Big;
}

/** A line that can be billed, and its price. */
export interface PricedLine {
  readonly line: BillableLine;
  readonly price: string;
  readonly basis: string | undefined;
}

/** The same in the order in which the lines of orders are billed. */
export interface CountedLine extends PricedLine {
  readonly before: Big;
}

/** Priced lines, each with how many of its order's line were billed before it. */
export function counted(lines: readonly PricedLine[]): CountedLine[] {
  const billed = new Map<Order, Map<number, Big>>();
  return lines.map((one) => {
    const { order, position, quantity, billedBefore, givenBack } = one.line;
    const own = billed.get(order) ?? new Map<number, Big>();
    billed.set(order, own);
    // What is given back was billed, whether or not anybody says how many.
    const first = new Big(billedBefore ?? (givenBack ? new Big(quantity).abs() : 0));
    const before = own.get(position) ?? first;
    own.set(position, before.plus(quantity));
    return { ...one, before };
  });
}

/**
 * What of a fixed amount of an order's line is billed with a unit: in proportion to the ordered quantity, and so that all that is ever
 * billed of the line adds up to the cent. What is beyond the ordered quantity adds nothing.
 */
export function shareOf(amount: string, { line, spans, sign }: BilledUnit): string {
  const ordered = new Big(line.quantity ?? 0);
  if (ordered.lte(0)) return moneyText(new Big(amount));
  const until = (count: Big) => {
    const within = count.lt(0) ? new Big(0) : count.gt(ordered) ? ordered : count;
    return new Big(moneyText(new Big(amount).times(within).div(ordered)));
  };
  const share = spans.reduce(
    (sum, { before, quantity }) => sum.plus(until(before.plus(quantity))).minus(until(before)),
    new Big(0),
  );
  return moneyText(share.times(sign));
}

/** Lines put together that were shipped in many packages, in the order of the first of each. */
export function unitsOf(lines: readonly CountedLine[], sign: 1 | -1): BilledUnit[] {
  const together = new Map<string, { first: PricedLine; quantity: Big; ids: string[]; spans: Span[] }>();
  const numbers = new Map<object, number>();
  const numberOf = (object: object) => {
    const number = numbers.get(object) ?? numbers.size;
    numbers.set(object, number);
    return number;
  };
  for (const priced of lines) {
    const { line, price, basis } = priced;
    const { order, position, shipment, shipTo, store, unit, quantity, id } = line;
    const goesBack = quantity.startsWith("-");
    const name = `${numberOf(order)} ${position} ${numberOf(shipment)} ${goesBack} ${unit} ${price} ${basis ?? ""} ${shipTo?.id ?? ""} ${store?.id ?? ""} ${store?.sublocation ?? ""}`;
    const earlier = together.get(name);
    const span = { before: priced.before, quantity: new Big(quantity) };
    if (earlier) {
      earlier.quantity = earlier.quantity.plus(quantity);
      earlier.ids.push(id);
      earlier.spans.push(span);
    } else {
      together.set(name, { first: priced, quantity: new Big(quantity), ids: [id], spans: [span] });
    }
  }
  return [...together.values()].map(({ first: { line, price, basis }, quantity, ids, spans }) => ({
    order: line.order,
    position: line.position,
    line: line.order.lines[line.position - 1] as OrderLine,
    shipment: line.shipment,
    shipTo: line.shipTo,
    store: line.store,
    quantity: quantity.times(sign).toFixed(),
    unit: line.unit,
    price,
    priceBasis: basis === undefined ? undefined : { code: basis },
    ids,
    spans,
    sign,
  }));
}
