/** The characters that divide one interchange, each a single byte, read afresh from every ISA. */
export interface Delimiters {
  /** Between elements: byte 3 of the ISA. */
  readonly element: string;
  /** After each segment: byte 105 of the ISA. "" where an ISA was cut before it. */
  readonly segment: string;
  /** Between the components of a composite: ISA16. "" where an ISA was cut before it. */
  readonly component: string;
  /** Between repetitions of one element: ISA11 when ISA12 is 00402 or later, otherwise none. */
  readonly repetition: string | null;
  /** What follows each segment terminator and is no data: "" or "\n", "\r\n", "\r". */
  readonly lineBreak: string;
  /** The file was cut into lines of 80 characters wherever its segments end: no line break in it is data. */
  readonly wrapped?: boolean | undefined;
}

/** What we write with when an account says nothing else. */
export const defaultDelimiters: Delimiters = {
  element: "*",
  segment: "~",
  component: ">",
  repetition: "^",
  lineBreak: "\n",
};

/** First ISA12 whose ISA11 is the repetition separator; before it, ISA11 is a standards identifier. */
export const firstVersionWithRepetition = "00402";

/** Whether a byte is a letter or digit, and so may never divide anything. */
export function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** Whether a byte can divide data: no letter, no digit, no blank, nothing beyond ASCII. */
export function canDivide(byte: number): boolean {
  return byte < 0x7f && byte !== 0x20 && !isAlphanumeric(byte);
}

/** Whether two interchanges are divided alike. */
export function divideAlike(a: Delimiters, b: Delimiters): boolean {
  return (
    a.element === b.element && a.segment === b.segment && a.component === b.component && a.repetition === b.repetition
  );
}

/** Whether they are also broken into lines alike. */
export function areSame(a: Delimiters, b: Delimiters): boolean {
  return divideAlike(a, b) && a.lineBreak === b.lineBreak;
}
