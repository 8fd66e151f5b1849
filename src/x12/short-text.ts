/** The most characters that {@link shortText} makes a text of: those of a control number (ISA13, GS06, ST02). */
export const longestShortText = 9;

/**
 * A few bytes as text, each a character (Latin-1). A buffer's own conversion takes five times as long for so few, and a file of small
 * interchanges has as many control numbers as of anything.
 */
export function shortText(bytes: Uint8Array, from: number, length: number): string {
  const character = String.fromCharCode;
  const [a, b, c, d] = [bytes[from]!, bytes[from + 1]!, bytes[from + 2]!, bytes[from + 3]!];
  const [e, f, g, h, i] = [bytes[from + 4]!, bytes[from + 5]!, bytes[from + 6]!, bytes[from + 7]!, bytes[from + 8]!];
  switch (length) {
    case 0:
      return "";
    case 1:
      return character(a);
    case 2:
      return character(a, b);
    case 3:
      return character(a, b, c);
    case 4:
      return character(a, b, c, d);
    case 5:
      return character(a, b, c, d, e);
    case 6:
      return character(a, b, c, d, e, f);
    case 7:
      return character(a, b, c, d, e, f, g);
    case 8:
      return character(a, b, c, d, e, f, g, h);
    case longestShortText:
      return character(a, b, c, d, e, f, g, h, i);
    default:
      throw new RangeError(`${length} characters are no short text.`);
  }
}
