import type { AccountProfile } from "../accounts/account.ts";
import { guideFaults, type SchemaLibrary } from "../x12/index.ts";

/** What keeps a profile from being used that its own shape can't say: a path into it and a sentence for each. */
export type ProfileCheck = (profile: AccountProfile) => { path: string; message: string }[];

/** Checks that an account's guides fit the sets of the account's version: one that does not would stop every file. */
export function openProfileCheck(library: SchemaLibrary): ProfileCheck {
  return (profile) =>
    profile.guides.flatMap((guide, place) => {
      const path = `guides[${place}]`;
      const schema = library.set(profile.x12.version, guide.set);
      if (!schema) return [{ path: `${path}.set`, message: `There is no set ${guide.set} in ${profile.x12.version}.` }];
      return guideFaults(schema, guide).map((message) => ({ path, message }));
    });
}
