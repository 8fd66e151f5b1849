import type { ConditionGuide, ElementGuide, Guide, LoopGuide, SegmentGuide, Where } from "./guide.ts";
import { partOf, placeOf } from "./guide-place.ts";
import type { ElementSchema, SetSchema } from "./schema.ts";
import type { SchemaLibrary } from "./schema-library.ts";
import { triggerOf } from "./schema-structure.ts";
import {
  parseSelector,
  referencesIn,
  SelectorError,
  type SelectorSyntax,
  segmentsIn,
} from "./selector/selector-syntax.ts";

/** A guide that can't be applied to a set. Its message says everything that is wrong with it. */
export class UnfitGuide extends Error {
  override readonly name = "UnfitGuide";
  readonly guide: Guide;
  readonly faults: readonly string[];

  constructor(guide: Guide, faults: readonly string[]) {
    super(faults.join(" "));
    this.guide = guide;
    this.faults = faults;
  }
}

/** @throws UnfitGuide */
export function assertFits(schema: SetSchema, guide: Guide): void {
  const faults = guideFaults(schema, guide);
  if (faults.length > 0) throw new UnfitGuide(guide, faults);
}

/**
 * What keeps a guide from being applied to a set: segments, loops, elements that the set does not have, patterns that
 * are no regular expressions, selectors that can't be read, the same thing said twice. One sentence each; empty where
 * it is fit.
 */
export function guideFaults(schema: SetSchema, guide: Guide): readonly string[] {
  const set = `${schema.type} in ${schema.version}`;
  const faults: string[] = [];
  if (guide.set !== schema.type) faults.push(`${guide.name} is about set ${guide.set}, not ${set}.`);
  const add = (fault: string) => faults.push(`${guide.name}: ${fault}`);
  for (const rule of guide.segments) segmentFaults(schema, rule).forEach(add);
  for (const rule of guide.loops ?? []) loopFaults(schema, rule).forEach(add);
  for (const rule of guide.conditions ?? []) conditionFaults(schema, rule).forEach(add);
  repetitions(guide).forEach(add);
  return faults;
}

/**
 * What keeps a guide from being applied to any version of its set that a library has; empty where it fits one of them.
 * Of several versions the faults in the one with the fewest are told.
 */
export function faultsInEveryVersion(library: SchemaLibrary, guide: Guide): readonly string[] {
  const found = library.versions
    .map((version) => library.set(version, guide.set))
    .filter((schema) => schema !== null)
    .map((schema) => guideFaults(schema, guide))
    .sort((a, b) => a.length - b.length);
  return found[0] ?? [`${guide.name}: There is no set ${guide.set} in any of ${library.versions.join(", ")}.`];
}

/** The schema of an element or of a component of it; null where the segment has none. */
export function elementAt(schema: SetSchema, segment: string, n: number, c?: number | null): ElementSchema | null {
  const element = schema.segment(segment)?.elements[n - 1];
  if (element === undefined) return null;
  return c == null ? element : (element.components[c - 1] ?? null);
}

/** A pattern held against the whole value. @throws SyntaxError */
export function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

function segmentFaults(schema: SetSchema, rule: SegmentGuide): string[] {
  const uses = schema.uses(rule.segment);
  const set = `${schema.type} in ${schema.version}`;
  if (uses.length === 0) return [`${set} has no segment ${rule.segment}.`];
  const faults = whereFaults(schema, rule.segment, rule.where);
  if (rule.loop !== undefined && !uses.some((node) => node.loop.key === rule.loop)) {
    const place = rule.loop === "" ? "outside all loops" : `in a loop ${rule.loop}`;
    faults.unshift(`${set} has no ${rule.segment} ${place}.`);
  }
  if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) {
    faults.push(`${rule.segment} has a min above its max.`);
  }
  return [...faults, ...(rule.elements ?? []).flatMap((element) => elementFaults(schema, rule.segment, element))];
}

function whereFaults(schema: SetSchema, segment: string, where: Where | undefined): string[] {
  if (where === undefined || elementAt(schema, segment, where.element) !== null) return [];
  return [`${segment} has no element ${where.element}.`];
}

const types = /^(AN|ID|N\d|R|DT|TM|B)$/;

function elementFaults(schema: SetSchema, segment: string, rule: ElementGuide): string[] {
  const { element: n, component, pattern, type, minLength, maxLength } = rule;
  const element = elementAt(schema, segment, n, component);
  if (element === null) {
    return [`${segment} has no element ${n}${component === undefined ? "" : ` with a component ${component}`}.`];
  }
  const faults: string[] = [];
  if (pattern !== undefined && !isPattern(pattern)) faults.push(`"${pattern}" is no regular expression.`);
  if (type !== undefined && !types.test(type)) {
    faults.push(`"${type}" is no type of an element. Use AN, ID, N0 to N9, R, DT, TM or B.`);
  }
  if (type !== undefined && element.composite !== null) {
    faults.push(`${element.reference} is a composite; give a type to one of its components.`);
  }
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    faults.push(`${element.reference} has a least length above its most.`);
  }
  return faults;
}

function isPattern(pattern: string): boolean {
  try {
    wholly(pattern);
    return true;
  } catch {
    return false;
  }
}

function loopFaults(schema: SetSchema, rule: LoopGuide): string[] {
  const loop = rule.loop === "" ? null : schema.loop(rule.loop);
  if (loop === null) return [`${schema.type} in ${schema.version} has no loop "${rule.loop}".`];
  const faults = whereFaults(schema, triggerOf(loop).segment, rule.where);
  if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) {
    faults.push(`loop ${rule.loop} has a min above its max.`);
  }
  return faults;
}

function conditionFaults(schema: SetSchema, { name, each, when, then }: ConditionGuide): string[] {
  const faults: string[] = [];
  const read = (text: string, isPathOnly: boolean) => {
    const syntax = parsed(text, faults);
    if (syntax === null) return;
    if (syntax.kind === "each") faults.push(`the selector ${text} can't hold FOREACH here; say "each" instead.`);
    else if (isPathOnly && syntax.kind !== "path") faults.push(`the selector ${text} must name one element.`);
    else faults.push(...selectorFaults(schema, text, syntax));
  };
  if (each !== undefined && schema.uses(each).length === 0)
    faults.push(`there is no segment ${each}, which "each" names.`);
  read(when.selector, false);
  read(then.selector, true);
  if (then.equals !== undefined) read(then.equals, false);
  if (when.exists === false && when.values !== undefined) {
    faults.push(`"exists: false" and "values" can't be said together.`);
  }
  if (then.requirement === undefined && then.codes === undefined && then.equals === undefined) {
    faults.push(`"then" asks for nothing; give it requirement, codes or equals.`);
  }
  return faults.map((fault) => `in the condition "${name}" ${fault}`);
}

function parsed(text: string, faults: string[]): SelectorSyntax | null {
  try {
    return parseSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    faults.push(error.message.replace(/^The/, "the"));
    return null;
  }
}

function selectorFaults(schema: SetSchema, text: string, syntax: SelectorSyntax): string[] {
  const strangers = [...new Set(segmentsIn(syntax))].filter((id) => schema.uses(id).length === 0);
  if (strangers.length > 0) {
    return strangers.map(
      (id) => `the selector ${text} names ${id}, which ${schema.type} in ${schema.version} has not.`,
    );
  }
  return referencesIn(syntax)
    .filter(({ segment, element, component }) => elementAt(schema, segment, element, component) === null)
    .map(({ segment, element, component }) => {
      const reference = `${segment}${String(element).padStart(2, "0")}${component === null ? "" : `-${component}`}`;
      return `the selector ${text} names ${reference}, which ${schema.version} has not.`;
    });
}

/** What one guide says twice: the second would silently take the place of the first. */
function repetitions(guide: Guide): string[] {
  const said = new Set<string>();
  const repeated: string[] = [];
  const say = (about: string, rule: object, aspects: readonly string[], name: string) => {
    for (const aspect of aspects) {
      const key = `${about} ${aspect}`;
      if ((rule as Record<string, unknown>)[aspect] === undefined) continue;
      if (said.has(key)) repeated.push(`${aspect} of ${name} is said twice.`);
      said.add(key);
    }
  };
  for (const segment of guide.segments) {
    const place = placeOf(segment);
    say(place, segment, ["requirement", "min", "max"], segment.segment);
    for (const element of segment.elements ?? []) {
      const name = `${segment.segment}${String(element.element).padStart(2, "0")}`;
      const aspects = ["requirement", "type", "codes", "minLength", "maxLength", "pattern"];
      say(`${place} ${partOf(element)}`, element, aspects, name);
    }
  }
  for (const loop of guide.loops ?? []) {
    say(`loop ${placeOf(loop)}`, loop, ["requirement", "min", "max"], `loop ${loop.loop}`);
  }
  for (const condition of guide.conditions ?? []) {
    say(`condition ${condition.name}`, condition, ["when"], `the condition "${condition.name}"`);
  }
  return repeated;
}
