import { canDivide } from "./delimiters.ts";
import { fileProblem } from "./envelope-problem.ts";
import { isaLength, isWholeIsaAt, startsIsa } from "./interchange-header.ts";
import type { Problem } from "./problem.ts";
import type { FileReport } from "./report.ts";

/** Characters of a line, where a file was cut into lines of the same length (as card images were). */
const columns = 80;
/** Runs of whole lines that are told apart; a file with more of them is read as it stands from there on. */
const mostRuns = 100_000;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const none = new Uint8Array(0);

/** Whole lines one after the other: from here on, each 80 bytes are followed by a break that was taken out. */
interface Run {
  /** First byte among those that are left. */
  readonly at: number;
  /** The same byte in the file. */
  readonly offset: number;
  /** Whether breaks are still taken out. */
  readonly wrapped: boolean;
}

/**
 * Takes the line breaks out of a file that was cut into lines of 80 bytes wherever its segments end, and knows for each byte that is left
 * where it stood. A file is such a one only where the proof is exact: it begins with an ISA that is right if the break after its
 * 80th byte is left out, and wrong if it is not. A shorter line ends a run (as after an IEA), a longer one ends it all.
 */
export class Unwrapping {
  #state: "undecided" | "plain" | "wrapped";
  /** Bytes of a file that nothing has been decided of. */
  #held: Uint8Array = none;
  #lineBreak: Uint8Array = none;
  /** Bytes of the line so far, and bytes of the break after it. */
  #column = 0;
  #matched = 0;
  #taken = 0;
  #left = 0;
  readonly #runs: Run[] = [];

  constructor(unwrap: "detect" | "never" = "detect") {
    this.#state = unwrap === "never" ? "plain" : "undecided";
  }

  /** The next bytes of the file without the breaks; the same array where there are none to take out. */
  take(chunk: Uint8Array): Uint8Array {
    if (this.#state === "plain") return chunk;
    if (this.#state === "wrapped") return this.#unwrapped(chunk);
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const lineBreak = lineBreakOf(bytes);
    if (lineBreak === undefined) {
      // A copy: the chunk is the caller's to use again.
      this.#held = Uint8Array.from(bytes);
      return none;
    }
    this.#held = none;
    if (lineBreak === null) {
      this.#state = "plain";
      return bytes;
    }
    this.#state = "wrapped";
    this.#lineBreak = lineBreak;
    this.#runs.push({ at: 0, offset: 0, wrapped: true });
    return this.#unwrapped(bytes);
  }

  /** The file is over: the bytes that were held back. */
  finish(): Uint8Array {
    const rest = this.#state === "wrapped" ? this.#lineBreak.subarray(0, this.#matched) : this.#held;
    this.#held = none;
    return rest;
  }

  /** The report with every place as it is in the file, and a warning that it was wrapped; unchanged where it was not. */
  placed(report: FileReport): FileReport {
    if (this.#state !== "wrapped") return report;
    const place = <T extends { readonly offset: number; readonly length: number }>(part: T) => ({
      ...part,
      ...this.placeOf(part),
    });
    const placeProblem = (problem: Problem): Problem =>
      problem.offset === null ? problem : place({ ...problem, offset: problem.offset, length: problem.length ?? 0 });
    const size = this.#taken;
    const message = `The file is cut into lines of ${columns} characters, wherever its segments end. It was read without these line breaks.`;
    const wrapped: Problem = {
      ...fileProblem("wrapped-80", `warning: ${message}`, 0, size),
      severity: "warning",
    };
    return {
      size,
      problems: [wrapped, ...report.problems.map(placeProblem)],
      interchanges: report.interchanges.map((interchange) => ({
        ...place(interchange),
        delimiters: { ...interchange.delimiters, wrapped: true },
        problems: interchange.problems.map(placeProblem),
        groups: interchange.groups.map((group) => ({
          ...place(group),
          problems: group.problems.map(placeProblem),
          transactionSets: group.transactionSets.map((set) => ({
            ...place(set),
            problems: set.problems.map(placeProblem),
          })),
        })),
      })),
    };
  }

  /** Where a part of the bytes that are left stands in the file, the breaks within it counted. */
  placeOf({ offset, length }: { readonly offset: number; readonly length: number }): {
    readonly offset: number;
    readonly length: number;
  } {
    if (this.#state !== "wrapped") return { offset, length };
    return { offset: this.#offsetOf(offset), length: this.#lengthOf(offset, length) };
  }

  #unwrapped(chunk: Uint8Array): Uint8Array {
    const out = Buffer.allocUnsafe(chunk.length + this.#lineBreak.length);
    let length = 0;
    const keep = (bytes: Uint8Array) => {
      out.set(bytes, length);
      length += bytes.length;
      this.#left += bytes.length;
    };
    let i = 0;
    while (i < chunk.length) {
      if (!this.#runs.at(-1)!.wrapped) {
        keep(chunk.subarray(i));
        i = chunk.length;
      } else if (this.#column === columns) {
        if (chunk[i] !== this.#lineBreak[this.#matched]) {
          this.#beginRun(this.#left, this.#taken + i - this.#matched, false);
          keep(this.#lineBreak.subarray(0, this.#matched));
          this.#matched = 0;
          continue;
        }
        i++;
        if (++this.#matched < this.#lineBreak.length) continue;
        this.#matched = 0;
        this.#column = 0;
      } else {
        const line = chunk.subarray(i, i + columns - this.#column);
        const feed = line.indexOf(lineFeed);
        const kept = feed < 0 ? line : line.subarray(0, feed + 1);
        keep(kept);
        i += kept.length;
        this.#column += kept.length;
        if (feed >= 0) this.#beginRun(this.#left, this.#taken + i, true);
      }
    }
    this.#taken += chunk.length;
    return out.subarray(0, length);
  }

  #beginRun(at: number, offset: number, wrapped: boolean): void {
    this.#column = 0;
    this.#runs.push({ at, offset, wrapped: wrapped && this.#runs.length < mostRuns });
  }

  /** Where a byte that is left stands in the file. */
  #offsetOf(at: number): number {
    let low = 0;
    let high = this.#runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#runs[middle]!.at <= at) low = middle;
      else high = middle - 1;
    }
    const run = this.#runs[low]!;
    const breaks = run.wrapped ? Math.floor((at - run.at) / columns) : 0;
    return Math.min(run.offset + at - run.at + breaks * this.#lineBreak.length, this.#taken);
  }

  /** Bytes of the file from the first to the last of a part, breaks between them counted. */
  #lengthOf(at: number, length: number): number {
    return length === 0 ? 0 : Math.min(this.#offsetOf(at + length - 1) + 1, this.#taken) - this.#offsetOf(at);
  }
}

/** The break that a file's lines are cut with; null: it is not wrapped; undefined: more bytes are needed to tell. */
function lineBreakOf(bytes: Uint8Array): Uint8Array | null | undefined {
  if (bytes.length < 4) return undefined;
  if (!startsIsa(bytes, 0, bytes.length)) return null;
  if (bytes.length <= columns + 1) return undefined;
  const lineBreak =
    bytes[columns] === lineFeed
      ? Uint8Array.of(lineFeed)
      : bytes[columns] === carriageReturn && bytes[columns + 1] === lineFeed
        ? Uint8Array.of(carriageReturn, lineFeed)
        : null;
  if (lineBreak === null) return null;
  if (bytes.length < isaLength + lineBreak.length) return undefined;
  const rest = bytes.subarray(columns + lineBreak.length, isaLength + lineBreak.length);
  const isa = Buffer.concat([bytes.subarray(0, columns), rest]);
  const terminator = isa[isaLength - 1]!;
  const isRight = isWholeIsaAt(isa, 0, isa.length) && canDivide(terminator);
  return isRight && terminator !== lineFeed && terminator !== carriageReturn ? lineBreak : null;
}

/** The bytes of a part of a wrapped file without its line breaks, none of which are data. */
export function withoutLineBreaks(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== lineFeed && byte !== carriageReturn);
}
