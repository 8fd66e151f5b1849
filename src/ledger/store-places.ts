import { Big } from "big.js";
import type { z } from "zod";
import type { quantityByLocation } from "../documents/aggregate-components.ts";
import { decimalText } from "./amount.ts";

/** How many of a line are for one store (a pair of SDQ). */
export type QuantityOfStore = z.infer<typeof quantityByLocation>;

/** Tells places apart by who gave their id, and the id. */
export function placeKey({
  idQualifier = "",
  id = "",
}: {
  idQualifier?: string | undefined;
  id?: string | undefined;
}): string {
  return `${idQualifier} ${id}`;
}

/** Quantities by location with every place once, in the order in which they first come. */
export function mergedPlaces(quantities: readonly QuantityOfStore[]): QuantityOfStore[] {
  const merged = new Map<string, QuantityOfStore>();
  for (const one of quantities) {
    const key = JSON.stringify([one.idQualifier, one.location, one.sublocation, one.unit]);
    const earlier = merged.get(key);
    const quantity = earlier ? decimalText(new Big(earlier.quantity).plus(one.quantity)) : one.quantity;
    merged.set(key, { ...one, quantity });
  }
  return [...merged.values()];
}
