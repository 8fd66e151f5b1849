import type { SetSchema } from "./schema.ts";
import { type Route, RouteTable } from "./schema-routes.ts";
import { beginsLoop, type LoopNode, type SegmentNode } from "./schema-structure.ts";
import { type SegmentNumbers, segmentKey } from "./segment-key.ts";
import type { Place } from "./set-validator.ts";

/**
 * What is wrong with where a segment stands, in the codes of AK304: 1 unknown to the dictionary, 2 unexpected (its loop has not
 * begun), 4 one occurrence of its loop too many, 5 one use too many, 6 not in this set, 7 out of order; null: nothing.
 */
export type PlaceFault = "1" | "2" | "4" | "5" | "6" | "7" | null;

/** More than any file holds. */
const unlimited = 0x7fffffff;

const nowhere: Place = { loop: null, beginsLoop: false, known: false };
const nothing: readonly SegmentNode[] = [];

/**
 * Follows the segments of one transaction set through the structure of the standard, always forward. A segment that fits nowhere
 * leaves the walk where it was. One object walks many sets, one after the other.
 */
export class StructureWalk {
  readonly schema: SetSchema;
  readonly #routes: RouteTable;
  readonly #places: readonly Place[];
  /** Uses of each node in the current occurrence of its loop; of a trigger, occurrences of the loop in that of its parent. */
  readonly #counts: Int32Array;
  /** The most that each count may come to. */
  readonly #limits: Int32Array;
  /** 1 for each node that begins a loop. */
  readonly #isTrigger: Uint8Array;
  /** The nodes whose count is not 0, in their order. */
  readonly #used: Int32Array;
  #usedCount = 0;
  /** The segment ids of the set, numbered. */
  readonly numbers: SegmentNumbers;
  /** Number of ST. */
  readonly #first: number;
  #at: SegmentNode | null = null;
  #node: SegmentNode | null = null;
  #fault: PlaceFault = null;
  #skipped: readonly SegmentNode[] = nothing;
  /** Where each segment leads from the last place, see `stepsFrom`; null before the first. */
  #steps: Int32Array | null = null;

  constructor(schema: SetSchema) {
    this.schema = schema;
    this.#routes = RouteTable.of(schema);
    this.numbers = this.#routes.numbers;
    this.#first = this.numbers.of(segmentKey(schema.nodes[0]!.segment));
    this.#places = schema.nodes.map((node) => ({
      loop: node.loop.parent === null ? null : node.loop.key,
      beginsLoop: beginsLoop(node),
      known: true,
    }));
    this.#counts = new Int32Array(schema.nodes.length);
    this.#limits = Int32Array.from(schema.nodes, (node) =>
      Math.min(beginsLoop(node) ? node.loop.max : node.max, unlimited),
    );
    this.#isTrigger = Uint8Array.from(schema.nodes, (node) => (beginsLoop(node) ? 1 : 0));
    this.#used = new Int32Array(schema.nodes.length);
  }

  /** The use that the last segment was taken for; null where it fits nowhere. */
  get node(): SegmentNode | null {
    return this.#node;
  }

  /** The last use that a segment was found for: what the next one is measured from. */
  get at(): SegmentNode | null {
    return this.#at;
  }

  /** What is wrong with where the last segment stands. */
  get fault(): PlaceFault {
    return this.#fault;
  }

  /** Mandatory uses that are missing before the last segment. */
  get skipped(): readonly SegmentNode[] {
    return this.#skipped;
  }

  /** Begin with a new set. */
  start(): void {
    this.#at = null;
    this.#steps = null;
    this.#node = null;
    this.#fault = null;
    this.#skipped = nothing;
    while (this.#usedCount > 0) this.#counts[this.#used[--this.#usedCount]!] = 0;
  }

  /** The next segment of the set, ST first; `fault` and `skipped` then tell of it. */
  next(segment: string): Place {
    return this.nextNumbered(this.numbers.of(segmentKey(segment)), segment);
  }

  /** The same by the number of its id in {@link numbers}, -1 for none of them; the id is asked for only where it has no place. */
  nextNumbered(number: number, segment: string | { readonly id: string }): Place {
    const steps = this.#steps;
    if (steps !== null && number >= 0) {
      const index = steps[number]!;
      if (index >= 0 && this.#counts[index]! < this.#limits[index]!) {
        return this.#arrive(this.schema.nodes[index]!, nothing, null);
      }
    }
    return this.#nextAnyWay(number, segment);
  }

  /** The same where the next place is simply the nearest, known and right: true. Otherwise it stays where it is, and says false. */
  steps(number: number): boolean {
    const index = this.#steps === null ? -1 : this.#steps[number]!;
    if (index < 0 || this.#counts[index]! >= this.#limits[index]!) return false;
    this.#arrive(this.schema.nodes[index]!, nothing, null);
    return true;
  }

  /** The same where the next place is not simply the nearest. */
  #nextAnyWay(number: number, segment: string | { readonly id: string }): Place {
    const from = this.#at ?? this.schema.nodes[0]!;
    if (this.#at === null) {
      this.#at = from;
      if (number === this.#first) return this.#arrive(from, nothing, null);
    }
    const nearest = number < 0 ? undefined : this.#routes.nearest(from.index, number);
    if (nearest === undefined) {
      this.#node = null;
      this.#skipped = nothing;
      this.#fault = this.#misplaced(typeof segment === "string" ? segment : segment.id, from);
      return nowhere;
    }
    if (!this.#isFull(nearest.to)) return this.#arrive(nearest.to, nearest.skipped, null);
    const other = this.#roomFurtherOn(nearest);
    if (other !== null) return this.#arrive(other.to, other.skipped, null);
    return this.#arrive(nearest.to, nearest.skipped, beginsLoop(nearest.to) ? "4" : "5");
  }

  /** The set is over: mandatory uses that were still to come. */
  end(): readonly SegmentNode[] {
    const from = this.#at ?? this.schema.nodes[0]!;
    return this.#routes.from(from.index).get("SE")?.skipped ?? nothing;
  }

  #arrive(node: SegmentNode, skipped: readonly SegmentNode[], fault: PlaceFault): Place {
    const { index } = node;
    const counts = this.#counts;
    const used = this.#used;
    // A walk goes forward only: what was used after a trigger is in its loop, and begins anew with it.
    if (this.#isTrigger[index] === 1) {
      while (this.#usedCount > 0 && used[this.#usedCount - 1]! > index) counts[used[--this.#usedCount]!] = 0;
    }
    if (counts[index] === 0) used[this.#usedCount++] = index;
    counts[index]!++;
    if (this.#at !== node || this.#steps === null) {
      this.#at = node;
      this.#steps = this.#routes.stepsFrom(index);
    }
    this.#node = node;
    this.#skipped = skipped;
    this.#fault = fault;
    return this.#places[index]!;
  }

  #isFull(node: SegmentNode): boolean {
    return this.#counts[node.index]! >= this.#limits[node.index]!;
  }

  /**
   * A place further on that still has room. For one segment too many nothing mandatory may be passed over to get there; a loop too
   * many is rather taken for another loop with the same trigger, or nothing in it would find its place.
   */
  #roomFurtherOn(nearest: Route): Route | null {
    for (let route = nearest.next; route !== null; route = route.next) {
      if (this.#isFull(route.to)) continue;
      const isBeyondGap = route.skipped.length > nearest.skipped.length;
      if (!isBeyondGap || (beginsLoop(nearest.to) && beginsLoop(route.to))) return route;
    }
    return null;
  }

  #misplaced(segment: string, from: SegmentNode): PlaceFault {
    const uses = this.schema.uses(segment);
    if (uses.length === 0) return this.schema.dictionary.segment(segment) === null ? "1" : "6";
    const open = openLoops(from);
    const isBehind = (node: SegmentNode) =>
      node.index < from.index && open.includes(beginsLoop(node) ? node.loop.parent! : node.loop);
    return uses.some(isBehind) ? "7" : "2";
  }
}

/** The loops that a place stands in, the innermost first, the set itself last. */
export function openLoops(node: SegmentNode): readonly LoopNode[] {
  const open: LoopNode[] = [];
  for (let loop: LoopNode | null = node.loop; loop !== null; loop = loop.parent) open.push(loop);
  return open;
}
