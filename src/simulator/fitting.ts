import type { AccountGuide } from "../accounts/index.ts";
import type { ElementData, Loop, OutSegment, SetSchema, TransactionSet } from "../x12/index.ts";
import type { Chance } from "./chance.ts";
import { textOfPattern } from "./pattern-text.ts";

type SegmentRule = AccountGuide["segments"][number];
type ElementRule = NonNullable<SegmentRule["elements"]>[number];

/** What the segments are made of that a guide asks for and an order of ours has not. */
interface Fitting {
  readonly guides: readonly AccountGuide[];
  readonly schema: SetSchema;
  readonly chance: Chance;
  /** CCYYMMDD, for dates that a guide asks for. */
  readonly day: string;
}

/**
 * The segments of a set as an account's guide wants them: what it requires in the heading is added, what it forbids is left out,
 * and values take its codes and patterns. What a guide's conditions ask for stays as it is; whoever sends the set checks it.
 *
 * @param set the segments, read by the standard, which knows the loop of each
 */
export function fittedTo(set: TransactionSet, fitting: Fitting): OutSegment[] {
  const loops = loopsByPosition(set.root);
  const rules = fitting.guides.flatMap(({ segments }) => segments);
  const kept = set.segments
    .slice(1, -1)
    .map((segment) => ({
      loop: loops.get(segment.position) ?? "",
      segment: [segment.id, ...segment.elements] as OutSegment,
    }))
    .filter((one) => !rules.some((rule) => rule.requirement === "forbidden" && speaksOf(rule, one)));
  const found = kept.map((one) => ({ ...one, segment: withValues(one, rules, fitting) }));
  for (const rule of rules.filter(isMissing(found))) insert(found, rule, rules, fitting);
  return found.map(({ segment }) => segment);
}

/** Which kind of product number (X12 element 235) each place of a line segment has to hold, from `first` on, by the guides. */
export function qualifiersAsked(guides: readonly AccountGuide[], segment: string, first: number): string[] {
  const asked: string[] = [];
  for (const { element, codes } of guides.flatMap(({ segments }) =>
    segments.filter((rule) => rule.segment === segment).flatMap(({ elements = [] }) => elements),
  )) {
    const place = (element - first) / 2;
    if (Number.isInteger(place) && place >= 0 && codes?.[0] !== undefined) asked[place] = codes[0];
  }
  return asked;
}

interface Placed {
  readonly loop: string;
  readonly segment: OutSegment;
}

function loopsByPosition(root: Loop): Map<number, string> {
  const found = new Map<number, string>();
  const visit = (loop: Loop): void => {
    for (const { position } of loop.segments) found.set(position, loop.key);
    for (const inner of loop.loops) visit(inner);
  };
  visit(root);
  return found;
}

function speaksOf({ segment: id, loop, where }: SegmentRule, placed: Placed): boolean {
  return (
    placed.segment[0] === id &&
    (loop === undefined || loop === placed.loop) &&
    (where === undefined || where.codes.includes(textAt(placed.segment, where.element)))
  );
}

function textAt(segment: OutSegment, element: number): string {
  const value: ElementData = segment[element] ?? "";
  if (typeof value === "string") return value;
  const first = "repetitions" in value ? (value.repetitions[0] ?? "") : value;
  return typeof first === "string" ? first : (first[0] ?? "");
}

function withValues(placed: Placed, rules: readonly SegmentRule[], fitting: Fitting): OutSegment {
  const segment = [...placed.segment] as [string, ...ElementData[]];
  for (const rule of rules.filter((one) => speaksOf(one, placed))) {
    for (const element of rule.elements ?? []) {
      if (element.component !== undefined) continue;
      const value = fittedValue(textAt(segment, element.element), element, fitting.chance);
      if (value === null) continue;
      while (segment.length < element.element) segment.push("");
      segment[element.element] = value;
    }
  }
  return segment;
}

/** The value that an element gets; null where the one that it has will do. */
function fittedValue(
  value: string,
  { requirement, codes, pattern, maxLength }: ElementRule,
  chance: Chance,
): string | null {
  if (requirement === "forbidden") return value === "" ? null : "";
  if (value === "" && requirement !== "required") return null;
  if (codes !== undefined) return codes.includes(value) ? null : chance.oneOf(codes);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value)) return textOfPattern(pattern, chance);
  if (maxLength !== undefined && value.length > maxLength) return value.slice(0, maxLength).trimEnd();
  return value === "" ? "1" : null;
}

/** Whether a rule asks for a segment of the heading that is not there. */
function isMissing(found: readonly Placed[]): (rule: SegmentRule) => boolean {
  return (rule) => {
    const required = rule.requirement === "required" || (rule.min ?? 0) > 0;
    const inHeading = rule.loop === undefined || rule.loop === "" || rule.loop === rule.segment;
    return required && inHeading && !found.some((placed) => speaksOf(rule, placed));
  };
}

/** Puts a segment where the standard has its place: after the last one of the heading that may stand before it. */
function insert(found: Placed[], rule: SegmentRule, rules: readonly SegmentRule[], fitting: Fitting): void {
  const { segment: id, loop = "", where } = rule;
  const node = fitting.schema.uses(id).find((use) => use.loop.key === loop);
  if (!node) return;
  const bare = [id, ...startOf(id, where?.codes[0] ?? "", fitting.day)] as [string, ...ElementData[]];
  if (where !== undefined) {
    while (bare.length <= where.element) bare.push("");
    bare[where.element] = fitting.chance.oneOf(where.codes);
  }
  const placed: Placed = { loop, segment: bare };
  const before = found.findLastIndex(
    (one) => (fitting.schema.uses(one.segment[0]).find((use) => use.loop.key === one.loop)?.index ?? 0) <= node.index,
  );
  found.splice(before + 1, 0, { loop, segment: withValues(placed, rules, fitting) });
}

/** What the standard wants of the segments that guides mostly ask for. */
function startOf(id: string, code: string, day: string): string[] {
  switch (id) {
    case "REF":
      return [code, "100200"];
    case "DTM":
      return [code, day];
    case "PER":
      return [code, "SIMULATED DESK", "TE", "5550100199"];
    case "N1":
      return [code, "SIMULATED PLACE", "92", "0318"];
    case "CUR":
      return ["BY", "USD"];
    case "TD5":
      return ["", "2", "LKFX"];
    default:
      return [code];
  }
}
