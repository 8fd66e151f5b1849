export {
  type Contact,
  contact,
  type Note,
  type Party,
  type ProductId,
  type QualifiedDate,
  type Reference,
} from "./aggregate-components.ts";
export { type Coded, coded, decimal, isoDate, type Usage, usage } from "./basic-components.ts";
export { checkDocument, type Document, type DocumentType, documentTypes, parseDocument } from "./document.ts";
export {
  type Order,
  type OrderLine,
  order,
  type Priority,
  type PriorityLevel,
  priority,
  priorityLevel,
} from "./order.ts";
export {
  type LineAcknowledgment,
  type OrderResponse,
  type OrderResponseLine,
  orderResponse,
} from "./order-response.ts";
export { type DatedReference, datedReference, type Remark, remark } from "./remarks.ts";
export {
  type Remittance,
  type RemittanceAdjustment,
  type RemittanceEntity,
  type RemittanceItem,
  type RemittanceLine,
  remittance,
} from "./remittance.ts";
export {
  type BillingDocument,
  type Deduction,
  type RemittanceBalance,
  remittanceBalance,
  type Settlement,
  settlementOf,
  settlementsOf,
  unattachedAdjustments,
} from "./remittance-balance.ts";
export { type UnmappedValue, type X12Record, x12Record } from "./x12-record.ts";
