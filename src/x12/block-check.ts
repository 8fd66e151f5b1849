import { blockCheckWasm } from "./block-check-wasm.ts";
import { type BlockPositions, longestBlock, scanInWasm, wasmInstance } from "./block-scan.ts";
import { byCode, byLength, byRule, type Checklist } from "./checklist.ts";
import type { VersionSchema } from "./schema.ts";
import { date, decimal, integer, time, type ValueRule } from "./value-check.ts";

/** The places of block-check.wat. */
const daysAt = 512;
const marksAt = 983_040;
const tablesAt = 1 << 20;
/** Segments of one version that tables are made of, and the slots they are hashed into. */
const mostLists = 2048;
const listSlots = mostLists * 2;
/** More elements have no bit in the set of those present. */
const mostElements = 31;
const goldenRatio = 0x9e3779b1;
const intBytes = 4;
/** The longest code that is looked up. */
const longestCode = 3;

/** Days of each month, 28 for February: the 29th is left to others. */
const daysOfMonths = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface CheckExports {
  check(from: number, count: number, dictionary: number): void;
}

/** The memory of the scan, and how it is shared out among tables; null where there is no WebAssembly. */
const shared = share();

function share() {
  const scan = scanInWasm;
  const instance = wasmInstance<CheckExports>(blockCheckWasm, { scan: { memory: scan?.memory } });
  if (scan === null || instance === null) return null;
  const { buffer } = scan.memory;
  new Uint8Array(buffer, daysAt).set(daysOfMonths);
  return {
    scan,
    check: instance.check,
    marks: new Uint8Array(buffer, marksAt, longestBlock),
    ints: new Int32Array(buffer),
    /** Where the next table goes, in bytes. */
    next: tablesAt,
    /** Rises when the memory was full: all tables are void then. */
    epoch: 0,
    /** What `marks` tell of: a scan, and whose tables. */
    markedScan: -1,
    markedBy: null as RightMarks | null,
  };
}

const none = new Uint8Array(longestBlock);

/**
 * Marks the segments of a block that are plain and right by one version of the standard, all at once, in WebAssembly. It knows of a
 * segment what it was taught by {@link learn}. What is not marked may be right all the same.
 */
export class RightMarks {
  static readonly #made = new WeakMap<VersionSchema, RightMarks>();
  #epoch = -1;
  #dictionary = 0;
  readonly #learned = new Set<number>();

  /** The marks by this version, shared by all who check by it; null where there is no WebAssembly. */
  static by(version: VersionSchema): RightMarks | null {
    if (shared === null) return null;
    let marks = RightMarks.#made.get(version);
    if (marks === undefined) {
      marks = new RightMarks();
      RightMarks.#made.set(version, marks);
    }
    return marks;
  }

  /** By the index of a segment 1 where it is right, told of those from `from` on; good until another block is scanned. */
  of(positions: BlockPositions, from: number): Uint8Array {
    const { scan, marks } = shared!;
    if (scan.holds !== positions) return none;
    if (shared!.markedScan !== scan.number || shared!.markedBy !== this) {
      if (this.#epoch !== shared!.epoch && !this.#begin()) return none;
      shared!.check(from, positions.segmentCount, this.#dictionary);
      shared!.markedScan = scan.number;
      shared!.markedBy = this;
    }
    return marks;
  }

  /** A segment with this key is right, and was not marked: from now on it may be. */
  learn(key: number, list: Checklist): void {
    if (this.#learned.has(key) || this.#epoch !== shared!.epoch || this.#learned.size >= mostLists) return;
    const place = placeList(list);
    // What was placed before the memory was full is void.
    if (place === 0 || this.#epoch !== shared!.epoch) return;
    this.#learned.add(key);
    const { ints } = shared!;
    const entries = this.#dictionary / intBytes + 4;
    const shift = ints[this.#dictionary / intBytes]!;
    let slot = Math.imul(key, goldenRatio) >>> shift;
    while (ints[entries + slot * 2] !== 0) slot = (slot + 1) & (listSlots - 1);
    ints[entries + slot * 2] = key;
    ints[entries + slot * 2 + 1] = place;
    shared!.markedScan = -1;
  }

  #begin(): boolean {
    const place = room(4 + listSlots * 2);
    if (place === 0) return false;
    const { ints } = shared!;
    ints[place / intBytes] = shiftFor(listSlots);
    ints[place / intBytes + 1] = listSlots * 2 * intBytes - 1;
    this.#dictionary = place;
    this.#epoch = shared!.epoch;
    this.#learned.clear();
    return true;
  }
}

/** Hashes fall into so many slots, a power of two, when they are shifted by this. */
function shiftFor(slots: number): number {
  return 32 - Math.log2(slots);
}

/** Room for so many ints, all 0; its place in bytes. 0 where there is none, and then all that was there is void. */
function room(ints: number): number {
  const place = shared!.next;
  const end = place + ints * intBytes;
  if (end > shared!.ints.byteLength) {
    shared!.next = tablesAt;
    shared!.epoch++;
    shared!.markedScan = -1;
    codesPlaced.clear();
    return 0;
  }
  shared!.ints.fill(0, place / intBytes, end / intBytes);
  shared!.next = end;
  return place;
}

const listHeader = 8;
const perRule = 4;
const perNote = 3;

function placeList(list: Checklist): number {
  const { rules, packedNotes } = list;
  const count = Math.min(rules.length, mostElements);
  const codes = rules.map((rule) => (rule?.isCoded === true ? placeCodes(rule.codes?.shortCodes ?? null) : 0));
  const place = room(listHeader + count * perRule + packedNotes.length);
  if (place === 0) return 0;
  const { ints } = shared!;
  const at = place / intBytes;
  const firstRule = at + listHeader;
  const notesAt = firstRule + count * perRule;
  ints.set([count, list.mandatory, -1, packedNotes.length / perNote, notesAt * intBytes], at);
  ints.set(packedNotes, notesAt);
  for (let n = 0; n < count; n++) {
    const rule = rules[n]!;
    const how = rule === null ? byOthers : wayOf(list.packedRules[n * 3]!, rule, codes[n]!);
    const at = firstRule + n * perRule;
    if (rule === null) ints[at] = how;
    else if (how === byItsCode) ints.set([how, 0, Math.min(rule.max, longestCode), codes[n]!], at);
    else ints.set([how, rule.min, Math.max(Math.min(rule.max, longestBlock) - rule.min, 0)], at);
  }
  return place;
}

/** How block-check.wat looks at a value. */
const byItsLength = 0;
const byItsCode = 1;
const asInteger = 2;
const asDecimal = 3;
const asDate = 4;
const asTime = 5;
const byOthers = 6;

function wayOf(how: number, { kind, min, max }: ValueRule, codes: number): number {
  if (max < min) return byOthers;
  if (how === byLength) return byItsLength;
  if (how === byCode) return codes === 0 ? byOthers : byItsCode;
  if (how !== byRule) return byOthers;
  return kind === integer
    ? asInteger
    : kind === decimal
      ? asDecimal
      : kind === date
        ? asDate
        : kind === time
          ? asTime
          : byOthers;
}

/** Tables of codes by where they are, which many lists share. */
const codesPlaced = new Map<Int32Array, number>();

/** @param codes hashed codes, see `CodeList.shortCodes` */
function placeCodes(codes: Int32Array | null): number {
  if (codes === null) return 0;
  const known = codesPlaced.get(codes);
  if (known !== undefined) return known;
  const place = room(2 + codes.length);
  if (place === 0) return 0;
  const at = place / intBytes;
  shared!.ints.set([shiftFor(codes.length), codes.length * intBytes - 1], at);
  shared!.ints.set(codes, at + 2);
  codesPlaced.set(codes, place);
  return place;
}
