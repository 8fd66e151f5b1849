import { type AccountProfile, GuideShelf, outputDelimiters, outputFor } from "../accounts/index.ts";
import {
  type Document,
  invoicedLines,
  invoiceTotals,
  type Order,
  type OrderChange,
  shippedItems,
  type Usage,
} from "../documents/index.ts";
import { documentFromSet, setFromDocument } from "../mappings/index.ts";
import {
  type Guide,
  type OutSegment,
  type OutTransactionSet,
  readTransactionSet,
  type SchemaLibrary,
  writeTransactionSet,
} from "../x12/index.ts";
import { acknowledgmentOf, leastVersionOf999, rejected, type WayToAcknowledge } from "./acknowledgment-made.ts";
import { type BookedOrder, CustomersBook } from "./book.ts";
import { stores } from "./catalogue.ts";
import { Chance } from "./chance.ts";
import { changeOf, type OrderEdit, someEdit } from "./change-made.ts";
import { type GroupToSend, identityFor, type Moment, momentIn, type ToSend, writtenByAccount } from "./envelope.ts";
import { fittedTo } from "./fitting.ts";
import { type OrderShape, orderOf } from "./order-made.ts";
import { paymentOf, type WayToPay } from "./payment-made.ts";
import { type Fault, type ReceivedInterchange, type ReceivedSet, readReceived } from "./received.ts";
import { takeDocument } from "./received-check.ts";
import { type Refusal, refusalOf } from "./refusal-made.ts";
import { SentLedger } from "./sent-ledger.ts";

/** Whom a simulated customer plays, and how it behaves. */
export interface CustomerOptions {
  readonly profile: AccountProfile;
  readonly library: SchemaLibrary;
  /** The guides that the profile names. */
  readonly shelf?: GuideShelf;
  readonly usage: Usage;
  /** The same seed gives the same orders, changes and quantities. */
  readonly seed: number;
  /** First control number; order and payment numbers are made of them too. Two customers of one gateway need different ones. */
  readonly firstNumber: number;
  readonly acknowledge: WayToAcknowledge;
  /** Gives the time: a test may play a month in a minute. */
  readonly now?: () => Date;
}

/** A file that the customer sends. */
export interface FileToSend {
  /** What it is, for people: "850 for order 100000001". */
  readonly name: string;
  /** ISA13. */
  readonly control: string;
  readonly bytes: Uint8Array;
}

/** What the customer made of a file that it received. */
export interface Taken {
  /** What came, for people: "855 for order 100000001". */
  readonly contents: readonly string[];
  readonly faults: readonly Fault[];
  /** What it answers, now: its acknowledgments, unless it sends them late or never. */
  readonly answers: readonly FileToSend[];
}

/** ISA13 and GS06 have nine digits; after the last comes 1 again. */
const controlNumbers = 999_999_999;

/**
 * An account of ours, played from its profile: it orders, changes its mind, acknowledges, pays, and holds what it receives against
 * the standard, its guides and its own books. It knows no network: files in, files out.
 */
export class Customer {
  readonly book = new CustomersBook();
  readonly #options: CustomerOptions;
  readonly #chance: Chance;
  readonly #shelf: GuideShelf;
  readonly #guides = new Map<string, readonly Guide[]>();
  readonly #sent: SentLedger;
  readonly #received = new Set<string>();
  /** How many sets of each type came for an order, also those that were not taken: "855 100000001". */
  readonly #came = new Map<string, number>();
  readonly #keptBack: ToSend[] = [];
  #interchanges = 0;
  #groups = 0;
  #documents = 0;

  constructor(options: CustomerOptions) {
    const { profile, usage } = options;
    // Its tests may be in another version than its business.
    const x12 = outputFor(profile, identityFor(profile, usage));
    this.#options = { ...options, profile: { ...profile, x12 } };
    this.#chance = new Chance(options.seed);
    this.#shelf = options.shelf ?? GuideShelf.empty;
    this.#sent = new SentLedger(options.profile);
  }

  /**
   * An order of a shape.
   * @throws FaultyInterchangeError where the account's guide asks for what the simulator can't make up
   */
  order(shape: OrderShape): { file: FileToSend; order: Order } {
    const { profile, usage } = this.#options;
    const number = this.#number();
    const facts = { profile, usage, number, date: this.#moment().date, guides: this.#shelf.guidesOf(profile, "850") };
    const { file, document } = this.#document(orderOf(shape, facts, this.#chance), `850 for order ${number}`);
    const order = document as Order;
    this.book.enterOrder(order);
    return { file, order };
  }

  /** A change of an order that was sent; without edits it cancels the order. @throws RangeError for an order that was not */
  change(orderNumber: string, edits: readonly OrderEdit[]): { file: FileToSend; change: OrderChange } {
    const booked = this.#booked(orderNumber);
    const made = changeOf(booked, edits, this.#moment().date);
    const { file, document } = this.#document(made, `860 (change ${made.changeSequence}) for order ${orderNumber}`);
    const change = document as OrderChange;
    this.book.enterChange(booked, change);
    return { file, change };
  }

  /** A change by chance. */
  changeSomething(orderNumber: string): { file: FileToSend; change: OrderChange } {
    const booked = this.#booked(orderNumber);
    const count = booked.inForce[0]?.quantitiesByLocation?.length ?? 0;
    const guides = this.#shelf.guidesOf(this.#options.profile, "850");
    return this.change(orderNumber, [someEdit(booked, stores(count), guides, this.#chance)]);
  }

  /** Whether an order was sent and neither refused nor cancelled. */
  isOpen(orderNumber: string): boolean {
    const booked = this.book.orders.get(orderNumber);
    return booked !== undefined && booked.inForce.length > 0 && !this.#sent.isRejected("850", orderNumber);
  }

  /** Whether something happens that happens so often (0 to 1): chance of the same seed. */
  happens(share: number): boolean {
    return this.#chance.happens(share);
  }

  /** Tells that an invoice was refused, and why (824). @throws RangeError for an invoice that did not come */
  refuse(invoiceNumber: string, why: Refusal): FileToSend {
    const booked = this.book.invoices.get(invoiceNumber);
    if (!booked) throw new RangeError(`There is no invoice ${invoiceNumber} that came.`);
    const { date } = this.#moment();
    return this.#document(
      refusalOf(booked.invoice, why, `A${this.#number()}`, date),
      `824 for invoice ${invoiceNumber}`,
    ).file;
  }

  /** A payment of every invoice that is not paid yet; null where there is nothing to pay. */
  pay(way: WayToPay): { file: FileToSend; amount: string } | null {
    const open = [...this.book.invoices.values()].filter(({ paid }) => !paid);
    if (way === "none") return null;
    const { profile, usage } = this.#options;
    const number = `P${this.#number()}`;
    const facts = { account: profile.id, usage, number, date: this.#moment().date };
    const payment = paymentOf(
      open.map(({ invoice }) => invoice),
      way,
      facts,
    );
    if (payment === null) return null;
    const { file } = this.#document(payment, `820 number ${number}, ${payment.amount}`);
    for (const one of open) one.paid = true;
    return { file, amount: payment.amount };
  }

  /** Takes a file that came for the account: checks it, writes it down, and answers it. */
  take(bytes: Uint8Array): Taken {
    const { profile, usage, library } = this.#options;
    const reading = { profile, usage, library, guidesFor: (setType: string) => this.#guidesFor(setType) };
    const taken = readReceived(bytes, reading).map((interchange) => this.#takeInterchange(interchange));
    if (taken.length === 0) {
      const message = "There is no interchange in what was received.";
      return { contents: [], faults: [{ code: "x12", interchange: "", set: null, message }], answers: [] };
    }
    return {
      contents: taken.flatMap(({ contents }) => contents),
      faults: taken.flatMap(({ faults }) => faults),
      answers: taken.flatMap(({ answers }) => answers),
    };
  }

  /** The acknowledgments that a late customer has kept back until now. */
  acknowledgeLate(): FileToSend[] {
    return this.#keptBack.splice(0).map((one) => this.#acknowledge(one));
  }

  /**
   * What has not come yet, a sentence each: acknowledgments of what was sent, and for each order that was taken the sets named.
   * @param sets of 855, 865, 856 and 810
   */
  waitsFor(sets: readonly string[]): string[] {
    const orders = [...this.book.orders.values()].filter(({ order }) => !this.#sent.isRejected("850", order.number));
    return [
      ...this.#sent.unanswered(),
      ...orders.flatMap((booked) =>
        sets.filter((set) => !this.#hasCome(booked, set)).map((set) => `the ${set} for order ${booked.order.number}`),
      ),
    ];
  }

  /** What the account's profile says that comes by itself for each order and each change, beside acknowledgments. */
  get usualAnswers(): string[] {
    const { orderResponse, orderChanges } = this.#options.profile;
    return [
      ...(orderResponse.send && orderResponse.purposes.includes("00") ? ["855"] : []),
      ...(orderChanges.send ? ["865"] : []),
    ];
  }

  #hasCome({ order, changes }: BookedOrder, set: string): boolean {
    return (this.#came.get(`${set} ${order.number}`) ?? 0) >= (set === "865" ? changes.length : 1);
  }

  #takeInterchange({ report, sets, faults: found }: ReceivedInterchange): Taken {
    const { control } = report.header;
    const faults = [...found];
    const contents: string[] = [];
    if (this.#received.has(control)) {
      const message = `Interchange ${control} has the control number of an earlier one.`;
      faults.push({ code: "control-repeated", interchange: control, set: null, message });
    }
    this.#received.add(control);
    for (const ta1 of report.ta1s) {
      contents.push(`TA1 for interchange ${ta1.control}`);
      faults.push(...this.#sent.takeTa1(ta1).map((one) => ({ ...one, interchange: control, set: "TA1" })));
    }
    const takesNothing = this.#options.acknowledge === "reject";
    for (const one of sets) {
      const { document, acknowledgment, set } = one;
      if (acknowledgment) {
        contents.push(`${set.type} for group ${acknowledgment.groupFunctionalId} ${acknowledgment.groupControl}`);
        const odd = this.#sent.takeAcknowledgment(acknowledgment);
        faults.push(...odd.map((fault) => ({ ...fault, interchange: control, set: set.type })));
        continue;
      }
      contents.push(document ? nameOf(set.type, document) : set.type);
      if (document === null) continue;
      for (const order of ordersIn(document)) {
        this.#came.set(`${set.type} ${order}`, (this.#came.get(`${set.type} ${order}`) ?? 0) + 1);
      }
      if (takesNothing) continue;
      const odd = takeDocument(this.book, document);
      faults.push(...odd.map((fault) => ({ ...fault, interchange: control, set: set.type })));
    }
    return { contents, faults, answers: this.#answersTo(report.groups, sets) };
  }

  /** The acknowledgments of the groups of an interchange: those of acknowledgments are not acknowledged. */
  #answersTo(groups: ReceivedInterchange["report"]["groups"], sets: readonly ReceivedSet[]): FileToSend[] {
    const { acknowledge, profile, library } = this.#options;
    const told = groups.filter(({ header }) => header.functionalId !== "FA");
    if (told.length === 0 || acknowledge === "never") return [];
    const beginnings = new Map(sets.map(({ set, beginning }) => [set.control, beginning]));
    const answer: ToSend = {
      groups: told.map((group) =>
        acknowledgmentOf(acknowledge === "reject" ? rejected(group, beginnings) : group, profile, library),
      ),
      ...(profile.acknowledgments.kind === "999" && { leastInterchangeVersion: leastVersionOf999 }),
    };
    if (acknowledge === "late") {
      this.#keptBack.push(answer);
      return [];
    }
    return [this.#acknowledge(answer)];
  }

  #acknowledge(answer: ToSend): FileToSend {
    const kind = answer.groups[0]?.sets[0]?.type ?? "";
    return this.#write(answer, kind).file;
  }

  /** A document as its interchange, fitted to the account's guide; and the document as it was sent. */
  #document(made: Document, name: string): { file: FileToSend; document: Document } {
    const { profile, usage, library } = this.#options;
    const { version } = profile.x12;
    const set = setFromDocument(made, version);
    const schema = set && library.set(version, set.type);
    if (!set || !schema) throw new Error(`There is no set in ${version} for a document of type ${made.documentType}.`);
    const guides = this.#shelf.guidesOf(profile, set.type);
    const segments = fittedTo(this.#reread(set.type, set.segments), {
      guides,
      schema,
      chance: this.#chance,
      day: this.#moment().date.replaceAll("-", ""),
    });
    const { x12: _, ...document } = documentFromSet(this.#reread(set.type, segments), {
      account: profile.id,
      usage,
    }) as Document & { x12?: unknown };
    const group: GroupToSend = {
      functionalId: schema.functionalId,
      version,
      sets: [{ type: set.type, control: "0001", segments }],
    };
    const { file, groupControl } = this.#write({ groups: [group] }, name);
    const about = { set: set.type, number: (document as { number?: string }).number ?? "" };
    this.#sent.enter({
      interchange: file.control,
      functionalId: schema.functionalId,
      group: groupControl,
      name,
      about,
    });
    return { file, document: document as Document };
  }

  /** Segments as a set that the standard has placed in its loops. */
  #reread(type: string, segments: readonly OutSegment[]) {
    const { profile, library } = this.#options;
    const delimiters = outputDelimiters(profile.x12);
    const set: OutTransactionSet = { type, control: "0001", segments };
    const bytes = Buffer.from(writeTransactionSet(set, delimiters), "utf8");
    return readTransactionSet(bytes, delimiters, library.set(profile.x12.version, type));
  }

  #write(what: ToSend, name: string): { file: FileToSend; groupControl: string } {
    const { profile, usage, library, firstNumber } = this.#options;
    const wrap = (number: number) => ((number - 1) % controlNumbers) + 1;
    const interchange = wrap(firstNumber + this.#interchanges);
    const firstGroup = wrap(firstNumber + this.#groups);
    const bytes = writtenByAccount(profile, usage, what, { interchange, firstGroup }, this.#moment(), {
      library,
      guides: (_header, _group, setType) => this.#guidesFor(setType),
    });
    this.#interchanges++;
    this.#groups += what.groups.length;
    const control = String(interchange).padStart(9, "0");
    return { file: { name, control, bytes }, groupControl: String(firstGroup) };
  }

  /** One array for each type of set, always the same: the engine keeps a compiled validator for it. */
  #guidesFor(setType: string): readonly Guide[] {
    const known = this.#guides.get(setType);
    if (known !== undefined) return known;
    const found = this.#shelf.guidesOf(this.#options.profile, setType);
    this.#guides.set(setType, found);
    return found;
  }

  #booked(orderNumber: string): BookedOrder {
    const booked = this.book.orders.get(orderNumber);
    if (!booked) throw new RangeError(`There is no order ${orderNumber} that was sent.`);
    return booked;
  }

  /** The next number of an order or a payment. */
  #number(): string {
    return String(this.#options.firstNumber + this.#documents++).padStart(9, "0");
  }

  #moment(): Moment {
    const { profile, now = () => new Date() } = this.#options;
    return momentIn(profile.timeZone, now());
  }
}

/** The orders that a document of ours is for. */
function ordersIn(document: Document): string[] {
  switch (document.documentType) {
    case "order-response":
    case "order-change-response":
      return [document.order.number];
    case "shipment":
      return [...new Set(shippedItems(document).flatMap(({ order }) => order?.number ?? []))];
    case "invoice":
      return [...new Set(invoicedLines(document).flatMap(({ order }) => order?.number ?? []))];
    default:
      return [];
  }
}

function nameOf(set: string, document: Document): string {
  switch (document.documentType) {
    case "order-response":
    case "order-change-response":
      return `${set} for order ${document.order.number}`;
    case "invoice":
      return `${set} number ${document.number}, ${invoiceTotals(document).amount}`;
    default:
      return "number" in document && document.number !== undefined ? `${set} number ${document.number}` : set;
  }
}
