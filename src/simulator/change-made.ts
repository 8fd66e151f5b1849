import { Big } from "big.js";
import type { AccountGuide } from "../accounts/index.ts";
import type { OrderChange, OrderChangeLine, OrderLine } from "../documents/index.ts";
import type { BookedOrder } from "./book.ts";
import { catalogue, type Place } from "./catalogue.ts";
import type { Chance } from "./chance.ts";
import { lineOf } from "./order-made.ts";

/** What is changed about one line of an order. A quantity is the new one. */
export type OrderEdit =
  | { readonly change: "quantity"; readonly line: string; readonly quantity: string; readonly store?: string }
  | { readonly change: "price"; readonly line: string; readonly price: string }
  | { readonly change: "delete"; readonly line: string }
  | { readonly change: "add"; readonly line: OrderLine };

/** A change of an order (860): its lines as they shall be. No edits cancel the whole order. */
export function changeOf(booked: BookedOrder, edits: readonly OrderEdit[], date: string): OrderChange {
  const { order } = booked;
  return {
    documentType: "order-change",
    account: order.account,
    usage: order.usage,
    number: order.number,
    ...(order.release !== undefined && { release: order.release }),
    changeSequence: String(booked.changes.length + 1),
    orderDate: order.date,
    date,
    purpose: { code: edits.length === 0 ? "01" : "04" },
    orderType: order.orderType,
    ...(order.contract !== undefined && { contract: order.contract }),
    acknowledgmentType: { code: "AC" },
    currency: "USD",
    currencyParty: "BY",
    references: order.references,
    parties: order.parties,
    dates: [],
    lines: edits.map((edit) => changedLine(booked, edit)),
    totals: {},
  };
}

function changedLine(booked: BookedOrder, edit: OrderEdit): OrderChangeLine {
  if (edit.change === "add") return { ...edit.line, change: { code: "AI" } };
  const line = booked.inForce.find((one) => one.line === edit.line);
  if (!line) throw new RangeError(`Order ${booked.order.number} has no line ${edit.line} that could be changed.`);
  switch (edit.change) {
    case "delete":
      return { ...line, change: { code: "DI" } };
    case "price":
      return { ...line, price: edit.price, change: { code: "PC" } };
    case "quantity": {
      const shares = line.quantitiesByLocation?.map((share) =>
        share.location === edit.store ? { ...share, quantity: edit.quantity } : share,
      );
      const quantity = shares
        ? shares.reduce((sum, share) => sum.plus(share.quantity), new Big(0)).toFixed()
        : edit.quantity;
      return {
        ...line,
        quantity,
        ...(shares && { quantitiesByLocation: shares }),
        change: { code: new Big(quantity).lt(line.quantity ?? 0) ? "QD" : "QI" },
      };
    }
  }
}

/** What a customer may think of: another quantity, another price, a line less or a line more. */
export function someEdit(
  booked: BookedOrder,
  places: readonly Place[],
  guides: readonly AccountGuide[],
  chance: Chance,
): OrderEdit {
  const line = chance.oneOf(booked.inForce);
  const number = line.line as string;
  const unused = catalogue.filter(
    ({ description }) => !booked.inForce.some((one) => one.descriptions[0]?.text === description),
  );
  const kind = chance.oneOf(["quantity", "quantity", "price", "delete", "add"] as const);
  if (kind === "add" && unused.length > 0) {
    const next = Math.max(...booked.inForce.map((one) => Number(one.line))) + 1;
    return { change: "add", line: lineOf(String(next), chance.oneOf(unused), places, guides, chance) };
  }
  if (kind === "delete" && booked.inForce.length > 1) return { change: "delete", line: number };
  if (kind === "price") {
    return { change: "price", line: number, price: new Big(line.price ?? 1).times("0.95").toFixed(2) };
  }
  const share = line.quantitiesByLocation ? chance.oneOf(line.quantitiesByLocation) : null;
  const now = Number(share?.quantity ?? line.quantity);
  const quantity = String(chance.happens(0.5) || now <= 12 ? now + 12 : now - 12);
  return { change: "quantity", line: number, quantity, ...(share && { store: share.location }) };
}
