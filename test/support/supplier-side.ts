import { Big } from "big.js";
import {
  completeInvoice,
  completeShipment,
  type Invoice,
  type InvoiceLine,
  type Order,
  type OrderLine,
  type Shipment,
  type ShipmentPack,
  ssccFrom,
} from "../../src/documents/index.ts";

/** So many of an order line, for one of its stores where it has any: what is shipped or billed at once. */
export interface Part {
  readonly order: Order;
  readonly line: OrderLine;
  readonly store?: string;
  readonly quantity: number;
}

/** All of a line, a part for each of its stores. @param share how much of each, in whole pieces */
export function partsOf(order: Order, line: OrderLine, share = 1): Part[] {
  const places = line.quantitiesByLocation ?? [];
  if (places.length === 0) return [{ order, line, quantity: Math.floor(Number(line.quantity) * share) }];
  return places.map(({ location, quantity }) => ({
    order,
    line,
    store: location,
    quantity: Math.floor(Number(quantity) * share),
  }));
}

/** What is left of these parts when those are gone. */
export function restOf(all: readonly Part[], gone: readonly Part[]): Part[] {
  return all.flatMap((part) => {
    const same = (other: Part) =>
      other.order.number === part.order.number && other.line.line === part.line.line && other.store === part.store;
    const quantity = part.quantity - gone.filter(same).reduce((sum, one) => sum + one.quantity, 0);
    return quantity > 0 ? [{ ...part, quantity }] : [];
  });
}

const companyPrefix = "0614141";
const supplierParty = { role: "SF", name: "CEDAR RIVER SUPPLY", idQualifier: "92", id: "482136" };

/** What a warehouse hands in: a carton with a container code for each store and line. */
export class Warehouse {
  #cartons = 0;

  shipmentOf(number: string, date: string, parts: readonly Part[]): Shipment {
    const [first] = parts as [Part];
    const orders = [...new Set(parts.map(({ order }) => order))];
    return completeShipment({
      documentType: "shipment",
      account: first.order.account,
      usage: first.order.usage,
      purpose: { code: "00" },
      number,
      date,
      time: "1530",
      shipmentType: { code: "AS" },
      lading: [
        { packaging: "CTN25", quantity: String(parts.length), weightQualifier: "G", weight: "880", weightUnit: "LB" },
      ],
      carriage: [{ carrierIdQualifier: "2", carrierId: "LKFX", method: { code: "M" }, routing: "LAKEFRONT FREIGHT" }],
      billOfLading: `BOL${number}`,
      carrierReference: `PRO${number}`,
      dates: [{ qualifier: "011", date }],
      parties: [supplierParty, ...first.order.parties.filter(({ role }) => role === "ST")],
      orders: orders.map((order) => ({
        order: { number: order.number, date: order.date },
        references: order.references,
        parties: order.parties.filter(({ role }) => role === "BY"),
        packs: parts.filter((part) => part.order === order).map((part) => this.#carton(part)),
      })),
    });
  }

  #carton({ line, store, quantity }: Part): ShipmentPack {
    return {
      sscc: ssccFrom(0, companyPrefix, ++this.#cartons),
      ...(store !== undefined && { parties: [{ role: "Z7", idQualifier: "92", id: store }] }),
      items: [
        {
          line: line.line as string,
          productIds: line.productIds,
          quantity: String(quantity),
          unit: line.unit as string,
        },
      ],
    };
  }
}

/** What an ERP bills for: one order, or several as a consolidated invoice (BIG07 CI). */
export function invoiceOf(number: string, date: string, parts: readonly Part[], more: Partial<Invoice> = {}): Invoice {
  const [first] = parts as [Part];
  const orders = [...new Set(parts.map(({ order }) => order))];
  const consolidated = orders.length > 1;
  const lines = [...new Set(parts.map(({ line }) => line))];
  return completeInvoice({
    documentType: "invoice",
    account: first.order.account,
    usage: first.order.usage,
    number,
    date,
    ...(consolidated ? { kind: { code: "CI" } } : { order: { number: first.order.number, date: first.order.date } }),
    currency: "USD",
    currencyParty: "SE",
    references: first.order.references,
    parties: [
      { role: "RI", name: "CEDAR RIVER SUPPLY", idQualifier: "92", id: "482136" },
      ...first.order.parties.filter(({ role }) => role === "ST"),
    ],
    ...(first.order.terms && { terms: first.order.terms }),
    lines: lines.map((line) =>
      billedLine(
        line,
        parts.filter((part) => part.line === line),
        consolidated,
      ),
    ),
    ...more,
  });
}

function billedLine(line: OrderLine, parts: readonly Part[], consolidated: boolean): InvoiceLine {
  const [{ order }] = parts as [Part];
  const shares = parts.flatMap(({ store, quantity }) =>
    store === undefined
      ? []
      : [{ idQualifier: "92", location: store, quantity: String(quantity), unit: line.unit as string }],
  );
  return {
    line: line.line as string,
    ...(consolidated && { order: { number: order.number, date: order.date } }),
    quantity: parts.reduce((sum, { quantity }) => sum.plus(quantity), new Big(0)).toFixed(),
    unit: line.unit as string,
    price: line.price as string,
    ...(line.priceBasis && { priceBasis: line.priceBasis }),
    productIds: line.productIds,
    descriptions: line.descriptions,
    ...(shares.length > 0 && { quantitiesByLocation: shares }),
  };
}
