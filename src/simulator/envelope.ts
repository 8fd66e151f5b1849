import { type AccountProfile, type Identity, outputDelimiters } from "../accounts/index.ts";
import type { Usage } from "../documents/index.ts";
import {
  delimitersFor,
  type OutSegment,
  type OutTransactionSet,
  type ReadOptions,
  writeCheckedInterchange,
} from "../x12/index.ts";

/** A day and a time on the account's own calendar: `YYYY-MM-DD` and `HHMM`. */
export interface Moment {
  readonly date: string;
  readonly time: string;
}

/** What an account's clock shows at an instant. */
export function momentIn(timeZone: string, at: Date): Moment {
  // The Canadian form of a date is ISO 8601's.
  const date = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return { date: date.format(at), time: time.format(at).replace(":", "") };
}

/** A day so many days later, `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): string {
  const then = new Date(`${day}T00:00:00Z`);
  then.setUTCDate(then.getUTCDate() + days);
  return then.toISOString().slice(0, 10);
}

/** A functional group of the account's before it has numbers. */
export interface GroupToSend {
  /** GS01. */
  readonly functionalId: string;
  /** GS08. */
  readonly version: string;
  readonly sets: readonly OutTransactionSet[];
}

/** What goes out in one interchange. */
export interface ToSend {
  readonly groups: readonly GroupToSend[];
  readonly ta1s?: readonly OutSegment[];
  /** ISA12 where it is not the account's own: a 999 needs 00501. */
  readonly leastInterchangeVersion?: string;
}

/** The control numbers that it goes out with: ISA13, and GS06 of its first group. */
export interface Numbers {
  readonly interchange: number;
  readonly firstGroup: number;
}

/** The account's own pair of names for business or for tests. @throws Error where its profile has none */
export function identityFor(profile: AccountProfile, usage: Usage): Identity {
  const identity = profile.identities.find((one) => one.usage === usage);
  if (!identity) throw new Error(`${profile.id} has no identity for ${usage}; add one to its profile.`);
  return identity;
}

/**
 * An interchange from the account to us: its identities turned round, its delimiters, versions and calendar; read again by the
 * standard and its guides before it is handed out.
 *
 * @throws FaultyInterchangeError where it is not right; UnwritableError where it can't be written
 */
export function writtenByAccount(
  profile: AccountProfile,
  usage: Usage,
  { groups, ta1s, leastInterchangeVersion = "" }: ToSend,
  numbers: Numbers,
  { date, time }: Moment,
  check: Pick<ReadOptions, "library" | "guides">,
): Uint8Array {
  const { theirs, ours } = identityFor(profile, usage);
  const { interchangeVersion } = profile.x12;
  const version = interchangeVersion < leastInterchangeVersion ? leastInterchangeVersion : interchangeVersion;
  const day = date.replaceAll("-", "");
  return writeCheckedInterchange(
    {
      header: {
        authorizationQualifier: "00",
        authorization: "",
        securityQualifier: "00",
        security: "",
        senderQualifier: theirs.qualifier,
        senderId: theirs.id,
        receiverQualifier: ours.qualifier,
        receiverId: ours.id,
        date: day.slice(2),
        time,
        version,
        control: String(numbers.interchange).padStart(9, "0"),
        acknowledgmentRequested: false,
        usage: usage === "production" ? "P" : "T",
      },
      ...(ta1s && { ta1s }),
      groups: groups.map(({ functionalId, version: groupVersion, sets }, place) => ({
        header: {
          functionalId,
          senderCode: theirs.application ?? theirs.id,
          receiverCode: ours.application ?? ours.id,
          date: day,
          time,
          control: String(numbers.firstGroup + place),
          agency: "X",
          version: groupVersion,
        },
        sets,
      })),
    },
    delimitersFor(version, outputDelimiters({ ...profile.x12, interchangeVersion: version })),
    check,
  );
}
