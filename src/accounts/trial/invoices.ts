/** What comes out differently on the invoices of one shipment. */
import { Big } from "big.js";
import type { InvoicePlan, PlannedInvoice } from "../invoicing/index.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import { type Difference, moneyDifference } from "./difference.ts";

/** One invoice that goods of a shipment are on. */
export interface ShipmentOnInvoice {
  /** What of the shipment is on it, by ids that are the same whatever the rule, in their order. */
  readonly ids: readonly string[];
  /** The other shipments on it. */
  readonly others: readonly string[];
  readonly date: string;
  readonly currency: string | undefined;
  /** What the invoice comes to, below zero where it is a memo. */
  readonly amount: string;
  /** Why it is an invoice of its own. */
  readonly separate: string;
}

/** What a rule of invoicing makes of a shipment. */
export interface BilledShipmentTried {
  readonly madeBy: "the gateway" | "your systems";
  readonly invoices: readonly ShipmentOnInvoice[];
  /** Why something of it is not billed. */
  readonly notBilled: readonly string[];
}

/** What comes of each shipment of a plan. @param shipmentOf which shipment a thing of the plan's facts is of; undefined: of several */
export function billedByShipment(
  rule: InvoicingRule,
  plan: InvoicePlan,
  shipmentOf: (id: string) => string | undefined,
): Map<string, BilledShipmentTried> {
  const found = new Map<string, { invoices: ShipmentOnInvoice[]; notBilled: Set<string> }>();
  const of = (shipment: string) => {
    const known = found.get(shipment) ?? { invoices: [], notBilled: new Set<string>() };
    found.set(shipment, known);
    return known;
  };
  for (const planned of plan.invoices) {
    const byShipment = new Map<string, string[]>();
    for (const id of planned.ids) {
      const shipment = shipmentOf(id);
      if (shipment !== undefined) byShipment.set(shipment, [...(byShipment.get(shipment) ?? []), id]);
    }
    const shipments = [...byShipment.keys()];
    const { date, currency } = planned.invoice;
    const said = { date, currency, amount: amountOf(planned), separate: planned.separate };
    for (const [shipment, ids] of byShipment) {
      const others = shipments.filter((one) => one !== shipment).sort();
      of(shipment).invoices.push({ ids: ids.sort(), others, ...said });
    }
  }
  for (const { id, reason } of plan.notBilled) {
    const shipment = shipmentOf(id);
    if (shipment !== undefined) of(shipment).notBilled.add(reason);
  }
  const madeBy = rule.from === "shipments" ? "the gateway" : "your systems";
  return new Map(
    [...found].map(([shipment, { invoices, notBilled }]) => [
      shipment,
      { madeBy, invoices, notBilled: [...notBilled].sort() },
    ]),
  );
}

/** BIG07 of what is given back. */
const memos: ReadonlySet<string | undefined> = new Set(["CR", "CN"]);

function amountOf({ invoice: { kind, totals } }: PlannedInvoice): string {
  const amount = new Big(totals?.amount ?? 0);
  return (memos.has(kind?.code) ? amount.times(-1) : amount).toFixed();
}

/** Every decision on a shipment's invoices that two rules take differently. null: there is no rule, and so no plan. */
export function compareInvoices(was: BilledShipmentTried | null, is: BilledShipmentTried | null): Difference[] {
  const because = is === null ? "The rules say nothing of invoices." : reasonsOf(is);
  const difference = (
    kind: Difference["kind"],
    before: string | null,
    after: string | null,
    money?: Difference["money"],
  ): Difference[] =>
    before === after && !money ? [] : [{ kind, place: "", before, after, because, ...(money && { money }) }];
  const madeBy = difference("invoice-made-by", was?.madeBy ?? "your systems", is?.madeBy ?? "your systems");
  if (was === null || is === null) {
    return [...madeBy, ...difference("invoice-split", was && splitWords(was), is && splitWords(is))];
  }
  const isSameSplit = splitOf(was) === splitOf(is);
  const split: Difference[] = isSameSplit
    ? []
    : [{ kind: "invoice-split", place: "", before: splitWords(was), after: splitWords(is), because }];
  return [
    ...madeBy,
    ...split,
    ...difference("invoice-day", daysOf(was), daysOf(is)),
    ...amountDifference(was, is, because),
    ...difference("invoice-not-billed", was.notBilled.join(" ") || null, is.notBilled.join(" ") || null),
  ];
}

/** What is on which invoice, and with which other shipments. */
function splitOf({ invoices }: BilledShipmentTried): string {
  return JSON.stringify(invoices.map(({ ids, others }) => JSON.stringify([ids, others])).sort());
}

function splitWords({ invoices }: BilledShipmentTried): string {
  const others = new Set(invoices.flatMap((one) => one.others)).size;
  const count = invoices.length === 1 ? "1 invoice" : `${invoices.length} invoices`;
  if (invoices.length === 0) return "on no invoice";
  return others === 0
    ? `on ${count}`
    : `on ${count}, with ${others === 1 ? "1 other shipment" : `${others} other shipments`}`;
}

const daysOf = ({ invoices }: BilledShipmentTried): string | null =>
  [...new Set(invoices.map(({ date }) => date))].sort().join(", ") || null;

/** What invoices come to is a shipment's own only where no other is on them. */
function amountDifference(was: BilledShipmentTried, is: BilledShipmentTried, because: string): Difference[] {
  const all = [...was.invoices, ...is.invoices];
  if (all.some(({ others }) => others.length > 0)) return [];
  return [...new Set(all.map(({ currency }) => currency))].flatMap((currency): Difference[] => {
    const [before, after] = [was, is].map(({ invoices }) =>
      invoices.filter((one) => one.currency === currency).reduce((sum, { amount }) => sum.plus(amount), new Big(0)),
    ) as [Big, Big];
    const money = moneyDifference(currency, before, after);
    if (!money) return [];
    const [from, to] = [before.toFixed(2), after.toFixed(2)];
    return [{ kind: "invoice-amount", place: "", before: from, after: to, because, money }];
  });
}

/** How many reasons are told. */
const toldInFull = 3;

function reasonsOf({ invoices, notBilled }: BilledShipmentTried): string {
  const reasons = [...new Set([...invoices.map(({ separate }) => separate), ...notBilled])];
  const more = reasons.length > toldInFull ? ` And ${reasons.length - toldInFull} more reasons.` : "";
  return `${reasons.slice(0, toldInFull).join(" ")}${more}`;
}
