import type { Movement, PlacementRemark } from "../../ledger/index.ts";
import { orderStateOf } from "../../ledger/index.ts";
import type { DocumentRow } from "../../store/documents.ts";
import {
  type LedgerEntryRow,
  type NewLedgerEntry,
  type OrderLedger,
  openLedgers,
  writeEntries,
} from "../../store/ledger.ts";
import { findOrdersById, noteStanding } from "../../store/orders.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { wordsAtStart } from "../document-words.ts";
import { type PromisedOrder, settlePromises } from "../promises.ts";
import { figuresOfLine } from "../standing.ts";
import type { StepContext } from "../step.ts";

/** How many of the things that are wrong a work item tells in full. */
const toldInFull = 8;

/** A line of an order, by id. */
export interface Place {
  readonly orderId: string;
  readonly orderLineId: string;
}

/** What of a movement goes to one line. */
export interface Share {
  readonly quantity: string;
  readonly amount?: string;
  readonly remarks: readonly PlacementRemark[];
}

type AddedEntry = NewLedgerEntry & Pick<LedgerEntryRow, "amount" | "acknowledgedAs" | "promisedOn">;

/** One document on its way into the books: what it adds is gathered, and written at the end. */
export class Posting {
  readonly context: StepContext;
  readonly row: DocumentRow;
  /** The day on the account's own calendar. */
  readonly today: string;
  readonly #entries: NewLedgerEntry[] = [];
  readonly #homeless: string[] = [];
  readonly #touched = new Set<string>();
  readonly #known = new Map<string, OrderLedger>();

  constructor(context: StepContext, row: DocumentRow, today: string) {
    this.context = context;
    this.row = row;
    this.today = today;
  }

  /** An entry on the line of an order that is just entered: what it comes to needs no figuring. */
  enterFirst(at: Place, movement: Movement, share: Share): void {
    this.#add(at, movement, share, null);
  }

  /** An entry on a line of an order. */
  enter(at: Place, movement: Movement, share: Share, reason: string | null = null): void {
    this.#add(at, movement, share, reason);
    this.touch(at.orderId);
  }

  /** An order as it was before this document; what it comes to need not be read again. */
  know(ledger: OrderLedger): void {
    this.#known.set(ledger.order.id, ledger);
  }

  /** What an order comes to has to be figured out anew, whether or not anything is entered on it. */
  touch(orderId: string): void {
    this.#touched.add(orderId);
  }

  #add(at: Place, movement: Movement, share: Share, reason: string | null): void {
    const words = [...(reason === null ? [] : [reason]), ...share.remarks.map((remark) => remarkWords[remark])];
    this.#entries.push({
      ...at,
      documentId: this.row.id,
      ordinal: this.#entries.length,
      kind: movement.kind,
      quantity: share.quantity,
      unit: movement.unit ?? null,
      amount: share.amount ?? null,
      currency: movement.currency ?? null,
      price: movement.price ?? null,
      acknowledgedAs: movement.as ?? null,
      code: movement.code ?? null,
      reason: words.length === 0 ? null : words.join("; "),
      reference: movement.reference ?? null,
      path: movement.path,
      happenedOn: movement.date ?? null,
      promisedOn: movement.promised ?? null,
    });
  }

  /** Something of the document belongs nowhere: why, as the end of a sentence that begins with where it stands. */
  leave(path: string, why: string): void {
    this.#homeless.push(`${path}: ${why}`);
  }

  /** Writes what was gathered, and what the orders come to by now; what belongs nowhere opens a work item. */
  async write(): Promise<void> {
    const { session } = this.context;
    await writeEntries(session, this.#entries);
    await this.#note();
    if (this.#homeless.length === 0) return;
    const told = this.#homeless.slice(0, toldInFull).join("; ");
    const more = this.#homeless.length > toldInFull ? `; and ${this.#homeless.length - toldInFull} more` : "";
    await this.callPerson(
      "not-posted",
      `${wordsAtStart(this.row.type)} ${this.row.number} is not in the ledger with all it says. ${told}${more}.`,
    );
  }

  /** Keeps what orders come to by now, so that they can be searched by it. */
  async #note(): Promise<void> {
    const { session } = this.context;
    const unknown = [...this.#touched].filter((id) => !this.#known.has(id));
    const read = unknown.length > 0 ? await openLedgers(session, await findOrdersById(session, unknown)) : [];
    const known = [...this.#touched].flatMap((id) => this.#known.get(id) ?? []);
    const promised: PromisedOrder[] = [];
    for (const { order, lines } of [...read, ...known.map((ledger) => this.#withNew(ledger))]) {
      const figures = lines.map((line) => figuresOfLine(line, this.today));
      const days = lines.flatMap((was, index) => {
        const { open = "0", due: countsOn = null } = figures[index] ?? {};
        const dueOn = open === "0" ? null : countsOn;
        return was.dueOn === dueOn && was.countsOn === countsOn ? [] : [{ lineId: was.id, dueOn, countsOn }];
      });
      await noteStanding(session, order.id, orderStateOf(figures), days);
      promised.push({ orderId: order.id, number: order.number, figures, shippedOn: lastShippedOn(lines) });
    }
    await settlePromises(session, promised);
  }

  /** An order as it was, with what this document adds. */
  #withNew({ order, lines }: OrderLedger) {
    const added = new Map<string, AddedEntry[]>();
    for (const entry of this.#entries) {
      const { amount = null, acknowledgedAs = null, promisedOn = null } = entry;
      const own = added.get(entry.orderLineId) ?? [];
      own.push({ ...entry, amount, acknowledgedAs, promisedOn });
      added.set(entry.orderLineId, own);
    }
    return {
      order,
      lines: lines.map((line) => ({ ...line, entries: [...line.entries, ...(added.get(line.id) ?? [])] })),
    };
  }

  /** Opens a work item about the document. */
  async callPerson(kind: string, message: string): Promise<void> {
    await openWorkItem(this.context.session, {
      kind,
      message,
      accountId: this.row.accountId,
      documentId: this.row.id,
    });
  }
}

/** The latest day on which something left. Of several notices of one shipment the last counts: it took the others back. */
function lastShippedOn(lines: readonly { readonly entries: readonly ShippedEntry[] }[]): string | null {
  const shipped = lines.flatMap(({ entries }) => entries.filter(({ kind }) => kind === "shipped"));
  const lastNotice = new Map(shipped.map(({ reference, documentId }) => [reference, documentId]));
  const days = shipped.flatMap(({ reference, documentId, quantity, happenedOn }) =>
    documentId === lastNotice.get(reference) && !quantity.startsWith("-") && happenedOn ? [happenedOn] : [],
  );
  return days.sort().at(-1) ?? null;
}

type ShippedEntry = Pick<NewLedgerEntry, "kind" | "quantity" | "reference" | "documentId" | "happenedOn">;

const remarkWords: Record<PlacementRemark, string> = {
  "found-by-product": "the line was found by its product",
  "location-differs": "it names another place than the order",
  "beyond-the-line": "it goes beyond what the line has room for",
};
