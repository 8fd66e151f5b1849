import { canDivide, type Delimiters, firstVersionWithRepetition } from "./delimiters.ts";
import { firstVersionWithCentury } from "./envelope-check.ts";
import { isaLength, isaWidths } from "./interchange-header.ts";
import type { GroupHeader, InterchangeHeader } from "./report.ts";
import type { ElementData, OutSegment } from "./transaction-set.ts";
import { firstUnwritable, isSegmentId } from "./writable-text.ts";
import { DataHoldsDelimiterError, HeaderFieldError, UnwritableError } from "./writer-errors.ts";

/** A transaction set to be written; ST and SE are the writer's. */
export interface OutTransactionSet {
  /** ST01. */
  readonly type: string;
  /** ST02, 4 to 9 characters. */
  readonly control: string;
  /** ST03, from version 005010. */
  readonly implementation?: string | undefined;
  /** Everything between ST and SE. */
  readonly segments: readonly OutSegment[];
}

/** A functional group to be written; GE is the writer's. */
export interface OutGroup {
  /** Its date as CCYYMMDD; a version before 004010 gets YYMMDD of it. */
  readonly header: GroupHeader;
  /** Sets as {@link writeTransactionSet} gave them, with the delimiters of this interchange; or still to be written. */
  readonly sets: readonly (string | OutTransactionSet)[];
}

/** An interchange to be written; IEA is the writer's. */
export interface OutInterchange {
  readonly header: InterchangeHeader;
  readonly groups: readonly OutGroup[];
  /** TA1 segments, which stand before the groups. */
  readonly ta1s?: readonly OutSegment[] | undefined;
}

/** The delimiters as an interchange of this ISA12 has them: before 00402 there is no repetition separator. */
export function delimitersFor(version: string, delimiters: Delimiters): Delimiters {
  return version < firstVersionWithRepetition ? { ...delimiters, repetition: null } : delimiters;
}

/**
 * Writes one transaction set, ST to SE, SE01 counted. Empty elements and components at the end are left out.
 *
 * @throws DataHoldsDelimiterError where data would divide themselves; HeaderFieldError for a bad ST01, ST02 or ST03.
 */
export function writeTransactionSet(set: OutTransactionSet, delimiters: Delimiters): string {
  checkDelimiters(delimiters);
  checkField("ST01", set.type, 3, 3);
  checkField("ST02", set.control, 4, 9);
  if (set.implementation) checkField("ST03", set.implementation, 1, 35);
  const lines: string[] = [writeSegment(["ST", set.type, set.control, set.implementation ?? ""], delimiters)];
  for (const segment of set.segments) lines.push(writeSegment(segment, delimiters));
  lines.push(writeSegment(["SE", String(set.segments.length + 2), set.control], delimiters));
  return lines.join("");
}

/**
 * Writes one interchange as bytes (UTF-8, which is ASCII for the characters that X12 has): ISA of exactly 106 bytes, all
 * counts and trailers. ISA11 is the repetition separator from ISA12 00402 on, before that it is U.
 *
 * @throws HeaderFieldError for an ISA or GS field that does not fit; DataHoldsDelimiterError as above.
 */
export function writeInterchange(interchange: OutInterchange, delimiters: Delimiters): Uint8Array {
  return Buffer.from([...interchangeParts(interchange, delimiters)].join(""), "utf8");
}

/** An interchange that is written while its groups and sets are still being made. */
export interface StreamedInterchange extends Omit<OutInterchange, "groups"> {
  readonly groups: Iterable<Pick<OutGroup, "header"> & { readonly sets: Iterable<string | OutTransactionSet> }>;
}

/** About as many characters as a chunk holds; a set is never divided. */
const chunkLength = 1 << 16;

/**
 * The same piece by piece, for interchanges too large to be held: groups and sets are asked for one after the other, each
 * when those before it are written.
 *
 * @throws as {@link writeInterchange} does, at the piece that it is about: what came before has been handed out
 */
export function* writeInterchangeChunks(
  interchange: StreamedInterchange,
  delimiters: Delimiters,
): Generator<Uint8Array> {
  let text = "";
  for (const part of interchangeParts(interchange, delimiters)) {
    text += part;
    if (text.length < chunkLength) continue;
    yield Buffer.from(text, "utf8");
    text = "";
  }
  yield Buffer.from(text, "utf8");
}

function* interchangeParts(interchange: StreamedInterchange, delimiters: Delimiters): Generator<string> {
  const { header } = interchange;
  const inForce = delimitersFor(header.version, delimiters);
  checkDelimiters(inForce);
  yield writeIsa(header, inForce);
  for (const ta1 of interchange.ta1s ?? []) yield writeSegment(ta1, inForce);
  let groups = 0;
  for (const group of interchange.groups) {
    groups++;
    yield* groupParts(group.header, group.sets, inForce);
  }
  yield writeSegment(["IEA", String(groups), isaControl(header)], inForce);
}

/**
 * Writes one segment with its terminator.
 *
 * @throws DataHoldsDelimiterError naming the element whose value holds a delimiter or a control character.
 */
export function writeSegment(segment: OutSegment, delimiters: Delimiters): string {
  const id = segment[0];
  if (!isSegmentId(id)) throw new UnwritableError(`"${id}" is no segment id.`);
  let text = id;
  /** Empty elements that are written only if another one follows. */
  let empty = 0;
  for (let n = 1; n < segment.length; n++) {
    const value = writeElement(id, n, segment[n]!, delimiters);
    if (value === "") {
      empty++;
      continue;
    }
    for (; empty > 0; empty--) text += delimiters.element;
    text += delimiters.element;
    text += value;
  }
  return text + delimiters.segment + delimiters.lineBreak;
}

function writeElement(id: string, n: number, element: ElementData, delimiters: Delimiters): string {
  if (typeof element === "string") return checked(id, n, element, delimiters);
  if (!("repetitions" in element)) return writeComposite(id, n, element, delimiters);
  const repetitions = element.repetitions.map((repetition) =>
    typeof repetition === "string"
      ? checked(id, n, repetition, delimiters)
      : writeComposite(id, n, repetition, delimiters),
  );
  while (repetitions.at(-1) === "") repetitions.pop();
  if (repetitions.length > 1 && delimiters.repetition === null) {
    throw new UnwritableError(
      `${reference(id, n)} repeats, and this version of the controls has no repetition separator.`,
    );
  }
  return repetitions.join(delimiters.repetition ?? "");
}

function writeComposite(id: string, n: number, components: readonly string[], delimiters: Delimiters): string {
  const texts = components.map((component) => checked(id, n, component, delimiters));
  while (texts.at(-1) === "") texts.pop();
  return texts.join(delimiters.component);
}

function checked(id: string, n: number, value: string, delimiters: Delimiters): string {
  const refused = firstUnwritable(value, delimiters);
  if (refused !== null) throw new DataHoldsDelimiterError(id, n, value, refused);
  return value;
}

function writeIsa(header: InterchangeHeader, delimiters: Delimiters): string {
  for (const [name, value] of [
    ["ISA09", header.date],
    ["ISA10", header.time],
    ["ISA12", header.version],
  ] as const) {
    if (!/^\d+$/.test(value)) throw new HeaderFieldError(name, value, "it takes digits only");
  }
  if (header.version.length !== 5) throw new HeaderFieldError("ISA12", header.version, "it takes five digits");
  const isa11 = header.version < firstVersionWithRepetition ? "U" : delimiters.repetition;
  if (isa11 === null) {
    throw new HeaderFieldError("ISA11", "", `version ${header.version} needs a repetition separator`);
  }
  const fields: readonly string[] = [
    header.authorizationQualifier,
    header.authorization,
    header.securityQualifier,
    header.security,
    header.senderQualifier,
    header.senderId,
    header.receiverQualifier,
    header.receiverId,
    header.date,
    header.time,
    isa11,
    header.version,
    isaControl(header),
    header.acknowledgmentRequested ? "1" : "0",
    header.usage,
    delimiters.component,
  ];
  const padded = fields.map((value, i) => {
    const n = i + 1;
    const name = reference("ISA", n);
    const width = isaWidths[i]!;
    if (!/^[\x20-\x7e]*$/.test(value) && n !== 11 && n !== 16)
      throw new HeaderFieldError(name, value, "it must be plain ASCII");
    if (value.length > width) throw new HeaderFieldError(name, value, `it has room for ${width} characters`);
    if (value.length < width && !paddedFields.has(n))
      throw new HeaderFieldError(name, value, `it takes exactly ${width} characters`);
    return n === 11 || n === 16 ? value : checked("ISA", n, value, delimiters).padEnd(width);
  });
  const text = ["ISA", ...padded].join(delimiters.element) + delimiters.segment;
  if (text.length !== isaLength)
    throw new UnwritableError(`The ISA has ${text.length} characters instead of ${isaLength}.`);
  return text + delimiters.lineBreak;
}

/** ISA02, ISA04, ISA06 and ISA08 are filled up with blanks; the other fields are as wide as they must be. */
const paddedFields = new Set([2, 4, 6, 8]);

/** ISA13 in its nine digits. */
function isaControl(header: InterchangeHeader): string {
  if (!/^\d{1,9}$/.test(header.control))
    throw new HeaderFieldError("ISA13", header.control, "it takes up to nine digits");
  return header.control.padStart(9, "0");
}

function* groupParts(
  header: GroupHeader,
  sets: Iterable<string | OutTransactionSet>,
  delimiters: Delimiters,
): Generator<string> {
  checkField("GS01", header.functionalId, 2, 2);
  checkField("GS02", header.senderCode, 2, 15);
  checkField("GS03", header.receiverCode, 2, 15);
  checkField("GS04", header.date, 8, 8);
  checkField("GS05", header.time, 4, 8);
  if (!/^\d{1,9}$/.test(header.control))
    throw new HeaderFieldError("GS06", header.control, "it takes up to nine digits");
  checkField("GS07", header.agency, 1, 2);
  checkField("GS08", header.version, 1, 12);
  const gs: OutSegment = [
    "GS",
    header.functionalId,
    header.senderCode,
    header.receiverCode,
    header.version < firstVersionWithCentury ? header.date.slice(2) : header.date,
    header.time,
    header.control,
    header.agency,
    header.version,
  ];
  yield writeSegment(gs, delimiters);
  let count = 0;
  for (const set of sets) {
    count++;
    yield typeof set === "string" ? writtenWith(set, delimiters) : writeTransactionSet(set, delimiters);
  }
  yield writeSegment(["GE", String(count), header.control], delimiters);
}

function writtenWith(set: string, delimiters: Delimiters): string {
  const begins = set.startsWith(`ST${delimiters.element}`);
  if (!begins || !set.endsWith(delimiters.segment + delimiters.lineBreak)) {
    throw new UnwritableError("A transaction set was written with other delimiters than its interchange has.");
  }
  return set;
}

function checkField(name: string, value: string, min: number, max: number): void {
  if (value.length < min || value.length > max) {
    throw new HeaderFieldError(
      name,
      value,
      min === max ? `it takes ${min} characters` : `it takes ${min} to ${max} characters`,
    );
  }
}

function checkDelimiters(delimiters: Delimiters): void {
  const { element, segment, component, repetition, lineBreak } = delimiters;
  const all = [element, segment, component, ...(repetition === null ? [] : [repetition])];
  const sound = all.every((character) => character.length === 1 && canDivide(character.charCodeAt(0)));
  if (!sound || new Set(all).size !== all.length) {
    throw new UnwritableError(`These delimiters can't be told from data or from one another: ${JSON.stringify(all)}.`);
  }
  if (
    !/^(?:|\n|\r\n|\r)$/.test(lineBreak) ||
    (lineBreak !== "" && all.some((character) => lineBreak.includes(character)))
  ) {
    throw new UnwritableError(`${JSON.stringify(lineBreak)} can't stand after the segment terminator.`);
  }
}

function reference(id: string, n: number): string {
  return `${id}${String(n).padStart(2, "0")}`;
}
