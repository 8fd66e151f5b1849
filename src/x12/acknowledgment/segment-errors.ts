import type { Problem, Trigger } from "../problem.ts";

/** Element errors that one AK3 or IK3 is followed by, at most (AK4 max use 99). */
const mostElementErrors = 99;

/** What one AK3 or IK3 loop says. */
export interface SegmentError {
  readonly segment: string | null;
  /** Count of segments from ST = 1. */
  readonly position: number;
  readonly loop: string | null;
  /** AK304. */
  readonly code: string;
  /** What a guide's condition hangs on that the error is against. */
  readonly trigger: Trigger | undefined;
  readonly elements: readonly Problem[];
}

/** AK304: Segment Has Data Element Errors. */
const hasElementErrors = "8";

/** What AK304 and AK403 call a problem. */
export const standardCode = ({ code }: Problem): string => code;

/** What IK304 and IK403 call it. */
export const codeWithGuide = ({ code, guideCode }: Problem): string => guideCode ?? code;

/**
 * The problems of one set by segment, in the order of their positions: one entry for each segment and code, element errors
 * under code 8, from left to right. Problems of the set's envelope are not among them.
 */
export function segmentErrors(problems: readonly Problem[], codeOf = standardCode): SegmentError[] {
  const errors = new Map<string, SegmentError & { elements: Problem[] }>();
  for (const problem of problems) {
    if (problem.level !== "segment" && problem.level !== "element") continue;
    const code = problem.level === "segment" ? codeOf(problem) : hasElementErrors;
    const position = problem.position ?? 1;
    const key = `${position} ${problem.segment} ${code}`;
    let error = errors.get(key);
    if (error === undefined) {
      const trigger = problem.level === "segment" ? problem.trigger : undefined;
      error = { segment: problem.segment, position, loop: problem.loop, code, trigger, elements: [] };
      errors.set(key, error);
    }
    if (problem.level === "element" && error.elements.length < mostElementErrors) error.elements.push(problem);
  }
  for (const error of errors.values()) error.elements.sort(byPlace);
  return [...errors.values()].sort((a, b) => a.position - b.position);
}

/** From left to right in the segment. */
function byPlace(a: Problem, b: Problem): number {
  return (
    (a.element ?? 0) - (b.element ?? 0) ||
    (a.repetition ?? 0) - (b.repetition ?? 0) ||
    (a.component ?? 0) - (b.component ?? 0)
  );
}

/** The loop id of AK303 or IK303: the last trigger of the loop's key, where the element (447) has room for it. */
export function loopIdentifier(loop: string | null, longest: number): string {
  const trigger = loop?.split("/").at(-1)?.replace(/#\d+$/, "") ?? "";
  return trigger.length <= longest ? trigger : "";
}

/** The place within the segment, as composite C030 has it: element, component, repetition. */
export function placeInSegment(problem: Problem, withRepetition: boolean): readonly string[] {
  const repetition =
    withRepetition && problem.repetition !== null && problem.repetition > 1 ? problem.repetition : null;
  return [problem.element ?? 1, problem.component, repetition].map((part) => (part === null ? "" : String(part)));
}

/** The dictionary number of AK402: up to four digits; "" where there is none. */
export function dataElementNumber(problem: Problem): string {
  return problem.dataElement !== null && /^\d{1,4}$/.test(problem.dataElement) ? problem.dataElement : "";
}
