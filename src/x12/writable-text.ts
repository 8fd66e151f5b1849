import type { Delimiters } from "./delimiters.ts";

/** The first character of a value that can't be written: a delimiter or a control character. Null where there is none. */
export function firstUnwritable(value: string, delimiters: Delimiters): string | null {
  const unwritable = unwritableAmong(delimiters);
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code >= 0x80 || unwritable[code] !== 0) return firstUnwritableAnywhere(value, delimiters);
  }
  return null;
}

/** The same, whatever the characters are. */
export function firstUnwritableAnywhere(value: string, delimiters: Delimiters): string | null {
  for (const character of value) {
    if (
      character === delimiters.element ||
      character === delimiters.segment ||
      character === delimiters.component ||
      character === delimiters.repetition ||
      isControlCharacter(character)
    ) {
      return character;
    }
  }
  return null;
}

/** C0 and C1 controls, DEL, and half of a pair of code units (which has no bytes). */
function isControlCharacter(character: string): boolean {
  return /[\p{Cc}\p{Surrogate}]/u.test(character);
}

/** Whether a text is a letter, then one or two letters or digits. */
export function isSegmentId(id: string): boolean {
  if (id.length !== 2 && id.length !== 3) return false;
  return (
    isLetter(id.charCodeAt(0)) &&
    isLetterOrDigit(id.charCodeAt(1)) &&
    (id.length === 2 || isLetterOrDigit(id.charCodeAt(2)))
  );
}

const isLetter = (code: number) => code >= 0x41 && code <= 0x5a;
const isLetterOrDigit = (code: number) => isLetter(code) || (code >= 0x30 && code <= 0x39);

/** By ASCII code what can't be written with the delimiters that were used last: a file is written with one kind. */
const table = new Uint8Array(0x80);
let last = { element: "", segment: "", component: "", repetition: "" as string | null };

function unwritableAmong(delimiters: Delimiters): Uint8Array {
  const { element, segment, component, repetition } = delimiters;
  if (
    element === last.element &&
    segment === last.segment &&
    component === last.component &&
    repetition === last.repetition
  ) {
    return table;
  }
  for (let code = 0; code < table.length; code++) {
    table[code] = firstUnwritableAnywhere(String.fromCharCode(code), delimiters) === null ? 0 : 1;
  }
  last = { element, segment, component, repetition };
  return table;
}
