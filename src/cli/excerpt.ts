import type { Delimiters, Problem } from "../x12/index.ts";
import type { Input } from "./input.ts";
import { printable } from "./terminal.ts";

/** The segment that a problem is in, as it stands in the file, and the marks that go beneath it. */
export interface Excerpt {
  readonly text: string;
  /** Blanks, then one ^ for each bad character; a single one where something is missing. */
  readonly marks: string;
}

/** How far from the bad part the ends of its segment are looked for, bytes. */
const reach = 4096;
const cut = "\u2026";

/**
 * Reads the segment around a problem from the file. A segment that is wider than `width` columns is cut to what lies around
 * the bad part. Null where there is nothing to show.
 */
export async function excerptOf(
  input: Input,
  problem: Problem,
  delimiters: Delimiters | null,
  width: number,
): Promise<Excerpt | null> {
  if (problem.offset === null) return null;
  const from = Math.max(0, problem.offset - reach);
  const bytes = await input.range(from, problem.offset - from + reach);
  const segment = segmentAround(bytes, problem.offset - from, delimiters?.segment || "\n");
  if (segment.start === segment.end) return null;
  const badStart = clamp(problem.offset - from, segment.start, segment.end);
  const badEnd = clamp(problem.offset - from + (problem.length ?? 0), badStart, segment.end);
  const before = textOf(bytes, segment.start, badStart);
  const bad = textOf(bytes, badStart, badEnd);
  const after = textOf(bytes, badEnd, segment.end);
  return fitted(width, [...before], [...bad], [...after]);
}

/**
 * Where the segment lies that byte `at` is in. What is missing at the end of a file is shown after the last segment there is.
 */
function segmentAround(bytes: Buffer, at: number, terminator: string): { start: number; end: number } {
  const startFrom = (place: number): number => {
    const before = place === 0 ? -1 : bytes.lastIndexOf(terminator, place - 1, "latin1");
    let start = before + 1;
    while (bytes[start] === 0x0d || bytes[start] === 0x0a) start++;
    return start;
  };
  let start = startFrom(at);
  if (start >= bytes.length) {
    let last = Math.min(at, bytes.length);
    while (last > 0 && /[\s\x1a]/.test(String.fromCharCode(bytes[last - 1]!))) last--;
    start = startFrom(Math.max(0, last - 1));
  }
  const found = bytes.indexOf(terminator, Math.max(start, at < bytes.length ? at : start), "latin1");
  let end = found < 0 ? bytes.length : found + (terminator === "\n" ? 0 : 1);
  while (end > start && (bytes[end - 1] === 0x0d || bytes[end - 1] === 0x0a)) end--;
  return { start: Math.min(start, end), end };
}

function textOf(bytes: Buffer, from: number, to: number): string {
  const part = bytes.subarray(from, to);
  const utf8 = part.toString("utf8");
  return printable(utf8.includes("\ufffd") ? part.toString("latin1") : utf8);
}

/** The three parts of a segment, as characters, in at most `width` columns: the bad part first, then what is around it. */
function fitted(width: number, before: string[], bad: string[], after: string[]): Excerpt {
  const half = Math.floor(width / 2);
  const shownBad = bad.slice(0, half);
  const left = width - Math.max(1, shownBad.length);
  const shownBefore = lastOf(before, Math.max(half - shownBad.length, left - after.length, 1));
  const shownAfter = shownBad.length < bad.length ? [cut] : firstOf(after, left - shownBefore.length);
  return {
    text: [...shownBefore, ...shownBad, ...shownAfter].join(""),
    marks: " ".repeat(shownBefore.length) + "^".repeat(Math.max(1, shownBad.length)),
  };
}

function firstOf(characters: string[], most: number): string[] {
  return characters.length <= most ? characters : [...characters.slice(0, Math.max(0, most - 1)), cut];
}

function lastOf(characters: string[], most: number): string[] {
  return characters.length <= most ? characters : [cut, ...characters.slice(characters.length - most + 1)];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
