import type { ByteWindow } from "./byte-window.ts";
import { type DelimiterTable, element, nothing, repetition, terminator } from "./delimiter-table.ts";
import type { ScannedSegment } from "./segment-cursor.ts";

/**
 * Looks for the delimiters of one segment after the other and writes down where they are, in the segment's own arrays. A
 * segment that reaches beyond the window is taken up again where the scan had stopped. Binary data are stepped over by
 * their declared length.
 */
export class DelimiterScan {
  readonly #segment: ScannedSegment;
  readonly #binaryLimit: number;
  #done = 0;
  #binary = 0;
  #toDrop = 0;

  /** @param binaryLimit binary data longer than this are not held, but dropped. */
  constructor(segment: ScannedSegment, binaryLimit: number) {
    this.#segment = segment;
    this.#binaryLimit = binaryLimit;
  }

  /** A new segment begins at the window's start. */
  begin(): void {
    this.#segment.clear();
    this.#done = 0;
    this.#binary = 0;
    this.#toDrop = 0;
  }

  /** How many bytes of the segment are done with: all of it and its terminator, once {@link scan} has said true. */
  get done(): number {
    return this.#done;
  }

  /** Declared bytes of binary data held of this segment. */
  get binary(): number {
    return this.#binary;
  }

  /** Bytes of binary data that are still to be dropped, at {@link done}, before the scan can go on. */
  get toDrop(): number {
    return this.#toDrop;
  }

  /** Drops as many of them as the window holds; false where it holds none. */
  drop(window: ByteWindow): boolean {
    const count = Math.min(this.#toDrop, window.length - this.#done);
    if (count <= 0) return false;
    window.drop(window.start + this.#done, count);
    this.#toDrop -= count;
    this.#segment.dropped += count;
    return true;
  }

  /** Goes on to the terminator (true), or to the end of what the window holds or to data to be dropped (false). */
  scan(window: ByteWindow, { kinds }: DelimiterTable): boolean {
    const segment = this.#segment;
    const { bytes, start, end } = window;
    let { ends, inner, innerEnds, endCount, innerCount } = segment;
    const mayBeBinary = bytes[start] === 0x42;
    let complete = false;
    let i = start + this.#done;
    for (; i < end; i++) {
      const kind = kinds[bytes[i]!]!;
      if (kind === nothing || kind > terminator) continue;
      if (kind === element || kind === terminator) {
        if (endCount === ends.length) {
          segment.growEnds();
          ends = segment.ends;
          innerEnds = segment.innerEnds;
        }
        ends[endCount] = i - start;
        innerEnds[endCount++] = innerCount;
        if (kind === terminator) {
          complete = true;
          i++;
          break;
        }
        if (mayBeBinary && (endCount === 2 || endCount === 3)) {
          const declared = this.#declaredLength(bytes, start, endCount);
          if (declared > this.#binaryLimit) {
            segment.droppedElement = endCount;
            this.#toDrop = declared;
            i++;
            break;
          }
          this.#binary += declared;
          i += declared;
        }
      } else {
        if (innerCount === inner.length) {
          segment.growInner();
          inner = segment.inner;
        }
        inner[innerCount++] = ((i - start) << 1) | (kind === repetition ? 1 : 0);
      }
    }
    segment.endCount = endCount;
    segment.innerCount = innerCount;
    this.#done = i - start;
    return complete;
  }

  /** Length of the binary data that begin after the last of `endCount` ends: BIN01 before BIN02, BDS02 before BDS03; else 0. */
  #declaredLength(bytes: Buffer, start: number, endCount: number): number {
    const { ends } = this.#segment;
    const id = bytes.toString("latin1", start, start + ends[0]!);
    if (!((id === "BIN" && endCount === 2) || (id === "BDS" && endCount === 3))) return 0;
    const declared = bytes.toString("latin1", start + ends[endCount - 2]! + 1, start + ends[endCount - 1]!);
    return /^\d{1,15}$/.test(declared) ? Number(declared) : 0;
  }
}
