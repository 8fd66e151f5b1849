import { stringify } from "csv-stringify/sync";
import { type LineFault, mostFaults, readCsvRecords } from "./csv-records.ts";

/** One pair as a file has it. */
export interface CrossReferencePair {
  readonly kind: "item" | "location";
  readonly theirs: string;
  readonly ours: string;
}

const columns = ["kind", "theirs", "ours"] as const;
/** Longest number that either side may have; X12's longest is 80 (element 234 has 48, 127 has 50). */
const longestNumber = 80;

/**
 * Reads cross-references from CSV with the columns kind, theirs and ours, in any order, others left aside. A byte order mark,
 * quotes and either kind of line end are taken as spreadsheets write them.
 */
export function readCrossReferences(csv: string): { pairs: CrossReferencePair[]; faults: LineFault[] } {
  const read = readCsvRecords(csv);
  if ("fault" in read) return { pairs: [], faults: [read.fault] };
  const { heading, records } = read;
  const at = columns.map((name) => heading.indexOf(name));
  const absent = columns.filter((_, index) => at[index] === -1);
  if (absent.length > 0) {
    const message = `The first line must name the columns ${columns.join(", ")}; ${absent.join(" and ")} ${absent.length === 1 ? "is" : "are"} missing.`;
    return { pairs: [], faults: [{ line: 1, message }] };
  }
  const pairs: CrossReferencePair[] = [];
  const faults: LineFault[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of records) {
    const [kind = "", theirs = "", ours = ""] = at.map((index) => cells[index] ?? "");
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
