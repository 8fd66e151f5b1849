import { Big } from "big.js";
import type { ProductId } from "../documents/aggregate-components.ts";
import type { PlanningSchedule, PlanningScheduleLine } from "../documents/planning-schedule.ts";
import type { ReceivedQuantity, ScheduleQuantity } from "../documents/schedule-components.ts";
import type { ShippingSchedule, ShippingScheduleLine } from "../documents/shipping-schedule.ts";
import { atLeastZero, decimalText, sumOf } from "./amount.ts";
import { partyPlace } from "./explode.ts";
import { productKeys } from "./product.ts";

/** How many of an item are wanted when, by one release of a schedule. */
export interface Need {
  /** The day, or the first of the span. */
  readonly date: string;
  readonly endDate?: string;
  /** X12 element 681: D that day, W that week. */
  readonly timing: string;
  /** X12 element 680: C firm, D planning. */
  readonly commitment: string;
  /** Wanted in this span alone, also where the schedule counts cumulatively. */
  readonly quantity: string;
}

/** What one release of a schedule (830, 862) says of one item at one place. */
export interface ItemRelease {
  /** What the item is known by: the buyer's part number where he gives it. */
  readonly item: string;
  readonly productIds: readonly ProductId[];
  readonly shipTo?: { readonly qualifier?: string; readonly id: string };
  /** The standing order that it releases from, and the buyer's line of it, where the schedule names them. */
  readonly order?: string;
  readonly orderLine?: string;
  readonly unit?: string;
  readonly price?: string;
  /** X12 element 639. */
  readonly priceBasis?: string;
  readonly release: string;
  readonly date: string;
  readonly horizon: { readonly start: string; readonly end?: string };
  /** True where the quantities are changes to the release before (X12 element 676, D) and not all that is wanted. */
  readonly isNetChange: boolean;
  /** In order of their dates. */
  readonly needs: readonly Need[];
  /** All that the account has received, by its own count, since `from`. */
  readonly received?: { readonly quantity: string; readonly from?: string; readonly until?: string };
  /** The last shipment of ours that the account had received, and its number where he says it. */
  readonly lastReceived?: { readonly quantity?: string; readonly date?: string; readonly shipment?: string };
  readonly path: string;
}

/** What a schedule says of each of its items, with cumulative quantities taken apart by date. */
export function itemReleasesOf(schedule: PlanningSchedule | ShippingSchedule): ItemRelease[] {
  const header = partyPlace(schedule.parties, "order");
  const quantityType = schedule.quantityType?.code;
  return schedule.lines.map((line, index) => {
    const place = ("parties" in line ? partyPlace(line.parties, "line") : undefined) ?? header;
    const cumulative = line.received?.find(({ qualifier, quantity }) => qualifier === "02" && quantity !== undefined);
    const last = line.received?.find(({ qualifier }) => qualifier === "01");
    const { unit, price, priceBasis } = line.unitPrice ?? {};
    const order = idOf(line.productIds, "PO") ?? schedule.orderNumber;
    const orderLine = idOf(line.productIds, "PL");
    const quantities = quantitiesOf(line);
    return {
      item: itemOf(line.productIds),
      productIds: line.productIds,
      ...(place && { shipTo: { ...(place.qualifier !== undefined && { qualifier: place.qualifier }), id: place.id } }),
      ...(order !== undefined && { order }),
      ...(orderLine !== undefined && { orderLine }),
      ...(unit !== undefined && { unit }),
      ...(price !== undefined && { price }),
      ...(priceBasis && { priceBasis: priceBasis.code }),
      release: schedule.release ?? schedule.number ?? schedule.date,
      date: schedule.date,
      horizon: {
        start: schedule.horizonStart,
        ...(schedule.horizonEnd !== undefined && { end: schedule.horizonEnd }),
      },
      isNetChange: quantityType === "D",
      needs: quantityType === "C" ? apart(quantities, cumulative?.quantity) : quantities.map(needOf),
      ...(cumulative && { received: receivedOf(cumulative) }),
      ...(last && { lastReceived: lastReceivedOf(last) }),
      path: `lines.${index}`,
    };
  });
}

/** By what an item is found again in the next release: the buyer's part number, his item number, else what there is. */
export function itemOf(productIds: readonly ProductId[]): string {
  const chosen = ["BP", "IN", "PI", "SK"].flatMap((qualifier) => idOf(productIds, qualifier) ?? []);
  return chosen[0] ?? productKeys(productIds)[0] ?? "";
}

function idOf(productIds: readonly ProductId[], qualifier: string): string | undefined {
  return productIds.find((one) => one.qualifier === qualifier)?.id;
}

function quantitiesOf(line: PlanningScheduleLine | ShippingScheduleLine): ScheduleQuantity[] {
  const byPattern = (line.patterns ?? []).flatMap((one) => ("schedule" in one ? (one.schedule ?? []) : []));
  return [...(line.schedule ?? []), ...byPattern].sort((one, other) =>
    one.date < other.date ? -1 : Number(one.date > other.date),
  );
}

function needOf(one: ScheduleQuantity): Need {
  return {
    date: one.date,
    ...(one.endDate !== undefined && { endDate: one.endDate }),
    timing: one.timing.code,
    commitment: one.commitment.code,
    quantity: one.quantity,
  };
}

/** Cumulative quantities as what each date adds to the one before, the first to what was received. */
function apart(quantities: readonly ScheduleQuantity[], received = "0"): Need[] {
  let before = new Big(received);
  return quantities.map((one) => {
    const quantity = atLeastZero(new Big(one.quantity).minus(before));
    before = before.plus(quantity);
    return { ...needOf(one), quantity: decimalText(quantity) };
  });
}

function receivedOf({ quantity, date, endDate }: ReceivedQuantity): NonNullable<ItemRelease["received"]> {
  return {
    quantity: quantity ?? "0",
    ...(date !== undefined && { from: date }),
    ...(endDate !== undefined && { until: endDate }),
  };
}

function lastReceivedOf({ quantity, date, references }: ReceivedQuantity): NonNullable<ItemRelease["lastReceived"]> {
  const shipment = references?.find(({ qualifier }) => qualifier === "SI")?.value;
  return {
    ...(quantity !== undefined && { quantity }),
    ...(date !== undefined && { date }),
    ...(shipment !== undefined && { shipment }),
  };
}

/** By how much a new release changes what is wanted of an item on a day. */
export interface NetChange {
  readonly item: string;
  readonly date: string;
  readonly before: string;
  readonly after: string;
  /** after − before. */
  readonly change: string;
}

/**
 * The release in force after a new one: the new one, which replaces the last; or both added up, where the new one says changes
 * only. `next` missing means that the schedule no longer speaks of the item: then nothing more is wanted of it.
 */
export function releaseInForce(previous: ItemRelease | undefined, next: ItemRelease): ItemRelease {
  if (!next.isNetChange || previous === undefined) return { ...next, isNetChange: false };
  const sums = new Map<string, Need>();
  for (const need of [...previous.needs, ...next.needs]) {
    const key = `${need.date} ${need.endDate ?? ""} ${need.timing} ${need.commitment}`;
    const earlier = sums.get(key);
    const quantity = decimalText(sumOf([earlier?.quantity, need.quantity]));
    sums.set(key, { ...need, quantity });
  }
  const needs = [...sums.values()].sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
  return { ...next, isNetChange: false, needs };
}

/**
 * What a new release changes, by date, inside the days that both plan: what lies before the new horizon is past, and what
 * lies behind either horizon was not said. An item that the new schedule leaves out is wanted no more.
 */
export function netChanges(previous: ItemRelease | undefined, next: ItemRelease | undefined): NetChange[] {
  const one = next ?? previous;
  if (one === undefined) return [];
  const before = byDate(previous?.needs ?? []);
  const after = byDate((next && releaseInForce(previous, next).needs) ?? []);
  const start = next?.horizon.start ?? "";
  const end = next?.horizon.end;
  const dates = [...new Set([...before.keys(), ...after.keys()])].filter(
    (date) => after.has(date) || (date >= start && (end === undefined || date <= end)),
  );
  return dates.sort().flatMap((date) => {
    const [was, is] = [before.get(date) ?? new Big(0), after.get(date) ?? new Big(0)];
    return was.eq(is)
      ? []
      : [
          {
            item: one.item,
            date,
            before: decimalText(was),
            after: decimalText(is),
            change: decimalText(is.minus(was)),
          },
        ];
  });
}

function byDate(needs: readonly Need[]): Map<string, Big> {
  const sums = new Map<string, Big>();
  for (const { date, quantity } of needs) sums.set(date, (sums.get(date) ?? new Big(0)).plus(quantity));
  return sums;
}
