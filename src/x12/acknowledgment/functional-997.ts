import type { Delimiters } from "../delimiters.ts";
import type { GroupReport, SetReport } from "../report.ts";
import type { SchemaLibrary } from "../schema-library.ts";
import type { OutSegment } from "../transaction-set.ts";
import {
  quotableFunctionalId,
  quotableGroupControl,
  quotableReference,
  quotableSegmentId,
  quotableSetControl,
  quotableSetType,
  quotableValue,
} from "./bad-value.ts";
import { codesThatFit, groupTrailer, setOutcome } from "./group-outcome.ts";
import { dataElementNumber, loopIdentifier, placeInSegment, segmentErrors } from "./segment-errors.ts";

/** How a 997 is written. */
export interface FunctionalAcknowledgmentOptions {
  /** The version that the 997 is written in, see {@link version997}: one of ours, or "003040" to "003072". */
  readonly version: string;
  /** Whether accepted sets are listed too, or only the rejected ones (default true). */
  readonly listAccepted?: boolean | undefined;
  /** Delimiters that the 997 will be written with: quoted values are kept free of them. */
  readonly delimiters?: Delimiters | undefined;
}

/** The version that a 997 is written in where the group's own is unknown to us. */
export const fallbackAcknowledgmentVersion = "004010";

/** Versions older than all that we have schemas of, whose 997 has the same segments and so can be written all the same. */
const olderVersions = /^0030(?:4[0-2]|5[0-2]|6[0-2]|7[0-2])/;

/**
 * The version that a group's 997 is written in, its GS08: the group's own, where we have it or it is of 003040 to 003072;
 * otherwise the one given, as by which the group was read.
 */
export function version997(library: SchemaLibrary, gs08: string, otherwise: string): string {
  return library.versionOf(gs08) ?? olderVersions.exec(gs08)?.[0] ?? otherwise;
}

/**
 * The 997 Functional Acknowledgment of one group: AK1 to AK9, without ST and SE. Not for a group that holds acknowledgments,
 * and not for a group of a rejected interchange (its TA1 has said it all).
 */
export function functionalAcknowledgment997(
  group: GroupReport,
  options: FunctionalAcknowledgmentOptions,
): OutSegment[] {
  const { header } = group;
  const hasVersions = options.version >= firstVersionWithReferences;
  const segments: OutSegment[] = [
    [
      "AK1",
      quotableFunctionalId(header.functionalId),
      quotableGroupControl(header.control),
      hasVersions ? quotableReference(header.version, 12) : "",
    ],
  ];
  for (const set of group.transactionSets) {
    const outcome = setOutcome(group, set);
    if (outcome === "A" && options.listAccepted === false) continue;
    segments.push(
      [
        "AK2",
        quotableSetType(set.type),
        quotableSetControl(set.control, options.delimiters),
        hasVersions ? quotableReference(set.implementation, 35) : "",
      ],
      ...segmentLoops(set, options),
      ["AK5", outcome, ...setCodes(set, options.version)],
    );
  }
  segments.push(groupTrailer(group));
  return segments;
}

/** AK103 and AK203 exist from here on. */
const firstVersionWithReferences = "005010";

function segmentLoops(set: SetReport, { version, delimiters }: FunctionalAcknowledgmentOptions): OutSegment[] {
  const limits = limitsOf(version);
  return segmentErrors(set.problems).flatMap((error): OutSegment[] => [
    [
      "AK3",
      quotableSegmentId(error.segment),
      String(error.position),
      loopIdentifier(error.loop, limits.loopIdentifier),
      error.code,
    ],
    ...error.elements.map(
      (problem): OutSegment => [
        "AK4",
        limits.composite ? placeInSegment(problem, limits.repetition) : String(problem.element ?? 1),
        dataElementNumber(problem),
        codeIn(version, problem.code, elementCodes),
        quotableValue(problem.value, delimiters),
      ],
    ),
  ]);
}

function setCodes(set: SetReport, version: string): string[] {
  const own = set.problems.filter((problem) => problem.level === "set").map((problem) => problem.code);
  const inSegments = set.problems.length > own.length || set.problemsOmitted > 0 ? ["5"] : [];
  return codesThatFit([...own.map((code) => codeIn(version, code, setErrorCodes)), ...inSegments]);
}

/**
 * What differs between the versions: most characters of element 447, whether AK401 is a composite (C030), and whether that has
 * a repetition (from 004030).
 */
function limitsOf(version: string): { loopIdentifier: number; composite: boolean; repetition: boolean } {
  const hasLongIdentifiers = version >= "004010" && version < "005010";
  return {
    loopIdentifier: hasLongIdentifiers ? 6 : 4,
    composite: version >= "003050",
    repetition: version >= "004030",
  };
}

/** A code that older lists lack: the first version whose 997 has it, and what says it before. */
interface Substitute {
  readonly since: string;
  readonly before: string;
}

type Substitutes = Readonly<Record<string, Substitute>>;

/** AK403, element 723: too many repetitions, too many components; before, too many elements. */
const elementCodes: Substitutes = {
  12: { since: "004030", before: "3" },
  13: { since: "004030", before: "3" },
};

/**
 * AK502, element 718: set not in this functional group; before, invalid set identifier. Control number not unique; before, invalid
 * control number.
 */
const setErrorCodes: Substitutes = {
  18: { since: "005010", before: "6" },
  23: { since: "003070", before: "7" },
};

function codeIn(version: string, code: string, substitutes: Substitutes): string {
  const substitute = substitutes[code];
  return substitute === undefined || version >= substitute.since ? code : substitute.before;
}
