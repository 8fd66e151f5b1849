import { z } from "zod";

/** Digits of a serial shipping container code, its check digit among them. */
const ssccLength = 18;

/**
 * The check digit of a GS1 number, from the digits before it: they are weighed 3 and 1 in turn, the last one by 3, and the
 * check digit brings their sum to a multiple of ten.
 *
 * @throws RangeError where there is anything but digits
 */
export function checkDigitOf(digits: string): string {
  if (!/^\d+$/.test(digits))
    throw new RangeError(`"${digits}" is not all digits: give the number without its check digit.`);
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Whether this is a serial shipping container code: 18 digits, of which the last is right. */
export function isSSCC(text: string): boolean {
  return /^\d{18}$/.test(text) && checkDigitOf(text.slice(0, -1)) === text.at(-1);
}

/**
 * The serial shipping container code of a package: extension digit, GS1 company prefix, and a serial number that fills up
 * what is left of 17 digits; then the check digit.
 *
 * @param extension one digit that the company is free to give
 * @param companyPrefix 4 to 12 digits, as GS1 gave it
 * @param serial counted by the company, never used twice within a year
 * @throws RangeError where a part is no number, or they don't fit together
 */
export function ssccFrom(extension: number, companyPrefix: string, serial: number | bigint): string {
  const room = ssccLength - 2 - companyPrefix.length;
  const counted = String(serial);
  if (!Number.isInteger(extension) || extension < 0 || extension > 9) {
    throw new RangeError(`The extension digit is ${extension}: it must be 0 to 9.`);
  }
  if (!/^\d{4,12}$/.test(companyPrefix)) {
    throw new RangeError(`The company prefix is "${companyPrefix}": it must be 4 to 12 digits.`);
  }
  if (!/^\d+$/.test(counted) || counted.length > room) {
    throw new RangeError(`The serial number is ${counted}: after this company prefix it has room for ${room} digits.`);
  }
  const digits = `${extension}${companyPrefix}${counted.padStart(room, "0")}`;
  return `${digits}${checkDigitOf(digits)}`;
}

/** A serial shipping container code without its application identifier: 18 digits, the last a check digit. */
export const sscc = z
  .string()
  .regex(/^\d{18}$/, {
    error: "must be a serial shipping container code of 18 digits, without the (00) before it",
    abort: true,
  })
  .refine(isSSCC, {
    error: ({ input }) => `must end in its check digit, which is ${checkDigitOf(String(input).slice(0, -1))}`,
  })
  .meta({
    id: "sscc",
    description: "A serial shipping container code: 18 digits, of which the last is a check digit.",
  });
