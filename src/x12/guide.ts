/**
 * An account's guide: what it narrows or adds to one transaction set of the standard. Plain data, so that it can live in an
 * account's rules; the validator applies it after the standard. Guides stack: each is applied on the one before.
 */
export interface Guide {
  /** Shown in messages: "Harbor Retail 850". */
  readonly name: string;
  /** Transaction set it is about: "850". */
  readonly set: string;
  readonly segments: readonly SegmentGuide[];
}

/** A rule about one segment at one place. */
export interface SegmentGuide {
  /** Segment id: "REF". */
  readonly segment: string;
  /** Loop key as `schemas/` has it ("PO1", "PO1/N1"); "" for outside all loops; left out: wherever the segment stands. */
  readonly loop?: string | undefined;
  /** Narrows the rule to segments whose element holds one of these codes: only REF with REF01 = DP. */
  readonly where?: { readonly element: number; readonly codes: readonly string[] } | undefined;
  /**
   * required: at least one in each occurrence of its loop (of the set, for "" or where `loop` is left out). forbidden: none.
   * A loop's first segment is counted in the loop around it, since each occurrence of its own holds just one: N1 in loop
   * "N1" with N101 = ST required means that the set must have a ship-to.
   */
  readonly requirement?: "required" | "forbidden" | undefined;
  /** Most occurrences in each occurrence of its loop; for a loop's first segment, of the loop around it. */
  readonly max?: number | undefined;
  readonly elements?: readonly ElementGuide[] | undefined;
  /** Replaces our own words in the problem. */
  readonly message?: string | undefined;
}

/** A rule about one element or component of the segments that a SegmentGuide speaks of. */
export interface ElementGuide {
  /** 1-based. */
  readonly element: number;
  /** 1-based, for one component of a composite. */
  readonly component?: number | undefined;
  readonly requirement?: "required" | "forbidden" | undefined;
  /** The only codes allowed. */
  readonly codes?: readonly string[] | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** Regular expression that the whole value must match. */
  readonly pattern?: string | undefined;
  readonly message?: string | undefined;
}
