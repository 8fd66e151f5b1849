import type { ConditionGuide, ElementGuide, Guide, GuideRequirement, LoopGuide, SegmentGuide, Where } from "./guide.ts";
import { assertFits } from "./guide-faults.ts";
import { partOf, placeOf } from "./guide-place.ts";
import type { Severity } from "./problem.ts";
import type { SetSchema } from "./schema.ts";

/** One thing that a guide asks for, and which guide it is. */
export interface Demand<T> {
  readonly asks: T;
  readonly guide: string;
  readonly severity: Severity;
  /** The guide's own words for it; null: ours. */
  readonly message: string | null;
}

/** What is asked of one thing, each aspect by the last guide that speaks of it. */
export type Demands<Asks> = { readonly [Aspect in keyof Asks]?: Demand<Asks[Aspect]> };

export interface ElementAsks {
  readonly requirement: GuideRequirement;
  readonly type: string;
  readonly codes: readonly string[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly pattern: string;
}

export interface SegmentAsks {
  readonly requirement: GuideRequirement;
  readonly min: number;
  readonly max: number;
}

export interface EffectiveElement {
  readonly element: number;
  readonly component: number | null;
  readonly demands: Demands<ElementAsks>;
}

export interface EffectiveSegment {
  readonly segment: string;
  /** Loop key; "" for outside all loops; null for anywhere. */
  readonly loop: string | null;
  readonly where: Where | null;
  readonly demands: Demands<SegmentAsks>;
  readonly elements: readonly EffectiveElement[];
}

export interface EffectiveLoop {
  readonly loop: string;
  readonly where: Where | null;
  readonly demands: Demands<SegmentAsks>;
}

/**
 * What a stack of guides comes to: every rule that is left, in the order in which the things they are about were first
 * spoken of.
 */
export interface EffectiveGuide {
  readonly segments: readonly EffectiveSegment[];
  readonly loops: readonly EffectiveLoop[];
  readonly conditions: readonly Demand<ConditionGuide>[];
}

/** A guide that asks for nothing: the standard alone. */
export const noGuide: EffectiveGuide = { segments: [], loops: [], conditions: [] };

/**
 * The guides of a set as one, the later over the earlier. They speak of the same thing where segment, loop, `where`,
 * element, component and aspect (requirement, codes, ...) are the same; of conditions the name decides.
 *
 * @throws UnfitGuide if a guide speaks of what the set does not have
 */
export function effectiveGuide(schema: SetSchema, guides: readonly Guide[]): EffectiveGuide {
  for (const guide of guides) assertFits(schema, guide);
  return guides.map(effectively).reduce(stacked, noGuide);
}

/** `later` on top of `earlier`. It does not matter in which order several are put together. */
export function stacked(earlier: EffectiveGuide, later: EffectiveGuide): EffectiveGuide {
  return {
    segments: merged(earlier.segments, later.segments, placeOf, (a, b) => ({
      ...a,
      demands: { ...a.demands, ...b.demands },
      elements: mergedElements(a.elements, b.elements),
    })),
    loops: merged(earlier.loops, later.loops, placeOf, (a, b) => ({ ...a, demands: { ...a.demands, ...b.demands } })),
    conditions: merged(
      earlier.conditions,
      later.conditions,
      ({ asks }) => asks.name,
      (_, b) => b,
    ),
  };
}

function mergedElements(
  earlier: readonly EffectiveElement[],
  later: readonly EffectiveElement[],
): readonly EffectiveElement[] {
  return merged(earlier, later, partOf, (a, b) => ({ ...a, demands: { ...a.demands, ...b.demands } }));
}

function merged<Rule>(
  earlier: readonly Rule[],
  later: readonly Rule[],
  keyOf: (rule: Rule) => string,
  combine: (earlier: Rule, later: Rule) => Rule,
): readonly Rule[] {
  const rules = new Map(earlier.map((rule) => [keyOf(rule), rule]));
  for (const rule of later) {
    const key = keyOf(rule);
    const before = rules.get(key);
    rules.set(key, before === undefined ? rule : combine(before, rule));
  }
  return [...rules.values()];
}

/** One guide by itself. Its own rules about the same thing come together as those of a stack do. */
function effectively(guide: Guide): EffectiveGuide {
  const alone = (part: Partial<EffectiveGuide>): EffectiveGuide => ({ ...noGuide, ...part });
  return [
    ...guide.segments.map((text) => alone({ segments: [effectiveSegment(guide, text)] })),
    ...(guide.loops ?? []).map((text) => alone({ loops: [effectiveLoop(guide, text)] })),
    ...(guide.conditions ?? []).map((text) => alone({ conditions: [demand(guide, text, text)] })),
  ].reduce(stacked, noGuide);
}

function effectiveSegment(guide: Guide, text: SegmentGuide): EffectiveSegment {
  const { segment, loop = null, where = null, requirement, min, max } = text;
  return {
    segment,
    loop,
    where,
    demands: demands(guide, text, { requirement, min, max }),
    elements: mergedElements(
      [],
      (text.elements ?? []).map((element) => effectiveElement(guide, text, element)),
    ),
  };
}

function effectiveElement(guide: Guide, segment: SegmentGuide, text: ElementGuide): EffectiveElement {
  const { element, component = null, requirement, type, codes, minLength, maxLength, pattern } = text;
  const words = { message: text.message ?? segment.message, severity: text.severity ?? segment.severity };
  const asks = { requirement, type, codes, minLength, maxLength, pattern };
  return { element, component, demands: demands(guide, words, asks) };
}

function effectiveLoop(guide: Guide, text: LoopGuide): EffectiveLoop {
  const { loop, where = null, requirement, min, max } = text;
  return { loop, where, demands: demands(guide, text, { requirement, min, max }) };
}

type Words = Pick<SegmentGuide, "message" | "severity">;

function demand<T>(guide: Guide, { message, severity }: Words, asks: T): Demand<T> {
  return { asks, guide: guide.name, severity: severity ?? "error", message: message ?? null };
}

function demands<Asks extends object>(
  guide: Guide,
  words: Words,
  asks: { readonly [Aspect in keyof Asks]: Asks[Aspect] },
): { readonly [Aspect in keyof Asks]?: Demand<NonNullable<Asks[Aspect]>> } {
  const given = Object.entries(asks).filter(([, asked]) => asked !== undefined);
  return Object.fromEntries(given.map(([aspect, asked]) => [aspect, demand(guide, words, asked)])) as never;
}
