/**
 * One segment under the reader's cursor. There is a single object, moved from segment to segment: what must outlive the
 * move is copied out as a string. Offsets are bytes from the start of the file. Elements, repetitions and components
 * count from 1. Nothing is decoded until it is asked for.
 */
export interface SegmentCursor {
  /** Segment id: "BEG". */
  readonly id: string;
  /** Count of segments from ST = 1; 0 outside a transaction set. */
  readonly position: number;
  /** First byte of the segment id. */
  readonly offset: number;
  /** Bytes up to its terminator, which is not counted. */
  readonly length: number;
  /** Elements written, empty ones counted: 3 in `BEG*00**X`. */
  readonly elementCount: number;
  /** Whether element `n` is there and not empty (a composite of separators alone counts as empty). */
  has(n: number): boolean;
  /** The whole of element `n` as text, with its separators; "" where it is empty or beyond the end. */
  element(n: number): string;
  /** How many repetitions element `n` holds; 1 where there is no repetition separator in it. */
  repetitionCount(n: number): number;
  /** How many components repetition `r` of element `n` holds; 1 where it is simple. */
  componentCount(n: number, r: number): number;
  /** Text of one component. */
  component(n: number, r: number, c: number): string;
  /** First byte of element `n`, or of its repetition `r`, or of component `c` of that; where it would stand if it is missing. */
  offsetOf(n: number, r?: number, c?: number): number;
  /** Bytes of the same part. */
  lengthOf(n: number, r?: number, c?: number): number;
  /** The buffer that the byte positions below point into; valid until the next move. */
  readonly bytes: Uint8Array;
  /** Index into `bytes` of file offset 0 subtracted: `offset - base` is the index in `bytes`. */
  readonly base: number;
}
