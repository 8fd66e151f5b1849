import { areSame, canDivide, type Delimiters, firstVersionWithRepetition, isAlphanumeric } from "./delimiters.ts";
import type { InterchangeHeader } from "./report.ts";
import { shortText } from "./short-text.ts";

/** Bytes of an ISA with its terminator, by the standard. */
export const isaLength = 106;
/** Widths of ISA01 to ISA16, by the standard (elements I01 to I15). */
export const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1] as const;
/** How far the sixteen separators of an ISA of wrong width are looked for. */
export const isaSearchLimit = 512;
/** Bytes needed to read any ISA: the search, component separator, terminator and a CR LF after it. */
export const isaReadAhead = isaSearchLimit + 4;

/** An ISA taken apart by its bytes. */
export interface IsaReading {
  /** ISA01 to ISA16 as they stand, blanks kept; fewer where the file ends within the ISA. */
  readonly fields: readonly string[];
  /** The same, blanks at their end trimmed. */
  readonly trimmed: readonly string[];
  /** End of the id and of each element, counted from the I of ISA. */
  readonly ends: Int32Array;
  readonly delimiters: Delimiters;
  /** Whether the file ends, or the search limit, before the terminator. */
  readonly complete: boolean;
}

/** Positions, counted from the I of ISA, of the sixteen element separators of an ISA of right width. */
const separatorPositions = isaWidths.map(
  (_, i) => 3 + isaWidths.slice(0, i).reduce((sum, width) => sum + width + 1, 0),
);

const endsOfWhole = Int32Array.of(...separatorPositions, isaLength - 1);

/** ISA09, ISA10 and ISA13, counted from 0: what differs from one interchange of a sender to the next. */
const ofEachInterchange: readonly number[] = [8, 9, 12];

/** Whether `bytes` has, at `at`, an ISA of right width (its first 104 bytes; `end` bounds the bytes). */
export function isWholeIsaAt(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + isaLength > end || !startsIsa(bytes, at, end)) return false;
  const separator = bytes[at + 3];
  for (const position of separatorPositions) if (bytes[at + position] !== separator) return false;
  return true;
}

/** Whether the letters ISA and a possible element separator stand at `at`. */
export function startsIsa(bytes: Uint8Array, at: number, end: number): boolean {
  return (
    at + 4 <= end && bytes[at] === 0x49 && bytes[at + 1] === 0x53 && bytes[at + 2] === 0x41 && canDivide(bytes[at + 3]!)
  );
}

/** Whether an ISA of any width begins at `at`: its separator is there again after the two characters of ISA01. */
export function isLikelyIsaAt(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 7 <= end && startsIsa(bytes, at, end) && bytes[at + 6] === bytes[at + 3];
}

/**
 * Takes apart the ISA that begins at `start`. Byte positions lead where the ISA is as wide as the standard has it; otherwise
 * (trimmed by a mail gateway, filled with too long ids) its sixteen separators are counted. `bytes` must hold
 * {@link isaReadAhead} bytes from `start`, or all there are.
 *
 * @param before the ISA before it in the file: what is the same in both is not made anew.
 */
export function readIsa(bytes: Uint8Array, start: number, end: number, before: IsaReading | null = null): IsaReading {
  const like = before === null ? null : readLike(before, bytes, start, end);
  if (like !== null) return like;
  const separator = bytes[start + 3]!;
  const isWhole = isWholeIsaAt(bytes, start, end);
  const ends = isWhole ? endsOfWhole : endsOfOther(bytes, start, end);
  const isCut = !isWhole && (start + ends.at(-1)! >= end || ends.length < 17);
  const text = (from: number, to: number) => latin1(bytes, start + from, Math.min(start + to, end));
  const fields = Array.from(ends.subarray(1), (fieldEnd, n) => text(ends[n]! + 1, fieldEnd));
  const trimmed = fields.map((field) => field.trimEnd());
  if (isCut) {
    return {
      fields,
      trimmed,
      ends,
      complete: false,
      delimiters: { ...noDelimiters, element: String.fromCharCode(separator) },
    };
  }
  const terminatorAt = ends[16]!;
  const delimiters: Delimiters = {
    element: String.fromCharCode(separator),
    segment: text(terminatorAt, terminatorAt + 1),
    component: fields[15]!,
    repetition: repetitionSeparator(fields[10]!, fields[11]!),
    lineBreak: lineBreakAfter(text(terminatorAt + 1, terminatorAt + 3)),
  };
  const areKnown = before !== null && areSame(before.delimiters, delimiters);
  return { fields, trimmed, ends, complete: true, delimiters: areKnown ? before.delimiters : delimiters };
}

/** Where the parts of an ISA end that is not as wide as the standard has it; fewer than seventeen where it has no end. */
function endsOfOther(bytes: Uint8Array, start: number, end: number): Int32Array {
  const separator = bytes[start + 3]!;
  const ends: number[] = [];
  const limit = Math.min(end, start + isaSearchLimit);
  for (let i = start + 3; i < limit && ends.length < 16; i++) if (bytes[i] === separator) ends.push(i - start);
  if (ends.length < 16) ends.push(limit - start);
  else ends.push(ends[15]! + (isIsa16Missing(bytes, start + ends[15]! + 1, end) ? 1 : 2));
  // What the file ends before is no part of the segment.
  ends.push(Math.min(ends.pop()!, end - start));
  return Int32Array.from(ends);
}

/**
 * An ISA of right width that differs from the one before it in date, time and control number alone; null for any other. A file of small
 * interchanges has as many of these as of anything: what is the same in all of them is held once.
 */
function readLike(before: IsaReading, bytes: Uint8Array, start: number, end: number): IsaReading | null {
  const { fields, trimmed, delimiters } = before;
  if (before.ends !== endsOfWhole || !isWholeIsaAt(bytes, start, end)) return null;
  if (bytes[start + 3] !== delimiters.element.charCodeAt(0)) return null;
  if (!isFollowedAlike(delimiters, bytes, start + isaLength - 1, end)) return null;
  for (let n = 0; n < fields.length; n++) {
    if (!isTextAt(bytes, start + endsOfWhole[n]! + 1, fields[n]!) && !ofEachInterchange.includes(n)) return null;
  }
  const ownFields = fields.slice();
  const ownTrimmed = trimmed.slice();
  for (const n of ofEachInterchange) {
    const from = start + endsOfWhole[n]! + 1;
    if (isTextAt(bytes, from, fields[n]!)) continue;
    const field = shortText(bytes, from, isaWidths[n]!);
    ownFields[n] = field;
    ownTrimmed[n] = field.trimEnd();
  }
  return { fields: ownFields, trimmed: ownTrimmed, ends: endsOfWhole, complete: true, delimiters };
}

/** Whether an ISA ends at `at` with the same terminator and line break as another did. */
function isFollowedAlike({ segment, lineBreak }: Delimiters, bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at] !== segment.charCodeAt(0) || at + 3 > end) return false;
  const [first, second] = [bytes[at + 1]!, bytes[at + 2]!];
  const isBreak = (byte: number) => byte === 0x0d || byte === 0x0a;
  if (lineBreak === "") return !isBreak(first);
  if (first !== lineBreak.charCodeAt(0)) return false;
  // CR LF is one line break, CR alone another.
  return lineBreak.length === 2 ? second === 0x0a : first !== 0x0d || second !== 0x0a;
}

function isTextAt(bytes: Uint8Array, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

/** Whether an ISA differs from another only in its date, its time and its control number, of which no two are alike. */
export function isLikeIsa(isa: IsaReading, other: IsaReading): boolean {
  if (isa.ends !== other.ends || isa.delimiters !== other.delimiters) return false;
  for (let i = 0; i < isa.fields.length; i++) {
    if (isa.fields[i] !== other.fields[i] && !ofEachInterchange.includes(i)) return false;
  }
  return true;
}

/** The ISA's fields by name, blanks at their end trimmed. */
export function interchangeHeaderOf({ trimmed }: IsaReading): InterchangeHeader {
  return headerOfFields(trimmed);
}

/** An interchange's header from ISA01 to ISA16, blanks at their end already trimmed. */
export function headerOfFields(fields: readonly string[]): InterchangeHeader {
  const field = (n: number) => fields[n - 1] ?? "";
  return {
    authorizationQualifier: field(1),
    authorization: field(2),
    securityQualifier: field(3),
    security: field(4),
    senderQualifier: field(5),
    senderId: field(6),
    receiverQualifier: field(7),
    receiverId: field(8),
    date: field(9),
    time: field(10),
    version: field(12),
    control: field(13),
    acknowledgmentRequested: field(14) === "1",
    usage: field(15),
  };
}

const noDelimiters: Delimiters = { element: "", segment: "", component: "", repetition: null, lineBreak: "" };

/** Whether the byte at `at`, after the sixteenth separator, is not ISA16 but already the terminator. */
function isIsa16Missing(bytes: Uint8Array, at: number, end: number): boolean {
  const next = at + 1 < end ? bytes[at + 1]! : 0;
  if (isAlphanumeric(next)) return true;
  if (next !== 0x0d && next !== 0x0a) return false;
  // `~` before a line break: the terminator if the next line ends with it too, otherwise ISA16 of newline-ended segments.
  let lineEnd = at + 3;
  while (lineEnd < end && bytes[lineEnd] !== 0x0d && bytes[lineEnd] !== 0x0a) lineEnd++;
  return bytes[lineEnd - 1] === bytes[at];
}

function repetitionSeparator(isa11: string, version: string): string | null {
  if (!/^\d{5}$/.test(version) || version < firstVersionWithRepetition) return null;
  return isa11.length === 1 && canDivide(isa11.charCodeAt(0)) ? isa11 : null;
}

function lineBreakAfter(following: string): string {
  if (following === "\r\n") return following;
  return following.startsWith("\r") || following.startsWith("\n") ? following.slice(0, 1) : "";
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString("latin1", from, to);
}
