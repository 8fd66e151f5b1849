/**
 * The id of a segment as one integer, its length and its two or three characters packed; {@link noKey} for what can't be an id in the standard.
 * Comparing and looking up integers is what lets the reader do without a string for each segment.
 */
export function segmentKey(id: string): number {
  const bytes = Buffer.from(id);
  return segmentKeyAt(bytes, 0, bytes.length);
}

/** By the length of an id: its bits among three bytes, and what tells the lengths apart. */
const bitsOfLength = Int32Array.of(0, 0, 0xffff00, 0xffffff);
const markOfLength = Int32Array.of(0, 0, 2 << 24, 3 << 24);

/** The same of the id that stands in `bytes`. There is no branch for two or three: which it is can't be foreseen. */
export function segmentKeyAt(bytes: Uint8Array, start: number, length: number): number {
  if (length > 3 || length < 0) return noKey;
  const packed = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!;
  return (packed & bitsOfLength[length]!) | markOfLength[length]!;
}

export const noKey = 0;

/** Multiplier of Fibonacci hashing: 2^32 divided by the golden ratio. */
const goldenRatio = 0x9e3779b1;

/** Numbers the segment ids of a set, from 0 in the order given, so that what belongs to each can stand in an array. */
export class SegmentNumbers {
  /** Open addressing: key and number + 1 by turns, 0 where free. */
  readonly #table: Int32Array;
  readonly #shift: number;
  /** The ids by their numbers. */
  readonly ids: readonly string[];
  /** How many there are. */
  readonly count: number;

  /** @param ids two or three characters each, none twice. */
  constructor(ids: readonly string[]) {
    let bits = 3;
    while (1 << bits < ids.length * 3) bits++;
    this.#shift = 32 - bits;
    this.ids = ids;
    this.count = ids.length;
    this.#table = new Int32Array(2 << bits);
    ids.forEach((id, number) => {
      const key = segmentKey(id);
      if (key === noKey) throw new Error(`"${id}" is no segment id of two or three characters.`);
      let slot = this.#slotOf(key);
      while (this.#table[slot] !== 0) slot = (slot + 2) & (this.#table.length - 1);
      this.#table[slot] = key;
      this.#table[slot + 1] = number + 1;
    });
  }

  /** The number of a segment id; -1 where it is not among them. */
  of(key: number): number {
    const table = this.#table;
    let slot = this.#slotOf(key);
    for (;;) {
      const held = table[slot]!;
      if (held === key) return table[slot + 1]! - 1;
      if (held === 0) return -1;
      slot = (slot + 2) & (table.length - 1);
    }
  }

  #slotOf(key: number): number {
    return (Math.imul(key, goldenRatio) >>> this.#shift) << 1;
  }
}
