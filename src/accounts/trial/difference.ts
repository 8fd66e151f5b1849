import { Big } from "big.js";
import { moneyText } from "../../ledger/index.ts";

/** What can come out differently by other rules, in the order in which a report tells it, and how people say it. */
export const differenceKinds = {
  division: "documents that count for another part of the account",
  "priority-raised": "orders raised in priority",
  "priority-lowered": "orders lowered in priority",
  "priority-rule": "orders of the same priority by another rule",
  promise: "promised ship days",
  "expedite-charge": "charges for expediting",
  "priority-said": "carriage, days, references and notes that a priority gives",
  told: "orders that people are told of",
  contact: "contacts of orders",
  "by-store": "orders offered otherwise by store",
  "answer-sent": "orders answered by the gateway, or not any more",
  "answer-type": "acknowledgment types, BAK02",
  "answer-lines": "answers with other lines",
  "line-acknowledgment": "line acknowledgment codes, ACK01",
  "answer-price": "prices that the answer says, PO104",
  "answer-contact": "contacts that the answer names, PER",
  "price-check": "outcomes of price checks",
  "price-agreed": "agreed prices",
  warranty: "warranties of order lines",
  "invoice-made-by": "shipments that the gateway bills by itself, or not any more",
  "invoice-split": "shipments whose goods come on other invoices",
  "invoice-day": "shipments billed on another day",
  "invoice-amount": "shipments billed with another amount",
  "invoice-not-billed": "shipments of which something else is not billed",
  "publication-told": "publications that the account is told, or not any more",
  "publication-tier": "publications told in another tier",
  "publication-time": "publications told sooner or later",
  "publication-content": "publications told otherwise",
} as const;
export type DifferenceKind = keyof typeof differenceKinds;

/** Money that comes out higher or lower. */
export interface MoneyDifference {
  /** ISO 4217; empty where the document names none. */
  readonly currency: string;
  /** After less before. */
  readonly amount: string;
}

/** One decision that comes out differently for one document. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Where in the document: `lines[2]`; empty for all of it. */
  readonly place: string;
  /** The line's own number, where it has one. */
  readonly line?: string;
  /** What the decision was; null: nothing was decided. */
  readonly before: string | null;
  readonly after: string | null;
  /** The rule that says so, and what it rests on, in a sentence. */
  readonly because: string;
  readonly money?: MoneyDifference;
}

/** What differs in money; undefined where nothing does. */
export function moneyDifference(currency: string | undefined, before: Big, after: Big): MoneyDifference | undefined {
  const amount = moneyText(after.minus(before));
  return new Big(amount).eq(0) ? undefined : { currency: currency ?? "", amount };
}
