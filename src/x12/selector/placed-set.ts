import { type Loop, type SegmentData, type TransactionSet, textOf } from "../transaction-set.ts";

/** One occurrence of a loop, or the set itself, and what is around it. */
export interface Occurrence {
  /** "PO1/N1", "" for the set. */
  readonly key: string;
  /** Id of the segment that begins it; ST for the set. */
  readonly trigger: string;
  /** The occurrence whose loop it stands in; null for the set. */
  readonly within: Occurrence | null;
  /** The occurrence that it belongs to: of an HL loop that of the HL its HL02 names, otherwise the same as `within`. */
  readonly parent: Occurrence | null;
  /** HL03 where it is a hierarchical level, otherwise null. */
  readonly level: string | null;
  /** Positions of its first and last segment, those of inner loops counted. */
  readonly first: number;
  last: number;
  /** Its own segments by their id, in the order of the file. */
  readonly own: Map<string, PlacedSegment[]>;
}

/** A segment and the innermost occurrence that it stands in. */
export interface PlacedSegment {
  readonly segment: SegmentData;
  readonly occurrence: Occurrence;
}

/** A transaction set in which each segment knows what it belongs to: by the standard's loops, and in them by HL02. */
export class PlacedSet {
  readonly root: Occurrence;
  /** Whether the set was read without a schema: then the only loops known are the hierarchical levels. */
  readonly isFlat: boolean;
  readonly #byId = new Map<string, PlacedSegment[]>();
  readonly #levels = new Map<string, Occurrence>();
  readonly #beside = new Map<Occurrence, Map<string, readonly PlacedSegment[]>>();

  /** The same for the same set: many selectors are put to one. */
  static of(set: TransactionSet): PlacedSet {
    let placed = known.get(set);
    if (placed === undefined) {
      placed = new PlacedSet(set);
      known.set(set, placed);
    }
    return placed;
  }

  private constructor(set: TransactionSet) {
    this.root = { ...theSet, last: set.segments.at(-1)?.position ?? 0, own: new Map() };
    this.isFlat = set.version === "";
    const places = new Map<number, Occurrence>();
    const visit = (loop: Loop, occurrence: Occurrence) => {
      for (const { position } of loop.segments) places.set(position, occurrence);
      // A level must be known before another one names it: loops are visited in the order of the file.
      for (const inner of loop.loops) visit(inner, this.#occurrence(inner.key, inner.segments[0]!, occurrence));
      occurrence.last = Math.max(occurrence.last, lastOf(loop));
    };
    visit(set.root, this.root);
    let level = this.root;
    for (const segment of set.segments) {
      if (this.isFlat && segment.id === "HL") level = this.#occurrence("HL", segment, this.root);
      if (this.isFlat && segment.id === "SE") level = this.root;
      if (this.isFlat) level.last = Math.max(level.last, segment.position);
      this.#place(segment, this.isFlat ? level : (places.get(segment.position) ?? this.root));
    }
  }

  /** Every segment of an id, in the order of the file. */
  all(id: string): readonly PlacedSegment[] {
    return this.#byId.get(id) ?? [];
  }

  /**
   * The segment of an id in whose reach another stands: the last one at or before it among the own segments of its loop
   * occurrence, or else of the one that this belongs to, and so on outward.
   */
  governor(of: PlacedSegment, id: string): PlacedSegment | null {
    for (let scope: Occurrence | null = of.occurrence; scope !== null; scope = scope.parent) {
      const found = lastUpTo(scope.own.get(id) ?? [], of.segment.position);
      if (found !== null) return found;
    }
    return null;
  }

  /**
   * The segments of an id that speak of another segment: all in the smallest occurrence around it that has any. What stands in
   * other occurrences of the loops around it (another line, another party) does not speak of it.
   */
  around(of: PlacedSegment, id: string): readonly PlacedSegment[] {
    if (this.isFlat) {
      const governor = this.governor(of, id);
      return governor === null ? [] : [governor];
    }
    let inner: Occurrence | null = null;
    for (let scope: Occurrence | null = of.occurrence; scope !== null; scope = scope.parent) {
      const found = this.#besideLoop(scope, inner?.key ?? null, id);
      if (found.length > 0) return found;
      inner = scope;
    }
    return [];
  }

  /** The hierarchical level that a segment stands in, null outside any. */
  levelOf({ occurrence }: PlacedSegment): Occurrence | null {
    let scope: Occurrence | null = occurrence;
    while (scope !== null && scope.level === null) scope = scope.within;
    return scope;
  }

  #occurrence(key: string, trigger: SegmentData, within: Occurrence): Occurrence {
    const isLevel = trigger.id === "HL";
    const parent = isLevel ? (this.#levels.get(textOf(trigger, 2)) ?? within) : within;
    const level = isLevel ? textOf(trigger, 3) : null;
    const { id, position } = trigger;
    const occurrence = { key, trigger: id, within, parent, level, first: position, last: position, own: new Map() };
    if (isLevel && textOf(trigger, 1) !== "") this.#levels.set(textOf(trigger, 1), occurrence);
    return occurrence;
  }

  #place(segment: SegmentData, occurrence: Occurrence): void {
    const placed = { segment, occurrence };
    append(this.#byId, segment.id, placed);
    append(occurrence.own, segment.id, placed);
  }

  /** Segments of an id anywhere in an occurrence, but for those in its loops of key `except`. */
  #besideLoop(scope: Occurrence, except: string | null, id: string): readonly PlacedSegment[] {
    const lists = this.#beside.get(scope) ?? new Map<string, readonly PlacedSegment[]>();
    this.#beside.set(scope, lists);
    const asked = `${id} ${except ?? ""}`;
    let list = lists.get(asked);
    if (list === undefined) {
      list = between(this.all(id), scope.first, scope.last).filter((placed) => isWithin(placed, scope, except));
      lists.set(asked, list);
    }
    return list;
  }
}

/** Whether a segment stands anywhere in an occurrence, but for those in its loops of key `except`. */
export function isWithin({ occurrence }: PlacedSegment, scope: Occurrence, except: string | null): boolean {
  let at: Occurrence | null = occurrence;
  for (; at !== null && at !== scope; at = at.within) if (at.key === except && at.within === scope) return false;
  return at === scope;
}

const known = new WeakMap<TransactionSet, PlacedSet>();
const theSet = { key: "", trigger: "ST", within: null, parent: null, level: null, first: 1 } as const;

function append(lists: Map<string, PlacedSegment[]>, id: string, placed: PlacedSegment): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [placed]);
  else list.push(placed);
}

/** Position of the last segment in a loop, inner loops counted. */
function lastOf(loop: Loop): number {
  const inner = loop.loops.at(-1);
  return Math.max(loop.segments.at(-1)?.position ?? 0, inner === undefined ? 0 : lastOf(inner));
}

/** Index of the first of a list at or after a position. */
export function indexFrom(list: readonly PlacedSegment[], position: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.segment.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastUpTo(list: readonly PlacedSegment[], position: number): PlacedSegment | null {
  return list[indexFrom(list, position + 1) - 1] ?? null;
}

/** The part of a list that lies between two positions, both counted in. */
function between(list: readonly PlacedSegment[], first: number, last: number): readonly PlacedSegment[] {
  return list.slice(indexFrom(list, first), indexFrom(list, last + 1));
}
