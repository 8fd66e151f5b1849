/** Arithmetic over many customers: as exact as that of one, and quick enough for thousands of them. */
import { Big } from "big.js";

/** Three decimals, the rest cut off: what decides on rounding to the second. */
const Cut: typeof Big = Big();
Cut.DP = 3;
Cut.RM = Big.roundDown;

/** A quotient for rounding to two decimals: what lies beyond its third decimal is cut off, which no half-up rounding sees. */
export function quotient(part: Big, whole: Big | string): Big {
  return new Big(new Cut(part).div(whole));
}

/** Percent of a whole with two decimals. */
export function percentOf(part: Big, whole: Big): string {
  return quotient(part.times(100), whole).round(2, Big.roundHalfUp).toFixed(2);
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
  const sum = amounts.reduce((all, amount) => all + amount, 0n);
  if (decimals === 0) return String(sum);
  const digits = String(sum < 0n ? -sum : sum).padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Hundredths of a percent of one whole number in another, rounded half up. Both are not below zero, the whole is above. */
export function hundredthsOf(part: bigint, whole: bigint): bigint {
  return (part * 20_000n + whole) / (whole * 2n);
}
