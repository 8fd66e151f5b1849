import { Big } from "big.js";
import type { Order } from "../documents/order.ts";
import { type Finding, type FindingActions, found } from "./finding.ts";
import type { Movement, PlacedMovement, UnplacedMovement } from "./movement.ts";
import { placeMovements, type StandingLine } from "./place.ts";

/** How far a document may be from what was ordered and shipped. What is left out allows no difference. */
export interface Tolerances {
  /** Of a unit price above the order's; where both are given, both have to hold. */
  readonly price?: { readonly percent?: string | undefined; readonly amount?: string | undefined } | undefined;
  /** Of a line's quantity, in percent of what is ordered. */
  readonly quantity?:
    | { readonly overPercent?: string | undefined; readonly underPercent?: string | undefined }
    | undefined;
  /** Of the whole invoice, in its currency: up to it, prices above the order's are let pass. */
  readonly totalAmount?: string | undefined;
}

/** What an account lets pass. */
export interface CheckRules {
  readonly tolerances?: Tolerances | undefined;
  readonly actions?: FindingActions | undefined;
  /** Reasons (X12 element 1300, SAC02) of charges that may be billed without standing in the order. */
  readonly agreedCharges?: readonly string[] | undefined;
}

/** An order as its version in force says it, and what became of its lines. */
export interface OrderFacts {
  readonly order: Order;
  readonly lines: readonly StandingLine[];
}

/** A movement of the document that is checked, on a line of the order that it is for. */
export interface CheckedMovement {
  readonly placed: PlacedMovement;
  readonly standing: StandingLine;
  readonly facts: OrderFacts;
}

/** The movements of a document on its orders, and findings for those that belong to no line. */
export function placeOnOrders(
  movements: readonly Movement[],
  orders: readonly OrderFacts[],
  rules: CheckRules,
): { checked: CheckedMovement[]; findings: Finding[] } {
  const checked: CheckedMovement[] = [];
  const findings: Finding[] = [];
  const byOrder = new Map<OrderFacts | undefined, Movement[]>();
  for (const movement of movements) {
    const facts = factsOf(movement.order, orders);
    byOrder.set(facts, [...(byOrder.get(facts) ?? []), movement]);
  }
  for (const [facts, own] of byOrder) {
    if (facts === undefined) {
      findings.push(...unknownOrders(own, rules));
      continue;
    }
    const { placed, unplaced } = placeMovements(facts.lines, own);
    const byKey = new Map(facts.lines.map((standing) => [standing.line.key, standing]));
    for (const one of placed) {
      const standing = byKey.get(one.key);
      if (standing) checked.push({ placed: one, standing, facts });
    }
    findings.push(...unplaced.flatMap((one) => unplacedFinding(one, facts, rules)));
  }
  return { checked, findings };
}

function factsOf(named: Movement["order"], orders: readonly OrderFacts[]): OrderFacts | undefined {
  if (named === undefined) return undefined;
  const numbered = orders.filter(({ order }) => order.number === named.number);
  const released = numbered.filter(({ order }) => (order.release ?? "") === (named.release ?? ""));
  // A document that names no release means the order's only one.
  return released[0] ?? (named.release === undefined && numbered.length === 1 ? numbered[0] : undefined);
}

function unknownOrders(movements: readonly Movement[], rules: CheckRules): Finding[] {
  const seen = new Set<string>();
  return movements.flatMap(({ order, path }) => {
    const name = order === undefined ? "" : `${order.number} ${order.release ?? ""}`;
    if (order === undefined || seen.has(name)) return [];
    seen.add(name);
    return found(
      rules.actions,
      "order-unknown",
      path,
      `Order ${order.number}${order.release ? `, release ${order.release},` : ""} was never received from this account.`,
      "Correct the order number, or wait until the order is here.",
    );
  });
}

function unplacedFinding(
  { movement, reason, message }: UnplacedMovement,
  { order }: OrderFacts,
  rules: CheckRules,
): Finding[] {
  const code =
    reason === "unit-differs" ? "unit-differs" : reason === "location-unknown" ? "ship-to-differs" : "line-unknown";
  const mend = {
    "unit-differs": "Say the quantity in the unit that was ordered.",
    "ship-to-differs": "Correct the ship-to or the store, or have the account change its order.",
    "line-unknown": "Correct the line number and the product ids to those of the order.",
  }[code];
  return found(rules.actions, code, movement.path, `It does not fit order ${order.number}: ${message}.`, mend);
}

/** Findings for orders and lines that were cancelled before anything of them was shipped. */
export function cancelledFindings(checked: readonly CheckedMovement[], rules: CheckRules): Finding[] {
  const isDead = ({ line, figures }: StandingLine) =>
    new Big(figures?.required ?? line.quantity).eq(0) && new Big(figures?.shipped.quantity ?? 0).eq(0);
  const told = new Set<string>();
  return checked.flatMap(({ placed, standing, facts }) => {
    const { order, lines } = facts;
    const whole = lines.every(isDead);
    const name = whole ? order.number : `${order.number} ${standing.line.position}`;
    if (!isDead(standing) || new Big(placed.quantity).lte(0) || told.has(name)) return [];
    told.add(name);
    const mend = "Take it out; or have the account order it again.";
    return whole
      ? found(rules.actions, "order-cancelled", placed.movement.path, `Order ${order.number} was cancelled.`, mend)
      : found(
          rules.actions,
          "line-cancelled",
          placed.movement.path,
          `Line ${standing.line.line} of order ${order.number} was cancelled.`,
          mend,
        );
  });
}

/** A limit raised by a percentage of what it is a percentage of. */
export function raisedBy(limit: Big, percent: string | undefined, of: Big): Big {
  return percent === undefined ? limit : limit.plus(of.times(percent).div(100));
}
