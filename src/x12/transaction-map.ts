import { compileSelector, type SelectedValue, type Selector } from "./selector/selector.ts";
import { SelectorError } from "./selector/selector-syntax.ts";
import type { TransactionSet } from "./transaction-set.ts";

/** What a map makes of a set. A value that is not in the set is null. */
export type MappedValue =
  | string
  | number
  | boolean
  | null
  | readonly MappedValue[]
  | { readonly [key: string]: MappedValue };

/** A map that can't be used. The message names the place in it. */
export class TransactionMapError extends Error {
  override readonly name = "TransactionMapError";
  /** Keys from the top: "shipTo.name", "" for the map itself. */
  readonly path: string;

  constructor(path: string, what: string, cause?: Error) {
    super(path === "" ? `The map is wrong: ${what}` : `The map is wrong at ${path}: ${what}`, { cause });
    this.path = path;
  }
}

/** A map compiled once, for any number of sets. */
export type CompiledTransactionMap = (set: TransactionSet) => MappedValue;

/**
 * Compiles an `X12TransactionMap` of node-x12 in its JSON form: an object whose values are selectors, further objects, lists of
 * either, or numbers and booleans that stay as they are. An object with a FOREACH in it becomes a list of objects, one for
 * each occurrence of the loop.
 *
 * @throws TransactionMapError
 */
export function compileTransactionMap(map: unknown): CompiledTransactionMap {
  if (typeof map !== "object" || map === null) {
    throw new TransactionMapError("", 'it must be an object of keys and selectors: { "orderNumber": "BEG03" }.');
  }
  return compileNode(map, "");
}

/**
 * What a map makes of one set; see {@link compileTransactionMap}.
 *
 * @throws TransactionMapError
 */
export function applyTransactionMap(map: unknown, set: TransactionSet): MappedValue {
  return compileTransactionMap(map)(set);
}

function compileNode(node: unknown, path: string): CompiledTransactionMap {
  if (Array.isArray(node)) {
    const cells = node.map((cell, i) => compileCell(cell, `${path}[${i}]`));
    return typeof node[0] === "string"
      ? tableOf(cells, (values) => values)
      : (set) => cells.map((cell) => valueIn(cell, set));
  }
  if (typeof node === "object" && node !== null) {
    refuseWritingMap(node, path);
    const keys = Object.keys(node);
    const cells = Object.entries(node).map(([key, cell]) => compileCell(cell, path === "" ? key : `${path}.${key}`));
    // Own properties whatever the key is: "__proto__" in a map is a key like any other.
    return tableOf(cells, (values) => Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null])));
  }
  if (typeof node === "number" || typeof node === "boolean" || node === null) return () => node;
  throw new TransactionMapError(path, `${typeof node} is nothing that JSON has.`);
}

/** A place in a map: a selector, or what is further inside. */
type Cell = Selector | CompiledTransactionMap;

function compileCell(node: unknown, path: string): Cell {
  if (typeof node !== "string") return compileNode(node, path);
  try {
    return compileSelector(node);
  } catch (error) {
    if (error instanceof SelectorError) throw new TransactionMapError(path, error.message, error);
    throw error;
  }
}

/** The value of a cell that has nothing to do with FOREACH. */
function valueIn(cell: Cell, set: TransactionSet): MappedValue {
  return typeof cell === "function" ? cell(set) : (cell.select(set)[0]?.value ?? null);
}

/** One row of cells; where some of them are FOREACH, a row for each occurrence, in which the other cells are the same. */
function tableOf(
  cells: readonly Cell[],
  rowOf: (values: readonly MappedValue[]) => MappedValue,
): CompiledTransactionMap {
  const isColumn = (cell: Cell): cell is Selector => typeof cell === "object" && cell.forEach !== null;
  const columns = cells.filter(isColumn);
  if (columns.length === 0) return (set) => rowOf(cells.map((cell) => valueIn(cell, set)));
  const loops = [...new Set(columns.map(({ forEach }) => forEach))].map((loop) =>
    columns.filter(({ forEach }) => forEach === loop),
  );
  return (set) => {
    const columnValues = new Map<Cell, readonly MappedValue[]>();
    for (const together of loops) {
      const aligned = alignColumns(together.map((column) => column.select(set)));
      for (const [i, column] of together.entries()) columnValues.set(column, aligned[i]!);
    }
    const rowCount = Math.max(...[...columnValues.values()].map((values) => values.length));
    const same = cells.map((cell) => (isColumn(cell) ? null : valueIn(cell, set)));
    return Array.from({ length: rowCount }, (_, row) =>
      rowOf(cells.map((cell, i) => (isColumn(cell) ? (columnValues.get(cell)?.[row] ?? null) : same[i]!))),
    );
  };
}

/**
 * Puts what belongs to the same occurrence of a loop into the same row. An occurrence with several values takes as many rows; a
 * column with one value for the whole occurrence has it in each of them. An occurrence in which no column has a value takes none.
 */
function alignColumns(columns: readonly (readonly SelectedValue[])[]): MappedValue[][] {
  const byOccurrence = columns.map(valuesByOccurrence);
  const occurrences = [...new Set(byOccurrence.flatMap((column) => [...column.keys()]))].sort((a, b) => a - b);
  const aligned: MappedValue[][] = columns.map(() => []);
  for (const occurrence of occurrences) {
    const lists = byOccurrence.map((column) => column.get(occurrence) ?? []);
    const rows = Math.max(...lists.map((list) => list.length));
    for (const [i, list] of lists.entries()) {
      for (let row = 0; row < rows; row++) {
        aligned[i]!.push((list.length === 1 ? list[0] : list[row])?.value ?? null);
      }
    }
  }
  return aligned;
}

function valuesByOccurrence(column: readonly SelectedValue[]): Map<number, SelectedValue[]> {
  const lists = new Map<number, SelectedValue[]>();
  for (const value of column) {
    const occurrence = value.occurrence ?? 0;
    const list = lists.get(occurrence);
    if (list === undefined) lists.set(occurrence, [value]);
    else list.push(value);
  }
  return lists;
}

/** The other kind of node-x12's maps, that writes a set from an object, is made of pieces of JavaScript. */
function refuseWritingMap(node: object, path: string): void {
  if (!("header" in node && "segments" in node)) return;
  if (Array.isArray(node.header) && Array.isArray(node.segments)) {
    throw new TransactionMapError(
      path,
      "it writes a transaction set from an object (header and segments). Only maps that read a set are evaluated: such a map holds JavaScript, and nothing in a map is run here.",
    );
  }
}
