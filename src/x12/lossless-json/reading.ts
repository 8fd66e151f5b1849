import type { Delimiters } from "../delimiters.ts";
import { Scanner } from "../scanner.ts";
import type { PlainSegmentJson, SegmentJson, TextJson } from "./form.ts";
import { HeldBytes } from "./held-bytes.ts";
import { plainSegment, segmentJson, textJson } from "./segment-reading.ts";

/** Who is told what a file consists of, in its order. Every byte is told of once. */
export interface LosslessSink {
  beginInterchange(delimiters: Delimiters, header: SegmentJson): void;
  beginGroup(header: SegmentJson): void;
  beginSet(): void;
  /** A segment of the innermost part that is open. */
  segment(segment: SegmentJson): void;
  endSet(): void;
  /** @param trailer GE; null where it is missing. */
  endGroup(trailer: SegmentJson | null): void;
  /** @param trailer IEA; null where it is missing. */
  endInterchange(trailer: SegmentJson | null): void;
  /** Bytes between interchanges. */
  outside(raw: TextJson): void;
}

/** A segment whose end is not known yet: it reaches to where the next thing begins. */
interface Pending {
  readonly id: string;
  /** Whether it is the ISA that begins an interchange; a piece of one can stand elsewhere. */
  readonly isHeader: boolean;
  readonly plain: PlainSegmentJson;
  readonly bytes: Buffer;
}

/** Reads a file, fed in chunks of any size, into the parts of the lossless form. */
export class LosslessReading {
  readonly #sink: LosslessSink;
  readonly #scanner: Scanner;
  readonly #held = new HeldBytes();
  #pending: Pending | null = null;
  /** Of the interchange that is open; null between interchanges. */
  #delimiters: Delimiters | null = null;
  #isGroupOpen = false;
  #isSetOpen = false;
  /** The file is of another format: its bytes are passed on as they come. */
  #isForeign = false;

  /** @param segmentLimit bytes of a segment beyond which it is not taken apart. */
  constructor(sink: LosslessSink, segmentLimit?: number) {
    this.#sink = sink;
    this.#scanner = new Scanner(segmentLimit);
  }

  /** The next bytes. They are copied. */
  feed(chunk: Uint8Array): void {
    if (this.#isForeign) {
      this.#outside(Buffer.from(chunk));
      return;
    }
    this.#held.add(chunk);
    this.#scanner.feed(chunk);
    this.#goOn();
  }

  /** The file is over. */
  finish(): void {
    if (!this.#isForeign) {
      this.#scanner.finish();
      this.#goOn();
    }
    this.#settle(this.#held.end);
    this.#closeInterchange(null);
  }

  #goOn(): void {
    for (;;) {
      const event = this.#scanner.next();
      const { segment } = this.#scanner;
      switch (event) {
        case "more":
        case "end":
          return;
        case "header":
          this.#settle(segment.offset);
          this.#closeInterchange(null);
          if (this.#scanner.isa.complete) {
            this.#delimiters = this.#scanner.isa.delimiters;
            this.#take(true);
          }
          break;
        case "segment":
        case "cut":
          this.#settle(segment.offset);
          if (segment.id === "IEA") this.#scanner.endInterchange();
          this.#take(false);
          break;
        case "oversize":
          this.#settle(segment.offset);
          break;
        case "stray":
          this.#settle(this.#scanner.stray.offset);
          break;
        case "foreign":
          this.#isForeign = true;
          this.#settle(this.#held.end);
          return;
      }
    }
  }

  /** The segment under the cursor, whose end is still to come. */
  #take(isHeader: boolean): void {
    const { segment } = this.#scanner;
    const bytes = this.#held.take(segment.offset + segment.length);
    const plain = plainSegment(segment, bytes, this.#delimiters!);
    this.#pending = { id: segment.id, isHeader, plain, bytes };
  }

  /** The next thing begins at `offset`: what lies before it belongs to the segment before, or to nothing. */
  #settle(offset: number): void {
    const bytes = this.#held.take(offset);
    const pending = this.#pending;
    let end = 0;
    if (pending !== null) {
      this.#pending = null;
      end = endLength(bytes, this.#delimiters!);
      const segment = segmentJson(pending.plain, pending.bytes, bytes.subarray(0, end), this.#delimiters!);
      if (pending.isHeader) this.#sink.beginInterchange(this.#delimiters!, segment);
      else this.#tell(pending.id, segment);
    }
    this.#raw(bytes.subarray(end));
  }

  #raw(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#delimiters === null) this.#outside(bytes);
    else this.#sink.segment({ raw: textJson(bytes) });
  }

  #outside(bytes: Buffer): void {
    if (bytes.length > 0) this.#sink.outside(textJson(bytes));
  }

  #tell(id: string, segment: SegmentJson): void {
    switch (id) {
      case "GS":
        this.#closeGroup(null);
        this.#isGroupOpen = true;
        this.#sink.beginGroup(segment);
        break;
      case "ST":
        this.#closeSet();
        this.#openSet();
        this.#sink.segment(segment);
        break;
      case "SE":
        this.#sink.segment(segment);
        this.#closeSet();
        break;
      case "GE":
        if (this.#isGroupOpen) this.#closeGroup(segment);
        else this.#sink.segment(segment);
        break;
      case "IEA":
        this.#closeInterchange(segment);
        break;
      default:
        this.#sink.segment(segment);
    }
  }

  #openSet(): void {
    if (!this.#isGroupOpen) return;
    this.#isSetOpen = true;
    this.#sink.beginSet();
  }

  #closeSet(): void {
    if (this.#isSetOpen) this.#sink.endSet();
    this.#isSetOpen = false;
  }

  #closeGroup(trailer: SegmentJson | null): void {
    this.#closeSet();
    if (this.#isGroupOpen) this.#sink.endGroup(trailer);
    this.#isGroupOpen = false;
  }

  #closeInterchange(trailer: SegmentJson | null): void {
    this.#closeGroup(null);
    if (this.#delimiters !== null) this.#sink.endInterchange(trailer);
    this.#delimiters = null;
  }
}

const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** How many of the bytes after a segment are its end: the terminator and line breaks. */
function endLength(bytes: Buffer, delimiters: Delimiters): number {
  let length = bytes[0] === delimiters.segment.charCodeAt(0) ? 1 : 0;
  while (bytes[length] === carriageReturn || bytes[length] === lineFeed) length++;
  return length;
}
