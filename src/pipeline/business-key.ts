import { createHash } from "node:crypto";
import type { Document, DocumentType, Order } from "../documents/index.ts";

/** What a document is called, and what makes it the same business again, whatever envelope it comes in. */
interface Identity<Type extends DocumentType> {
  /** The number that people know it by; left out: its `number`. */
  readonly number?: (document: Extract<Document, { documentType: Type }>) => string | undefined;
  /** The parts of its business key; left out: number, purpose and date. */
  readonly key?: (document: Extract<Document, { documentType: Type }>) => readonly (string | undefined)[];
}

const identities: { readonly [Type in DocumentType]?: Identity<Type> } = {
  order: {
    // A change of purpose (BEG01: a replacement, a cancellation) is other business.
    key: (order) => [order.number, order.release, order.purpose.code, shipToOf(order)],
  },
  // Which of our answers to an order it is: the order's number is what people search by.
  "order-response": {
    number: ({ order }) => order.number,
    key: ({ order, purpose, date, number, lines }) => [
      order.number,
      order.release,
      purpose.code,
      date,
      number,
      digest(lines),
    ],
  },
  "order-change": {
    // Buyers who don't count their changes tell them apart by what they say.
    key: (change) => [
      change.number,
      change.release,
      change.purpose.code,
      shipToOf(change),
      change.changeSequence ?? contentOf(change),
    ],
  },
  "order-change-response": {
    number: ({ order }) => order.number,
    key: ({ order, purpose, date, number, lines }) => [
      order.number,
      order.release,
      order.changeSequence,
      purpose.code,
      date,
      number,
      digest(lines),
    ],
  },
  remittance: {
    number: ({ number, traceReference }) => number ?? traceReference,
    // A trace number is the originator's own count, and comes round again.
    key: ({ number, traceReference, traceOriginator, date, amount, originator }) => [
      number ?? traceReference,
      traceOriginator ?? originator,
      date,
      amount,
    ],
  },
  "application-advice": { key: ({ number, purpose, date, time }) => [number, purpose.code, date, time] },
  message: {
    number: ({ texts }) => texts[0]?.number,
    key: ({ subject, texts, dates }) => [subject, ...texts.map(({ number }) => number), digest([texts, dates])],
  },
  "planning-schedule": {
    number: ({ number, release }) => number ?? release,
    key: ({ number, release, purpose, date }) => [number, release, purpose.code, date],
  },
  "shipping-schedule": {
    key: ({ number, release, purpose, date }) => [number, release, purpose.code, date],
  },
  "status-inquiry": { key: ({ number, date, time, scope }) => [number, date, time, scope.code] },
  // Its number came with 005010; before, only its content tells one report from the next.
  "product-activity": { key: (report) => [report.number ?? contentOf(report)] },
  "resale-report": {
    key: (report) => [report.number ?? contentOf(report), report.purpose.code, report.date],
  },
  "warehouse-shipping-advice": {
    number: ({ number, shipment, purchaseOrder }) => number ?? shipment ?? purchaseOrder,
    key: ({ number, shipment, purchaseOrder, shipDate }) => [number, shipment, purchaseOrder, shipDate],
  },
  "warehouse-order": { key: ({ number, status }) => [number, status.code] },
  // Corrections of one shipment are told apart by when they were made.
  shipment: {
    key: ({ number, purpose, date, time }) =>
      purpose.code === "00" ? [number, purpose.code] : [number, purpose.code, date, time],
  },
  // An invoice number is never used twice, for a memo neither.
  invoice: { key: ({ number }) => [number] },
};

/** The number that people know a document by; a document without one goes by its date, or by what it is. */
export function documentNumberOf(document: Document): string {
  const identity = identities[document.documentType] as Identity<DocumentType> | undefined;
  const own = document as { number?: string | undefined; date?: string | undefined };
  return (identity?.number ? identity.number(document) : own.number) ?? own.date ?? document.documentType;
}

/**
 * What makes a document the same business again: of the accepted documents of an account, a type and a usage, only one has it.
 */
export function businessKeyOf(document: Document): string {
  const identity = identities[document.documentType] as Identity<DocumentType> | undefined;
  const own = document as { number?: string; purpose?: { code: string }; date?: string };
  const parts = identity?.key ? identity.key(document) : [own.number, own.purpose?.code, own.date];
  return JSON.stringify(parts.map((part) => part ?? ""));
}

/** The order's own ship-to by its id, or by its name where it has none. */
export function shipToOf(document: Pick<Order, "parties">): string | undefined {
  const shipTo = document.parties.find((party) => party.role === "ST");
  return shipTo?.id ?? shipTo?.name;
}

/** Stands for what a document says, whatever envelope it came in. */
function contentOf(document: Document): string {
  return digest({ ...document, origin: undefined, x12: undefined });
}

/** Stands for a content that has no number of its own. */
function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
