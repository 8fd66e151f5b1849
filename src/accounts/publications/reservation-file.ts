import { stringify } from "csv-stringify/sync";
import { type LineFault, mostFaults, readCsvRecords } from "../csv-records.ts";
import type { StockReservation } from "./stock.ts";

const columns = ["account", "item", "qualifier", "quantity", "unit", "until"] as const;
type Column = (typeof columns)[number];
const mayBeLeftOut: ReadonlySet<Column> = new Set(["qualifier", "unit", "until"]);
/** Longest of each: X12 elements 234, 235, 380, 355. */
const forms: Readonly<Record<Column, readonly [RegExp, string]>> = {
  account: [/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be an account's short name"],
  item: [/^[^\0]{1,48}$/, "must have 1 to 48 characters"],
  qualifier: [/^([A-Z0-9]{2})?$/, "must be two characters (X12 element 235), or empty"],
  quantity: [/^\d{1,12}(\.\d{1,6})?$/, "must be a number that is not below zero"],
  unit: [/^([A-Z0-9]{2})?$/, "must be two characters (X12 element 355), or empty"],
  until: [/^(\d{4}-\d{2}-\d{2})?$/, "must be a day, YYYY-MM-DD, or empty"],
};

/** Reads reservations from CSV: account, item, quantity, and where they are wanted qualifier, unit and until. */
export function readReservations(csv: string): { reservations: StockReservation[]; faults: LineFault[] } {
  const read = readCsvRecords(csv);
  if ("fault" in read) return { reservations: [], faults: [read.fault] };
  const { heading, records } = read;
  const absent = columns.filter((one) => !mayBeLeftOut.has(one) && !heading.includes(one));
  if (absent.length > 0) {
    const message = `The first line must name the columns ${columns.join(", ")}; there is no ${absent.join(", no ")}.`;
    return { reservations: [], faults: [{ line: 1, message }] };
  }
  const faults: LineFault[] = [];
  const met = new Map<string, number>();
  const reservations: StockReservation[] = [];
  for (const { line, cells } of records) {
    const row = Object.fromEntries(columns.map((one) => [one, cells[heading.indexOf(one)] ?? ""])) as Record<
      Column,
      string
    >;
    const key = JSON.stringify([row.account, row.item, row.qualifier, row.unit]);
    const before = met.get(key);
    const fault = before === undefined ? faultOf(row) : `Line ${before} reserves the same item for the same account.`;
    met.set(key, before ?? line);
    if (fault !== null && faults.push({ line, message: fault }) >= mostFaults) break;
    reservations.push({ ...row, until: row.until || null });
  }
  return { reservations, faults };
}

/** Reservations as a file that {@link readReservations} takes. */
export function writeReservations(reservations: readonly StockReservation[]): string {
  return stringify(
    reservations.map((one) => ({ ...one, until: one.until ?? "" })),
    { header: true, columns: [...columns] },
  );
}

function faultOf(row: Readonly<Record<Column, string>>): string | null {
  for (const one of columns) {
    const [form, wanted] = forms[one];
    if (!form.test(row[one]))
      return `The ${one} ${row[one] === "" ? "is empty; it" : `"${row[one].slice(0, 60)}"`} ${wanted}.`;
  }
  if (row.until === "") return null;
  const day = new Date(`${row.until}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(row.until);
  return isDay ? null : `The until ${row.until} is no day of the calendar.`;
}
