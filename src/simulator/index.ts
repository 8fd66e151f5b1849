/**
 * The counterparty: an account played from its profile, for trying things and for tests. Pure: files in, files out, and a seed
 * in place of chance.
 */
export { type WayToAcknowledge, waysToAcknowledge } from "./acknowledgment-made.ts";
export { type BookedInvoice, type BookedLine, type BookedOrder, CustomersBook } from "./book.ts";
export { catalogue } from "./catalogue.ts";
export type { OrderEdit } from "./change-made.ts";
export { Customer, type CustomerOptions, type FileToSend, type Taken } from "./customer.ts";
export type { OrderShape } from "./order-made.ts";
export { type WayToPay, waysToPay } from "./payment-made.ts";
export type { Fault } from "./received.ts";
export type { Refusal } from "./refusal-made.ts";
