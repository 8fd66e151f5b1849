import { isDeepStrictEqual } from "node:util";
import type { PlanningSchedule, ShippingSchedule } from "../../documents/index.ts";
import {
  type ItemRelease,
  lineReleased,
  linesReleased,
  movementsBetween,
  movementsOfOrder,
  openCalls,
  orderedInAll,
  type ReleasedItem,
  type ScheduleKind,
  type ShippedOnLine,
  standingOrder,
} from "../../ledger/index.ts";
import { type OrderBook, type OrderBookLine, openBooks } from "../../store/ledger.ts";
import { addOrderVersion, enterOrder, findOrders, saveOrderLines } from "../../store/orders.ts";
import { findReleases } from "../../store/schedules.ts";
import type { Posting } from "./posting.ts";

/**
 * What releases in force order from the standing orders that they name: the difference to the release before is put on the line
 * of each item and place. A standing order that came as an order keeps what that one says, and is left alone. Releases that
 * name no order are held against shipments only.
 */
export async function postReleases(
  posting: Posting,
  schedule: PlanningSchedule | ShippingSchedule,
  releases: readonly ItemRelease[],
): Promise<void> {
  const { session } = posting.context;
  const { accountId, usage } = posting.row;
  const byOrder = new Map<string, ItemRelease[]>();
  for (const release of releases) {
    if (release.order === undefined) continue;
    byOrder.set(release.order, [...(byOrder.get(release.order) ?? []), release]);
  }
  for (const [number, own] of byOrder) {
    const books = await openBooks(session, await findOrders(session, { accountId, usage, number }));
    if (books.some(isBuyersOwn)) continue;
    await postOnOrder(posting, schedule, number, books[0], own);
  }
}

/** Whether the buyer has sent the order himself. */
function isBuyersOwn({ lines }: OrderBook): boolean {
  return lines.some(({ entries }) => entries.some(({ documentType }) => documentType === "order"));
}

async function postOnOrder(
  posting: Posting,
  schedule: PlanningSchedule | ShippingSchedule,
  number: string,
  book: OrderBook | undefined,
  releases: readonly ItemRelease[],
): Promise<void> {
  const { context, row } = posting;
  const { division, location } = row;
  const { session } = context;
  const released = await orderedBy(posting, schedule.documentType, book, releases);
  const before = book?.lines.map(({ line }) => line) ?? [];
  const currency = ("currency" in schedule ? schedule.currency : undefined) ?? book?.body.currency;
  const after = linesReleased(before, released, currency);
  // Nothing is ordered yet by what is only planned; and a release may change nothing.
  if (!book && after.every(({ quantity }) => quantity === "0")) return;
  if (book && isDeepStrictEqual(before, after)) return;

  const body = standingOrder(number, schedule, after, book?.body);
  const name = { accountId: row.accountId, usage: row.usage, number, release: "", shipTo: "" };
  const [release] = releases;
  const entered = book
    ? { id: book.order.id, lineIds: await saveOrderLines(session, book.order.id, after) }
    : await enterOrder(session, { ...name, division, location, documentId: row.id, body, lines: after });
  if (book) {
    const summary = `As release ${release?.release ?? ""} of ${schedule.date} has it.`;
    await addOrderVersion(session, book.order, { documentId: row.id, body, summary });
  }
  const paths = new Map(releases.map((one) => [lineReleased(after, one)?.key, one.path]));
  const movements = book
    ? movementsBetween(body, before, after, new Set(), schedule.date)
    : movementsOfOrder(body, after);
  for (const movement of movements) {
    const orderLineId = entered.lineIds.get(movement.key ?? "");
    if (orderLineId === undefined) continue;
    const { quantity, amount } = movement;
    posting.enter(
      { orderId: entered.id, orderLineId },
      { ...movement, code: schedule.purpose.code, path: paths.get(movement.key) ?? movement.path },
      { quantity, ...(amount !== undefined && { amount }), remarks: [] },
      `release ${release?.release ?? ""}`,
    );
  }
  posting.touch(entered.id);
}

/** What is ordered in all by the releases; where a shipping schedule is in force, a planning schedule only says the price. */
async function orderedBy(
  { context: { session }, row: { accountId, usage } }: Posting,
  kind: ScheduleKind,
  book: OrderBook | undefined,
  releases: readonly ItemRelease[],
): Promise<ReleasedItem[]> {
  const items = releases.map(({ item }) => item);
  const calledOff =
    kind === "shipping-schedule"
      ? []
      : await findReleases(session, { accountId, usage, kind: "shipping-schedule" }, items);
  const lines = (book?.lines ?? []).map((line) => ({ ...line.line, entries: line.entries }));
  return releases.map((release): ReleasedItem => {
    const line = lineReleased(lines, release);
    const exact = calledOff.find(
      ({ item, shipTo, body: { order = release.order } }) =>
        item === release.item && shipTo === (release.shipTo?.id ?? "") && order === release.order,
    );
    if (exact && line) {
      const { quantity, requested } = line;
      return { release, quantity, ...(requested !== undefined && { requested }) };
    }
    const shipped = line ? shippedOn(line) : [];
    const open = openCalls(exact ? "shipping-schedule" : kind, exact?.body ?? release, shipped);
    const first = open[0]?.date;
    return { release, quantity: orderedInAll(open, shipped), ...(first !== undefined && { requested: first }) };
  });
}

function shippedOn({ entries }: Pick<OrderBookLine, "entries">): ShippedOnLine[] {
  return entries.flatMap(({ kind, quantity, happenedOn }) =>
    kind === "shipped" ? [{ quantity, ...(happenedOn !== null && { date: happenedOn }) }] : [],
  );
}
