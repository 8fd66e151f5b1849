import { Big } from "big.js";
import type { Order } from "../documents/order.ts";
import { decimalText, extendedAmount, moneyText } from "./amount.ts";
import type { LedgerLine } from "./line.ts";
import type { Movement } from "./movement.ts";

/** What an order moves: each of its ledger lines is ordered. */
export function movementsOfOrder(order: Order, lines: readonly LedgerLine[]): Movement[] {
  return lines.map((line) => ({
    ...common(order, line),
    kind: "ordered",
    quantity: line.quantity,
    ...amountOf(line, line.quantity),
    date: order.date,
  }));
}

/**
 * What lies between two versions of an order: what was raised, lowered or priced anew is changed, and what was deleted is
 * cancelled (`deleted` holds the positions of lines that the buyer took out). The movements add up to the difference of the
 * versions, quantity and amount.
 */
export function movementsBetween(
  order: Order,
  before: readonly LedgerLine[],
  after: readonly LedgerLine[],
  deleted: ReadonlySet<number> = new Set(),
  date?: string,
): Movement[] {
  const old = new Map(before.map((line) => [line.key, line]));
  const now = new Map(after.map((line) => [line.key, line]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key): Movement[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const line = is ?? was;
    if (line === undefined) return [];
    const quantity = new Big(is?.quantity ?? 0).minus(was?.quantity ?? 0);
    const amount = new Big(amountText(is)).minus(amountText(was));
    if (quantity.eq(0) && amount.eq(0)) return [];
    const isCancelled = deleted.has(line.position) && quantity.lt(0);
    const sign = isCancelled ? -1 : 1;
    const priced = is?.price !== undefined || was?.price !== undefined;
    return [
      {
        ...common(order, line),
        kind: isCancelled ? "cancelled" : "changed",
        quantity: decimalText(quantity.times(sign)),
        ...(priced && { amount: moneyText(amount.times(sign)) }),
        ...(date !== undefined && { date }),
      },
    ];
  });
}

function common(order: Order, line: LedgerLine): Omit<Movement, "kind" | "quantity"> {
  return {
    order: { number: order.number, ...(order.release !== undefined && { release: order.release }) },
    line: line.line,
    key: line.key,
    productIds: line.productIds,
    ...(line.unit !== undefined && { unit: line.unit }),
    ...(line.price !== undefined && { price: line.price }),
    ...(line.currency !== undefined && { currency: line.currency }),
    path: `lines.${line.position - 1}`,
  };
}

function amountOf(line: LedgerLine, quantity: string): { amount?: string } {
  if (line.price === undefined) return {};
  return { amount: moneyText(extendedAmount(quantity, line.price, line.priceBasis, line.unit)) };
}

function amountText(line: LedgerLine | undefined): string {
  return (line && amountOf(line, line.quantity).amount) ?? "0";
}
