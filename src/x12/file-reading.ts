import { checkInterchangeHeader, isRightLike } from "./envelope-check.ts";
import { fileProblem } from "./envelope-problem.ts";
import { type Finding, Findings, ProblemAllowance } from "./findings.ts";
import { foreignFormat, resemblance } from "./foreign-format.ts";
import { GroupHeaders } from "./group-headers.ts";
import { type IsaReading, interchangeHeaderOf } from "./interchange-header.ts";
import { InterchangeNumbers } from "./interchange-numbers.ts";
import { InterchangeReading } from "./interchange-reading.ts";
import type { Problem } from "./problem.ts";
import { defaultReadLimits, type ReadOptions } from "./read-options.ts";
import type { FileReport, InterchangeReport } from "./report.ts";
import type { ScanEvent, Scanner } from "./scanner.ts";
import type { SegmentCursor } from "./segment.ts";
import { ValidatorShelf } from "./validator-shelf.ts";

/** One file being read: takes the scanner's events, opens an {@link InterchangeReading} at each ISA, and ends with the report. */
export class FileReading {
  readonly #scanner: Scanner;
  readonly #options: ReadOptions;
  readonly #problemsPerPart: number;
  readonly #mostParts: number;
  readonly #allowance: ProblemAllowance;
  readonly #shelf: ValidatorShelf;
  readonly #problems: Findings;
  readonly #interchanges: InterchangeReport[] = [];
  readonly #controls = new InterchangeNumbers();
  readonly #groupHeaders = new GroupHeaders();
  /** The last ISA that was checked in full and found right. */
  #rightIsa: IsaReading | null = null;
  #open: InterchangeReading | null = null;
  #leading: { offset: number; length: number; sample: Uint8Array } | null = null;
  #parts = { sets: 0, groups: 0, interchanges: 0, ta1s: 0 };
  /** Says that reading stopped before the end, and why. */
  #unread: Problem | null = null;
  #stopped = false;
  readonly #newFindings = () => new Findings(this.#problemsPerPart, this.#allowance);
  readonly #admit = (part: "sets" | "groups" | "ta1s") => ++this.#parts[part] <= this.#mostParts;

  constructor(scanner: Scanner, options: ReadOptions) {
    this.#scanner = scanner;
    this.#options = options;
    this.#problemsPerPart = options.limits?.problemsPerSet ?? defaultReadLimits.problemsPerSet;
    this.#mostParts = options.limits?.transactionSets ?? defaultReadLimits.transactionSets;
    this.#allowance = new ProblemAllowance(options.limits?.problemsPerFile ?? defaultReadLimits.problemsPerFile);
    this.#problems = new Findings(this.#problemsPerPart, this.#allowance);
    this.#shelf = new ValidatorShelf(options.guides);
  }

  /** Reads all that the scanner has; `stopped` says that further bytes change nothing. */
  readOn(): "more" | "stopped" {
    while (!this.#stopped) {
      const event = this.#scanner.next();
      if (event === "more") return "more";
      if (event === "segment") this.#takeSegment();
      else this.#take(event);
    }
    return "stopped";
  }

  /** The report of what has been read. Once, at the end. @param unread bytes that came after reading had stopped */
  report(unread = 0): FileReport {
    const size = this.#scanner.size + unread;
    this.#tellLeadingData(size);
    const problems: Problem[] = [...this.#problems.problems];
    // That not all was read must be told, however many other problems there are.
    if (this.#unread) problems.push(this.#unread);
    if (this.#allowance.usedUp) {
      const message = "The file has more problems than are kept; mend those told and send it again.";
      problems.push(fileProblem("too-many-problems", message, 0, size));
    }
    return { size, interchanges: this.#interchanges, problems };
  }

  #takeSegment(): void {
    const outcome = this.#open!.segment(this.#scanner.segment);
    if (outcome === "closed") {
      this.#close();
      this.#scanner.endInterchange();
    } else if (outcome === "full") {
      this.#stopBecauseOfSize();
    } else {
      this.#passRight();
    }
  }

  /** Takes what is right in the open set many segments at a time, which is most of most files. */
  #passRight(): void {
    for (;;) {
      const ahead = this.#scanner.ahead();
      if (ahead === null) return;
      const count = this.#open!.passRight(ahead);
      if (count === 0 || !this.#scanner.pass(count)) return;
    }
  }

  #take(event: Exclude<ScanEvent, "segment" | "more">): void {
    const { segment } = this.#scanner;
    switch (event) {
      case "header":
        this.#open?.cutOff();
        this.#close();
        this.#openInterchange();
        return;
      case "cut":
        this.#open!.cutSegment(segment);
        return;
      case "oversize":
        this.#open!.oversizeSegment(segment);
        return;
      case "stray": {
        const { offset, length, sample } = this.#scanner.stray;
        if (this.#interchanges.length === 0) this.#leading = { offset, length, sample };
        else this.#tellTrailingData(offset, length);
        return;
      }
      case "foreign":
        this.#leading = { ...this.#scanner.stray };
        this.#stopped = true;
        return;
      case "end":
        this.#open?.endOfFile();
        this.#close();
        this.#stopped = true;
        return;
    }
  }

  #openInterchange(): void {
    const { isa, segment } = this.#scanner;
    // The set before it may have been cut off: its count is not the ISA's.
    segment.position = 0;
    if (++this.#parts.interchanges > this.#mostParts) {
      this.#stopBecauseOfSize();
      return;
    }
    const header = interchangeHeaderOf(isa);
    const open = new InterchangeReading({
      header,
      delimiters: isa.delimiters,
      offset: segment.offset,
      options: this.#options,
      shelf: this.#shelf,
      newFindings: this.#newFindings,
      admit: this.#admit,
      headers: this.#groupHeaders,
    });
    this.#open = open;
    if (!isa.complete) {
      open.headerCut(segment);
      this.#close();
      return;
    }
    const findings = this.#checkHeader(isa, segment);
    open.headerChecked(segment, findings);
    if (findings.some(({ problem, rejects }) => rejects && unreadable.has(problem.code))) {
      open.abandon();
      this.#close();
      this.#scanner.abandonInterchange();
      return;
    }
    if (!this.#controls.add(header)) open.duplicate(segment);
  }

  #checkHeader(isa: IsaReading, segment: SegmentCursor): readonly Finding[] {
    if (this.#rightIsa !== null && isRightLike(isa, this.#rightIsa)) return [];
    const findings = checkInterchangeHeader(isa, segment, this.#options.library);
    if (findings.length === 0) this.#rightIsa = isa;
    return findings;
  }

  #close(): void {
    if (this.#open === null) return;
    this.#interchanges.push(this.#open.report());
    this.#open = null;
  }

  #stopBecauseOfSize(): void {
    const offset = this.#scanner.segment.offset;
    const message = `The file holds more than ${this.#mostParts} sets, groups or interchanges; the rest was not read. Send it in parts.`;
    this.#unread = fileProblem("too-many-sets", message, offset, 0);
    this.#open?.notReadToItsEnd();
    this.#close();
    this.#stopped = true;
  }

  #tellTrailingData(offset: number, length: number): void {
    const message = `${length} bytes from byte ${offset} belong to no interchange: after an IEA only an ISA may follow. They were not read.`;
    this.#problems.reject(fileProblem("trailing-data", message, offset, length));
  }

  /** What stood before the first ISA, once it is known whether one came. */
  #tellLeadingData(size: number): void {
    if (this.#leading !== null) {
      const { offset, length, sample } = this.#leading;
      if (this.#interchanges.length > 0) {
        const message = `${length} bytes stand before the first ISA; they were not read.`;
        this.#problems.reject(fileProblem("leading-data", message, offset, length));
      } else {
        const what = foreignFormat(sample) ?? resemblance(sample);
        const message = `This is no X12 file, it has no ISA segment: it looks like ${what}.`;
        this.#problems.reject(fileProblem("not-x12", message, offset, size - offset));
      }
    } else if (this.#interchanges.length === 0 && !this.#problems.any) {
      const message = size === 0 ? "The file is empty." : "The file holds nothing but blanks and line breaks.";
      this.#problems.reject(fileProblem("empty", message, 0, size));
    }
  }
}

/** TA105 codes after which the interchange can't be divided into segments: terminator, component separator, broken lines. */
const unreadable = new Set(["004", "022", "027"]);
