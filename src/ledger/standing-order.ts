import { Big } from "big.js";
import type { Order } from "../documents/order.ts";
import type { PlanningSchedule } from "../documents/planning-schedule.ts";
import type { ShippingSchedule } from "../documents/shipping-schedule.ts";
import { atLeastZero, decimalText, least, sumOf } from "./amount.ts";
import { assembleQuantities } from "./explode.ts";
import { type LedgerLine, ledgerLineKey } from "./line.ts";
import { type ItemRelease, itemOf, type Need } from "./schedule.ts";

/*
 * Some accounts never send an order: a standing order is agreed on paper, and schedules release goods from it. The ledger keeps
 * an order for it all the same, a line for each item and place, and what is ordered of it follows the releases.
 */

/** Which schedule a release is of. */
export type ScheduleKind = "planning-schedule" | "shipping-schedule";

/** What was shipped on a line of the standing order, and when by the notice's own account. */
export interface ShippedOnLine {
  readonly quantity: string;
  readonly date?: string;
}

/**
 * What a release orders and was not shipped yet, in the order of its dates. All quantities of a shipping schedule (862) count as
 * ordered; of a planning schedule (830) the firm ones (X12 element 680, C), and only where no shipping schedule is in force
 * for the item and place. What was shipped since the start of the account's count and is not in that count is on its
 * way, and serves the earliest needs; a release without a count wants all it says beyond what was shipped before.
 */
export function openCalls(kind: ScheduleKind, release: ItemRelease, shipped: readonly ShippedOnLine[]): Need[] {
  const { received } = release;
  const counted = shipped.filter(
    ({ date }) => received?.from === undefined || date === undefined || date >= received.from,
  );
  const sent = sumOf(counted.map(({ quantity }) => quantity));
  let onItsWay = received === undefined ? new Big(0) : atLeastZero(sent.minus(received.quantity));
  const called = kind === "shipping-schedule" ? release.needs : release.needs.filter((one) => one.commitment === "C");
  return called.flatMap((need) => {
    const quantity = atLeastZero(new Big(need.quantity));
    const served = least(onItsWay, quantity);
    onItsWay = onItsWay.minus(served);
    return served.eq(quantity) ? [] : [{ ...need, quantity: decimalText(quantity.minus(served)) }];
  });
}

/** What is ordered in all once a release is in force: what was shipped before it stays, and what it calls for comes on top. */
export function orderedInAll(open: readonly Need[], shipped: readonly ShippedOnLine[]): string {
  return decimalText(sumOf([...shipped, ...open].map(({ quantity }) => quantity)));
}

/** What is ordered in all of an item at a place, by the release that says it. */
export interface ReleasedItem {
  readonly release: ItemRelease;
  readonly quantity: string;
  /** The day of the first of it that is open. */
  readonly requested?: string;
}

/** The line of a standing order for what a release speaks of; nothing where the order has none yet. */
export function lineReleased<Line extends Pick<LedgerLine, "productIds" | "location">>(
  lines: readonly Line[],
  { item, shipTo }: Pick<ItemRelease, "item" | "shipTo">,
): Line | undefined {
  return lines.find(({ productIds, location }) => itemOf(productIds) === item && location?.id === shipTo?.id);
}

/**
 * The lines of a standing order after releases: those they speak of as they say it, the others as they were. Lines of one item
 * have one position; price and unit stay where a release names none.
 */
export function linesReleased(
  known: readonly LedgerLine[],
  released: readonly ReleasedItem[],
  currency: string | undefined,
): LedgerLine[] {
  const lines = [...known];
  for (const { release, quantity, requested } of released) {
    const own = lineReleased(lines, release);
    const sister = own ?? lines.find(({ productIds }) => itemOf(productIds) === release.item);
    const position = sister?.position ?? Math.max(0, ...lines.map((one) => one.position)) + 1;
    const location = release.shipTo && { ...release.shipTo, source: "line-quantities" as const };
    const { requested: _, ...before }: Partial<LedgerLine> = own ?? {};
    const line: LedgerLine = {
      key: ledgerLineKey(position, location),
      position,
      line: sister?.line ?? release.orderLine ?? String(position),
      ...(location && { location }),
      ...before,
      productIds: [...release.productIds],
      quantity,
      ...(release.unit !== undefined && { unit: release.unit }),
      ...(release.price !== undefined && { price: release.price }),
      ...(release.priceBasis !== undefined && { priceBasis: release.priceBasis }),
      ...(currency !== undefined && { currency }),
      ...(requested !== undefined && { requested }),
    };
    if (own) lines[lines.indexOf(own)] = line;
    else lines.push(line);
  }
  return lines;
}

/** The standing order that lines are of, as an order document; what the buyer never said of it is left out. */
export function standingOrder(
  number: string,
  schedule: PlanningSchedule | ShippingSchedule,
  lines: readonly LedgerLine[],
  known?: Order,
): Order {
  const currency = ("currency" in schedule ? schedule.currency : undefined) ?? known?.currency;
  const byPosition = new Map<number, LedgerLine[]>();
  for (const line of lines) byPosition.set(line.position, [...(byPosition.get(line.position) ?? []), line]);
  return {
    documentType: "order",
    account: schedule.account,
    usage: schedule.usage,
    number,
    date: known?.date ?? schedule.date,
    purpose: { code: "00", word: "original" },
    orderType: { code: "BE", word: "blanket, quantity estimated" },
    ...(schedule.contract !== undefined && { contract: schedule.contract }),
    ...(currency !== undefined && { currency }),
    references: known?.references ?? ("references" in schedule ? schedule.references : undefined) ?? [],
    // Each line has its own place.
    parties: (known?.parties ?? schedule.parties ?? []).filter(({ role }) => role !== "ST"),
    dates: [],
    lines: [...byPosition.values()].map((parts) => orderLineOf(parts)),
  };
}

function orderLineOf(parts: readonly LedgerLine[]): Order["lines"][number] {
  const [first] = parts;
  return {
    ...(first && { line: first.line }),
    ...assembleQuantities(parts),
    ...(first?.unit !== undefined && { unit: first.unit }),
    ...(first?.price !== undefined && { price: first.price }),
    ...(first?.priceBasis !== undefined && { priceBasis: { code: first.priceBasis } }),
    productIds: [...(first?.productIds ?? [])],
    descriptions: [],
  };
}
