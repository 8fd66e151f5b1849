import { type AccountProfile, outputDelimiters } from "../accounts/index.ts";
import {
  acceptedVersion,
  fallbackAcknowledgmentVersion,
  functionalAcknowledgment997,
  type GroupReport,
  implementation999,
  implementationAcknowledgment999,
  type Problem,
  type SchemaLibrary,
  type SetReport,
  version997,
} from "../x12/index.ts";
import type { GroupToSend } from "./envelope.ts";

/** When and how the customer acknowledges what it receives. late: only once it is asked to send what it has kept back. */
export const waysToAcknowledge = ["accept", "reject", "late", "never"] as const;
export type WayToAcknowledge = (typeof waysToAcknowledge)[number];

/** ISA12 of the interchanges that a 999 travels in, at least. */
export const leastVersionOf999 = "00501";

/** The customer's 997, or 999 where its profile says so, for one group of ours. */
export function acknowledgmentOf(group: GroupReport, profile: AccountProfile, library: SchemaLibrary): GroupToSend {
  const delimiters = outputDelimiters(profile.x12);
  if (profile.acknowledgments.kind === "999") {
    const segments = implementationAcknowledgment999(group, { delimiters });
    return {
      functionalId: "FA",
      version: implementation999,
      sets: [{ type: "999", control: "0001", implementation: implementation999, segments }],
    };
  }
  const readBy = acceptedVersion(library, group.header.version, profile.acceptVersions);
  const version = version997(library, group.header.version, readBy ?? fallbackAcknowledgmentVersion);
  const segments = functionalAcknowledgment997(group, { version, delimiters });
  return { functionalId: "FA", version, sets: [{ type: "997", control: "0001", segments }] };
}

/**
 * The same group as a customer reports it whose system takes none of its sets: each has a wrong code in its first segment.
 * @param beginnings id of the segment after ST, by ST02
 */
export function rejected(group: GroupReport, beginnings: ReadonlyMap<string, string>): GroupReport {
  const transactionSets = group.transactionSets.map(
    (set): SetReport => ({ ...set, verdict: "R", problems: [pretended(set, beginnings.get(set.control) ?? "ST")] }),
  );
  return { ...group, verdict: "R", transactionSets };
}

/** AK304 8 and AK403 7: an element has a value that is not among its codes. */
function pretended({ offset }: SetReport, segment: string): Problem {
  return {
    level: "element",
    code: "7",
    segment,
    position: 2,
    element: 1,
    component: null,
    repetition: null,
    offset,
    length: 0,
    value: null,
    loop: null,
    message: "The simulated customer rejects what it receives.",
    dataElement: null,
  };
}
