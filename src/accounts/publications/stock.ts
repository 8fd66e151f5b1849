import { Big } from "big.js";
import type { InventoryLine } from "../../documents/index.ts";

/** Stock that is kept for one account. */
export interface StockReservation {
  readonly account: string;
  /** The item's number, as publications write it. */
  readonly item: string;
  /** Whose number it is (X12 element 235); empty: whoever's. */
  readonly qualifier: string;
  readonly quantity: string;
  /** X12 element 355; empty: whatever unit the stock is told in. */
  readonly unit: string;
  /** The last day on which it holds, `YYYY-MM-DD`; null: until it is taken away. */
  readonly until: string | null;
}

/** Available for sale (X12 element 673). */
const available = "33";

/**
 * Stock as one account may see it: what is kept for others is taken off what is available, never below zero. An item that
 * stands on several lines, or lies in several places, loses it in their order.
 *
 * @param today the day on the account's calendar
 */
export function withoutReserved(
  lines: readonly InventoryLine[],
  reservations: readonly StockReservation[],
  account: string,
  today: string,
): InventoryLine[] {
  const left = reservations
    .filter((one) => one.account !== account && (one.until === null || one.until >= today))
    .map((one) => ({ ...one, left: new Big(one.quantity) }));
  if (left.length === 0) return [...lines];
  return lines.map((line) => {
    const own = left.filter((one) => isOf(line, one));
    if (own.length === 0) return line;
    const take = (quantity: string, unit: string | undefined) => {
      let rest = new Big(quantity);
      for (const one of own) {
        if (one.unit !== "" && unit !== undefined && one.unit !== unit) continue;
        const taken = one.left.gt(rest) ? rest : one.left;
        if (taken.lte(0)) continue;
        one.left = one.left.minus(taken);
        rest = rest.minus(taken);
      }
      return rest.toFixed();
    };
    return {
      ...line,
      ...(line.quantities && {
        quantities: line.quantities.map((one) =>
          one.qualifier === available ? { ...one, quantity: take(one.quantity, one.unit) } : one,
        ),
      }),
      ...(line.quantitiesByLocation && {
        quantitiesByLocation: line.quantitiesByLocation.map((one) => ({
          ...one,
          quantity: take(one.quantity, one.unit),
        })),
      }),
    };
  });
}

function isOf({ productIds }: InventoryLine, { item, qualifier }: StockReservation): boolean {
  return productIds.some((one) => one.id === item && (qualifier === "" || one.qualifier === qualifier));
}

/** What lies in some places only: lines that name another (N1*WH) go, and so do quantities by location (SDQ). */
export function inWarehouses(
  lines: readonly InventoryLine[],
  warehouses: readonly string[] | undefined,
): InventoryLine[] {
  if (warehouses === undefined) return [...lines];
  const wanted = new Set(warehouses);
  return lines.flatMap((line) => {
    const places = (line.parties ?? []).filter(({ role }) => role === "WH");
    if (places.length > 0) return places.some(({ id }) => id !== undefined && wanted.has(id)) ? [line] : [];
    if (!line.quantitiesByLocation) return [line];
    const here = line.quantitiesByLocation.filter(({ location }) => wanted.has(location));
    return here.length > 0 ? [{ ...line, quantitiesByLocation: here }] : [];
  });
}

/** How much of a line is available for sale, over its quantities and places. */
export function availableOf(line: Pick<InventoryLine, "quantities" | "quantitiesByLocation">): string {
  const own = (line.quantities ?? []).filter(({ qualifier }) => qualifier === available);
  const parts = own.length > 0 ? own : (line.quantitiesByLocation ?? []);
  return parts.reduce((sum, { quantity }) => sum.plus(quantity), new Big(0)).toFixed();
}

/** A line that says of an item that none is available any more. */
export function noneLeft(line: InventoryLine): InventoryLine {
  const unit = line.quantities?.find(({ qualifier }) => qualifier === available)?.unit;
  return {
    productIds: line.productIds,
    ...(line.parties && { parties: line.parties }),
    quantities: [{ qualifier: available, quantity: "0", ...(unit !== undefined && { unit }) }],
  };
}
