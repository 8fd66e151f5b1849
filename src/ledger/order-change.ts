import { Big } from "big.js";
import type { Order, OrderLine } from "../documents/order.ts";
import type { OrderChange, OrderChangeLine } from "../documents/order-change.ts";
import { decimalText } from "./amount.ts";
import { type ChangeMeaning, changeMeaning } from "./change-codes.ts";
import {
  type ChangeRules,
  changedLine,
  deletedLine,
  mergedDates,
  orderLineOf,
  pick,
  type Refusal,
  type RefusalReason,
} from "./changed-line.ts";
import { assembleQuantities, explodeOrder, orderLineNumber } from "./explode.ts";
import { type LedgerLine, sameLineNumber } from "./line.ts";
import { sameProduct } from "./product.ts";

/** What became of one line of a change, or of what it says of the whole order. */
export interface ChangeOutcome {
  /** Where in the change: "lines.2"; empty for what it says of the whole order. */
  readonly path: string;
  /** The order line, counted from 1; missing where there is none, and for the whole order. */
  readonly position?: number;
  readonly line?: string;
  readonly action: "add" | "delete" | "change" | "keep";
  /** in-part: as far as what was shipped allows. unchanged: nothing was to be done. */
  readonly status: "applied" | "in-part" | "refused" | "unchanged";
  readonly reason?: RefusalReason;
  /** What was done or why not, for a person. */
  readonly message: string;
  /** The order line as it is now. */
  readonly now?: OrderLine;
  /** What of it was shipped before the change. */
  readonly shipped?: string;
}

/** An order after a change, with what became of each part of the change. */
export interface ChangedOrder {
  /** The version in force: the new one, or the one before where nothing was applied; missing where the order is unknown. */
  readonly order?: Order;
  readonly isChanged: boolean;
  readonly outcomes: readonly ChangeOutcome[];
  /** Positions of the lines that the buyer took out: their movements cancel. */
  readonly deleted: ReadonlySet<number>;
  /** What the change did, in a sentence. */
  readonly summary: string;
}

/** What was shipped of an order, by the key of the ledger line. */
export type ShippedByLine = ReadonlyMap<string, string>;

/** X12 element 353, BCH01: purposes that change nothing. */
const idlePurposes: ReadonlySet<string> = new Set(["06", "07", "22"]);
const cancellation = "01";
const lineLimit = 5;

/**
 * The order after a change: each line by its code (POC02), or all of it where the order is cancelled (BCH01 01). Lines that a
 * change doesn't name stay as they are, also where it calls itself a replacement. What was shipped can't be undone: a quantity
 * falls to what was shipped and no lower, and what was shipped whole takes no change but a higher quantity. The order given is
 * never changed itself. An order is unknown where there is none.
 */
export function applyOrderChange(
  order: Order | undefined,
  change: OrderChange,
  shipped: ShippedByLine = new Map(),
  rules: ChangeRules = {},
): ChangedOrder {
  const refusal = refusalOfAll(order, change);
  if (order === undefined || refusal !== undefined) {
    return refusedAll(order, change, refusal ?? unknownOrder(change));
  }
  if (idlePurposes.has(change.purpose.code)) {
    const message = `nothing: its purpose is ${change.purpose.code}${change.purpose.word ? ` (${change.purpose.word})` : ""}`;
    const outcome = { path: "", action: "keep", status: "unchanged", message } as const;
    return { order, isChanged: false, outcomes: [outcome], deleted: new Set(), summary: summaryOf([outcome]) };
  }
  const draft: Draft = {
    order: { ...order, lines: [...order.lines] },
    shipped,
    shippedByPosition: shippedByPosition(shipped),
    rules,
    deleted: new Set(),
  };
  const isCancelled =
    change.purpose.code === cancellation || change.lines.some(({ change: { code } }) => code === "CF");
  const outcomes = isCancelled
    ? order.lines.map((_, index) => remove(draft, index, ""))
    : [
        ...changeHeading(draft, change),
        ...change.lines.map((line, index) => changeLine(draft, line, `lines.${index}`)),
      ];
  const isChanged = outcomes.some(({ status }) => status === "applied" || status === "in-part");
  return {
    order: isChanged ? draft.order : order,
    isChanged,
    outcomes,
    deleted: draft.deleted,
    summary: summaryOf(outcomes),
  };
}

interface Draft {
  readonly order: Order;
  readonly shipped: ShippedByLine;
  readonly shippedByPosition: ReadonlyMap<number, Big>;
  readonly rules: ChangeRules;
  readonly deleted: Set<number>;
}

function unknownOrder({ number, release }: OrderChange): Refusal {
  return { reason: "order-unknown", message: `order ${number}${release ? ` release ${release}` : ""} is not known` };
}

function refusalOfAll(order: Order | undefined, change: OrderChange): Refusal | undefined {
  if (order === undefined) return unknownOrder(change);
  if (order.lines.every(({ quantity }) => quantity !== undefined && new Big(quantity).eq(0)) && !addsLines(change)) {
    return { reason: "order-cancelled", message: `order ${order.number} was cancelled before` };
  }
  return undefined;
}

function addsLines(change: OrderChange): boolean {
  return change.lines.some(({ change: { code } }) => changeMeaning(code)?.action === "add");
}

function refusedAll(order: Order | undefined, change: OrderChange, refusal: Refusal): ChangedOrder {
  const of = (path: string, line?: OrderChangeLine): ChangeOutcome => ({
    path,
    ...(line?.line !== undefined && { line: line.line }),
    action: (line && changeMeaning(line.change.code)?.action) ?? "change",
    status: "refused",
    ...refusal,
  });
  const outcomes = change.lines.length === 0 ? [of("")] : change.lines.map((line, index) => of(`lines.${index}`, line));
  return { ...(order && { order }), isChanged: false, outcomes, deleted: new Set(), summary: summaryOf(outcomes) };
}

/** What a change says of the whole order; dates, parties and references take the place of those of their kind. */
function changeHeading(draft: Draft, change: OrderChange): ChangeOutcome[] {
  const { order } = draft;
  const roles = new Set(change.parties.map(({ role }) => role));
  const kinds = new Set(change.references.map(({ qualifier }) => qualifier));
  const heading: Partial<Order> = {
    dates: mergedDates(order.dates, change.dates) ?? [],
    parties: [...order.parties.filter(({ role }) => !roles.has(role)), ...change.parties],
    references: [...order.references.filter(({ qualifier }) => !kinds.has(qualifier)), ...change.references],
    ...pick(
      change,
      "terms",
      "freightTerms",
      "carriage",
      "allowancesAndCharges",
      "salesRequirements",
      "prices",
      "lading",
    ),
  };
  const isSame = (Object.keys(heading) as (keyof Order)[]).every(
    (key) => sortedJson(heading[key]) === sortedJson(order[key]),
  );
  if (isSame) return [];
  const outcome = { path: "", action: "change" } as const;
  const lines = explodeOrder(order);
  const anyShipped = lines.some(({ key }) => new Big(draft.shipped.get(key) ?? 0).gt(0));
  const anyOpen = lines.some(({ key, quantity }) => new Big(quantity).gt(draft.shipped.get(key) ?? 0));
  if (anyShipped && !anyOpen) {
    return [
      { ...outcome, status: "refused", reason: "already-shipped", message: "the whole order was shipped before" },
    ];
  }
  const shipTo = (list: Order["parties"]) => sortedJson(list.filter(({ role }) => role === "ST").map(({ id }) => id));
  if (anyShipped && heading.parties && shipTo(heading.parties) !== shipTo(order.parties)) {
    const message = "the goods are sent elsewhere now, and a part of them was shipped before";
    return [{ ...outcome, status: "refused", reason: "already-shipped", message }];
  }
  Object.assign(order, heading);
  return [{ ...outcome, status: "applied", message: "the heading of the order was changed" }];
}

function sortedJson(value: unknown): string {
  return Array.isArray(value)
    ? JSON.stringify(value.map((one) => JSON.stringify(one)).sort())
    : JSON.stringify(value ?? null);
}

function changeLine(draft: Draft, change: OrderChangeLine, path: string): ChangeOutcome {
  const { code, word } = change.change;
  const meaning = changeMeaning(code);
  const line = change.line === undefined ? {} : { line: change.line };
  if (meaning === undefined) {
    const message = `what ${code}${word ? ` (${word})` : ""} wants of the line can't be told`;
    return { path, ...line, action: "change", status: "refused", reason: "not-understood", message };
  }
  const found = findLine(draft.order, change, meaning);
  if (meaning.action === "add") return add(draft, change, path, found);
  if (typeof found !== "number") return { path, ...line, action: meaning.action, status: "refused", ...found };
  if (meaning.action === "delete") return remove(draft, found, path);
  if (meaning.action === "keep") {
    return {
      ...outcomeOf(draft, found, path),
      action: "keep",
      status: "unchanged",
      message: "nothing was to be changed",
    };
  }
  return alter(draft, found, change, meaning, path);
}

/** The order line that a change speaks of: by its number, unless the products contradict; else by its product. */
function findLine(order: Order, change: OrderChangeLine, meaning: ChangeMeaning): number | Refusal {
  const replaces = meaning.parts.includes("product") || meaning.parts.includes("everything");
  const agrees = (line: OrderLine) => replaces || sameProduct(line.productIds, change.productIds) !== false;
  const number = change.line;
  const numbered = order.lines.flatMap((line, index) =>
    number !== undefined && sameLineNumber(orderLineNumber(line, index + 1), number) ? [index] : [],
  );
  const [first] = numbered.filter((index) => agrees(order.lines[index] as OrderLine));
  if (first !== undefined) return first;
  const byProduct = order.lines.flatMap((line, index) =>
    sameProduct(line.productIds, change.productIds) === true ? [index] : [],
  );
  if (byProduct.length === 1 && byProduct[0] !== undefined) return byProduct[0];
  if (byProduct.length > 1) {
    return {
      reason: "line-unknown",
      message: `${byProduct.length} lines of the order are of this product, and it names none of them`,
    };
  }
  if (numbered.length > 0) {
    return { reason: "contradiction", message: `line ${number} of the order is another product` };
  }
  return {
    reason: "line-unknown",
    message: number === undefined ? "no line of the order is of this product" : `the order has no line ${number}`,
  };
}

function add(draft: Draft, change: OrderChangeLine, path: string, found: number | Refusal): ChangeOutcome {
  const { lines } = draft.order;
  const existing = typeof found === "number" ? lines[found] : undefined;
  const sameNumber =
    existing !== undefined &&
    typeof found === "number" &&
    (change.line === undefined || sameLineNumber(orderLineNumber(existing, found + 1), change.line));
  if (existing && sameNumber && typeof found === "number") {
    // A line that was deleted comes back under its own number; a live one is not added again.
    if (!new Big(existing.quantity ?? 0).eq(0)) {
      const message = `the order has line ${orderLineNumber(existing, found + 1)} already`;
      return { ...outcomeOf(draft, found, path), action: "add", status: "refused", reason: "line-exists", message };
    }
    lines[found] = orderLineOf(change);
    return { ...outcomeOf(draft, found, path), action: "add", status: "applied", message: "the line was added again" };
  }
  lines.push(orderLineOf(change));
  return {
    ...outcomeOf(draft, lines.length - 1, path),
    action: "add",
    status: "applied",
    message: "the line was added",
  };
}

function remove(draft: Draft, index: number, path: string): ChangeOutcome {
  const line = draft.order.lines[index] as OrderLine;
  if (new Big(line.quantity ?? 0).eq(0) && line.quantity !== undefined) {
    const message = "the line was deleted before";
    return { ...outcomeOf(draft, index, path), action: "delete", status: "unchanged", message };
  }
  const outcome = put(draft, index, deletedLine(line), path, "delete");
  if (outcome.status === "applied" || outcome.status === "in-part") draft.deleted.add(index + 1);
  return outcome;
}

function alter(
  draft: Draft,
  index: number,
  change: OrderChangeLine,
  meaning: ChangeMeaning,
  path: string,
): ChangeOutcome {
  const line = draft.order.lines[index] as OrderLine;
  const refuse = (refusal: Refusal): ChangeOutcome => ({
    ...outcomeOf(draft, index, path),
    action: "change",
    status: "refused",
    ...refusal,
  });
  const shipped = shippedOf(draft, index);
  const changed = changedLine(line, change, meaning.parts, shipped, draft.rules);
  if ("reason" in changed) return refuse(changed);
  const [was, is] = [new Big(line.quantity ?? 0), new Big(changed.quantity ?? 0)];
  if (was.eq(0) && line.quantity !== undefined && shipped.eq(0)) {
    return refuse({
      reason: "line-cancelled",
      message: "the line was deleted before; it has to be added to be wanted again",
    });
  }
  if (shipped.gte(was) && shipped.gt(0) && is.lte(was)) {
    return refuse({ reason: "already-shipped", message: `all ${decimalText(was)} of the line were shipped before` });
  }
  return put(draft, index, changed, path, "change");
}

/** Puts a line in the place of the one before, with no place's quantity below what was shipped to it. */
function put(draft: Draft, index: number, wanted: OrderLine, path: string, action: "delete" | "change"): ChangeOutcome {
  const before = draft.order.lines[index] as OrderLine;
  const parts = partsOf(draft.order, index, wanted);
  const kept = parts.map((part) => {
    const shipped = new Big(draft.shipped.get(part.key) ?? 0);
    return shipped.gt(part.quantity) ? { ...part, quantity: decimalText(shipped) } : part;
  });
  const isShort = kept.some((part, place) => part !== parts[place]);
  const now = isShort ? { ...wanted, ...assembleQuantities(kept) } : wanted;
  const shipped = shippedOf(draft, index);
  if (isShort && sameQuantities(partsOf(draft.order, index, before), kept)) {
    const message = `all ${decimalText(new Big(before.quantity ?? 0))} of the line were shipped before`;
    return { ...outcomeOf(draft, index, path), action, status: "refused", reason: "already-shipped", message };
  }
  draft.order.lines[index] = now;
  const outcome = { ...outcomeOf(draft, index, path), action };
  if (isShort) {
    const message = `${decimalText(shipped)} were shipped before, so ${now.quantity} stay ordered; the rest was taken out`;
    return { ...outcome, status: "in-part", reason: "already-shipped", message };
  }
  return {
    ...outcome,
    status: "applied",
    message: action === "delete" ? "the line was deleted" : "the line was changed",
  };
}

function sameQuantities(one: readonly LedgerLine[], other: readonly LedgerLine[]): boolean {
  const quantities = new Map(one.map(({ key, quantity }) => [key, quantity]));
  return other.every(({ key, quantity }) => new Big(quantities.get(key) ?? 0).eq(quantity));
}

/** The ledger lines of one order line, as they would be with this line in its place. */
function partsOf(order: Order, index: number, line: OrderLine): LedgerLine[] {
  const position = index + 1;
  return explodeOrder({ ...order, lines: [line] }).map((part) => ({
    ...part,
    position,
    key: `${position}${part.key.slice(1)}`,
  }));
}

function shippedOf(draft: Draft, index: number): Big {
  return draft.shippedByPosition.get(index + 1) ?? new Big(0);
}

function shippedByPosition(shipped: ShippedByLine): Map<number, Big> {
  const sums = new Map<number, Big>();
  for (const [key, quantity] of shipped) {
    const position = Number.parseInt(key, 10);
    sums.set(position, (sums.get(position) ?? new Big(0)).plus(quantity));
  }
  return sums;
}

function outcomeOf(
  draft: Draft,
  index: number,
  path: string,
): Pick<ChangeOutcome, "path" | "position" | "line" | "now" | "shipped"> {
  const now = draft.order.lines[index] as OrderLine;
  const position = index + 1;
  return { path, position, line: orderLineNumber(now, position), now, shipped: decimalText(shippedOf(draft, index)) };
}

function summaryOf(outcomes: readonly ChangeOutcome[]): string {
  const told = outcomes
    .slice(0, lineLimit)
    .map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`));
  const more = outcomes.length - told.length;
  return `${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
