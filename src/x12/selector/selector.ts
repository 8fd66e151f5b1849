import type { TransactionSet } from "../transaction-set.ts";
import { indexFrom, isWithin, type Occurrence, type PlacedSegment, PlacedSet } from "./placed-set.ts";
import {
  type ConcatSyntax,
  type ElementReference,
  type PathSyntax,
  parseSelector,
  type Qualifier,
  type SelectorSyntax,
} from "./selector-syntax.ts";

/** Where a selected value stands. */
export interface ValuePlace {
  /** Segment id. */
  readonly segment: string;
  /** Count of segments from ST = 1. */
  readonly position: number;
  /** 1-based. */
  readonly element: number;
  /** 1-based; null where the element is simple. */
  readonly component: number | null;
  /** 1-based; null where the element does not repeat. */
  readonly repetition: number | null;
  /** Key of the loop ("PO1/N1"); null in heading and summary. */
  readonly loop: string | null;
}

/** One value that a selector gives. */
export interface SelectedValue {
  /** Never empty: what is empty is not selected. */
  readonly value: string;
  /** Of CONCAT, the place of the last value. */
  readonly place: ValuePlace;
  /** Of FOREACH, which occurrence of its loop in the set the value is from, 1-based; otherwise null. */
  readonly occurrence: number | null;
}

/** A selector, compiled once and put to any number of sets. */
export interface Selector {
  /** As it was written. */
  readonly text: string;
  /** Segment of FOREACH ("PO1"); null for a selector without it. */
  readonly forEach: string | null;
  /** Every value in the set that it speaks of, in the order of the file. */
  select(set: TransactionSet): readonly SelectedValue[];
}

/**
 * Compiles a selector, in node-x12's query language:
 *
 * - `REF02` every REF02; `REF04-1` a component of it
 * - `REF02:REF01["IA"]` those whose REF01 is IA; any number of qualifiers
 * - `N1-N301:N101["ST"]` the N301 of that N1's loop
 * - `HL+S+O-PRF01` in the levels with that HL03, below one another by HL02
 * - `FOREACH(PO1)=>PO102` told apart by the occurrence of the loop
 * - `CONCAT(REF01,-)=>REF02` two values put together
 *
 * @throws SelectorError with the place of the fault
 */
export function compileSelector(text: string): Selector {
  const syntax = parseSelector(text);
  return {
    text,
    forEach: syntax.kind === "each" ? syntax.segment : null,
    select: (set) => evaluate(syntax, PlacedSet.of(set)).map(selectedValue),
  };
}

/** A value and the segment it was found in. */
interface Found {
  readonly placed: PlacedSegment;
  readonly value: string;
  readonly element: number;
  readonly component: number | null;
  readonly repetition: number | null;
  readonly occurrence: number | null;
}

function selectedValue({ placed, value, element, component, repetition, occurrence }: Found): SelectedValue {
  const { segment, occurrence: loop } = placed;
  const place = {
    segment: segment.id,
    position: segment.position,
    element,
    component,
    repetition,
    loop: loop.key || null,
  };
  return { value, place, occurrence };
}

function evaluate(syntax: SelectorSyntax, set: PlacedSet): Found[] {
  if (syntax.kind === "path") return evaluatePath(syntax, set);
  if (syntax.kind === "concat") return evaluateConcat(syntax, set);
  const numbers = new Map(set.all(syntax.segment).map((placed, i) => [placed, i + 1]));
  return evaluate(syntax.of, set).flatMap((found) => {
    const governor = set.governor(found.placed, syntax.segment);
    return governor === null ? [] : [{ ...found, occurrence: numbers.get(governor)! }];
  });
}

function evaluatePath(path: PathSyntax, set: PlacedSet): Found[] {
  return segmentsOnPath(path, set).flatMap((placed) => valuesOf(placed, path.reference));
}

/** The segments that a path speaks of, whether or not they hold the element that it ends with. */
export function segmentsOnPath(
  { levels, steps, reference, qualifiers }: PathSyntax,
  set: PlacedSet,
): readonly PlacedSegment[] {
  return set
    .all(reference.segment)
    .filter(
      (placed) =>
        isInLevels(placed, levels, set) &&
        isOnPath(placed, steps, levels.length > 0, set) &&
        qualifiers.every((qualifier) => isQualified(placed, qualifier, set)),
    );
}

/** Whether a segment stands in the last of the levels, and the others above it in their order, levels in between allowed. */
function isInLevels(placed: PlacedSegment, levels: readonly string[], set: PlacedSet): boolean {
  if (levels.length === 0) return true;
  let at = set.levelOf(placed);
  if (at === null || at.level !== levels.at(-1)) return false;
  for (let i = levels.length - 2; i >= 0; i--) {
    do at = at.parent;
    while (at !== null && at.level !== levels[i]);
    if (at === null) return false;
  }
  return true;
}

function isOnPath(placed: PlacedSegment, steps: readonly string[], staysInLevel: boolean, set: PlacedSet): boolean {
  let at = placed;
  for (let i = steps.length - 1; i >= 0; i--) {
    const governor = set.governor(at, steps[i]!);
    if (governor === null) return false;
    if (staysInLevel && set.levelOf(governor) !== set.levelOf(placed)) return false;
    at = governor;
  }
  return true;
}

function isQualified(placed: PlacedSegment, { reference, value }: Qualifier, set: PlacedSet): boolean {
  const holds = (one: PlacedSegment) => valuesOf(one, reference).some((found) => found.value === value);
  return reference.segment === placed.segment.id ? holds(placed) : set.around(placed, reference.segment).some(holds);
}

/** The values of one element, one for each repetition; of a composite its first component, unless another is named. */
function valuesOf(placed: PlacedSegment, { element, component }: ElementReference): Found[] {
  const data = placed.segment.elements[element - 1] ?? "";
  const repeats = typeof data === "object" && "repetitions" in data;
  return (repeats ? data.repetitions : [data]).flatMap((repetition, i): Found[] => {
    const isSimple = typeof repetition === "string";
    const value = isSimple ? ((component ?? 1) === 1 ? repetition : "") : (repetition[(component ?? 1) - 1] ?? "");
    if (value === "") return [];
    return [
      {
        placed,
        value,
        element,
        component: isSimple ? null : (component ?? 1),
        repetition: repeats ? i + 1 : null,
        occurrence: null,
      },
    ];
  });
}

function evaluateConcat({ before, separator, after }: ConcatSyntax, set: PlacedSet): Found[] {
  const firsts = evaluate(before, set);
  const joined = before.kind === "each" ? firsts.map(({ value }) => value).join(separator) : null;
  const nearest = new NearestValue(firsts, addressedBy(before));
  return evaluate(after, set).map((found) => {
    const first = joined ?? nearest.to(found.placed)?.value ?? "";
    return first === "" ? found : { ...found, value: `${first}${separator}${found.value}` };
  });
}

/** Segments by which a selector itself says in which occurrence of a loop its value stands: N1 in `N401:N101["BY"]`. */
function addressedBy(syntax: SelectorSyntax): readonly string[] {
  if (syntax.kind === "each") return addressedBy(syntax.of);
  if (syntax.kind === "concat") return addressedBy(syntax.after);
  return [...syntax.qualifiers.map(({ reference }) => reference.segment), ...(syntax.levels.length > 0 ? ["HL"] : [])];
}

/**
 * Of values found anywhere in a set, the one that belongs to a segment: its own, or else the first in the smallest occurrence
 * around it that has any. Other occurrences of the loops around it count only where the selector has named one by the segment
 * that begins it.
 */
class NearestValue {
  readonly #values: readonly Found[];
  readonly #placed: readonly PlacedSegment[];
  readonly #addressed: readonly string[];
  readonly #bySegment = new Map<PlacedSegment, Found>();
  readonly #byScope = new Map<Occurrence, Map<string | null, Found | null>>();

  constructor(values: readonly Found[], addressed: readonly string[]) {
    this.#values = values;
    this.#placed = values.map(({ placed }) => placed);
    this.#addressed = addressed;
    for (const value of values) {
      if (!this.#bySegment.has(value.placed)) this.#bySegment.set(value.placed, value);
    }
  }

  to(placed: PlacedSegment): Found | null {
    const own = this.#bySegment.get(placed);
    if (own !== undefined) return own;
    let inner: Occurrence | null = null;
    for (let scope: Occurrence | null = placed.occurrence; scope !== null; scope = scope.parent) {
      const isAddressed = inner === null || this.#addressed.includes(inner.trigger);
      const found = this.#firstIn(scope, isAddressed ? null : inner!.key);
      if (found !== null) return found;
      inner = scope;
    }
    return null;
  }

  #firstIn(scope: Occurrence, except: string | null): Found | null {
    const known = this.#byScope.get(scope) ?? new Map<string | null, Found | null>();
    this.#byScope.set(scope, known);
    let first = known.get(except);
    if (first === undefined) {
      first = this.#values[this.#indexIn(scope, except)] ?? null;
      known.set(except, first);
    }
    return first;
  }

  /** Index of the first value in a scope; -1 where there is none. */
  #indexIn(scope: Occurrence, except: string | null): number {
    const { first, last } = scope;
    for (let i = indexFrom(this.#placed, first); (this.#placed[i]?.segment.position ?? last + 1) <= last; i++) {
      if (isWithin(this.#placed[i]!, scope, except)) return i;
    }
    return -1;
  }
}
