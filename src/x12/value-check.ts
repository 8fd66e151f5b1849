import { isUtf8 } from "node:buffer";
import type { HeldCodes } from "./external-codes.ts";
import type { ElementSchema } from "./schema.ts";

/**
 * What is wrong with a value, in the codes of AK403: 4 too short, 5 too long, 6 invalid character, 7 not in the code list, 8 no
 * date, 9 no time; 0: nothing.
 */
export type ValueFault = 0 | 4 | 5 | 6 | 7 | 8 | 9;

/** What a text of blanks alone is reported as: a character that can't stand there by itself. */
export const onlyBlanks = 6;

/** The kinds of values, as integers: this is asked of every element of every file. */
const text = 0;
export const integer = 1;
export const decimal = 2;
export const date = 3;
export const time = 4;
const binary = 5;

/** What is asked of a value, taken out of its schema so that the check reads it in one place. */
export interface ValueRule {
  readonly kind: number;
  readonly min: number;
  readonly max: number;
  readonly codes: HeldCodes | null;
  /** Whether printable text of the right length is right. */
  readonly isFreeText: boolean;
  /** Whether it is text that must be one of {@link codes}. */
  readonly isCoded: boolean;
}

/** @param external codes of somebody else's list, for an element whose own version of the standard has none. */
export function valueRuleOf(element: ElementSchema, external: HeldCodes | null = null): ValueRule {
  const kind = kindOf(element.type);
  const { min, max } = element;
  const codes = element.codes ?? external;
  const isCoded = kind === text && codes !== null;
  return { kind, min, max, codes, isFreeText: (kind === text && !isCoded) || kind === binary, isCoded };
}

function kindOf(type: string): number {
  switch (type) {
    case "R":
      return decimal;
    case "DT":
      return date;
    case "TM":
      return time;
    case "B":
      return binary;
    default:
      return type.startsWith("N") ? integer : text;
  }
}

const zero = 48;
const nine = 57;
const minus = 45;
const point = 46;
const exponentMark = 69;
const blank = 32;
const lastControl = 31;
const deleteControl = 127;

/** Checks the value in `bytes` from `start` up to `end`, which is not empty. Lengths are in characters. */
export function valueFault(rule: ValueRule, bytes: Uint8Array, start: number, end: number): ValueFault {
  switch (rule.kind) {
    case text:
      return textFault(rule, bytes, start, end);
    case integer:
      return integerFault(rule, bytes, start, end);
    case decimal:
      return decimalFault(rule, bytes, start, end);
    case date:
      return lengthFault(rule, end - start) || (isDate(bytes, start, end) ? 0 : 8);
    case time:
      return lengthFault(rule, end - start) || (isTime(bytes, start, end) ? 0 : 9);
    default:
      return lengthFault(rule, end - start);
  }
}

function lengthFault(rule: ValueRule, length: number): 0 | 4 | 5 {
  if (length < rule.min) return 4;
  return length > rule.max ? 5 : 0;
}

function textFault(rule: ValueRule, bytes: Uint8Array, start: number, end: number): ValueFault {
  // A code of the list needs no further look: the list's own codes have the right length.
  if (rule.codes !== null && end - start <= rule.max && rule.codes.holds(bytes, start, end)) return 0;
  let characters = 0;
  let controls = 0;
  let blanks = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    // 10xxxxxx goes on with a character that has been counted.
    if ((byte & 0xc0) !== 0x80) characters++;
    if (byte <= lastControl || byte === deleteControl) controls++;
    else if (byte === blank) blanks++;
  }
  // Of blanks alone there is no value, of whatever length (X12.6: a string holds at least one character that is no blank).
  if (blanks === end - start) return onlyBlanks;
  // Where it is no UTF-8 it is Latin-1, as a cursor decodes it: each byte is a character.
  const isLatin1 = characters < end - start && !isUtf8(bytes.subarray(start, end));
  const fault = lengthFault(rule, isLatin1 ? end - start : characters);
  if (fault !== 0) return fault;
  if (controls !== 0) return 6;
  return rule.codes === null ? 0 : 7;
}

/** An optional minus and digits; the minus does not count for the length. */
function integerFault(rule: ValueRule, bytes: Uint8Array, start: number, end: number): ValueFault {
  const first = bytes[start] === minus ? start + 1 : start;
  if (first === end || digitsFrom(bytes, first, end) !== end) return 6;
  return lengthFault(rule, end - first);
}

/** An optional minus, digits with at most one point among them, an optional exponent; only digits count for the length. */
function decimalFault(rule: ValueRule, bytes: Uint8Array, start: number, end: number): ValueFault {
  const first = bytes[start] === minus ? start + 1 : start;
  let at = digitsFrom(bytes, first, end);
  let digits = at - first;
  if (at < end && bytes[at] === point) {
    const fraction = at + 1;
    at = digitsFrom(bytes, fraction, end);
    digits += at - fraction;
  }
  if (digits === 0) return 6;
  if (at < end && bytes[at] === exponentMark) {
    const exponent = bytes[at + 1] === minus && at + 1 < end ? at + 2 : at + 1;
    at = digitsFrom(bytes, exponent, end);
    if (at === exponent) return 6;
    digits += at - exponent;
  }
  return at === end ? lengthFault(rule, digits) : 6;
}

/** The end of the run of digits that begins at `start`. */
function digitsFrom(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at]! >= zero && bytes[at]! <= nine) at++;
  return at;
}

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** CCYYMMDD, or YYMMDD (whose 29 February is taken on trust in a year divisible by four). */
export function isDate(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if ((length !== 8 && length !== 6) || digitsFrom(bytes, start, end) !== end) return false;
  const year = numberAt(bytes, start, length - 4);
  const month = numberAt(bytes, end - 4, 2);
  const day = numberAt(bytes, end - 2, 2);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth[month - 1]!) return false;
  if (month !== 2 || day !== 29) return true;
  return year % 4 === 0 && (length === 6 || year % 100 !== 0 || year % 400 === 0);
}

/** HHMM, HHMMSS, HHMMSSD or HHMMSSDD, on a clock of 24 hours. */
export function isTime(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 4 || length === 5 || length > 8 || digitsFrom(bytes, start, end) !== end) return false;
  if (numberAt(bytes, start, 2) > 23 || numberAt(bytes, start + 2, 2) > 59) return false;
  return length === 4 || numberAt(bytes, start + 4, 2) <= 59;
}

function numberAt(bytes: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let i = start; i < start + digits; i++) value = value * 10 + bytes[i]! - zero;
  return value;
}
