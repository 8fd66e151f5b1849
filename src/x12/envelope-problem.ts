import type { Problem, ProblemLevel } from "./problem.ts";
import type { SegmentCursor } from "./segment.ts";

/** The longest value that a problem carries: what AK404 takes (element 724). */
export const quotedLength = 99;

/** A problem of the file itself, told by its place alone. */
export function fileProblem(code: string, message: string, offset: number, length: number): Problem {
  return { ...nowhere, level: "file", code, message, offset, length };
}

/** A problem with the segment under the cursor, or with its element `element`. */
export function problemAt(
  cursor: SegmentCursor,
  level: ProblemLevel,
  code: string,
  message: string,
  element: number | null = null,
  dataElement: string | null = null,
): Problem {
  return {
    ...nowhere,
    level,
    code,
    segment: cursor.id.slice(0, quotedLength),
    position: cursor.position === 0 ? null : cursor.position,
    element,
    offset: element === null ? cursor.offset : cursor.offsetOf(element),
    length: element === null ? cursor.length : cursor.lengthOf(element),
    value: element === null ? null : cursor.element(element).slice(0, quotedLength),
    message,
    dataElement,
  };
}

/** A problem with a segment that ought to stand at `offset` and does not. */
export function problemOfMissing(
  level: ProblemLevel,
  code: string,
  segment: string,
  message: string,
  offset: number,
  position: number | null = null,
): Problem {
  return { ...nowhere, level, code, segment, position, message, offset, length: 0 };
}

const nowhere = {
  segment: null,
  position: null,
  element: null,
  component: null,
  repetition: null,
  offset: null,
  length: null,
  value: null,
  loop: null,
  dataElement: null,
} satisfies Partial<Problem>;
