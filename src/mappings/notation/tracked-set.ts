import type { UnmappedValue } from "../../documents/x12-record.ts";
import {
  type ElementData,
  type Loop,
  type SegmentData,
  type TransactionSet,
  textOf as valueIn,
} from "../../x12/index.ts";

/** Segments that hold structure and no business data: their values never count as left over. */
const structure = new Set(["ST", "SE", "LS", "LE"]);

/**
 * A transaction set that remembers what was read of it. Mappings read through this view only, so whatever they have not
 * read is known at the end, and nothing is dropped silently.
 */
export interface TrackedSet {
  /** The set outside all loops. */
  readonly root: TrackedLoop;
  /** Every value that was not read, in the order of the file. */
  unmapped(): UnmappedValue[];
}

/** Begins to read a set. */
export function trackedSet(set: TransactionSet): TrackedSet {
  const readers: SegmentReader[] = [];
  const root = trackedLoop(set.root, readers);
  return {
    root,
    unmapped: () =>
      readers
        .filter(({ segment }) => !structure.has(segment.id))
        .sort((a, b) => a.segment.position - b.segment.position)
        .flatMap((reader) => reader.unread()),
  };
}

/** One occurrence of a loop, or the set itself. */
export class TrackedLoop {
  readonly #segments: readonly SegmentReader[];
  readonly #loops: ReadonlyMap<string, readonly TrackedLoop[]>;

  constructor(segments: readonly SegmentReader[], loops: ReadonlyMap<string, readonly TrackedLoop[]>) {
    this.#segments = segments;
    this.#loops = loops;
  }

  /** The segments with this id in this loop itself, loops within it left out, that nothing has taken yet. */
  untaken(id: string): SegmentReader[] {
    return this.#segments.filter((reader) => reader.segment.id === id && !reader.taken);
  }

  /** The same with any of these ids, in the order of the file. */
  untakenOf(...ids: string[]): SegmentReader[] {
    return this.#segments.filter((reader) => ids.includes(reader.segment.id) && !reader.taken);
  }

  /** The segment that began this loop. */
  get trigger(): SegmentReader {
    const trigger = this.#segments[0];
    if (!trigger) throw new Error("A loop without a segment: the set was not read by its schema.");
    return trigger;
  }

  /** Loops directly in this one by the id of the segment that begins them: `heading.loops("N1")`. */
  loops(trigger: string): readonly TrackedLoop[] {
    return this.#loops.get(trigger) ?? [];
  }
}

/**
 * One segment, read value by value.
 */
export class SegmentReader {
  readonly segment: SegmentData;
  readonly #loop: string | null;
  /** By element (from 0), a bit for each component that was read (1 for the first, 2 for the second, 4, ...). */
  readonly #read: number[];

  constructor(segment: SegmentData, loop: string | null) {
    this.segment = segment;
    this.#loop = loop;
    this.#read = new Array<number>(segment.elements.length).fill(0);
  }

  /** Whether a mapping has taken it: what is taken stands in the document once. */
  taken = false;

  /**
   * What `read` makes of element `n`, or of its component `c`, both counted from 1. Where it is empty, or can't be read as
   * what is asked for, it is undefined; in the second case it stays unread and so comes out as unmapped.
   */
  take<Read>(n: number, c: number, read: (value: string) => Read | undefined): Read | undefined {
    const found = this.peek(n, c);
    if (found === undefined) return undefined;
    const value = read(found);
    if (value !== undefined) this.#read[n - 1] = (this.#read[n - 1] ?? 0) | bitOf(c);
    return value;
  }

  /** The text of element `n`, or of its component `c`, without taking it as read. */
  peek(n: number, c = 1): string | undefined {
    return valueIn(this.segment, n, c) || undefined;
  }

  /** What was read so far, for `restore`. */
  marks(): readonly number[] {
    return [...this.#read];
  }

  /** Takes back what was read since. */
  restore(marks: readonly number[]): void {
    this.#read.splice(0, this.#read.length, ...marks);
  }

  /** Every value that was not read. */
  unread(): UnmappedValue[] {
    const unread: UnmappedValue[] = [];
    for (const [index, element] of this.segment.elements.entries()) {
      const read = this.#read[index] ?? 0;
      if (typeof element === "string" && (read !== 0 || element === "")) continue;
      for (const { value, repetition, component } of valuesOf(element)) {
        const isRead = repetition === 1 && (read & bitOf(component ?? 1)) !== 0;
        if (isRead || value === "") continue;
        const { id: segment, position } = this.segment;
        unread.push({ segment, position, loop: this.#loop, element: index + 1, repetition, component, value });
      }
    }
    return unread;
  }
}

interface Value {
  readonly value: string;
  readonly repetition: number;
  /** Null where the element is no composite. */
  readonly component: number | null;
}

function valuesOf(element: ElementData): Value[] {
  const repetitions = typeof element === "object" && "repetitions" in element ? element.repetitions : [element];
  return repetitions.flatMap((repetition, r): Value[] =>
    typeof repetition === "string"
      ? [{ value: repetition, repetition: r + 1, component: null }]
      : repetition.map((value, c) => ({ value, repetition: r + 1, component: c + 1 })),
  );
}

/** Composites have 15 components at most (C001), so that the bits of all of them fit into an integer. */
function bitOf(component: number): number {
  return 1 << (component - 1);
}

const noLoops: ReadonlyMap<string, readonly TrackedLoop[]> = new Map();

function trackedLoop(loop: Loop, readers: SegmentReader[]): TrackedLoop {
  const key = loop.key === "" ? null : loop.key;
  const segments = loop.segments.map((segment) => new SegmentReader(segment, key));
  for (const segment of segments) readers.push(segment);
  if (loop.loops.length === 0) return new TrackedLoop(segments, noLoops);
  const loops = new Map<string, TrackedLoop[]>();
  for (const inner of loop.loops) {
    const trigger = inner.key.slice(inner.key.lastIndexOf("/") + 1);
    const known = loops.get(trigger) ?? [];
    known.push(trackedLoop(inner, readers));
    loops.set(trigger, known);
  }
  return new TrackedLoop(segments, loops);
}
