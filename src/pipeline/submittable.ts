/** What the supplier may hand in, by what it is known, and what is wrong with one that can't be taken. */
import { createHash } from "node:crypto";
import {
  type Document,
  type DocumentType,
  documentTypes,
  plainly,
  shippedItems,
  unfolded,
  written,
} from "../documents/index.ts";

import { documentNumberOf } from "./business-key.ts";

type DocumentOf<Type extends DocumentType> = Extract<Document, { documentType: Type }>;

/** By what documents of a type are known. */
interface Kind<Type extends DocumentType> {
  /**
   * What no other document may be: the number alone, for what has one of its own. A correction says the number again, so it
   * is known by its content too; so is what has no number.
   */
  known(document: DocumentOf<Type>): "by number" | "by content";
  /** Whether its number is used once over all accounts, and not once for each. */
  readonly acrossAccounts?: true;
  /** The buyer's numbers of the orders that it speaks of. */
  orders(document: DocumentOf<Type>): readonly (string | undefined)[];
}

const kinds: { readonly [Type in DocumentType]?: Kind<Type> } = {
  "order-response": {
    known: () => "by content",
    orders: ({ order }) => [order.number],
  },
  "order-change-response": {
    known: () => "by content",
    orders: ({ order }) => [order.number],
  },
  shipment: {
    known: ({ purpose }) => original(purpose),
    orders: (shipment) => shippedItems(shipment).map(({ order }) => order?.number),
  },
  invoice: {
    known: () => "by number",
    acrossAccounts: true,
    orders: ({ order, lines }) => [order?.number, ...lines.map((line) => line.order?.number)],
  },
  "order-status-report": {
    known: ({ purpose }) => original(purpose),
    orders: ({ orders }) => orders.map(({ order }) => order?.number),
  },
  "inventory-advice": {
    known: ({ purpose }) => original(purpose),
    orders: () => [],
  },
  "price-catalog": {
    known: () => "by content",
    orders: () => [],
  },
  "warehouse-order": {
    // W0501: N original; a change or a cancellation says the number again.
    known: ({ status }) => (status.code === "N" ? "by number" : "by content"),
    orders: ({ purchaseOrder }) => [purchaseOrder],
  },
};

/** Types of documents that the supplier hands in, for people. */
export const submittableTypes = Object.keys(kinds) as readonly DocumentType[];

/** X12 element 353: 00 original. All others correct or cancel what came before under the same number. */
function original(purpose: { code: string } | undefined): "by number" | "by content" {
  return purpose === undefined || purpose.code === "00" ? "by number" : "by content";
}

/** What a document is known by. */
export interface Knowing {
  readonly number: string;
  /** Two documents with the same claim can't both be taken. */
  readonly claim: string;
  readonly orderNumbers: readonly string[];
}

/** By what a document is known. */
export function knownBy(document: Document): Knowing {
  const kind = kinds[document.documentType] as Kind<DocumentType>;
  const number = documentNumberOf(document);
  const { documentType, usage, account } = document;
  const parts = [documentType, usage, kind.acrossAccounts ? "" : account, number];
  return {
    number,
    claim: JSON.stringify(kind.known(document) === "by number" ? parts : [...parts, contentHash(document)]),
    orderNumbers: [...new Set(kind.orders(document).filter((one) => one !== undefined))],
  };
}

/** SHA-256 of what a document says, lower-case hexadecimal. */
export function contentHash(document: Document): string {
  return createHash("sha256").update(JSON.stringify(document)).digest("hex");
}

/** One thing that is wrong with a document: a path into its JSON, and a sentence. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

const words = {
  kinds: {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
  },
  unknownField: "there is no such field here",
};

/** So many faults of one document are told, and how many more there are. */
const mostFaults = 200;
/** Longest number that a document can be called by. X12 has none longer than 50 characters. */
const longestNumber = 80;

/** A document as it was handed in, checked by its schema. @returns the document, or everything that is wrong with it */
export function readSubmission(value: unknown): { document: Document } | { faults: readonly Fault[] } {
  const type = typeOf(value);
  if (type === undefined || !Object.hasOwn(kinds, type)) {
    const known = type !== undefined && Object.hasOwn(documentTypes, type);
    const what = known ? "only comes in; what can be handed in is" : "must be one of";
    return { faults: [{ path: "documentType", message: `${what} ${submittableTypes.join(", ")}` }] };
  }
  const result = documentTypes[type as DocumentType].safeParse(value, { error: plainly(words) });
  if (!result.success) {
    const faults = result.error.issues.flatMap((issue) => unfolded(issue, words));
    return { faults: shortened(faults.map(({ path, message }) => ({ path: written(path), message }))) };
  }
  const document = result.data as Document;
  const faults = [...unwritable(document, []), ...wrongNumbers(document)];
  return faults.length > 0 ? { faults: shortened(faults) } : { document };
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "documentType")) return undefined;
  const { documentType } = value as { documentType: unknown };
  return typeof documentType === "string" ? documentType : undefined;
}

function shortened(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= mostFaults) return faults;
  const more = { path: "", message: `and ${faults.length - mostFaults} more faults` };
  return [...faults.slice(0, mostFaults), more];
}

/** Texts with a NUL in them, which PostgreSQL can't keep and X12 can't say. */
function unwritable(part: unknown, path: readonly PropertyKey[]): Fault[] {
  if (typeof part === "string") {
    return part.includes("\0") ? [{ path: written(path), message: "must not contain NUL" }] : [];
  }
  if (Array.isArray(part)) return part.flatMap((item, index) => unwritable(item, [...path, index]));
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, item]) => unwritable(item, [...path, key]));
}

function wrongNumbers(document: Document): Fault[] {
  const { number, orderNumbers } = knownBy(document);
  if ([number, ...orderNumbers].every((one) => one.length <= longestNumber)) return [];
  return [{ path: "", message: `a number that it is known by must have at most ${longestNumber} characters` }];
}
