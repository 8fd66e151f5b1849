import { Big } from "big.js";
import { UnmappableError } from "./unmappable.ts";

/** Most digits we write a number out to; X12's longest numbers have 18, an exponent could ask for millions. */
const mostDigits = 60;

/**
 * A number of type R or N0 as a decimal, with as many decimal places as were written: `.5` is 0.5, `12.50` stays 12.50,
 * `007` is 7. Undefined for what is no number.
 */
export function decimalFromReal(value: string): string | undefined {
  const match = /^-?(?:\d+(?:\.(\d*))?|\.(\d+))(?:[Ee]([+-]?\d{1,3}))?$/.exec(value);
  if (!match) return undefined;
  const exponent = Number(match[3] ?? 0);
  if (Math.abs(exponent) > mostDigits) return undefined;
  const places = Math.max(0, (match[1] ?? match[2] ?? "").length - exponent);
  return new Big(value).toFixed(places);
}

/** A number of type Nn, whose last `places` digits are decimals: 1250 with 2 places is 12.50. */
export function decimalWithImpliedPlaces(value: string, places: number): string | undefined {
  if (!/^-?\d+$/.test(value)) return undefined;
  return new Big(value).div(new Big(10).pow(places)).toFixed(places);
}

/** A date of type DT, CCYYMMDD, as YYYY-MM-DD; undefined for a day that does not exist. */
export function isoDateFrom(value: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(value);
  if (!match) return undefined;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : undefined;
}

/** YYYY-MM-DD as X12 writes it. */
export function x12DateFrom(iso: string): string {
  return iso.replaceAll("-", "");
}

/** A time of type TM, HHMM to HHMMSSDD, as it came; undefined for a time that no clock shows. */
export function timeFrom(value: string): string | undefined {
  return /^([01]\d|2[0-3])[0-5]\d([0-5]\d\d{0,2})?$/.test(value) ? value : undefined;
}

/** A decimal as type R wants it: no zero before the point; zeros after it stay, they show how precise the number is. */
export function realFrom(decimal: string): string {
  return decimal.replace(/^(-?)0+(?=\d|\.)/, "$1");
}

/**
 * A decimal as type Nn wants it: 12.5 with 2 places is 1250.
 *
 * @throws UnmappableError where the decimal has more places than the element can say
 */
export function impliedDecimalFrom(decimal: string, places: number): string {
  const shifted = new Big(decimal).times(new Big(10).pow(places));
  if (!shifted.eq(shifted.round(0))) {
    throw new UnmappableError(`${decimal} has more than ${places} decimal places, and X12 has room for no more here.`);
  }
  return shifted.toFixed(0);
}
