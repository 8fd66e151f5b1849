import { Big } from "big.js";
import { apportion, atLeastZero, CENTS, decimalText, extendedAmount, least, moneyText } from "./amount.ts";
import type { LineFigures } from "./figures.ts";
import { type LedgerLine, sameLocation, withoutZeros } from "./line.ts";
import type { Movement, PlacedMovement, PlacementRemark, UnplacedMovement } from "./movement.ts";
import { productKeys, sameProduct } from "./product.ts";

/** A ledger line of the order that movements are placed on, and what became of it so far. */
export interface StandingLine {
  readonly line: LedgerLine;
  /** Left out where nothing was posted yet. */
  readonly figures?: LineFigures;
}

/** What was placed, and what belongs nowhere: each movement is in one of the two. */
export interface Placement {
  readonly placed: readonly PlacedMovement[];
  readonly unplaced: readonly UnplacedMovement[];
}

/** Places one movement; see `placeMovements`. */
export function placeMovement(lines: readonly StandingLine[], movement: Movement): Placement {
  return placeMovements(lines, [movement]);
}

/**
 * Puts the movements of one document on the lines of their order: by the ledger line's key where it is known, else by line
 * number, else by product, and then by place. Where several stores share a line and the document names none, the quantity
 * fills them one after the other, as far as each can take it; what is more goes to the last. Nothing is dropped: what
 * can't be placed comes back with the reason. Time is linear in lines and movements.
 */
export function placeMovements(lines: readonly StandingLine[], movements: readonly Movement[]): Placement {
  const shelf = shelve(lines);
  const placed: PlacedMovement[] = [];
  const unplaced: UnplacedMovement[] = [];
  for (const movement of movements) {
    const target = search(shelf, movement);
    if ("reason" in target) unplaced.push({ movement, ...target });
    else placed.push(...spread(target.slots, movement, target.remarks));
  }
  return { placed, unplaced };
}

/** A ledger line with what this document has put on it so far. */
interface Slot {
  readonly line: LedgerLine;
  readonly figures: LineFigures | undefined;
  readonly used: Map<Movement["kind"], Big>;
}

interface Shelf {
  readonly byKey: ReadonlyMap<string, Slot>;
  readonly byNumber: ReadonlyMap<string, Slot[]>;
  readonly byProduct: ReadonlyMap<string, Slot[]>;
}

function shelve(lines: readonly StandingLine[]): Shelf {
  const shelf = {
    byKey: new Map<string, Slot>(),
    byNumber: new Map<string, Slot[]>(),
    byProduct: new Map<string, Slot[]>(),
  };
  for (const { line, figures } of lines) {
    const slot: Slot = { line, figures, used: new Map() };
    shelf.byKey.set(line.key, slot);
    put(shelf.byNumber, withoutZeros(line.line), slot);
    for (const key of productKeys(line.productIds)) put(shelf.byProduct, key, slot);
  }
  return shelf;
}

function put(map: Map<string, Slot[]>, key: string, slot: Slot): void {
  const slots = map.get(key);
  if (slots) slots.push(slot);
  else map.set(key, [slot]);
}

type Found = { slots: Slot[]; remarks: PlacementRemark[] } | Omit<UnplacedMovement, "movement">;

function search(shelf: Shelf, movement: Movement): Found {
  if (shelf.byKey.size === 0) {
    const number = movement.order?.number;
    const message = number === undefined ? "it names no order" : `order ${number} is not in the ledger`;
    return { reason: "no-order", message };
  }
  if (movement.key !== undefined) {
    const slot = shelf.byKey.get(movement.key);
    return slot
      ? { slots: [slot], remarks: [] }
      : { reason: "line-unknown", message: `the order has no ledger line ${movement.key}` };
  }
  const line = searchLine(shelf, movement);
  if ("reason" in line) return line;
  const place = searchPlace(line.slots, movement);
  if ("reason" in place) return place;
  const unit = movement.unit;
  const fitting = place.slots.filter(
    (slot) => unit === undefined || slot.line.unit === undefined || slot.line.unit === unit,
  );
  if (fitting.length === 0) {
    return {
      reason: "unit-differs",
      message: `it counts in ${unit}, and the order in ${place.slots[0]?.line.unit}; the two can't be added up`,
    };
  }
  return { slots: fitting, remarks: [...line.remarks, ...place.remarks] };
}

/** By number, unless the products say that it is another line: then the number is one of the document's own. */
function searchLine(shelf: Shelf, movement: Movement): Found {
  const numbered = movement.line === undefined ? [] : (shelf.byNumber.get(withoutZeros(movement.line)) ?? []);
  const agreeing = numbered.filter(({ line }) => sameProduct(line.productIds, movement.productIds) !== false);
  if (agreeing.length > 0) return { slots: agreeing, remarks: [] };

  const byProduct = [...new Set(productKeys(movement.productIds).flatMap((key) => shelf.byProduct.get(key) ?? []))];
  const positions = new Set(byProduct.map(({ line }) => line.position));
  if (positions.size === 1) return { slots: byProduct, remarks: ["found-by-product"] };
  const product = movement.productIds.map(({ qualifier, id }) => `${qualifier} ${id}`).join(", ");
  if (positions.size > 1) {
    return {
      reason: "ambiguous",
      message: `${positions.size} lines of the order are of ${product}, and it names none of them`,
    };
  }
  if (numbered.length > 0) {
    return {
      reason: "contradiction",
      message: `line ${movement.line} of the order is another product than ${product}, which is on no line`,
    };
  }
  if (movement.line !== undefined) return { reason: "line-unknown", message: `the order has no line ${movement.line}` };
  if (product === "") return { reason: "line-unknown", message: "it names neither a line nor a product" };
  return { reason: "product-unknown", message: `no line of the order is of ${product}` };
}

function searchPlace(slots: Slot[], movement: Movement): Found {
  const atStore = movement.markFor === undefined ? [] : placedAt(slots, movement.markFor);
  if (atStore.length > 0) return { slots: atStore, remarks: [] };
  const wanted = movement.location;
  if (wanted === undefined) return { slots, remarks: [] };
  const there = placedAt(slots, wanted);
  if (there.length > 0) return { slots: there, remarks: [] };
  // The warehouse that the goods of all stores are sent to, or a line that was ordered for no place.
  const through = slots.filter(
    ({ line }) => line.location === undefined || (line.shipTo && sameLocation(line.shipTo, wanted)),
  );
  if (through.length > 0) return { slots: through, remarks: [] };
  if (slots.length === 1) return { slots, remarks: ["location-differs"] };
  return {
    reason: "location-unknown",
    message: `line ${slots[0]?.line.line} goes to ${slots.length} places, and ${wanted.id} is none of them`,
  };
}

function placedAt(slots: readonly Slot[], place: NonNullable<Movement["location"]>): Slot[] {
  return slots.filter(({ line }) => line.location !== undefined && sameLocation(line.location, place));
}

/** The shares of a movement on the lines that it may be on, as far as each can take it; the rest goes to the last one. */
function spread(slots: readonly Slot[], movement: Movement, remarks: readonly PlacementRemark[]): PlacedMovement[] {
  const { kind } = movement;
  const quantity = new Big(movement.quantity);
  const sign = quantity.lt(0) ? -1 : 1;
  const shares = new Map<Slot, Big>();
  let left = quantity.abs();
  const give = (slot: Slot, share: Big) => {
    shares.set(slot, (shares.get(slot) ?? new Big(0)).plus(share));
    slot.used.set(kind, (slot.used.get(kind) ?? new Big(0)).plus(share.times(sign)));
    left = left.minus(share);
  };
  const passes = slots[0] === undefined ? 0 : capacities(slots[0], kind, sign).length;
  for (let pass = 0; pass < passes; pass += 1) {
    for (const slot of slots) {
      const share = least(left, capacities(slot, kind, sign)[pass] ?? left);
      if (share.gt(0)) give(slot, share);
    }
  }
  const beyond = left.gt(0);
  const last = quantity.eq(0) ? slots[0] : slots.at(-1);
  if (last && (beyond || shares.size === 0)) give(last, left);

  const parts = [...shares];
  const amounts =
    movement.amount === undefined
      ? undefined
      : apportion(
          movement.amount,
          parts.map(([, share]) => share),
        );
  return parts.map(([slot, share], index) => {
    const signed = share.times(sign);
    const amount = amounts?.[index] ?? priced(slot.line, movement, signed);
    return {
      key: slot.line.key,
      movement,
      quantity: decimalText(signed),
      ...(amount !== undefined && { amount: amountText(amount) }),
      remarks: beyond && slot === last ? [...remarks, "beyond-the-line"] : remarks,
    };
  });
}

/**
 * How much more a line can take of a kind of movement, after what this document has put on it already. Where there are two,
 * the narrower sense comes first: an invoice bills what was shipped before it bills what was only ordered.
 */
function capacities({ line, figures, used }: Slot, kind: Movement["kind"], sign: 1 | -1): Big[] {
  const done = new Big(used.get(kind) ?? 0);
  if (sign < 0) {
    const there =
      kind === "shipped" || kind === "invoiced" || kind === "paid" ? (figures?.[kind].quantity ?? "0") : line.quantity;
    return [atLeastZero(done.plus(there))];
  }
  const whole = new Big(figures?.required ?? line.quantity);
  const rooms: Big[] = {
    ordered: [new Big(line.quantity)],
    changed: [new Big(line.quantity)],
    cancelled: [whole],
    acknowledged: [whole],
    shipped: [new Big(figures?.open ?? line.quantity)],
    invoiced: [new Big(figures?.toInvoice ?? 0), whole.minus(figures?.invoiced.quantity ?? 0)],
    paid: [new Big(figures?.invoiced.quantity ?? 0).minus(figures?.paid.quantity ?? 0)],
  }[kind];
  return rooms.map((room) => atLeastZero(room.minus(done)));
}

function priced(line: LedgerLine, movement: Movement, quantity: Big): Big | undefined {
  const price = movement.price ?? line.price;
  if (price === undefined) return undefined;
  return extendedAmount(quantity, price, movement.priceBasis ?? line.priceBasis, line.unit).round(
    CENTS,
    Big.roundHalfUp,
  );
}

/** An amount keeps the decimals that its document gave it, and has at least its cents. */
function amountText(amount: Big): string {
  return new Big(moneyText(amount)).eq(amount) ? moneyText(amount) : decimalText(amount);
}
