import type { Delimiters } from "./delimiters.ts";
import type { Problem } from "./problem.ts";
import type { ReadOptions } from "./read-options.ts";
import { readInterchangesSync } from "./reader.ts";
import { type OutInterchange, writeInterchange } from "./writer.ts";
import { UnwritableError } from "./writer-errors.ts";

/** What was to be written is not right by the standard or a guide: nothing of it was handed out. */
export class FaultyInterchangeError extends UnwritableError {
  override readonly name = "FaultyInterchangeError";
  /** What is wrong, with places in the file that would have been; warnings are not among them. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    super(`The interchange is not right: ${first?.message ?? "it was not read back as one"}${others}`);
    this.problems = problems;
  }
}

/**
 * Writes one interchange, and reads it back by the standard and the guides as whoever gets it would, before it hands out a byte.
 *
 * @throws FaultyInterchangeError with every problem; and as {@link writeInterchange} does
 */
export function writeCheckedInterchange(
  interchange: OutInterchange,
  delimiters: Delimiters,
  options: Omit<ReadOptions, "unwrap">,
): Uint8Array {
  const bytes = writeInterchange(interchange, delimiters);
  const report = readInterchangesSync(bytes, { ...options, unwrap: "never" });
  const problems = [
    ...report.problems,
    ...report.interchanges.flatMap(({ problems, groups }) => [
      ...problems,
      ...groups.flatMap((group) => [...group.problems, ...group.transactionSets.flatMap((set) => set.problems)]),
    ]),
  ].filter(({ severity }) => severity !== "warning");
  if (problems.length > 0 || report.interchanges.length !== 1) throw new FaultyInterchangeError(problems);
  return bytes;
}
