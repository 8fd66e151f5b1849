import { isUtf8 } from "node:buffer";
import {
  type BlockScan,
  firstField,
  flagBits,
  hasInnerSeparators,
  hasUnusualBytes,
  keyField,
  lastField,
  perSegment,
  startField,
} from "./block-scan.ts";
import type { SegmentCursor } from "./segment.ts";
import { noKey, segmentKeyAt } from "./segment-key.ts";
import { longestShortText, shortText } from "./short-text.ts";

/** Room for tokens of one segment at first; grown when a segment has more. */
const initialTokens = 64;
/** Ids of segments kept as strings; a file of nonsense ids must not fill memory. */
const idCacheLimit = 4096;

/**
 * The one segment under the scanner. Where its elements end stands either in arrays of its own, which the scanner fills while it
 * looks for the terminator, or, where a whole block was scanned at once, in those of the block.
 */
export class ScannedSegment implements SegmentCursor {
  position = 0;
  bytes: Uint8Array = new Uint8Array(0);
  /** File offset of the first byte of `bytes`. */
  base = 0;
  /** Index in `bytes` of the segment's first byte. */
  start = 0;
  length = 0;
  /** Index in `bytes` that the positions in `ends` and `inner` are counted from. */
  origin = 0;
  /** `ends[first]` is the end of the id, `ends[first + n]` that of element n. */
  ends = new Int32Array(initialTokens);
  first = 0;
  /** How many of `ends` are in use: the elements and the id. */
  endCount = 0;
  /** Component and repetition separators of all elements: position << 1, with 1 for a repetition separator. */
  inner = new Int32Array(initialTokens);
  innerCount = 0;
  /** `innerEnds[first + n]` is how many of `inner` lie before the end of element n; means nothing without {@link hasInner}. */
  innerEnds = new Int32Array(initialTokens);
  /** What is known of all its bytes: {@link hasUnusualBytes} (or may have), {@link hasInnerSeparators}. */
  flags = 0;
  /** Its id in short, see `segmentKey`. */
  key = noKey;
  /** Element whose binary data were passed over because they are longer than a segment may be held; 0 for none. */
  droppedElement = 0;
  /** Bytes of it that are not in `bytes`. */
  dropped = 0;

  readonly #ids = new Map<number, string>();
  /** The block that it stands in, by its number; -1 where its positions are its own. */
  blockNumber = -1;
  /** The segments of that block. */
  #segments = new Int32Array(0);
  #own = { ends: this.ends, innerEnds: this.innerEnds, inner: this.inner };
  /** All of the segment as text, once an element of a printable one was asked for. */
  #whole: string | null = null;

  /** Begins with a new segment, whose positions will be written into arrays of its own. */
  clear(): void {
    this.ends = this.#own.ends;
    this.innerEnds = this.#own.innerEnds;
    this.inner = this.#own.inner;
    this.blockNumber = -1;
    this.first = 0;
    this.endCount = 0;
    this.innerCount = 0;
    this.droppedElement = 0;
    this.dropped = 0;
  }

  /** What was begun by {@link clear} is all there: it lies in `bytes` from `start`, where its positions are counted from. */
  placeAt(bytes: Uint8Array, base: number, start: number): void {
    this.bytes = bytes;
    this.base = base;
    this.start = start;
    this.origin = start;
    this.length = this.ends[this.endCount - 1]! + this.dropped;
    this.flags = this.innerCount > 0 ? hasUnusualBytes | hasInnerSeparators : hasUnusualBytes;
    this.#whole = null;
    this.key = segmentKeyAt(bytes, start, this.ends[0]!);
  }

  /** Its positions are from now on those of this block, which lies in `bytes` from `origin`. */
  enterBlock(block: BlockScan, bytes: Uint8Array, base: number): void {
    const { ends, inner, innerEnds, segments, innerCount } = block.positions;
    this.blockNumber = block.number;
    this.bytes = bytes;
    this.base = base;
    this.origin = block.origin;
    this.ends = ends;
    this.inner = inner;
    this.innerCount = innerCount;
    this.innerEnds = innerEnds;
    this.#segments = segments;
    this.droppedElement = 0;
    this.dropped = 0;
  }

  /** Moves onto segment `index` of the block. */
  placeInBlock(index: number): void {
    const segments = this.#segments;
    const entry = index * perSegment;
    const start = segments[entry + startField]!;
    const first = segments[entry + firstField]!;
    const last = segments[entry + lastField]!;
    this.start = this.origin + start;
    this.first = first;
    this.endCount = (last >> flagBits) - first + 1;
    this.length = this.ends[last >> flagBits]! - start;
    this.flags = last;
    this.#whole = null;
    this.key = segments[entry + keyField]!;
  }

  /** Whether any component or repetition separator stands in the segment. */
  get hasInner(): boolean {
    return (this.flags & hasInnerSeparators) !== 0;
  }

  /** Whether all of its bytes are known to be printable ASCII. */
  get isPrintable(): boolean {
    return (this.flags & hasUnusualBytes) === 0;
  }

  /** Doubles the room for element ends. */
  growEnds(): void {
    this.#own.ends = doubled(this.#own.ends);
    this.#own.innerEnds = doubled(this.#own.innerEnds);
    this.ends = this.#own.ends;
    this.innerEnds = this.#own.innerEnds;
  }

  /** Doubles the room for component and repetition separators. */
  growInner(): void {
    this.#own.inner = doubled(this.#own.inner);
    this.inner = this.#own.inner;
  }

  get id(): string {
    const { key } = this;
    if (key === noKey) return this.#text(this.start - this.origin, this.ends[this.first]!);
    const cached = this.#ids.get(key);
    if (cached !== undefined) return cached;
    const id = this.#text(this.start - this.origin, this.ends[this.first]!);
    if (this.#ids.size < idCacheLimit) this.#ids.set(key, id);
    return id;
  }

  get offset(): number {
    return this.base + this.start;
  }

  get elementCount(): number {
    return this.endCount - 1;
  }

  has(n: number): boolean {
    if (n < 1 || n >= this.endCount) return false;
    if (n === this.droppedElement) return true;
    const at = this.first + n;
    const length = this.ends[at]! - this.ends[at - 1]! - 1;
    return this.hasInner ? length > this.innerEnds[at]! - this.innerEnds[at - 1]! : length > 0;
  }

  element(n: number): string {
    if (n < 1 || n >= this.endCount) return "";
    const at = this.first + n;
    return this.#text(this.ends[at - 1]! + 1, this.ends[at]!);
  }

  /** The whole of element `n`, of a segment of which little else is asked: it need not become text as a whole. */
  elementAlone(n: number): string {
    if (!this.isPrintable || n < 1 || n >= this.endCount) return this.element(n);
    const from = this.ends[this.first + n - 1]! + 1;
    const length = this.ends[this.first + n]! - from;
    return length > longestShortText ? this.element(n) : shortText(this.bytes, this.origin + from, length);
  }

  /** Whether element `n` reads so; without making a string of it, where it can be told without. */
  elementIs(n: number, text: string): boolean {
    if (!this.isPrintable || n < 1 || n >= this.endCount) return this.element(n) === text;
    const at = this.first + n;
    const from = this.ends[at - 1]! + 1;
    if (this.ends[at]! - from !== text.length) return false;
    const start = this.origin + from;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== this.bytes[start + i]) return false;
    return true;
  }

  /** The whole of element `n`; the string given, if it is the same, so that what comes again and again is held once. */
  elementLike(n: number, known: string | undefined): string {
    return known !== undefined && this.elementIs(n, known) ? known : this.elementAlone(n);
  }

  repetitionCount(n: number): number {
    if (n < 1 || n >= this.endCount || !this.hasInner) return 1;
    const at = this.first + n;
    let count = 1;
    for (let i = this.innerEnds[at - 1]!; i < this.innerEnds[at]!; i++) count += this.inner[i]! & 1;
    return count;
  }

  componentCount(n: number, r: number): number {
    if (n < 1 || n >= this.endCount || !this.hasInner) return 1;
    const at = this.first + n;
    let repetition = 1;
    let count = 1;
    for (let i = this.innerEnds[at - 1]!; i < this.innerEnds[at]!; i++) {
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
    const dropped = n > this.droppedElement && this.droppedElement > 0 ? this.dropped : 0;
    return this.base + this.origin + this.#from(n, r, c) + dropped;
  }

  lengthOf(n: number, r?: number, c?: number): number {
    const from = this.#from(n, r, c);
    return this.#to(n, r, c, from) - from + (n === this.droppedElement ? this.dropped : 0);
  }

  /** Where a part begins, from the origin; the end of what it would stand in, where it is missing. */
  #from(n: number, r: number | undefined, c: number | undefined): number {
    if (n < 1) return this.start - this.origin;
    const at = this.first + n;
    if (n >= this.endCount) return this.ends[this.first + this.endCount - 1]!;
    const begin = this.ends[at - 1]! + 1;
    if (r === undefined && c === undefined) return begin;
    const wantedRepetition = r ?? 1;
    const wantedComponent = c ?? 1;
    if (!this.hasInner) return wantedRepetition === 1 && wantedComponent === 1 ? begin : this.ends[at]!;
    const last = this.innerEnds[at]!;
    let from = begin;
    let repetition = 1;
    let component = 1;
    for (let i = this.innerEnds[at - 1]!; i < last; i++) {
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
    return repetition === wantedRepetition && component === wantedComponent ? from : this.ends[at]!;
  }

  #to(n: number, r: number | undefined, c: number | undefined, from: number): number {
    if (n < 1) return this.ends[this.first]!;
    if (n >= this.endCount) return from;
    const at = this.first + n;
    if ((r === undefined && c === undefined) || !this.hasInner) return this.ends[at]!;
    const last = this.innerEnds[at]!;
    for (let i = this.innerEnds[at - 1]!; i < last; i++) {
      const token = this.inner[i]!;
      const end = token >> 1;
      if (end >= from && (c !== undefined || (token & 1) === 1)) return end;
    }
    return this.ends[at]!;
  }

  /** Bytes from the origin as text. A printable segment is made one string at its first use, and cut up from then on. */
  #text(from: number, to: number): string {
    if (from >= to) return "";
    if (!this.isPrintable) return decodeText(this.bytes, this.origin + from, this.origin + to);
    const begin = this.start - this.origin;
    this.#whole ??= asBuffer(this.bytes).toString("latin1", this.start, this.start + this.length);
    return this.#whole.substring(from - begin, to - begin);
  }
}

/** Bytes as text: UTF-8 where they are that (ASCII included), otherwise Latin-1. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  if (from >= to) return "";
  const view = asBuffer(bytes);
  for (let i = from; i < to; i++) {
    if (view[i]! > 0x7f) return view.toString(isUtf8(view.subarray(from, to)) ? "utf8" : "latin1", from, to);
  }
  return view.toString("latin1", from, to);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
