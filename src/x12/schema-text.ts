/**
 * The text form of `schemas/x12/<version>/`, described in `schemas/x12/README.md`: made to be read and diffed by a person.
 * Each kind of file has a parser and a printer; printing what was parsed gives the file back, byte for byte.
 */

/** A line of elements.txt: `353 ID 2/2 listed Transaction Set Purpose Code`. */
export interface ElementText {
  /** Number in the standard's dictionary ("353"), "I05" for those of the control segments. */
  readonly number: string;
  /** AN, ID, N0 to N6, R, DT, TM or B. */
  readonly type: string;
  /** Least and most characters. */
  readonly min: number;
  readonly max: number;
  /** Where its codes are: in codes.txt whole, in codes.txt as parts put together, in somebody else's list, or there are none. */
  readonly codes: "listed" | "parts" | "external" | "-";
  readonly name: string;
}

/** One place in a segment or composite: `98!` is mandatory, `C056*10` may repeat ten times. */
export interface ElementUseText {
  /** Element number or composite id. */
  readonly element: string;
  readonly mandatory: boolean;
  readonly repeat: number;
}

/** A paragraph of segments.txt or composites.txt. */
export interface SegmentText {
  readonly id: string;
  readonly name: string;
  readonly elements: readonly ElementUseText[];
  /** Syntax notes as printed: "P0304". */
  readonly notes: readonly string[];
}

export type Area = "heading" | "detail" | "summary";

/** A line of a set's file: one use of a segment, or the beginning of a loop whose body is indented under it. */
export interface SetLine {
  readonly kind: "segment" | "loop";
  readonly area: Area;
  /** Printed position number ("050"), "" where it is not known and for loops. */
  readonly position: string;
  /** Loops around it. */
  readonly depth: number;
  /** Segment id; of a loop, that of its trigger. */
  readonly id: string;
  readonly mandatory: boolean;
  /** Most uses as printed: a number or ">1" for any number. */
  readonly max: string;
  /** Loop id that the standard prints, where it is not the trigger's id. */
  readonly printedLoopId: string | null;
}

/** A set's file: `850 PO Purchase Order` and its lines. */
export interface SetText {
  readonly type: string;
  /** GS01 of the groups it travels in. */
  readonly functionalId: string;
  readonly name: string;
  readonly lines: readonly SetLine[];
}

/** Width of the column that holds the position number in a set's file. */
const positionColumn = 5;
/** codes.txt and labels.txt are broken at this column. */
const lineWidth = 120;

/** Data lines with their numbers; blank lines and lines that begin with `#` are left out. */
function* dataLines(text: string): Generator<{ readonly line: string; readonly number: number }> {
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line !== "" && !line.startsWith("#")) yield { line, number: i + 1 };
  }
}

/** A line of a schema's file that is not in its form. */
export class SchemaTextError extends Error {
  override readonly name = "SchemaTextError";
  /** 1-based. */
  readonly line: number;
  /** "is no element: ..." */
  readonly fault: string;

  constructor(line: number, fault: string) {
    super(`Schema text: line ${line} ${fault}`);
    this.line = line;
    this.fault = fault;
  }
}

function malformed(what: string, line: string, number: number): Error {
  return new SchemaTextError(number, `is no ${what}: "${line}"`);
}

export function parseElements(text: string): ElementText[] {
  const elements: ElementText[] = [];
  for (const { line, number } of dataLines(text)) {
    const match = /^(\S+) (AN|ID|N\d|R|DT|TM|B) (\d+)\/(\d+) (listed|parts|external|-) (\S.*)$/.exec(line);
    if (match === null) throw malformed("element", line, number);
    elements.push({
      number: match[1]!,
      type: match[2]!,
      min: Number(match[3]),
      max: Number(match[4]),
      codes: match[5] as ElementText["codes"],
      name: match[6]!,
    });
  }
  return elements;
}

export function printElements(elements: readonly ElementText[]): string {
  return elements.map((e) => `${e.number} ${e.type} ${e.min}/${e.max} ${e.codes} ${e.name}\n`).join("");
}

/** Parses segments.txt and composites.txt. */
export function parseSegments(text: string): SegmentText[] {
  const segments: SegmentText[] = [];
  let last: { elements: ElementUseText[]; notes: string[] } | null = null;
  for (const { line, number } of dataLines(text)) {
    const [word, ...values] = line.trim().split(" ");
    if (!line.startsWith(" ")) {
      last = { elements: [], notes: [] };
      segments.push({ id: word!, name: values.join(" "), ...last });
    } else if (last !== null && word === "elements") {
      for (const value of values) last.elements.push(parseElementUse(value, line, number));
    } else if (last !== null && word === "notes" && values.every((note) => /^[PRECL](\d\d){2,}$/.test(note))) {
      last.notes.push(...values);
    } else throw malformed("segment", line, number);
  }
  return segments;
}

function parseElementUse(value: string, line: string, number: number): ElementUseText {
  const match = /^([A-Z0-9]+)(!?)(?:\*(\d+))?$/.exec(value);
  if (match === null) throw malformed("list of elements", line, number);
  return { element: match[1]!, mandatory: match[2] === "!", repeat: Number(match[3] ?? "1") };
}

export function printSegments(segments: readonly SegmentText[]): string {
  const use = (e: ElementUseText) => `${e.element}${e.mandatory ? "!" : ""}${e.repeat === 1 ? "" : `*${e.repeat}`}`;
  return segments
    .map((s) => {
      const notes = s.notes.length === 0 ? "" : `  notes ${s.notes.join(" ")}\n`;
      return `${s.id} ${s.name}\n  elements ${s.elements.map(use).join(" ")}\n${notes}`;
    })
    .join("");
}

/** Parses codes.txt: element number to its codes, still one text, for most lists of a version are never asked for. */
export function parseCodes(text: string): Map<string, string> {
  const lists = new Map<string, string>();
  let element = "";
  for (const { line, number } of dataLines(text)) {
    if (!line.startsWith(" ")) {
      element = line;
      lists.set(element, "");
    } else if (element !== "") {
      const before = lists.get(element)!;
      lists.set(element, before === "" ? line.trim() : `${before} ${line.trim()}`);
    } else throw malformed("list of codes", line, number);
  }
  return lists;
}

export function printCodes(lists: ReadonlyMap<string, string>): string {
  let text = "";
  for (const [element, codes] of lists) {
    text += `${element}\n`;
    let line = " ";
    for (const code of codes.split(" ")) {
      if (line.length + 1 + code.length > lineWidth) {
        text += `${line}\n`;
        line = " ";
      }
      line += ` ${code}`;
    }
    text += `${line}\n`;
  }
  return text;
}

/** Parses labels.txt: element number to code to its label. */
export function parseLabels(text: string): Map<string, Map<string, string>> {
  const labels = new Map<string, Map<string, string>>();
  let codes: Map<string, string> | null = null;
  for (const { line, number } of dataLines(text)) {
    const code = /^ {2}([A-Z0-9]+) (\S.*)$/.exec(line);
    if (code !== null && codes !== null) codes.set(code[1]!, code[2]!);
    else if (/^[A-Z0-9]+$/.test(line)) {
      codes = new Map();
      labels.set(line, codes);
    } else throw malformed("label", line, number);
  }
  return labels;
}

export function parseSet(text: string): SetText {
  const [first, ...rest] = dataLines(text);
  const title = /^(\d{3}) ([A-Z]{2}) (\S.*)$/.exec(first?.line ?? "");
  if (title === null) throw malformed("set's title", first?.line ?? "", first?.number ?? 1);
  let area: Area = "heading";
  const lines: SetLine[] = [];
  for (const { line, number } of rest) {
    if (line === "heading" || line === "detail" || line === "summary") area = line;
    else lines.push(parseSetLine(line, number, area));
  }
  return { type: title[1]!, functionalId: title[2]!, name: title[3]!, lines };
}

function parseSetLine(line: string, number: number, area: Area): SetLine {
  const body = line.slice(positionColumn);
  const match = /^((?: {2})*)(loop )?([A-Z][A-Z0-9]+) ([MO]) (>1|\d+)(?: id (\S+))?$/.exec(body);
  if (match === null) throw malformed("line of a set", line, number);
  return {
    kind: match[2] === undefined ? "segment" : "loop",
    area,
    position: line.slice(0, positionColumn).trim(),
    depth: match[1]!.length / 2,
    id: match[3]!,
    mandatory: match[4] === "M",
    max: match[5]!,
    printedLoopId: match[6] ?? null,
  };
}

export function printSet(set: SetText): string {
  let text = `${set.type} ${set.functionalId} ${set.name}\n`;
  let area: Area | null = null;
  for (const line of set.lines) {
    if (line.area !== area) {
      area = line.area;
      text += `${area}\n`;
    }
    const loop = line.kind === "loop" ? "loop " : "";
    const printed = line.printedLoopId === null ? "" : ` id ${line.printedLoopId}`;
    const indent = line.position.padEnd(positionColumn) + "  ".repeat(line.depth);
    text += `${indent}${loop}${line.id} ${line.mandatory ? "M" : "O"} ${line.max}${printed}\n`;
  }
  return text;
}
