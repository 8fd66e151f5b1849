/** The plan of an account's invoices: what is billable, and the rule, become invoices, each with its reasons. Pure. */
import { Big } from "big.js";
import type { Invoice } from "../../documents/invoice.ts";
import { lineAmount } from "../../documents/invoice-totals.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import { type Beside, type BesideKind, besideKind, besideOf, given, isElsewhere, wayOf } from "./beside.ts";
import { compose, type InvoiceParts } from "./compose.ts";
import { type Dimension, type Dimensions, dimensionsOf } from "./dimensions.ts";
import type { BillableCharge, InvoicingFacts, NotBilled, Tax } from "./facts.ts";
import { isPaidByReceipt, pricedLine, receiptReason } from "./priced.ts";
import { type Variety, whySeparate, whyTogether } from "./reasons.ts";
import { type BilledUnit, type CountedLine, counted, type PricedLine, unitsOf } from "./units.ts";

/** One invoice of a plan, with what it is made of and why. */
export interface PlannedInvoice {
  /** Whole but for its number, which is empty. */
  readonly invoice: Invoice;
  /** The billable lines and charges that are on it. */
  readonly ids: readonly string[];
  /** Why it is an invoice of its own. */
  readonly separate: string;
  /** Why its lines are together. */
  readonly together: string;
  /** Of a memo or invoice beside another one: which of the plan; it leaves once that one has. */
  readonly beside?: number;
}

/** What comes of the facts by the rule: every billable thing is on exactly one invoice, or not billed for a reason. */
export interface InvoicePlan {
  readonly invoices: readonly PlannedInvoice[];
  readonly notBilled: readonly NotBilled[];
}

/** Values of a line by the dimensions, in their order. */
interface Values {
  readonly basis: readonly string[];
  readonly split: readonly string[];
  readonly forced: readonly string[];
}

/** Lines that belong together. */
interface Group {
  readonly values: Values;
  readonly lines: CountedLine[];
  /** Of a memo: the number of the invoice that it is about. */
  readonly about: string | undefined;
}

/** An invoice before its allowances and charges are on it. */
interface Draft {
  readonly group: Group;
  readonly units: readonly BilledUnit[];
  readonly part: { readonly number: number; readonly of: number };
  readonly charges: BillableCharge[];
  /** What its lines come to, less the allowances of a fixed amount that are on it. */
  room: Big;
}

/**
 * The invoices that an account gets for what was shipped. The same rule and facts always make the same plan; it takes time in
 * proportion to the facts.
 */
export function planInvoices(rule: InvoicingRule, facts: InvoicingFacts): InvoicePlan {
  const notBilled: NotBilled[] = [];
  const dimensions = dimensionsOf(rule);
  const priced: PricedLine[] = [];
  for (const line of facts.lines) {
    const one = pricedLine(rule, line);
    if ("until" in one) notBilled.push(one);
    else priced.push(one);
  }
  const groups = groupsOf(rule, dimensions, counted(priced));
  const drafts = groups.flatMap((group) => draftsOf(rule, group));
  placeCharges(rule, facts, drafts, notBilled);
  const variety = varietyOf(groups);
  const invoices: PlannedInvoice[] = [];
  for (const draft of drafts) {
    invoices.push(...invoicesOf(rule, facts, dimensions, draft, variety(draft.group), invoices.length, notBilled));
  }
  return { invoices, notBilled };
}

const valuesOf = (dimensions: readonly Dimension[], { line }: PricedLine): string[] =>
  dimensions.map((one) => one.valueOf(line));
/** Stands in no value: X12 has no such character. */
const between = "\u0001";
const nameOf = (values: Values, about: string | undefined): string =>
  [...values.basis, "", ...values.split, "", ...values.forced, about ?? ""].join(between);

/** Lines that belong together, in the order of the first of each; what is given back is apart, unless it is netted and covered. */
function groupsOf(rule: InvoicingRule, dimensions: Dimensions, priced: readonly CountedLine[]): Group[] {
  const groups = new Map<string, Group>();
  const put = (values: Values, about: string | undefined, ...lines: CountedLine[]) => {
    const name = nameOf(values, about);
    const group = groups.get(name);
    if (group) group.lines.push(...lines);
    else groups.set(name, { values, about, lines });
  };
  for (const one of priced) {
    const values = {
      basis: valuesOf(dimensions.basis, one),
      split: valuesOf(dimensions.split, one),
      forced: valuesOf(dimensions.forced, one),
    };
    put(values, rule.credits.netted ? undefined : one.line.givenBack?.invoice, one);
  }
  if (!rule.credits.netted) return [...groups.values()];
  const netted = [...groups.values()];
  for (const group of netted) {
    const back = group.lines.filter(({ line }) => line.givenBack);
    if (back.length === 0 || isCovered(group)) continue;
    const rest = group.lines.filter(({ line }) => !line.givenBack);
    if (rest.length === 0) groups.delete(nameOf(group.values, undefined));
    group.lines.splice(0, group.lines.length, ...rest);
    for (const one of back) put(group.values, one.line.givenBack?.invoice, one);
  }
  return [...groups.values()];
}

/** Whether what is given back in a group is less than what is billed in it. */
function isCovered({ lines }: Group): boolean {
  return goodsOf(unitsOf(lines, 1)).gt(0);
}

const goodsOf = (units: readonly BilledUnit[]): Big =>
  units.reduce((sum, unit) => sum.plus(lineAmount(unit)), new Big(0));

/** A group in as many parts as the limit of lines asks for. */
function draftsOf(rule: InvoicingRule, group: Group): Draft[] {
  const units = unitsOf(group.lines, group.about === undefined ? 1 : -1);
  const most = rule.maxLines ?? Math.max(1, units.length);
  const of = Math.max(1, Math.ceil(units.length / most));
  return Array.from({ length: of }, (_, index) => {
    const own = units.slice(index * most, (index + 1) * most);
    return { group, units: own, part: { number: index + 1, of }, charges: [], room: goodsOf(own) };
  });
}

/** Whether a line takes something off the invoice that it is on. */
const isTakenOff = ({ quantity }: BilledUnit): boolean => quantity.startsWith("-");

/** In which drafts a thing is: its order, its shipment, its order line. */
class Whereabouts {
  readonly #drafts = new Map<object, Map<string, Draft[]>>();

  constructor(drafts: readonly Draft[]) {
    for (const draft of drafts) {
      for (const { order, shipment, position } of draft.units) {
        const known = this.#drafts.get(order) ?? new Map<string, Draft[]>();
        this.#drafts.set(order, known);
        for (const name of ["", ` ${position}`, `${shipment.number}`, `${shipment.number} ${position}`]) {
          const list = known.get(name);
          if (list === undefined) known.set(name, [draft]);
          else if (list.at(-1) !== draft) list.push(draft);
        }
      }
    }
  }

  /** The drafts that a charge can be on, the first ones first. */
  of({ orders, shipment, position, givenBack }: BillableCharge): Draft[] {
    const name = `${shipment?.number ?? ""}${position === undefined ? "" : ` ${position}`}`;
    const found = orders.flatMap((order) => this.#drafts.get(order)?.get(name) ?? []);
    return found.filter(({ group, units }) =>
      group.about === undefined && givenBack ? units.some(isTakenOff) : group.about === givenBack?.invoice,
    );
  }
}

/** Puts each charge of a fixed amount on one draft; one of which nothing is billed yet waits for its goods. */
function placeCharges(rule: InvoicingRule, facts: InvoicingFacts, drafts: Draft[], notBilled: NotBilled[]): void {
  const whereabouts = new Whereabouts(drafts);
  for (const charge of facts.charges) {
    const { id, orders } = charge;
    const [first] = orders;
    const byReceipt = !charge.givenBack && orders.every((order) => isPaidByReceipt(rule, { order }));
    if (byReceipt) {
      const reason = first ? receiptReason(rule, { order: first }) : "Nobody ordered it.";
      notBilled.push({ id, until: "never", reason });
      continue;
    }
    const kind = "sac" in charge.what ? besideKind(charge.what.sac) : undefined;
    if ("sac" in charge.what && (kind === undefined || wayOf(rule, kind) === "none")) {
      notBilled.push({ id, until: "never", reason: neverBilled(kind) });
      continue;
    }
    if (kind !== undefined && isElsewhere(rule, kind, charge.shipment ? "ship-notices" : "order")) {
      const reason = `The account's rule takes freight from ${charge.shipment ? "the order" : "the ship notices"}.`;
      notBilled.push({ id, until: "never", reason });
      continue;
    }
    const isOff = kind === "allowance" && !charge.givenBack && "sac" in charge.what;
    const off = new Big(isOff && "sac" in charge.what ? (charge.what.sac.amount ?? 0) : 0);
    const draft = whereabouts.of(charge).find(({ room }) => room.gte(off));
    if (draft === undefined && charge.givenBack) {
      const { invoice } = charge.givenBack;
      const memo = drafts.find(({ group }) => group.about === invoice);
      if (memo) memo.charges.push(charge);
      else drafts.push(draftOfCharge(invoice, charge));
      continue;
    }
    if (draft === undefined && charge.goodsBilled && !isOff) {
      const [order] = orders;
      const before = drafts.find(
        (one) => one.group.about === undefined && one.units.length === 0 && one.charges[0]?.orders[0] === order,
      );
      if (before) before.charges.push(charge);
      else drafts.push(draftOfCharge(undefined, charge));
      continue;
    }
    if (draft === undefined) {
      const reason = off.gt(0)
        ? "It is taken off the first invoice of its goods that covers it."
        : "It is billed with the first of its goods.";
      notBilled.push({ id, until: "waits", reason });
      continue;
    }
    draft.charges.push(charge);
    draft.room = draft.room.minus(off);
  }
}

/** The memo of a charge that is given back without its goods, or the invoice of one whose goods are billed already. */
function draftOfCharge(about: string | undefined, charge: BillableCharge): Draft {
  const values = { basis: [], split: [], forced: [] };
  const part = { number: 1, of: 1 };
  return { group: { values, lines: [], about }, units: [], part, charges: [charge], room: new Big(0) };
}

function neverBilled(kind: BesideKind | undefined): string {
  if (kind === undefined) return "It is settled apart from the invoice (SAC12), or only told.";
  if (kind === "freight") return "The account's rule says that freight is not billed.";
  return `The account's rule says that ${kind}s are on no invoice.`;
}

/** Which dimensions have several values among groups that agree on what is decided before them. */
function varietyOf(groups: readonly Group[]): (group: Group) => Variety {
  const known = new Map<string, { readonly first: readonly string[]; readonly several: boolean[] }>();
  const aboveSplit = ({ values }: Group) => ["split", ...values.basis].join(between);
  const aboveForced = ({ values }: Group) => ["forced", ...values.basis, "", ...values.split].join(between);
  const note = (above: string, values: readonly string[]) => {
    const { first, several } = known.get(above) ?? { first: values, several: values.map(() => false) };
    known.set(above, { first, several: several.map((one, index) => one || first[index] !== values[index]) });
  };
  for (const group of groups) {
    note(aboveSplit(group), group.values.split);
    note(aboveForced(group), group.values.forced);
  }
  const severalUnder = (above: string) => known.get(above)?.several ?? [];
  return (group) => ({ split: severalUnder(aboveSplit(group)), forced: severalUnder(aboveForced(group)) });
}

/** The invoice of a draft, and those beside it that its freight, charges and allowances have of their own. */
function invoicesOf(
  rule: InvoicingRule,
  facts: InvoicingFacts,
  dimensions: Dimensions,
  draft: Draft,
  variety: Variety,
  place: number,
  notBilled: NotBilled[],
): PlannedInvoice[] {
  const { group, units, part, charges } = draft;
  const isMemo = group.about !== undefined;
  const all = besideOf(rule, units, charges, ({ givenBack }) => (givenBack && !isMemo ? -1 : 1));
  // A memo takes everything back at once: what was on an invoice of its own is told in its summary.
  const isBare = units.length === 0;
  const way = (kind: BesideKind) =>
    (isMemo || isBare) && wayOf(rule, kind) === "own-invoice" ? "summary" : wayOf(rule, kind);
  const on = all.filter(({ kind }) => ["lines", "summary"].includes(way(kind)));
  const orders = [...new Set(isBare ? charges.flatMap((one) => one.orders) : units.map(({ order }) => order))];
  const shipments = [
    ...new Set(isBare ? charges.flatMap((one) => one.shipment ?? []) : units.map(({ shipment }) => shipment)),
  ];
  const taxes = charges.flatMap((charge) => ("tax" in charge.what ? [taxOf(charge.what.tax, charge, isMemo)] : []));
  const parts: InvoiceParts = {
    ...{ units, orders, shipments, taxes, beside: on },
    ...(group.about !== undefined && { about: group.about }),
  };
  const ownKinds = (["freight", "charge", "allowance"] as const).filter((kind) => way(kind) === "own-invoice");
  const isOwn = ({ what }: BillableCharge) => {
    const kind = "sac" in what ? besideKind(what.sac) : undefined;
    return kind !== undefined && ownKinds.includes(kind);
  };
  const idsOf = (some: readonly BillableCharge[]) => some.map(({ id }) => id);
  const about = isMemo ? ` It gives back what invoice ${group.about} billed, and a memo is about one invoice.` : "";
  const goods: PlannedInvoice = {
    invoice: compose(rule, facts, parts),
    ids: [...units.flatMap(({ ids }) => ids), ...idsOf(charges.filter((one) => !isOwn(one)))],
    separate: isBare ? about.trim() || alone : `${whySeparate(rule, dimensions, group.values, variety, part)}${about}`,
    together: isBare ? "It has charges, and no goods." : whyTogether(dimensions, group.values, units),
  };
  const own = ownKinds.flatMap((kind): PlannedInvoice[] => {
    const its = all.filter((one) => one.kind === kind);
    const ids = idsOf(charges.filter(({ what }) => "sac" in what && besideKind(what.sac) === kind));
    if (its.length === 0) {
      for (const id of ids) notBilled.push({ id, until: "never", reason: "It comes to nothing." });
      return [];
    }
    return [ownInvoice(rule, facts, kind, its, ids, parts, place)];
  });
  return [goods, ...own];
}

const alone = "The goods that it belongs to are on another invoice already.";

/** A tax of a fixed amount, below zero where it is taken off the next invoice. */
function taxOf(tax: Tax, { givenBack }: BillableCharge, isMemo: boolean): Tax {
  if (!givenBack || isMemo || tax.amount === undefined) return tax;
  return { ...tax, amount: new Big(tax.amount).times(-1).toFixed() };
}

const ownWords = { freight: "freight", charge: "charges", allowance: "allowances" } as const;

/** What of an invoice's goods is billed, or given, on its own. */
function ownInvoice(
  rule: InvoicingRule,
  facts: InvoicingFacts,
  kind: BesideKind,
  beside: readonly Beside[],
  ids: readonly string[],
  { orders, shipments }: InvoiceParts,
  place: number,
): PlannedInvoice {
  const isMemo = kind === "allowance";
  const whole = beside.map(({ unit: _, ...one }) => (isMemo ? { ...one, sac: given(one.sac) } : one));
  const parts: InvoiceParts = {
    ...{ units: [], orders, shipments, taxes: [], beside: whole },
    ...(isMemo && { about: null }),
  };
  return {
    invoice: compose(rule, facts, parts),
    ids,
    separate: `The rule puts ${ownWords[kind]} on ${isMemo ? "a memo" : "an invoice"} of their own, beside that of their goods.`,
    together: `They are those of the goods of one invoice.`,
    beside: place,
  };
}
