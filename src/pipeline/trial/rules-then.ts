import type { AccountProfile } from "../../accounts/account.ts";
import { findVersion, versionTimes } from "../../store/account-versions.ts";
import type { Session } from "../../store/database.ts";
import type { Ruling } from "../account-directory.ts";

/** Versions of one account's rules by when they were in force, each read once. */
export class RulesThen {
  readonly #accountId: string;
  readonly #times: Awaited<ReturnType<typeof versionTimes>>;
  readonly #profiles = new Map<number, AccountProfile>();

  private constructor(accountId: string, times: Awaited<ReturnType<typeof versionTimes>>) {
    this.#accountId = accountId;
    this.#times = times;
  }

  static async open(session: Session, accountId: string): Promise<RulesThen> {
    return new RulesThen(accountId, await versionTimes(session, accountId));
  }

  /** The version that was in force at an instant; the first one also before it came. */
  async at(session: Session, instant: Date): Promise<Ruling> {
    const then = this.#times.find(({ effectiveAt }) => effectiveAt <= instant) ?? this.#times.at(-1);
    const known = then && this.#profiles.get(then.number);
    const profile = known ?? (then && (await findVersion(session, this.#accountId, then.number))?.profile);
    if (!then || !profile) throw new Error(`There is no version of the rules of ${this.#accountId}.`);
    this.#profiles.set(then.number, profile);
    return { profile, version: then.number };
  }
}
