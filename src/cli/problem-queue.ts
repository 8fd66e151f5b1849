import type { FileReport, Problem } from "../x12/index.ts";
import { problemsOf } from "./located-problem.ts";

/** A file's problems in the order of their places, handed out along a walk through it. */
export class ProblemQueue {
  readonly #problems: readonly Problem[];
  #next = 0;

  constructor(report: FileReport) {
    this.#problems = problemsOf(report).map(({ problem }) => problem);
  }

  /** The problems up to byte `offset`, it included, that have not been handed out. */
  upTo(offset: number): readonly Problem[] {
    const from = this.#next;
    while (this.#next < this.#problems.length && (this.#problems[this.#next]?.offset ?? 0) <= offset) this.#next++;
    return this.#problems.slice(from, this.#next);
  }

  /** All that are left: of what is missing at the end of the file. */
  rest(): readonly Problem[] {
    return this.upTo(Number.POSITIVE_INFINITY);
  }
}
