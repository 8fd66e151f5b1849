import type { FileReport, InterchangeReport, Problem, SetReport, SetSchema, Verdict } from "../x12/index.ts";
import type { SegmentStep, Step, Walker } from "./file-walk.ts";
import { codeOf } from "./located-problem.ts";
import { ProblemQueue } from "./problem-queue.ts";
import { partsOf } from "./segment-parts.ts";
import { colour, counted, print, printable } from "./terminal.ts";

export interface TreeOptions {
  /** One line for each segment. */
  readonly brief: boolean;
  /** The most segments shown. */
  readonly most: number;
}

/** Columns of one level. */
const indent = "  ";
const depths = { interchange: 1, group: 2, set: 3 } as const;
const verdictWords: Readonly<Record<Verdict, string>> = {
  A: "accepted",
  E: "accepted with errors",
  P: "accepted in part",
  R: "rejected",
};

/** Prints a file as a tree while it is walked through. */
export class InspectionPrinter implements Walker {
  readonly #report: FileReport;
  readonly #options: TreeOptions;
  readonly #problems: ProblemQueue;
  #segments = 0;
  #cutShort = false;
  #separator = "*";
  #text = "";

  constructor(report: FileReport, options: TreeOptions) {
    this.#report = report;
    this.#options = options;
    this.#problems = new ProblemQueue(report);
  }

  take(step: Step): boolean {
    if (this.#segments >= this.#options.most) {
      this.#cutShort = true;
      return false;
    }
    switch (step.kind) {
      case "interchange":
        this.#separator = step.delimiters.element;
        this.#line(0, interchangeLine(step.report));
        return true;
      case "group": {
        const { header, verdict } = step.report;
        const title = colour.bold(`Group ${shown(header.control)}`);
        const parties = `${shown(header.functionalId)} ${shown(header.version)} from ${shown(header.senderCode)} to ${shown(header.receiverCode)}`;
        this.#line(1, `${title}  ${parties}, ${verdictText(verdict)}`);
        return true;
      }
      case "set":
        this.#line(2, setLine(step.report, step.schema));
        return true;
      case "stray":
        this.#line(0, colour.bold(`${counted(step.length, "byte")} that belong to no interchange`));
        this.#mark(1, this.#problems.upTo(step.offset + step.length - 1));
        return true;
      case "segment":
        this.#segments++;
        this.#segment(step);
        return true;
    }
  }

  rest(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    return text === "" ? Promise.resolve() : print(text);
  }

  /** What belongs to the end of the file, or why the tree ends before it. */
  async end(): Promise<void> {
    const left = this.#problems.rest();
    if (this.#cutShort) {
      const more = left.length === 0 ? "" : `, with ${counted(left.length, "problem")} further on`;
      this.#line(0, `The file goes on; shown are its first ${counted(this.#segments, "segment")}${more}.`);
    } else {
      this.#mark(this.#report.interchanges.length === 0 ? 0 : 1, left);
    }
    await this.rest();
  }

  #segment({ of, cursor, offset, length, position, place, dictionary }: SegmentStep): void {
    const loops = place?.loop ? place.loop.split("/") : [];
    const depth = depths[of] + loops.length;
    if (place?.beginsLoop) this.#line(depth - 1, colour.dim(`Loop ${loops.at(-1)}`));
    const problems = this.#problems.upTo(offset + length);
    const name = dictionary?.segment(cursor.id)?.name ?? "";
    const id = shown(cursor.id);
    const number = position === null ? "" : colour.dim(`  ${position}`);
    const painted = problems.length === 0 ? colour.cyan(id.padEnd(3)) : colour.red(id.padEnd(3));
    if (this.#options.brief) {
      const raw = [cursor.id, ...elementTexts(cursor)].join(this.#separator);
      this.#line(depth, `${painted}  ${shown(raw)}${name === "" ? "" : `  ${colour.dim(name)}`}`);
    } else {
      this.#line(depth, `${painted}  ${name}${number}`);
      const parts = partsOf(cursor, dictionary);
      const widest = Math.max(0, ...parts.map((part) => part.name?.length ?? 0));
      const widestReference = Math.max(0, ...parts.map((part) => part.reference.length));
      for (const part of parts) {
        const label = part.label === null ? "" : colour.dim(`  ${part.label}`);
        const element = `${part.reference.padEnd(widestReference)}  ${(part.name ?? "").padEnd(widest)}`;
        this.#line(depth + 1, `${colour.dim(element)}  ${shown(part.value)}${label}`);
      }
    }
    this.#mark(depth + 1, problems);
  }

  #mark(depth: number, problems: readonly Problem[]): void {
    for (const problem of problems)
      this.#line(depth, colour.red(`! ${printable(problem.message)} (${codeOf(problem)})`));
  }

  #line(depth: number, text: string): void {
    this.#text += `${indent.repeat(depth)}${text}\n`;
  }
}

function interchangeLine({ header, verdict }: InterchangeReport): string {
  const usage = header.usage === "P" ? "production" : header.usage === "T" ? "test" : `usage ${shown(header.usage)}`;
  const parties = `from ${shown(header.senderQualifier)}/${shown(header.senderId)} to ${shown(header.receiverQualifier)}/${shown(header.receiverId)}`;
  return `${colour.bold(`Interchange ${shown(header.control)}`)}  ${parties}, ${usage}, ${verdictText(verdict)}`;
}

function setLine({ type, control, verdict }: SetReport, schema: SetSchema | null): string {
  const name = schema === null ? "" : `  ${schema.name}`;
  return `${colour.bold(`${shown(type)} ${shown(control)}`)}${name}, ${verdictText(verdict)}`;
}

function verdictText(verdict: Verdict): string {
  const word = verdictWords[verdict];
  return verdict === "A" ? colour.green(word) : colour.red(word);
}

function elementTexts(cursor: SegmentStep["cursor"]): string[] {
  return Array.from({ length: cursor.elementCount }, (_, i) => cursor.element(i + 1));
}

/** The most characters of one value that are shown: binary data can be as long as they like. */
const longestValue = 2_000;

function shown(value: string): string {
  const text = printable(value.slice(0, longestValue));
  return value.length > longestValue ? `${text}\u2026 (${value.length} characters)` : text;
}
