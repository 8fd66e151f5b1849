import type { AccountProfile } from "../accounts/account.ts";
import {
  type AccountIdentity,
  type AccountMatch,
  type Envelope,
  identitiesOf,
  matchAccount,
} from "../accounts/matching.ts";
import { allProfiles, profilesStamp } from "../store/accounts.ts";
import type { Session } from "../store/database.ts";
import type { Guide } from "../x12/index.ts";

/** Every account as it was at one moment. */
export interface AccountsNow {
  profile(accountId: string): AccountProfile | null;
  /** Whose an interchange is, among all accounts or among one only: whoever brings a file speaks for itself alone. */
  match(envelope: Envelope, among: string | null): AccountMatch;
  /** The guides that an account has for a type of set. */
  guides(accountId: string, setType: string): readonly Guide[];
}

/** Keeps a copy of the accounts in memory, and asks the database for no more than whether it is still right. */
export class AccountDirectory {
  #stamp = "";
  #now: AccountsNow = accountsOf([]);

  /** The accounts as they are now. */
  async load(session: Session): Promise<AccountsNow> {
    const stamp = await profilesStamp(session);
    if (stamp !== this.#stamp) {
      this.#now = accountsOf(await allProfiles(session));
      this.#stamp = stamp;
    }
    return this.#now;
  }
}

function accountsOf(profiles: readonly AccountProfile[]): AccountsNow {
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
    match: (envelope, among) => matchAccount(among === null ? identities : (ofAccount.get(among) ?? []), envelope),
    guides(accountId, setType) {
      const key = `${accountId} ${setType}`;
      const known = guides.get(key);
      if (known) return known;
      const found = (byId.get(accountId)?.guides ?? []).filter((guide) => guide.set === setType);
      guides.set(key, found);
      return found;
    },
  };
}
