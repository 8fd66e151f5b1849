import { BlockScan, longestBlock, needsCare } from "./block-scan.ts";
import { ByteWindow } from "./byte-window.ts";
import { DelimiterScan } from "./delimiter-scan.ts";
import { DelimiterTable } from "./delimiter-table.ts";
import { type Delimiters, divideAlike } from "./delimiters.ts";
import { foreignFormat } from "./foreign-format.ts";
import {
  type IsaReading,
  isaLength,
  isaReadAhead,
  isLikelyIsaAt,
  isWholeIsaAt,
  readIsa,
  startsIsa,
} from "./interchange-header.ts";
import { ScannedSegment } from "./segment-cursor.ts";
import { segmentKey } from "./segment-key.ts";
import { SegmentsAhead } from "./segments-ahead.ts";

/**
 * What {@link Scanner.next} has come to.
 *
 * - `more`: all bytes fed are used up; feed the next chunk, or say that the file is over.
 * - `header`: an ISA is under the cursor, its delimiters are in force; {@link Scanner.isa} holds it.
 * - `segment`: a whole segment is under the cursor.
 * - `cut`: the beginning of a segment is under the cursor; its terminator is missing because the file ends, or another ISA begins, first.
 * - `oversize`: the beginning of a segment is under the cursor that is longer than the limit; the rest is passed over.
 * - `stray`: bytes that belong to no interchange were passed over; {@link Scanner.stray} says which.
 * - `foreign`: the file is of another format; {@link Scanner.stray} holds its first bytes. Nothing further is read.
 * - `end`: the file is over.
 */
export type ScanEvent = "more" | "header" | "segment" | "cut" | "oversize" | "stray" | "foreign" | "end";

/** Bytes outside any interchange. */
export interface StrayBytes {
  /** First byte, from the start of the file. */
  readonly offset: number;
  readonly length: number;
  /** The first of them, at most 512. */
  readonly sample: Uint8Array;
}

/** The most bytes of one segment that are held, if nothing else is said. */
export const defaultSegmentLimit = 1 << 20;

const sampleBytes = 512;
/** An ISA is recognised in a stream of other bytes by this many of its own; they must not be let go before that. */
const lookBehind = isaLength;

/** The segments that hold binary data. */
const binaryKeys = [segmentKey("BIN"), segmentKey("BDS")];
const blank = 0x20;
const letterI = 0x49;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

type Mode = "between" | "stray" | "header" | "segment" | "oversize" | "lost" | "over";

/**
 * Divides bytes into segments. Bytes are fed in chunks of any size, {@link Scanner.next} moves on; it keeps one window of the
 * file and never more than one segment, so its memory does not grow with the file. Positions of delimiters are written into
 * reused arrays of integers; no string is made until the cursor is asked for one.
 */
export class Scanner {
  /** The segment under the cursor, valid until the next call of {@link next}. */
  readonly segment = new ScannedSegment();
  readonly #segmentLimit: number;
  readonly #window = new ByteWindow();
  readonly #scan: DelimiterScan;
  readonly #block = new BlockScan();
  readonly #ahead = new SegmentsAhead();
  #table: DelimiterTable | null = null;
  #mode: Mode = "between";
  /** Nothing but padding has been met so far. */
  #isUntouched = true;
  /** A segment has begun and is not complete. */
  #underWay = false;
  #isa: IsaReading | null = null;
  #stray: { offset: number; length: number; sample: Uint8Array } = { offset: 0, length: 0, sample: new Uint8Array(0) };

  constructor(segmentLimit = defaultSegmentLimit) {
    this.#segmentLimit = segmentLimit;
    this.#scan = new DelimiterScan(this.segment, segmentLimit);
  }

  /** A scanner for bytes that are segments of an interchange whose ISA was read before. */
  static within(delimiters: Delimiters, segmentLimit = defaultSegmentLimit): Scanner {
    const scanner = new Scanner(segmentLimit);
    scanner.#use(delimiters);
    scanner.#mode = "segment";
    return scanner;
  }

  /** The ISA that was read last. */
  get isa(): IsaReading {
    if (this.#isa === null) throw new Error("No ISA has been read yet.");
    return this.#isa;
  }

  get stray(): StrayBytes {
    return this.#stray;
  }

  /** Bytes fed so far. */
  get size(): number {
    return this.#window.size;
  }

  /** Gives the next bytes; only when {@link next} has said `more`. They may be reused by the caller after it says so again. */
  feed(chunk: Uint8Array): void {
    this.#window.feed(chunk);
  }

  /** Says that no more bytes come. */
  finish(): void {
    this.#window.finish();
  }

  /** The interchange is over (its IEA is under the cursor): whatever follows is between interchanges. */
  endInterchange(): void {
    this.#mode = "between";
  }

  /** The interchange can't be read: look for the next ISA, without a word about what lies before it. */
  abandonInterchange(): void {
    this.#mode = "lost";
  }

  /** Goes on to the next event. */
  next(): ScanEvent {
    if (this.#mode === "segment" && !this.#underWay && this.#takeFromBlock()) return "segment";
    for (;;) {
      const event = this.#step();
      if (event !== null) return event;
    }
  }

  /** These delimiters are in force from now on. */
  #use(delimiters: Delimiters): void {
    if (this.#table !== null && divideAlike(this.#table.delimiters, delimiters)) return;
    this.#table = new DelimiterTable(delimiters);
    this.#block.reset();
  }

  get #delimiters(): DelimiterTable {
    return this.#table!;
  }

  #step(): ScanEvent | null {
    switch (this.#mode) {
      case "segment":
        return this.#readSegment();
      case "header":
        return this.#readHeader();
      case "between":
        return this.#readBetween();
      case "stray":
      case "lost":
        return this.#passOverTo();
      case "oversize":
        return this.#passOverSegment();
      case "over":
        return "end";
    }
  }

  /** Moves the cursor onto what begins at the window's start, of which all delimiters are written down. */
  #placeCursor(): void {
    this.segment.placeAt(this.#window.bytes, this.#window.base, this.#window.start);
    this.#underWay = false;
    // What was dropped lies within this segment: only what comes after it moves on in the file.
    this.#window.base += this.segment.dropped;
  }

  /** Between interchanges: passes over blanks, line breaks, padding and a byte order mark, and looks what comes then. */
  #readBetween(): ScanEvent | null {
    for (;;) {
      const there = this.#window.have(1);
      if (there === null) return "more";
      if (!there) {
        this.#mode = "over";
        return "end";
      }
      const byte = this.#window.bytes[this.#window.start]!;
      if (isPadding(byte)) {
        this.#window.start++;
        continue;
      }
      if (byte === 0xef) {
        if (this.#window.have(3) === null) return "more";
        if (
          this.#window.bytes[this.#window.start + 1] === 0xbb &&
          this.#window.bytes[this.#window.start + 2] === 0xbf
        ) {
          this.#window.start += 3;
          continue;
        }
      }
      break;
    }
    // Only the file's first data say of what format it is: there as many bytes are awaited as that takes.
    const atBeginning = this.#isUntouched;
    if (this.#window.have(atBeginning ? sampleBytes : 7) === null) return "more";
    this.#isUntouched = false;
    if (startsIsa(this.#window.bytes, this.#window.start, this.#window.end)) {
      this.#mode = "header";
      return null;
    }
    const { bytes, base, start, end } = this.#window;
    const sample = Uint8Array.from(bytes.subarray(start, Math.min(end, start + sampleBytes)));
    this.#stray = { offset: base + start, length: 0, sample };
    if (atBeginning && foreignFormat(sample) !== null) {
      this.#mode = "over";
      return "foreign";
    }
    this.#mode = "stray";
    return null;
  }

  /** Passes over bytes up to the next ISA. In mode `stray` they are reported, in mode `lost` not. */
  #passOverTo(): ScanEvent | null {
    const reported = this.#mode === "stray";
    for (;;) {
      const at = this.#findIsa(this.#window.start, this.#window.end, isLikelyIsaAt);
      if (at >= 0) {
        this.#window.start = at;
        this.#mode = "header";
        return reported ? this.#reportStray() : null;
      }
      this.#window.start = Math.max(this.#window.start, this.#window.end - 6);
      if (this.#window.refill()) continue;
      if (!this.#window.finished) return "more";
      this.#window.start = this.#window.end;
      this.#mode = "over";
      return reported ? this.#reportStray() : "end";
    }
  }

  #reportStray(): ScanEvent {
    this.#stray.length = this.#window.base + this.#window.start - this.#stray.offset;
    return "stray";
  }

  /** Index of the first ISA between two places of the window that `recognise` agrees to, -1 where there is none. */
  #findIsa(from: number, to: number, recognise: (bytes: Uint8Array, at: number, end: number) => boolean): number {
    const bytes = this.#window.bytes.subarray(0, to);
    for (let at = bytes.indexOf("ISA", from, "latin1"); at >= 0; at = bytes.indexOf("ISA", at + 1, "latin1")) {
      if (recognise(bytes, at, this.#window.end)) return at;
    }
    return -1;
  }

  /** Reads the ISA at the window's start, and puts its delimiters in force. */
  #readHeader(): ScanEvent | null {
    if (this.#window.have(isaReadAhead) === null) return "more";
    const isa = readIsa(this.#window.bytes, this.#window.start, this.#window.end, this.#isa);
    this.#isa = isa;
    const { segment } = this;
    segment.clear();
    while (segment.ends.length < isa.ends.length) segment.growEnds();
    segment.ends.set(isa.ends);
    segment.endCount = isa.ends.length;
    this.#placeCursor();
    if (isa.complete) {
      this.#use(isa.delimiters);
      this.#window.start += segment.length + 1;
      this.#mode = "segment";
    } else if (this.#window.finished && this.#window.end - this.#window.start < isaReadAhead) {
      this.#window.start = this.#window.end;
      this.#mode = "over";
    } else {
      this.#window.start += 4;
      this.#mode = "lost";
    }
    return "header";
  }

  /** Reads the segment that begins, or is under way, at the window's start. */
  #readSegment(): ScanEvent | null {
    if (!this.#underWay) {
      const begun = this.#beginSegment();
      if (begun !== true) return begun;
    }
    const window = this.#window;
    while (this.#scan.toDrop > 0) {
      if (!this.#scan.drop(window) && !window.refill()) return window.finished ? this.#cutAtEnd() : "more";
    }
    for (;;) {
      if (this.#scan.scan(window, this.#delimiters)) {
        return this.#isTooLong(this.#scan.done - 1) ? this.#giveUpSegment() : this.#completeSegment();
      }
      if (this.#scan.toDrop > 0) return null;
      // An ISA at the limit must be seen whole before it is decided, so that the chunks make no difference.
      if (this.#isTooLong(window.length - lookBehind)) return this.#giveUpSegment();
      if (!window.refill()) return window.finished ? this.#cutAtEnd() : "more";
    }
  }

  /**
   * Moves on to the next segment if it lies whole in the block that was scanned and is nothing out of the ordinary: most do and
   * are. Every other one is left to be read on its own.
   */
  #takeFromBlock(): boolean {
    const window = this.#window;
    const block = this.#block;
    const index = block.segmentAt(window, this.#delimiters);
    if (index < 0) return false;
    const { segment } = this;
    if (segment.blockNumber !== block.number) segment.enterBlock(block, window.bytes, window.base);
    segment.placeInBlock(index);
    const { start, length } = segment;
    if (length > this.#segmentLimit || ((segment.flags & needsCare) !== 0 && this.#isOutOfTheOrdinary())) return false;
    window.start = start + length + 1;
    block.pass();
    return true;
  }

  /**
   * The whole segments that lie ahead of the cursor in a scanned block; null where the next one must be asked for by
   * {@link next}. What is under the cursor is void after that.
   */
  ahead(): SegmentsAhead | null {
    if (this.#mode !== "segment" || this.#underWay || this.#segmentLimit < longestBlock) return null;
    const block = this.#block;
    const window = this.#window;
    const next = block.segmentAt(window, this.#delimiters);
    if (next < 0) return null;
    const ahead = this.#ahead;
    ahead.positions = block.positions;
    ahead.next = next;
    ahead.bytes = window.bytes;
    ahead.origin = block.origin;
    ahead.base = window.base;
    return ahead;
  }

  /** Passes over the first `count` of {@link ahead}; whether those were all. */
  pass(count: number): boolean {
    const { next, positions } = this.#ahead;
    this.#window.start = this.#ahead.endOf(count);
    this.#block.pass(count);
    return next + count === positions.segmentCount;
  }

  /** Whether the segment from a block that is under the cursor must be read on its own after all. */
  #isOutOfTheOrdinary(): boolean {
    const { bytes, start, key, endCount, origin } = this.segment;
    if (bytes[start]! <= blank || binaryKeys.includes(key) || startsIsa(bytes, start, this.#window.end)) return true;
    return endCount > 16 && this.#gluedIsa(start, origin) >= 0;
  }

  /** Whether the segment under way, if it has `length` bytes, is longer than may be held. */
  #isTooLong(length: number): boolean {
    return length > this.#segmentLimit + this.#scan.binary;
  }

  /** Passes over line breaks to the first byte of a segment, and sees whether it is an ISA; true where it is to be scanned. */
  #beginSegment(): ScanEvent | null | true {
    for (;;) {
      const there = this.#window.have(1);
      if (there === null) return "more";
      if (!there) {
        this.#mode = "over";
        return "end";
      }
      const byte = this.#window.bytes[this.#window.start]!;
      if (byte !== carriageReturn && byte !== lineFeed) break;
      this.#window.start++;
    }
    // An ISA may begin here with delimiters of its own, where the IEA before it is missing.
    if (this.#window.bytes[this.#window.start] === letterI) {
      if (this.#window.have(4) === null) return "more";
      if (startsIsa(this.#window.bytes, this.#window.start, this.#window.end)) {
        this.#mode = "header";
        return null;
      }
    }
    const first = this.#window.bytes[this.#window.start]!;
    if (isPadding(first) && !this.#delimiters.isDelimiter(first)) {
      const over = this.#onlyPaddingLeft();
      if (over !== false) return over;
    }
    this.#scan.begin();
    this.#underWay = true;
    return true;
  }

  /** Whether the file ends with nothing but padding from here; that is no segment. */
  #onlyPaddingLeft(): ScanEvent | false {
    for (let ahead = 1; ; ahead++) {
      const there = this.#window.have(ahead);
      if (there === null) return "more";
      if (!there) {
        this.#window.start = this.#window.end;
        this.#mode = "over";
        return "end";
      }
      if (!isPadding(this.#window.bytes[this.#window.start + ahead - 1]!) || ahead > sampleBytes) return false;
    }
  }

  #completeSegment(): ScanEvent {
    const glued = this.segment.endCount > 16 ? this.#gluedIsa(this.#window.start, this.#window.start) : -1;
    if (glued >= 0) return this.#cutBefore(glued);
    this.#placeCursor();
    this.#window.start += this.#scan.done;
    return "segment";
  }

  /** Where, in a segment of many elements, an ISA begins that a cut-off segment before it runs into; -1 for none. It begins at `start`, its positions count from `origin`. */
  #gluedIsa(start: number, origin: number): number {
    const { ends, first, endCount } = this.segment;
    for (let n = first; n + 16 < first + endCount; n++) {
      if (ends[n + 1]! - ends[n]! !== 3 || ends[n + 2]! - ends[n + 1]! !== 11) continue;
      const at = origin + ends[n]! - 3;
      if (at > start && isWholeIsaAt(this.#window.bytes, at, this.#window.end)) return at;
    }
    return -1;
  }

  /** The segment under way ends before the ISA at `at`, without a terminator. */
  #cutBefore(at: number): ScanEvent {
    this.#endCursorAt(at - this.#window.start);
    this.#placeCursor();
    this.#window.start = at;
    this.#mode = "header";
    return "cut";
  }

  /** The file ends within the segment under way; unless an ISA stands in it, that is all there is. */
  #cutAtEnd(): ScanEvent {
    const glued = this.#findIsa(this.#window.start + 1, this.#window.end, isWholeIsaAt);
    if (glued >= 0) return this.#cutBefore(glued);
    const { segment } = this;
    if (segment.endCount === segment.ends.length) segment.growEnds();
    segment.ends[segment.endCount] = this.#window.end - this.#window.start;
    segment.innerEnds[segment.endCount++] = segment.innerCount;
    this.#placeCursor();
    this.#window.start = this.#window.end;
    this.#mode = "over";
    return "cut";
  }

  /** The segment under way is too long: what lies within the limit stays under the cursor. */
  #giveUpSegment(): ScanEvent {
    const limit = this.#window.start + this.#segmentLimit + this.#scan.binary;
    const glued = this.#findIsa(this.#window.start + 1, limit, isWholeIsaAt);
    if (glued >= 0) return this.#cutBefore(glued);
    this.#endCursorAt(limit - this.#window.start);
    this.#placeCursor();
    this.#window.start = limit;
    this.#mode = "oversize";
    return "oversize";
  }

  /** Leaves under the cursor only what lies within `length` bytes; what is open there ends there. */
  #endCursorAt(length: number): void {
    const { segment } = this;
    let count = 0;
    while (count < segment.endCount && segment.ends[count]! < length) count++;
    let innerCount = 0;
    while (innerCount < segment.innerCount && segment.inner[innerCount]! >> 1 < length) innerCount++;
    if (count === segment.ends.length) segment.growEnds();
    segment.ends[count] = length;
    segment.innerEnds[count] = innerCount;
    segment.endCount = count + 1;
    segment.innerCount = innerCount;
  }

  /** Passes over the rest of a segment that is too long, to its terminator or to an ISA. */
  #passOverSegment(): ScanEvent | null {
    for (;;) {
      const found = this.#window.bytes
        .subarray(0, this.#window.end)
        .indexOf(this.#delimiters.terminator, this.#window.start);
      // An ISA before that terminator must be seen whole, or it would depend on the chunks whether it is found.
      if (found >= 0 && this.#window.end - found < lookBehind && this.#window.refill()) continue;
      if (found >= 0 && this.#window.end - found < lookBehind && !this.#window.finished) return "more";
      const isa = this.#findIsa(this.#window.start, found < 0 ? this.#window.end : found, isWholeIsaAt);
      if (isa >= 0) {
        this.#window.start = isa;
        this.#mode = "header";
        return null;
      }
      if (found >= 0) {
        this.#window.start = found + 1;
        this.#mode = "segment";
        return null;
      }
      this.#window.start = Math.max(this.#window.start, this.#window.end - lookBehind);
      if (this.#window.refill()) continue;
      if (!this.#window.finished) return "more";
      this.#window.start = this.#window.end;
      this.#mode = "over";
      return "end";
    }
  }
}

/** Bytes that mean nothing between interchanges: blank, tab, line breaks, and the padding 00 and 1A of old systems. */
function isPadding(byte: number): boolean {
  return (
    byte === 0x20 || byte === 0x09 || byte === lineFeed || byte === carriageReturn || byte === 0x00 || byte === 0x1a
  );
}
