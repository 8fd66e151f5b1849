import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of `samples/`, as text. */
export function sample(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../samples/${path}`, import.meta.url)), "utf8");
}

/** The orders that the tests send most. */
export const harborOrder = (): string => sample("orders/850-harbor-retail.edi");
export const summitOrder = (): string => sample("orders/850-summit-industrial.edi");

/**
 * Another order like one of the samples: with control numbers and an order number of its own.
 * @param number a whole number, up to nine digits
 */
export function anotherOrder(x12: string, number: number, orderNumber = `PO${number}`): string {
  const e = x12.charAt(3);
  const control = String(number).padStart(9, "0");
  const parts = x12.split(e);
  const isa13 = parts[13] as string;
  return x12
    .replace(`${e}${isa13}${e}`, `${e}${control}${e}`)
    .replace(new RegExp(`(IEA\\${e}\\d+\\${e})\\d+`), `$1${control}`)
    .replace(new RegExp(`(GS(?:\\${e}[^~${e}]*){5}\\${e})\\d+`), `$1${number}`)
    .replace(new RegExp(`(GE\\${e}\\d+\\${e})\\d+`), `$1${number}`)
    .replace(new RegExp(`(BEG\\${e}\\w+\\${e}\\w+\\${e})[^${e}]+`), `$1${orderNumber}`);
}

/** The first segment with an id in an X12 text, as its elements; element 1 is at index 1. */
export function segmentOf(x12: string, id: string): string[] {
  const e = x12.charAt(3);
  const found = segmentsOf(x12).find((segment) => segment.startsWith(`${id}${e}`));
  if (!found) throw new Error(`no ${id} in ${x12}`);
  return found.split(e);
}

/** Every segment of an X12 text. */
export function segmentsOf(x12: string): string[] {
  return x12
    .split(x12.charAt(105))
    .map((segment) => segment.trim())
    .filter((segment) => segment !== "");
}
