import type { ElementSchema, LoopNode, SegmentNode, SetSchema, SyntaxNote } from "./schema.ts";
import { beginsLoop } from "./schema-structure.ts";

/**
 * The words of the validator: each says what is wrong, by which rule, and how to mend it. They are put together only when
 * something is wrong.
 */

/** Codes offered where a code is not in its list. */
const mostSuggestions = 8;
/** Characters of a bad value shown inside a message. */
const longestQuote = 40;

/** `N104 (Identification Code)`. */
export function nameOf(element: Pick<ElementSchema, "reference" | "name">): string {
  return `${element.reference} (${element.name})`;
}

/** A value between quotation marks, cut where it is long. */
export function quote(value: string): string {
  return value.length > longestQuote ? `"${value.slice(0, longestQuote)}..."` : `"${value}"`;
}

function segmentName(schema: SetSchema, id: string): string {
  const segment = schema.dictionary.segment(id);
  return segment === null ? id : `${id} (${segment.name})`;
}

function setName(schema: SetSchema): string {
  return `${schema.type} (${schema.name}) in ${schema.version}`;
}

function placeName(loop: LoopNode): string {
  return loop.parent === null ? "outside all loops" : `in loop ${loop.key}`;
}

function uses(max: number): string {
  return max === 1 ? "once" : `${max} times`;
}

export function segmentMissing(schema: SetSchema, node: SegmentNode, before: string | null): string {
  // A loop's first segment is what the loop around it asks for.
  const loop = beginsLoop(node) ? node.loop.parent! : node.loop;
  const where = loop.parent === null ? setName(schema) : `loop ${loop.key} of ${setName(schema)}`;
  const place = before === null ? "at the end" : `before this ${before}`;
  return `${segmentName(schema, node.segment)} is missing ${place}: ${where} must have it. Add it there.`;
}

export function segmentUnknown(schema: SetSchema, id: string): string {
  return `${quote(id)} is no segment that we know in ${schema.version}. Correct the id, or leave the segment out.`;
}

export function segmentNotInSet(schema: SetSchema, id: string): string {
  return `${segmentName(schema, id)} has no place in ${setName(schema)}. Leave it out.`;
}

export function segmentOutOfOrder(schema: SetSchema, id: string, after: string): string {
  return `${segmentName(schema, id)} is out of order: ${setName(schema)} has it before ${after}, not after. Move it up.`;
}

export function segmentUnexpected(schema: SetSchema, id: string): string {
  const loops = [...new Set(schema.uses(id).map((node) => node.loop.key))].filter((key) => key !== "");
  if (loops.length === 0) return `${segmentName(schema, id)} can't stand here in ${setName(schema)}. Leave it out.`;
  const list = loops.length === 1 ? `loop ${loops[0]}` : `one of the loops ${loops.join(", ")}`;
  return `${segmentName(schema, id)} can't stand here: in ${setName(schema)} it belongs to ${list}, which has not begun. \
Begin the loop with its first segment, or leave this one out.`;
}

export function segmentTooOften(schema: SetSchema, node: SegmentNode): string {
  const limit = `${setName(schema)} allows it ${uses(node.max)} ${placeName(node.loop)}`;
  return `${segmentName(schema, node.segment)} occurs too often: ${limit}. Leave out what is beyond.`;
}

export function loopTooOften(schema: SetSchema, loop: LoopNode): string {
  const limit = `${setName(schema)} allows it ${uses(loop.max)} ${placeName(loop.parent!)}`;
  return `Loop ${loop.key} occurs too often: ${limit}. Leave out what is beyond, or split the document.`;
}

export function loopIdentifierDiffers(element: ElementSchema, value: string, begun: string): string {
  return `${nameOf(element)} holds ${quote(value)}, but the loop was begun by LS with ${quote(begun)}. Give both the same.`;
}

export function elementMissing(element: ElementSchema): string {
  return `${nameOf(element)} is missing: it is mandatory. Fill it.`;
}

/** A note is broken because `element` is missing; `given` are elements of the same note that are there. */
export function boundElementMissing(
  element: ElementSchema,
  note: SyntaxNote,
  all: readonly ElementSchema[],
  given: readonly { readonly element: ElementSchema; readonly value: string }[],
): string {
  const bound = note.positions.map((p) => all[p - 1]!.reference);
  const first = given[0];
  const because = first === undefined ? "" : `${first.element.reference} is given (${quote(first.value)}), and `;
  switch (note.kind) {
    case "P":
      return `${nameOf(element)} is missing: ${because}${listed(bound, "and")} go together (${note.text}). \
Fill ${bound.length === 2 ? "both or leave both out" : "all or none"}.`;
    case "R":
      return `${nameOf(element)} is missing: at least one of ${listed(bound, "and")} must be given (${note.text}). Fill one.`;
    case "L":
      return `${nameOf(element)} is missing: ${because}then at least one of ${listed(bound.slice(1), "and")} \
must be given too (${note.text}). Fill one, or leave ${bound[0]} out.`;
    default:
      return `${nameOf(element)} is missing: ${because}${bound[0]} can't stand without it (${note.text}). \
Fill it, or leave ${bound[0]} out.`;
  }
}

export function elementsExclude(element: ElementSchema, note: SyntaxNote, all: readonly ElementSchema[]): string {
  const bound = note.positions.map((p) => all[p - 1]!.reference);
  return `${nameOf(element)} can't be given here: of ${listed(bound, "and")} only one may be (${note.text}). Leave the others out.`;
}

function listed(words: readonly string[], and: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}

export function tooManyElements(segment: string, defined: number): string {
  return `${segment} has more elements than the ${defined} that the standard gives it. Leave out what is beyond.`;
}

export function tooManyComponents(element: ElementSchema): string {
  return `${nameOf(element)} has more components than the ${element.components.length} of ${element.composite}. \
Leave out what is beyond.`;
}

export function tooManyRepetitions(element: ElementSchema, found: number): string {
  return `${nameOf(element)} is repeated too often: ${found} times, where ${uses(element.repeat)} is allowed. \
Leave out what is beyond, or take the repetition separator out of the value.`;
}

export function separatorInSimpleElement(element: ElementSchema): string {
  return `${nameOf(element)} holds the component separator, but it is no composite. \
Take the character out of the value, or choose another separator in ISA16.`;
}

export function tooShort(element: ElementSchema, value: string): string {
  return `${nameOf(element)} holds ${quote(value)}, which is too short: at least ${counted(element, element.min)}. \
Correct the value.`;
}

export function tooLong(element: ElementSchema, value: string): string {
  return `${nameOf(element)} holds ${quote(value)}, which is too long: at most ${counted(element, element.max)}. \
Shorten the value.`;
}

function counted(element: ElementSchema, length: number): string {
  const isNumber = element.type === "R" || element.type.startsWith("N");
  const unit = isNumber ? "digit" : element.type === "B" ? "byte" : "character";
  return `${length} ${unit}${length === 1 ? "" : "s"} (element ${element.dataElement})`;
}

export function invalidCharacter(element: ElementSchema, value: string): string {
  const holds = `${nameOf(element)} holds ${quote(value)}`;
  if (element.type === "R")
    return `${holds}, which is no decimal number. Use digits, at most one point, and a leading minus.`;
  if (element.type === "N0") return `${holds}, which is no whole number. Use digits and a leading minus, nothing else.`;
  if (element.type.startsWith("N")) {
    return `${holds}, which is no number with ${element.type.slice(1)} implied decimals. Use digits and a leading minus; \
the point is not written.`;
  }
  if (/^ +$/.test(value)) return `${holds}, which is nothing but blanks. Fill it, or leave it empty.`;
  return `${holds}, in which there is a control character. Take it out.`;
}

export function blankAndMandatory(element: ElementSchema, value: string): string {
  return `${nameOf(element)} holds nothing but blanks (${quote(value)}), and it is mandatory. Fill it.`;
}

export function notInCodeList(element: ElementSchema, version: string, value: string): string {
  const list = `the code list of element ${element.dataElement} in ${version}`;
  return `${nameOf(element)} holds ${quote(value)}, which is not in ${list}. ${suggestion(element)}`;
}

export function notInExternalList(
  element: ElementSchema,
  list: { readonly name: string; readonly mend: string },
  value: string,
): string {
  return `${nameOf(element)} holds ${quote(value)}, which is not among ${list.name}. ${list.mend}.`;
}

/** The same words for each value that is not in a list. */
const suggestions = new WeakMap<object, string>();

function suggestion(element: ElementSchema): string {
  const codes = element.codes;
  if (codes === null) return "";
  if (codes.inParts) return "Use a form code of three characters, followed, if need be, by a material code of two.";
  const known = suggestions.get(codes);
  if (known !== undefined) return known;
  const suggested = codes.suggestions(mostSuggestions);
  const rest = codes.values.length - suggested.length;
  const words = `Use one of: ${suggested.join(", ")}${rest > 0 ? `, or one of ${rest} more` : ""}.`;
  suggestions.set(codes, words);
  return words;
}

export function notADate(element: ElementSchema, value: string): string {
  const form = element.max === 6 ? "YYMMDD" : "CCYYMMDD";
  return `${nameOf(element)} holds ${quote(value)}, which is no date of the calendar in the form ${form}. Correct the date.`;
}

export function notATime(element: ElementSchema, value: string): string {
  return `${nameOf(element)} holds ${quote(value)}, which is no time from 0000 to 2359 in the form HHMM, HHMMSS, HHMMSSD or \
HHMMSSDD. Correct the time.`;
}
