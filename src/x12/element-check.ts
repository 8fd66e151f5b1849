import { bitOf, type Checklist } from "./checklist.ts";
import { type ExternalLists, noExternalLists, northAmerica } from "./external-codes.ts";
import * as messages from "./messages.ts";
import { asWarning, type Problem } from "./problem.ts";
import { isPlainAndRight } from "./quick-check.ts";
import type { ElementSchema, SyntaxNote, VersionSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { ScannedSegment } from "./segment-cursor.ts";
import type { Strict } from "./strictness.ts";
import { faultyPositions, keepsNote, keepsNotes } from "./syntax-notes.ts";
import { onlyBlanks, type ValueFault, valueFault } from "./value-check.ts";

/** The most characters of a value that AK404 carries. */
export const longestValue = 99;

/** AK403 codes for what later versions added; where a version's element 723 lacks one, "3" (too many data elements) stands in. */
const tooManyRepetitions = "12";
const tooManyComponents = "13";
const tooManyElements = "3";

/** Data element of a country. */
const countryCode = "26";

/** Which part of an element a problem is about; 0 where it is not about a repetition or a component. */
export interface ElementPart {
  readonly element: number;
  readonly repetition: number;
  readonly component: number;
}

/** Stands for no part: the segment itself. */
const wholeSegment: ElementPart = { element: 0, repetition: 0, component: 0 };

/**
 * Checks what a segment holds, element by element and by its syntax notes, and reports with the codes of AK403. Nothing is
 * allocated for a segment that is right.
 */
export class ElementCheck {
  readonly #version: string;
  readonly #repetitionCode: string;
  readonly #componentCode: string;
  #report: (problem: Problem) => void = () => {};
  #loop: string | null = null;
  /** What the segment under the cursor is checked by. */
  #list: Checklist | null = null;

  readonly #external: ExternalLists;
  readonly #extraElements: Strict;

  constructor(dictionary: VersionSchema, external: ExternalLists = noExternalLists, extraElements: Strict = "reject") {
    this.#version = dictionary.version;
    this.#external = external;
    this.#extraElements = extraElements;
    const codes = dictionary.codes("723");
    this.#repetitionCode = codes?.has(tooManyRepetitions) === true ? tooManyRepetitions : tooManyElements;
    this.#componentCode = codes?.has(tooManyComponents) === true ? tooManyComponents : tooManyElements;
  }

  /** Report problems through `report` from now on. */
  begin(report: (problem: Problem) => void): void {
    this.#report = report;
  }

  /** Checks the segment under the cursor, which stands in `loop`. */
  check(cursor: SegmentCursor, list: Checklist, loop: string | null): void {
    if (cursor instanceof ScannedSegment && isPlainAndRight(cursor, list)) return;
    this.#checkFully(cursor, list, loop);
  }

  #checkFully(cursor: SegmentCursor, list: Checklist, loop: string | null): void {
    this.#loop = loop;
    this.#list = list;
    const { rules } = list;
    const written = cursor.elementCount;
    const defined = rules.length;
    const count = Math.min(written, defined);
    const { bytes, base } = cursor;
    let present = 0;
    for (let n = 1; n <= count; n++) {
      if (!cursor.has(n)) continue;
      present |= bitOf(n);
      const rule = rules[n - 1]!;
      if (rule === null || cursor.repetitionCount(n) !== 1 || cursor.componentCount(n, 1) !== 1) {
        this.#checkInParts(cursor, n, list);
      } else {
        const start = cursor.offsetOf(n) - base;
        const fault = valueFault(rule, bytes, start, start + cursor.lengthOf(n));
        if (fault !== 0)
          this.#reportValue(cursor, fault, { element: n, repetition: 0, component: 0 }, list.elements[n - 1]!);
      }
    }
    if (written > defined && this.#extraElements !== "off") this.#checkBeyond(cursor, defined);
    if ((present & list.mandatory) !== list.mandatory || list.notes.length !== 0) {
      this.#checkBindings(cursor, list, present, wholeSegment);
    }
  }

  /** An element that is composite or repeated, by its schema or by what stands there. */
  #checkInParts(cursor: SegmentCursor, n: number, list: Checklist): void {
    const element = list.elements[n - 1]!;
    const repetitions = cursor.repetitionCount(n);
    if (repetitions > element.repeat) {
      const part = { element: n, repetition: element.repeat + 1, component: 0 };
      this.#reportElement(
        cursor,
        this.#repetitionCode,
        part,
        element,
        messages.tooManyRepetitions(element, repetitions),
      );
    }
    const checked = Math.min(repetitions, element.repeat);
    const composite = list.composites[n - 1]!;
    for (let r = 1; r <= checked; r++) {
      const repetition = element.repeat > 1 || repetitions > 1 ? r : 0;
      if (composite === null) this.#checkSimple(cursor, { element: n, repetition, component: 0 }, r, list);
      else this.#checkComposite(cursor, n, r, repetition, element, composite);
    }
  }

  #checkSimple(cursor: SegmentCursor, part: ElementPart, r: number, list: Checklist): void {
    const element = list.elements[part.element - 1]!;
    const length = cursor.lengthOf(part.element, r, 1);
    if (cursor.componentCount(part.element, r) > 1) {
      this.#reportElement(cursor, "6", part, element, messages.separatorInSimpleElement(element));
    } else if (length > 0) {
      const start = cursor.offsetOf(part.element, r, 1) - cursor.base;
      const fault = valueFault(list.rules[part.element - 1]!, cursor.bytes, start, start + length);
      if (fault !== 0) this.#reportValue(cursor, fault, part, element);
    }
  }

  #checkComposite(
    cursor: SegmentCursor,
    n: number,
    r: number,
    repetition: number,
    element: ElementSchema,
    list: Checklist,
  ): void {
    const written = cursor.componentCount(n, r);
    const defined = list.elements.length;
    let present = 0;
    for (let c = 1; c <= written; c++) {
      const length = cursor.lengthOf(n, r, c);
      if (length === 0) continue;
      if (c > defined) {
        const part = { element: n, repetition, component: c };
        this.#reportElement(cursor, this.#componentCode, part, element, messages.tooManyComponents(element));
        break;
      }
      present |= bitOf(c);
      const start = cursor.offsetOf(n, r, c) - cursor.base;
      const fault = valueFault(list.rules[c - 1]!, cursor.bytes, start, start + length);
      if (fault !== 0)
        this.#reportValue(cursor, fault, { element: n, repetition, component: c }, list.elements[c - 1]!);
    }
    // An empty repetition is a gap between two others, not a composite that lacks its parts.
    if (present !== 0) this.#checkBindings(cursor, list, present, { element: n, repetition, component: 0 });
  }

  /** Elements beyond those defined, unless all of them are empty: a separator too many does nobody harm. */
  #checkBeyond(cursor: SegmentCursor, defined: number): void {
    for (let n = defined + 1; n <= cursor.elementCount; n++) {
      if (!cursor.has(n)) continue;
      const part = { element: n, repetition: 0, component: 0 };
      const message = messages.tooManyElements(cursor.id, defined);
      const problem = elementProblem(cursor, tooManyElements, part, null, this.#loop, message);
      this.#report(this.#extraElements === "warn" ? asWarning(problem) : problem);
      return;
    }
  }

  /**
   * Mandatory elements and syntax notes of a segment (`within.element` 0) or of a composite. An element that is missing is
   * reported once, however many rules ask for it.
   */
  #checkBindings(cursor: SegmentCursor, list: Checklist, present: number, within: ElementPart): void {
    let reported = list.mandatory & ~present;
    if (reported !== 0) {
      for (const element of list.elements) {
        if ((reported & bitOf(element.position)) === 0) continue;
        this.#reportElement(cursor, "1", partAt(within, element.position), element, messages.elementMissing(element));
      }
    }
    if (keepsNotes(list.packedNotes, present)) return;
    // Notes that any of several elements would satisfy come last: the element that another note asks for may be one of them.
    for (const anyWillDo of [false, true]) {
      for (const note of list.notes) {
        if ((note.kind === "R" || note.kind === "L") !== anyWillDo || keepsNote(note, present)) continue;
        if (anyWillDo && (reported & note.mask) !== 0) continue;
        for (const position of faultyPositions(note, present)) {
          if ((reported & bitOf(position)) !== 0) continue;
          reported |= bitOf(position);
          this.#reportNote(cursor, list, note, present, partAt(within, position));
        }
      }
    }
  }

  #reportNote(cursor: SegmentCursor, list: Checklist, note: SyntaxNote, present: number, part: ElementPart): void {
    const position = part.component === 0 ? part.element : part.component;
    const element = list.elements[position - 1]!;
    if (note.kind === "E") {
      this.#reportElement(cursor, "10", part, element, messages.elementsExclude(element, note, list.elements));
      return;
    }
    const given = note.positions
      .filter((p) => (present & bitOf(p)) !== 0)
      .map((p) => ({
        element: list.elements[p - 1]!,
        value: part.component === 0 ? cursor.element(p) : cursor.component(part.element, part.repetition || 1, p),
      }));
    this.#reportElement(cursor, "2", part, element, messages.boundElementMissing(element, note, list.elements, given));
  }

  #reportValue(cursor: SegmentCursor, fault: Exclude<ValueFault, 0>, part: ElementPart, element: ElementSchema): void {
    const value = partText(cursor, part);
    if (fault === 7 && element.codes === null) {
      this.#reportExternal(cursor, part, element, value);
      return;
    }
    if (fault === onlyBlanks && element.requirement === "M" && isBlank(value)) {
      this.#reportElement(cursor, "1", part, element, messages.blankAndMandatory(element, value));
      return;
    }
    this.#reportElement(cursor, String(fault), part, element, valueMessage(fault, element, this.#version, value));
  }

  /** A value that is in none of the lists that the standard leaves to others, as the account wants it told. */
  #reportExternal(cursor: SegmentCursor, part: ElementPart, element: ElementSchema, value: string): void {
    const list = this.#external.get(element.dataElement ?? "");
    if (list === undefined || (list.northAmericanOnly && this.#isAbroad(cursor))) return;
    const message = messages.notInExternalList(element, list, value);
    const problem = elementProblem(cursor, "7", part, element, this.#loop, message);
    this.#report(list.strict === "warn" ? asWarning(problem) : problem);
  }

  /** Whether an address names a country other than the United States and Canada. */
  #isAbroad(cursor: SegmentCursor): boolean {
    const at = this.#list?.elements.find(({ dataElement }) => dataElement === countryCode)?.position;
    const country = at === undefined ? "" : cursor.element(at).trimEnd();
    return country !== "" && !northAmerica.has(country);
  }

  #reportElement(
    cursor: SegmentCursor,
    code: string,
    part: ElementPart,
    element: ElementSchema | null,
    message: string,
  ): void {
    this.#report(elementProblem(cursor, code, part, element, this.#loop, message));
  }
}

/** Whether there is a value, and it is blanks alone. */
function isBlank(value: string): boolean {
  return /^ +$/.test(value);
}

function partAt(within: ElementPart, position: number): ElementPart {
  return within.element === 0 ? { ...within, element: position } : { ...within, component: position };
}

/** A problem of one element, repetition or component, with its place in the file. Shared with the guides' check. */
export function elementProblem(
  cursor: SegmentCursor,
  code: string,
  part: ElementPart,
  element: ElementSchema | null,
  loop: string | null,
  message: string,
): Problem {
  const { element: n, repetition: r, component: c } = part;
  const inParts = r !== 0 || c !== 0;
  const value = partText(cursor, part);
  return {
    level: "element",
    code,
    segment: cursor.id,
    position: cursor.position,
    element: n,
    component: c === 0 ? null : c,
    repetition: r === 0 ? null : r,
    offset: inParts ? cursor.offsetOf(n, r || 1, c || 1) : cursor.offsetOf(n),
    length: inParts ? cursor.lengthOf(n, r || 1, c || 1) : cursor.lengthOf(n),
    value: value === "" ? null : value.slice(0, longestValue),
    loop,
    message,
    dataElement: element === null ? null : element.dataElement,
  };
}

function partText(cursor: SegmentCursor, part: ElementPart): string {
  if (part.repetition === 0 && part.component === 0) return cursor.element(part.element);
  return cursor.component(part.element, part.repetition || 1, part.component || 1);
}

/** The words for a value that its type, lengths or codes don't allow. Shared with the guides' check. */
export function valueMessage(
  fault: Exclude<ValueFault, 0>,
  element: ElementSchema,
  version: string,
  value: string,
): string {
  switch (fault) {
    case 4:
      return messages.tooShort(element, value);
    case 5:
      return messages.tooLong(element, value);
    case 6:
      return messages.invalidCharacter(element, value);
    case 7:
      return messages.notInCodeList(element, version, value);
    case 8:
      return messages.notADate(element, value);
    case 9:
      return messages.notATime(element, value);
  }
}
