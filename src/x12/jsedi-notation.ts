import { canDivide, type Delimiters, defaultDelimiters, firstVersionWithRepetition } from "./delimiters.ts";
import { headerOfFields } from "./interchange-header.ts";
import type {
  ElementJson,
  GroupJson,
  InterchangeJson,
  PlainSegmentJson,
  RepetitionJson,
  SegmentJson,
  TextJson,
} from "./lossless-json/form.ts";
import { toLosslessJson } from "./lossless-json/lossless-json.ts";
import type { GroupHeader } from "./report.ts";
import type { ElementData, OutSegment } from "./transaction-set.ts";
import { type OutGroup, type OutTransactionSet, writeInterchange } from "./writer.ts";

/** How an interchange of node-x12 is divided; what is not there is as node-x12 has it by default. */
export interface JsediOptions {
  /** Default `*`. */
  readonly elementDelimiter?: string | undefined;
  /** Default `~`. */
  readonly segmentTerminator?: string | undefined;
  /** Default `>`. */
  readonly subElementDelimiter?: string | undefined;
  /** Default `^`. Before version 00402 there is none, whatever it says. */
  readonly repetitionDelimiter?: string | undefined;
  /** Whether a line break follows each segment. Default false. */
  readonly format?: boolean | undefined;
  /** The line break. Default `\n`. */
  readonly endOfLine?: string | undefined;
}

/** A segment; composites and repetitions stand in their element as text, with their separators. */
export interface JsediSegment {
  readonly tag: string;
  readonly elements: readonly string[];
}

export interface JsediTransaction {
  /** ST01, ST02 and, where it is there, ST03. */
  readonly header: readonly string[];
  readonly segments: readonly JsediSegment[];
}

export interface JsediFunctionalGroup {
  /** GS01 to GS08. */
  readonly header: readonly string[];
  readonly transactions: readonly JsediTransaction[];
}

/** One interchange in node-x12's `JSEDINotation`. It has no trailers: they are counted when it is written. */
export interface JsediNotation {
  readonly options: JsediOptions;
  /** ISA01 to ISA16, blanks at their ends trimmed. */
  readonly header: readonly string[];
  readonly functionalGroups: readonly JsediFunctionalGroup[];
}

/** What can't be put into JSEDINotation, or an object that is none. */
export class JsediError extends Error {
  override readonly name = "JsediError";
  /** "functionalGroups[0].transactions[1].header". */
  readonly path: string;

  constructor(path: string, what: string) {
    super(path === "" ? what : `${path}: ${what}`);
    this.path = path;
  }
}

/**
 * The interchanges of a file in JSEDINotation. Unlike node-x12's own, control numbers keep their zeros, and the repetition
 * separator of versions without one is "". Nothing is checked.
 *
 * @throws JsediError where the file has something that the notation has no place for: bytes outside interchanges, segments
 * outside sets (TA1), segments that can't be taken apart
 */
export function toJsediNotation(bytes: Uint8Array): JsediNotation[] {
  return toLosslessJson(bytes).interchanges.flatMap((interchange, i) => {
    if ("delimiters" in interchange) return [notationOf(interchange, `interchange ${i + 1}`)];
    if (typeof interchange.raw === "string" && /^[\s\0\x1a\ufeff]*$/.test(interchange.raw)) return [];
    throw new JsediError("", "JSEDINotation has no place for what stands outside interchanges.");
  });
}

/**
 * The bytes of an interchange given in JSEDINotation, by our own writer: ISA filled up, trailers counted. Elements are divided by
 * the notation's separators into components and repetitions.
 *
 * @throws JsediError where it is no such object; UnwritableError as {@link writeInterchange} does
 */
export function fromJsediNotation(notation: unknown): Uint8Array {
  const { options, header, functionalGroups } = objectAt(notation, "");
  const isa = textsAt(header, "header", 16, 16);
  const delimiters = delimitersOf(objectAt(options ?? {}, "options"), isa);
  const groups = listAt(functionalGroups, "functionalGroups").map((group, i) =>
    groupOf(group, delimiters, `functionalGroups[${i}]`),
  );
  return writeInterchange({ header: headerOfFields(isa.map((field) => field.trimEnd())), groups }, delimiters);
}

function notationOf(interchange: InterchangeJson, path: string): JsediNotation {
  const { delimiters, header } = interchange;
  const element = (segment: SegmentJson, place: string) =>
    plainOf(segment, place)
      .slice(1)
      .map((one) => elementText(one, delimiters));
  const functionalGroups = interchange.groups.map((group, i) => {
    const place = `${path}, group ${i + 1}`;
    if (!isGroup(group)) throw outsideSets(group, place);
    return {
      header: element(group.header, place),
      transactions: group.sets.map((set, j) => {
        const at = `${place}, set ${j + 1}`;
        if (!("segments" in set)) throw outsideSets(set, at);
        const [st, ...segments] = set.segments.map((segment) => plainOf(segment, at));
        if (segments.at(-1)?.[0] === "SE") segments.pop();
        return {
          header: element(st!, at),
          segments: segments.map((segment) => ({ tag: textOfJson(segment[0]), elements: element(segment, at) })),
        };
      }),
    };
  });
  return {
    options: {
      elementDelimiter: delimiters.element,
      segmentTerminator: delimiters.segment,
      subElementDelimiter: delimiters.component,
      repetitionDelimiter: delimiters.repetition ?? "",
      format: delimiters.lineBreak !== "",
      endOfLine: delimiters.lineBreak || "\n",
    },
    header: element(header, path).map((field) => field.trim()),
    functionalGroups,
  };
}

function isGroup(group: GroupJson | SegmentJson): group is GroupJson {
  return "sets" in group;
}

function outsideSets(segment: SegmentJson, path: string): JsediError {
  const id = Array.isArray(segment) ? segment[0] : "segment" in segment ? segment.segment[0] : "bytes";
  return new JsediError(path, `JSEDINotation has no place for ${String(id)} outside transaction sets.`);
}

function plainOf(segment: SegmentJson, path: string): PlainSegmentJson {
  if ("raw" in segment) throw new JsediError(path, `${JSON.stringify(segment.raw)} can't be taken apart.`);
  return "segment" in segment ? segment.segment : segment;
}

function elementText(element: ElementJson, delimiters: Delimiters): string {
  return typeof element === "object" && "repetitions" in element
    ? element.repetitions.map((one) => repetitionText(one, delimiters)).join(delimiters.repetition ?? "")
    : repetitionText(element, delimiters);
}

function repetitionText(repetition: RepetitionJson, { component }: Delimiters): string {
  return isComposite(repetition) ? repetition.map(textOfJson).join(component) : textOfJson(repetition);
}

function isComposite(repetition: RepetitionJson): repetition is readonly TextJson[] {
  return Array.isArray(repetition);
}

function textOfJson(text: TextJson): string {
  return typeof text === "string" ? text : text.latin1;
}

function delimitersOf(options: Unchecked, isa: readonly string[]): Delimiters {
  const option = (key: keyof JsediOptions, without: string): string => {
    const value = options[key] ?? without;
    if (typeof value === "string") return value;
    throw new JsediError(`options.${key}`, "it must be a string.");
  };
  const segment = option("segmentTerminator", defaultDelimiters.segment);
  const lineBreak = options.format === true && segment !== "\n" ? option("endOfLine", "\n") : "";
  const isa11 = isa[10]!;
  const isDivider = isa11.length === 1 && canDivide(isa11.charCodeAt(0));
  const repetition = isDivider ? isa11 : option("repetitionDelimiter", "^");
  return {
    element: option("elementDelimiter", defaultDelimiters.element),
    segment,
    component: option("subElementDelimiter", defaultDelimiters.component),
    repetition: isa[11]! < firstVersionWithRepetition ? null : repetition,
    lineBreak,
  };
}

function groupOf(value: unknown, delimiters: Delimiters, path: string): OutGroup {
  const { header, transactions } = objectAt(value, path);
  const gs = textsAt(header, `${path}.header`, 8, 8);
  const group: GroupHeader = {
    functionalId: gs[0]!,
    senderCode: gs[1]!,
    receiverCode: gs[2]!,
    date: gs[3]!,
    time: gs[4]!,
    control: gs[5]!,
    agency: gs[6]!,
    version: gs[7]!,
  };
  const sets = listAt(transactions, `${path}.transactions`).map((set, i) =>
    setOf(set, delimiters, `${path}.transactions[${i}]`),
  );
  return { header: group, sets };
}

function setOf(value: unknown, delimiters: Delimiters, path: string): OutTransactionSet {
  const { header, segments } = objectAt(value, path);
  const [type, control, implementation] = textsAt(header, `${path}.header`, 2, 3);
  return {
    type: type!,
    control: control!,
    implementation,
    segments: listAt(segments, `${path}.segments`).map((segment, i): OutSegment => {
      const place = `${path}.segments[${i}]`;
      const { tag, elements } = objectAt(segment, place);
      const texts = textsAt(elements, `${place}.elements`, 0, Number.POSITIVE_INFINITY);
      return [textAt(tag, `${place}.tag`), ...texts.map((text) => elementData(text, delimiters))];
    }),
  };
}

function elementData(text: string, { component, repetition }: Delimiters): ElementData {
  const repetitionData = (one: string) => (one.includes(component) ? one.split(component) : one);
  if (repetition === null || !text.includes(repetition)) return repetitionData(text);
  return { repetitions: text.split(repetition).map(repetitionData) };
}

/** An object of the notation, before anything is known of what its keys hold. */
type Unchecked = {
  readonly [Key in keyof (JsediNotation &
    JsediOptions &
    JsediFunctionalGroup &
    JsediTransaction &
    JsediSegment)]?: unknown;
};

function objectAt(value: unknown, path: string): Unchecked {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new JsediError(path, "it must be an object; an interchange is { options, header, functionalGroups }.");
}

function listAt(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new JsediError(path, "it must be there, and a list.");
}

function textsAt(value: unknown, path: string, least: number, most: number): string[] {
  const list = listAt(value, path);
  if (list.length < least || list.length > most) {
    const count = least === most ? String(least) : `${least} to ${most}`;
    throw new JsediError(path, `it has ${list.length} elements instead of ${count}.`);
  }
  return list.map((one, i) => textAt(one, `${path}[${i}]`));
}

/** node-x12 takes numbers for text, so maps and programs that make the notation have them. */
function textAt(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw new JsediError(path, "it must be a string.");
}
