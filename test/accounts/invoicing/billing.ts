import fc from "fast-check";
import type { BillableCharge, BillableLine, InvoicingFacts } from "../../../src/accounts/invoicing/index.ts";
import { type InvoicingRule, invoicingRule, splitKeys } from "../../../src/accounts/rules/invoicing.ts";
import type { Order, OrderLine } from "../../../src/documents/index.ts";
import { anOrder, anOrderLine } from "../../ledger/orders.ts";

/** A rule as a person writes it, with its defaults. */
export function aRule(rule: Record<string, unknown> = {}): InvoicingRule {
  return invoicingRule.parse({ from: "shipments", numbering: { prefix: "T-" }, ...rule });
}

/** The facts of a plan of 2025-03-31, of lines that were given. */
export function facts(lines: readonly BillableLine[], charges: readonly BillableCharge[] = []): InvoicingFacts {
  return { account: "harbor-retail", usage: "production", date: "2025-03-31", lines, charges };
}

let count = 0;

/** Ten each of an order's first line, in shipment SH-1, changed as the test wants. */
export function aLine(order: Order, change: Partial<BillableLine> = {}): BillableLine {
  count++;
  return {
    id: `line-${count}`,
    order,
    position: 1,
    shipment: shipment("SH-1"),
    quantity: "10",
    unit: order.lines[(change.position ?? 1) - 1]?.unit ?? "EA",
    shipTo: { idQualifier: "92", id: "DC07" },
    ...change,
  };
}

const shipments = new Map<string, BillableLine["shipment"]>();

/** One object for each shipment of a number. */
export function shipment(number: string): BillableLine["shipment"] {
  const known = shipments.get(number) ?? { number, billOfLading: `BOL-${number}`, shippedOn: "2025-03-18" };
  shipments.set(number, known);
  return known;
}

/** Freight of a shipment. */
export function freight(id: string, orders: readonly Order[], amount: string, number = "SH-1"): BillableCharge {
  const sac = { indicator: { code: "C" }, reason: { code: "D240" }, amount };
  return { id, orders, shipment: shipment(number), what: { sac } };
}

const pick = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const money = fc.integer({ min: 1, max: 500_00 }).map((cents) => (cents / 100).toFixed(2));

const sac = fc
  .record({
    indicator: pick("A", "C", "N"),
    reason: pick("D240", "D270", "F910", "D500", "C310"),
    settlement: pick(undefined, "02", "01", "06"),
    how: fc.oneof(
      money.map((amount) => ({ amount })),
      fc.integer({ min: 1, max: 9 }).map((value) => ({ percent: { qualifier: "1", value: String(value) } })),
      fc.integer({ min: 1, max: 40 }).map((cents) => ({ rate: (cents / 100).toFixed(2) })),
    ),
  })
  .map(({ indicator, reason, settlement, how }) => ({
    indicator: { code: indicator },
    reason: { code: reason },
    ...(settlement !== undefined && { settlement: { code: settlement } }),
    ...how,
  }));

const orderLine: fc.Arbitrary<Partial<OrderLine>> = fc
  .record({
    price: pick<string | undefined>("5.00", "0.125", "19.99", undefined),
    reference: pick<string | undefined>(undefined, "DP", "JB", "CT"),
    sacs: fc.array(sac, { maxLength: 2 }),
    answer: pick<string | undefined>(undefined, undefined, undefined, "hold", "IA"),
    tax: pick<string | undefined>(undefined, undefined, "6.25"),
  })
  .map(({ price, reference, sacs, answer, tax }) => ({
    quantity: "40",
    ...(price !== undefined && { price }),
    ...(reference !== undefined && { references: [{ qualifier: reference, value: `${reference}-9` }] }),
    ...(sacs.length > 0 && { allowancesAndCharges: sacs }),
    ...(answer !== undefined && { priceCheck: { outcome: "higher" as const, answer, reason: "It is higher." } }),
    ...(tax !== undefined && { taxes: [{ type: { code: "ST" }, percentage: tax }] }),
  }));

const order: fc.Arbitrary<(number: number) => Order> = fc
  .record({
    lines: fc.array(orderLine, { minLength: 1, maxLength: 3 }),
    currency: pick<string | undefined>("USD", "USD", "CAD", undefined),
    billTo: pick("BT-1", "BT-1", "BT-2"),
    netDays: pick("30", "30", "60"),
    department: pick("014", "015"),
    release: pick<string | undefined>(undefined, "0002"),
    tax: pick<string | undefined>(undefined, undefined, "7"),
    taxAmount: pick<string | undefined>(undefined, undefined, undefined, "3.10"),
    inr: fc.boolean(),
    dropShip: fc.boolean(),
    sacs: fc.array(sac, { maxLength: 3 }),
  })
  .map((made) => (number: number) => {
    const { price: _, ...blank } = anOrderLine();
    const taxes = [
      ...(made.tax === undefined ? [] : [{ type: { code: "GS" }, percentage: made.tax }]),
      ...(made.taxAmount === undefined ? [] : [{ type: { code: "SU" }, amount: made.taxAmount }]),
    ];
    return anOrder({
      number: `PO-${number}`,
      ...(made.release !== undefined && { release: made.release }),
      ...(made.currency !== undefined && { currency: made.currency }),
      orderType: { code: made.dropShip ? "DS" : "SA" },
      ...(made.inr && number % 4 === 0 && { invoiceType: { code: "INR" } }),
      parties: [
        { role: "ST", idQualifier: "92", id: "DC07" },
        { role: "BT", idQualifier: "92", id: made.billTo },
      ],
      references: [{ qualifier: "DP", value: made.department }],
      terms: [{ type: { code: "01" }, netDays: made.netDays }],
      ...(taxes.length > 0 && { taxes }),
      ...(made.sacs.length > 0 && { allowancesAndCharges: made.sacs }),
      lines: made.lines.map((line, index) => ({ ...blank, ...line, line: String(index + 1) })),
    });
  });

/** Lines of some orders in some shipments, goods that are given back among them, and charges. */
export const billing: fc.Arbitrary<InvoicingFacts> = fc
  .record({
    orders: fc.array(order, { minLength: 1, maxLength: 5 }),
    lines: fc.array(
      fc.record({
        order: fc.nat(),
        position: fc.nat(),
        shipment: fc.nat({ max: 3 }),
        quantity: fc.integer({ min: 1, max: 40 }),
        store: pick<string | undefined>(undefined, "0042", "0057"),
        place: pick("DC07", "DC07", "DC09"),
        isBack: pick(false, false, false, true),
      }),
      { maxLength: 25 },
    ),
    charges: fc.array(fc.record({ order: fc.nat(), shipment: fc.nat({ max: 3 }), sac, isBack: fc.boolean() }), {
      maxLength: 4,
    }),
  })
  .map(({ orders: made, lines, charges }) => {
    const orders = made.map((make, index) => make(index + 1));
    const orderAt = (index: number) => orders[index % orders.length] as Order;
    const billable = lines.map(({ order: at, position, shipment: number, quantity, store, place, isBack }, index) => {
      const of = orderAt(at);
      return {
        id: `line-${index}`,
        order: of,
        position: (position % of.lines.length) + 1,
        shipment: shipment(`SH-${number}`),
        quantity: isBack ? `-${quantity}` : String(quantity),
        unit: "EA",
        shipTo: { idQualifier: "92", id: place },
        ...(store !== undefined && { store: { qualifier: "92", id: store } }),
        ...(isBack && { givenBack: { invoice: `OLD-${quantity % 2}`, price: "5.00" } }),
      };
    });
    const fixed = charges.map(({ order: at, shipment: number, sac: one, isBack }, index) => {
      const { percent: _, rate: __, ...rest } = { percent: undefined, rate: undefined, amount: "12.34", ...one };
      return {
        id: `charge-${index}`,
        orders: [orderAt(at)],
        shipment: shipment(`SH-${number}`),
        what: { sac: rest },
        ...(isBack && { givenBack: { invoice: "OLD-1" } }),
      };
    });
    return { account: "harbor-retail", usage: "production", date: "2025-03-31", lines: billable, charges: fixed };
  });

/** Any rule of an account that gets invoices made out of its shipments. */
export const rules: fc.Arbitrary<InvoicingRule> = fc
  .record({
    basis: pick("shipment", "order", "ship-to", "period"),
    split: fc.uniqueArray(pick(...splitKeys), { maxLength: 4 }),
    maxLines: pick<number | undefined>(undefined, undefined, 1, 2, 3),
    freight: pick("with-goods", "own-invoice", "not-billed"),
    charges: pick("lines", "summary", "own-invoice", "none"),
    allowances: pick("lines", "summary", "own-invoice", "none"),
    evaluatedReceipts: pick("by-order", "by-order", "by-order", "always"),
    credits: fc.record({ as: pick("CR", "CN"), netted: fc.boolean() }),
    terms: pick<object | undefined>(undefined, undefined, { netDays: "45" }),
  })
  .map((rule) => aRule({ ...rule, period: { every: "month" } }));
