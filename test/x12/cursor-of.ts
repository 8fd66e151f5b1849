import type { Problem } from "../../src/x12/problem.ts";
import type { SegmentCursor } from "../../src/x12/segment.ts";
import type { SetValidator } from "../../src/x12/set-validator.ts";

/** Delimiters of the sets in these tests. */
const element = "*";
const component = ">";
const repetition = "^";
const terminator = "~";

interface Part {
  readonly text: string;
  /** Byte offset in the file. */
  readonly offset: number;
}

function parts(whole: Part, separator: string): Part[] {
  let offset = whole.offset;
  return whole.text.split(separator).map((text) => {
    const part = { text, offset };
    offset += Buffer.byteLength(text) + 1;
    return part;
  });
}

/** A cursor over one segment written as text, for tests that need no reader. `offset` is where it stands in `bytes`. */
export function cursorOf(text: string, position: number, offset: number, bytes: Uint8Array): SegmentCursor {
  const [id, ...elements] = parts({ text, offset }, element);
  const end = offset + Buffer.byteLength(text);
  const missing: Part = { text: "", offset: end };
  const part = (n: number, r?: number, c?: number): Part => {
    const whole = elements[n - 1] ?? missing;
    if (r === undefined && c === undefined) return whole;
    const repeated = parts(whole, repetition)[(r ?? 1) - 1];
    if (repeated === undefined) return { text: "", offset: whole.offset + Buffer.byteLength(whole.text) };
    return (
      parts(repeated, component)[(c ?? 1) - 1] ?? {
        text: "",
        offset: repeated.offset + Buffer.byteLength(repeated.text),
      }
    );
  };
  return {
    id: id!.text,
    position,
    offset,
    length: Buffer.byteLength(text),
    elementCount: elements.length,
    has: (n) => part(n).text.replaceAll(component, "").replaceAll(repetition, "") !== "",
    element: (n) => part(n).text,
    repetitionCount: (n) => part(n).text.split(repetition).length,
    componentCount: (n, r) => (part(n).text.split(repetition)[r - 1] ?? "").split(component).length,
    component: (n, r, c) => part(n, r, c).text,
    offsetOf: (n, r, c) => part(n, r, c).offset,
    lengthOf: (n, r, c) => Buffer.byteLength(part(n, r, c).text),
    bytes,
    base: 0,
  };
}

/** Cursors over every segment of a set written as text: `ST*850*0001~BEG*...~SE*2*0001~`, line breaks allowed. */
export function cursorsOf(set: string): SegmentCursor[] {
  const bytes = new Uint8Array(Buffer.from(set));
  const cursors: SegmentCursor[] = [];
  for (const raw of parts({ text: set, offset: 0 }, terminator)) {
    const text = raw.text.trimStart();
    if (text === "") continue;
    const offset = raw.offset + Buffer.byteLength(raw.text) - Buffer.byteLength(text);
    cursors.push(cursorOf(text, cursors.length + 1, offset, bytes));
  }
  return cursors;
}

/** Runs a set written as text, SE included, through a validator and gives every problem found. */
export function problemsOf(validator: SetValidator, set: string): Problem[] {
  const problems: Problem[] = [];
  validator.begin((problem) => problems.push(problem));
  for (const cursor of cursorsOf(set)) {
    if (cursor.id === "SE") {
      validator.end(cursor);
      return problems;
    }
    validator.segment(cursor);
  }
  validator.end(null);
  return problems;
}

/** A problem in short: level's code and place, as `AK304 3 PO1 @7` or `AK403 7 BEG02 @2`. */
export function brief(problem: Problem): string {
  if (problem.level === "segment") return `AK304 ${problem.code} ${problem.segment} @${problem.position}`;
  const repeated = problem.repetition === null ? "" : `^${problem.repetition}`;
  const part = problem.component === null ? "" : `-${problem.component}`;
  const reference = `${problem.segment}${String(problem.element).padStart(2, "0")}${repeated}${part}`;
  return `AK403 ${problem.code} ${reference} @${problem.position}`;
}
