/** Codes have at most five characters of A-Z, a-z, 0-9, so that one packs into a positive 32-bit integer: 63^5 < 2^30. */
const longestCode = 5;
const radix = 63;
/** Byte to digit 1..62; 0 for a byte that no code holds. */
const digits = new Uint8Array(256);
for (let i = 0; i < 10; i++) digits[48 + i] = 1 + i;
for (let i = 0; i < 26; i++) {
  digits[65 + i] = 11 + i;
  digits[97 + i] = 37 + i;
}

const blank = 32;
/** Where a code that comes as a string is laid out; room for blanks after it, as many as a header field that we read may hold. */
const scratch = new Uint8Array(1 << 10);
/** Multiplier of Fibonacci hashing: 2^32 divided by the golden ratio. */
const goldenRatio = 0x9e3779b1;

/** The code list of one data element in one version. Unpacked at its first use. */
export class CodeList {
  /** Data element number: "92". */
  readonly element: string;
  /**
   * Whether a value is put together: a form code of three characters, after which a material code of two may follow (element
   * 103, Packaging Code, is the only one).
   */
  readonly inParts: boolean;
  readonly #text: string;
  readonly #labels: ReadonlyMap<string, string>;
  #values: readonly string[] | null = null;
  #labelledFirst: readonly string[] | null = null;
  /** Open addressing, 0 where free; the size is a power of two. */
  #table: Int32Array | null = null;
  #shift = 0;
  /** The same of the codes of three characters at most, by their bytes, see `#holdsShort`. */
  #shortTable: Int32Array | null = null;
  #shortShift = 0;

  constructor(element: string, text: string, inParts: boolean, labels: ReadonlyMap<string, string>) {
    this.element = element;
    this.inParts = inParts;
    this.#text = text;
    this.#labels = labels;
  }

  /** Every code, in the order of their characters. */
  get values(): readonly string[] {
    this.#values ??= this.#text.split(" ");
    return this.#values;
  }

  has(code: string): boolean {
    if (code.length > scratch.length) return false;
    for (let i = 0; i < code.length; i++) scratch[i] = Math.min(code.charCodeAt(i), 0xff);
    return this.holds(scratch, 0, code.length);
  }

  /** Our own short words for a code; null where we have none. */
  label(code: string): string | null {
    return this.#labels.get(code) ?? null;
  }

  /** Codes to offer in a message: those with a label first, at most `most`. */
  suggestions(most: number): readonly string[] {
    this.#labelledFirst ??= [
      ...this.values.filter((code) => this.#labels.has(code)),
      ...this.values.filter((code) => !this.#labels.has(code)),
    ];
    return this.#labelledFirst.slice(0, most);
  }

  /**
   * The codes of three characters at most, open addressing, 0 where free; the size is a power of two. A code is its bytes after a 1,
   * and its slot the highest bits of that by the golden ratio.
   */
  get shortCodes(): Int32Array {
    return this.#shortTable ?? this.#packShort();
  }

  /** Whether the bytes are a code of at most three characters as it stands, which is what most values are. False says nothing. */
  #holdsShort(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > 3) return false;
    // The 1 in front tells lengths apart, and from a slot that is free.
    let packed = 1;
    for (let i = start; i < end; i++) packed = (packed << 8) | bytes[i]!;
    const table = this.shortCodes;
    const mask = table.length - 1;
    let slot = Math.imul(packed, goldenRatio) >>> this.#shortShift;
    for (;;) {
      const held = table[slot]!;
      if (held === packed) return true;
      if (held === 0) return false;
      slot = (slot + 1) & mask;
    }
  }

  #packShort(): Int32Array {
    // A value put together may be longer than any code of the list, and a part of two characters is none by itself.
    const short = this.inParts ? [] : this.values.filter((code) => code !== "" && code.length <= 3);
    let bits = 3;
    while (1 << bits < short.length * 2) bits++;
    this.#shortShift = 32 - bits;
    const table = new Int32Array(1 << bits);
    for (const code of short) {
      let packed = 1;
      for (let i = 0; i < code.length; i++) packed = (packed << 8) | code.charCodeAt(i);
      let slot = Math.imul(packed, goldenRatio) >>> this.#shortShift;
      while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = packed;
    }
    this.#shortTable = table;
    return table;
  }

  /** Whether the bytes from `start` to `end` are a code of the list; blanks after it are no part of it. */
  holds(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#holdsShort(bytes, start, end)) return true;
    let last = end;
    while (last > start && bytes[last - 1] === blank) last--;
    if (!this.inParts) return this.#contains(bytes, start, last);
    if (last - start === 3) return this.#contains(bytes, start, last);
    return last - start === 5 && this.#contains(bytes, start, start + 3) && this.#contains(bytes, start + 3, last);
  }

  #contains(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > longestCode) return false;
    let packed = 0;
    for (let i = start; i < end; i++) {
      const digit = digits[bytes[i]!]!;
      if (digit === 0) return false;
      packed = packed * radix + digit;
    }
    const table = this.#table ?? this.#pack();
    const mask = table.length - 1;
    let slot = Math.imul(packed, goldenRatio) >>> this.#shift;
    for (;;) {
      const held = table[slot]!;
      if (held === packed) return packed !== 0;
      if (held === 0) return false;
      slot = (slot + 1) & mask;
    }
  }

  #pack(): Int32Array {
    let bits = 3;
    while (1 << bits < this.values.length * 2) bits++;
    this.#shift = 32 - bits;
    const table = new Int32Array(1 << bits);
    for (const code of this.values) {
      let packed = 0;
      for (let i = 0; i < code.length; i++) packed = packed * radix + digits[code.charCodeAt(i)]!;
      let slot = Math.imul(packed, goldenRatio) >>> this.#shift;
      while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = packed;
    }
    this.#table = table;
    return table;
  }
}
