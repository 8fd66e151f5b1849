import Big from "big.js";
import type { z } from "zod";

/** A warehouse order, as far as its quantities go. */
interface Quantities {
  readonly groups: readonly { readonly lines: readonly { readonly quantity: string }[] }[];
  readonly totals?: { readonly quantity?: string | undefined } | undefined;
}

/** The sum of the quantities of all lines, whatever their units: so W7601 is counted. */
export function orderedQuantity({ groups }: Pick<Quantities, "groups">): string {
  const quantities = groups.flatMap(({ lines }) => lines.map(({ quantity }) => quantity));
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed();
}

/** A warehouse's shipping advice, as far as its quantities go. */
interface ShippedQuantities {
  readonly handlingUnits: readonly { readonly lines: readonly { readonly shipped?: string | undefined }[] }[];
}

/** The sum of the quantities shipped, whatever their units: so W0301 is counted. */
export function shippedQuantity({ handlingUnits }: ShippedQuantities): string {
  const quantities = handlingUnits.flatMap(({ lines }) => lines.map(({ shipped }) => shipped ?? "0"));
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed();
}

/** Whether two decimals are the same number, however many zeros they are written with. */
export function isSameNumber(one: string, other: string): boolean {
  return new Big(one).eq(other);
}

/** The check that `totals.quantity` of a warehouse order, where it is given, is the sum of its lines. */
export const quantityTotalIsRight: z.core.CheckFn<Quantities> = ({ value, issues }) => {
  const said = value.totals?.quantity;
  if (said === undefined) return;
  const sum = orderedQuantity(value);
  if (isSameNumber(said, sum)) return;
  issues.push({
    code: "custom",
    path: ["totals", "quantity"],
    message: `says ${said} and the lines come to ${sum}; leave it out, it is added up`,
    input: said,
  });
};
