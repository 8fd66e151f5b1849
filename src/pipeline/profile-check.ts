import type { AccountProfile } from "../accounts/account.ts";
import { GuideShelf, UnknownGuide } from "../accounts/guide-shelf.ts";
import { guideFaults, type SchemaLibrary } from "../x12/index.ts";

/** What keeps a profile from being used that its own shape can't say: a path into it and a sentence for each. */
export type ProfileCheck = (profile: AccountProfile) => { path: string; message: string }[];

/**
 * Checks that an account's guides are there and fit the sets of the account's version: one that does not would stop
 * every file.
 */
export function openProfileCheck(library: SchemaLibrary, shelf = GuideShelf.empty): ProfileCheck {
  return ({ guides, x12 }) =>
    guides.flatMap((named, place) => {
      const path = `guides[${place}]`;
      try {
        const guide = typeof named === "string" ? shelf.guide(named) : named;
        const schema = library.set(x12.version, guide.set);
        if (!schema) return [{ path: `${path}.set`, message: `There is no set ${guide.set} in ${x12.version}.` }];
        return guideFaults(schema, guide).map((message) => ({ path, message }));
      } catch (error) {
        if (error instanceof UnknownGuide) return [{ path, message: error.message }];
        throw error;
      }
    });
}
