import {
  type LedgerLine,
  type Movement,
  type PlacedMovement,
  type Placement,
  placeMovement,
  placeMovements,
  type StandingLine,
  type UnplacedMovement,
} from "../../ledger/index.ts";
import { type OrderLedger, openLedgers } from "../../store/ledger.ts";
import { findOrders } from "../../store/orders.ts";
import { standingLines } from "../standing.ts";
import type { Posting } from "./posting.ts";

/** An order as movements are placed on it. */
interface OpenOrder {
  readonly book: OrderLedger;
  readonly standing: StandingLine[];
}

/** A movement, or its share, on a line of an order in the books. */
export interface PlacedInBooks extends PlacedMovement {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly line: LedgerLine;
}

/** What was placed and where, and what belongs nowhere. */
export interface PlacementInBooks extends Placement {
  readonly placed: readonly PlacedInBooks[];
}

/**
 * Puts what a document did to orders on their lines; what has no place in any is left for a person.
 * @returns where each movement went
 */
export async function postMovements(posting: Posting, movements: readonly Movement[]): Promise<PlacementInBooks> {
  const placed: PlacedInBooks[] = [];
  const unplaced: UnplacedMovement[] = [];
  const byOrder = new Map<string, Movement[]>();
  for (const movement of movements) {
    const name = JSON.stringify([movement.order?.number ?? null, movement.order?.release ?? null]);
    byOrder.set(name, [...(byOrder.get(name) ?? []), movement]);
  }
  for (const group of byOrder.values()) {
    const open = await openOrders(posting, group[0] as Movement);
    for (const [order, its] of sharedOut(open, group)) {
      const placement = placeOn(posting, order?.book ?? null, order?.standing ?? [], its);
      const lines = new Map(order?.book.lines.map((line) => [line.key, line]));
      for (const one of placement.placed) {
        const at = lines.get(one.key);
        if (order && at) placed.push({ ...one, orderId: order.book.order.id, orderLineId: at.id, line: at.line });
      }
      unplaced.push(...placement.unplaced);
    }
  }
  return { placed, unplaced };
}

/** The orders of the number that a movement names; a release that no order has is taken as left out. */
async function openOrders({ context: { session }, row, today }: Posting, { order }: Movement): Promise<OpenOrder[]> {
  if (order === undefined) return [];
  const name = { accountId: row.accountId, usage: row.usage, number: order.number };
  const released = order.release === undefined ? [] : await findOrders(session, { ...name, release: order.release });
  const found = released.length > 0 ? released : await findOrders(session, name);
  return (await openLedgers(session, found)).map((book) => ({ book, standing: standingLines(book, today) }));
}

/** Which of several orders with one number each movement is for: by its place, else where it fits. */
function sharedOut(open: readonly OpenOrder[], movements: readonly Movement[]): Map<OpenOrder | null, Movement[]> {
  const shares = new Map<OpenOrder | null, Movement[]>();
  for (const movement of movements) {
    const order = open.length > 1 ? (orderFor(open, movement) ?? null) : (open[0] ?? null);
    shares.set(order, [...(shares.get(order) ?? []), movement]);
  }
  return shares;
}

function orderFor(open: readonly OpenOrder[], movement: Movement): OpenOrder | undefined {
  const { location } = movement;
  const there = open.filter(
    ({ book }) =>
      location !== undefined &&
      (book.order.shipTo === location.id || book.lines.some(({ line }) => line.location?.id === location.id)),
  );
  const candidates = there.length > 0 ? there : open;
  const tries = candidates.map((order) => ({ order, ...placeMovement(order.standing, movement) }));
  const fits = tries.filter(({ unplaced }) => unplaced.length === 0);
  const well = fits.find(({ placed }) => placed.every(({ remarks }) => remarks.length === 0));
  return (well ?? fits[0] ?? tries[0])?.order;
}

/** Puts movements on the lines of one order; with no order they are left for a person. */
export function placeOn(
  posting: Posting,
  book: OrderLedger | null,
  standing: readonly StandingLine[],
  movements: readonly Movement[],
): Placement {
  if (book) posting.know(book);
  const lineIds = new Map(book?.lines.map(({ key, id }) => [key, id]));
  const placement = placeMovements(standing, movements);
  for (const { key, movement, ...share } of placement.placed) {
    const orderLineId = lineIds.get(key);
    if (book && orderLineId) posting.enter({ orderId: book.order.id, orderLineId }, movement, share);
  }
  for (const { movement, message } of placement.unplaced) {
    // What is of the whole document, as the charges of an invoice without lines, has no line to be on.
    if (movement.path !== "") posting.leave(movement.path, message);
  }
  return placement;
}
