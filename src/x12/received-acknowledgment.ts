import { elementProblem, groupProblems, numberIn, segmentProblem, setProblems } from "./acknowledged-problem.ts";
import type { Problem } from "./problem.ts";
import { type SegmentData, type TransactionSet, textOf } from "./transaction-set.ts";

/** What a partner's 997 or 999 says of one group that we had sent. */
export interface ReceivedAcknowledgment {
  /** AK101: GS01 of our group. */
  readonly groupFunctionalId: string;
  /** AK102: GS06 of our group, as the partner wrote it; zeros in front don't count. */
  readonly groupControl: string;
  /** AK103: GS08 of our group, "" where it is not told. */
  readonly groupVersion: string;
  /** AK901: A, E, P, R, or M, W, X for security; null where AK9 is missing. */
  readonly verdict: string | null;
  /** AK905 to AK909. */
  readonly codes: readonly string[];
  /** What these say, as problems of the group. */
  readonly problems: readonly Problem[];
  /** AK902 to AK904; null where one is missing or no number. */
  readonly counts: {
    readonly included: number | null;
    readonly received: number | null;
    readonly accepted: number | null;
  };
  /** The sets that it names; a partner may leave the accepted ones out. */
  readonly sets: readonly AcknowledgedSet[];
}

/** What it says of one transaction set. */
export interface AcknowledgedSet {
  /** AK201. */
  readonly type: string;
  /** AK202. */
  readonly control: string;
  /** AK203, "" where it is not told. */
  readonly implementation: string;
  /** AK501 or IK501; null where it is missing. */
  readonly verdict: string | null;
  /** AK502 to AK506, IK502 to IK506. */
  readonly codes: readonly string[];
  /** What these say, as problems of the set; then one for each AK4 (IK4), and for each AK3 (IK3) that has none. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a partner's 997 or 999, in the order of its segments, so that one with faults of structure is still understood.
 *
 * @returns null where the set has no AK1 and so answers nothing.
 */
export function receivedAcknowledgment(set: TransactionSet): ReceivedAcknowledgment | null {
  const ak1 = set.segments.find((segment) => segment.id === "AK1");
  if (ak1 === undefined) return null;
  const ak9 = set.segments.find((segment) => segment.id === "AK9");
  const codes = ak9 === undefined ? [] : codesFrom(ak9, 5);
  return {
    groupFunctionalId: textOf(ak1, 1),
    groupControl: textOf(ak1, 2),
    groupVersion: textOf(ak1, 3),
    verdict: ak9 === undefined ? null : textOf(ak9, 1) || null,
    codes,
    problems: groupProblems(codes, textOf(ak1, 1), textOf(ak1, 2)),
    counts: {
      included: ak9 === undefined ? null : numberIn(ak9, 2),
      received: ak9 === undefined ? null : numberIn(ak9, 3),
      accepted: ak9 === undefined ? null : numberIn(ak9, 4),
    },
    sets: acknowledgedSets(set.segments),
  };
}

type OpenSet = { -readonly [K in keyof AcknowledgedSet]: AcknowledgedSet[K] } & { problems: Problem[] };

function acknowledgedSets(segments: readonly SegmentData[]): AcknowledgedSet[] {
  const sets: OpenSet[] = [];
  let segmentError: SegmentData | null = null;
  for (const segment of segments) {
    const set = sets.at(-1);
    switch (segment.id) {
      case "AK2":
        segmentError = null;
        sets.push({
          type: textOf(segment, 1),
          control: textOf(segment, 2),
          implementation: textOf(segment, 3),
          verdict: null,
          codes: [],
          problems: [],
        });
        break;
      case "AK3":
      case "IK3":
        segmentError = segment;
        set?.problems.push(segmentProblem(segment));
        break;
      case "AK4":
      case "IK4": {
        if (set === undefined || segmentError === null) break;
        // The first AK4 says more than the AK3 before it did: it takes its place.
        if (set.problems.at(-1)?.level === "segment") set.problems.pop();
        set.problems.push(elementProblem(segmentError, segment));
        break;
      }
      case "AK5":
      case "IK5":
        if (set !== undefined) {
          set.verdict = textOf(segment, 1) || null;
          set.codes = codesFrom(segment, 2);
          set.problems.unshift(...setProblems(set.codes, set.type, set.control));
        }
        break;
    }
  }
  return sets;
}

/** The five codes that begin at element `first`. */
function codesFrom(segment: SegmentData, first: number): string[] {
  return [0, 1, 2, 3, 4].map((i) => textOf(segment, first + i)).filter((code) => code !== "");
}
