import type { Delimiters } from "./delimiters.ts";

/** What a byte means to the scan. */
export const nothing = 0;
export const element = 1;
export const component = 2;
export const repetition = 3;
export const terminator = 4;
/** A control character, or a byte beyond ASCII: data, of which more care must be taken. */
export const unusual = 5;
export const lineBreak = 6;

const letterA = 0x41;

/** Delimiters made ready for the scan: what each byte means. */
export class DelimiterTable {
  readonly kinds = new Uint8Array(256);
  readonly delimiters: Delimiters;
  /** The bytes themselves; where there is none of a kind, that of the elements again. */
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
  readonly terminator: number;
  /** A letter that is plain data here: a bad ISA may make a delimiter of any. */
  readonly padding: number;

  constructor(delimiters: Delimiters) {
    this.delimiters = delimiters;
    this.kinds.fill(unusual, 0x00, 0x20);
    this.kinds.fill(unusual, 0x7f);
    this.kinds[0x0a] = lineBreak;
    this.kinds[0x0d] = lineBreak;
    // What stands for two things is the later one here.
    this.component = this.#set(delimiters.component, component, delimiters.element);
    this.repetition = this.#set(delimiters.repetition, repetition, delimiters.element);
    this.element = this.#set(delimiters.element, element, delimiters.element);
    this.terminator = this.#set(delimiters.segment, terminator, delimiters.element);
    this.padding = this.kinds.indexOf(nothing, letterA);
  }

  isDelimiter(byte: number): boolean {
    const kind = this.kinds[byte]!;
    return kind !== nothing && kind <= terminator;
  }

  #set(character: string | null, kind: number, otherwise: string): number {
    if (character === null || character.length !== 1 || character.charCodeAt(0) > 0xff) return otherwise.charCodeAt(0);
    const byte = character.charCodeAt(0);
    this.kinds[byte] = kind;
    return byte;
  }
}
