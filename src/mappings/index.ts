import type { Document } from "../documents/document.ts";
import type { OutSegment, TransactionSet } from "../x12/index.ts";
import { orderFrom850, type SetFacts } from "./order-850.ts";
import { orderResponseTo855 } from "./order-response-855.ts";

export { orderFrom850, orderResponseTo855, type SetFacts };

/** What comes in: each transaction set that has a document, and how it becomes one. */
const incoming: Readonly<Record<string, (set: TransactionSet, facts: SetFacts) => Document>> = {
  "850": orderFrom850,
};

/** Whether sets of this type (ST01) become documents. */
export function isTranslated(type: string): boolean {
  return Object.hasOwn(incoming, type);
}

/** The document that a validated set stands for, or null where sets of its type become none. */
export function documentFromSet(set: TransactionSet, facts: SetFacts): Document | null {
  return Object.hasOwn(incoming, set.type) ? (incoming[set.type]?.(set, facts) ?? null) : null;
}

/** A transaction set to be enveloped: its type (ST01) and all segments between ST and SE. */
export interface OutgoingSet {
  readonly type: string;
  readonly segments: OutSegment[];
}

/** The set that says what a document says, or null where its kind has no mapping to a set. */
export function setFromDocument(document: Document, version: string): OutgoingSet | null {
  switch (document.documentType) {
    case "order-response":
      return { type: "855", segments: orderResponseTo855(document, version) };
    default:
      return null;
  }
}
