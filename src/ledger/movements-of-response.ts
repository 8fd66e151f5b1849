import { Big } from "big.js";
import type { LineAcknowledgment, OrderResponse, OrderResponseLine } from "../documents/order-response.ts";
import { atLeastZero, decimalText, sumOf } from "./amount.ts";
import { type LedgerLine, sameLineNumber, sameLocation } from "./line.ts";
import type { AcknowledgedAs, Movement } from "./movement.ts";
import { sameProduct } from "./product.ts";

/** What our code for a line (X12 element 668, ACK01) means to the ledger; a code that is not here accepts. */
const meanings: ReadonlyMap<string, AcknowledgedAs> = new Map<string, AcknowledgedAs>([
  ["IB", "back-ordered"],
  ...["IF", "IH", "IW"].map((code) => [code, "on-hold"] as const),
  ...["IR", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8"].map((code) => [code, "rejected"] as const),
  ["ID", "deleted"],
]);
/** Days that are promises: schedules and estimates of shipment and delivery (X12 element 374). */
const promises: ReadonlySet<string> = new Set(["017", "067", "068", "069", "079"]);
/** Answers to a whole order (X12 element 587, BAK02): those that refuse it, and the one that names exceptions only. */
const refusals: ReadonlySet<string> = new Set(["RD", "RF", "RJ", "RN", "RV"]);
const exceptionsOnly = "AE";
const onHold = "AH";

/** What a code of ACK01 means to the ledger. */
export function meaningOf(status: string): AcknowledgedAs {
  return meanings.get(status) ?? "accepted";
}

/**
 * What our answer to an order moves: so much of each line accepted, back-ordered, refused. An answer without lines, or with the
 * exceptions only, speaks of the other lines of the order too.
 */
export function movementsOfResponse(response: OrderResponse, lines: readonly LedgerLine[]): Movement[] {
  const order = orderOf(response);
  const said = response.lines.flatMap((line, index) =>
    movementsOfLine(line, lines, {
      order,
      date: response.date,
      ...(response.currency !== undefined && { currency: response.currency }),
      path: `lines.${index}`,
    }),
  );
  const type = response.acknowledgmentType.code;
  if (response.lines.length > 0 && type !== exceptionsOnly) return said;
  const as: AcknowledgedAs = refusals.has(type) ? "rejected" : type === onHold ? "on-hold" : "accepted";
  const silent = lines.filter((line) => !response.lines.some((one) => speaksOf(one, line)));
  return [
    ...said,
    ...silent.map(
      (line): Movement => ({
        kind: "acknowledged",
        order,
        line: line.line,
        key: line.key,
        productIds: line.productIds,
        quantity: line.quantity,
        ...(line.unit !== undefined && { unit: line.unit }),
        as,
        code: type,
        date: response.date,
        path: "acknowledgmentType",
      }),
    ),
  ];
}

/** What the acknowledgments of one line say; of an answer to a change (865) as well as to an order (855). */
export function movementsOfLine(
  line: Pick<OrderResponseLine, "line" | "quantity" | "unit" | "price" | "productIds" | "quantitiesByLocation"> & {
    acknowledgments: readonly LineAcknowledgment[];
  },
  lines: readonly LedgerLine[],
  common: Pick<Movement, "order" | "date" | "currency" | "path">,
): Movement[] {
  const spokenOf = lines.filter((one) => speaksOf(line, one));
  const ordered = new Big(line.quantity ?? sumOf(spokenOf.map((one) => one.quantity)));
  let left = ordered;
  const movement = (quantity: Big, as: AcknowledgedAs, one: LineAcknowledgment): Movement => {
    left = left.minus(quantity);
    const promised = one.date && promises.has(one.date.qualifier) ? one.date.date : undefined;
    const unit = one.unit ?? line.unit;
    return {
      ...common,
      kind: "acknowledged",
      ...(line.line !== undefined && { line: line.line }),
      productIds: line.productIds,
      quantity: decimalText(quantity),
      ...(unit !== undefined && { unit }),
      ...(line.price !== undefined && { price: line.price }),
      as,
      code: one.status,
      ...(promised !== undefined && { promised }),
    };
  };
  const said = line.acknowledgments.map((one) =>
    movement(one.quantity === undefined ? atLeastZero(left) : new Big(one.quantity), meaningOf(one.status), one),
  );
  // BP is said of what is shipped now; the rest of the line is on back order, whether or not a second answer says so.
  const partial = line.acknowledgments.find(({ status }) => status === "BP");
  const all = partial && left.gt(0) ? [...said, movement(left, "back-ordered", partial)] : said;
  return atStores(all, line.quantitiesByLocation ?? []);
}

/** One answer is shared by the stores that it counts; several are of the one store that they name, or can't be told apart. */
function atStores(movements: Movement[], stores: NonNullable<OrderResponseLine["quantitiesByLocation"]>): Movement[] {
  const place = ({ idQualifier, location: id }: (typeof stores)[number]) => ({
    location: { ...(idQualifier !== undefined && { qualifier: idQualifier }), id },
  });
  const [store, ...others] = stores;
  if (store === undefined) return movements;
  if (others.length === 0) return movements.map((movement) => ({ ...movement, ...place(store) }));
  const [movement, ...more] = movements;
  const isWhole =
    movement !== undefined &&
    more.length === 0 &&
    stores.every(({ unit }) => unit === movement.unit) &&
    sumOf(stores.map(({ quantity }) => quantity)).eq(movement.quantity);
  return isWhole ? stores.map((one) => ({ ...movement, ...place(one), quantity: one.quantity })) : movements;
}

function speaksOf(
  one: Pick<OrderResponseLine, "line" | "productIds" | "quantitiesByLocation">,
  line: LedgerLine,
): boolean {
  const { location } = line;
  const stores = one.quantitiesByLocation ?? [];
  if (stores.length > 0 && location && !stores.some((store) => isAt(store, location))) return false;
  if (one.line !== undefined) return sameLineNumber(one.line, line.line);
  return sameProduct(one.productIds, line.productIds) === true;
}

function isAt(
  { idQualifier, location }: { idQualifier?: string | undefined; location: string },
  place: NonNullable<LedgerLine["location"]>,
): boolean {
  return sameLocation({ ...(idQualifier !== undefined && { qualifier: idQualifier }), id: location }, place);
}

function orderOf({ order }: OrderResponse): NonNullable<Movement["order"]> {
  return { number: order.number, ...(order.release !== undefined && { release: order.release }) };
}
