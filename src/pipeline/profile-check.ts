import type { AccountProfile } from "../accounts/account.ts";
import { GuideShelf, UnknownGuide } from "../accounts/guide-shelf.ts";
import { messageOf } from "../errors.ts";
import { expressionFault } from "../mappings/adaptation/expression.ts";
import { compileSelector, guideFaults, isInterchangeVersion, type SchemaLibrary } from "../x12/index.ts";

/** A path into a profile, and a sentence on what is wrong there. */
interface ProfileFault {
  readonly path: string;
  readonly message: string;
}

/** What keeps a profile from being used that its own shape can't say. */
export type ProfileCheck = (profile: AccountProfile) => ProfileFault[];

/**
 * Checks that the account's version is one that we have, that its guides are there and fit the sets of that version, and
 * that its expressions can be read: what does not would stop every file.
 */
export function openProfileCheck(library: SchemaLibrary, shelf = GuideShelf.empty): ProfileCheck {
  return (profile) => {
    const faults = versionFaults(library, profile.x12);
    return [
      ...(faults.length > 0 ? faults : guideFaultsOf(library, shelf, profile)),
      ...expressionFaults(profile),
      ...selectorFaults(profile),
    ];
  };
}

function versionFaults(library: SchemaLibrary, { version, interchangeVersion }: AccountProfile["x12"]): ProfileFault[] {
  const faults: ProfileFault[] = [];
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

function guideFaultsOf(library: SchemaLibrary, shelf: GuideShelf, { guides, x12 }: AccountProfile): ProfileFault[] {
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
}

function expressionFaults({ adaptations }: AccountProfile): ProfileFault[] {
  return adaptations.flatMap((adaptation, place) =>
    (["segments", "document"] as const).flatMap((field) => {
      const fault = adaptation[field] === undefined ? null : expressionFault(adaptation[field]);
      return fault === null ? [] : [{ path: `adaptations[${place}].${field}`, message: `is no JSONata: ${fault}` }];
    }),
  );
}

function selectorFaults({ priority }: AccountProfile): ProfileFault[] {
  return priority.flatMap(({ when: { selector } }, place) => {
    if (selector === undefined) return [];
    try {
      compileSelector(selector.path);
      return [];
    } catch (error) {
      return [{ path: `priority[${place}].when.selector.path`, message: messageOf(error) }];
    }
  });
}
