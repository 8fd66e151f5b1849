import type { Document, DocumentType } from "../documents/document.ts";
import type { OutSegment, TransactionSet } from "../x12/index.ts";
import { applicationAdvice824 } from "./application-advice-824.ts";
import { inventoryAdvice846 } from "./inventory-advice-846.ts";
import { invoice810 } from "./invoice-810.ts";
import { message864 } from "./message-864.ts";
import type { SetFacts, SetMapping } from "./notation/index.ts";
import { order850 } from "./order-850.ts";
import { orderChange860 } from "./order-change-860.ts";
import { orderChangeResponse865 } from "./order-change-response-865.ts";
import { orderResponse855 } from "./order-response-855.ts";
import { orderStatusReport870 } from "./order-status-report-870.ts";
import { planningSchedule830 } from "./planning-schedule-830.ts";
import { priceCatalog832 } from "./price-catalog-832.ts";
import { productActivity852 } from "./product-activity-852.ts";
import { remittance820 } from "./remittance-820.ts";
import { resaleReport867 } from "./resale-report-867.ts";
import { shipment856 } from "./shipment-856.ts";
import { shippingSchedule862 } from "./shipping-schedule-862.ts";
import { statusInquiry869 } from "./status-inquiry-869.ts";
import { warehouseOrder940 } from "./warehouse-order-940.ts";
import { warehouseShippingAdvice945 } from "./warehouse-shipping-advice-945.ts";

export { type SetFacts, UnmappableError } from "./notation/index.ts";

/** What accounts, and warehouses, send us. */
const incoming = [
  remittance820,
  applicationAdvice824,
  planningSchedule830,
  order850,
  productActivity852,
  orderChange860,
  shippingSchedule862,
  message864,
  resaleReport867,
  statusInquiry869,
  warehouseShippingAdvice945,
];
/** What we send them. */
const outgoing = [
  invoice810,
  priceCatalog832,
  inventoryAdvice846,
  orderResponse855,
  shipment856,
  orderChangeResponse865,
  orderStatusReport870,
  warehouseOrder940,
];

/** A mapping of any document: which one it is, its own `documentType` says. */
export type AnyMapping = SetMapping<Document>;

/** Every transaction set that has a document; each is read and written, whoever sends it. */
export const setMappings: readonly AnyMapping[] = [...incoming, ...outgoing] as unknown as AnyMapping[];

const incomingSets: ReadonlySet<string> = new Set(incoming.map(({ set }) => set));

const bySet = new Map(setMappings.map((mapping) => [mapping.set, mapping]));
const byDocument = new Map<string, AnyMapping>(setMappings.map((mapping) => [mapping.documentType, mapping]));

/** Whether sets of this type (ST01) are for us, and become documents. */
export function isTranslated(type: string): boolean {
  return incomingSets.has(type);
}

/** The document that a validated set stands for, or null where sets of its type become none. */
export function documentFromSet(set: TransactionSet, facts: SetFacts): Document | null {
  return bySet.get(set.type)?.read(set, facts) ?? null;
}

/** A transaction set to be enveloped: its type (ST01) and all segments between ST and SE. */
export interface OutgoingSet {
  readonly type: string;
  readonly segments: OutSegment[];
}

/** The type (ST01) of the set that says what documents of a type say. */
export function setTypeOf(documentType: DocumentType): string | null {
  return byDocument.get(documentType)?.set ?? null;
}

/**
 * The set that says what a document says, in a version of the standard, or null for a document that no set is for.
 *
 * @throws UnmappableError where the document says more than the set has room for
 */
export function setFromDocument(document: Document, version: string): OutgoingSet | null {
  const mapping = byDocument.get(document.documentType);
  return mapping ? { type: mapping.set, segments: mapping.write(document, version) } : null;
}
