import { blockScanWasm } from "./block-scan-wasm.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { DelimiterTable } from "./delimiter-table.ts";
import { component, element, lineBreak, nothing, repetition, terminator } from "./delimiter-table.ts";
import { segmentKeyAt } from "./segment-key.ts";

/** The most bytes of one block: as much as stays in the processor's cache together with its positions. */
export const longestBlock = 1 << 15;
/** The first block after a change of delimiters: in a file of small interchanges the rest would be scanned in vain. */
const firstBlock = 1 << 12;
/** Fewer bytes are not worth the call. */
export const shortestBlock = 128;

/** Flags of a segment: it holds bytes other than printable ASCII; component or repetition separators. */
export const hasUnusualBytes = 1;
export const hasInnerSeparators = 2;
/** It may be an ISA, hold one or binary data, or be no segment at all: it begins so, or has more elements than an ISA. */
export const needsCare = 4;
export const anyFlag = hasUnusualBytes | hasInnerSeparators | needsCare;
/** How far an index is shifted to make room for the flags. */
export const flagBits = 3;

/** What is written down of a segment: so many integers, of which these say */
export const perSegment = 4;
/** where its first byte is, */
export const startField = 0;
/** the index in `ends` of the end of its id, */
export const firstField = 1;
/** the index in `ends` of its terminator, shifted by {@link flagBits}, with the flags, */
export const lastField = 2;
/** and its id in short, see `segmentKey`. */
export const keyField = 3;

/** Positions of all delimiters in one block of bytes, counted from its first byte. */
export interface BlockPositions {
  /** Of each element separator and terminator: the end of an id or an element. */
  ends: Int32Array<ArrayBuffer>;
  endCount: number;
  /** `innerEnds[i]` is how many of `inner` come before `ends[i]`; means nothing where there are none of `inner`. */
  innerEnds: Int32Array<ArrayBuffer>;
  /** Component and repetition separators: position << 1, with 1 for a repetition separator. */
  inner: Int32Array<ArrayBuffer>;
  innerCount: number;
  /** Of each whole segment {@link perSegment} integers. Line breaks before it are no part of it. */
  segments: Int32Array<ArrayBuffer>;
  segmentCount: number;
}

/**
 * Looks for the delimiters of many segments at once: of all that lie within a block at the window's start. It knows nothing of
 * binary data, of ISA and of segments that go on beyond the block; whoever takes segments from it looks out for those.
 */
export class BlockScan {
  readonly positions: BlockPositions = emptyPositions();
  /** Counts the blocks: what was found in one is void with the next. */
  number = 0;
  #next = 0;
  #size = firstBlock;
  /** Where in the window the block lies; good until the window's bytes move. */
  #from = 0;
  #to = 0;
  #moves = -1;

  /** The segment under `segmentAt` has been taken, and those after it, `count` in all: the next one is likely to be asked for. */
  pass(count = 1): void {
    this.#next += count;
  }

  /** Other delimiters are in force: what was scanned is void. */
  reset(): void {
    this.#moves = -1;
    this.#size = firstBlock;
  }

  /** Index in the window of the block's first byte. */
  get origin(): number {
    return this.#from;
  }

  /** The segment of the block that begins first at or after the window's start, -1 where that is in none; scans on if need be. */
  segmentAt(window: ByteWindow, table: DelimiterTable): number {
    const { start } = window;
    if (this.#moves === window.moves) {
      const { segments, segmentCount } = this.positions;
      const from = start - this.#from;
      let next = this.#next;
      while (next < segmentCount && segments[next * perSegment]! < from) next++;
      this.#next = next;
      if (next < segmentCount) return next;
      if (this.#to === window.end) return -1;
    }
    const length = Math.min(window.end - start, this.#size);
    if (length < shortestBlock) return -1;
    this.#moves = window.moves;
    this.#from = start;
    this.#to = start + length;
    this.#next = 0;
    this.number++;
    this.#size = Math.min(this.#size * 2, longestBlock);
    this.#makeRoom(length);
    scanBlock(window.bytes, start, length, table, this.positions);
    return this.positions.segmentCount > 0 ? 0 : -1;
  }

  /** Each byte may be a delimiter. */
  #makeRoom(length: number): void {
    if (this.positions.ends.length < length) Object.assign(this.positions, emptyPositions(length));
  }
}

/** Room for what is found in so many bytes. */
export function emptyPositions(room = 0): BlockPositions {
  const array = () => new Int32Array(room);
  return {
    ends: array(),
    endCount: 0,
    innerEnds: array(),
    inner: array(),
    innerCount: 0,
    segments: new Int32Array(room * perSegment),
    segmentCount: 0,
  };
}

/** Fills `positions` with what is found in `length` bytes from `start`, at which a segment begins. */
type ScanBlock = (
  bytes: Uint8Array,
  start: number,
  length: number,
  table: DelimiterTable,
  positions: BlockPositions,
) => void;

/** The scan in TypeScript: what runs where there is no WebAssembly, and what the other is tested against. */
export const scanBlockPlainly: ScanBlock = (bytes, start, length, table, positions) => {
  const { kinds } = table;
  const { ends, innerEnds, inner, segments } = positions;
  let endCount = 0;
  let innerCount = 0;
  let segmentCount = 0;
  let flags = 0;
  /** Where the segment under way begins: a line break there belongs to none. */
  let begin = 0;
  let first = 0;
  for (let at = 0; at < length; at++) {
    const kind = kinds[bytes[start + at]!]!;
    if (kind === nothing) continue;
    if (kind === element || kind === terminator) {
      ends[endCount] = at;
      innerEnds[endCount] = innerCount;
      if (kind === terminator) {
        const entry = segmentCount++ * perSegment;
        if (mayBeOutOfTheOrdinary(bytes, start + begin) || endCount - first >= 16) flags |= needsCare;
        segments[entry + startField] = begin;
        segments[entry + firstField] = first;
        segments[entry + lastField] = (endCount << flagBits) | flags;
        segments[entry + keyField] = segmentKeyAt(bytes, start + begin, ends[first]! - begin);
        flags = 0;
        first = endCount + 1;
        begin = at + 1;
      }
      endCount++;
    } else if (kind === component || kind === repetition) {
      inner[innerCount++] = (at << 1) | (kind === repetition ? 1 : 0);
      flags |= hasInnerSeparators;
    } else if (kind === lineBreak && at === begin) {
      begin++;
    } else {
      flags |= hasUnusualBytes;
    }
  }
  positions.endCount = endCount;
  positions.innerCount = innerCount;
  positions.segmentCount = segmentCount;
};

const blank = 0x20;
const letterB = 0x42;

/** Whether what begins here may be anything but a segment that is read like any other: an ISA, BIN, BDS, padding. */
function mayBeOutOfTheOrdinary(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]!;
  return byte <= blank || byte === letterB || (byte === 0x49 && bytes[at + 1] === 0x53 && bytes[at + 2] === 0x41);
}

/** How many bytes the scan in WebAssembly looks at in one step; it may go as far beyond the block. */
const step = 64;

/** As much of WebAssembly as we use; Node's types leave it to those of the browser. */
interface Wasm {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** What a module in WebAssembly exports; null where there is no WebAssembly, or not as much of it as the module needs. */
export function wasmInstance<Exports>(module: Uint8Array, imports: object = {}): Exports | null {
  const { WebAssembly: wasm } = globalThis as { WebAssembly?: Wasm };
  if (wasm === undefined || !wasm.validate(module)) return null;
  return new wasm.Instance(new wasm.Module(module), imports).exports as Exports;
}

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  scan(length: number, element: number, component: number, repetition: number, terminator: number): number;
}

/** The scan in WebAssembly, which looks at {@link step} bytes at a time, and its memory; null where it can't be had. */
export const scanInWasm = instantiate();

export const scanBlockInWasm: ScanBlock | null = scanInWasm === null ? null : scanInWasm.scan;

const scanBlock: ScanBlock = scanBlockInWasm ?? scanBlockPlainly;

function instantiate() {
  const exports = wasmInstance<ScanExports>(blockScanWasm);
  if (exports === null) return null;
  const { memory, scan } = exports;
  // The places of block-scan.wat.
  const kinds = new Uint8Array(memory.buffer, 0, 256);
  const counts = new Int32Array(memory.buffer, 256, 2);
  const block = new Uint8Array(memory.buffer, 1024, longestBlock + step);
  const arrayAt = (place: number, perByte = 1) => new Int32Array(memory.buffer, place, longestBlock * perByte);
  const ends = arrayAt(65_536);
  const innerEnds = arrayAt(196_608);
  const inner = arrayAt(327_680);
  const segments = arrayAt(458_752, perSegment);
  let tableInUse: DelimiterTable | null = null;

  // All scanners share one memory: what a call leaves in it is good until the next, whoever makes that.
  const held = {
    memory,
    /** What the memory holds: the bytes and positions that these were filled with. */
    holds: null as BlockPositions | null,
    /** Counts the calls. */
    number: 0,
    scan: ((bytes, start, length, table, positions) => {
      if (table !== tableInUse) {
        kinds.set(table.kinds);
        tableInUse = table;
      }
      block.set(bytes.subarray(start, start + length));
      block.fill(table.padding, length, length + step);
      const { element, terminator } = table;
      const orTerminator = (byte: number) => (byte === element ? terminator : byte);
      const [component, repetition] = [orTerminator(table.component), orTerminator(table.repetition)];
      positions.segmentCount = scan(length, element, component, repetition, terminator);
      positions.endCount = counts[0]!;
      positions.innerCount = counts[1]!;
      positions.ends.set(ends.subarray(0, positions.endCount));
      positions.segments.set(segments.subarray(0, positions.segmentCount * perSegment));
      held.holds = positions;
      held.number++;
      if (positions.innerCount === 0) return;
      positions.innerEnds.set(innerEnds.subarray(0, positions.endCount));
      positions.inner.set(inner.subarray(0, positions.innerCount));
    }) satisfies ScanBlock as ScanBlock,
  };
  return held;
}
