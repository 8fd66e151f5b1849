import { canDivide, firstVersionWithRepetition } from "./delimiters.ts";
import { problemAt } from "./envelope-problem.ts";
import type { Finding } from "./findings.ts";
import { type IsaReading, isaWidths, isLikeIsa } from "./interchange-header.ts";
import { asWarning } from "./problem.ts";
import type { GroupHeader } from "./report.ts";
import type { VersionSchema } from "./schema.ts";
import type { SchemaLibrary } from "./schema-library.ts";
import type { SegmentCursor } from "./segment.ts";
import type { ScannedSegment } from "./segment-cursor.ts";

/**
 * Everything that the ISA alone can tell. TA105 codes (element I18); an interchange is rejected where we could not know
 * whose it is, what it is, or where its data divide, and accepted with errors for the rest.
 */
export function checkInterchangeHeader(isa: IsaReading, cursor: SegmentCursor, library: SchemaLibrary): Finding[] {
  const findings: Finding[] = [];
  const found = (element: number, code: string, rejects: boolean, message: string) => {
    findings.push({
      problem: problemAt(cursor, "interchange", code, message, element, isaElements[element - 1]),
      rejects,
    });
  };
  const field = (n: number) => isa.fields[n - 1] ?? "";
  const dictionary = library.version(library.versions.at(-1) ?? "");
  const unlisted = (n: number, number: string) => dictionary?.codes(number)?.has(field(n)) === false;

  findings.push(...checkDelimiters(isa, cursor));
  if (unlisted(1, "I01"))
    found(1, "010", false, `ISA01 "${field(1)}" is no authorization qualifier; send 00 if unsure.`);
  if (unlisted(3, "I03")) found(3, "012", false, `ISA03 "${field(3)}" is no security qualifier; send 00 if unsure.`);
  if (unlisted(5, "I05")) found(5, "005", true, `ISA05 "${field(5)}" is no interchange id qualifier.`);
  if (field(6).trim() === "") found(6, "006", true, "ISA06 is empty: there is no sender.");
  if (unlisted(7, "I05")) found(7, "007", true, `ISA07 "${field(7)}" is no interchange id qualifier.`);
  if (field(8).trim() === "") found(8, "008", true, "ISA08 is empty: there is no receiver.");
  if (!isDate(field(9), 6)) found(9, "014", false, `ISA09 "${field(9)}" is no date YYMMDD.`);
  if (!isTime(field(10), 4, 4)) found(10, "015", false, `ISA10 "${field(10)}" is no time HHMM.`);
  if (!isInterchangeVersion(field(12), dictionary)) {
    const known = `one that X12 has published, such as 00401 or 00501`;
    found(12, "017", true, `ISA12 "${field(12)}" is no version of the interchange controls; give ${known}.`);
  } else if (field(12) < firstVersionWithRepetition) {
    if (field(11) !== "U") found(11, "016", false, `ISA11 is "${field(11)}"; before version 00402 it is always U.`);
  } else if (isa.delimiters.repetition === null) {
    found(
      11,
      "016",
      false,
      `ISA11 "${field(11)}" can't be a repetition separator; elements are read without repetition.`,
    );
  }
  if (!/^\d{1,9}$/.test(field(13))) found(13, "018", true, `ISA13 "${field(13)}" is no control number of nine digits.`);
  if (unlisted(14, "I13"))
    found(14, "019", false, `ISA14 "${field(14)}" is neither 0 nor 1; no acknowledgment is owed.`);
  if (unlisted(15, "I14"))
    found(15, "020", true, `ISA15 "${field(15)}" says neither production (P), test (T) nor information (I).`);
  findings.push(...checkWidths(isa, cursor, findings));
  return findings;
}

/** Releases of versions 5 to 9 by the year in which X12 closed them: 00501 to 00507, 00601 to 00607 and so on. */
const laterRelease = /^00[5-9]0[0-7]$/;

/**
 * Whether an ISA12 is a version of the interchange controls: one that element I11 lists, or one of those that came after the list, as
 * X12 numbers them. What such a version changes lies outside the ISA, which is read alike in all of them.
 */
export function isInterchangeVersion(isa12: string, dictionary: VersionSchema | null): boolean {
  const listed = dictionary?.codes("I11") ?? null;
  if (listed === null) return /^00\d{3}$/.test(isa12);
  return listed.has(isa12) || (isa12 > listed.values.at(-1)! && laterRelease.test(isa12));
}

/**
 * Whether {@link checkInterchangeHeader} would find nothing in this ISA, as it found nothing in `right`: told only where the two
 * differ in date, time and control number alone, as the interchanges of one sender in one file do.
 */
export function isRightLike(isa: IsaReading, right: IsaReading): boolean {
  if (!isLikeIsa(isa, right)) return false;
  const isRight = (i: number, check: (value: string) => boolean) =>
    isa.fields[i] === right.fields[i] || check(isa.fields[i]!);
  if (!isRight(8, (date) => isDate(date, 6)) || !isRight(9, (time) => isTime(time, 4, 4))) return false;
  return /^\d{9}$/.test(isa.fields[12]!);
}

/** Data element numbers of ISA01 to ISA16. */
const isaElements = "I01 I02 I03 I04 I05 I06 I05 I07 I08 I09 I65 I11 I12 I13 I14 I15".split(" ") as readonly string[];

/** What TA105 has for each ISA field. */
const fieldCodes = "010 011 012 013 005 006 007 008 014 015 016 017 018 019 020 027".split(" ") as readonly string[];

function checkDelimiters(isa: IsaReading, cursor: SegmentCursor): Finding[] {
  const { element, segment, component } = isa.delimiters;
  const found = (n: number, code: string, message: string): Finding => {
    return { problem: problemAt(cursor, "interchange", code, message, n, isaElements[n - 1]), rejects: true };
  };
  if (!canDivide(segment.charCodeAt(0)) || segment === element) {
    return [found(16, "004", `The segment terminator would be ${shown(segment)}: there is none after ISA16.`)];
  }
  if (component.length !== 1 || !canDivide(component.charCodeAt(0)) || component === element || component === segment) {
    return [found(16, "027", `ISA16 ${shown(component)} can't be a component separator.`)];
  }
  const { repetition } = isa.delimiters;
  if (repetition !== null && [element, segment, component].includes(repetition)) {
    return [found(11, "027", `ISA11 ${shown(repetition)} is a delimiter already and can't separate repetitions too.`)];
  }
  // A line break inside the ISA that is not its terminator: the file was broken into lines of equal length.
  if (!/[\r\n]/.test(segment) && isa.fields.some((field) => /[\r\n]/.test(field))) {
    return [
      found(
        16,
        "022",
        "The file is broken into lines of fixed length within its segments; send it without the line breaks.",
      ),
    ];
  }
  return [];
}

/** Fields that are not as wide as the standard has them, where nothing worse was said of them already. */
function checkWidths(isa: IsaReading, cursor: SegmentCursor, others: readonly Finding[]): Finding[] {
  const findings: Finding[] = [];
  for (const [i, width] of isaWidths.entries()) {
    const value = isa.fields[i] ?? "";
    const n = i + 1;
    if (value.length === width || others.some(({ problem }) => problem.element === n)) continue;
    const name = `ISA${String(n).padStart(2, "0")}`;
    const message = `${name} has ${value.length} characters instead of ${width}; the ISA was read by counting its separators.`;
    const problem = problemAt(cursor, "interchange", fieldCodes[i]!, message, n, isaElements[i]);
    findings.push({ problem, rejects: false });
  }
  return findings;
}

/** Before it, dates are YYMMDD (element 373). */
export const firstVersionWithCentury = "004010";

/** Everything that the GS alone can tell: AK905 codes (element 716) reject the group; the rest is the interchange's (TA105 024). */
export function checkGroupHeader(
  header: GroupHeader,
  cursor: SegmentCursor,
  library: SchemaLibrary,
  schemaVersion: string | null,
): { group: Finding[]; interchange: Finding[] } {
  const group: Finding[] = [];
  const interchange: Finding[] = [];
  const rejected = (n: number, code: string, number: string, message: string) => {
    group.push({ problem: problemAt(cursor, "group", code, message, n, number), rejects: true });
  };
  const noted = (n: number, number: string | null, message: string) => {
    interchange.push({ problem: problemAt(cursor, "interchange", "024", message, n, number), rejects: false });
  };
  const dictionary = library.version(library.versions.at(-1) ?? "");
  if (dictionary?.codes("479")?.has(header.functionalId) !== true) {
    rejected(1, "1", "479", `GS01 "${header.functionalId}" is no functional group that we know.`);
  }
  if (!isBetween(header.senderCode, 2, 15)) noted(2, "142", "GS02 is no application code of 2 to 15 characters.");
  if (!isBetween(header.receiverCode, 2, 15)) noted(3, "124", "GS03 is no application code of 2 to 15 characters.");
  if (!isDate(header.date, 8) && !(header.version < firstVersionWithCentury && isDate(header.date, 6))) {
    noted(4, "373", `GS04 "${header.date}" is no date CCYYMMDD.`);
  }
  if (!isTime(header.time, 4, 8)) noted(5, "337", `GS05 "${header.time}" is no time of 4 to 8 digits.`);
  if (!isGroupControl(header.control)) {
    rejected(6, "6", "28", `GS06 "${header.control}" is no control number of 1 to 9 digits.`);
  }
  if (dictionary?.codes("455")?.has(header.agency) !== true)
    noted(7, "455", `GS07 "${header.agency}" is neither X nor T.`);
  if (schemaVersion === null) {
    const known = library.versions.join(", ");
    rejected(8, "2", "480", `GS08 "${header.version}" is of no version that we read (${known}).`);
  } else if (schemaVersion !== library.versionOf(header.version)) {
    const message = `GS08 "${header.version}" is of a version that we have no schemas of: the group was read by ${schemaVersion}.`;
    group.push({ problem: asWarning(problemAt(cursor, "group", "2", message, 8, "480")), rejects: false });
  }
  if (cursor.elementCount > 8) noted(9, null, "GS has more than eight elements.");
  return { group, interchange };
}

/** GS06: N0, 1 to 9 digits (element 28). */
export function isGroupControl(value: string): boolean {
  return /^\d{1,9}$/.test(value);
}

/** Whether two control numbers of type N0 are one: zeros in front don't count. */
export function isSameNumber(a: string, b: string): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && a.replace(/^0+/, "") === b.replace(/^0+/, ""));
}

/** A count as it came; null where it is no number of at most `digits` digits. */
export function countOf(value: string, digits: number): number | null {
  return /^\d+$/.test(value) && value.length <= digits ? Number(value) : null;
}

/** Whether element `n` of a trailer says `count` in at most `digits` digits, zeros in front allowed. */
export function isCount(trailer: ScannedSegment, n: number, count: number, digits: number): boolean {
  const text = String(count);
  return (text.length <= digits && trailer.elementIs(n, text)) || countOf(trailer.element(n), digits) === count;
}

/** Whether a value is a date of the calendar: YYMMDD (any century) or CCYYMMDD. */
export function isDate(value: string, digits: 6 | 8): boolean {
  if (value.length !== digits || !isDigits(value)) return false;
  const year = numberAt(value, 0, digits - 4);
  const month = numberAt(value, digits - 4, 2);
  const day = numberAt(value, digits - 2, 2);
  // In two digits 00 is taken for 2000, a leap year.
  const leap = year % 4 === 0 && (digits === 6 || year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** Whether a value is a time of day: HHMM, then seconds and their decimals. */
export function isTime(value: string, min: number, max: number): boolean {
  if (value.length < min || value.length > max || !isDigits(value)) return false;
  return numberAt(value, 0, 2) < 24 && numberAt(value, 2, 2) < 60 && numberAt(value, 4, 2) < 60;
}

function isDigits(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return value !== "";
}

/** The number that `count` digits from `start` make, or as many as there are. */
function numberAt(value: string, start: number, count: number): number {
  let number = 0;
  for (let i = start; i < start + count && i < value.length; i++) number = number * 10 + value.charCodeAt(i) - 0x30;
  return number;
}

function isBetween(value: string, min: number, max: number): boolean {
  return value.length >= min && value.length <= max;
}

function shown(character: string): string {
  return /^[\x21-\x7e]+$/.test(character) ? `"${character}"` : JSON.stringify(character);
}
