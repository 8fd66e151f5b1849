/**
 * Where in the nesting of a file a problem stands; the level decides which of the standard's code lists `code` is from.
 */
export type ProblemLevel = "file" | "interchange" | "group" | "set" | "segment" | "element";

/**
 * One thing that is wrong with a file, as data: a bad file never throws.
 *
 * `code` is the standard's for the level: TA105 (interchange, three digits), AK905 (group), AK502 (set), AK304
 * (segment), AK403 (element); the standard has none for a file, there it is a word of our own ("empty", "not-x12",
 * ...).
 */
export interface Problem {
  readonly level: ProblemLevel;
  readonly code: string;
  /** Segment id, as it stands in the file. */
  readonly segment: string | null;
  /** Count of segments from ST = 1; null outside a transaction set. */
  readonly position: number | null;
  /** Element within the segment, 1-based. */
  readonly element: number | null;
  /** Component within the composite, 1-based. */
  readonly component: number | null;
  /** Repetition of the element, 1-based; null where the element can't repeat. */
  readonly repetition: number | null;
  /** First byte of the bad part, counted from the start of the file. */
  readonly offset: number | null;
  /** Bytes of the bad part; 0 for something that is missing. */
  readonly length: number | null;
  /** The bad value as it stands in the file (cut to 99 characters, the most AK404 carries). */
  readonly value: string | null;
  /** Key of the loop that the segment stands in ("PO1/N1"); null in heading, summary and envelope. */
  readonly loop: string | null;
  /** A sentence for a person: what is wrong, by which rule, and how to mend it. */
  readonly message: string;
  /** Data element number in the standard's dictionary ("324"), for AK402 and IK402; null where it does not apply. */
  readonly dataElement: string | null;
  /**
   * warning: a guide wants it otherwise and does not reject for it; the message then begins with "warning: ". Left out:
   * error, as is everything that the standard itself says.
   */
  readonly severity?: Severity | undefined;
  /** What a 999 calls it (IK304, IK403) where a guide wants it, not the standard: "I4", or the same as `code`. Left out: the standard. */
  readonly guideCode?: string | undefined;
  /** The value by which a guide's condition came to hold, for CTX of a 999. */
  readonly trigger?: Trigger | undefined;
}

/** Where the value stands that a condition hangs on. */
export interface Trigger {
  readonly segment: string;
  /** Count of segments from ST = 1. */
  readonly position: number;
  readonly loop: string | null;
  readonly element: number;
  readonly component: number | null;
}

/** Whether a set is rejected for a problem. */
export type Severity = "error" | "warning";

/** The same problem, told and no more: nothing is rejected for it. */
export function asWarning(problem: Problem): Problem {
  return { ...problem, message: `warning: ${problem.message}`, severity: "warning" };
}

/** A, E, P or R as AK501 and AK901 would say it: accepted, accepted with errors, partially accepted, rejected. */
export type Verdict = "A" | "E" | "P" | "R";
