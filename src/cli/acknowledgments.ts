import { type AccountProfile, outputDelimiters } from "../accounts/index.ts";
import {
  acceptedVersion,
  type Delimiters,
  defaultDelimiters,
  delimitersFor,
  type FileReport,
  fallbackAcknowledgmentVersion,
  functionalAcknowledgment997,
  type GroupReport,
  type InterchangeReport,
  implementation999,
  implementationAcknowledgment999,
  interchangeAcknowledgment,
  isAcknowledgment,
  type OutGroup,
  type OutInterchange,
  owesInterchangeAcknowledgment,
  type SchemaLibrary,
  version997,
  writeInterchange,
} from "../x12/index.ts";

export type AcknowledgmentKind = "997" | "999" | "ta1";

export interface AcknowledgmentOptions {
  readonly library: SchemaLibrary;
  readonly account: AccountProfile | null;
  /** Null: what the account wants, else a 997; and a TA1 where it is owed. */
  readonly kind: AcknowledgmentKind | null;
  readonly lineBreaks: boolean;
  /** When they are written: ISA09 and ISA10, GS04 and GS05. */
  readonly at: Date;
}

export interface Acknowledgments {
  /** Whole interchanges, control numbers from 1. */
  readonly interchanges: readonly Uint8Array[];
  /** Why something was not acknowledged, or not as asked for. */
  readonly remarks: readonly string[];
}

/** The acknowledgments of every interchange of a file, each from its receiver to its sender. */
export function acknowledgmentsOf(report: FileReport, options: AcknowledgmentOptions): Acknowledgments {
  const remarks: string[] = [];
  const answers = report.interchanges.flatMap((interchange) => answersTo(interchange, options, remarks));
  let groupControl = 0;
  const interchanges = answers.map(({ ta1s, groups, envelope }, i) => {
    const numbered = groups.map((group) => ({
      ...group,
      header: { ...group.header, control: String(++groupControl) },
    }));
    const header = { ...envelope.header, control: String(i + 1).padStart(9, "0") };
    return writeInterchange({ header, ta1s, groups: numbered }, envelope.delimiters);
  });
  return { interchanges, remarks };
}

interface Envelope {
  readonly header: OutInterchange["header"];
  readonly delimiters: Delimiters;
}

interface Answer extends Pick<OutInterchange, "ta1s" | "groups"> {
  readonly envelope: Envelope;
}

/** A TA1 and a 997 (or 999) leave in interchanges of their own, as the gateway sends them. */
function answersTo(interchange: InterchangeReport, options: AcknowledgmentOptions, remarks: string[]): Answer[] {
  const { account, kind } = options;
  const { control } = interchange.header;
  const groups = interchange.groups.filter((group) => !isAcknowledgment(group));
  if (
    interchange.verdict !== "R" &&
    groups.length === 0 &&
    (interchange.groups.length > 0 || interchange.ta1s.length > 0)
  ) {
    remarks.push(`Interchange ${control} holds acknowledgments only, and those are not acknowledged.`);
    return [];
  }
  const answers: Answer[] = [];
  const rejected = interchange.verdict === "R";
  const always = account?.acknowledgments.interchange === "always";
  if (kind === "ta1" || rejected || (kind === null && (always || owesInterchangeAcknowledgment(interchange)))) {
    if (rejected && kind !== null && kind !== "ta1") {
      remarks.push(`Interchange ${control} is rejected as a whole: a TA1 answers it, not a ${kind}.`);
    }
    const envelope = envelopeAnswering(interchange, "ta1", options);
    answers.push({ ta1s: [interchangeAcknowledgment(interchange)], groups: [], envelope });
  }
  if (kind !== "ta1" && !rejected && groups.length > 0) {
    const chosen = kind ?? account?.acknowledgments.kind ?? "997";
    const envelope = envelopeAnswering(interchange, chosen, options);
    answers.push({ groups: groups.map((group) => answerToGroup(group, chosen, envelope, options)), envelope });
  }
  return answers;
}

function answerToGroup(
  group: GroupReport,
  kind: "997" | "999",
  envelope: Envelope,
  options: AcknowledgmentOptions,
): OutGroup {
  const { header, delimiters } = envelope;
  const listAccepted = options.account?.acknowledgments.listAccepted ?? true;
  const turned = {
    functionalId: "FA",
    senderCode: codeOr(group.header.receiverCode, header.senderId),
    receiverCode: codeOr(group.header.senderCode, header.receiverId),
    date: longDate(options),
    time: header.time,
    control: "1",
    agency: "X",
  };
  if (kind === "999") {
    const segments = implementationAcknowledgment999(group, { listAccepted, delimiters });
    return {
      header: { ...turned, version: implementation999 },
      sets: [{ type: "999", control: "0001", implementation: implementation999, segments }],
    };
  }
  const { library, account } = options;
  const readBy = acceptedVersion(library, group.header.version, account?.acceptVersions);
  const version = version997(library, group.header.version, readBy ?? fallbackAcknowledgmentVersion);
  const segments = functionalAcknowledgment997(group, { version, listAccepted, delimiters });
  return { header: { ...turned, version }, sets: [{ type: "997", control: "0001", segments }] };
}

/** ISA12 where the one that came in can't be answered with. */
const fallbackInterchangeVersion = "00401";
/** ISA12 of the interchanges that a 999 travels in, at least. */
const leastVersionOf999 = "00501";

function envelopeAnswering(
  interchange: InterchangeReport,
  kind: AcknowledgmentKind,
  options: AcknowledgmentOptions,
): Envelope {
  const { account, at } = options;
  const theirs = interchange.header;
  const came = /^00[2-9]\d\d$/.test(theirs.version) ? theirs.version : fallbackInterchangeVersion;
  const wanted = account?.x12.interchangeVersion ?? came;
  const version = kind === "999" && wanted < leastVersionOf999 ? leastVersionOf999 : wanted;
  const delimiters = delimitersFor(
    version,
    account ? outputDelimiters(account.x12) : sameDelimiters(interchange.delimiters),
  );
  const lineBreak = options.lineBreaks && delimiters.lineBreak === "" ? "\n" : delimiters.lineBreak;
  return {
    delimiters: { ...delimiters, lineBreak },
    header: {
      authorizationQualifier: "00",
      authorization: "",
      securityQualifier: "00",
      security: "",
      senderQualifier: qualifierOr(theirs.receiverQualifier),
      senderId: idOr(theirs.receiverId),
      receiverQualifier: qualifierOr(theirs.senderQualifier),
      receiverId: idOr(theirs.senderId),
      date: longDate(options).slice(2),
      time: timeIn(at, account?.timeZone),
      version,
      control: "1",
      acknowledgmentRequested: false,
      usage: theirs.usage === "T" ? "T" : "P",
    },
  };
}

/** The delimiters that came in, where one can write with them; a repetition separator where there was none. */
function sameDelimiters(theirs: Delimiters): Delimiters {
  const { element, segment, component } = theirs;
  const usable = [element, segment, component].every(
    (character) => /^[\x01-\x7e]$/.test(character) && /[^\w .+-]/.test(character),
  );
  if (!usable || new Set([element, segment, component]).size < 3) return defaultDelimiters;
  const lineBreak = /[\r\n]/.test(segment) ? "" : theirs.lineBreak;
  const repetition =
    theirs.repetition ?? (["^", "!", "\\"].find((one) => ![element, segment, component].includes(one)) as string);
  return { element, segment, component, repetition, lineBreak };
}

/*
 * What stands in for an id that no ISA or GS may carry: the interchange that came with it is rejected, and its TA1 must
 * still be writable.
 */
const mutuallyDefined = "ZZ";
const unknown = "UNKNOWN";

function qualifierOr(qualifier: string): string {
  return /^[A-Z0-9]{2}$/.test(qualifier) ? qualifier : mutuallyDefined;
}

function idOr(id: string): string {
  return /^[\x21-\x7e](?:[\x20-\x7e]{0,14})$/.test(id) ? id : unknown;
}

function codeOr(code: string, interchangeId: string): string {
  return /^[\x20-\x7e]{2,15}$/.test(code) ? code : interchangeId.padEnd(2, "0");
}

/** CCYYMMDD on the account's calendar, or on this machine's. */
function longDate({ at, account }: AcknowledgmentOptions): string {
  const zone = account ? { timeZone: account.timeZone } : {};
  // The Canadian form of a date is ISO 8601's.
  return new Intl.DateTimeFormat("en-CA", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" })
    .format(at)
    .replaceAll("-", "");
}

/** HHMM. */
function timeIn(at: Date, timeZone: string | undefined): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit", hour12: false })
    .format(at)
    .replace(":", "");
}
