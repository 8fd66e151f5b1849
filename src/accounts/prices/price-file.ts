import { stringify } from "csv-stringify/sync";
import { type LineFault, mostFaults, readCsvRecords } from "../csv-records.ts";
import { type LadderKind, ladderFault, type PriceLadder, type PriceStep } from "./ladder.ts";

/** A step for each line; what the lines of one ladder have in common is repeated. */
const columns = [
  "contract",
  "item",
  "qualifier",
  "unit",
  "price_basis",
  "valid_from",
  "valid_to",
  "by",
  "from",
  "price",
] as const;
type Column = (typeof columns)[number];
type Row = Readonly<Record<Column, string>>;
const mayBeLeftOut: ReadonlySet<Column> = new Set(["qualifier", "price_basis", "valid_to", "by", "from"]);
/** Longest of each: X12 elements 234, 367, 235, 355, 639; numbers as 212 and 380 have them. */
const forms: Readonly<Record<Column, readonly [RegExp, string]>> = {
  contract: [/^[^\0]{1,30}$/, "must have 1 to 30 characters"],
  item: [/^[^\0]{1,48}$/, "must have 1 to 48 characters"],
  qualifier: [/^([A-Z0-9]{2})?$/, "must be two characters (X12 element 235), or empty"],
  unit: [/^[A-Z0-9]{2}$/, "must be two characters (X12 element 355), for example EA"],
  price_basis: [/^([A-Z]{2})?$/, "must be two letters (X12 element 639), or empty"],
  valid_from: [/^\d{4}-\d{2}-\d{2}$/, "must be a day, YYYY-MM-DD"],
  valid_to: [/^(\d{4}-\d{2}-\d{2})?$/, "must be a day, YYYY-MM-DD, or empty"],
  by: [/^(quantity|volume)?$/, "must be quantity or volume"],
  from: [/^(\d{1,15}(\.\d{1,6})?)?$/, "must be a number of at most 15 digits that is not below zero"],
  price: [/^\d{1,11}(\.\d{1,6})?$/, "must be a number that is not below zero, at most 11 digits and 6 decimals"],
};

/**
 * Reads prices from CSV, a line for each step: contract, item, unit, valid_from and price, and where they are wanted qualifier,
 * price_basis, valid_to, by (quantity, or volume) and from (0). Columns may stand in any order, others are left aside.
 *
 * @param contracts numbers of the contracts that the account has
 */
export function readPrices(
  csv: string,
  contracts: ReadonlySet<string>,
): { ladders: PriceLadder[]; faults: LineFault[] } {
  const read = readCsvRecords(csv);
  if ("fault" in read) return { ladders: [], faults: [read.fault] };
  const { heading, records } = read;
  const absent = columns.filter((name) => !mayBeLeftOut.has(name) && !heading.includes(name));
  if (absent.length > 0) {
    const message = `The first line must name the columns ${columns.join(", ")}; there is no ${absent.join(", no ")}.`;
    return { ladders: [], faults: [{ line: 1, message }] };
  }
  const faults: LineFault[] = [];
  const open = new Map<string, { ladder: PriceLadder; steps: PriceStep[]; line: number }>();
  for (const { line, cells } of records) {
    const row = Object.fromEntries(columns.map((name) => [name, cells[heading.indexOf(name)] ?? ""])) as Row;
    const fault = rowFault(row, contracts) ?? take(open, row, line);
    if (fault !== null && faults.push({ line, message: fault }) >= mostFaults) break;
  }
  const ladders: PriceLadder[] = [];
  for (const { ladder, steps, line } of open.values()) {
    const fault = ladderFault(steps);
    if (fault === null) ladders.push({ ...ladder, steps });
    else if (faults.length < mostFaults) {
      faults.push({ line, message: `The ladder of ${ladder.item} by ${ladder.unit}, which begins here, ${fault}.` });
    }
  }
  return { ladders, faults: faults.sort((one, other) => one.line - other.line) };
}

/** Prices as a file that {@link readPrices} takes. */
export function writePrices(ladders: readonly PriceLadder[]): string {
  const rows = ladders.flatMap((ladder) =>
    ladder.steps.map(
      (step): Row => ({
        contract: ladder.contract,
        item: ladder.item,
        qualifier: ladder.qualifier,
        unit: ladder.unit,
        price_basis: ladder.priceBasis,
        valid_from: ladder.validFrom,
        valid_to: ladder.validTo ?? "",
        by: step.by,
        from: step.from,
        price: step.price,
      }),
    ),
  );
  return stringify(rows, { header: true, columns: [...columns] });
}

function rowFault(row: Row, contracts: ReadonlySet<string>): string | null {
  for (const name of columns) {
    const [form, wanted] = forms[name];
    if (!form.test(row[name]))
      return `The ${name} ${row[name] === "" ? "is empty; it" : `"${row[name].slice(0, 60)}"`} ${wanted}.`;
  }
  for (const name of ["valid_from", "valid_to"] as const) {
    if (row[name] !== "" && !isDay(row[name])) return `The ${name} ${row[name]} is no day of the calendar.`;
  }
  if (row.valid_to !== "" && row.valid_to < row.valid_from) return "The valid_to is before the valid_from.";
  if (!contracts.has(row.contract)) {
    return `The account has no contract ${row.contract}; add it to its pricing rules first, or correct the number.`;
  }
  return null;
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function take(
  open: Map<string, { ladder: PriceLadder; steps: PriceStep[]; line: number }>,
  row: Row,
  line: number,
): string | null {
  const step = { by: (row.by || "quantity") as LadderKind, from: row.from || "0", price: row.price };
  const key = JSON.stringify([row.contract, row.item, row.qualifier, row.unit, row.valid_from]);
  const known = open.get(key);
  if (!known) {
    const { contract, item, qualifier, unit } = row;
    const ladder = {
      ...{ contract, item, qualifier, unit },
      priceBasis: row.price_basis,
      validFrom: row.valid_from,
      validTo: row.valid_to || null,
      steps: [],
    };
    open.set(key, { ladder, steps: [step], line });
    return null;
  }
  if (known.ladder.priceBasis !== row.price_basis || (known.ladder.validTo ?? "") !== row.valid_to) {
    return `The ladder that begins on line ${known.line} has another price_basis or valid_to.`;
  }
  known.steps.push(step);
  return null;
}
