import { z } from "zod";
import { productId } from "../documents/aggregate-components.ts";
import { decimal, isoDate, text } from "../documents/basic-components.ts";
import { lineWarranty } from "../documents/warranty.ts";

/** Where a part of an order goes, as the buyer numbers his stores and ship-tos. */
export const ledgerLocation = z
  .strictObject({
    qualifier: text.optional().describe("Who gave the id, X12 element 66: 92 the buyer, 9 D-U-N-S with suffix."),
    id: text,
    sublocation: text.optional().describe("A part of the place, SDQ23."),
    source: z
      .enum(["line-quantities", "line", "order"])
      .describe("What named it: a quantity by location (SDQ), the line's own ship-to, the order's ship-to."),
  })
  .meta({ id: "ledgerLocation" });
export type LedgerLocation = z.infer<typeof ledgerLocation>;

/**
 * What the ledger counts: one order line at one place, as the version of the order in force says it. Its `key` stays the same
 * through all versions of the order and is unique in it.
 */
export const ledgerLine = z
  .strictObject({
    key: text.describe('Position of the order line, and the place: "3@92:0042".'),
    position: z
      .int()
      .positive()
      .describe("Which line of the order it is, counted from 1; never given to another line."),
    line: text.describe("The buyer's line number; where he gave none, the position."),
    location: ledgerLocation.optional(),
    shipTo: z
      .strictObject({ qualifier: text.optional(), id: text })
      .optional()
      .describe("Where the goods are sent, if that is not the location itself: the DC of a store's goods."),
    productIds: z.array(productId),
    quantity: decimal.describe("Quantity in force; 0 where the line was deleted."),
    unit: text.optional().describe("X12 element 355: EA each, CA case."),
    price: decimal.optional(),
    priceBasis: text.optional().describe("X12 element 639: PE per each, HP per hundred."),
    currency: text.optional().describe("ISO 4217."),
    requested: isoDate.optional().describe("The day that the buyer wants it."),
    shipNotBefore: isoDate.optional(),
    shipNoLater: isoDate.optional(),
    cancelAfter: isoDate.optional().describe("The day after which the buyer takes no more."),
    warranty: lineWarranty.optional().describe("The warranty terms that hold for it."),
  })
  .meta({ id: "ledgerLine", description: "One order line at one place." });
export type LedgerLine = z.infer<typeof ledgerLine>;

/** The key of an order line at a place; unique in the order, and the same in all its versions. */
export function ledgerLineKey(position: number, location?: Omit<LedgerLocation, "source">): string {
  if (location === undefined) return String(position);
  const sublocation = location.sublocation === undefined ? "" : `/${location.sublocation}`;
  return `${position}@${location.qualifier ?? ""}:${location.id}${sublocation}`;
}

/** Whether two line numbers are the same but for leading zeros: an order's `001` is an invoice's `1`. */
export function sameLineNumber(one: string, other: string): boolean {
  return withoutZeros(one) === withoutZeros(other);
}

/** Whether two places are the same: the same id, zeros in front aside, and no contradiction in who gave it. */
export function sameLocation(
  one: { qualifier?: string | undefined; id: string },
  other: { qualifier?: string | undefined; id: string },
): boolean {
  const qualifiersAgree = !one.qualifier || !other.qualifier || one.qualifier === other.qualifier;
  return qualifiersAgree && withoutZeros(one.id) === withoutZeros(other.id);
}

/** A number without the zeros in front that senders add and drop at will; what is no number stays as it is. */
export function withoutZeros(number: string): string {
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, "") : number;
}
