import { type ElementPart, elementProblem } from "./element-check.ts";
import type { ElementGuide, Guide, SegmentGuide } from "./guide.ts";
import type { Problem } from "./problem.ts";
import type { ElementSchema, LoopNode, SegmentNode, SetSchema } from "./schema.ts";
import { beginsLoop } from "./schema-structure.ts";
import type { SegmentCursor } from "./segment.ts";
import { openLoops } from "./structure-walk.ts";

/**
 * What keeps a guide from being applied to a set: segments, loops, elements that the set does not have, patterns that are no
 * regular expressions. One sentence each; empty where the guide is fit.
 */
export function guideFaults(schema: SetSchema, guide: Guide): readonly string[] {
  const faults: string[] = [];
  const set = `${schema.type} in ${schema.version}`;
  if (guide.set !== schema.type) faults.push(`${guide.name} is about set ${guide.set}, not ${set}.`);
  for (const rule of guide.segments) {
    const uses = schema.uses(rule.segment);
    if (uses.length === 0) {
      faults.push(`${guide.name}: ${set} has no segment ${rule.segment}.`);
      continue;
    }
    if (rule.loop !== undefined && !uses.some((node) => node.loop.key === rule.loop)) {
      const place = rule.loop === "" ? "outside all loops" : `in a loop ${rule.loop}`;
      faults.push(`${guide.name}: ${set} has no ${rule.segment} ${place}.`);
    }
    if (rule.where !== undefined && elementAt(schema, rule.segment, rule.where.element) === null) {
      faults.push(`${guide.name}: ${rule.segment} has no element ${rule.where.element}.`);
    }
    for (const element of rule.elements ?? []) {
      if (elementAt(schema, rule.segment, element.element, element.component) === null) {
        const component = element.component === undefined ? "" : ` with a component ${element.component}`;
        faults.push(`${guide.name}: ${rule.segment} has no element ${element.element}${component}.`);
      }
      if (element.pattern !== undefined && !isPattern(element.pattern)) {
        faults.push(`${guide.name}: "${element.pattern}" is no regular expression.`);
      }
    }
  }
  return faults;
}

function elementAt(schema: SetSchema, segment: string, n: number, c?: number): ElementSchema | null {
  const element = schema.segment(segment)?.elements[n - 1];
  if (element === undefined) return null;
  return c === undefined ? element : (element.components[c - 1] ?? null);
}

function isPattern(pattern: string): boolean {
  try {
    wholly(pattern);
    return true;
  } catch {
    return false;
  }
}

/** The pattern held against the whole value. */
function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

/** A guide's rule about one segment, made ready. */
interface Rule {
  readonly guide: string;
  readonly text: SegmentGuide;
  readonly elements: readonly ElementRule[];
  /** `REF with REF01 = DP`, for messages. */
  readonly name: string;
  /** For a required segment: the loop in each occurrence of which it must stand. */
  readonly scope: LoopNode | null;
  /** By a loop's first index: the occurrence that the count is about, and how many segments it has held. */
  readonly counts: Map<number, { occurrence: number; count: number }>;
}

interface ElementRule {
  readonly text: ElementGuide;
  readonly schema: ElementSchema;
  readonly codes: ReadonlySet<string> | null;
  readonly pattern: RegExp | null;
}

/**
 * Applies guides to one set after the standard has been applied. Its codes are the standard's own, for a 997 has no others:
 * a segment that the guide forbids is 2 (unexpected), one too many 5, a missing one 3; an element that the guide forbids is 3
 * (too many data elements), a value outside its codes or pattern 7 (8 for a date, 9 for a time).
 */
export class GuideCheck {
  readonly #schema: SetSchema;
  readonly #rules = new Map<string, Rule[]>();
  readonly #required = new Map<LoopNode, Rule[]>();
  /** By a loop's first index: how many occurrences have begun. */
  readonly #occurrences: Int32Array;
  #open: readonly LoopNode[] = [];
  #report: (problem: Problem) => void = () => {};
  /** What was found in the segment under the cursor, so that nothing is said twice. */
  #found: Problem[] = [];

  /** @throws if a guide does not fit the set; `guideFaults` tells before. */
  constructor(schema: SetSchema, guides: readonly Guide[]) {
    this.#schema = schema;
    this.#occurrences = new Int32Array(schema.nodes.length);
    for (const guide of guides) {
      const faults = guideFaults(schema, guide);
      if (faults.length > 0) throw new Error(faults.join(" "));
      for (const text of guide.segments) this.#add(ruleOf(schema, guide, text));
    }
  }

  /** Forget the last set. Gives the function through which the standard's own problems are to be reported. */
  begin(report: (problem: Problem) => void): (problem: Problem) => void {
    this.#report = (problem) => {
      this.#found.push(problem);
      report(problem);
    };
    this.#found = [];
    this.#open = [this.#schema.root];
    this.#occurrences[this.#schema.root.first]!++;
    return this.#report;
  }

  /** The segment under the cursor, which the standard takes for `node` (null where it fits nowhere). */
  segment(node: SegmentNode | null, cursor: SegmentCursor): void {
    if (node !== null) {
      if (node.loop !== this.#open[0] || beginsLoop(node)) this.#enter(node, cursor);
      for (const rule of this.#rules.get(node.segment) ?? []) {
        if (rule.text.loop === undefined || rule.text.loop === node.loop.key) this.#apply(rule, node, cursor);
      }
    }
    if (this.#found.length !== 0) this.#found = [];
  }

  /** The set is over; without SE under the cursor, what is missing is missing at the place given. */
  end(cursor: SegmentCursor | null, position: number, offset: number | null): void {
    const at = cursor === null ? { position, offset } : cursor;
    for (const loop of this.#open) this.#leave(loop, at);
    if (cursor !== null) {
      const node = this.#schema.uses(cursor.id)[0];
      if (node !== undefined) for (const rule of this.#rules.get(cursor.id) ?? []) this.#apply(rule, node, cursor);
    }
    this.#open = [];
    this.#found = [];
  }

  #add(rule: Rule): void {
    append(this.#rules, rule.text.segment, rule);
    if (rule.scope !== null) append(this.#required, rule.scope, rule);
  }

  /** Leaves the loops that the segment is no longer in, then enters those that it stands in. */
  #enter(node: SegmentNode, cursor: SegmentCursor): void {
    const now = openLoops(node);
    for (const loop of this.#open) {
      if (!now.includes(loop) || (loop === node.loop && beginsLoop(node))) this.#leave(loop, cursor);
    }
    if (beginsLoop(node)) this.#occurrences[node.loop.first]!++;
    this.#open = now;
  }

  /** One occurrence of a loop is over: what it had to hold must have been there. */
  #leave(loop: LoopNode, at: { readonly position: number; readonly offset: number | null }): void {
    for (const rule of this.#required.get(loop) ?? []) {
      if (this.#countIn(rule, loop).count > 0) continue;
      const place = loop.parent === null ? `each ${this.#schema.type}` : `each ${loop.key} loop`;
      const message = `${rule.name} is missing: ${rule.guide} asks for it in ${place}. Add it.`;
      this.#report({
        level: "segment",
        code: "3",
        segment: rule.text.segment,
        position: at.position,
        element: null,
        component: null,
        repetition: null,
        offset: at.offset,
        length: 0,
        value: null,
        loop: rule.text.loop || null,
        message: rule.text.message ?? message,
        dataElement: null,
      });
    }
  }

  #countIn(rule: Rule, loop: LoopNode): { count: number } {
    const occurrence = this.#occurrences[loop.first]!;
    let held = rule.counts.get(loop.first);
    if (held === undefined) {
      held = { occurrence, count: 0 };
      rule.counts.set(loop.first, held);
    } else if (held.occurrence !== occurrence) {
      held.occurrence = occurrence;
      held.count = 0;
    }
    return held;
  }

  #apply(rule: Rule, node: SegmentNode, cursor: SegmentCursor): void {
    const { where, requirement, max } = rule.text;
    if (where !== undefined && !where.codes.includes(cursor.element(where.element))) return;
    if (rule.scope !== null) this.#countIn(rule, rule.scope).count++;
    if (requirement === "forbidden") {
      this.#reportSegment(
        rule,
        node,
        cursor,
        "2",
        `${rule.name} can't be used: ${rule.guide} forbids it here. Leave it out.`,
      );
      return;
    }
    if (max !== undefined) this.#checkMax(rule, max, node, cursor);
    for (const element of rule.elements) this.#checkElement(rule, element, node, cursor);
  }

  #checkMax(rule: Rule, max: number, node: SegmentNode, cursor: SegmentCursor): void {
    const loop = countingLoop(node);
    // A required rule has counted this one already where the two count in the same loop.
    const held = this.#countIn(rule, loop);
    if (rule.scope !== loop) held.count++;
    if (held.count <= max) return;
    const place = loop.parent === null ? "outside all loops" : `in each ${loop.key} loop`;
    const limit = `${rule.guide} allows it ${max === 1 ? "once" : `${max} times`} ${place}`;
    this.#reportSegment(rule, node, cursor, "5", `${rule.name} occurs too often: ${limit}. Leave out what is beyond.`);
  }

  #checkElement(rule: Rule, element: ElementRule, node: SegmentNode, cursor: SegmentCursor): void {
    const n = element.text.element;
    const c = element.text.component ?? 0;
    const repetitions = cursor.repetitionCount(n);
    let given = false;
    for (let r = 1; r <= repetitions; r++) {
      const whole = c === 0 && repetitions === 1;
      const value = whole ? cursor.element(n) : cursor.component(n, r, c || 1);
      if (value === "" || !cursor.has(n)) continue;
      given = true;
      const part = { element: n, repetition: repetitions > 1 ? r : 0, component: c };
      const fault = valueFault(rule.guide, element, value);
      if (fault !== null) this.#reportElement(rule, element, node, cursor, part, fault.code, fault.message);
    }
    if (!given && element.text.requirement === "required") {
      const message = `${nameOf(element)} is missing: ${rule.guide} asks for it. Fill it.`;
      this.#reportElement(rule, element, node, cursor, { element: n, repetition: 0, component: c }, "1", message);
    }
  }

  #reportSegment(rule: Rule, node: SegmentNode, cursor: SegmentCursor, code: string, message: string): void {
    if (this.#found.some((problem) => problem.level === "segment" && problem.code === code && problem.length !== 0))
      return;
    this.#report({
      level: "segment",
      code,
      segment: cursor.id,
      position: cursor.position,
      element: null,
      component: null,
      repetition: null,
      offset: cursor.offset,
      length: cursor.length,
      value: null,
      loop: loopKey(node),
      message: rule.text.message ?? message,
      dataElement: null,
    });
  }

  #reportElement(
    rule: Rule,
    element: ElementRule,
    node: SegmentNode,
    cursor: SegmentCursor,
    part: ElementPart,
    code: string,
    own: string,
  ): void {
    const message = element.text.message ?? rule.text.message ?? own;
    const problem = elementProblem(cursor, code, part, element.schema, loopKey(node), message);
    const same = (p: Problem) =>
      p.code === code &&
      p.element === problem.element &&
      p.component === problem.component &&
      p.offset === problem.offset;
    if (!this.#found.some(same)) this.#report(problem);
  }
}

function ruleOf(schema: SetSchema, guide: Guide, text: SegmentGuide): Rule {
  const { where } = text;
  const qualifier = where === undefined ? null : elementAt(schema, text.segment, where.element);
  const narrowing = qualifier === null ? "" : ` with ${qualifier.reference} = ${where!.codes.join(" or ")}`;
  return {
    guide: guide.name,
    text,
    elements: (text.elements ?? []).map((element) => ({
      text: element,
      schema: elementAt(schema, text.segment, element.element, element.component)!,
      codes: element.codes === undefined ? null : new Set(element.codes),
      pattern: element.pattern === undefined ? null : wholly(element.pattern),
    })),
    name: `${text.segment}${narrowing}`,
    scope: text.requirement === "required" ? requiredScope(schema, text) : null,
    counts: new Map(),
  };
}

/** The loop in each occurrence of which a required segment must stand; without a loop in the rule, the set. */
function requiredScope(schema: SetSchema, text: SegmentGuide): LoopNode {
  if (text.loop === undefined) return schema.root;
  return countingLoop(schema.uses(text.segment).find((node) => node.loop.key === text.loop)!);
}

/** The loop whose occurrences a segment is counted in: its own, or, for a trigger, of which each holds just one, the one around. */
function countingLoop(node: SegmentNode): LoopNode {
  return beginsLoop(node) ? node.loop.parent! : node.loop;
}

function loopKey(node: SegmentNode): string | null {
  return node.loop.parent === null ? null : node.loop.key;
}

function nameOf(element: ElementRule): string {
  return `${element.schema.reference} (${element.schema.name})`;
}

function valueFault(guide: string, rule: ElementRule, value: string): { code: string; message: string } | null {
  const { requirement, minLength, maxLength, pattern } = rule.text;
  const holds = `${nameOf(rule)} holds "${value}"`;
  if (requirement === "forbidden") {
    return { code: "3", message: `${nameOf(rule)} can't be used: ${guide} forbids it. Leave it empty.` };
  }
  if (rule.codes !== null && !rule.codes.has(value)) {
    return { code: "7", message: `${holds}, which ${guide} does not take. Use one of: ${[...rule.codes].join(", ")}.` };
  }
  const length = Array.from(value).length;
  if (minLength !== undefined && length < minLength) {
    return { code: "4", message: `${holds}, which is too short: ${guide} asks for at least ${minLength} characters.` };
  }
  if (maxLength !== undefined && length > maxLength) {
    return { code: "5", message: `${holds}, which is too long: ${guide} allows at most ${maxLength} characters.` };
  }
  if (rule.pattern !== null && !rule.pattern.test(value)) {
    const code = rule.schema.type === "DT" ? "8" : rule.schema.type === "TM" ? "9" : "7";
    return { code, message: `${holds}, which is not in the form that ${guide} asks for (${pattern}).` };
  }
  return null;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
