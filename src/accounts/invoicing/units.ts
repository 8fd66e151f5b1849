import { Big } from "big.js";
import type { Order, OrderLine } from "../../documents/order.ts";
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
}

/** A line that can be billed, and its price. */
export interface PricedLine {
  readonly line: BillableLine;
  readonly price: string;
  readonly basis: string | undefined;
}

/** Lines put together that were shipped in many packages, in the order of the first of each. */
export function unitsOf(lines: readonly PricedLine[], sign: 1 | -1): BilledUnit[] {
  const together = new Map<string, { first: PricedLine; quantity: Big; ids: string[] }>();
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
    if (earlier) {
      earlier.quantity = earlier.quantity.plus(quantity);
      earlier.ids.push(id);
    } else {
      together.set(name, { first: priced, quantity: new Big(quantity), ids: [id] });
    }
  }
  return [...together.values()].map(({ first: { line, price, basis }, quantity, ids }) => ({
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
  }));
}
