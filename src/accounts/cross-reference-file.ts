import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

/** One pair as a file has it. */
export interface CrossReferencePair {
  readonly kind: "item" | "location";
  readonly theirs: string;
  readonly ours: string;
}

/** What is wrong with a line of a file. */
export interface CrossReferenceFault {
  /** From 1; the heading is line 1. */
  readonly line: number;
  readonly message: string;
}

const columns = ["kind", "theirs", "ours"] as const;
/** Longest number that either side may have; X12's longest is 80 (element 234 has 48, 127 has 50). */
const longestNumber = 80;
/** After so many faults no more are told: the file is of another kind. */
const mostFaults = 50;

/**
 * Reads cross-references from CSV with the columns kind, theirs and ours, in any order, others left aside. A byte order mark,
 * quotes and either kind of line end are taken as spreadsheets write them.
 */
export function readCrossReferences(csv: string): { pairs: CrossReferencePair[]; faults: CrossReferenceFault[] } {
  let records: { info: { lines: number }; record: string[] }[];
  try {
    // With `info`, each record comes with its place; the library's types do not say so.
    records = parse(csv, {
      bom: true,
      info: true,
      relaxColumnCount: true,
      skipEmptyLines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    return { pairs: [], faults: [{ line: lines ?? 1, message: `It is no CSV: ${message}` }] };
  }
  const heading = records[0]?.record.map((name) => name.toLowerCase()) ?? [];
  const at = columns.map((name) => heading.indexOf(name));
  const absent = columns.filter((_, index) => at[index] === -1);
  if (absent.length > 0) {
    const message = `The first line must name the columns ${columns.join(", ")}; ${absent.join(" and ")} ${absent.length === 1 ? "is" : "are"} missing.`;
    return { pairs: [], faults: [{ line: 1, message }] };
  }
  const pairs: CrossReferencePair[] = [];
  const faults: CrossReferenceFault[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of records.slice(1)) {
    const [kind = "", theirs = "", ours = ""] = at.map((index) => record[index] ?? "");
    const { lines: line } = info;
    const fault = faultOf(kind, theirs, ours) ?? repeated(seen, `${kind} ${theirs}`, line);
    if (fault === null) pairs.push({ kind: kind as CrossReferencePair["kind"], theirs, ours });
    else if (faults.push({ line, message: fault }) >= mostFaults) break;
  }
  return { pairs, faults };
}

/** Cross-references as a file that {@link readCrossReferences} takes. */
export function writeCrossReferences(pairs: readonly CrossReferencePair[]): string {
  return stringify(pairs as CrossReferencePair[], { header: true, columns: [...columns] });
}

function faultOf(kind: string, theirs: string, ours: string): string | null {
  if (kind !== "item" && kind !== "location") return `The kind is "${kind}"; it must be item or location.`;
  for (const [column, number] of Object.entries({ theirs, ours })) {
    if (number === "") return `The column ${column} is empty.`;
    if (number.length > longestNumber) return `The column ${column} is longer than ${longestNumber} characters.`;
    if (number.includes("\0")) return `The column ${column} holds a NUL.`;
  }
  return null;
}

function repeated(seen: Map<string, number>, key: string, line: number): string | null {
  const before = seen.get(key);
  seen.set(key, before ?? line);
  return before === undefined ? null : `The same number of theirs stands on line ${before} already.`;
}
