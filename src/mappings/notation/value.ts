import type { Coded } from "../../documents/basic-components.ts";
import { withWord } from "../../documents/code-words.ts";
import {
  decimalFromReal,
  decimalWithImpliedPlaces,
  impliedDecimalFrom,
  isoDateFrom,
  realFrom,
  timeFrom,
  x12DateFrom,
} from "./x12-values.ts";

/** How the text of one element, or one component, is a value of a document, and the way back. */
export interface Value<V> {
  /** For the documentation: "date", "decimal". */
  readonly form: string;
  /** Undefined where the text is no such value: it then counts as not read. */
  read(text: string): V | undefined;
  write(value: V): string;
}

/** Any text, as it came. */
export const text: Value<string> = { form: "text", read: (text) => text, write: (value) => value };

/** A number with a written decimal point (type R) or a whole one (N0). */
export const decimal: Value<string> = { form: "decimal", read: decimalFromReal, write: realFrom };

/** A number whose last `places` digits are decimals: type N2 for money, 1250 is 12.50. */
export function implied(places: number): Value<string> {
  return {
    form: `decimal, the last ${places} digits after the point`,
    read: (text) => decimalWithImpliedPlaces(text, places),
    write: (value) => impliedDecimalFrom(value, places),
  };
}

/** Money of type N2. */
export const money = implied(2);

/** A number whose element wants at least so many digits: 1.25 is 01.25 where it wants four (element 280, exchange rate). */
export function decimalOf(leastDigits: number): Value<string> {
  return {
    ...decimal,
    write(value) {
      const real = realFrom(value);
      const missing = leastDigits - real.replace(/[-.]/g, "").length;
      return missing > 0 ? real.replace(/^-?/, (sign) => sign + "0".repeat(missing)) : real;
    },
  };
}

/** A whole number that is not negative. */
export const count: Value<number> = {
  form: "whole number",
  read: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : undefined),
  write: String,
};

/** A date (type DT), YYYY-MM-DD in documents. */
export const date: Value<string> = { form: "date", read: isoDateFrom, write: x12DateFrom };

/** A time (type TM), as X12 writes it. */
export const time: Value<string> = { form: "time", read: timeFrom, write: (value) => value };

/** A code with our short word for it where we have one. */
export function coded(words: Readonly<Record<string, string>>): Value<Coded> {
  return { form: "code", read: (code) => withWord(code, words), write: ({ code }) => code };
}
