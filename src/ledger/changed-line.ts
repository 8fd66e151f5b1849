import { Big } from "big.js";
import type { QualifiedDate } from "../documents/aggregate-components.ts";
import type { OrderLine } from "../documents/order.ts";
import type { OrderChangeLine } from "../documents/order-change.ts";
import { decimalText, sumOf } from "./amount.ts";
import type { ChangedPart } from "./change-codes.ts";
import { sameLocation } from "./line.ts";
import { sameProduct } from "./product.ts";

/** Why a line can't be changed as it was asked for: the reason, and a sentence for a person. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

/** Why a change, or a line of it, was refused. */
export type RefusalReason =
  | "order-unknown"
  | "order-cancelled"
  | "line-unknown"
  | "line-exists"
  | "line-cancelled"
  | "already-shipped"
  | "unit-differs"
  | "contradiction"
  | "not-understood";

/** How an account writes quantities in its changes. */
export interface ChangeRules {
  /** new (as most buyers do): POC03 is the quantity as it shall be. difference: QI and QD say by how much. */
  readonly quantities?: "new" | "difference";
}

/** A line of a change as an order line: without what only a change says. */
export function orderLineOf({ change: _, quantityLeft: __, quantities: ___, ...line }: OrderChangeLine): OrderLine {
  return line;
}

/** An order line as a change wants it, before anything is said of what was shipped. */
export function changedLine(
  line: OrderLine,
  change: OrderChangeLine,
  parts: readonly ChangedPart[],
  shipped: Big,
  rules: ChangeRules,
): OrderLine | Refusal {
  const asked = orderLineOf(change);
  const wants = (part: ChangedPart) => parts.includes(part) || parts.includes("everything");
  const quantity = wants("quantity") ? changedQuantity(line, change, shipped, rules) : line.quantity;
  if (typeof quantity === "object") return quantity;
  const shares = wants("quantity") ? changedShares(line, change, quantity) : line.quantitiesByLocation;
  if (shares !== undefined && "reason" in shares) return shares;

  const base = parts.includes("everything") ? { ...asked, line: line.line ?? asked.line } : line;
  const changed: OrderLine = {
    ...base,
    ...(wants("price") && pick(asked, "price", "priceBasis", "prices")),
    ...(wants("terms") && pick(asked, "terms", "freightTerms")),
    ...(wants("charges") && pick(asked, "allowancesAndCharges", "taxes")),
    ...(wants("carriage") && pick(asked, "carriage", "lading")),
    ...(wants("product") && pick(asked, "productIds", "descriptions", "packaging")),
    ...(wants("dates") && pick(asked, "schedules")),
  };
  const dates = change.change.code === "RB" || !wants("dates") ? undefined : mergedDates(line.dates, asked.dates);
  const newDates = change.change.code === "RB" ? (asked.dates ?? line.dates) : (dates ?? line.dates);
  return withoutMissing({
    ...changed,
    productIds: changed.productIds.length > 0 ? changed.productIds : line.productIds,
    price: changed.price ?? line.price,
    unit: line.unit ?? asked.unit,
    // What was found of the line as it was says nothing of another price, quantity or product.
    priceCheck:
      asked.priceCheck ?? (wants("price") || wants("quantity") || wants("product") ? undefined : line.priceCheck),
    // What was promised when it was ordered holds, unless it is another product by now.
    warranty: sameProduct(line.productIds, asked.productIds) === false ? asked.warranty : line.warranty,
    dates: newDates,
    quantity,
    quantitiesByLocation: shares,
  });
}

/** The line taken out: nothing of it is wanted any more, at no place. It stays in the order, so that its number does. */
export function deletedLine({ schedules: _, ...line }: OrderLine): OrderLine {
  return {
    ...line,
    quantity: "0",
    ...(line.quantitiesByLocation && {
      quantitiesByLocation: line.quantitiesByLocation.map((one) => ({ ...one, quantity: "0" })),
    }),
  };
}

/**
 * The quantity that is wanted in all. Buyers mean different things by POC03: most say the new quantity; some repeat the old
 * one and say what is left to come (POC04), which is then what counts, with what was shipped.
 */
function changedQuantity(
  line: OrderLine,
  change: OrderChangeLine,
  shipped: Big,
  rules: ChangeRules,
): string | undefined | Refusal {
  const { quantity: asked, quantityLeft: left, unit } = change;
  const current = new Big(line.quantity ?? 0);
  if (asked === undefined && left === undefined) return line.quantity;
  if (unit !== undefined && line.unit !== undefined && unit !== line.unit) {
    return { reason: "unit-differs", message: `the change counts in ${unit}, and the order in ${line.unit}` };
  }
  const code = change.change.code;
  const quantity = new Big(asked ?? current);
  if (rules.quantities === "difference" && (code === "QI" || code === "QD")) {
    const sum = code === "QI" ? current.plus(quantity) : current.minus(quantity);
    if (sum.gte(0)) return decimalText(sum);
    return {
      reason: "contradiction",
      message: `${decimalText(quantity)} less is wanted, and ${decimalText(current)} were ordered`,
    };
  }
  const byLeft = left === undefined ? undefined : shipped.plus(left);
  if (byLeft !== undefined && quantity.eq(current)) return decimalText(byLeft);
  if (code === "QI" && quantity.lt(current)) {
    if (byLeft?.eq(current.plus(quantity))) return decimalText(byLeft);
    const message = `it says that the quantity rises (QI), to ${decimalText(quantity)} from ${decimalText(current)}`;
    return { reason: "contradiction", message };
  }
  if (code === "QD" && quantity.gt(current)) {
    const message = `it says that the quantity falls (QD), to ${decimalText(quantity)} from ${decimalText(current)}`;
    return { reason: "contradiction", message };
  }
  return decimalText(quantity);
}

/**
 * What is wanted at each place. The change's places take the place of the order's where they come to the new quantity; else they
 * change only the places that they name. A place that is left out stays with a quantity of 0, so that what was shipped to it is
 * still counted somewhere.
 */
function changedShares(
  line: OrderLine,
  change: OrderChangeLine,
  quantity: string | undefined,
): OrderLine["quantitiesByLocation"] | Refusal {
  const current = line.quantitiesByLocation ?? [];
  const asked = change.quantitiesByLocation ?? [];
  const total = new Big(quantity ?? 0);
  const [only] = current;
  if (asked.length === 0) {
    if (only === undefined || total.eq(line.quantity ?? 0)) return line.quantitiesByLocation;
    if (current.length === 1) return [{ ...only, quantity: decimalText(total) }];
    return {
      reason: "contradiction",
      message: `it changes the quantity of a line that ${current.length} places share, and doesn't say whose`,
    };
  }
  const isAsked = (one: (typeof current)[number]) =>
    asked.some((other) => sameLocation(placeOf(one), placeOf(other)) && one.sublocation === other.sublocation);
  const others = current.filter((one) => !isAsked(one));
  const sum = sumOf(asked.map((one) => one.quantity));
  if (sum.eq(total)) return [...asked, ...others.map((one) => ({ ...one, quantity: "0" }))];
  if (sum.plus(sumOf(others.map((one) => one.quantity))).eq(total)) return [...others, ...asked];
  return {
    reason: "contradiction",
    message: `its places come to ${decimalText(sum)}, and the line to ${decimalText(total)}`,
  };
}

function placeOf(one: { idQualifier?: string | undefined; location: string }): { qualifier?: string; id: string } {
  return { ...(one.idQualifier !== undefined && { qualifier: one.idQualifier }), id: one.location };
}

/** Dates that the change names take the place of those of their kind; the others stay. */
export function mergedDates(
  current: readonly QualifiedDate[] | undefined,
  asked: readonly QualifiedDate[] | undefined,
): QualifiedDate[] | undefined {
  if (!asked || asked.length === 0) return current && [...current];
  const kinds = new Set(asked.map(({ qualifier }) => qualifier));
  return [...(current ?? []).filter(({ qualifier }) => !kinds.has(qualifier)), ...asked];
}

/** Those of an object's properties that are there: what a change doesn't say stays as it was. */
export function pick<Value extends object, Key extends keyof Value>(
  value: Value,
  ...keys: Key[]
): Partial<Pick<Value, Key>> {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]))) as Partial<
    Pick<Value, Key>
  >;
}

function withoutMissing(line: { [Key in keyof OrderLine]: OrderLine[Key] | undefined }): OrderLine {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as OrderLine;
}
