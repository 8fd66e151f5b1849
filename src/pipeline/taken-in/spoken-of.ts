import type { DocumentType } from "../../documents/index.ts";
import { setTypeOf } from "../../mappings/index.ts";
import { findAcceptedByNumber, findSentByControl } from "../../store/document-links.ts";
import { findInvoiceByNumber } from "../../store/receivables.ts";
import type { Taking } from "./taken-in.ts";

/** A document of ours that an account speaks of, and how it was found. */
export interface SpokenOf {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly foundBy: string;
}

/** What an account says to name one of our documents: control numbers of its envelope, a number of its business, or both. */
export interface Naming {
  /** GS06. */
  readonly group?: string | undefined;
  /** ST02. */
  readonly set?: string | undefined;
  /** ST01. */
  readonly setType?: string | undefined;
  readonly reference?: { readonly qualifier?: string; readonly value?: string | undefined } | undefined;
}

/** Everything that we send. */
const outgoingTypes = [
  "order-response",
  "order-change-response",
  "shipment",
  "invoice",
  "inventory-advice",
  "price-catalog",
  "order-status-report",
  "warehouse-order",
] as const;

/** Which of our documents has a number of a kind (X12 element 128). */
const typesByQualifier: ReadonlyMap<string, readonly string[]> = new Map([
  ["IV", ["invoice"]],
  ["CM", ["invoice"]],
  ["DB", ["invoice"]],
  ["SI", ["shipment"]],
  ["BM", ["shipment"]],
  ["PO", ["order-response", "order-change-response"]],
  ["WO", ["warehouse-order"]],
]);

/** The documents of ours that an account speaks of: by control numbers where it says them, else by the number of the business. */
export async function findSpokenOf({ context: { session }, row }: Taking, naming: Naming): Promise<SpokenOf[]> {
  const { group, set, setType, reference } = naming;
  if (group !== undefined) {
    const sent = await findSentByControl(session, row, { group, set, type: setType });
    // Of a whole group, the number says which of its documents is meant.
    const named = sent.filter(({ number }) => number === reference?.value);
    const found = set === undefined && named.length > 0 ? named : sent;
    if (found.length > 0) {
      const foundBy = set === undefined ? `group ${group}` : `group ${group}, set ${set}`;
      return found.map((one) => ({ ...one, foundBy }));
    }
  }
  if (reference?.value === undefined) return [];
  const ofSet = outgoingTypes.filter((type) => setType !== undefined && setTypeOf(type as DocumentType) === setType);
  const ofNumber = typesByQualifier.get(reference.qualifier ?? "") ?? outgoingTypes;
  const types: readonly string[] = ofSet.length > 0 ? ofSet : ofNumber;
  const [latest] = await findAcceptedByNumber(session, row, types, reference.value);
  if (latest?.direction === "outbound") {
    return [{ id: latest.id, type: latest.type, number: latest.number, foundBy: `number ${reference.value}` }];
  }
  if (!types.includes("invoice")) return [];
  const invoice = await findInvoiceByNumber(session, row.usage, reference.value);
  if (invoice?.accountId !== row.accountId) return [];
  return [{ id: invoice.documentId, type: "invoice", number: invoice.number, foundBy: `number ${reference.value}` }];
}
