import { Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { type Column, type CsvForm, csvForms, type Level } from "./csv-forms.ts";
import { CannotDo, exitCodes } from "./exit.ts";

/** Where in a table a value stands. Row 1 has the names of the columns, as in a spreadsheet. */
export interface Cell {
  readonly row: number;
  readonly column: string | null;
}

/** A document put together from rows. */
export interface TableDocument {
  readonly value: Readonly<Record<string, unknown>>;
  readonly row: number;
  /** Where the value of a path in the document (`lines[0].quantity`) stands, or should. */
  cellOf(path: string): Cell;
}

/** Longest row, characters: longer ones are no table of ours. */
const longestRow = 256 * 1024;

/**
 * Documents from a table, one after the other: the rows of a document stand together.
 *
 * @throws CannotDo with every column that is not known, or the row that can't be read
 */
export async function* csvDocuments(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TableDocument> {
  let open: Assembly | null = null;
  const closed = new Map<string, number>();
  for await (const { row, cells, columns } of rowsOf(name, bytes)) {
    const form = formOf(name, row, cells, columns);
    const key = JSON.stringify([cells.type, ...form.by.map((column) => cells[column] ?? "")]);
    if (open?.key !== key) {
      if (open) {
        closed.set(open.key, open.row);
        yield open.whole();
      }
      const before = closed.get(key);
      if (before !== undefined) {
        throw bad(name, row, null, `this document began in row ${before}; put its rows together`);
      }
      open = new Assembly(key, cells.type as string, form, row);
    }
    open.add(name, row, cells);
  }
  if (open) yield open.whole();
}

interface Row {
  readonly row: number;
  readonly cells: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
}

async function* rowsOf(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Row> {
  let columns: string[] = [];
  const parser = Readable.from(copies(bytes)).pipe(
    parse({
      bom: true,
      trim: true,
      skip_empty_lines: false,
      relax_column_count: true,
      max_record_size: longestRow,
      // Spreadsheets write what the country's list separator is.
      delimiter: [",", ";", "\t"],
    }),
  );
  let row = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++;
      if (row === 1) {
        columns = record.map((column) => column.toLowerCase().replace(/[\s-]+/g, "_"));
        continue;
      }
      if (record.every((cell) => cell === "")) continue;
      if (record.length > columns.length) throw bad(name, row, null, `it has more cells than there are columns`);
      const cells = Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ""]));
      yield { row, cells, columns };
    }
  } catch (error) {
    if (error instanceof CannotDo) throw error;
    throw bad(name, row + 1, null, `it can't be read: ${(error as CsvError).message}`);
  }
}

/** A chunk of a file is good until the next is asked for, and a parser may look at it later. */
async function* copies(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) yield Buffer.from(chunk);
}

function formOf(name: string, row: number, { type = "" }: Row["cells"], columns: readonly string[]): CsvForm {
  const form = Object.hasOwn(csvForms, type) ? csvForms[type] : undefined;
  if (!form) throw bad(name, row, "type", `must be one of ${Object.keys(csvForms).join(", ")}`);
  const known = new Set(["type", ...columnsOf(form).map((column) => column.name)]);
  const unknown = columns.filter((column) => column !== "" && !known.has(column));
  if (unknown.length === 0) return form;
  const [first] = unknown;
  throw bad(name, 1, first ?? null, `there is no such column for a ${type}; there are ${[...known].join(", ")}`);
}

const columnsOf = (form: CsvForm): readonly Column[] => [
  ...form.heading,
  ...form.levels.flatMap(({ columns }) => columns),
];

function bad(name: string, row: number, column: string | null, message: string): CannotDo {
  const place = column === null ? "" : `, column ${column}`;
  return new CannotDo(`${name}: row ${row}${place}: ${message}`, exitCodes.badInput);
}

type Part = Record<string, unknown>;

/** An item of a level that rows are being added to. */
interface OpenItem {
  readonly key: string;
  readonly part: Part;
  readonly path: string;
}

/** A document whose rows are being read. */
class Assembly implements TableDocument {
  readonly key: string;
  readonly row: number;
  readonly value: Part;
  readonly #form: CsvForm;
  readonly #cells = new Map<string, Cell>();
  /** Of each level the item that the last row was for: its key, itself, and its path. */
  readonly #open: OpenItem[] = [];

  constructor(key: string, type: string, form: CsvForm, row: number) {
    this.key = key;
    this.row = row;
    this.value = { documentType: type };
    this.#form = form;
    this.#cells.set("documentType", { row, column: "type" });
  }

  add(name: string, row: number, cells: Row["cells"]): void {
    this.#write(name, row, cells, this.#form.heading, this.value, "");
    let part = this.value;
    let path = "";
    for (const [depth, level] of this.#form.levels.entries()) {
      const key = keyOf(level, row, cells);
      if (key === null) {
        // A row without a carton is in none: neither in the last row's, nor are the next row's things in what it opened.
        this.#open.splice(depth, Number.POSITIVE_INFINITY, { key: "", part, path });
        continue;
      }
      const known = this.#open[depth];
      if (known?.key !== key) {
        const opened = openItem(part, path, level.list, key);
        this.#open.splice(depth, Number.POSITIVE_INFINITY, opened);
      }
      ({ part, path } = this.#open[depth] as OpenItem);
      this.#cells.set(path, { row, column: null });
      this.#write(name, row, cells, level.columns, part, path);
    }
  }

  /** The document, its rows all read: business, where no row says otherwise. */
  whole(): this {
    this.value.usage ??= "production";
    return this;
  }

  cellOf(path: string): Cell {
    const exact = this.#cells.get(path);
    if (exact) return exact;
    // What is missing has no cell: its row is that of what it is missing in, its column the one that would have said it.
    const around = [...this.#cells].filter(([known]) => path.startsWith(`${known}.`) || path.startsWith(`${known}[`));
    const nearest = around.reduce<[string, Cell] | null>(
      (best, one) => (best && best[0].length >= one[0].length ? best : one),
      null,
    );
    const missing = columnsOf(this.#form).find((column) => withoutIndices(path).endsWith(withoutIndices(column.at)));
    return { row: nearest?.[1].row ?? this.row, column: missing?.name ?? nearest?.[1].column ?? null };
  }

  #write(name: string, row: number, cells: Row["cells"], columns: readonly Column[], part: Part, within: string): void {
    for (const column of columns) {
      const value = cells[column.name];
      if (value === undefined || value === "") continue;
      const path = put(part, within, column.at, value);
      const before = this.#cells.get(path.path);
      if (path.before !== undefined && path.before !== value) {
        throw bad(
          name,
          row,
          column.name,
          `says "${value}", and row ${before?.row ?? this.row} says "${path.before}" of the same ${within === "" ? "document" : "line"}`,
        );
      }
      if (!before) this.#cells.set(path.path, { row, column: column.name });
      for (const [at, constant] of Object.entries(column.beside ?? {})) put(part, within, at, constant);
    }
  }
}

/** What tells a row's item of a level from others; null where the row has none. */
function keyOf(level: Level, row: number, cells: Row["cells"]): string | null {
  if (level.by === undefined) return `row ${row}`;
  const values = level.by.map((column) => cells[column] ?? "");
  return values.every((value) => value === "") ? null : JSON.stringify(values);
}

/** One more item of a list. */
function openItem(parent: Part, parentPath: string, list: string, key: string): OpenItem {
  parent[list] ??= [];
  const items = parent[list] as Part[];
  const part: Part = {};
  items.push(part);
  const at = `${list}[${items.length - 1}]`;
  return { key, part, path: parentPath === "" ? at : `${parentPath}.${at}` };
}

/** Step of a place: a property, and in a list the item wanted: any one, or that whose field has a value. */
const stepPattern = /^(\w+)(\[(?:(\w+)(?:=(\w+))?)?\])?$/;

/** Puts a value at a place in a part, making what leads there. @returns its path in the document, and what stood there */
function put(part: Part, within: string, place: string, value: string): { path: string; before: string | undefined } {
  const steps = place.split(".");
  let here = part;
  let path = within;
  for (const [index, step] of steps.entries()) {
    const [, property = "", list, field, wanted] = stepPattern.exec(step) ?? [];
    path = path === "" ? property : `${path}.${property}`;
    const isLast = index === steps.length - 1;
    if (list === undefined) {
      if (isLast) {
        const before = here[property] as string | undefined;
        here[property] = value;
        return { path, before };
      }
      here[property] ??= {};
      here = here[property] as Part;
      continue;
    }
    here[property] ??= [];
    const items = here[property] as (Part | string)[];
    if (isLast) {
      // A list of texts: each value is one more of them.
      if (!items.includes(value)) items.push(value);
      return { path: `${path}[${items.indexOf(value)}]`, before: undefined };
    }
    let at = wanted === undefined ? 0 : items.findIndex((item) => (item as Part)[field as string] === wanted);
    if (at === -1 || items[at] === undefined) {
      at = items.length;
      items.push(wanted === undefined ? {} : { [field as string]: wanted });
    }
    here = items[at] as Part;
    path += `[${at}]`;
  }
  throw new Error(`the place ${place} has no steps`);
}

/** A path or a place without which item of a list is meant. */
const withoutIndices = (path: string): string => path.replace(/\[[^\]]*\]/g, "");
