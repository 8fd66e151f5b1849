export { type AgainstRule, againstRule, type ToldApart } from "./against.ts";
export { chargesOfOrder, chargesOfShipment, chargesWithoutAmount, type StatedCharge } from "./charges.ts";
export type {
  AllowanceOrCharge,
  BillableCharge,
  BillableLine,
  BilledPlace,
  BilledShipment,
  InvoicingFacts,
  NotBilled,
} from "./facts.ts";
export { invoiceNumber } from "./numbering.ts";
export { type InvoicePlan, type PlannedInvoice, planInvoices } from "./plan.ts";
export { isPaidByReceipt, pricedLine } from "./priced.ts";
