import { Big } from "big.js";
import type { Invoice, InvoiceLine } from "../documents/invoice.ts";
import { lineAmount } from "../documents/invoice-totals.ts";
import type { OrderChangeResponse, OrderChangeResponseLine } from "../documents/order-change-response.ts";
import type { OrderResponse, OrderResponseLine } from "../documents/order-response.ts";
import { decimalText, sumOf } from "./amount.ts";
import { withoutZeros } from "./line.ts";
import { mergedPlaces, type QuantityOfStore } from "./store-places.ts";

/*
 * Answers and invoices may be written with a line for each store, or with one line for all stores that are alike (SDQ). Both say
 * the same, store by store; a line that would say more or less in the other form keeps the one that it has.
 */

/** A document that can be written either way. */
export type WithStoreLines = OrderResponse | OrderChangeResponse | Invoice;
type StoreLine = OrderResponseLine | OrderChangeResponseLine | InvoiceLine;

/** A document in the form that its reader wants. */
export interface Arranged<Doc extends WithStoreLines> {
  readonly document: Doc;
  /** Why lines are not in that form, a sentence for each order line. */
  readonly remarks: readonly string[];
}

/** The document with one line for all stores of an order line that are told the same. */
export function storesTogether<Doc extends WithStoreLines>(document: Doc): Arranged<Doc> {
  const groups = new Map<string, StoreLine[]>();
  for (const line of document.lines as readonly StoreLine[]) {
    const key = namesStore(line) ? orderLineKey(line) : "";
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  // Each line by what it became: the first of those that were put together stands for all of them.
  const became = new Map<StoreLine, StoreLine | null>();
  const remarks: string[] = [];
  for (const [key, lines] of groups) {
    if (key === "" || lines.length < 2) continue;
    const { joined, reasons } = joinAlike(lines);
    for (const [line, result] of joined) became.set(line, result);
    if (reasons.length > 0)
      remarks.push(`Line ${nameOf(lines)} can't be one line for all its stores: ${reasons.join("; ")}.`);
  }
  const lines = (document.lines as readonly StoreLine[]).flatMap((line) => {
    const result = became.get(line);
    return result === null ? [] : [result ?? line];
  });
  return { document: withLines(document, lines), remarks };
}

/** The document with a line for each store. */
export function storesApart<Doc extends WithStoreLines>(document: Doc): Arranged<Doc> {
  const remarks: string[] = [];
  const lines = (document.lines as readonly StoreLine[]).flatMap((line) => {
    const stores = mergedPlaces(line.quantitiesByLocation ?? []);
    if (stores.length < 2) return [line];
    const parts = stores.map((store) => withQuantity(line, store.quantity, [store]));
    const fault = unclear(line) ?? (sameMoney([line], parts) ? null : otherMoney);
    if (fault === null) return parts;
    remarks.push(`Line ${nameOf([line])} can't be a line for each store: it ${fault}.`);
    return [line];
  });
  return { document: withLines(document, lines), remarks };
}

function joinAlike(lines: readonly StoreLine[]): { joined: Map<StoreLine, StoreLine | null>; reasons: string[] } {
  const joined = new Map<StoreLine, StoreLine | null>();
  const reasons: string[] = [];
  const alike = new Map<string, StoreLine[]>();
  for (const line of lines) {
    const fault = unclear(line);
    if (fault !== null) reasons.push(`${storesOf([line])} ${fault}`);
    else {
      const key = JSON.stringify([...traitsOf(line)]);
      alike.set(key, [...(alike.get(key) ?? []), line]);
    }
  }
  const [first, ...others] = alike.values();
  for (const some of others) reasons.push(`${storesOf(some)} differs in ${differences(first as StoreLine[], some)}`);
  for (const some of alike.values()) {
    const [head, ...rest] = some as [StoreLine, ...StoreLine[]];
    if (rest.length === 0) continue;
    const all = joinedLine(some);
    if (!sameMoney(some, [all])) {
      reasons.push(`${storesOf(some)} ${otherMoney}`);
      continue;
    }
    joined.set(head, all);
    for (const line of rest) joined.set(line, null);
  }
  return { joined, reasons };
}

function joinedLine(lines: readonly StoreLine[]): StoreLine {
  const quantity = decimalText(sumOf(lines.map((line) => line.quantity)));
  const stores = mergedPlaces(lines.flatMap((line) => line.quantitiesByLocation ?? []));
  const speaking = lines.find((line) => answersOf(line)?.[0]?.quantity !== undefined);
  const left = lines.map((line) => ("quantityLeft" in line ? line.quantityLeft : undefined));
  return {
    ...withQuantity(speaking ?? (lines[0] as StoreLine), quantity, stores),
    ...(left.every((one) => one !== undefined) && { quantityLeft: decimalText(sumOf(left)) }),
  };
}

/** The line for other stores: its own quantity, and that of its one answer, are those of the stores. */
function withQuantity(line: StoreLine, quantity: string, quantitiesByLocation: QuantityOfStore[]): StoreLine {
  const answers = answersOf(line);
  return {
    ...line,
    quantity,
    quantitiesByLocation,
    ...(answers && {
      acknowledgments: answers.map((one) => (one.quantity === undefined ? one : { ...one, quantity })),
    }),
    ...("quantityLeft" in line && line.quantityLeft !== undefined && { quantityLeft: quantity }),
  };
}

/** Why it can't be told what a line says of each of its stores; null where it can. */
function unclear(line: StoreLine): string | null {
  const { quantity } = line;
  const stores = line.quantitiesByLocation ?? [];
  if (quantity === undefined || stores.some(({ unit }) => unit !== line.unit))
    return "does not count its stores' pieces as its own";
  if (!sumOf(stores.map((store) => store.quantity)).eq(quantity)) return "has another quantity than its stores in all";
  const answers = answersOf(line);
  if (answers === undefined) {
    const { allowancesAndCharges, taxes, quantities, shipped, sublines } = line as InvoiceLine;
    const ownSums = [allowancesAndCharges, taxes, quantities, shipped, sublines].some(
      (list) => (list ?? []).length > 0,
    );
    return ownSums ? "has allowances, taxes, quantities or components of its own" : null;
  }
  const [answer, ...more] = answers;
  if (answer === undefined || more.length > 0) return "is not answered in one";
  if (answer.quantity !== undefined && !new Big(answer.quantity).eq(quantity)) return "is answered in part";
  if (answer.unit !== undefined && answer.unit !== line.unit) return "is answered in another unit";
  const left = "quantityLeft" in line ? line.quantityLeft : undefined;
  return left !== undefined && !new Big(left).eq(quantity) ? "says what is left in another quantity" : null;
}

const otherMoney = "would come to another amount, as cents are rounded line by line";

/** Whether lines of an invoice come to the same; those of an answer have no amounts. */
function sameMoney(some: readonly StoreLine[], others: readonly StoreLine[]): boolean {
  const amount = (lines: readonly StoreLine[]) =>
    sumOf(lines.map((line) => (answersOf(line) === undefined ? lineAmount(line as InvoiceLine) : undefined)));
  return amount(some).eq(amount(others));
}

/** What has to be the same in lines that become one, by what people call it. */
function traitsOf(line: StoreLine): Map<string, string> {
  const { quantity: _, quantitiesByLocation: __, line: ___, price, ...rest } = line;
  const { quantityLeft, acknowledgments, ...others } = rest as Omit<OrderChangeResponseLine, "quantity" | "line">;
  const [answer] = acknowledgments ?? [];
  const { quantity: ____, unit: _____, status, date, ...more } = answer ?? { status: undefined };
  const traits: Record<string, unknown> = {
    price: price === undefined ? undefined : decimalText(new Big(price)),
    status,
    "promised date": date,
    ...others,
    "what is left": quantityLeft !== undefined,
    "what is said beside the status": more,
  };
  return new Map(
    Object.entries(traits)
      .map(([name, value]): [string, string] => [names[name] ?? name, plain(value)])
      .filter(([, value]) => value !== "" && value !== "{}")
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

const names: Readonly<Record<string, string>> = {
  priceBasis: "price basis",
  productIds: "products",
  dates: "dates",
  descriptions: "description",
};

/** A value as text: words, which only explain codes, and the order of fields count for nothing. */
function plain(value: unknown): string {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    if (key === "word") return undefined;
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
  return text ?? "";
}

function differences([one]: readonly StoreLine[], [other]: readonly StoreLine[]): string {
  const [here, there] = [traitsOf(one as StoreLine), traitsOf(other as StoreLine)];
  const differing = [...new Set([...here.keys(), ...there.keys()])].filter(
    (name) => here.get(name) !== there.get(name),
  );
  return differing.join(", ");
}

function answersOf(line: StoreLine): OrderResponseLine["acknowledgments"] | undefined {
  return "acknowledgments" in line ? line.acknowledgments : undefined;
}

function namesStore(line: StoreLine): boolean {
  return (line.quantitiesByLocation ?? []).length > 0;
}

/** Which line of which order it is for. */
function orderLineKey(line: StoreLine): string {
  const order = "order" in line ? line.order : undefined;
  const number = line.line === undefined ? plain(line.productIds) : withoutZeros(line.line);
  return JSON.stringify([order?.number, order?.release, number]);
}

function nameOf([line]: readonly StoreLine[]): string {
  return line?.line ?? line?.productIds.map(({ id }) => id).join(" ") ?? "";
}

/** How many stores a remark names before it only counts them. */
const storesNamed = 5;

function storesOf(lines: readonly StoreLine[]): string {
  const stores = [
    ...new Set(lines.flatMap(({ quantitiesByLocation = [] }) => quantitiesByLocation.map(({ location }) => location))),
  ];
  const more = stores.length > storesNamed ? ` and ${stores.length - storesNamed} more` : "";
  return `store ${stores.slice(0, storesNamed).join(", ")}${more}`;
}

function withLines<Doc extends WithStoreLines>(document: Doc, lines: readonly StoreLine[]): Doc {
  const { totals } = document;
  const counted = totals?.lineCount === undefined ? totals : { ...totals, lineCount: lines.length };
  return { ...document, lines, ...(counted && { totals: counted }) } as Doc;
}
