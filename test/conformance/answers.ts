import {
  type Delimiters,
  type FileReport,
  fallbackAcknowledgmentVersion,
  functionalAcknowledgment997,
  type InterchangeReport,
  implementation999,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  isAcknowledgment,
  loadSchemaLibrary,
  readInterchangesSync,
  writeSegment,
  writeTransactionSet,
} from "../../src/x12/index.ts";

export const library = loadSchemaLibrary();

/** What every answer is written with. */
export const delimiters: Delimiters = { element: "*", segment: "~", component: ">", repetition: "^", lineBreak: "\n" };

/** One 997 or 999, ST to SE, and the GS08 that it travels under. */
export interface AnswerSet {
  readonly version: string;
  readonly text: string;
}

/** Everything that one file is answered with, in the order of the file. */
export interface Answers {
  /** TA1 segments, one for each interchange that holds more than acknowledgments of interchanges. */
  readonly ta1: readonly string[];
  /** A set for each group that is no acknowledgment, in interchanges that are not rejected. */
  readonly "997": readonly AnswerSet[];
  readonly "999": readonly AnswerSet[];
}

/** Answers every interchange and group of a file that has been read. */
export function answersTo(report: FileReport): Answers {
  const groups = report.interchanges
    .filter(({ verdict }) => verdict !== "R")
    .flatMap((interchange) => interchange.groups.filter((group) => !isAcknowledgment(group)));
  const control = (i: number) => String(i + 1).padStart(4, "0");
  return {
    ta1: report.interchanges
      .filter((interchange) => !isOfTa1sOnly(interchange))
      .map((interchange) => writeSegment(interchangeAcknowledgment(interchange), delimiters)),
    "997": groups.map((group, i) => {
      const version = library.versionOf(group.header.version) ?? fallbackAcknowledgmentVersion;
      const segments = functionalAcknowledgment997(group, { version, delimiters });
      return { version, text: writeTransactionSet({ type: "997", control: control(i), segments }, delimiters) };
    }),
    "999": groups.map((group, i) => {
      const segments = implementationAcknowledgment999(group, { delimiters });
      const set = { type: "999", control: control(i), implementation: implementation999, segments };
      return { version: implementation999, text: writeTransactionSet(set, delimiters) };
    }),
  };
}

/** Reads a file whole, by the standard alone. */
export function reportOf(file: Uint8Array): FileReport {
  return readInterchangesSync(file, { library });
}

function isOfTa1sOnly({ groups, ta1s }: InterchangeReport): boolean {
  return groups.length === 0 && ta1s.length > 0;
}
