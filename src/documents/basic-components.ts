import { z } from "zod";

/** A number as text, so that no digit is lost: `-12.50`. No exponent, no thousands mark, no currency sign. */
export const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number written as text, for example "12.50"')
  .meta({ id: "decimal", description: "A number as text, so that no digit is lost." });

/** A day of the calendar: `2025-03-14`. */
export const isoDate = z.iso
  .date("must be a date that exists, written as YYYY-MM-DD")
  .meta({ id: "date", description: "A day of the calendar, YYYY-MM-DD." });

/** A time of day as X12 writes it: HHMM, HHMMSS, HHMMSSD or HHMMSSDD (tenths and hundredths of a second). */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3])[0-5]\d([0-5]\d\d{0,2})?$/, "must be a time written as HHMM or HHMMSS")
  .meta({ id: "time", description: "A time of day as X12 writes it: HHMM, HHMMSS, or with decimals of a second." });

/** A text with something in it. */
export const text = z.string().min(1, "must not be empty");

/** A code of the standard beside our short word for it; the word is missing where we have none. */
export const coded = z
  .strictObject({ code: text, word: text.optional() })
  .meta({ id: "coded", description: "A code of the standard, and our short word for it where we have one." });
export type Coded = z.infer<typeof coded>;

/** Whether a document is business or a rehearsal (ISA15 P or T). The two never mix. */
export const usage = z.enum(["production", "test"]).meta({
  id: "usage",
  description: "Production is business; test is a rehearsal that nobody may ship or pay.",
});
export type Usage = z.infer<typeof usage>;
