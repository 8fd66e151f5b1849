/** One element of a segment held as text: simple, a composite's components, or repetitions of either. */
export type ElementData =
  | string
  | readonly string[]
  | { readonly repetitions: readonly (string | readonly string[])[] };

/** One segment held as text, free of delimiters. */
export interface SegmentData {
  readonly id: string;
  /** Count of segments from ST = 1. */
  readonly position: number;
  /** Element 1 is at index 0; trailing empties are not held. */
  readonly elements: readonly ElementData[];
}

/** One occurrence of a loop (or, with key "", the set itself): its own segments and the loops in it, each in their order. */
export interface Loop {
  /** "PO1/N1", "" for the set. */
  readonly key: string;
  readonly segments: readonly SegmentData[];
  readonly loops: readonly Loop[];
}

/** One transaction set in memory, as mappings read it. */
export interface TransactionSet {
  /** ST01. */
  readonly type: string;
  /** ST02. */
  readonly control: string;
  /** ST03, "" where it is not there. */
  readonly implementation: string;
  /** Schema version it was read by: "004010". */
  readonly version: string;
  /** The loops, ST and SE left out. */
  readonly root: Loop;
  /** Every segment in the order of the file, ST and SE included. */
  readonly segments: readonly SegmentData[];
}

/** A segment to be written: its id and its elements, element 1 first. Trailing empties are trimmed by the writer. */
export type OutSegment = readonly [id: string, ...elements: ElementData[]];

/** Text of element `n` (1-based), or of its component `c`; the first repetition's where it repeats; "" where there is none. */
export function textOf(segment: SegmentData, n: number, c = 1): string {
  const element = segment.elements[n - 1];
  if (element === undefined) return "";
  const first = typeof element === "object" && "repetitions" in element ? (element.repetitions[0] ?? "") : element;
  if (typeof first === "string") return c === 1 ? first : "";
  return first[c - 1] ?? "";
}
