import type { AccountProfile } from "../accounts/index.ts";
import type { Document, Usage } from "../documents/index.ts";
import { documentFromSet } from "../mappings/index.ts";
import {
  acceptedSets,
  acceptedVersion,
  type GroupReport,
  type Guide,
  type InterchangeReport,
  type Problem,
  type ReceivedAcknowledgment,
  readInterchangesSync,
  readTransactionSet,
  receivedAcknowledgment,
  type SchemaLibrary,
  type SetReport,
} from "../x12/index.ts";
import { identityFor } from "./envelope.ts";

/** Something that is wrong with what a customer received. */
export interface Fault {
  /** Stable word: x12 for what the standard or the guide says, order-unknown, price-differs, ... */
  readonly code: string;
  /** ISA13 of the interchange that it came in. */
  readonly interchange: string;
  /** ST01; null where it is about the envelope. */
  readonly set: string | null;
  readonly message: string;
}

/** One transaction set that came, as the customer understands it. */
export interface ReceivedSet {
  readonly group: GroupReport;
  readonly set: SetReport;
  /** Id of the segment after ST. */
  readonly beginning: string;
  readonly document: Document | null;
  readonly acknowledgment: ReceivedAcknowledgment | null;
}

/** One interchange that came: what is in it that can be used, and what is wrong with it. */
export interface ReceivedInterchange {
  readonly report: InterchangeReport;
  /** Those without errors. */
  readonly sets: readonly ReceivedSet[];
  readonly faults: readonly Fault[];
}

/** By what a customer reads what it receives. */
export interface Reading {
  readonly profile: AccountProfile;
  readonly usage: Usage;
  readonly library: SchemaLibrary;
  guidesFor(setType: string): readonly Guide[];
}

/** A file as a customer reads it: every set against the full standard and the account's guides. */
export function readReceived(bytes: Uint8Array, reading: Reading): ReceivedInterchange[] {
  const { library, profile } = reading;
  // A 997 may be in a version older than ours: it has the segments of the oldest that we have.
  const acceptVersion = (gs08: string) => acceptedVersion(library, gs08, "nearest");
  const file = readInterchangesSync(bytes, {
    library,
    guides: (_header, _group, setType) => reading.guidesFor(setType),
    acceptVersion,
  });
  return file.interchanges.map((report, place) => {
    const control = report.header.control;
    const faults = [
      ...(place === 0 ? faultsFrom(file.problems, control, null) : []),
      ...addressFaults(report, reading),
      ...faultsFrom(report.problems, control, null),
      ...report.groups.flatMap((group) => [
        ...faultsFrom(group.problems, control, null),
        ...group.transactionSets.flatMap((set) => faultsFrom(set.problems, control, set.type)),
      ]),
    ];
    const sets = acceptedSets(report).map(({ group, set }): ReceivedSet => {
      const version = acceptVersion(group.header.version);
      const schema = version === null ? null : library.set(version, set.type);
      const part = bytes.subarray(set.offset, set.offset + set.length);
      const read = readTransactionSet(part, report.delimiters, schema);
      return {
        group,
        set,
        beginning: read.segments[1]?.id ?? "",
        document: documentFromSet(read, { account: profile.id, usage: reading.usage }),
        acknowledgment: receivedAcknowledgment(read),
      };
    });
    return { report, sets, faults };
  });
}

function faultsFrom(problems: readonly Problem[], interchange: string, set: string | null): Fault[] {
  return problems
    .filter(({ severity }) => severity !== "warning")
    .map(({ message, position }) => {
      const place = position === null ? "" : ` (segment ${position} of its set)`;
      return { code: "x12", interchange, set, message: `${message}${place}` };
    });
}

/** Whether it is from us to the account, by the names that its profile has for this usage. */
function addressFaults({ header, groups }: InterchangeReport, { profile, usage }: Reading): Fault[] {
  const { theirs, ours } = identityFor(profile, usage);
  const fault = (message: string): Fault => ({ code: "address", interchange: header.control, set: null, message });
  const faults: Fault[] = [];
  if (header.senderQualifier !== ours.qualifier || header.senderId !== ours.id) {
    faults.push(
      fault(`It is from ${header.senderQualifier}/${header.senderId}, not from ${ours.qualifier}/${ours.id}.`),
    );
  }
  if (header.receiverQualifier !== theirs.qualifier || header.receiverId !== theirs.id) {
    faults.push(
      fault(`It is for ${header.receiverQualifier}/${header.receiverId}, and we are ${theirs.qualifier}/${theirs.id}.`),
    );
  }
  if (header.usage !== (usage === "production" ? "P" : "T"))
    faults.push(fault(`ISA15 is ${header.usage} in ${usage}.`));
  for (const { header: group } of groups) {
    const code = theirs.application ?? theirs.id;
    if (group.receiverCode !== code)
      faults.push(fault(`Group ${group.control} is for ${group.receiverCode}, not ${code}.`));
  }
  return faults;
}
