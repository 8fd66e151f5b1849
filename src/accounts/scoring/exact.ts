/** Arithmetic over many customers: as exact as that of one, and quick enough for thousands of them. */
import type { Big } from "big.js";

/** Percent of a whole with two decimals. */
export function percentOf(part: Big, whole: Big): string {
  const { amounts } = wholeAmounts([part.toFixed(), whole.toFixed()]);
  const [own = 0n, all = 1n] = amounts;
  return hundredthsText(hundredthsOf(own, all));
}

/** Decimal texts as whole numbers of the smallest decimal that any of them has. */
export interface WholeAmounts {
  readonly amounts: readonly bigint[];
  readonly decimals: number;
}

/** Amounts as whole numbers, so that they can be added up without a decimal point. @param texts as `decimal` has them */
export function wholeAmounts(texts: readonly string[]): WholeAmounts {
  const decimalsOf = (text: string) => (text.includes(".") ? text.length - text.indexOf(".") - 1 : 0);
  const decimals = texts.reduce((most, text) => Math.max(most, decimalsOf(text)), 0);
  const amounts = texts.map((text) => BigInt(text.replace(".", "") + "0".repeat(decimals - decimalsOf(text))));
  return { amounts, decimals };
}

/** The sum of decimal texts, with no more decimals than it needs. */
export function sumText(texts: readonly string[]): string {
  const { amounts, decimals } = wholeAmounts(texts);
  return decimalText(
    amounts.reduce((all, amount) => all + amount, 0n),
    decimals,
  );
}

/** A whole number as decimal text, so many decimals from its end, with no more of them than it needs. */
export function decimalText(whole: bigint, decimals: number): string {
  if (decimals === 0) return String(whole);
  const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${whole < 0n ? "-" : ""}${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** A quotient of whole numbers, rounded half away from zero. The divisor is above zero. */
export function rounded(part: bigint, whole: bigint): bigint {
  const half = (part < 0n ? -part : part) * 2n + whole;
  const size = half / (whole * 2n);
  return part < 0n ? -size : size;
}

/** Hundredths of a percent of one whole number in another, which is above zero. */
export function hundredthsOf(part: bigint, whole: bigint): bigint {
  return rounded(part * 10_000n, whole);
}

/** A decimal text in hundredths, rounded. */
export function hundredthsIn(text: string): bigint {
  const { amounts, decimals } = wholeAmounts([text]);
  return rounded((amounts[0] ?? 0n) * 100n, 10n ** BigInt(decimals));
}

/** Hundredths as text with two decimals. */
export function hundredthsText(hundredths: bigint): string {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, "0");
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
