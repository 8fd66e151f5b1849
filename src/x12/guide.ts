import type { Severity } from "./problem.ts";

/**
 * A guide: what it narrows, adds or changes in one transaction set of the standard. Plain data, so that it can live in
 * a file or in an account's rules. Guides stack, standard → industry → account → division: a later one overrides an
 * earlier one where both speak of the same thing, and adds to it otherwise (see `guide-stack.ts`).
 */
export interface Guide {
  /** Shown in messages: "Harbor Retail 850". */
  readonly name: string;
  /** Transaction set it is about: "850". */
  readonly set: string;
  readonly segments: readonly SegmentGuide[];
  readonly loops?: readonly LoopGuide[] | undefined;
  readonly conditions?: readonly ConditionGuide[] | undefined;
}

/** What a rule says where it is broken, and how heavy that is. */
export interface RuleWords {
  /** Replaces our own words in the problem. */
  readonly message?: string | undefined;
  /** error (where left out) rejects the set; warning is told, and the set is accepted with errors noted. */
  readonly severity?: Severity | undefined;
}

/**
 * optional takes back what an earlier guide of the stack demands; what the standard itself demands it can't take back.
 */
export type GuideRequirement = "required" | "forbidden" | "optional";

/** Narrows a rule to segments whose element holds one of these codes: only REF with REF01 = DP. */
export interface Where {
  /** 1-based. */
  readonly element: number;
  readonly codes: readonly string[];
}

/** A rule about one segment at one place. */
export interface SegmentGuide extends RuleWords {
  /** Segment id: "REF". */
  readonly segment: string;
  /**
   * Loop key as `schemas/` has it ("PO1", "PO1/N1"); "" for outside all loops; left out: wherever the segment stands.
   */
  readonly loop?: string | undefined;
  readonly where?: Where | undefined;
  /**
   * required: at least one in each occurrence of its loop (of the set, for "" or where `loop` is left out). forbidden:
   * none. A loop's first segment is counted in the loop around it, since each occurrence of its own holds just one: N1
   * in loop "N1" with N101 = ST required means that the set must have a ship-to.
   */
  readonly requirement?: GuideRequirement | undefined;
  /** Fewest occurrences, counted as `required` is. */
  readonly min?: number | undefined;
  /** Most occurrences in each occurrence of its loop; for a loop's first segment, of the loop around it. */
  readonly max?: number | undefined;
  readonly elements?: readonly ElementGuide[] | undefined;
}

/**
 * A rule about one element or component of the segments that a SegmentGuide speaks of; its words come before the
 * segment's.
 */
export interface ElementGuide extends RuleWords {
  /** 1-based. */
  readonly element: number;
  /** 1-based, for one component of a composite. */
  readonly component?: number | undefined;
  readonly requirement?: GuideRequirement | undefined;
  /**
   * A type instead of the standard's, which then no longer counts, its code list included: AN, ID, N0 to N9, R, DT, TM
   * or B. The lengths are those given here, else the standard's.
   */
  readonly type?: string | undefined;
  /** The only codes allowed. */
  readonly codes?: readonly string[] | undefined;
  /** In characters; with a numeric `type`, in digits. */
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  /** Regular expression that the whole value must match. */
  readonly pattern?: string | undefined;
}

/** A rule about the occurrences of one loop, counted in each occurrence of the loop around it. */
export interface LoopGuide extends RuleWords {
  /** Loop key as `schemas/` has it: "N1", "PO1/N1". */
  readonly loop: string;
  /** Counts only occurrences whose first segment holds one of these codes. */
  readonly where?: Where | undefined;
  readonly requirement?: GuideRequirement | undefined;
  /** Fewest and most occurrences. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A rule between elements: where `when` holds, `then` must hold. Both are selectors (see docs/selectors.md), put to the
 * whole set or, with `each`, to every occurrence of a segment and its reach by itself.
 */
export interface ConditionGuide extends RuleWords {
  /** What it is called; a later guide's condition of the same name takes its place. */
  readonly name: string;
  /** Segment id: "PO1" for each line, "REF" for each REF. Left out: the whole set. */
  readonly each?: string | undefined;
  readonly when: {
    /** Without FOREACH. */
    readonly selector: string;
    /** Holds where one of the selected values is among these. Left out: where anything is selected. */
    readonly values?: readonly string[] | undefined;
    /** false: holds where nothing is selected. */
    readonly exists?: boolean | undefined;
  };
  readonly then: {
    /** An element: a path with or without qualifiers, neither FOREACH nor CONCAT. */
    readonly selector: string;
    /** required: every such segment must hold it, and one must be there. */
    readonly requirement?: "required" | "forbidden" | undefined;
    /** The only codes allowed. */
    readonly codes?: readonly string[] | undefined;
    /** Selector: each value must be one of those that it gives. */
    readonly equals?: string | undefined;
  };
}
