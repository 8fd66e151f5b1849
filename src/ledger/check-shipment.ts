import { Big } from "big.js";
import type { Shipment } from "../documents/index.ts";
import { levelsOf, type ShipmentLevel, shippedItems } from "../documents/shipment-levels.ts";
import { isSSCC } from "../documents/sscc.ts";
import { decimalText, sumOf } from "./amount.ts";
import {
  type CheckedMovement,
  type CheckRules,
  cancelledFindings,
  type OrderFacts,
  placeOnOrders,
  raisedBy,
} from "./check-facts.ts";
import { carriageFindings } from "./check-priority.ts";
import { type Finding, found } from "./finding.ts";
import { movementsOfShipment, placeOf, shippedOn } from "./movements-of-shipment.ts";

/** What is known when a ship notice is about to leave. */
export interface ShipmentFacts {
  /** The orders that it names, with what was shipped before. */
  readonly orders: readonly OrderFacts[];
  /** Of the notice's container codes, those that were announced before, and with which shipment. */
  readonly containersUsed?: ReadonlyMap<string, string>;
}

/**
 * A ship notice against the orders that it is for: lines, units, quantities, places and days; and its packages: container codes,
 * what they hold, how many there are. Nothing found: it may leave. A notice that takes another back is not checked.
 */
export function checkShipment(shipment: Shipment, facts: ShipmentFacts, rules: CheckRules = {}): Finding[] {
  if (shipment.purpose.code === "01") return [];
  const { checked, findings } = placeOnOrders(movementsOfShipment(shipment), facts.orders, rules);
  return [
    ...findings,
    ...cancelledFindings(checked, rules),
    ...quantityFindings(checked, rules),
    ...orderedFindings(shipment, checked, rules),
    ...placeFindings(shipment, checked, rules),
    ...dateFindings(shipment, checked, rules),
    ...containerFindings(shipment, facts, rules),
    ...packFindings(shipment, rules),
    ...carriageFindings(shipment, facts.orders, rules),
  ];
}

/** Codes of an order's sales requirements (X12 element 563) that want the order in one piece. */
const completeOnly: ReadonlySet<string> = new Set(["SC"]);
/** And those by which what is missing will never be wanted. */
const noBackOrder: ReadonlySet<string> = new Set(["N"]);

/** What the notice ships of a line in all its packages and to all its places, against what is open of it. */
function quantityFindings(checked: readonly CheckedMovement[], rules: CheckRules): Finding[] {
  const { tolerances, actions } = rules;
  const lines = new Map<string, CheckedMovement[]>();
  for (const one of checked) {
    const key = `${one.facts.order.number} ${one.facts.order.release ?? ""} ${one.standing.line.position}`;
    lines.set(key, [...(lines.get(key) ?? []), one]);
  }
  return [...lines.values()].flatMap((own) => {
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) return [];
    const { facts, standing } = first;
    const all = facts.lines.filter(({ line }) => line.position === standing.line.position);
    const ordered = sumOf(all.map(({ line }) => line.quantity));
    const shipped = sumOf(all.map(({ figures }) => figures?.shipped.quantity));
    const now = sumOf(own.map(({ placed }) => placed.quantity));
    const name = `line ${standing.line.line} of order ${facts.order.number}`;
    const before = shipped.gt(0) ? ` after ${decimalText(shipped)} before` : "";
    const told = `${decimalText(now)} of ${name} are shipped${before}, and ${decimalText(ordered)} were ordered.`;
    // A line that was cancelled is said to be, and not to be too much as well.
    if (ordered.eq(0)) return [];
    if (shipped.plus(now).gt(raisedBy(ordered, tolerances?.quantity?.overPercent, ordered))) {
      const mend = "Ship what is open of it, or have the account raise its order.";
      return found(actions, "quantity-over-order", `${last.placed.movement.path}.quantity`, told, mend);
    }
    const wants = facts.order.salesRequirements?.find(({ code }) => completeOnly.has(code) || noBackOrder.has(code));
    const least = ordered.minus(ordered.times(tolerances?.quantity?.underPercent ?? 0).div(100));
    if (wants === undefined && tolerances?.quantity?.underPercent === undefined) return [];
    if (shipped.plus(now).gte(least)) return [];
    const why = wants === undefined ? "" : ` The order says ${wants.code}${wants.word ? ` (${wants.word})` : ""}.`;
    const mend = "Ship the rest with it, or agree on the shortage with the account.";
    return found(actions, "quantity-under-order", `${last.placed.movement.path}.quantity`, `${told}${why}`, mend);
  });
}

/** What the notice itself says was ordered (SN105), against the order. */
function orderedFindings(shipment: Shipment, checked: readonly CheckedMovement[], { actions }: CheckRules): Finding[] {
  const byPath = new Map(checked.map((one) => [one.placed.movement.path, one]));
  return shippedItems(shipment).flatMap(({ item, path }) => {
    const one = byPath.get(path.join("."));
    if (one === undefined || item.quantityOrdered === undefined) return [];
    const { line } = one.standing;
    const all = one.facts.lines.filter((other) => other.line.position === line.position);
    const ordered = sumOf(all.map((other) => other.line.quantity));
    const own = [ordered, new Big(line.quantity)];
    if (own.some((quantity) => quantity.eq(item.quantityOrdered ?? 0))) return [];
    const message = `It says that ${item.quantityOrdered} were ordered, and line ${line.line} of order ${one.facts.order.number} orders ${decimalText(ordered)}.`;
    return found(
      actions,
      "ordered-differs",
      `${path.join(".")}.quantityOrdered`,
      message,
      "Take the quantity from the order in force.",
    );
  });
}

function placeFindings(shipment: Shipment, checked: readonly CheckedMovement[], { actions }: CheckRules): Finding[] {
  const told = new Set<string>();
  const differing = checked.flatMap(({ placed, standing: { line }, facts: { order } }) => {
    if (!placed.remarks.includes("location-differs")) return [];
    const there = placed.movement.location?.id ?? "";
    const name = `${order.number} ${there} ${line.location?.id ?? ""}`;
    if (told.has(name)) return [];
    told.add(name);
    const message = `Line ${line.line} of order ${order.number} is to go to ${line.location?.id ?? "another place"}, and it is sent to ${there}.`;
    return found(
      actions,
      "ship-to-differs",
      placed.movement.path,
      message,
      "Correct the ship-to, or have the account change its order.",
    );
  });
  const named =
    placeOf(shipment.parties, ["ST"]) ??
    checked.find(({ placed }) => placed.movement.location)?.placed.movement.location;
  const wanted = checked.find(({ standing: { line } }) => line.location ?? line.shipTo)?.standing.line;
  if (named !== undefined || wanted === undefined) return differing;
  const message = `It doesn't say where it goes; it was ordered to ${(wanted.shipTo ?? wanted.location)?.id}.`;
  return [...differing, ...found(actions, "ship-to-unknown", "parties", message, "Name the ship-to.")];
}

/** The day that it leaves against the days that the order allows, once for each order and day. */
function dateFindings(shipment: Shipment, checked: readonly CheckedMovement[], { actions }: CheckRules): Finding[] {
  const day = shippedOn(shipment);
  const path = shipment.dates?.some(({ qualifier }) => qualifier === "011") ? "dates" : "date";
  const told = new Set<string>();
  return checked.flatMap(({ standing: { line }, facts: { order } }) => {
    const { shipNotBefore, shipNoLater, cancelAfter } = line;
    const cases = [
      {
        code: "shipped-too-early",
        limit: shipNotBefore,
        isWrong: shipNotBefore !== undefined && day < shipNotBefore,
        words: "not before",
      },
      {
        code: "cancel-date-passed",
        limit: cancelAfter,
        isWrong: cancelAfter !== undefined && day > cancelAfter,
        words: "cancelled after",
      },
      {
        code: "shipped-too-late",
        limit: shipNoLater,
        isWrong: shipNoLater !== undefined && day > shipNoLater,
        words: "no later than",
      },
    ] as const;
    return cases.flatMap(({ code, limit, isWrong, words }) => {
      const name = `${order.number} ${code} ${limit}`;
      if (!isWrong || told.has(name)) return [];
      told.add(name);
      const message = `It leaves on ${day}, and order ${order.number} says: ${words} ${limit}.`;
      return found(actions, code, path, message, "Agree on the day with the account before it leaves.");
    });
  });
}

function containerFindings(shipment: Shipment, { containersUsed }: ShipmentFacts, { actions }: CheckRules): Finding[] {
  return containersOf(shipment).flatMap(({ sscc, path }) => {
    if (!isSSCC(sscc)) {
      const message = `${sscc} is no serial shipping container code: its check digit is wrong or it has not 18 digits.`;
      return found(actions, "sscc-invalid", path, message, "Read the label again.");
    }
    const other = containersUsed?.get(sscc);
    if (other === undefined || other === shipment.number) return [];
    const message = `Container ${sscc} was announced with shipment ${other} before.`;
    return found(actions, "sscc-used", path, message, "Give each load a code of its own.");
  });
}

/** Every serial shipping container code that a notice announces, and where: of its packages, and among their markings. */
export function containersOf(shipment: Shipment): { sscc: string; path: string }[] {
  return levelsOf(shipment).flatMap(({ level, path }) => {
    const own =
      "sscc" in level && level.sscc !== undefined ? [{ sscc: level.sscc, path: [...path, "sscc"].join(".") }] : [];
    const marked = (level.markings ?? []).flatMap(({ qualifier, number }, index) =>
      qualifier === "GM" ? [{ sscc: number, path: [...path, "markings", index].join(".") }] : [],
    );
    return [...own, ...marked];
  });
}

/** Packages that hold nothing, and a number of cartons or pallets (TD1) that is not that of the packages listed. */
function packFindings(shipment: Shipment, { actions }: CheckRules): Finding[] {
  const levels = levelsOf(shipment);
  const empty = levels.flatMap((one) => {
    if (!isPackage(one) || one.above?.kind === "item" || levels.some(({ above }) => above === one)) return [];
    return found(
      actions,
      "pack-empty",
      one.path.join("."),
      "The package holds nothing.",
      "Say what is in it, or take it out.",
    );
  });
  const count = (kind: "pack" | "tare") =>
    levels.filter((one) => one.kind === kind && !(one.above?.kind === "pack" && kind === "pack")).length;
  const wrong = (shipment.lading ?? []).flatMap(({ packaging, quantity }, index) => {
    const kind = packaging?.startsWith("CTN") ? "pack" : packaging?.startsWith("PLT") ? "tare" : undefined;
    if (kind === undefined || quantity === undefined || count(kind) === 0 || new Big(quantity).eq(count(kind)))
      return [];
    const words = kind === "pack" ? "cartons" : "pallets";
    const message = `It says ${quantity} ${words}, and lists ${count(kind)}.`;
    return found(
      actions,
      "pack-differs",
      `lading.${index}.quantity`,
      message,
      `List every one of the ${words}, or correct their number.`,
    );
  });
  return [...empty, ...wrong];
}

function isPackage({ kind }: ShipmentLevel): boolean {
  return kind === "pack" || kind === "tare";
}
