import { Big } from "big.js";
import { atLeastZero, decimalText, least, sumOf } from "./amount.ts";
import { withoutZeros } from "./line.ts";
import type { ItemRelease, Need } from "./schedule.ts";

/** What we shipped of an item to a place, as our ship notices say it. */
export interface ShippedOfItem {
  readonly shipment: string;
  readonly date: string;
  readonly quantity: string;
}

/** Where an account's count of an item and ours part. None of them stops anything; each is worth a telephone call. */
export interface CumulativeDifference {
  readonly code:
    | "received-differs"
    | "received-more-than-shipped"
    | "received-less-than-shipped"
    | "shipment-unknown"
    | "count-restarted"
    | "count-went-back"
    | "shipped-ahead";
  readonly item: string;
  /** The account's figure less ours. */
  readonly difference: string;
  readonly message: string;
  readonly path: string;
}

/** How the account's count is compared with ours. */
export interface CumulativeRules {
  /** Days that a shipment travels: one that left later may not have been received yet. */
  readonly transitDays?: number;
}

/**
 * Holds what an account says it received cumulatively (SHP 02) against what we shipped: up to the shipment that it names as the
 * last one, or else up to its day less the days of transit. Shipments are handed over from the first day of the count on.
 */
export function checkCumulative(
  release: ItemRelease,
  shipments: readonly ShippedOfItem[],
  previous?: ItemRelease,
  rules: CumulativeRules = {},
): CumulativeDifference[] {
  const { received, lastReceived, item } = release;
  const differences: CumulativeDifference[] = [];
  const differ = (code: CumulativeDifference["code"], difference: Big, message: string) =>
    differences.push({ code, item, difference: decimalText(difference), message, path: release.path });

  const counted = shippedSince(shipments, received?.from);
  if (received !== undefined) {
    const theirs = new Big(received.quantity);
    const named = lastReceived?.shipment;
    const place = named === undefined ? -1 : counted.findIndex(({ shipment }) => sameShipment(shipment, named));
    if (named !== undefined && place < 0) {
      differ(
        "shipment-unknown",
        new Big(0),
        `the last shipment of ${item} that was received is said to be ${named}, which is none of ours`,
      );
    }
    if (place >= 0) {
      const ours = sumOf(counted.slice(0, place + 1).map(({ quantity }) => quantity));
      if (!ours.eq(theirs)) {
        const message = `${decimalText(theirs)} of ${item} were received up to shipment ${named}, and ${decimalText(ours)} were shipped up to it`;
        differ("received-differs", theirs.minus(ours), message);
      }
    } else {
      const until = daysBefore(received.until ?? release.date, rules.transitDays ?? 0);
      const all = sumOf(counted.map(({ quantity }) => quantity));
      const arrived = sumOf(counted.filter(({ date }) => date < until).map(({ quantity }) => quantity));
      const since = received.from === undefined ? "" : ` since ${received.from}`;
      if (theirs.gt(all)) {
        const message = `${decimalText(theirs)} of ${item} were received${since}, and only ${decimalText(all)} were shipped`;
        differ("received-more-than-shipped", theirs.minus(all), message);
      } else if (theirs.lt(arrived)) {
        const message = `${decimalText(theirs)} of ${item} were received${since}, and ${decimalText(arrived)} were shipped before ${until}`;
        differ("received-less-than-shipped", theirs.minus(arrived), message);
      }
    }
    if (previous?.received !== undefined) differences.push(...againstPrevious(release, received, previous.received));
  }
  const wanted = cumulativeNeeds(release).at(-1)?.cumulative;
  const shipped = sumOf(counted.map(({ quantity }) => quantity));
  if (received !== undefined && wanted !== undefined && shipped.gt(wanted)) {
    const message = `${decimalText(shipped)} of ${item} were shipped, and the release wants ${wanted} until ${release.needs.at(-1)?.date}`;
    differ("shipped-ahead", new Big(wanted).minus(shipped), message);
  }
  return differences;
}

function againstPrevious(
  release: ItemRelease,
  now: NonNullable<ItemRelease["received"]>,
  before: NonNullable<ItemRelease["received"]>,
): CumulativeDifference[] {
  const { item, path } = release;
  const difference = decimalText(new Big(now.quantity).minus(before.quantity));
  if (now.from !== before.from) {
    const message = `the count of ${item} begins on ${now.from ?? "no named day"} now, and began on ${before.from ?? "no named day"}`;
    return [{ code: "count-restarted", item, difference, message, path }];
  }
  if (new Big(now.quantity).gte(before.quantity)) return [];
  const message = `${now.quantity} of ${item} were received in all, after ${before.quantity} in the release before`;
  return [{ code: "count-went-back", item, difference, message, path }];
}

/** A need with what is wanted in all until then, and what of it is still to be shipped. */
export interface CumulativeNeed extends Need {
  /** Wanted since the beginning of the count: what was received and all needs until this one. */
  readonly cumulative: string;
}

/** What a release wants in all, date by date: what was received, and what is wanted from then on. */
export function cumulativeNeeds(release: ItemRelease): CumulativeNeed[] {
  let sum = new Big(release.received?.quantity ?? 0);
  return release.needs.map((need) => {
    sum = sum.plus(need.quantity);
    return { ...need, cumulative: decimalText(sum) };
  });
}

/**
 * What is still to be shipped for each need, given what we shipped in all since the beginning of the count: goods on their way
 * serve the earliest needs. Where no more was received than shipped, the open quantities add up to what is wanted in all less
 * what was shipped, or to nothing.
 */
export function openNeeds(release: ItemRelease, shippedInAll: string): (CumulativeNeed & { readonly open: string })[] {
  const shipped = new Big(shippedInAll);
  return cumulativeNeeds(release).map((need) => {
    const missing = atLeastZero(new Big(need.cumulative).minus(shipped));
    return { ...need, open: decimalText(least(missing, atLeastZero(new Big(need.quantity)))) };
  });
}

function shippedSince(shipments: readonly ShippedOfItem[], from: string | undefined): ShippedOfItem[] {
  return shipments
    .filter(({ date }) => from === undefined || date >= from)
    .sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
}

function sameShipment(one: string, other: string): boolean {
  return withoutZeros(one) === withoutZeros(other);
}

function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}
