import { ControlNumbers } from "./control-numbers.ts";
import { countOf, isCount, isSameNumber } from "./envelope-check.ts";
import { problemAt, problemOfMissing } from "./envelope-problem.ts";
import type { Finding, Findings } from "./findings.ts";
import type { GroupHeaders } from "./group-headers.ts";
import type { Verdict } from "./problem.ts";
import type { ReadOptions } from "./read-options.ts";
import type { GroupHeader, GroupReport, InterchangeHeader, SetReport } from "./report.ts";
import type { SetSchema } from "./schema.ts";
import type { ScannedSegment } from "./segment-cursor.ts";
import type { SegmentsAhead } from "./segments-ahead.ts";
import { endAfter, SetReading } from "./set-reading.ts";
import type { SetValidator } from "./set-validator.ts";
import { type Strictness, standardStrictness } from "./strictness.ts";
import type { ValidatorShelf } from "./validator-shelf.ts";

/** What a group is given of the file around it. */
export interface GroupSurroundings {
  readonly interchange: InterchangeHeader;
  readonly options: ReadOptions;
  readonly shelf: ValidatorShelf;
  readonly newFindings: () => Findings;
  /** Those of the whole file. */
  readonly headers: GroupHeaders;
}

/** One functional group being read: GS is under the cursor at first, then its sets, then GE or the lack of it. */
export class GroupReading {
  readonly header: GroupHeader;
  readonly #around: GroupSurroundings;
  readonly #schemaVersion: string | null;
  readonly #strictness: Strictness;
  readonly #findings: Findings;
  readonly #sets: SetReport[] = [];
  readonly #controls = new ControlNumbers();
  /** Of each set type met; seldom more than one. */
  readonly #validators: { readonly schema: SetSchema; readonly validator: SetValidator }[] = [];
  readonly #offset: number;
  #end: number;
  #includedCount: number | null = null;
  #set: SetReading | null = null;
  /** Whether GS01 is one that we know: only then can a set be in the wrong group. */
  #isKnownKind = true;

  constructor(gs: ScannedSegment, around: GroupSurroundings) {
    this.header = around.headers.read(gs);
    this.#around = around;
    this.#findings = around.newFindings();
    this.#offset = gs.offset;
    this.#end = endAfter(gs);
    const { library, acceptVersion, strictness } = around.options;
    const { version } = this.header;
    this.#schemaVersion =
      library.versionOf(version) ?? acceptVersion?.(version, around.interchange, this.header) ?? null;
    this.#strictness = strictness?.(around.interchange, this.header) ?? standardStrictness;
  }

  /** The problems of GS that are the interchange's to tell; those of the group it keeps. */
  checkHeader(gs: ScannedSegment): readonly Finding[] {
    const { headers, options } = this.#around;
    const { group, interchange } = headers.check(this.header, gs, options.library, this.#schemaVersion);
    this.#findings.add(group);
    this.#isKnownKind = group.every(({ problem }) => problem.code !== "1");
    return interchange;
  }

  /** GS06 was used before in the same interchange: an acknowledgment could not tell the two groups apart. */
  duplicate(gs: ScannedSegment): void {
    const message = `GS06 "${this.header.control}" was used before in this interchange.`;
    this.#findings.reject(problemAt(gs, "group", "6", message, 6, "28"));
  }

  get insideSet(): boolean {
    return this.#set !== null;
  }

  /** Where the last segment of the open set ends; 0 where none is open. */
  get openSetEnd(): number {
    return this.#set === null ? 0 : this.#set.end;
  }

  /** ST is under the cursor; a set still open has lost its SE. */
  beginSet(st: ScannedSegment): void {
    this.#closeSet();
    const { library } = this.#around.options;
    const type = st.elementLike(1, this.#sets.at(-1)?.type);
    const control = st.elementAlone(2);
    const findings = this.#around.newFindings();
    const version = this.#schemaVersion;
    const schema = version === null ? null : library.set(version, type);
    st.position = 1;
    const rejected = (code: string, element: number, number: string, message: string) => {
      findings.reject(problemAt(st, "set", code, message, element, number));
    };
    const functionalId = schema?.functionalId ?? library.functionalId(type);
    if (schema === null && !/^[A-Z0-9]{3}$/.test(type)) {
      rejected("6", 1, "143", `ST01 "${type}" is no transaction set identifier of three digits.`);
    } else if (this.#isKnownKind && functionalId !== null && functionalId !== this.header.functionalId) {
      const message = `A ${type} belongs in a group ${functionalId}; this group is ${this.header.functionalId}.`;
      rejected("18", 1, "143", message);
    } else if (version !== null && schema === null) {
      rejected("1", 1, "143", `We have no transaction set ${type} in version ${version}.`);
    }
    const isNew = this.#controls.add(control);
    if (control.length < 4 || control.length > 9 || control.trim() === "") {
      rejected("7", 2, "329", `ST02 "${control}" is no control number of 4 to 9 characters.`);
    } else if (!isNew) {
      rejected("23", 2, "329", `ST02 "${control}" was used before in this group.`);
    }
    this.#set = new SetReading(st, { type, control }, schema === null ? null : this.#validatorFor(schema), findings);
  }

  #validatorFor(schema: SetSchema): SetValidator {
    for (const known of this.#validators) if (known.schema === schema) return known.validator;
    const validator = this.#around.shelf.validatorFor(schema, this.#around.interchange, this.header, this.#strictness);
    this.#validators.push({ schema, validator });
    return validator;
  }

  /** A segment of the open set. */
  segment(cursor: ScannedSegment): void {
    this.#set!.segment(cursor);
  }

  /** As many of the segments ahead as are right in the open set, all at once; how many they were. */
  passRight(ahead: SegmentsAhead): number {
    return this.#set === null ? 0 : this.#set.passRight(ahead);
  }

  /** SE of the open set. */
  endSet(se: ScannedSegment): void {
    this.#set!.trailer(se, this.#strictness.segmentCount === "warn");
    this.#keepSet();
  }

  /** A segment of the open set without an end. */
  cutSegment(cursor: ScannedSegment): void {
    this.#set!.unfinishedSegment(cursor);
  }

  oversizeSegment(cursor: ScannedSegment, limit: number): void {
    const set = this.#set!;
    set.unfinishedSegment(cursor);
    const message = `The segment is longer than ${limit} bytes, the most we read; is its terminator missing?`;
    set.findings.reject(problemAt(cursor, "segment", "8", message));
  }

  /** GE is under the cursor. */
  trailer(ge: ScannedSegment): void {
    this.#closeSet();
    this.#end = endAfter(ge);
    const count = this.#sets.length;
    this.#includedCount = isCount(ge, 1, count, 6) ? count : countOf(ge.element(1), 6);
    if (this.#includedCount !== count) {
      const message = `GE01 says "${ge.element(1)}" transaction sets; there are ${count}.`;
      this.#findings.reject(problemAt(ge, "group", "5", message, 1, "97"));
    }
    if (!ge.elementIs(2, this.header.control) && !isSameNumber(ge.element(2), this.header.control)) {
      const message = `GE02 "${ge.element(2)}" is not the GS06 "${this.header.control}" that the group began with.`;
      this.#findings.reject(problemAt(ge, "group", "4", message, 2, "28"));
    }
  }

  /** The group is over without GE. */
  trailerMissing(): void {
    this.#closeSet();
    const message = `The functional group ${this.header.control} has no GE.`;
    this.#findings.reject(problemOfMissing("group", "3", "GE", message, this.#end));
  }

  get isEmpty(): boolean {
    return this.#sets.length === 0;
  }

  report(): GroupReport {
    return {
      header: this.header,
      verdict: this.#verdict(),
      problems: this.#findings.problems,
      // A copy has no room to spare, and the report outlives the reading.
      transactionSets: this.#sets.slice(),
      includedCount: this.#includedCount,
      offset: this.#offset,
      length: this.#end - this.#offset,
    };
  }

  #verdict(): Verdict {
    if (this.#findings.rejected) return "R";
    const rejected = this.#sets.filter((set) => set.verdict === "R").length;
    if (rejected === 0) return this.#sets.some((set) => set.verdict === "E") ? "E" : "A";
    return rejected === this.#sets.length ? "R" : "P";
  }

  #closeSet(): void {
    if (this.#set === null) return;
    this.#set.trailerMissing();
    this.#keepSet();
  }

  #keepSet(): void {
    const report = this.#set!.report();
    this.#sets.push(report);
    this.#end = report.offset + report.length;
    this.#set = null;
  }
}
