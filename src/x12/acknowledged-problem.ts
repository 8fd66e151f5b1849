import { codeWords } from "./acknowledgment/code-words.ts";
import type { Problem, ProblemLevel } from "./problem.ts";
import type { Ta1Received } from "./report.ts";
import { type SegmentData, textOf } from "./transaction-set.ts";

/*
 * What a partner found wrong, in the form of our own problems: codes and place are theirs, the sentence is ours. Nobody tells us the bytes,
 * so that there is neither offset nor length.
 */

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

/** TA105 where nothing is wrong. */
const noError = "000";

/** What a TA1 finds wrong with an interchange; nothing where it accepts it as it is. */
export function ta1Problems({ control, note }: Pick<Ta1Received, "control" | "note">): Problem[] {
  if (note === "" || note === noError) return [];
  return [
    { ...nowhere, level: "interchange", code: note, message: sentence("interchange", note, `interchange ${control}`) },
  ];
}

/** AK905 to AK909. */
export function groupProblems(codes: readonly string[], functionalId: string, control: string): Problem[] {
  const subject = `group ${functionalId} ${control}`;
  return codes.map((code) => ({ ...nowhere, level: "group", code, message: sentence("group", code, subject) }));
}

/** AK502 to AK506, or IK502 to IK506. */
export function setProblems(codes: readonly string[], type: string, control: string): Problem[] {
  const subject = `transaction set ${type} ${control}`;
  return codes.map((code) => ({ ...nowhere, level: "set", code, message: sentence("set", code, subject) }));
}

/** AK3 or IK3. */
export function segmentProblem(ak3: SegmentData): Problem {
  const code = textOf(ak3, 4);
  return { ...placeOf(ak3), level: "segment", code, message: sentence("segment", code, segmentName(ak3)) };
}

/** AK4 or IK4, beneath its AK3 or IK3. */
export function elementProblem(ak3: SegmentData, ak4: SegmentData): Problem {
  const code = textOf(ak4, 3);
  const element = numberIn(ak4, 1, 1);
  const component = numberIn(ak4, 1, 2);
  const repetition = numberIn(ak4, 1, 3);
  const value = textOf(ak4, 4) || null;
  const parts = [`element ${element ?? "?"}`];
  if (component !== null) parts.push(`component ${component}`);
  if (repetition !== null) parts.push(`repetition ${repetition}`);
  const subject = `${parts.join(", ")} of ${segmentName(ak3)}${value === null ? "" : ` ("${value}")`}`;
  return {
    ...placeOf(ak3),
    level: "element",
    code,
    element,
    component,
    repetition,
    value,
    dataElement: textOf(ak4, 2) || null,
    message: sentence("element", code, subject),
  };
}

function placeOf(ak3: SegmentData) {
  return { ...nowhere, segment: textOf(ak3, 1) || null, position: numberIn(ak3, 2), loop: textOf(ak3, 3) || null };
}

function segmentName(ak3: SegmentData): string {
  const position = numberIn(ak3, 2);
  return `${textOf(ak3, 1)}${position === null ? "" : `, segment ${position} from ST`}`;
}

/** Where each level's codes are from. */
const sources: Readonly<Record<ProblemLevel, string>> = {
  file: "",
  interchange: "TA105",
  group: "AK905",
  set: "AK502",
  segment: "AK304",
  element: "AK403",
};

function sentence(level: ProblemLevel, code: string, subject: string): string {
  const reason = codeWords(level, code) ?? "something is wrong with it";
  return `The partner reports ${subject}: ${reason} (${sources[level]} ${code || "not given"}).`;
}

/** A count or place as it came; null where it is no number. */
export function numberIn(segment: SegmentData, n: number, c = 1): number | null {
  const value = textOf(segment, n, c);
  return /^\d{1,10}$/.test(value) ? Number(value) : null;
}
