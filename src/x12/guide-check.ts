import { ConditionCheck } from "./condition-check.ts";
import { type ElementPart, elementProblem } from "./element-check.ts";
import type { Guide, Where } from "./guide.ts";
import { type GuideCodes, guideCodes } from "./guide-codes.ts";
import { checkElement, type ElementRule, elementRuleOf, overrules } from "./guide-elements.ts";
import { elementAt } from "./guide-faults.ts";
import { inWordsOf } from "./guide-problem.ts";
import { type Demand, effectiveGuide } from "./guide-stack.ts";
import type { Problem } from "./problem.ts";
import type { ElementSchema, LoopNode, SegmentNode, SetSchema } from "./schema.ts";
import { beginsLoop, triggerOf } from "./schema-structure.ts";
import type { SegmentCursor } from "./segment.ts";
import { openLoops } from "./structure-walk.ts";

/** A rule about a segment or the occurrences of a loop, made ready. */
interface Rule {
  readonly segment: string;
  /** Loop that the segment must stand in; null: anywhere. */
  readonly loop: string | null;
  readonly where: Where | null;
  /** `REF with REF01 = DP`, for messages. */
  readonly name: string;
  readonly forbidden: Demand<unknown> | null;
  readonly least: Bound | null;
  /** The loop in each occurrence of which `least` must be there. */
  readonly scope: LoopNode | null;
  readonly most: Bound | null;
  /** Whether it is about the occurrences of a loop, by its first segment. */
  readonly isOfLoop: boolean;
  readonly elements: readonly ElementRule[];
  /** By a loop's first index: the occurrence that the count is about, and how many segments it has held. */
  readonly counts: Map<number, { occurrence: number; count: number }>;
}

interface Bound {
  readonly count: number;
  readonly demand: Demand<unknown>;
}

/**
 * Applies a stack of guides to one set after the standard has been applied. What a fault is called in a 997 and in a 999 stands in
 * `guide-codes.ts`.
 */
export class GuideCheck {
  readonly #schema: SetSchema;
  readonly #rules = new Map<string, Rule[]>();
  readonly #required = new Map<LoopNode, Rule[]>();
  readonly #conditions: ConditionCheck | null;
  /** Whether what the standard finds in a segment waits until it is known whether a guide's own type overrules it. */
  readonly #isHeld: boolean;
  readonly #held: Problem[] = [];
  /** By a loop's first index: how many occurrences have begun. */
  readonly #occurrences: Int32Array;
  #open: readonly LoopNode[] = [];
  #report: (problem: Problem) => void = () => {};
  /** What was found in the segment under the cursor, so that nothing is said twice. */
  #found: Problem[] = [];

  /** @throws UnfitGuide if a guide does not fit the set; `guideFaults` tells before. */
  constructor(schema: SetSchema, guides: readonly Guide[]) {
    this.#schema = schema;
    this.#occurrences = new Int32Array(schema.nodes.length);
    const { segments, loops, conditions } = effectiveGuide(schema, guides);
    for (const { segment, loop, where, demands, elements } of segments) {
      this.#add({
        segment,
        loop,
        where,
        name: nameOfRule(schema, segment, where),
        ...bounds(demands),
        scope: scopeOf(schema, segment, loop),
        isOfLoop: false,
        elements: elements.map((element) => elementRuleOf(schema, segment, element)),
        counts: new Map(),
      });
    }
    for (const { loop, where, demands } of loops) {
      const trigger = triggerOf(schema.loop(loop)!);
      this.#add({
        segment: trigger.segment,
        loop,
        where,
        name: `Loop ${loop}${where === null ? "" : ` of ${nameOfRule(schema, trigger.segment, where)}`}`,
        ...bounds(demands),
        scope: countingLoop(trigger),
        isOfLoop: true,
        elements: [],
        counts: new Map(),
      });
    }
    this.#conditions = conditions.length === 0 ? null : new ConditionCheck(schema, conditions);
    this.#isHeld = [...this.#rules.values()].flat().some((rule) => rule.elements.some(({ value }) => value !== null));
  }

  /** Forget the last set. Gives the function through which the standard's own problems are to be reported. */
  begin(report: (problem: Problem) => void): (problem: Problem) => void {
    this.#report = (problem) => {
      this.#found.push(problem);
      this.#conditions?.told(problem);
      report(problem);
    };
    this.#found = [];
    this.#held.length = 0;
    this.#open = [this.#schema.root];
    this.#occurrences[this.#schema.root.first]!++;
    this.#conditions?.begin(report);
    return this.#isHeld ? (problem) => this.#held.push(problem) : this.#report;
  }

  /** The segment under the cursor, which the standard takes for `node` (null where it fits nowhere). */
  segment(node: SegmentNode | null, cursor: SegmentCursor): void {
    if (this.#held.length !== 0) this.#release(node, cursor);
    if (node !== null) {
      if (node.loop !== this.#open[0] || beginsLoop(node)) this.#enter(node, cursor);
      for (const rule of this.#rules.get(node.segment) ?? []) {
        if (speaksOf(rule, node)) this.#apply(rule, node, cursor);
      }
    }
    this.#conditions?.segment(node, cursor);
    if (this.#found.length !== 0) this.#found = [];
  }

  /** The set is over; without SE under the cursor, what is missing is missing at the place given. */
  end(cursor: SegmentCursor | null, position: number, offset: number | null): void {
    const node = cursor === null ? undefined : this.#schema.uses(cursor.id)[0];
    if (this.#held.length !== 0) this.#release(node ?? null, cursor);
    const at = cursor === null ? { position, offset } : cursor;
    for (const loop of this.#open) this.#leave(loop, at);
    if (cursor !== null && node !== undefined) {
      for (const rule of this.#rules.get(cursor.id) ?? []) this.#apply(rule, node, cursor);
    }
    this.#conditions?.end(cursor, at);
    this.#open = [];
    this.#found = [];
  }

  #add(rule: Rule): void {
    append(this.#rules, rule.segment, rule);
    if (rule.least !== null) append(this.#required, rule.scope!, rule);
  }

  /** Reports what the standard has found in a segment, but for values of elements that a guide gives another type. */
  #release(node: SegmentNode | null, cursor: SegmentCursor | null): void {
    const held = this.#held.splice(0);
    const rules = node === null ? [] : (this.#rules.get(node.segment) ?? []).filter((rule) => speaksOf(rule, node));
    for (const problem of held) {
      const isOverruled =
        cursor !== null &&
        problem.position === cursor.position &&
        rules.some(
          (rule) => isMeant(rule, cursor) && rule.elements.some((element) => overrules(element, problem, cursor)),
        );
      if (!isOverruled) this.#report(problem);
    }
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
      const { count: least, demand } = rule.least!;
      const { count } = this.#countIn(rule, loop);
      if (count >= least) continue;
      const place = loop.parent === null ? `each ${this.#schema.type}` : `each ${loop.key} loop`;
      const often = least === 1 ? "" : ` ${least} times; it is there ${count === 1 ? "once" : `${count} times`}`;
      this.#tell(demand, {
        level: "segment",
        ...missingCodes(rule, count),
        segment: rule.segment,
        position: at.position,
        element: null,
        component: null,
        repetition: null,
        offset: at.offset,
        length: 0,
        value: null,
        loop: rule.loop || null,
        message: `${rule.name} is missing: ${demand.guide} asks for it in ${place}${often}. Add it.`,
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
    if (!isMeant(rule, cursor)) return;
    if (rule.least !== null) this.#countIn(rule, rule.scope!).count++;
    if (rule.forbidden !== null) {
      const words = `${rule.name} can't be used: ${rule.forbidden.guide} forbids it here. Leave it out.`;
      this.#reportSegment(rule.forbidden, node, cursor, guideCodes.segmentForbidden, words);
      return;
    }
    if (rule.most !== null) this.#checkMost(rule, rule.most, node, cursor);
    const version = this.#schema.version;
    for (const element of rule.elements) {
      checkElement(element, version, cursor, (part, codes, demand, words) =>
        this.#reportElement(demand, element.schema, node, cursor, part, codes, words),
      );
    }
  }

  #checkMost(rule: Rule, { count: most, demand }: Bound, node: SegmentNode, cursor: SegmentCursor): void {
    const loop = countingLoop(node);
    // A required rule has counted this one already where the two count in the same loop.
    const held = this.#countIn(rule, loop);
    if (rule.least === null || rule.scope !== loop) held.count++;
    if (held.count <= most) return;
    const place = loop.parent === null ? "outside all loops" : `in each ${loop.key} loop`;
    const limit = `${demand.guide} allows it ${most === 1 ? "once" : `${most} times`} ${place}`;
    const words = `${rule.name} occurs too often: ${limit}. Leave out what is beyond.`;
    const codes = rule.isOfLoop ? guideCodes.loopTooOften : guideCodes.segmentTooOften;
    this.#reportSegment(demand, node, cursor, codes, words);
  }

  #reportSegment(
    demand: Demand<unknown>,
    node: SegmentNode,
    cursor: SegmentCursor,
    codes: GuideCodes,
    words: string,
  ): void {
    this.#tell(demand, {
      level: "segment",
      ...codes,
      segment: cursor.id,
      position: cursor.position,
      element: null,
      component: null,
      repetition: null,
      offset: cursor.offset,
      length: cursor.length,
      value: null,
      loop: loopKey(node),
      message: words,
      dataElement: null,
    });
  }

  #reportElement(
    demand: Demand<unknown>,
    schema: ElementSchema,
    node: SegmentNode,
    cursor: SegmentCursor,
    part: ElementPart,
    { code, guideCode }: GuideCodes,
    words: string,
  ): void {
    this.#tell(demand, { ...elementProblem(cursor, code, part, schema, loopKey(node), words), guideCode });
  }

  /** Reports a problem in the guide's words and with its severity, unless as much has been said of the same place. */
  #tell(demand: Demand<unknown>, own: Problem): void {
    const problem = inWordsOf(demand, own);
    const isSaid = (told: Problem) =>
      told.level === problem.level &&
      told.code === problem.code &&
      told.element === problem.element &&
      told.component === problem.component &&
      told.offset === problem.offset &&
      // One that is missing before a segment is not the segment itself, and several may be.
      (problem.level === "element" || (told.length !== 0 && problem.length !== 0)) &&
      (told.severity !== "warning" || problem.severity === "warning");
    if (!this.#found.some(isSaid)) this.#report(problem);
  }
}

/** What it is called that there are only `count` where a rule asks for more. */
function missingCodes({ isOfLoop }: Rule, count: number): GuideCodes {
  if (isOfLoop) return guideCodes.loopTooSeldom;
  return count === 0 ? guideCodes.segmentMissing : guideCodes.segmentTooSeldom;
}

/** Whether a rule is about segments at this place. */
function speaksOf(rule: Rule, node: SegmentNode): boolean {
  return rule.loop === null || rule.loop === node.loop.key;
}

/** Whether a rule is about the very segment under the cursor, by its qualifier. */
function isMeant({ where }: Rule, cursor: SegmentCursor): boolean {
  return where === null || where.codes.includes(cursor.element(where.element));
}

function bounds(demands: {
  readonly requirement?: Demand<string>;
  readonly min?: Demand<number>;
  readonly max?: Demand<number>;
}): Pick<Rule, "forbidden" | "least" | "most"> {
  const { requirement, min, max } = demands;
  const asked = requirement?.asks;
  const required = asked === "required" ? { count: 1, demand: requirement! } : null;
  const fewest = min === undefined || min.asks === 0 ? null : { count: min.asks, demand: min };
  return {
    forbidden: asked === "forbidden" ? requirement! : null,
    least: asked === "forbidden" || asked === "optional" ? null : (fewest ?? required),
    most: max === undefined ? null : { count: max.asks, demand: max },
  };
}

function nameOfRule(schema: SetSchema, segment: string, where: Where | null): string {
  if (where === null) return segment;
  return `${segment} with ${elementAt(schema, segment, where.element)!.reference} = ${where.codes.join(" or ")}`;
}

/** The loop in each occurrence of which a required segment must stand; without a loop in the rule, the set. */
function scopeOf(schema: SetSchema, segment: string, loop: string | null): LoopNode {
  if (loop === null) return schema.root;
  return countingLoop(schema.uses(segment).find((node) => node.loop.key === loop)!);
}

/**
 * The loop whose occurrences a segment is counted in: its own, or, for a trigger, of which each holds just one, the one
 * around.
 */
function countingLoop(node: SegmentNode): LoopNode {
  return beginsLoop(node) ? node.loop.parent! : node.loop;
}

/** Key of the loop that a segment stands in, as problems have it: null outside all loops. */
function loopKey(node: SegmentNode): string | null {
  return node.loop.parent === null ? null : node.loop.key;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
