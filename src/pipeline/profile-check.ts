import type { AccountProfile } from "../accounts/account.ts";
import { GuideShelf, UnknownGuide } from "../accounts/guide-shelf.ts";
import { guideFaults, isInterchangeVersion, type SchemaLibrary } from "../x12/index.ts";

/** What keeps a profile from being used that its own shape can't say: a path into it and a sentence for each. */
export type ProfileCheck = (profile: AccountProfile) => { path: string; message: string }[];

/**
 * Checks that the account's version is one that we have, and that its guides are there and fit the sets of that version: what does not
 * would stop every file.
 */
export function openProfileCheck(library: SchemaLibrary, shelf = GuideShelf.empty): ProfileCheck {
  return ({ guides, x12 }) => {
    const faults = versionFaults(library, x12);
    if (faults.length > 0) return faults;
    return guides.flatMap((named, place) => {
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
  };
}

function versionFaults(library: SchemaLibrary, { version, interchangeVersion }: AccountProfile["x12"]) {
  const faults: { path: string; message: string }[] = [];
  if (!library.versions.includes(version)) {
    const known = library.versions.join(", ");
    const message = `There are no schemas of version ${version}. Use one of ${known}, or put ${version} into the folder of schemas.`;
    faults.push({ path: "x12.version", message });
  }
  if (!isInterchangeVersion(interchangeVersion, library.version(library.versions.at(-1) ?? ""))) {
    const message = `${interchangeVersion} is no version of the interchange controls. Set interchangeVersion, for example to 00401 or 00501.`;
    faults.push({ path: "x12.interchangeVersion", message });
  }
  return faults;
}
