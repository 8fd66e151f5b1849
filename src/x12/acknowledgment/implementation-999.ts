import type { Delimiters } from "../delimiters.ts";
import type { Trigger } from "../problem.ts";
import type { GroupReport, SetReport } from "../report.ts";
import type { OutSegment } from "../transaction-set.ts";
import {
  quotableFunctionalId,
  quotableGroupControl,
  quotableReference,
  quotableSegmentId,
  quotableSetControl,
  quotableSetType,
  quotableValue,
} from "./bad-value.ts";
import { codesThatFit, groupTrailer, setOutcome } from "./group-outcome.ts";
import {
  codeWithGuide,
  dataElementNumber,
  loopIdentifier,
  placeInSegment,
  type SegmentError,
  segmentErrors,
} from "./segment-errors.ts";

/** How a 999 is written. */
export interface ImplementationAcknowledgmentOptions {
  /** Whether accepted sets are listed too, or only the rejected ones (default true). */
  readonly listAccepted?: boolean | undefined;
  /** Delimiters that the 999 will be written with: quoted values are kept free of them. */
  readonly delimiters?: Delimiters | undefined;
}

/** GS08 and ST03 of every 999, whatever version it answers. */
export const implementation999 = "005010X231A1";
/** The version of the standard that the 999 is written in. */
export const version999 = "005010";

/** Most characters of element 447 in 005010. */
const longestLoopIdentifier = 4;

/** The 999 Implementation Acknowledgment of one group: AK1 to AK9, without ST and SE. When not to send it: as for the 997. */
export function implementationAcknowledgment999(
  group: GroupReport,
  options: ImplementationAcknowledgmentOptions = {},
): OutSegment[] {
  const { header } = group;
  const segments: OutSegment[] = [
    [
      "AK1",
      quotableFunctionalId(header.functionalId),
      quotableGroupControl(header.control),
      quotableReference(header.version, 12),
    ],
  ];
  for (const set of group.transactionSets) {
    const outcome = setOutcome(group, set);
    if (outcome === "A" && options.listAccepted === false) continue;
    segments.push(
      [
        "AK2",
        quotableSetType(set.type),
        quotableSetControl(set.control, options.delimiters),
        quotableReference(set.implementation, 35),
      ],
      ...segmentErrors(set.problems, codeWithGuide).flatMap((error) => segmentLoop(error, options.delimiters)),
      ["IK5", outcome, ...setCodes(set)],
    );
  }
  segments.push(groupTrailer(group));
  return segments;
}

function segmentLoop(error: SegmentError, delimiters: Delimiters | undefined): OutSegment[] {
  const loop = loopIdentifier(error.loop, longestLoopIdentifier);
  const segment = quotableSegmentId(error.segment);
  const position = String(error.position);
  const loopSegments: OutSegment[] = [["IK3", segment, position, loop, error.code]];
  if (error.trigger !== undefined) loopSegments.push(contextOf(error.trigger));
  for (const problem of error.elements) {
    const place = placeInSegment(problem, true);
    loopSegments.push([
      "IK4",
      place,
      dataElementNumber(problem),
      codeWithGuide(problem),
      quotableValue(problem.value, delimiters),
    ]);
    if (problem.trigger !== undefined) loopSegments.push(contextOf(problem.trigger));
    else if (dependentCodes.has(codeWithGuide(problem)))
      loopSegments.push(["CTX", situationalTrigger, segment, position, loop]);
  }
  return loopSegments;
}

/** CTX for the value that a guide's condition hangs on: its segment and its place there. */
function contextOf({ segment, position, loop, element, component }: Trigger): OutSegment {
  const place = [String(element), component === null ? "" : String(component)];
  const key = loopIdentifier(loop, longestLoopIdentifier);
  return ["CTX", situationalTrigger, quotableSegmentId(segment), String(position), key, place];
}

/**
 * IK403 codes of an error that other data bring about (conditional element missing, exclusion violated): a CTX tells where those
 * stand. By the standard's syntax notes that is always the same segment.
 */
const dependentCodes = new Set(["2", "10"]);
/** CTX01-1, when the context is what made an element required or forbidden. */
const situationalTrigger = "SITUATIONAL TRIGGER";

function setCodes(set: SetReport): string[] {
  const own = set.problems.filter((problem) => problem.level === "set").map((problem) => problem.code);
  const inSegments = set.problems.filter(({ level }) => level === "segment" || level === "element");
  const byGuide = inSegments.filter(({ guideCode }) => guideCode !== undefined).length;
  const isOfStandard = inSegments.length > byGuide || (inSegments.length === 0 && set.problemsOmitted > 0);
  return codesThatFit([...own, ...(isOfStandard ? ["5"] : []), ...(byGuide > 0 ? ["I5"] : [])]);
}
