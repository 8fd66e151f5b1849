import type { Problem } from "./problem.ts";
import type { SegmentCursor } from "./segment.ts";
import type { SegmentsAhead } from "./segments-ahead.ts";

/** Where the structure of a set has led to. */
export interface Place {
  /** Key of the loop the segment stands in ("PO1/N1"), null outside loops or where the segment fits nowhere. */
  readonly loop: string | null;
  /** Whether the segment is the loop's trigger, and so begins a new occurrence. */
  readonly beginsLoop: boolean;
  /** Whether the segment stands where the standard has one. */
  readonly known: boolean;
}

/**
 * Checks one transaction set, segment by segment, against the standard and the account's guides. One object serves many
 * sets of the same schema, one after the other; it holds no I/O and never throws for what a file contains.
 */
export interface SetValidator {
  /** Forget the last set; report problems through `report` from now on. */
  begin(report: (problem: Problem) => void): void;
  /** The next segment, ST first, SE not passed. Its place in the structure is the answer. */
  segment(cursor: SegmentCursor): Place;
  /**
   * Takes as many of the segments ahead as are right in every way, and stand where they should, in one go; stops before the first
   * that it would rather see under the cursor. Does what {@link segment} would have done for each, and says how many they were.
   */
  passRight(ahead: SegmentsAhead): number;
  /** The set is over: SE is under the cursor, or null where it is missing (that itself is the reader's problem to report). */
  end(cursor: SegmentCursor | null): void;
}
