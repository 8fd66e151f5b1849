import { writeTable } from "../customers/csv-file.ts";
import type { Figure, Scorecard } from "./scorecard.ts";
import type { Money } from "./value.ts";

/** Something that missed a target, or went wrong. */
export interface Missed {
  readonly kind: "interchange" | "document" | "order" | "invoice";
  readonly id: string;
  readonly number: string;
  /** Of an order line: its number. */
  readonly line: string | null;
  /** When it began: it came, left, was due or was refused. */
  readonly began: Date;
  readonly due: Date | null;
  /** null: not answered, or nothing that is answered. */
  readonly answered: Date | null;
  /** Of an order line: wanted by its day, and shipped by then. */
  readonly wanted: string | null;
  readonly shipped: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
}

const columns = [
  ...["group", "figure", "count", "of", "open", "percent", "within", "target", "met", "amounts", "hours"],
  ...["before_count", "before_of", "before_percent", "before_amounts", "before_hours", "change", "counted"],
];

/** A scorecard as a file, a line for each figure and for each value of a service. */
export function writeScorecard({ figures, values }: Pick<Scorecard, "figures" | "values">): string {
  return writeTable(columns, [
    ...figures.map(figureCells),
    ...values.map(({ service, value, count, amounts, hours, before, counted }) => [
      ...[service, value, count, null, null, null, null, null, null, moneyCell(amounts), hours],
      ...[before.count, null, null, moneyCell(before.amounts), before.hours, null, counted],
    ]),
  ]);
}

function figureCells({ group, figure, count, of, open, percent, within, target, met, ...more }: Figure) {
  const { amounts, before, change, counted } = more;
  return [
    ...[group, figure, count, of, open, percent, within, target],
    met === null ? null : met ? "yes" : "no",
    ...[moneyCell(amounts), null, before.count, before.of, before.percent, moneyCell(before.amounts), null],
    ...[change, counted],
  ];
}

/** "120.00 USD; 5.00 CAD". */
function moneyCell(amounts: readonly Money[]): string {
  return amounts.map(({ currency, amount }) => `${amount} ${currency}`.trim()).join("; ");
}

const missedColumns = [
  "kind",
  "id",
  "number",
  "line",
  "began",
  "due",
  "answered",
  "wanted",
  "shipped",
  "amount",
  "currency",
];

/** What missed a target as a file. */
export function writeMissed(items: readonly Missed[]): string {
  return writeTable(
    missedColumns,
    items.map(({ kind, id, number, line, began, due, answered, wanted, shipped, amount, currency }) => [
      ...[kind, id, number, line, began.toISOString(), due?.toISOString() ?? null, answered?.toISOString() ?? null],
      ...[wanted, shipped, amount, currency],
    ]),
  );
}
