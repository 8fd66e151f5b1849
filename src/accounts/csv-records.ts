import { parse } from "csv-parse/sync";

/** What is wrong with a line of a file. */
export interface LineFault {
  /** From 1; the heading is line 1. */
  readonly line: number;
  readonly message: string;
}

/** After so many faults no more are told: the file is of another kind. */
export const mostFaults = 50;

/** A table as a file has it. */
export interface CsvRecords {
  /** The first line in small letters. */
  readonly heading: readonly string[];
  /** The lines after it, with the number of the line that each ends on. Cells are trimmed; there may be more or fewer than in the heading. */
  readonly records: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** Reads CSV as spreadsheets write it: with a byte order mark or none, quotes, either kind of line end, empty lines left out. */
export function readCsvRecords(csv: string): CsvRecords | { readonly fault: LineFault } {
  try {
    // With `info`, each record comes with its place; the library's types do not say so.
    const options = { bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true, trim: true };
    const records = parse(csv, options) as unknown as { info: { lines: number }; record: string[] }[];
    return {
      heading: records[0]?.record.map((name) => name.toLowerCase()) ?? [],
      records: records.slice(1).map(({ info, record }) => ({ line: info.lines, cells: record })),
    };
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    return { fault: { line: lines ?? 1, message: `It is no CSV: ${message}` } };
  }
}
