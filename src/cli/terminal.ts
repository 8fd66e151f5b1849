import { once } from "node:events";
import pc from "picocolors";

/** Colours where standard output is a terminal and NO_COLOR is not set; everywhere else they leave text as it is. */
export const colour = pc.createColors(process.stdout.isTTY === true && pc.isColorSupported);

/** Columns that a line may take where it can be helped: the terminal's, or as many as fit into most windows and mails. */
export const lineWidth = Math.max(40, process.stdout.columns ?? 120);

/** Writes to standard output, and waits until it is taken where a pipe is slower than we are. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** One JSON value, readable, on standard output. */
export function printJson(value: unknown): Promise<void> {
  return print(`${JSON.stringify(value, null, 2)}\n`);
}

/** A remark that is no part of a command's result. */
export function remark(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/**
 * Text from a file as a terminal may have it: each control character gives way to its picture, anything that turns the
 * direction of writing to a replacement sign. One character stays one column, so marks beneath stay in place.
 */
export function printable(text: string): string {
  return text
    .replace(/[\x00-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421")
    .replace(/[\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** Rows in columns that are as wide as their widest cell; the last is not filled up. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}

/** `1 problem`, `2 problems`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
