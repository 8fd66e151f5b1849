import type {
  Demand,
  Demands,
  EffectiveElement,
  EffectiveGuide,
  EffectiveSegment,
  ElementSchema,
  SegmentNode,
  SetSchema,
  Where,
} from "../x12/index.ts";

/** What an effective guide comes to, place by place, as `portico guide show --json` prints it. */
export interface GuideView {
  readonly set: string;
  readonly name: string;
  readonly version: string;
  /** The guides that it is made of, the later over the earlier. */
  readonly guides: readonly string[];
  /** Every use of a segment in the order of the set; after it, rules about some of its segments only. */
  readonly segments: readonly SegmentView[];
  readonly loops: readonly LoopView[];
  readonly conditions: readonly Demand<object>[];
}

/** What deviates from the standard, by its name: what is asked, by which guide, how heavily, in which words. */
export type Deviations = Readonly<Record<string, Demand<unknown>>>;

export interface SegmentView {
  /** Printed position number; "" where it is not known. */
  readonly position: string;
  readonly segment: string;
  readonly name: string;
  /** Loop key; "" outside all loops. */
  readonly loop: string;
  /** Which of the segments at this place; null: all of them. */
  readonly where: Where | null;
  /** "M" or "O" by the standard, "required" or "forbidden" by a guide. */
  readonly requirement: string;
  /** null: no limit. */
  readonly max: number | null;
  readonly deviations: Deviations;
  /** Of rules about some segments only, those elements that they speak of. */
  readonly elements: readonly ElementView[];
}

export interface ElementView {
  /** "REF02", "REF04-1". */
  readonly reference: string;
  readonly name: string;
  /** "M", "O" or "X" (bound by a syntax note) by the standard, "required" or "forbidden" by a guide. */
  readonly requirement: string;
  /** Composite id or type. */
  readonly type: string;
  readonly min: number;
  readonly max: number;
  /** Codes that a guide leaves; null where the standard's list counts or there is none. */
  readonly codes: readonly string[] | null;
  /** Number of the standard's code list; null where there is none, or a guide has its own codes. */
  readonly codeList: string | null;
  readonly format: string | null;
  readonly deviations: Deviations;
}

export interface LoopView {
  readonly loop: string;
  readonly where: Where | null;
  readonly requirement: string;
  readonly min: number;
  readonly max: number | null;
  readonly deviations: Deviations;
}

/** Lays out what the standard and the guides together ask for. */
export function guideView(schema: SetSchema, effective: EffectiveGuide, guides: readonly string[]): GuideView {
  return {
    set: schema.type,
    name: schema.name,
    version: schema.version,
    guides,
    segments: schema.nodes.flatMap((node) => segmentViews(schema, effective, node)),
    loops: effective.loops.map(({ loop, where, demands }) => {
      const { mandatory, max } = schema.loop(loop)!;
      return {
        loop,
        where,
        requirement: requirementOf(demands, mandatory && where === null ? "M" : "O"),
        min: demands.min?.asks ?? 0,
        max: demands.max?.asks ?? limit(max),
        deviations: given(demands),
      };
    }),
    conditions: effective.conditions,
  };
}

function segmentViews(schema: SetSchema, { segments }: EffectiveGuide, node: SegmentNode): SegmentView[] {
  const rules = segments.filter(
    ({ segment, loop }) => segment === node.segment && (loop === null || loop === node.loop.key),
  );
  const whole = rules.filter(({ where }) => where === null);
  const demands = Object.assign({}, ...whole.map((rule) => rule.demands)) as EffectiveSegment["demands"];
  const described = schema.segment(node.segment)!;
  const place = { position: node.position, segment: node.segment, name: described.name, loop: node.loop.key };
  const elementsOf = (some: readonly EffectiveSegment[]) => some.flatMap(({ elements }) => elements);
  return [
    {
      ...place,
      where: null,
      requirement: requirementOf(demands, node.mandatory ? "M" : "O"),
      max: demands.max?.asks ?? limit(node.max),
      deviations: given(demands),
      elements: described.elements.flatMap((element) => [
        elementView(element, null, elementsOf(whole)),
        ...element.components
          .map((component) => elementView(element, component, elementsOf(whole)))
          .filter(({ deviations }) => Object.keys(deviations).length > 0),
      ]),
    },
    ...rules
      .filter(({ where }) => where !== null)
      .map((rule) => ({
        ...place,
        where: rule.where,
        requirement: requirementOf(rule.demands, "O"),
        max: rule.demands.max?.asks ?? limit(node.max),
        deviations: given(rule.demands),
        elements: rule.elements.map(({ element, component }) => {
          const whole = described.elements[element - 1]!;
          return elementView(whole, component === null ? null : whole.components[component - 1]!, rule.elements);
        }),
      })),
  ];
}

function elementView(
  element: ElementSchema,
  component: ElementSchema | null,
  rules: readonly EffectiveElement[],
): ElementView {
  const shown = component ?? element;
  const demands = Object.assign(
    {},
    ...rules
      .filter((rule) => rule.element === element.position && rule.component === (component?.position ?? null))
      .map((rule) => rule.demands),
  ) as EffectiveElement["demands"];
  const hasOwnCodes = demands.codes !== undefined || demands.type !== undefined;
  return {
    reference: shown.reference,
    name: shown.name,
    requirement: requirementOf(demands, shown.requirement),
    type: demands.type?.asks ?? shown.composite ?? shown.type,
    min: demands.minLength?.asks ?? shown.min,
    max: demands.maxLength?.asks ?? shown.max,
    codes: demands.codes?.asks ?? null,
    codeList: hasOwnCodes || shown.codes === null ? null : shown.codes.element,
    format: demands.pattern?.asks ?? null,
    deviations: given(demands),
  };
}

function requirementOf(demands: Demands<{ requirement: string }>, standard: string): string {
  const asks = demands.requirement?.asks ?? "optional";
  return asks === "optional" ? standard : asks;
}

function given(demands: object): Deviations {
  return { ...demands } as Deviations;
}

function limit(max: number): number | null {
  return Number.isFinite(max) ? max : null;
}
