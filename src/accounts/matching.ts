import type { Usage } from "../documents/basic-components.ts";
import type { AccountProfile } from "./account.ts";
import type { Identity } from "./identity.ts";

/** An identity, and whose it is. */
export interface AccountIdentity {
  /** Id of the account. */
  readonly account: string;
  readonly identity: Identity;
}

/** What an interchange says of its sender and receiver. */
export interface Envelope {
  /** ISA05. */
  readonly senderQualifier: string;
  /** ISA06, without padding. */
  readonly senderId: string;
  /** ISA07. */
  readonly receiverQualifier: string;
  /** ISA08, without padding. */
  readonly receiverId: string;
  /** ISA15. */
  readonly usage: string;
  /** GS02 and GS03 of each group. */
  readonly groups: readonly { readonly senderCode: string; readonly receiverCode: string }[];
}

export type MatchFailure = "unknown-sender" | "unknown-receiver" | "wrong-usage" | "ambiguous";

export type AccountMatch =
  | { readonly matched: true; readonly account: string; readonly identity: Identity }
  | { readonly matched: false; readonly reason: MatchFailure; readonly message: string };

/** Every identity of every account, as `matchAccount` takes them. */
export function identitiesOf(profiles: readonly AccountProfile[]): AccountIdentity[] {
  return profiles.flatMap(({ id, identities }) => identities.map((identity) => ({ account: id, identity })));
}

/**
 * Whose interchange it is: the one identity whose sender, receiver, usage and (where it names them) application codes are
 * those of the envelope. An identity that names application codes goes before one that takes any. There is no guessing:
 * when two accounts fit alike, a person has to decide.
 */
export function matchAccount(identities: readonly AccountIdentity[], envelope: Envelope): AccountMatch {
  const sender = `${envelope.senderQualifier}/${envelope.senderId}`;
  const receiver = `${envelope.receiverQualifier}/${envelope.receiverId}`;

  const fromSender = identities.filter(({ identity }) =>
    names(identity.theirs, envelope.senderQualifier, envelope.senderId),
  );
  if (fromSender.length === 0) {
    return failure(
      "unknown-sender",
      `No account sends as ${sender} (ISA05/ISA06). Add it to the account's identities.`,
    );
  }

  const toReceiver = fromSender.filter(({ identity }) =>
    names(identity.ours, envelope.receiverQualifier, envelope.receiverId),
  );
  if (toReceiver.length === 0) {
    return failure(
      "unknown-receiver",
      `${listed(fromSender)} sends as ${sender}, but not to ${receiver} (ISA07/ISA08). If that is us, add it to the account's identities.`,
    );
  }

  const usage = usageOf(envelope.usage);
  const forUsage = toReceiver.filter(({ identity }) => identity.usage === usage);
  if (forUsage.length === 0) {
    return failure(
      "wrong-usage",
      `${listed(toReceiver)} has no ${usage ?? "such"} identity for ${sender} to ${receiver}: ISA15 is ${envelope.usage || "empty"}. Test and production never mix.`,
    );
  }

  const fitting = forUsage.filter(({ identity }) => fitsGroups(identity, envelope.groups));
  if (fitting.length === 0) return applicationFailure(forUsage, envelope);

  const most = Math.max(...fitting.map(applicationsNamed));
  const closest = fitting.filter((candidate) => applicationsNamed(candidate) === most);
  const [only, ...others] = closest;
  if (only === undefined || others.some(({ account }) => account !== only.account)) {
    return failure(
      "ambiguous",
      `${listed(closest)} both fit ${sender} to ${receiver}. Name application codes (GS02, GS03) in their identities to tell them apart.`,
    );
  }
  return { matched: true, account: only.account, identity: only.identity };
}

/** ISA15 in our words: P production, T test; I (information) and anything else belong to neither. */
function usageOf(isa15: string): Usage | undefined {
  return isa15 === "P" ? "production" : isa15 === "T" ? "test" : undefined;
}

function names(address: { qualifier: string; id: string }, qualifier: string, id: string): boolean {
  return address.qualifier === qualifier && address.id === id.trimEnd();
}

function fitsGroups({ theirs, ours }: Identity, groups: Envelope["groups"]): boolean {
  return groups.every(
    ({ senderCode, receiverCode }) =>
      (theirs.application === undefined || theirs.application === senderCode) &&
      (ours.application === undefined || ours.application === receiverCode),
  );
}

function applicationsNamed({ identity }: AccountIdentity): number {
  return Number(identity.theirs.application !== undefined) + Number(identity.ours.application !== undefined);
}

/** No identity fits all groups: either none fits some group, or the groups are of different identities. */
function applicationFailure(candidates: readonly AccountIdentity[], envelope: Envelope): AccountMatch {
  const stranger = envelope.groups.find((group) => !candidates.some(({ identity }) => fitsGroups(identity, [group])));
  if (stranger === undefined) {
    return failure(
      "ambiguous",
      `The groups of this interchange belong to different identities of ${listed(candidates)}. Ask for one interchange each.`,
    );
  }
  const senderKnown = candidates.some(
    ({ identity }) => identity.theirs.application === undefined || identity.theirs.application === stranger.senderCode,
  );
  return senderKnown
    ? failure("unknown-receiver", `${listed(candidates)} does not send to application ${stranger.receiverCode} (GS03).`)
    : failure("unknown-sender", `${listed(candidates)} does not send as application ${stranger.senderCode} (GS02).`);
}

function failure(reason: MatchFailure, message: string): AccountMatch {
  return { matched: false, reason, message };
}

function listed(candidates: readonly AccountIdentity[]): string {
  return [...new Set(candidates.map(({ account }) => account))].join(" and ");
}
