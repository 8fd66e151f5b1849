import type { Demand, EffectiveGuide } from "../x12/index.ts";
import { triggerIn, whereText } from "./guide-table.ts";

/** What one side asks for, and how heavily. */
export interface Asked {
  readonly asks: unknown;
  readonly severity: "error" | "warning";
  readonly message: string | null;
  readonly guide: string;
}

/** One thing that two stacks of guides ask for differently. */
export interface GuideDifference {
  readonly set: string;
  /** "REF with REF01 = DP, loop PO1: REF02 codes". */
  readonly about: string;
  /** null where this side asks for nothing there. */
  readonly a: Asked | null;
  readonly b: Asked | null;
}

/** Where two effective guides of one set differ; the names of the guides and their order don't count. */
export function guideDifferences(set: string, a: EffectiveGuide, b: EffectiveGuide): GuideDifference[] {
  const left = askedIn(a);
  const right = askedIn(b);
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((about) => ({ set, about, a: left.get(about) ?? null, b: right.get(about) ?? null }))
    .filter((difference) => !isSame(difference.a, difference.b));
}

/** What a side asks for in a few words: `DP, IA`, `required (warning)`. */
export function askedText(asked: Asked | null): string {
  if (asked === null) return "-";
  const { asks, severity, message } = asked;
  const text = Array.isArray(asks) ? asks.join(", ") : typeof asks === "object" ? JSON.stringify(asks) : String(asks);
  return `${text}${severity === "warning" ? " (warning)" : ""}${message === null ? "" : `: ${message}`}`;
}

function isSame(a: Asked | null, b: Asked | null): boolean {
  const comparable = (asked: Asked | null) => JSON.stringify(asked && [asked.asks, asked.severity, asked.message]);
  return comparable(a) === comparable(b);
}

/** Every demand by what it is about. What is taken back is not asked for. */
function askedIn({ segments, loops, conditions }: EffectiveGuide): ReadonlyMap<string, Asked> {
  const found = new Map<string, Asked>();
  const add = (about: string, demands: object) => {
    for (const [aspect, demand] of Object.entries(demands) as [string, Demand<unknown>][]) {
      const asks = Array.isArray(demand.asks) ? demand.asks.toSorted() : demand.asks;
      if (asks !== "optional") found.set(`${about} ${aspect}`, { ...demand, asks });
    }
  };
  for (const { segment, loop, where, demands, elements } of segments) {
    const place = loop === null ? "anywhere" : loop === "" ? "outside all loops" : `loop ${loop}`;
    const about = `${segment}${whereText(segment, where)}, ${place}:`;
    add(about, demands);
    for (const { element, component, demands } of elements) {
      const part = component === null ? "" : `-${component}`;
      add(`${about} ${segment}${String(element).padStart(2, "0")}${part}`, demands);
    }
  }
  for (const { loop, where, demands } of loops) add(`loop ${loop}${whereText(triggerIn(loop), where)}:`, demands);
  for (const demand of conditions) {
    const { name, ...asks } = demand.asks;
    found.set(`condition "${name}"`, { ...demand, asks });
  }
  return found;
}
