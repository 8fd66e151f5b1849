import { figuresOf, type LedgerEntry, type LineFigures, type StandingLine } from "../ledger/index.ts";
import type { LedgerEntryRow, OrderBookLine, OrderLedger } from "../store/ledger.ts";

/** What became of a line of an order, by its entries. @param today the day on the account's own calendar */
export function figuresOfLine(
  line: Pick<OrderBookLine, "line"> & { readonly entries: readonly FigureEntry[] },
  today: string,
): LineFigures {
  return figuresOf(line.line, line.entries.map(ledgerEntryOf), today);
}

/** The lines of an order as documents are placed on them and checked against them. */
export function standingLines(book: OrderLedger, today: string): StandingLine[] {
  return book.lines.map((line) => ({ line: line.line, figures: figuresOfLine(line, today) }));
}

/** What of an entry its figures are made of. */
type FigureEntry = Pick<
  LedgerEntryRow,
  "kind" | "quantity" | "amount" | "acknowledgedAs" | "promisedOn" | "documentId"
>;

/** An entry of the books in the words of the ledger. */
export function ledgerEntryOf(entry: FigureEntry): LedgerEntry {
  return {
    kind: entry.kind,
    quantity: entry.quantity,
    ...(entry.amount !== null && { amount: entry.amount }),
    ...(entry.acknowledgedAs !== null && { as: entry.acknowledgedAs }),
    ...(entry.promisedOn !== null && { promised: entry.promisedOn }),
    document: entry.documentId,
  };
}
