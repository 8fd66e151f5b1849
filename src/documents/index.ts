export { type AdviceScope, adviceOutcome, needsAttention, type Outcome } from "./advice-outcome.ts";
export {
  type Contact,
  contact,
  type Note,
  type Party,
  type ProductId,
  type QualifiedDate,
  type Reference,
} from "./aggregate-components.ts";
export {
  type AdviceOnDocument,
  type ApplicationAdvice,
  type ApplicationError,
  applicationAdvice,
} from "./application-advice.ts";
export { type Coded, coded, decimal, isoDate, type Usage, usage } from "./basic-components.ts";
export {
  checkDocument,
  contradictionsIn,
  type Document,
  type DocumentType,
  documentTypes,
  parseDocument,
} from "./document.ts";
export { type InventoryAdvice, type InventoryLine, inventoryAdvice } from "./inventory-advice.ts";
export { type Invoice, type InvoiceLine, invoice } from "./invoice.ts";
export {
  completeInvoice,
  type InvoicedLine,
  type InvoiceTotals,
  invoicedLines,
  invoiceFaults,
  invoiceTotals,
  isCredit,
  lineAmount,
} from "./invoice-totals.ts";
export { type Message, type MessageLine, type MessageText, message, plainText } from "./message.ts";
export { type NamedParty, namedParty } from "./named-party.ts";
export {
  type Order,
  type OrderLine,
  order,
  type Priority,
  type PriorityLevel,
  priority,
  priorityLevel,
} from "./order.ts";
export { type OrderChange, type OrderChangeLine, orderChange } from "./order-change.ts";
export {
  type OrderChangeResponse,
  type OrderChangeResponseLine,
  orderChangeResponse,
} from "./order-change-response.ts";
export { type OrderReference, orderReference } from "./order-reference.ts";
export {
  type LineAcknowledgment,
  type OrderResponse,
  type OrderResponseLine,
  orderResponse,
} from "./order-response.ts";
export {
  type LineStatus,
  type OrderStatus,
  type OrderStatusReport,
  orderStatusReport,
  type StatusLine,
  type StatusOrder,
} from "./order-status-report.ts";
export { type IssueWords, type PlainIssue, plainly, unfolded, written } from "./plain-issues.ts";
export {
  type PlanningSchedule,
  type PlanningScheduleLine,
  planningSchedule,
  type ResourceAuthorization,
} from "./planning-schedule.ts";
export {
  type CatalogLine,
  type CatalogPrice,
  type PriceCatalog,
  priceCatalog,
} from "./price-catalog.ts";
export { type AgreedPrice, type PriceCheck, type PriceOutcome, priceCheck } from "./price-check.ts";
export {
  type ActivityLine,
  type ItemActivity,
  type ProductActivity,
  productActivity,
} from "./product-activity.ts";
export {
  type DatedReference,
  datedReference,
  type QualifiedNumber,
  qualifiedNumber,
} from "./reference-forms.ts";
export { type Remark, remark } from "./remark.ts";
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
export { type ResaleLine, type ResaleReport, type ResaleTransfer, resaleReport } from "./resale-report.ts";
export type {
  DeliveryPattern,
  PlannedQuantity,
  ReceivedQuantity,
  ScheduleQuantity,
  ShippingQuantity,
} from "./schedule-components.ts";
export {
  type PackedOrder,
  type Shipment,
  type ShipmentItem,
  type ShipmentOrder,
  type ShipmentPack,
  type ShipmentTare,
  shipment,
} from "./shipment.ts";
export {
  completeShipment,
  levelCount,
  levelsOf,
  type ShipmentLevel,
  type ShippedItem,
  shipmentFaults,
  shippedItems,
  shippedQuantity,
  structureOf,
} from "./shipment-levels.ts";
export { type ShippingSchedule, type ShippingScheduleLine, shippingSchedule } from "./shipping-schedule.ts";
export { checkDigitOf, isSSCC, sscc, ssccFrom } from "./sscc.ts";
export { type InquiredItem, type InquiredOrder, type StatusInquiry, statusInquiry } from "./status-inquiry.ts";
export {
  type WarehouseOrder,
  type WarehouseOrderGroup,
  type WarehouseOrderLine,
  warehouseOrder,
} from "./warehouse-order.ts";
export {
  type HandlingUnit,
  type WarehouseShippingAdvice,
  type WarehouseShippingLine,
  warehouseShippingAdvice,
} from "./warehouse-shipping-advice.ts";
export { type LineWarranty, lineWarranty, warrantyBegins } from "./warranty.ts";
export { type UnmappedValue, type X12Record, x12Record } from "./x12-record.ts";
