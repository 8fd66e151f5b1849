import { Big } from "big.js";
import type { Invoice } from "../documents/index.ts";
import { invoiceTotals, isCredit } from "../documents/invoice-totals.ts";
import { decimalText, extendedAmount, moneyText, sumOf } from "./amount.ts";
import {
  type CheckedMovement,
  type CheckRules,
  cancelledFindings,
  type OrderFacts,
  placeOnOrders,
  raisedBy,
} from "./check-facts.ts";
import { expediteFindings, isExpediteAgreed } from "./check-priority.ts";
import { type Finding, found } from "./finding.ts";
import type { LedgerLine } from "./line.ts";
import type { Movement } from "./movement.ts";
import { movementsOfInvoice } from "./movements-of-invoice.ts";
import { priceDue } from "./price-due.ts";

/** What is known when an invoice is about to leave. */
export interface InvoiceFacts {
  /** The orders that it names, with what was shipped and invoiced before. */
  readonly orders: readonly OrderFacts[];
  /** The bill that has its number already, in words: "invoice of 2025-03-01 to harbor-retail". */
  readonly numberUsedBy?: string;
  /** Of a memo: the invoice that it is about, and what was credited of it before; null where there is no such invoice. */
  readonly about?: { readonly number: string; readonly amount: string; readonly credited: string } | null;
  /** Allowances of orders need not be on it: the account's rule has them elsewhere, or the gateway gives each of them once. */
  readonly allowancesElsewhere?: boolean;
}

/**
 * The three-way check of an invoice: against the order's version in force (line, price, unit, currency, charges) and against what
 * was shipped and not yet invoiced; and its number, its sums and what a memo is about. Nothing found: it may leave.
 */
export function checkInvoice(invoice: Invoice, facts: InvoiceFacts, rules: CheckRules = {}): Finding[] {
  const movements = movementsOfInvoice(invoice).filter(
    ({ productIds, line, corrects }) => corrects !== "rebate" && (productIds.length > 0 || line !== undefined),
  );
  const { checked, findings } = placeOnOrders(movements, facts.orders, rules);
  return [
    ...numberFindings(invoice, facts, rules),
    ...memoFindings(invoice, facts, rules),
    ...findings,
    ...cancelledFindings(checked, rules),
    ...orderFindings(invoice, facts.orders, rules),
    ...priceFindings(
      checked.filter(({ placed }) => placed.movement.corrects === undefined),
      rules,
    ),
    ...quantityFindings(invoice, checked, rules),
    ...chargeFindings(invoice, facts, rules),
    ...expediteFindings(invoice, facts.orders, rules),
    ...totalFindings(invoice, rules),
  ];
}

function numberFindings({ number }: Invoice, { numberUsedBy }: InvoiceFacts, { actions }: CheckRules): Finding[] {
  if (numberUsedBy === undefined) return [];
  const message = `Number ${number} was used before: ${numberUsedBy}.`;
  return found(actions, "invoice-number-used", "number", message, "Give it a number that was never used.");
}

function memoFindings(invoice: Invoice, { about }: InvoiceFacts, { actions }: CheckRules): Finding[] {
  if (invoice.billingReference === undefined || about === undefined) return [];
  if (about === null) {
    const message = `Invoice ${invoice.billingReference}, which it is about, was never sent to this account.`;
    return found(actions, "invoice-unknown", "billingReference", message, "Name the invoice that is corrected.");
  }
  const credit = new Big(invoiceTotals(invoice).amount);
  const left = new Big(about.amount).minus(about.credited);
  if (!isCredit(invoice) || credit.lte(left)) return [];
  const message = `It credits ${moneyText(credit)}, and ${moneyText(left)} of invoice ${about.number} are not credited yet.`;
  return found(actions, "credit-over-invoice", "lines", message, "Credit no more than was billed.");
}

function orderFindings(invoice: Invoice, orders: readonly OrderFacts[], { actions }: CheckRules): Finding[] {
  return orders.flatMap(({ order }) => [
    ...(order.invoiceType?.code === "INR" && !isCredit(invoice)
      ? found(
          actions,
          "invoice-not-wanted",
          "order",
          `The account pays order ${order.number} by what it receives, and wants no invoice.`,
          "Send none.",
        )
      : []),
    ...(order.currency !== undefined && invoice.currency !== undefined && order.currency !== invoice.currency
      ? found(
          actions,
          "currency-differs",
          "currency",
          `It is in ${invoice.currency}, and order ${order.number} in ${order.currency}.`,
          `Bill in ${order.currency}.`,
        )
      : []),
  ]);
}

function priceFindings(checked: readonly CheckedMovement[], { tolerances, actions }: CheckRules): Finding[] {
  const told = new Set<string>();
  const above = sumOf(
    checked.map(({ placed, standing: { line }, facts: { order } }) => {
      const { price } = placed.movement;
      const due = priceDue(order, line);
      return price === undefined || due === undefined
        ? undefined
        : decimalText(
            extendedAmount(placed.quantity, price, basisOf(placed.movement, line), line.unit).minus(
              extendedAmount(placed.quantity, due.price, due.basis, line.unit),
            ),
          );
    }),
  );
  const isSmall = tolerances?.totalAmount !== undefined && above.abs().lte(tolerances.totalAmount);
  return checked.flatMap(({ placed: { movement }, standing: { line }, facts: { order } }) => {
    const path = `${movement.path}.price`;
    if (movement.price === undefined || told.has(path)) return [];
    told.add(path);
    const name = `line ${line.line} of order ${order.number}`;
    const due = priceDue(order, line);
    if (due === undefined) {
      const message = `There is no price on ${name} to hold ${movement.price} against.`;
      return found(actions, "price-missing", path, message, "Make sure that the price was agreed on.");
    }
    // Of one unit each, since one may be for a hundred and the other for each.
    const billed = extendedAmount("1", movement.price, basisOf(movement, line), line.unit);
    const wanted = extendedAmount("1", due.price, due.basis, line.unit);
    const difference = billed.minus(wanted);
    if (difference.eq(0) || isSmall || isWithin(difference.abs(), wanted, tolerances?.price)) return [];
    const lower = "Make sure that the lower price is meant.";
    if (due.contract !== undefined) {
      const message = `${movement.price} is billed on ${name}, and ${due.price} is agreed in contract ${due.contract}.`;
      return difference.gt(0)
        ? found(actions, "price-above-agreed", path, message, `Bill ${due.price}.`)
        : found(actions, "price-below-agreed", path, message, lower);
    }
    const message = `${movement.price} is billed on ${name}, and ${due.price} was ordered.`;
    return difference.gt(0)
      ? found(actions, "price-above-order", path, message, `Bill ${due.price}, or have the account change its order.`)
      : found(actions, "price-below-order", path, message, lower);
  });
}

function basisOf(movement: Movement, line: LedgerLine): string | undefined {
  return movement.priceBasis ?? line.priceBasis;
}

function isWithin(
  difference: Big,
  price: Big,
  tolerance: { percent?: string | undefined; amount?: string | undefined } | undefined,
): boolean {
  if (tolerance?.percent === undefined && tolerance?.amount === undefined) return false;
  const byPercent = tolerance.percent === undefined || difference.lte(price.abs().times(tolerance.percent).div(100));
  return byPercent && (tolerance.amount === undefined || difference.lte(tolerance.amount));
}

/** A line's quantities at all its places are held together against what was shipped of it. */
function quantityFindings(invoice: Invoice, checked: readonly CheckedMovement[], rules: CheckRules): Finding[] {
  const { tolerances, actions } = rules;
  const credits = isCredit(invoice);
  const billed = new Map<string, Big>();
  return checked.flatMap(({ placed, standing: { line }, facts }) => {
    const { path } = placed.movement;
    const name = `line ${line.line} of order ${facts.order.number}`;
    const key = `${facts.order.number} ${facts.order.release ?? ""} ${line.position}`;
    const own = facts.lines.filter((one) => one.line.position === line.position);
    const before = billed.get(key) ?? new Big(0);
    const now = before.plus(placed.quantity);
    billed.set(key, now);
    const invoiced = sumOf(own.map(({ figures }) => figures?.invoiced.quantity));
    if (credits) {
      if (now.abs().lte(invoiced) || before.abs().gt(invoiced)) return [];
      const message = `${decimalText(now.abs())} of ${name} are credited, and ${decimalText(invoiced)} were billed.`;
      return found(actions, "credit-over-invoice", `${path}.quantity`, message, "Credit no more than was billed.");
    }
    const shipped = sumOf(own.map(({ figures }) => figures?.shipped.quantity));
    const ordered = sumOf(own.map((one) => one.line.quantity));
    const limit = raisedBy(shipped, tolerances?.quantity?.overPercent, shipped);
    if (invoiced.plus(now).lte(limit) || (before.gt(0) && invoiced.plus(before).gt(limit))) return [];
    const all = `${decimalText(now)} of ${name} are billed${invoiced.gt(0) ? ` after ${decimalText(invoiced)} before` : ""}`;
    if (shipped.eq(0)) {
      const message = `${all}, and none of the ${decimalText(ordered)} ordered were shipped.`;
      return found(actions, "nothing-shipped", `${path}.quantity`, message, "Hand in the shipment first.");
    }
    const message = `${all}, and ${decimalText(shipped)} were shipped.`;
    return found(actions, "quantity-over-shipped", `${path}.quantity`, message, "Bill what was shipped.");
  });
}

/** Charges stand in the order or are agreed on with the account; freight also where the order has it prepaid and charged. */
function chargeFindings(invoice: Invoice, { orders, allowancesElsewhere }: InvoiceFacts, rules: CheckRules): Finding[] {
  if (isCredit(invoice) || orders.length === 0) return [];
  const inOrders = orders.flatMap(({ order }) => [
    ...(order.allowancesAndCharges ?? []),
    ...order.lines.flatMap((line) => line.allowancesAndCharges ?? []),
  ]);
  const freightCharged = orders.some(({ order }) => order.freightTerms?.some(({ payment }) => payment.code === "PC"));
  const isAgreed = (reason: string | undefined) =>
    inOrders.some((one) => one.indicator.code === "C" && one.reason?.code === reason) ||
    (reason !== undefined && (rules.agreedCharges?.includes(reason) || isExpediteAgreed(orders, reason))) ||
    (reason === "D240" && freightCharged);
  const parts = [
    { list: invoice.allowancesAndCharges ?? [], path: "allowancesAndCharges" },
    ...invoice.lines.map((line, index) => ({
      list: line.allowancesAndCharges ?? [],
      path: `lines.${index}.allowancesAndCharges`,
    })),
  ];
  const charges = parts.flatMap(({ list, path }) =>
    list.flatMap(({ indicator, reason, amount, description }, index) => {
      if (indicator.code !== "C" || isAgreed(reason?.code)) return [];
      const what = reason
        ? `${reason.code}${reason.word ? ` (${reason.word})` : ""}`
        : (description ?? "without a reason");
      const message = `The charge ${what}${amount === undefined ? "" : ` of ${amount}`} is not in the order.`;
      const mend = "Take it out, or agree on it and name it among the account's agreed charges.";
      return found(rules.actions, "charge-not-agreed", `${path}.${index}`, message, mend);
    }),
  );
  if (allowancesElsewhere) return charges;
  const given = parts.flatMap(({ list }) =>
    list.flatMap(({ indicator, reason }) => (indicator.code === "A" ? [reason?.code] : [])),
  );
  const missing = orders.flatMap(({ order }) =>
    (order.allowancesAndCharges ?? []).flatMap(({ indicator, reason, settlement }) => {
      if (indicator.code !== "A" || settlement?.code !== "02" || given.includes(reason?.code)) return [];
      const what = `${reason?.code ?? ""}${reason?.word ? ` (${reason.word})` : ""}`.trim();
      const message = `Order ${order.number} has the allowance ${what} off the invoice, and it is not given.`;
      return found(
        rules.actions,
        "allowance-missing",
        "allowancesAndCharges",
        message,
        "Give it, or expect that it is deducted.",
      );
    }),
  );
  return [...charges, ...missing];
}

function totalFindings(invoice: Invoice, { actions }: CheckRules): Finding[] {
  const { amount } = invoiceTotals(invoice);
  const stated = invoice.totals?.amount;
  if (stated === undefined || new Big(stated).eq(amount)) return [];
  const message = `Its amount is said to be ${stated}, and it adds up to ${amount}.`;
  return found(actions, "total-differs", "totals.amount", message, "Correct the amount, or leave it out.");
}
