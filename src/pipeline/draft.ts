import { isDeepStrictEqual } from "node:util";
import type { AccountProfile } from "../accounts/account.ts";
import { type Identity, outputFor } from "../accounts/identity.ts";
import { outputDelimiters, type X12Output } from "../accounts/x12-output.ts";
import { NeedsHuman } from "../errors.ts";
import type { Interchange } from "../store/interchanges.ts";
import { type Delimiters, type OutSegment, writeInterchange, writeTransactionSet } from "../x12/index.ts";
import { businessDate, businessTime } from "./business-date.ts";

/** Who an interchange goes from and to, in the envelope's terms. */
export interface DraftParties {
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
}

/** One transaction set that is to be sent. */
export interface DraftSet {
  readonly type: string;
  /** ST03, where the set has one. */
  readonly implementation?: string;
  readonly segments: readonly OutSegment[];
  /** The document that it was made from. */
  readonly documentId?: string;
  readonly documentNumber?: string;
}

export interface DraftGroup {
  readonly functionalId: string;
  /** GS02. */
  readonly senderCode: string;
  /** GS03. */
  readonly receiverCode: string;
  /** GS08. */
  readonly version: string;
  readonly sets: readonly DraftSet[];
}

/** An outgoing interchange before it has control numbers: what is kept in `interchange.draft` until `envelope` reads it. */
export interface Draft {
  readonly parties: DraftParties;
  readonly usage: "production" | "test";
  readonly ta1s: readonly OutSegment[];
  readonly groups: readonly DraftGroup[];
}

/** The numbers that `envelope` takes for a draft. */
export interface ControlNumbers {
  /** ISA13. */
  readonly interchange: number;
  /** GS06 of the first group; the others follow. */
  readonly firstGroup: number;
}

/** Stands in where only the form is checked: the real numbers are taken when it leaves. */
export const provisionalNumbers: ControlNumbers = { interchange: 1, firstGroup: 1 };

/** ISA13: nine digits. */
export const interchangeControl = (number: number): string => String(number).padStart(9, "0");
/** ST02: at least four characters, counted anew in each group. */
export const setControl = (place: number): string => String(place + 1).padStart(4, "0");

/** A draft as the bytes that would leave at `at`, in the account's delimiters and versions. */
export function writeDraft(draft: Draft, profile: AccountProfile, numbers: ControlNumbers, at: Date): Uint8Array {
  const output = outputOf(profile, draft);
  const delimiters: Delimiters = outputDelimiters(output);
  const date = businessDate(at, profile.timeZone).replaceAll("-", "");
  const time = businessTime(at, profile.timeZone);
  return writeInterchange(
    {
      header: {
        authorizationQualifier: "00",
        authorization: "",
        securityQualifier: "00",
        security: "",
        ...draft.parties,
        date: date.slice(2),
        time,
        version: output.interchangeVersion,
        control: interchangeControl(numbers.interchange),
        acknowledgmentRequested: false,
        usage: draft.usage === "production" ? "P" : "T",
      },
      ta1s: draft.ta1s,
      groups: draft.groups.map((group, place) => ({
        header: {
          functionalId: group.functionalId,
          senderCode: group.senderCode,
          receiverCode: group.receiverCode,
          date,
          time,
          control: String(numbers.firstGroup + place),
          agency: "X",
          version: group.version,
        },
        sets: group.sets.map((set, index) =>
          writeTransactionSet(
            {
              type: set.type,
              control: setControl(index),
              ...(set.implementation ? { implementation: set.implementation } : {}),
              segments: set.segments,
            },
            delimiters,
          ),
        ),
      })),
    },
    delimiters,
  );
}

/** How a draft is written: as the identity has it that it goes to. Of several with the same ids its groups tell which. */
export function outputOf(
  profile: AccountProfile,
  {
    parties,
    usage,
    groups,
  }: Pick<Draft, "parties" | "usage"> & { groups: readonly Pick<DraftGroup, "receiverCode">[] },
): X12Output {
  const isMeant = (identity: Identity) => identity.usage === usage && isDeepStrictEqual(partiesOf(identity), parties);
  const among = profile.identities.filter(isMeant);
  const named = among.find(
    ({ theirs }) => theirs.application !== undefined && theirs.application === groups[0]?.receiverCode,
  );
  const identity = named ?? among.find(({ theirs }) => theirs.application === undefined) ?? among[0];
  return identity ? outputFor(profile, identity) : profile.x12;
}

/** From us to the account, as the account's profile names both for this usage. */
export function partiesFor(
  profile: AccountProfile,
  usage: "production" | "test",
): { parties: DraftParties; identity: Identity } {
  const identity = profile.identities.find((one) => one.usage === usage);
  if (!identity)
    throw new NeedsHuman("account.no-identity", `${profile.id} has no identity for ${usage}; add one to its profile.`);
  return { parties: partiesOf(identity), identity };
}

function partiesOf({ theirs, ours }: Identity): DraftParties {
  return {
    senderQualifier: ours.qualifier,
    senderId: ours.id,
    receiverQualifier: theirs.qualifier,
    receiverId: theirs.id,
  };
}

/** Back to where an inbound interchange came from, under the names that it used, if they are names of the account. */
export function partiesAnswering(
  inbound: Interchange,
  profile: AccountProfile,
  usage: "production" | "test",
): DraftParties {
  const identity = profile.identities.find(
    ({ usage: its, theirs, ours }) =>
      its === usage &&
      theirs.qualifier === inbound.senderQualifier &&
      theirs.id === inbound.senderId &&
      ours.qualifier === inbound.receiverQualifier &&
      ours.id === inbound.receiverId,
  );
  return identity ? partiesOf(identity) : partiesFor(profile, usage).parties;
}
