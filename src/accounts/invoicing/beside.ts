import { Big } from "big.js";
import * as words from "../../documents/code-words.ts";
import { withWord } from "../../documents/code-words.ts";
import { isSettledElsewhere, lineAmount } from "../../documents/invoice-totals.ts";
import { apportion, moneyText } from "../../ledger/amount.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import type { AllowanceOrCharge, BillableCharge } from "./facts.ts";
import { type BilledUnit, shareOf } from "./units.ts";

/** Reasons (SAC02, X12 element 1300) that are freight. */
const freightReasons: ReadonlySet<string> = new Set(["D240", "D270", "G830"]);
/** What kind of allowance or charge it is: the rule has a word for each. */
export type BesideKind = "freight" | "charge" | "allowance";

/** Of what kind an allowance or charge is; nothing for what is only told, or settled elsewhere. */
export function besideKind(sac: AllowanceOrCharge): BesideKind | undefined {
  if (isSettledElsewhere(sac)) return undefined;
  const { indicator, reason } = sac;
  if (indicator.code === "A") return "allowance";
  if (indicator.code !== "C") return undefined;
  return freightReasons.has(reason?.code ?? "") ? "freight" : "charge";
}

/** Where something of a kind goes: what the rule says, in one word for all kinds. */
export function wayOf(rule: InvoicingRule, kind: BesideKind): "lines" | "summary" | "own-invoice" | "none" {
  if (kind === "charge") return rule.charges;
  if (kind === "allowance") return rule.allowances;
  const ways = { "with-goods": "summary", "own-invoice": "own-invoice", "not-billed": "none" } as const;
  return ways[rule.freight];
}

/** Whether the rule takes freight from the other of the order and its ship notices. */
export function isElsewhere(
  { freightFrom }: InvoicingRule,
  kind: BesideKind,
  saidBy: "order" | "ship-notices",
): boolean {
  return kind === "freight" && freightFrom !== "both" && freightFrom !== saidBy;
}

/** Whether it has an amount of its own, which is billed once; the others come with each line that is billed. */
export function isFixed({ amount, percent, rate, quantity }: AllowanceOrCharge): boolean {
  return percent?.value === undefined && (amount !== undefined || (rate !== undefined && quantity !== undefined));
}

/** The amount of one that is fixed. */
function fixedAmount({ amount, rate, quantity }: AllowanceOrCharge): string {
  return amount ?? moneyText(new Big(rate ?? 0).times(quantity ?? 0));
}

/** An allowance or charge with its amount: on one line, or for some of them together. */
export interface Beside {
  readonly kind: BesideKind;
  readonly sac: AllowanceOrCharge;
  /** With cents. */
  readonly amount: string;
  /** Index of its line among the units; missing where it is for the whole. */
  readonly unit?: number;
}

/**
 * Every allowance and charge of some lines: what their orders give for each of them, and the fixed ones that go with them. Those
 * that the rule wants on lines are shared out to the lines, to the cent.
 * @param signOf -1 for what is taken off the next invoice instead of being given back by a memo
 */
export function besideOf(
  rule: InvoicingRule,
  units: readonly BilledUnit[],
  fixed: readonly BillableCharge[],
  signOf: (charge: BillableCharge) => 1 | -1,
): Beside[] {
  const amounts = units.map((unit) => lineAmount(unit));
  const found: Beside[] = [];
  const byOrder = new Map<BilledUnit["order"], number[]>();
  for (const [index, unit] of units.entries()) {
    const own = byOrder.get(unit.order);
    if (own) own.push(index);
    else byOrder.set(unit.order, [index]);
    for (const sac of unit.line.allowancesAndCharges ?? []) {
      const kind = besideKind(sac);
      if (kind === undefined || isElsewhere(rule, kind, "order")) continue;
      const amount = amountOnLine(sac, unit, amounts[index] as string);
      found.push({ kind, sac, amount, ...(wayOf(rule, kind) === "lines" && { unit: index }) });
    }
  }
  for (const [order, indexes] of byOrder) {
    for (const sac of order.allowancesAndCharges ?? []) {
      const kind = besideKind(sac);
      if (kind === undefined || isFixed(sac) || isElsewhere(rule, kind, "order")) continue;
      if (wayOf(rule, kind) === "lines") {
        for (const index of indexes) {
          const amount = amountOn(sac, amounts[index] as string, (units[index] as BilledUnit).quantity);
          found.push({ kind, sac, amount, unit: index });
        }
      } else {
        const goods = sum(indexes.map((index) => amounts[index] as string));
        const quantity = sum(indexes.map((index) => (units[index] as BilledUnit).quantity));
        found.push({ kind, sac, amount: amountOn(sac, goods.toFixed(), quantity.toFixed()) });
      }
    }
  }
  for (const charge of fixed) {
    if (!("sac" in charge.what)) continue;
    const { sac } = charge.what;
    const kind = besideKind(sac);
    if (kind === undefined) continue;
    const amount = moneyText(new Big(fixedAmount(sac)).times(signOf(charge)));
    const on = wayOf(rule, kind) === "lines" ? linesFor(charge, units) : [];
    if (on.length === 0) {
      found.push({ kind, sac, amount });
      continue;
    }
    const shares = apportion(
      amount,
      on.map((index) => new Big(amounts[index] as string).abs()),
    );
    for (const [place, index] of on.entries()) {
      found.push({ kind, sac, amount: moneyText(shares[place] as Big), unit: index });
    }
  }
  return found.filter(({ amount }) => !new Big(amount).eq(0));
}

/** The lines that a fixed charge is shared out to. */
function linesFor({ orders, shipment, position }: BillableCharge, units: readonly BilledUnit[]): number[] {
  return units.flatMap((unit, index) =>
    orders.includes(unit.order) &&
    (shipment === undefined || unit.shipment === shipment) &&
    (position === undefined || unit.position === position)
      ? [index]
      : [],
  );
}

/** Of an order line: a fixed amount is for the quantity that was ordered, and goes with what of it is billed. */
function amountOnLine(sac: AllowanceOrCharge, unit: BilledUnit, goods: string): string {
  return isFixed(sac) ? shareOf(fixedAmount(sac), unit) : amountOn(sac, goods, unit.quantity);
}

function amountOn({ rate, percent }: AllowanceOrCharge, goods: string, quantity: string): string {
  if (percent?.value !== undefined) return moneyText(new Big(goods).times(percent.value).div(100));
  return moneyText(new Big(rate ?? 0).times(quantity));
}

const sum = (values: readonly string[]): Big => values.reduce((all, value) => all.plus(value), new Big(0));

/** As a SAC says it: with the amount that was worked out, and the percentage beside it where it was worked out by one. */
export function segmentFor({ sac, amount }: Pick<Beside, "sac" | "amount">): AllowanceOrCharge {
  const { rate: _, quantity: __, secondQuantity: ___, unit: ____, ...rest } = sac;
  return { ...rest, amount };
}

/** For the whole invoice: what has the same reason, settlement and words in one. */
export function inSummary(beside: readonly Beside[]): AllowanceOrCharge[] {
  const together = new Map<string, { sac: AllowanceOrCharge; amount: Big; percents: Set<string> }>();
  for (const { sac, amount } of beside) {
    const { indicator, reason, settlement, description, agency } = sac;
    const name = JSON.stringify([indicator.code, reason?.code, settlement?.code, description, agency]);
    const earlier = together.get(name) ?? { sac, amount: new Big(0), percents: new Set() };
    earlier.percents.add(JSON.stringify(sac.percent ?? null));
    together.set(name, { ...earlier, amount: earlier.amount.plus(amount) });
  }
  return [...together.values()].map(({ sac, amount, percents }) => {
    const segment = segmentFor({ sac, amount: moneyText(amount) });
    if (percents.size === 1) return segment;
    const { percent: _, ...rest } = segment;
    return rest;
  });
}

/** The same in a memo of its own: what was taken off is given, so that the memo's amounts are above zero (SAC01 C). */
export function given(sac: AllowanceOrCharge): AllowanceOrCharge {
  return { ...sac, indicator: withWord("C", words.allowanceIndicators) };
}
