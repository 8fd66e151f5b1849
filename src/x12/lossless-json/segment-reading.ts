import { isUtf8 } from "node:buffer";
import type { Delimiters } from "../delimiters.ts";
import type { SegmentCursor } from "../segment.ts";
import {
  type ElementJson,
  isOpaque,
  LosslessJsonError,
  type PlainSegmentJson,
  type RepetitionJson,
  type SegmentJson,
  type TextJson,
} from "./form.ts";
import { segmentBytes } from "./segment-writing.ts";

/** Bytes as text, from which they can be had again. */
export function textJson(bytes: Uint8Array): TextJson {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString("utf8") : { latin1: buffer.toString("latin1") };
}

/** What stands under the cursor, but for its end. @param bytes from its first byte up to its terminator */
export function plainSegment(cursor: SegmentCursor, bytes: Buffer, delimiters: Delimiters): PlainSegmentJson {
  const text = bytes.toString("latin1");
  const [id = "", ...elements] = isOpaqueSomewhere(cursor.id)
    ? piecesUnder(cursor, text)
    : text.split(delimiters.element);
  const json = elements.map((element, i) =>
    isOpaque(id, i + 1) ? dataJson(element) : elementJson(element, delimiters),
  );
  return [dataJson(id), ...json];
}

/**
 * A segment with the bytes after it: in the plain form where it can be, otherwise with its end, and as it is where it would not
 * be read as the same again.
 */
export function segmentJson(plain: PlainSegmentJson, bytes: Buffer, end: Buffer, delimiters: Delimiters): SegmentJson {
  const isRegular = end.toString("latin1") === delimiters.segment + delimiters.lineBreak;
  const json: SegmentJson = isRegular ? plain : { segment: plain, end: textJson(end) };
  const whole = Buffer.concat([bytes, end]);
  return isSame(json, whole, delimiters) ? json : { raw: textJson(whole) };
}

function isSame(json: SegmentJson, bytes: Buffer, delimiters: Delimiters): boolean {
  try {
    return bytes.equals(segmentBytes(json, delimiters, ""));
  } catch (error) {
    if (error instanceof LosslessJsonError) return false;
    throw error;
  }
}

function isOpaqueSomewhere(id: string): boolean {
  return id === "ISA" || id === "BIN" || id === "BDS";
}

/** The id and the elements as the cursor has them, which knows where delimiters are data. */
function piecesUnder(cursor: SegmentCursor, text: string): string[] {
  const pieces = [cursor.id];
  for (let n = 1; n <= cursor.elementCount; n++) {
    const from = cursor.offsetOf(n) - cursor.offset;
    pieces.push(text.slice(from, from + cursor.lengthOf(n)));
  }
  return pieces;
}

function elementJson(text: string, { component, repetition }: Delimiters): ElementJson {
  if (repetition !== null && text.includes(repetition)) {
    return { repetitions: text.split(repetition).map((one) => repetitionJson(one, component)) };
  }
  return repetitionJson(text, component);
}

function repetitionJson(text: string, component: string): RepetitionJson {
  return component !== "" && text.includes(component) ? text.split(component).map(dataJson) : dataJson(text);
}

function dataJson(text: string): TextJson {
  return /^[\x00-\x7f]*$/.test(text) ? text : textJson(Buffer.from(text, "latin1"));
}
