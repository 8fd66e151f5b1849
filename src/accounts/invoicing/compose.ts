import type { Party, Reference } from "../../documents/aggregate-components.ts";
import { invoiceKinds } from "../../documents/code-words/billing.ts";
import * as words from "../../documents/code-words.ts";
import { withWord } from "../../documents/code-words.ts";
import type { Invoice, InvoiceLine } from "../../documents/invoice.ts";
import { completeInvoice } from "../../documents/invoice-totals.ts";
import type { Order } from "../../documents/order.ts";
import { orderLineNumber } from "../../ledger/explode.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import type { Beside } from "./beside.ts";
import { inSummary, segmentFor } from "./beside.ts";
import type { BilledShipment, InvoicingFacts, Tax } from "./facts.ts";
import { type BilledUnit, shareOf } from "./units.ts";

/** What an invoice is made of. */
export interface InvoiceParts {
  readonly units: readonly BilledUnit[];
  /** The orders and shipments that it is for; those of its lines, where it has some. */
  readonly orders: readonly Order[];
  readonly shipments: readonly BilledShipment[];
  readonly beside: readonly Beside[];
  /** Taxes of a fixed amount. */
  readonly taxes: readonly Tax[];
  /** Of a memo: the invoice that it is about; null where it is about one that has no number yet. */
  readonly about?: string | null;
}

/** References that name what an invoice is for (X12 element 128), said in the heading where all lines agree on them. */
const carriedReferences = ["DP", "CT", "JB"] as const;
/** References of the heading that an account knows us by; said where all orders say the same. */
const headingReferences = ["IA"] as const;

/** The invoice that some lines, allowances and charges make; its number is given to it later. */
export function compose(rule: InvoicingRule, facts: InvoicingFacts, parts: InvoiceParts): Invoice {
  const { units, orders, shipments, beside, taxes, about } = parts;
  const [first] = orders;
  const isMemo = about !== undefined;
  const isConsolidated = !isMemo && (orders.length > 1 || (rule.basis === "period" && orders.length > 0));
  const isOneOrder = orders.length === 1 && !isConsolidated;
  const isOneShipment = shipments.length === 1;
  const shipment = isOneShipment ? shipments[0] : undefined;
  const kind = kindOf(rule, orders, isMemo, isConsolidated);
  const shipTo = onlyOne(units, (unit) => unit.shipTo?.id ?? "");
  const carried = carriedReferences.map((qualifier) => ({
    qualifier,
    only: onlyOne(units, (unit) => referenceOf(unit, qualifier)?.value ?? ""),
  }));
  const inHeading = [
    ...headingReferences.flatMap((qualifier) => onlyReference(orders, qualifier)),
    ...carried.flatMap(({ qualifier, only }) => (only && units[0] ? (referenceOf(units[0], qualifier) ?? []) : [])),
  ];
  const onLines = carried.filter(({ only }) => !only).map(({ qualifier }) => qualifier);
  // A percentage is of the goods: where there are none, it has nothing to say.
  const headingTaxes = [...(units.length > 0 ? percentages(first?.taxes) : []), ...taxes];
  const heading = headingOf(rule, first);
  const parties = partiesOf(orders, shipTo ? units[0] : undefined);
  const byUnit = new Map<number | undefined, Beside[]>();
  for (const one of beside) {
    const own = byUnit.get(one.unit);
    if (own) own.push(one);
    else byUnit.set(one.unit, [one]);
  }
  const lines = units.map((unit, index) =>
    lineOf(unit, {
      namesOrder: !isOneOrder,
      namesShipment: !isOneShipment,
      namesShipTo: !shipTo,
      references: onLines,
      beside: byUnit.get(index) ?? [],
    }),
  );
  const whole = inSummary(byUnit.get(undefined) ?? []);
  return completeInvoice({
    documentType: "invoice",
    account: facts.account,
    usage: facts.usage,
    number: "",
    date: facts.date,
    ...(kind !== undefined && { kind: withWord(kind, invoiceKinds) }),
    ...(isOneOrder && first && { order: orderNamed(first) }),
    ...(typeof about === "string" && { billingReference: about }),
    ...heading,
    ...(shipment && { shipment: shipment.number }),
    ...(shipment?.billOfLading !== undefined && { billOfLading: shipment.billOfLading }),
    ...(inHeading.length > 0 && { references: inHeading }),
    ...(parties.length > 0 && { parties }),
    ...(shipment?.shippedOn !== undefined && {
      dates: [{ qualifier: "011", word: "shipped", date: shipment.shippedOn }],
    }),
    lines,
    ...(headingTaxes.length > 0 && { taxes: headingTaxes }),
    ...(whole.length > 0 && { allowancesAndCharges: whole }),
  });
}

/** BIG07 (X12 element 640); nothing for an invoice like any other. */
function kindOf(
  rule: InvoicingRule,
  orders: readonly Order[],
  isMemo: boolean,
  isConsolidated: boolean,
): string | undefined {
  if (isMemo) return rule.credits.as;
  if (isConsolidated) return "CI";
  const isDropShip = rule.split.includes("drop-ship") && orders[0]?.orderType.code === "DS";
  return isDropShip ? "DO" : undefined;
}

/** What an 810 says once: all orders of an invoice agree on it. */
function headingOf(
  rule: InvoicingRule,
  order: Order | undefined,
): Pick<Invoice, "currency" | "currencyParty" | "exchangeRate" | "terms" | "freightTerms"> {
  const terms = rule.terms ? [rule.terms] : order?.terms;
  const [freightTerms] = order?.freightTerms ?? [];
  return {
    ...(order?.currency !== undefined && { currency: order.currency, currencyParty: order.currencyParty ?? "SE" }),
    ...(order?.exchangeRate !== undefined && { exchangeRate: order.exchangeRate }),
    ...(terms && terms.length > 0 && { terms }),
    ...(freightTerms && { freightTerms }),
  };
}

/** Whether all give the same value there; not of nothing. */
function onlyOne<Item>(items: readonly Item[], sayOf: (item: Item) => string): boolean {
  const [first] = items;
  if (first === undefined) return false;
  const value = sayOf(first);
  return items.every((item) => sayOf(item) === value);
}

function orderNamed({ number, release, date }: Order): NonNullable<Invoice["order"]> {
  return { number, ...(release !== undefined && { release }), date };
}

function referenceOf({ line, order }: BilledUnit, qualifier: string): Reference | undefined {
  const found =
    line.references?.find((one) => one.qualifier === qualifier) ??
    order.references.find((one) => one.qualifier === qualifier);
  if (found || qualifier !== "CT" || order.contract === undefined) return found;
  return { ...withWordOf("CT"), value: order.contract };
}

function withWordOf(qualifier: string): Reference {
  const { code, word } = withWord(qualifier, words.referenceQualifiers);
  return { qualifier: code, ...(word !== undefined && { word }) };
}

function onlyReference(orders: readonly Order[], qualifier: string): Reference[] {
  const found = orders.map(({ references }) => references.find((one) => one.qualifier === qualifier));
  const [first] = found;
  return first && found.every((one) => one?.value === first.value) ? [first] : [];
}

/** The parties of the heading: who is billed, who bought, and where it went, where that is one place. */
function partiesOf(orders: readonly Order[], unit: BilledUnit | undefined): Party[] {
  const buyer = (order: Order) => order.parties.find(({ role }) => role === "BY");
  const [first] = orders;
  const isOneBuyer = onlyOne(orders, (order) => buyer(order)?.id ?? buyer(order)?.name ?? "");
  return [
    first?.parties.find(({ role }) => role === "BT"),
    isOneBuyer && first ? buyer(first) : undefined,
    unit ? shipToOf(unit) : undefined,
  ].filter((party) => party !== undefined);
}

/** The ship-to as its order names it, or by its id alone where the order does not. */
function shipToOf({ shipTo, line, order }: BilledUnit): Party | undefined {
  const known = [...(line.parties ?? []), ...order.parties].filter(({ role }) => role === "ST");
  if (shipTo?.id === undefined) return known[0];
  const named = known.find(({ id }) => id === shipTo.id);
  return (
    named ?? {
      role: "ST",
      word: "ship to",
      ...(shipTo.idQualifier !== undefined && { idQualifier: shipTo.idQualifier }),
      id: shipTo.id,
    }
  );
}

/** Taxes by percentage, and exemptions: they are worked out for each invoice. */
function percentages(taxes: readonly Tax[] | undefined): Tax[] {
  return (taxes ?? []).flatMap(({ amount, basis: _, ...tax }) =>
    tax.percentage === undefined && amount !== undefined ? [] : [tax],
  );
}

/** What a line says that the heading does not say for all of them. */
interface LineNaming {
  readonly namesOrder: boolean;
  readonly namesShipment: boolean;
  readonly namesShipTo: boolean;
  readonly references: readonly string[];
  readonly beside: readonly Beside[];
}

function lineOf(unit: BilledUnit, naming: LineNaming): InvoiceLine {
  const { order, line, position, shipment, store } = unit;
  const references = naming.references.flatMap((qualifier) => referenceOf(unit, qualifier) ?? []);
  const shipTo = naming.namesShipTo ? shipToOf(unit) : undefined;
  const taxes = lineTaxes(unit);
  const { priceBasis } = unit;
  return {
    line: orderLineNumber(line, position),
    ...(naming.namesOrder && { order: orderNamed(order) }),
    ...(naming.namesShipment && { shipment: shipment.number }),
    quantity: unit.quantity,
    unit: unit.unit,
    price: unit.price,
    ...(priceBasis && { priceBasis: withWord(priceBasis.code, words.priceBases) }),
    productIds: line.productIds.slice(0, 10),
    ...(taxes.length > 0 && { taxes }),
    ...(line.descriptions.length > 0 && { descriptions: line.descriptions }),
    ...(references.length > 0 && { references }),
    ...(store && { quantitiesByLocation: [atStore(unit, store)] }),
    ...(naming.namesShipment &&
      shipment.shippedOn !== undefined && {
        dates: [{ qualifier: "011", word: "shipped", date: shipment.shippedOn }],
      }),
    ...(naming.beside.length > 0 && { allowancesAndCharges: naming.beside.map(segmentFor) }),
    ...(shipTo && { parties: [shipTo] }),
  };
}

function atStore({ quantity, unit }: BilledUnit, { qualifier, id, sublocation }: NonNullable<BilledUnit["store"]>) {
  return {
    ...(qualifier !== undefined && { idQualifier: qualifier }),
    location: id,
    quantity,
    unit,
    ...(sublocation !== undefined && { sublocation }),
  };
}

/** Taxes of the order's line; an amount is for what was ordered, and goes with what of it is billed. */
function lineTaxes(unit: BilledUnit): Tax[] {
  return (unit.line.taxes ?? []).map(({ basis: _, ...tax }) => {
    if (tax.amount === undefined) return tax;
    const { amount, ...rest } = tax;
    if (tax.percentage !== undefined) return rest;
    return { ...rest, amount: shareOf(amount, unit) };
  });
}
