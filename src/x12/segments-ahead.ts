import { type BlockPositions, emptyPositions, flagBits, lastField, perSegment } from "./block-scan.ts";

/**
 * The whole segments of a scanned block that lie ahead of the scanner's cursor: what can be taken many at a time, without the cursor
 * being moved onto each. One object, filled anew each time.
 */
export class SegmentsAhead {
  bytes: Uint8Array = new Uint8Array(0);
  /** File offset of the first byte of `bytes`. */
  base = 0;
  /** Index in `bytes` that the positions are counted from. */
  origin = 0;
  positions: BlockPositions = emptyPositions();
  /** Index of the first of them among the segments of `positions`. */
  next = 0;

  /** Index in `bytes` after the terminator of the last of the first `count`. */
  endOf(count: number): number {
    const { segments, ends } = this.positions;
    const last = segments[(this.next + count - 1) * perSegment + lastField]! >> flagBits;
    return this.origin + ends[last]! + 1;
  }
}
