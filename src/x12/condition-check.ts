import { longestValue } from "./element-check.ts";
import type { ConditionGuide } from "./guide.ts";
import { type GuideCodes, guideCodes } from "./guide-codes.ts";
import { elementAt } from "./guide-faults.ts";
import { inWordsOf } from "./guide-problem.ts";
import type { Demand } from "./guide-stack.ts";
import { LoopBuilder } from "./loop-builder.ts";
import { nameOf, quote } from "./messages.ts";
import type { Problem, Trigger } from "./problem.ts";
import type { ElementSchema, LoopNode, SegmentNode, SetSchema } from "./schema.ts";
import { beginsLoop } from "./schema-structure.ts";
import type { SegmentCursor } from "./segment.ts";
import { type PlacedSegment, PlacedSet } from "./selector/placed-set.ts";
import { compileSelector, type SelectedValue, type Selector, segmentsOnPath } from "./selector/selector.ts";
import { type PathSyntax, parseSelector, segmentsIn } from "./selector/selector-syntax.ts";
import { openLoops } from "./structure-walk.ts";
import type { SegmentData, TransactionSet } from "./transaction-set.ts";
import { segmentData } from "./transaction-set-reader.ts";

/** Segments of one set that are held for its conditions, at most: memory must not grow with what somebody sends. */
const mostHeld = 100_000;
/** Element problems of one set that are remembered, so that a condition does not say them again. */
const mostRemembered = 10_000;

/** A condition of a guide, made ready. */
interface Condition {
  readonly demand: Demand<ConditionGuide>;
  readonly when: Selector;
  readonly asked: Selector;
  readonly equals: Selector | null;
  readonly target: PathSyntax;
  readonly schema: ElementSchema;
}

/** Where something stands in the file, or, with length 0, would stand. */
interface Extent {
  readonly position: number;
  readonly offset: number | null;
  readonly length: number;
}

/**
 * Holds the conditions of guides against a set when it is over. Of the set it keeps what the selectors name and the
 * segments that begin loops, nothing else.
 */
export class ConditionCheck {
  readonly #schema: SetSchema;
  readonly #conditions: readonly Condition[];
  /** Ids of the segments that selectors name. */
  readonly #named: ReadonlySet<string>;
  #report: (problem: Problem) => void = () => {};
  #loops = new LoopBuilder();
  #segments: SegmentData[] = [];
  /** Where the elements stand that conditions ask something of, by {@link extentKey}. */
  readonly #extents = new Map<string, Extent>();
  /** Where the occurrences of loops ended, by the position of their first segment. */
  readonly #ends = new Map<number, Extent>();
  readonly #open: { readonly loop: LoopNode; readonly position: number }[] = [];
  readonly #told = new Set<string>();

  constructor(schema: SetSchema, conditions: readonly Demand<ConditionGuide>[]) {
    this.#schema = schema;
    this.#conditions = conditions.map((demand) => conditionOf(schema, demand));
    this.#named = new Set(conditions.flatMap(({ asks }) => segmentsNamed(asks)));
  }

  begin(report: (problem: Problem) => void): void {
    this.#report = report;
    this.#loops = new LoopBuilder();
    this.#segments = [];
    this.#extents.clear();
    this.#ends.clear();
    this.#open.length = 0;
    this.#told.clear();
  }

  /** A problem that has been reported of this set. */
  told(problem: Problem): void {
    if (problem.level === "element" && this.#told.size < mostRemembered) this.#told.add(faultKey(problem));
  }

  segment(node: SegmentNode | null, cursor: SegmentCursor): void {
    if (node !== null) this.#follow(node, cursor);
    const isTrigger = node !== null && beginsLoop(node);
    if (!isTrigger && !this.#named.has(cursor.id)) return;
    if (this.#segments.length === mostHeld) return;
    const segment = segmentData(cursor, cursor.position);
    this.#segments.push(segment);
    if (node !== null && cursor.id !== "ST") {
      this.#loops.place(segment, node.loop.parent === null ? null : node.loop.key, isTrigger);
    }
    for (const { target } of this.#conditions) if (target.reference.segment === cursor.id) this.#locate(target, cursor);
  }

  /** The set is over; `at` is where SE stands or would stand. */
  end(cursor: SegmentCursor | null, at: { readonly position: number; readonly offset: number | null }): void {
    if (cursor !== null) this.segment(this.#schema.uses(cursor.id)[0] ?? null, cursor);
    const end = { position: at.position, offset: at.offset, length: 0 };
    for (const { position } of this.#open) if (!this.#ends.has(position)) this.#ends.set(position, end);
    this.#ends.set(1, end);
    if (this.#segments.length === mostHeld) {
      this.#report(this.#tooManySegments(end));
      return;
    }
    const set: TransactionSet = {
      type: this.#schema.type,
      control: "",
      implementation: "",
      version: this.#schema.version,
      root: this.#loops.root,
      segments: this.#segments,
    };
    for (const condition of this.#conditions) this.#check(condition, set);
  }

  /** Notes where occurrences of loops end: at the first segment that is no longer in them. */
  #follow(node: SegmentNode, cursor: SegmentCursor): void {
    const begins = beginsLoop(node);
    if (!begins && node.loop === this.#open.at(-1)?.loop) return;
    const now = openLoops(node);
    for (let last = this.#open.at(-1); last !== undefined; last = this.#open.at(-1)) {
      if (now.includes(last.loop) && !(begins && last.loop === node.loop)) break;
      this.#ends.set(last.position, { position: cursor.position, offset: cursor.offset, length: 0 });
      this.#open.pop();
    }
    if (begins) this.#open.push({ loop: node.loop, position: cursor.position });
  }

  #locate({ reference: { element, component } }: PathSyntax, cursor: SegmentCursor): void {
    const { position } = cursor;
    const repetitions = cursor.repetitionCount(element);
    for (let r = 1; r <= repetitions; r++) {
      // A composite's element is its first component, as selectors have it.
      const isWhole = repetitions === 1 && cursor.componentCount(element, r) === 1 && component === null;
      const offset = isWhole ? cursor.offsetOf(element) : cursor.offsetOf(element, r, component ?? 1);
      const length = isWhole ? cursor.lengthOf(element) : cursor.lengthOf(element, r, component ?? 1);
      this.#extents.set(extentKey(position, element, component, r), { position, offset, length });
    }
  }

  #check(condition: Condition, set: TransactionSet): void {
    const { asks } = condition.demand;
    const placed = PlacedSet.of(set);
    const units = asks.each === undefined ? [null] : placed.all(asks.each);
    const when = byUnit(condition.when.select(set));
    const values = byUnit(condition.asked.select(set));
    const equals = condition.equals === null ? null : byUnit(condition.equals.select(set));
    const segments = segmentsByUnit(condition, placed, units);
    units.forEach((unit, i) => {
      const number = unit === null ? 0 : i + 1;
      const reasons = when.get(number) ?? [];
      if (!holds(asks, reasons)) return;
      const trigger = triggerIn(asks, reasons);
      const found = values.get(number) ?? [];
      if (asks.then.requirement === "required") {
        this.#checkRequired(condition, unit, segments.get(number) ?? [], found, trigger);
      }
      const allowed = equals === null ? null : (equals.get(number) ?? []).map(({ value }) => value);
      for (const value of found) this.#checkValue(condition, value, allowed, trigger);
    });
  }

  #checkRequired(
    condition: Condition,
    unit: PlacedSegment | null,
    segments: readonly PlacedSegment[],
    found: readonly SelectedValue[],
    trigger: Trigger | undefined,
  ): void {
    const { demand, schema, target } = condition;
    const asked = `${demand.guide} asks for it where ${whenText(demand.asks)}.`;
    if (segments.length === 0) {
      const end = this.#ends.get(unit?.occurrence.first ?? 1)!;
      const { segment } = target.reference;
      const loop = unit === null || unit.occurrence.key === "" ? null : unit.occurrence.key;
      const message = `${segment} is missing, and with it ${nameOf(schema)}: ${asked} Add it.`;
      const codes = guideCodes.segmentAskedFor;
      this.#tell(demand, { ...problemAt(end), level: "segment", ...codes, trigger, segment, loop, message });
      return;
    }
    const filled = new Set(found.map(({ place }) => place.position));
    for (const { segment, occurrence } of segments) {
      if (filled.has(segment.position)) continue;
      const { element, component } = target.reference;
      this.#tell(demand, {
        ...problemAt(this.#extents.get(extentKey(segment.position, element, component, 1))!),
        level: "element",
        ...guideCodes.elementAskedFor,
        trigger,
        segment: segment.id,
        element,
        component,
        loop: occurrence.key || null,
        message: `${nameOf(schema)} is missing: ${asked} Fill it.`,
        dataElement: schema.dataElement,
      });
    }
  }

  #checkValue(
    condition: Condition,
    { value, place }: SelectedValue,
    allowed: readonly string[] | null,
    trigger: Trigger | undefined,
  ): void {
    const { demand, schema } = condition;
    const { then } = demand.asks;
    const fault = (codes: GuideCodes, message: string) => {
      const { segment, position, element, component, repetition, loop } = place;
      const { reference } = condition.target;
      const extent = this.#extents.get(extentKey(position, element, reference.component, repetition ?? 1))!;
      const shown = value.slice(0, longestValue);
      const { dataElement } = schema;
      const where = { segment, element, component, repetition, loop, value: shown, dataElement };
      this.#tell(demand, { ...problemAt(extent), ...where, level: "element", ...codes, trigger, message });
    };
    const when = `where ${whenText(demand.asks)}`;
    if (then.requirement === "forbidden") {
      fault(
        guideCodes.elementExcluded,
        `${nameOf(schema)} can't be used: ${demand.guide} forbids it ${when}. Leave it empty.`,
      );
    } else if (then.codes !== undefined && !then.codes.includes(value)) {
      const codes = then.codes.join(", ");
      const { codeForbidden } = guideCodes;
      fault(
        codeForbidden,
        `${nameOf(schema)} holds ${quote(value)}: ${demand.guide} asks for one of ${codes} ${when}.`,
      );
    } else if (allowed !== null && !allowed.includes(value)) {
      const other = allowed.length === 0 ? "which is not there" : allowed.slice(0, 8).map(quote).join(" or ");
      const same = `the same as ${then.equals}, ${other},`;
      fault(
        guideCodes.valueDiffers,
        `${nameOf(schema)} holds ${quote(value)}: ${demand.guide} asks for ${same} ${when}.`,
      );
    }
  }

  #tell(demand: Demand<ConditionGuide>, problem: Problem): void {
    if (problem.level === "element" && this.#told.has(faultKey(problem))) return;
    this.#report(inWordsOf(demand, problem));
  }

  #tooManySegments(end: Extent): Problem {
    const what = `There are more than ${mostHeld} segments that conditions of guides speak of`;
    const message = `warning: ${what}; the conditions were not checked.`;
    return { ...problemAt(end), level: "segment", code: "8", segment: "SE", message, severity: "warning" };
  }
}

function conditionOf(schema: SetSchema, demand: Demand<ConditionGuide>): Condition {
  const { each, when, then } = demand.asks;
  const selector = (text: string) => compileSelector(each === undefined ? text : `FOREACH(${each})=>${text}`);
  const target = parseSelector(then.selector) as PathSyntax;
  const { segment, element, component } = target.reference;
  return {
    demand,
    when: selector(when.selector),
    asked: selector(then.selector),
    equals: then.equals === undefined ? null : selector(then.equals),
    target,
    schema: elementAt(schema, segment, element, component)!,
  };
}

/** Segments that a condition's selectors name; ST, for the set begins with it, and HL, by which levels are told. */
function segmentsNamed({ each, when, then }: ConditionGuide): readonly string[] {
  const selectors = [when.selector, then.selector, ...(then.equals === undefined ? [] : [then.equals])];
  const named = selectors.flatMap((text) => segmentsIn(parseSelector(text)));
  return ["ST", "HL", ...(each === undefined ? [] : [each]), ...named];
}

/** Values by the number of the unit that they are from, 0 for the whole set. */
function byUnit(values: readonly SelectedValue[]): Map<number, SelectedValue[]> {
  const units = new Map<number, SelectedValue[]>();
  for (const value of values) append(units, value.occurrence ?? 0, value);
  return units;
}

function segmentsByUnit(
  { target, demand }: Condition,
  set: PlacedSet,
  units: readonly (PlacedSegment | null)[],
): Map<number, PlacedSegment[]> {
  const numbers = new Map(units.map((unit, i) => [unit, unit === null ? 0 : i + 1]));
  const segments = new Map<number, PlacedSegment[]>();
  for (const placed of segmentsOnPath(target, set)) {
    const { each } = demand.asks;
    const number = numbers.get(each === undefined ? null : set.governor(placed, each));
    if (number !== undefined) append(segments, number, placed);
  }
  return segments;
}

function holds({ when }: ConditionGuide, values: readonly SelectedValue[]): boolean {
  if (when.exists === false) return values.length === 0;
  if (when.values === undefined) return values.length > 0;
  return values.some(({ value }) => when.values!.includes(value));
}

/** The first of the values by which a condition holds; undefined where it holds because there is none. */
function triggerIn({ when }: ConditionGuide, values: readonly SelectedValue[]): Trigger | undefined {
  const reason = values.find(({ value }) => when.values === undefined || when.values.includes(value));
  if (reason === undefined) return undefined;
  const { segment, position, loop, element, component } = reason.place;
  return { segment, position, loop, element, component };
}

function whenText({ when }: ConditionGuide): string {
  if (when.exists === false) return `there is no ${when.selector}`;
  return when.values === undefined
    ? `${when.selector} is given`
    : `${when.selector} is ${when.values.map((value) => quote(value)).join(" or ")}`;
}

/** A problem at a place, of which the rest is still to be said. */
function problemAt({ position, offset, length }: Extent): Omit<Problem, "level" | "code" | "message"> {
  return {
    segment: null,
    position,
    element: null,
    component: null,
    repetition: null,
    offset,
    length,
    value: null,
    loop: null,
    dataElement: null,
  };
}

function extentKey(position: number, element: number, component: number | null, repetition: number): string {
  return `${position} ${element} ${component ?? 0} ${repetition}`;
}

function faultKey({ code, position, element, component, repetition }: Problem): string {
  return `${code} ${extentKey(position ?? 0, element ?? 0, component, repetition ?? 1)}`;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
