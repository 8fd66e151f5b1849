import type { Delimiters } from "./delimiters.ts";
import type { Problem, Verdict } from "./problem.ts";

/** The ISA's fields as text, trailing blanks trimmed, nothing else changed. */
export interface InterchangeHeader {
  readonly authorizationQualifier: string;
  readonly authorization: string;
  readonly securityQualifier: string;
  readonly security: string;
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
  /** ISA09, YYMMDD. */
  readonly date: string;
  /** ISA10, HHMM. */
  readonly time: string;
  /** ISA12: "00401". */
  readonly version: string;
  /** ISA13 as it came, zeros kept. */
  readonly control: string;
  /** ISA14 is "1". */
  readonly acknowledgmentRequested: boolean;
  /** ISA15: P production, T test, I information; anything else as it came. */
  readonly usage: string;
}

/** The GS's fields as text. */
export interface GroupHeader {
  /** GS01: "PO". */
  readonly functionalId: string;
  /** GS02. */
  readonly senderCode: string;
  /** GS03. */
  readonly receiverCode: string;
  readonly date: string;
  readonly time: string;
  /** GS06 as it came. */
  readonly control: string;
  /** GS07: "X". */
  readonly agency: string;
  /** GS08: "004010", "005010X231A1". */
  readonly version: string;
}

/** What was found of one transaction set. */
export interface SetReport {
  /** ST01. */
  readonly type: string;
  /** ST02 as it came. */
  readonly control: string;
  /** ST03, "" where it is not there. */
  readonly implementation: string;
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
  /** Problems found beyond the limit and not kept. */
  readonly problemsOmitted: number;
  /** First byte of ST. */
  readonly offset: number;
  /** Bytes from ST to the end of SE's terminator (of the last segment read, where SE is missing). */
  readonly length: number;
  /** Segments counted, ST and SE included. */
  readonly segmentCount: number;
}

export interface GroupReport {
  readonly header: GroupHeader;
  readonly verdict: Verdict;
  /** Problems of the group's own envelope; those of its sets are with the sets. */
  readonly problems: readonly Problem[];
  readonly transactionSets: readonly SetReport[];
  /** GE01 as it came; null where GE is missing or its count is no number. */
  readonly includedCount: number | null;
  readonly offset: number;
  readonly length: number;
}

/** A TA1 segment that came in, about an interchange that we had sent. */
export interface Ta1Received {
  readonly control: string;
  readonly date: string;
  readonly time: string;
  /** TA104: A, E or R. */
  readonly status: string;
  /** TA105. */
  readonly note: string;
}

export interface InterchangeReport {
  readonly header: InterchangeHeader;
  readonly delimiters: Delimiters;
  /** A: right; E: accepted, with envelope problems that TA105 has no refusal for; R: the envelope is bad, nothing in it counts. */
  readonly verdict: "A" | "E" | "R";
  /** Problems of the interchange's own envelope; those that decide the verdict come first. */
  readonly problems: readonly Problem[];
  /** Problems found beyond the limit and not kept. */
  readonly problemsOmitted: number;
  readonly ta1s: readonly Ta1Received[];
  readonly groups: readonly GroupReport[];
  /** First byte of ISA. */
  readonly offset: number;
  /** Bytes from ISA to the end of IEA's terminator (of the last segment read, where IEA is missing). */
  readonly length: number;
}

/** What was found of one file. */
export interface FileReport {
  /** Bytes read. */
  readonly size: number;
  readonly interchanges: readonly InterchangeReport[];
  /**
   * Problems that belong to no interchange, with codes of our own: `empty` (no data), `not-x12` (no ISA anywhere),
   * `leading-data` (something before the first ISA), `trailing-data` (something after an IEA), `too-many-sets` (the rest
   * of the file was not read), `wrapped-80` (a warning: it was cut into lines of 80 characters), `too-many-problems` (the rest of them was counted, not kept).
   */
  readonly problems: readonly Problem[];
}

/**
 * The sets of an interchange that count: right in themselves, in a group and an interchange that are not rejected. Whoever
 * acts on a file acts on these only.
 */
export function acceptedSets(interchange: InterchangeReport): { group: GroupReport; set: SetReport }[] {
  if (interchange.verdict === "R") return [];
  return interchange.groups
    .filter((group) => group.verdict !== "R")
    .flatMap((group) => group.transactionSets.filter((set) => set.verdict !== "R").map((set) => ({ group, set })));
}

/** Whether a group holds acknowledgments (GS01 FA): it is checked like any other and never acknowledged itself. */
export function isAcknowledgment(group: { readonly header: Pick<GroupHeader, "functionalId"> }): boolean {
  return group.header.functionalId === "FA";
}

/** Whether the sender is owed a TA1: it asked for one (ISA14), or the interchange is not as it should be. */
export function owesInterchangeAcknowledgment(interchange: InterchangeReport): boolean {
  if (interchange.groups.length === 0 && interchange.ta1s.length > 0) return false;
  return interchange.verdict !== "A" || interchange.header.acknowledgmentRequested;
}
