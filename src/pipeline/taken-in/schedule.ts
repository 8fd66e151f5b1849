import { Big } from "big.js";
import { type ProductId, type Shipment, shippedItems } from "../../documents/index.ts";
import {
  type CumulativeDifference,
  checkCumulative,
  type ItemRelease,
  itemReleasesOf,
  netChanges,
  releaseInForce,
  type ShippedOfItem,
} from "../../ledger/index.ts";
import { listDocuments } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { lockReleases, replaceReleases, type ScheduleRelease } from "../../store/schedules.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { Posting } from "../posting/posting.ts";
import { postReleases } from "../posting/schedule.ts";
import type { DocumentOf, TakenIn, Taking } from "./taken-in.ts";

/** How many differences a work item tells in full. */
const toldInFull = 6;
/** Shipments read at once while they are searched for the items of a release. */
const shipmentsAtOnce = 100;

/**
 * A planning or shipping schedule: its releases replace the last for each item and place, and the account's count of what it
 * received is held against what we shipped. What they call for is ordered from the standing order that they name. A release
 * that is older than the one in force changes nothing.
 */
function takenInSchedule<Type extends "planning-schedule" | "shipping-schedule">(kind: Type): TakenIn<Type> {
  return {
    sameness: "same number, release, purpose and date",

    async follow(taking: Taking, document: DocumentOf<Type>) {
      const { context, row, about, today } = taking;
      const { session } = context;
      const schedule = document as DocumentOf<"planning-schedule" | "shipping-schedule">;
      const releases = itemReleasesOf(schedule);
      const scope = { accountId: row.accountId, usage: row.usage, kind };
      const known = new Map(
        (
          await lockReleases(
            session,
            scope,
            releases.map(({ item }) => item),
          )
        ).map((one) => [keyOf(one), one]),
      );
      const shipped = await shippedOf(taking, releases);
      const inForce = new Map<string, ItemRelease>();
      const left: ItemRelease[] = [];
      const late: string[] = [];
      const differences: CumulativeDifference[] = [];
      let changed = 0;
      for (const release of releases) {
        const key = keyOf({ item: release.item, shipTo: release.shipTo?.id ?? "" });
        const row = known.get(key);
        if (row && row.releasedOn > release.date) {
          late.push(`${release.item} has release ${row.release} of ${row.releasedOn}`);
          continue;
        }
        const previous = inForce.get(key) ?? row?.body;
        // Released from another order now: the one before has nothing of it open any more.
        if (previous?.order !== undefined && previous.order !== release.order) {
          left.push({ ...previous, needs: [], path: release.path });
        }
        differences.push(...checkCumulative(release, shipped.get(release.item) ?? [], previous));
        changed += netChanges(previous, release).length > 0 ? 1 : 0;
        inForce.set(key, releaseInForce(previous, release));
      }
      const at = new Date();
      await replaceReleases(
        session,
        [...inForce.values()].map((body) => ({
          ...scope,
          shipTo: body.shipTo?.id ?? "",
          item: body.item,
          documentId: row.id,
          release: body.release,
          releasedOn: body.date,
          body,
          at,
        })),
      );
      const posting = new Posting(context, row, today);
      await postReleases(posting, schedule, [...left, ...inForce.values()]);
      await posting.write();
      const items = inForce.size === 1 ? "one item" : `${inForce.size} items`;
      await tell(session, about, "released", `The release in force for ${items}; ${changed} of them changed.`);
      await call(
        taking,
        "schedule-out-of-order",
        "The schedule is older than what is in force, and changes nothing",
        late,
      );
      await call(
        taking,
        "cumulative-difference",
        "The account's count and ours part",
        differences.map(({ message }) => message),
      );
      return [];
    },
  };
}

export const takenInPlanningSchedule = takenInSchedule("planning-schedule");
export const takenInShippingSchedule = takenInSchedule("shipping-schedule");

function keyOf({ item, shipTo }: Pick<ScheduleRelease, "item" | "shipTo">): string {
  return JSON.stringify([item, shipTo]);
}

async function call({ context, row }: Taking, kind: string, what: string, which: readonly string[]): Promise<void> {
  if (which.length === 0) return;
  const more = which.length > toldInFull ? `; and ${which.length - toldInFull} more` : "";
  const message = `${what}: ${which.slice(0, toldInFull).join("; ")}${more}.`;
  await openWorkItem(context.session, { kind, message, accountId: row.accountId, documentId: row.id });
}

/** What we shipped of the items of a release, by item, read a page of shipments at a time. */
async function shippedOf(
  { context: { session }, row }: Taking,
  releases: readonly ItemRelease[],
): Promise<Map<string, ShippedOfItem[]>> {
  const counted = releases.filter(({ received }) => received !== undefined);
  if (counted.length === 0) return new Map();
  const itemsByProduct = new Map<string, Set<string>>();
  for (const { item, productIds } of counted) {
    for (const product of productIds.map(productOf)) {
      itemsByProduct.set(product, (itemsByProduct.get(product) ?? new Set()).add(item));
    }
  }
  const starts = counted.map(({ received }) => received?.from);
  const earliest = starts.every((start) => start !== undefined) ? [...starts].sort()[0] : undefined;
  const filter = {
    type: "shipment",
    account: row.accountId,
    usage: row.usage,
    ...(earliest !== undefined && { from: new Date(earliest) }),
  } as const;
  // By number of the shipment: a corrected notice counts in the place of the one before.
  const byShipment = new Map<string, ReadonlyMap<string, ShippedOfItem>>();
  for (let after: number | null = null, more = true; more; ) {
    const page = await listDocuments(session, filter, { after, limit: shipmentsAtOnce });
    for (const { body } of page.items) {
      const shipment = body as Shipment;
      byShipment.set(shipment.number, itemsOf(shipment, itemsByProduct));
    }
    after = page.items.at(-1)?.feedPosition ?? null;
    more = page.next !== null;
  }
  const shipped = new Map<string, ShippedOfItem[]>();
  for (const items of byShipment.values()) {
    for (const [item, one] of items) shipped.set(item, [...(shipped.get(item) ?? []), one]);
  }
  return shipped;
}

/** What a shipment holds of the items asked for; a cancelled one holds nothing. */
function itemsOf(
  shipment: Shipment,
  itemsByProduct: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, ShippedOfItem> {
  const items = new Map<string, ShippedOfItem>();
  if (shipment.purpose.code === "01") return items;
  const date = shipment.dates?.find(({ qualifier }) => qualifier === "011")?.date ?? shipment.date;
  for (const { item: packed } of shippedItems(shipment)) {
    const named = new Set(packed.productIds.flatMap((id) => [...(itemsByProduct.get(productOf(id)) ?? [])]));
    for (const item of named) {
      const quantity = new Big(items.get(item)?.quantity ?? 0).plus(packed.quantity).toFixed();
      items.set(item, { shipment: shipment.number, date, quantity });
    }
  }
  return items;
}

const productOf = ({ qualifier, id }: ProductId): string => `${qualifier} ${id}`;
