import { ControlNumbers } from "./control-numbers.ts";
import type { Delimiters } from "./delimiters.ts";
import { isCount, isSameNumber } from "./envelope-check.ts";
import { problemAt, problemOfMissing } from "./envelope-problem.ts";
import type { Finding, Findings } from "./findings.ts";
import type { GroupHeaders } from "./group-headers.ts";
import { GroupReading } from "./group-reading.ts";
import { defaultReadLimits, type ReadOptions } from "./read-options.ts";
import type { GroupReport, InterchangeHeader, InterchangeReport, Ta1Received } from "./report.ts";
import type { ScannedSegment } from "./segment-cursor.ts";
import { segmentKey } from "./segment-key.ts";
import type { SegmentsAhead } from "./segments-ahead.ts";
import { endAfter } from "./set-reading.ts";
import type { ValidatorShelf } from "./validator-shelf.ts";

/** What an interchange is given of the file around it. */
export interface InterchangeSurroundings {
  readonly header: InterchangeHeader;
  readonly delimiters: Delimiters;
  /** First byte of ISA. */
  readonly offset: number;
  readonly options: ReadOptions;
  readonly shelf: ValidatorShelf;
  readonly newFindings: () => Findings;
  /** The GS of the whole file. */
  readonly headers: GroupHeaders;
  /** Whether the file may have another of these; false where its limit is reached. */
  readonly admit: (part: "sets" | "groups" | "ta1s") => boolean;
}

const se = segmentKey("SE");
const st = segmentKey("ST");
const ge = segmentKey("GE");
const gs = segmentKey("GS");
const iea = segmentKey("IEA");

/** Whether a segment, told by its key, belongs to an envelope wherever it stands. */
function isEnvelope(key: number): boolean {
  return key === se || key === st || key === ge || key === gs || key === iea;
}

/** What most interchanges hold of them: shared by their reports. */
const noTa1s: readonly Ta1Received[] = Object.freeze([]);

/** What a segment has done to its interchange: nothing special, ended it (IEA), or been one too many for the file. */
export type SegmentOutcome = "open" | "closed" | "full";

/** One interchange being read: its ISA first, then every segment in turn, each sent to where it belongs. */
export class InterchangeReading {
  readonly #around: InterchangeSurroundings;
  readonly #findings: Findings;
  #ta1s: Ta1Received[] | null = null;
  readonly #groups: GroupReport[] = [];
  readonly #groupControls = new ControlNumbers();
  #group: GroupReading | null = null;
  #end: number;
  /** IEA came, without its terminator: the file ended right after it. */
  #trailerSeen = false;
  /** The file broke off within a segment, and that has been told. */
  #cut = false;
  /** Whether the last segment stood outside sets where none may: a run of them is told once. */
  #insideStrayRun = false;

  constructor(around: InterchangeSurroundings) {
    this.#around = around;
    this.#findings = around.newFindings();
    this.#end = around.offset;
  }

  headerChecked(isa: ScannedSegment, findings: readonly Finding[]): void {
    this.#end = endAfter(isa);
    this.#findings.add(findings);
  }

  /** The file ends within the ISA, or the ISA has no end that could be found. */
  headerCut(isa: ScannedSegment): void {
    this.#end = isa.offset + isa.length;
    const message = "The ISA is not complete: its sixteen elements and the segment terminator could not be found.";
    this.#findings.reject(problemAt(isa, "interchange", "023", message));
  }

  /** The same sender has used this ISA13 to the same receiver before in this file. */
  duplicate(isa: ScannedSegment): void {
    const message = `ISA13 "${this.#around.header.control}" was used before in this file, from the same sender to the same receiver.`;
    this.#findings.reject(problemAt(isa, "interchange", "025", message, 13, "I12"));
  }

  /** Nothing of the interchange can be read but its ISA. */
  abandon(): void {
    this.#group = null;
  }

  segment(cursor: ScannedSegment): SegmentOutcome {
    cursor.position = 0;
    const group = this.#group;
    if (group?.insideSet && !isEnvelope(cursor.key)) {
      group.segment(cursor);
      return "open";
    }
    const outcome = this.#envelopeSegment(cursor.id, cursor);
    this.#end = endAfter(cursor);
    return outcome;
  }

  /** As many of the segments ahead as are right in the open set, all at once; how many they were. */
  passRight(ahead: SegmentsAhead): number {
    return this.#group === null ? 0 : this.#group.passRight(ahead);
  }

  /** The file, or the interchange, ends within a segment. */
  cutSegment(cursor: ScannedSegment): void {
    cursor.position = 0;
    if (cursor.id === "IEA" && this.#isRightTrailer(cursor)) {
      this.#envelopeSegment("IEA", cursor);
      this.#end = endAfter(cursor) - 1;
      const message = "IEA, the last segment, has no terminator.";
      this.#findings.note(problemAt(cursor, "interchange", "023", message));
      this.#trailerSeen = true;
      return;
    }
    if (this.#group?.insideSet) this.#group.cutSegment(cursor);
    this.#end = endAfter(cursor) - 1;
    this.#cut = true;
    const message = `The file breaks off within the segment ${cursor.id}: no terminator follows.`;
    this.#findings.reject(problemAt(cursor, "interchange", "023", message));
  }

  oversizeSegment(cursor: ScannedSegment): void {
    cursor.position = 0;
    const limit = this.#around.options.limits?.segmentBytes ?? defaultReadLimits.segmentBytes;
    this.#end = cursor.offset + cursor.length;
    if (this.#group?.insideSet) {
      this.#group.oversizeSegment(cursor, limit);
      return;
    }
    const message = `The segment ${cursor.id} is longer than ${limit} bytes, the most we read; is its terminator missing?`;
    this.#findings.reject(problemAt(cursor, "interchange", "022", message));
  }

  /** Another ISA begins before the IEA. */
  cutOff(): void {
    if (this.#trailerSeen) return;
    this.#closeGroup();
    if (this.#cut) return;
    this.#findings.reject(
      problemOfMissing("interchange", "022", "IEA", "Another ISA begins before the IEA.", this.#end),
    );
  }

  endOfFile(): void {
    if (this.#trailerSeen) return;
    this.#closeGroup();
    if (this.#cut) return;
    this.#findings.reject(problemOfMissing("interchange", "023", "IEA", "The file ends before the IEA.", this.#end));
  }

  /** The file's limit was reached within this interchange. */
  notReadToItsEnd(): void {
    this.#closeGroup();
    const message = "The interchange was not read to its end: the file holds more than we read.";
    this.#findings.reject(problemOfMissing("interchange", "022", "IEA", message, this.#end));
  }

  report(): InterchangeReport {
    const { header, delimiters, offset } = this.#around;
    return {
      header,
      delimiters,
      verdict: this.#findings.rejected ? "R" : this.#findings.any ? "E" : "A",
      problems: this.#findings.problems,
      problemsOmitted: this.#findings.omitted,
      ta1s: this.#ta1s ?? noTa1s,
      groups: this.#groups.slice(),
      offset,
      length: this.#end - offset,
    };
  }

  #envelopeSegment(id: string, cursor: ScannedSegment): SegmentOutcome {
    switch (id) {
      case "GS":
        this.#insideStrayRun = false;
        return this.#beginGroup(cursor);
      case "ST":
        if (this.#group === null) return this.#misplaced(cursor, "022", "ST stands outside any functional group (GS).");
        this.#insideStrayRun = false;
        if (!this.#around.admit("sets")) return "full";
        this.#group.beginSet(cursor);
        return "open";
      case "SE":
        if (!this.#group?.insideSet) return this.#misplaced(cursor, "022", "SE stands here without an ST before it.");
        this.#group.endSet(cursor);
        return "open";
      case "GE":
        if (this.#group === null) return this.#misplaced(cursor, "022", "GE stands here without a GS before it.");
        this.#insideStrayRun = false;
        this.#group.trailer(cursor);
        if (this.#group.isEmpty) {
          const message = `The functional group ${this.#group.header.control} holds no transaction set.`;
          this.#findings.note(problemAt(cursor, "interchange", "024", message));
        }
        this.#keepGroup();
        return "open";
      case "IEA":
        this.#closeGroup();
        this.#trailer(cursor);
        return "closed";
      case "TA1":
        if (this.#group !== null) return this.#misplaced(cursor, "024", "TA1 belongs between ISA and GS.");
        if (!this.#around.admit("ta1s")) return "full";
        this.#ta1s ??= [];
        this.#ta1s.push({
          control: cursor.element(1),
          date: cursor.element(2),
          time: cursor.element(3),
          status: cursor.element(4),
          note: cursor.element(5),
        });
        return "open";
      default:
        return this.#misplaced(cursor, "024", `The segment "${cursor.id}" stands outside any transaction set.`);
    }
  }

  /**
   * A segment where none of its kind may stand. Inside a group it is told and no more: if it means that a set is lost,
   * the group's count says so. Outside groups nothing would: there it rejects the interchange.
   */
  #misplaced(cursor: ScannedSegment, code: string, message: string): SegmentOutcome {
    if (this.#insideStrayRun) return "open";
    this.#insideStrayRun = true;
    const problem = problemAt(cursor, "interchange", code, `${message} It was passed over.`);
    if (this.#group === null) this.#findings.reject(problem);
    else this.#findings.note(problem);
    return "open";
  }

  #beginGroup(gs: ScannedSegment): SegmentOutcome {
    this.#closeGroup();
    if (!this.#around.admit("groups")) return "full";
    const { header, options, shelf, newFindings, headers } = this.#around;
    const group = new GroupReading(gs, { interchange: header, options, shelf, newFindings, headers });
    this.#findings.add(group.checkHeader(gs));
    if (!this.#groupControls.add(group.header.control)) group.duplicate(gs);
    this.#group = group;
    return "open";
  }

  #trailer(iea: ScannedSegment): void {
    if (!isCount(iea, 1, this.#groups.length, 5)) {
      const message = `IEA01 says "${iea.element(1)}" functional groups; there are ${this.#groups.length}.`;
      this.#findings.reject(problemAt(iea, "interchange", "021", message, 1, "I16"));
    }
    const { control } = this.#around.header;
    if (!iea.elementIs(2, control) && !isSameNumber(iea.element(2), control)) {
      const message = `IEA02 "${iea.element(2)}" is not the ISA13 "${control}" that the interchange began with.`;
      this.#findings.reject(problemAt(iea, "interchange", "001", message, 2, "I12"));
    }
    if (this.#groups.length === 0 && this.#ta1s === null && !this.#findings.rejected) {
      const message = "The interchange is empty: it holds neither a functional group nor a TA1.";
      this.#findings.reject(problemAt(iea, "interchange", "024", message));
    }
  }

  /** Whether an IEA says what it should, so that nothing but its terminator can be missing. */
  #isRightTrailer(iea: ScannedSegment): boolean {
    const groups = this.#groups.length + (this.#group === null ? 0 : 1);
    return isCount(iea, 1, groups, 5) && isSameNumber(iea.element(2), this.#around.header.control);
  }

  /** A group still open has lost its GE. */
  #closeGroup(): void {
    if (this.#group === null) return;
    // While a set was open, it alone kept count of where its segments end.
    this.#end = Math.max(this.#end, this.#group.openSetEnd);
    this.#group.trailerMissing();
    this.#keepGroup();
  }

  #keepGroup(): void {
    this.#groups.push(this.#group!.report());
    this.#group = null;
  }
}
