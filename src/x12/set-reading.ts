import { isCount } from "./envelope-check.ts";
import { problemAt, problemOfMissing } from "./envelope-problem.ts";
import type { Findings } from "./findings.ts";
import { asWarning, type Problem } from "./problem.ts";
import type { SetReport } from "./report.ts";
import type { ScannedSegment } from "./segment-cursor.ts";
import type { SegmentsAhead } from "./segments-ahead.ts";
import type { SetValidator } from "./set-validator.ts";

/** Bytes from the cursor's segment to the end of its terminator. */
export function endAfter(cursor: ScannedSegment): number {
  return cursor.offset + cursor.length + 1;
}

/** What AK502 says of the first and second element of ST and SE: identifier and count, control number. */
const faultsOf: readonly (readonly string[])[] = [[], ["1", "4", "6", "18"], ["3", "7", "23"]];

/** ST01 and ST02. */
export interface SetHeader {
  readonly type: string;
  readonly control: string;
}

/** One transaction set being read: ST is under the cursor at first, then each segment, then SE or the lack of it. */
export class SetReading {
  readonly type: string;
  readonly control: string;
  readonly findings: Findings;
  readonly #implementation: string;
  #validator: SetValidator | null;
  readonly #offset: number;
  #end: number;
  #count = 1;

  /** @param validator null for a set that we have no schema of: then only its envelope is checked. */
  constructor(st: ScannedSegment, { type, control }: SetHeader, validator: SetValidator | null, findings: Findings) {
    st.position = 1;
    this.type = type;
    this.control = control;
    this.findings = findings;
    this.#implementation = st.element(3);
    this.#validator = validator;
    this.#offset = st.offset;
    this.#end = endAfter(st);
    validator?.begin((problem) => {
      if (this.#isTold(problem)) return;
      if (problem.severity === "warning") findings.note(problem);
      else findings.reject(problem);
    });
    validator?.segment(st);
  }

  /** Where its last segment ends, the terminator counted. */
  get end(): number {
    return this.#end;
  }

  /** A segment between ST and SE. */
  segment(cursor: ScannedSegment): void {
    cursor.position = ++this.#count;
    this.#end = endAfter(cursor);
    this.#validator?.segment(cursor);
  }

  /** As many of the segments ahead as are right, all at once; how many they were. */
  passRight(ahead: SegmentsAhead): number {
    if (this.#validator === null) return 0;
    const count = this.#validator.passRight(ahead);
    if (count > 0) {
      this.#count += count;
      this.#end = ahead.base + ahead.endOf(count);
    }
    return count;
  }

  /** A segment that the file ends in, or that is too long: counted. What its set lacks can't be told any more. */
  unfinishedSegment(cursor: ScannedSegment): void {
    this.#validator = null;
    cursor.position = ++this.#count;
    this.#end = endAfter(cursor) - 1;
  }

  /** SE is under the cursor. A count that is wrong may be tolerated: it is told, and the set stands. */
  trailer(se: ScannedSegment, toleratesCount: boolean): void {
    se.position = ++this.#count;
    this.#end = endAfter(se);
    if (!isCount(se, 1, this.#count, 10)) {
      const message = `SE01 says "${se.element(1)}" segments; there are ${this.#count}, ST and SE counted.`;
      const problem = problemAt(se, "set", "4", message, 1, "96");
      if (toleratesCount) this.findings.note(asWarning(problem));
      else this.findings.reject(problem);
    }
    if (!se.elementIs(2, this.control) && this.control !== "") {
      const message = `SE02 "${se.element(2)}" is not the ST02 "${this.control}" that the set began with.`;
      this.findings.reject(problemAt(se, "set", "3", message, 2, "329"));
    }
    this.#validator?.end(se);
  }

  /** The set is over without SE. */
  trailerMissing(): void {
    this.#validator?.end(null);
    const message = `The transaction set ${this.control} has no SE.`;
    this.findings.reject(problemOfMissing("set", "2", "SE", message, this.#end, this.#count + 1));
  }

  /** Whether a fault of ST or SE has been told already, as one of the whole set. */
  #isTold(problem: Problem): boolean {
    if (problem.level !== "element" || (problem.segment !== "ST" && problem.segment !== "SE")) return false;
    const codes = faultsOf[problem.element ?? 0] ?? [];
    return this.findings.problems.some((told) => told.level === "set" && codes.includes(told.code));
  }

  report(): SetReport {
    return {
      type: this.type,
      control: this.control,
      implementation: this.#implementation,
      verdict: this.findings.rejected ? "R" : this.findings.any ? "E" : "A",
      problems: this.findings.problems,
      problemsOmitted: this.findings.omitted,
      offset: this.#offset,
      length: this.#end - this.#offset,
      segmentCount: this.#count,
    };
  }
}
