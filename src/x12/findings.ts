import type { Problem } from "./problem.ts";

/** A problem, and whether the part it was found in is rejected for it. */
export interface Finding {
  readonly problem: Problem;
  readonly rejects: boolean;
}

/** What most parts of most files have. */
const none: readonly Problem[] = Object.freeze([]);

/** How many problems one file may bring before they are only counted; shared by all its parts. */
export class ProblemAllowance {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  get usedUp(): boolean {
    return this.#left === 0;
  }

  /** Takes one problem's room; false where there is none left. */
  take(): boolean {
    if (this.#left === 0) return false;
    this.#left--;
    return true;
  }
}

/**
 * The problems of one part of a file (interchange, group or set), as many as are kept. A problem that decides the verdict
 * is never crowded out by lesser ones.
 */
export class Findings {
  readonly #most: number;
  readonly #allowance: ProblemAllowance;
  #rejecting: Problem[] | null = null;
  #noted: Problem[] | null = null;
  #omitted = 0;
  #rejected = false;

  constructor(most: number, allowance: ProblemAllowance) {
    this.#most = most;
    this.#allowance = allowance;
  }

  /** A problem that rejects. */
  reject(problem: Problem): void {
    this.#rejected = true;
    this.#rejecting ??= [];
    this.#keep(this.#rejecting, problem);
  }

  /** A problem that is told and does no harm. */
  note(problem: Problem): void {
    this.#noted ??= [];
    this.#keep(this.#noted, problem);
  }

  add(findings: readonly Finding[]): void {
    for (const { problem, rejects } of findings) {
      if (rejects) this.reject(problem);
      else this.note(problem);
    }
  }

  /** Whether any problem rejects, kept or not. */
  get rejected(): boolean {
    return this.#rejected;
  }

  get omitted(): number {
    return this.#omitted;
  }

  /** Whether anything was found at all. */
  get any(): boolean {
    return this.#rejecting !== null || this.#noted !== null;
  }

  /** What is kept, the deciding ones first. */
  get problems(): readonly Problem[] {
    if (this.#rejecting === null && this.#noted === null) return none;
    return [...(this.#rejecting ?? []), ...(this.#noted ?? [])];
  }

  #keep(list: Problem[], problem: Problem): void {
    if (list.length < this.#most && this.#allowance.take()) list.push(problem);
    else this.#omitted++;
  }
}
