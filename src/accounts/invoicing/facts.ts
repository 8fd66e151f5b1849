import type { z } from "zod";
import type { allowanceOrCharge, Party, tax } from "../../documents/aggregate-components.ts";
import type { Usage } from "../../documents/basic-components.ts";
import type { Order } from "../../documents/order.ts";

/** What is taken off or put on beside the price (SAC). */
export type AllowanceOrCharge = z.infer<typeof allowanceOrCharge>;
/** A tax and why (TXI). */
export type Tax = z.infer<typeof tax>;

/** What the invoices of a shipment say of it. One object for each shipment: lines of the same one share it. */
export interface BilledShipment {
  /** BSN02. */
  readonly number: string;
  readonly billOfLading?: string | undefined;
  /** The day that it left. */
  readonly shippedOn?: string | undefined;
}

/** A place by its id, and who gave it (X12 element 66). */
export interface BilledPlace {
  readonly qualifier?: string | undefined;
  readonly id: string;
  readonly sublocation?: string | undefined;
}

/** Goods that left, or were taken back after they were billed, on one line of an order at one place. */
export interface BillableLine {
  /** Unique among the facts. */
  readonly id: string;
  /** The order as it stands, with the checks of its prices. One object for each order: lines of the same one share it. */
  readonly order: Order;
  /** Which of its lines, counted from 1. */
  readonly position: number;
  readonly shipment: BilledShipment;
  /** In the line's unit; below zero where it is given back. */
  readonly quantity: string;
  readonly unit: string;
  readonly shipTo?: Pick<Party, "idQualifier" | "id"> | undefined;
  /** Whose goods they are, where the order is for many stores (SDQ). */
  readonly store?: BilledPlace | undefined;
  /** How many of the order's line earlier invoices have, less what was given back: fixed amounts of the line go on from there. */
  readonly billedBefore?: string | undefined;
  /** Of goods that are given back: the invoice that billed them, and at what price. */
  readonly givenBack?: { readonly invoice: string; readonly price: string; readonly priceBasis?: string | undefined };
  /** Whether somebody has agreed on a price that its check had left open. */
  readonly isPriceAgreed?: boolean;
  readonly markFor?: BilledPlace | undefined;
  readonly commodity?: string | undefined;
  readonly hazard?: string | undefined;
  /** What the rule's selectors give for the line, by the selector. */
  readonly selected?: Readonly<Record<string, string>> | undefined;
}

/** A charge, an allowance or a tax of a fixed amount. It is billed once, with the first goods that it belongs to. */
export interface BillableCharge {
  /** Unique among the facts. */
  readonly id: string;
  readonly what: { readonly sac: AllowanceOrCharge } | { readonly tax: Tax };
  /** The orders that it is for: one, or those of its shipment. */
  readonly orders: readonly Order[];
  /** Missing where it is of an order, and goes with whatever of it is billed first. */
  readonly shipment?: BilledShipment | undefined;
  /** Of one line only: which of the order's. */
  readonly position?: number | undefined;
  /** Its goods are on an invoice already: it need not wait for any. */
  readonly goodsBilled?: boolean | undefined;
  /** Of what is given back: the invoice that billed it. */
  readonly givenBack?: { readonly invoice: string } | undefined;
}

/** Everything that is to be planned together. */
export interface InvoicingFacts {
  readonly account: string;
  readonly usage: Usage;
  /** The day of the invoices, on the account's calendar. */
  readonly date: string;
  /** In the order in which they left: invoices come in the order of their first lines. */
  readonly lines: readonly BillableLine[];
  readonly charges: readonly BillableCharge[];
}

/** Something that is on none of the planned invoices, and why. */
export interface NotBilled {
  readonly id: string;
  /** waits: it is billed once somebody has done something. never: the rules want no bill of it. */
  readonly until: "waits" | "never";
  readonly reason: string;
  /** What somebody has to do. */
  readonly mend?: string;
}
