import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import { type LineFault, mostFaults, readCsvRecords } from "../csv-records.ts";

/** Rows of a file, with the line that each begins on. */
export interface FileRows<Row> {
  readonly rows: readonly { readonly line: number; readonly row: Row }[];
  readonly faults: readonly LineFault[];
}

/** How a file's column becomes a field of its row. */
export interface FileColumn {
  readonly field: string;
  /** What an empty cell stands for nothing of is left out; the rest is read as this. */
  readonly as?: "text" | "number" | "yes-no" | "list";
}

/**
 * Reads a table whose first line names its columns, in any order; a column that is not known is a fault, so that a misspelt one
 * is not lost. Cells are trimmed, empty ones left out, and each row is checked by its shape.
 */
export function readTable<Row>(
  csv: string,
  columns: Readonly<Record<string, FileColumn>>,
  required: readonly string[],
  shape: z.ZodType<Row>,
): FileRows<Row> {
  const table = readCsvRecords(csv);
  if ("fault" in table) return { rows: [], faults: [table.fault] };
  const { heading, records } = table;
  const fault = headingFault(heading, columns, required);
  if (fault !== null) return { rows: [], faults: [{ line: 1, message: fault }] };
  const rows: { line: number; row: Row }[] = [];
  const faults: LineFault[] = [];
  for (const { line, cells } of records) {
    if (cells.length > heading.length) {
      faults.push({ line, message: `The line has ${cells.length} cells, and the heading ${heading.length}.` });
    } else {
      const read = shape.safeParse(rowOf(cells, heading, columns));
      if (read.success) rows.push({ line, row: read.data });
      else faults.push({ line, message: told(read.error, columns) });
    }
    if (faults.length >= mostFaults) break;
  }
  return { rows, faults };
}

function headingFault(
  heading: readonly string[],
  columns: Readonly<Record<string, FileColumn>>,
  required: readonly string[],
): string | null {
  const known = Object.keys(columns).join(", ");
  const absent = required.filter((name) => !heading.includes(name));
  if (absent.length > 0) return `The first line must name the columns ${absent.join(", ")}. There may be ${known}.`;
  const odd = heading.filter((name) => !Object.hasOwn(columns, name));
  if (odd.length > 0) return `There is no column ${odd.slice(0, 5).map(shown).join(", ")}. There may be ${known}.`;
  const twice = heading.find((name, index) => heading.indexOf(name) !== index);
  return twice === undefined ? null : `The column ${twice} stands there twice.`;
}

function rowOf(
  record: readonly string[],
  heading: readonly string[],
  columns: Readonly<Record<string, FileColumn>>,
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, name] of heading.entries()) {
    const cell = record[index] ?? "";
    const column = columns[name];
    if (cell !== "" && column) row[column.field] = cellValue(cell, column);
  }
  return row;
}

/** What is no number, yes or no stays text, for the shape to refuse it in its own words. */
function cellValue(cell: string, { as = "text" }: FileColumn): unknown {
  switch (as) {
    case "number":
      return /^\d{1,15}$/.test(cell) ? Number(cell) : cell;
    case "yes-no":
      return /^(yes|true)$/i.test(cell) ? true : /^(no|false)$/i.test(cell) ? false : cell;
    case "list":
      return cell.split(";").flatMap((part) => part.trim() || []);
    default:
      return cell;
  }
}

/** The first thing that is wrong with a row, by the name of its column. */
function told(error: z.ZodError, columns: Readonly<Record<string, FileColumn>>): string {
  // A row is of one of several kinds: the kind that it nearly is says it best.
  const issue = error.issues.flatMap((one) =>
    one.code === "invalid_union" ? (nearest(one.errors) ?? [one]) : [one],
  )[0];
  const field = String(issue?.path[0] ?? "");
  const column = Object.entries(columns).find(([, one]) => one.field === field)?.[0] ?? field;
  const message = issue?.code === "invalid_type" && issue.input === undefined ? wanted(issue) : issue?.message;
  return column === "" ? `The line is not as it should be: ${message}.` : `The ${column} ${message}.`;
}

function wanted(issue: { readonly expected?: string; readonly message: string }): string {
  return issue.message.startsWith("must")
    ? issue.message
    : issue.expected === "boolean"
      ? "must be yes or no"
      : "is empty, or not as it should be";
}

function nearest<Issue>(kinds: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...kinds].sort((one, other) => one.length - other.length)[0];
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

/** What a spreadsheet would run as a formula. */
const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const plainNumber = /^-?\d+(\.\d+)?$/;

/**
 * A cell that a spreadsheet takes as the text that it is: what would be a formula gets an apostrophe in front. Numbers below zero
 * stay as they are.
 */
export function guardedCell(text: string): string {
  return formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/** A table as a file, each cell guarded. */
export function writeTable(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify([columns, ...rows.map((row) => row.map((cell) => guardedCell(String(cell ?? ""))))] as string[][]);
}
