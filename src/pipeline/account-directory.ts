import type { AccountProfile } from "../accounts/account.ts";
import { type GuideShelf, UnknownGuide } from "../accounts/guide-shelf.ts";
import {
  type AccountIdentity,
  type AccountMatch,
  type Envelope,
  identitiesOf,
  matchAccount,
} from "../accounts/matching.ts";
import { NeedsHuman } from "../errors.ts";
import { versionAt } from "../store/account-versions.ts";
import { allProfiles, type ProfileInForce, profilesStamp } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import type { Guide } from "../x12/index.ts";

/** A version of an account's rules, by which something is decided. */
export interface Ruling {
  readonly profile: AccountProfile;
  readonly version: number;
}

/** Every account as it was at one moment. */
export interface AccountsNow {
  profile(accountId: string): AccountProfile | null;
  /** Every account's profile. */
  readonly all: readonly AccountProfile[];
  /** The version of the account's rules that is in force at an instant, with its number. null: there is no such account. */
  ruling(session: Session, accountId: string, at: Date): Promise<Ruling | null>;
  /** Whose an interchange is, among all accounts or among one only: whoever brings a file speaks for itself alone. */
  match(envelope: Envelope, among: string | null): AccountMatch;
  /** The guides that an account has for a type of set. @throws NeedsHuman where one that it names is gone */
  guides(accountId: string, setType: string): readonly Guide[];
}

/** Keeps a copy of the accounts in memory, and asks the database for no more than whether it is still right. */
export class AccountDirectory {
  readonly #shelf: GuideShelf;
  #stamp = "";
  #now: AccountsNow;

  constructor(shelf: GuideShelf) {
    this.#shelf = shelf;
    this.#now = accountsOf([], shelf);
  }

  /** The accounts as they are now. */
  async load(session: Session): Promise<AccountsNow> {
    const stamp = await profilesStamp(session);
    if (stamp !== this.#stamp) {
      this.#now = accountsOf(await allProfiles(session), this.#shelf);
      this.#stamp = stamp;
    }
    return this.#now;
  }
}

function accountsOf(inForce: readonly ProfileInForce[], shelf: GuideShelf): AccountsNow {
  const profiles = inForce.map(({ profile }) => profile);
  const versions = new Map(inForce.map((one) => [one.profile.id, one]));
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const identities = identitiesOf(profiles);
  const ofAccount = new Map<string, AccountIdentity[]>();
  for (const identity of identities) {
    const all = ofAccount.get(identity.account) ?? [];
    all.push(identity);
    ofAccount.set(identity.account, all);
  }
  // One array for each account and type, always the same: the engine keeps a compiled validator for it.
  const guides = new Map<string, readonly Guide[]>();
  return {
    profile: (accountId) => byId.get(accountId) ?? null,
    all: profiles,
    async ruling(session, accountId, at) {
      const now = versions.get(accountId);
      if (!now) return null;
      const isNow = (now.since === null || now.since <= at) && (now.until === null || at < now.until);
      // A job that was long delayed, or the first of a new day: the copy may be of another version.
      const found = isNow ? now : ((await versionAt(session, accountId, at)) ?? now);
      return { profile: found.profile, version: "number" in found ? found.number : found.version };
    },
    match: (envelope, among) => matchAccount(among === null ? identities : (ofAccount.get(among) ?? []), envelope),
    guides(accountId, setType) {
      const key = `${accountId} ${setType}`;
      const known = guides.get(key);
      if (known) return known;
      const profile = byId.get(accountId);
      const found = profile === undefined ? [] : guidesOf(profile, setType, shelf);
      guides.set(key, found);
      return found;
    },
  };
}

/**
 * @throws NeedsHuman where the folder of guides lacks one that the account names: without it nothing of the account's
 * can be judged
 */
export function guidesOf(profile: AccountProfile, setType: string, shelf: GuideShelf): readonly Guide[] {
  try {
    return shelf.guidesOf(profile, setType);
  } catch (error) {
    if (!(error instanceof UnknownGuide)) throw error;
    throw new NeedsHuman("guide.missing", `The account ${profile.id} can't be served: ${error.message}`);
  }
}
