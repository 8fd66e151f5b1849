export type { Allocation, ClaimLine, LineAllocation, Settling } from "./allocation.ts";
export { allocate } from "./allocation.ts";
export { apportion, extendedAmount, moneyText } from "./amount.ts";
export { type ChangeAction, changeMeaning } from "./change-codes.ts";
export { movementsOfChangeResponse, responseToChange } from "./change-response.ts";
export type { ChangeRules, RefusalReason } from "./changed-line.ts";
export type { CheckRules, OrderFacts, Tolerances } from "./check-facts.ts";
export { type CheckedMovement, placeOnOrders } from "./check-facts.ts";
export { checkInvoice, type InvoiceFacts } from "./check-invoice.ts";
export { checkShipment, containersOf, type ShipmentFacts } from "./check-shipment.ts";
export {
  type CumulativeDifference,
  type CumulativeNeed,
  type CumulativeRules,
  checkCumulative,
  cumulativeNeeds,
  openNeeds,
  type ShippedOfItem,
} from "./cumulative.ts";
export { type EarnedDiscount, earlyPaymentDiscount } from "./discount.ts";
export { assembleOrder, assembleQuantities, explodeOrder, orderLineNumber } from "./explode.ts";
export {
  type Figure,
  figuresOf,
  type LedgerEntry,
  type LineFigures,
  lineFigures,
  type OrderState,
  orderState,
  orderStateOf,
} from "./figures.ts";
export {
  type Finding,
  type FindingActions,
  type FindingCode,
  type FindingSeverity,
  finding,
  findingCode,
  findingSeverities,
  findingSeverity,
  mustHold,
} from "./finding.ts";
export { type LedgerLine, type LedgerLocation, ledgerLine, ledgerLineKey, ledgerLocation } from "./line.ts";
export {
  type AcknowledgedAs,
  acknowledgedAs,
  type Movement,
  type MovementKind,
  movement,
  movementKind,
  type PlacedMovement,
  type PlacementRemark,
  type UnplacedMovement,
} from "./movement.ts";
export {
  claimLinesOf,
  type InvoiceShare,
  invoiceShares,
  ledgerKeyOf,
  movementsOfInvoice,
} from "./movements-of-invoice.ts";
export { movementsBetween, movementsOfOrder } from "./movements-of-order.ts";
export { meaningOf, movementsOfLine, movementsOfResponse } from "./movements-of-response.ts";
export { movementsOfShipment, shippedOn } from "./movements-of-shipment.ts";
export { type ByStore, namesStores, orderByDocument, orderByLine } from "./order-by-store.ts";
export { applyOrderChange, type ChangedOrder, type ChangeOutcome, type ShippedByLine } from "./order-change.ts";
export { type Placement, placeMovement, placeMovements, type StandingLine } from "./place.ts";
export { type PriceDue, priceDue } from "./price-due.ts";
export {
  allocateRemittance,
  type Claim,
  type DifferenceCode,
  type InvoiceAllocation,
  type PaymentDifference,
  type PaymentRules,
  type RemittanceAllocation,
} from "./remittance.ts";
export { type ItemRelease, itemReleasesOf, type Need, type NetChange, netChanges, releaseInForce } from "./schedule.ts";
export {
  lineReleased,
  linesReleased,
  openCalls,
  orderedInAll,
  type ReleasedItem,
  type ScheduleKind,
  type ShippedOnLine,
  standingOrder,
} from "./standing-order.ts";
export { type Arranged, storesApart, storesTogether, type WithStoreLines } from "./store-lines.ts";
