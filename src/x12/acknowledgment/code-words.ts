import type { ProblemLevel } from "../problem.ts";

type Words = Readonly<Record<string, string>>;

/** TA105, element I18. */
const interchange: Words = {
  "001": "ISA13 and IEA02 differ",
  "002": "the standard named in ISA11 is not supported",
  "003": "the version of the controls in ISA12 is not supported",
  "004": "the segment terminator is not valid",
  "005": "ISA05, the sender's qualifier, is not valid",
  "006": "ISA06, the sender's id, is not valid",
  "007": "ISA07, the receiver's qualifier, is not valid",
  "008": "ISA08, the receiver's id, is not valid",
  "009": "the receiver in ISA08 is unknown",
  "010": "ISA01 is not valid",
  "011": "ISA02 is not valid",
  "012": "ISA03 is not valid",
  "013": "ISA04 is not valid",
  "014": "ISA09 is no valid date",
  "015": "ISA10 is no valid time",
  "016": "ISA11 is not valid",
  "017": "ISA12 is not valid",
  "018": "ISA13 is not valid",
  "019": "ISA14 is not valid",
  "020": "ISA15 is not valid",
  "021": "IEA01 is not the number of groups",
  "022": "the segments of the envelopes are not in order",
  "023": "the file ends too early",
  "024": "the content of the interchange is not valid, for example a GS",
  "025": "ISA13 was used before",
  "026": "the element separator is not valid",
  "027": "the component separator is not valid",
  "028": "the delivery date of a deferred delivery is not valid",
  "029": "the delivery time of a deferred delivery is not valid",
  "030": "the time code of a deferred delivery is not valid",
  "031": "the grade of service is not valid",
};

/** AK905, element 716. */
const group: Words = {
  1: "groups of this kind are not supported",
  2: "the version in GS08 is not supported",
  3: "GE is missing",
  4: "GS06 and GE02 differ",
  5: "GE01 is not the number of transaction sets",
  6: "GS06 is no control number",
};

/** AK502, element 718, and IK502, element 618. */
const set: Words = {
  1: "sets of this type are not supported",
  2: "SE is missing",
  3: "ST02 and SE02 differ",
  4: "SE01 is not the number of segments",
  5: "segments of it are wrong",
  6: "ST01 is missing or not valid",
  7: "ST02 is missing or not valid",
  18: "it does not belong in this group",
  19: "the guide named in ST03 is not valid",
  23: "ST02 was used before in the group",
  I5: "segments of it are not as the guide wants them",
  I6: "the guide is not supported",
};

/** AK304, element 720, and IK304, element 620. */
const segment: Words = {
  1: "its id is not known",
  2: "it is not expected here",
  3: "it is mandatory and missing",
  4: "its loop occurs too often",
  5: "it occurs too often",
  6: "it does not belong to the set",
  7: "it is out of order",
  8: "elements of it are wrong",
  I4: "the guide does not use it",
  I6: "it is missing, and other data ask for it by the guide",
  I7: "its loop occurs less often than the guide asks",
  I8: "it occurs less often than the guide asks",
  I9: "it is there, and other data forbid it by the guide",
};

/** AK403, element 723, and IK403, element 621. */
const element: Words = {
  1: "it is mandatory and missing",
  2: "it is missing, and other elements ask for it",
  3: "it is beyond the last",
  4: "it is too short",
  5: "it is too long",
  6: "it holds a character that is not valid",
  7: "its code is not valid",
  8: "it is no valid date",
  9: "it is no valid time",
  10: "it is there, and other elements exclude it",
  12: "it repeats too often",
  13: "it has too many components",
  I6: "the guide does not use its code",
  I9: "it is missing, and other data ask for it by the guide",
  I10: "the guide does not use it",
  I11: "it repeats less often than the guide asks",
  I12: "it has not the form that the guide asks for",
  I13: "it is there, and other data forbid it by the guide",
};

const words: Readonly<Record<ProblemLevel, Words>> = { file: {}, interchange, group, set, segment, element };

/**
 * Our own words for a code of an acknowledgment, as they go on from "element 3 of PO1: "; null for a code that is rare (security) or in
 * no list.
 */
export function codeWords(level: ProblemLevel, code: string): string | null {
  const list = words[level];
  return Object.hasOwn(list, code) ? list[code]! : null;
}
