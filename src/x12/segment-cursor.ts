import { isUtf8 } from "node:buffer";
import type { SegmentCursor } from "./segment.ts";

/** Room for tokens of one segment at first; grown when a segment has more. */
const initialTokens = 64;
/** Ids of segments kept as strings; a file of nonsense ids must not fill memory. */
const idCacheLimit = 4096;

/**
 * The one segment under the scanner. The scanner fills the token arrays while it looks for the terminator, all positions
 * counted from the segment's first byte, so that a move of the buffer does not touch them.
 */
export class ScannedSegment implements SegmentCursor {
  position = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** File offset of the first byte of `bytes`. */
  base = 0;
  /** Index in `bytes` of the segment's first byte. */
  start = 0;
  /** `ends[0]` is the end of the id, `ends[n]` that of element n. */
  ends = new Int32Array(initialTokens);
  /** How many of `ends` are in use: the elements and the id. */
  endCount = 0;
  /** Component and repetition separators of all elements: position << 1, with 1 for a repetition separator. */
  inner = new Int32Array(initialTokens);
  innerCount = 0;
  /** `innerEnds[n]` is how many of `inner` lie before the end of element n. */
  innerEnds = new Int32Array(initialTokens);
  /** Element whose binary data were passed over because they are longer than a segment may be held; 0 for none. */
  droppedElement = 0;
  /** Bytes of it that are not in `bytes`. */
  dropped = 0;

  readonly #ids = new Map<number, string>();

  /** Forgets the last segment's tokens. */
  clear(): void {
    this.endCount = 0;
    this.innerCount = 0;
    this.droppedElement = 0;
    this.dropped = 0;
  }

  /** Doubles the room for element ends. */
  growEnds(): void {
    this.ends = doubled(this.ends);
    this.innerEnds = doubled(this.innerEnds);
  }

  /** Doubles the room for component and repetition separators. */
  growInner(): void {
    this.inner = doubled(this.inner);
  }

  get id(): string {
    const { bytes, start } = this;
    const length = this.ends[0]!;
    if (length > 3 || length === 0) return this.#text(0, length);
    let key = length;
    for (let i = 0; i < length; i++) key = (key << 8) | bytes[start + i]!;
    const cached = this.#ids.get(key);
    if (cached !== undefined) return cached;
    const id = this.#text(0, length);
    if (this.#ids.size < idCacheLimit) this.#ids.set(key, id);
    return id;
  }

  get offset(): number {
    return this.base + this.start;
  }

  get length(): number {
    return this.ends[this.endCount - 1]! + this.dropped;
  }

  get elementCount(): number {
    return this.endCount - 1;
  }

  has(n: number): boolean {
    if (n < 1 || n >= this.endCount) return false;
    if (n === this.droppedElement) return true;
    const length = this.ends[n]! - this.ends[n - 1]! - 1;
    return length > this.innerEnds[n]! - this.innerEnds[n - 1]!;
  }

  element(n: number): string {
    if (n < 1 || n >= this.endCount) return "";
    return this.#text(this.ends[n - 1]! + 1, this.ends[n]!);
  }

  repetitionCount(n: number): number {
    if (n < 1 || n >= this.endCount) return 1;
    let count = 1;
    for (let i = this.innerEnds[n - 1]!; i < this.innerEnds[n]!; i++) count += this.inner[i]! & 1;
    return count;
  }

  componentCount(n: number, r: number): number {
    if (n < 1 || n >= this.endCount) return 1;
    let repetition = 1;
    let count = 1;
    for (let i = this.innerEnds[n - 1]!; i < this.innerEnds[n]!; i++) {
      if ((this.inner[i]! & 1) === 1) repetition++;
      else if (repetition === r) count++;
    }
    return count;
  }

  component(n: number, r: number, c: number): string {
    const from = this.#from(n, r, c);
    return this.#text(from, this.#to(n, r, c, from));
  }

  offsetOf(n: number, r?: number, c?: number): number {
    const at = this.#from(n, r, c);
    return this.base + this.start + at + (n > this.droppedElement && this.droppedElement > 0 ? this.dropped : 0);
  }

  lengthOf(n: number, r?: number, c?: number): number {
    const from = this.#from(n, r, c);
    return this.#to(n, r, c, from) - from + (n === this.droppedElement ? this.dropped : 0);
  }

  /** Where a part begins, from the segment's first byte; the end of what it would stand in, where it is missing. */
  #from(n: number, r: number | undefined, c: number | undefined): number {
    if (n < 1) return 0;
    if (n >= this.endCount) return this.ends[this.endCount - 1]!;
    const begin = this.ends[n - 1]! + 1;
    if (r === undefined && c === undefined) return begin;
    const last = this.innerEnds[n]!;
    let from = begin;
    let repetition = 1;
    let component = 1;
    const wantedRepetition = r ?? 1;
    const wantedComponent = c ?? 1;
    for (let i = this.innerEnds[n - 1]!; i < last; i++) {
      if (repetition === wantedRepetition && component === wantedComponent) return from;
      const token = this.inner[i]!;
      if ((token & 1) === 1) {
        if (repetition === wantedRepetition) return token >> 1;
        repetition++;
        component = 1;
      } else {
        component++;
      }
      from = (token >> 1) + 1;
    }
    return repetition === wantedRepetition && component === wantedComponent ? from : this.ends[n]!;
  }

  #to(n: number, r: number | undefined, c: number | undefined, from: number): number {
    if (n < 1) return this.ends[0]!;
    if (n >= this.endCount) return from;
    if (r === undefined && c === undefined) return this.ends[n]!;
    const last = this.innerEnds[n]!;
    for (let i = this.innerEnds[n - 1]!; i < last; i++) {
      const token = this.inner[i]!;
      const at = token >> 1;
      if (at >= from && (c !== undefined || (token & 1) === 1)) return at;
    }
    return this.ends[n]!;
  }

  #text(from: number, to: number): string {
    return decodeText(this.bytes, this.start + from, this.start + to);
  }
}

/** Bytes as text: UTF-8 where they are that (ASCII included), otherwise Latin-1. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  if (from >= to) return "";
  const view = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = from; i < to; i++) {
    if (view[i]! > 0x7f) return view.toString(isUtf8(view.subarray(from, to)) ? "utf8" : "latin1", from, to);
  }
  return view.toString("latin1", from, to);
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
