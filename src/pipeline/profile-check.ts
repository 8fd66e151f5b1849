import type { AccountProfile } from "../accounts/account.ts";
import { GuideShelf, UnknownGuide } from "../accounts/guide-shelf.ts";
import { outputFor } from "../accounts/identity.ts";
import type { WarrantyCarrier } from "../accounts/rules/warranty-carriers.ts";
import type { FieldFurtherDown } from "../accounts/tree/divisions.ts";
import { effectiveProfile } from "../accounts/tree/effective.ts";
import { messageOf } from "../errors.ts";
import { expressionFault } from "../mappings/adaptation/expression.ts";
import {
  compileSelector,
  guideFaults,
  isInterchangeVersion,
  type SchemaLibrary,
  type SetSchema,
} from "../x12/index.ts";

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
    const faults = outputFaults(library, profile);
    return [
      ...(faults.length > 0 ? faults : guideFaultsOf(library, shelf, profile)),
      ...ruleFaults(library, profile),
      ...faultsFurtherDown(library, profile),
    ];
  };
}

/** What is wrong with rules that can be other in a part of the account. */
function ruleFaults(library: SchemaLibrary, profile: AccountProfile): ProfileFault[] {
  return [...expressionFaults(profile), ...selectorFaults(profile), ...warrantyFaults(library, profile)];
}

/** The same of the divisions and locations that have such rules of their own, told of where those stand. */
function faultsFurtherDown(library: SchemaLibrary, profile: AccountProfile): ProfileFault[] {
  return profile.divisions.flatMap(({ id: division, rules, locations }, place) => {
    const of = (own: typeof rules, location: string | null, path: string) =>
      ruleFaults(library, effectiveProfile(profile, { division, location }))
        .filter(({ path: wrong }) => own[fieldIn(wrong)] !== undefined)
        .map(({ path: wrong, message }) => ({ path: `${path}.rules.${wrong}`, message }));
    return [
      ...of(rules, null, `divisions[${place}]`),
      ...locations.flatMap((one, index) => of(one.rules, one.id, `divisions[${place}].locations[${index}]`)),
    ];
  });
}

/** The field of the profile that a path begins with. */
const fieldIn = (path: string): FieldFurtherDown => path.split(/[.[]/, 1)[0] as FieldFurtherDown;

/** The account's own output, and that of each identity which differs. */
function outputFaults(library: SchemaLibrary, profile: AccountProfile): ProfileFault[] {
  return [
    ...versionFaults(library, profile.x12),
    ...profile.identities.flatMap((identity, place) =>
      identity.x12
        ? versionFaults(library, outputFor(profile, identity)).map((fault) => ({
            ...fault,
            path: `identities[${place}].${fault.path}`,
          }))
        : [],
    ),
  ];
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

/** Guides that do not fit the sets of a version in which the account is written to. */
function guideFaultsOf(library: SchemaLibrary, shelf: GuideShelf, profile: AccountProfile): ProfileFault[] {
  const { guides, x12, identities } = profile;
  const versions = new Set([x12.version, ...identities.map((identity) => outputFor(profile, identity).version)]);
  return [...versions].flatMap((version) => guideFaultsIn(library, shelf, guides, version));
}

function guideFaultsIn(
  library: SchemaLibrary,
  shelf: GuideShelf,
  guides: AccountProfile["guides"],
  version: string,
): ProfileFault[] {
  return guides.flatMap((named, place) => {
    const path = `guides[${place}]`;
    try {
      const guide = typeof named === "string" ? shelf.guide(named) : named;
      const schema = library.set(version, guide.set);
      if (!schema) return [{ path: `${path}.set`, message: `There is no set ${guide.set} in ${version}.` }];
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

function selectorFaults({ priority, invoicing }: AccountProfile): ProfileFault[] {
  return [
    ...priority.flatMap(({ when: { selector } }, place) =>
      selector === undefined ? [] : selectorFault(selector.path, `priority[${place}].when.selector.path`),
    ),
    ...(invoicing?.split ?? []).flatMap((key, place) =>
      typeof key === "string" ? [] : selectorFault(key.selector, `invoicing.split[${place}].selector`, orderLines),
    ),
  ];
}

/** The segment by which FOREACH tells the lines of an 850 apart. */
const orderLines = "PO1";

function selectorFault(selector: string, path: string, each?: string): ProfileFault[] {
  try {
    const { forEach } = compileSelector(selector);
    if (each === undefined || forEach === null || forEach === each) return [];
    return [{ path, message: `tells ${forEach} apart, and invoices are of lines: write FOREACH(${each})=>` }];
  } catch (error) {
    return [{ path, message: messageOf(error) }];
  }
}

/** Which segment each carrier of a warranty is, and where in the line's loop by type of set. */
const carrierSegments: Record<WarrantyCarrier, { readonly segment: string; readonly loop: string }> = {
  PID: { segment: "PID", loop: "/PID" },
  N9: { segment: "N9", loop: "/N9" },
  "REF*QS": { segment: "REF", loop: "" },
  "REF*QT": { segment: "REF", loop: "" },
  "DTM*512": { segment: "DTM", loop: "" },
  "DTM*AAJ": { segment: "DTM", loop: "" },
};
const lineLoops = { "855": "PO1", "856": "HL", "810": "IT1" } as const;

/** Where the account's version has no room for a warranty: no such segment in a line, or values longer than it takes. */
function warrantyFaults(library: SchemaLibrary, { warranties, x12 }: AccountProfile): ProfileFault[] {
  if (!warranties || !library.versions.includes(x12.version)) return [];
  const { carriedOn, terms } = warranties;
  return (["855", "856", "810"] as const).flatMap((type) =>
    carriedOn[type].flatMap((carrier, place): ProfileFault[] => {
      const path = `warranties.carriedOn.${type}[${place}]`;
      const schema = library.set(x12.version, type);
      if (!schema) return [{ path, message: `There is no ${type} in ${x12.version}.` }];
      const { segment, loop } = carrierSegments[carrier];
      const line = lineLoops[type];
      // A PID of a line is a loop in some sets and a segment in others.
      const hasRoom = schema.uses(segment).some(({ loop: { key } }) => key === `${line}${loop}` || key === line);
      if (!hasRoom) return [{ path, message: `A line of an ${type} in ${x12.version} has no ${segment}.` }];
      return terms.flatMap((one, index) => {
        const [value, most, what] = carriedValue(schema, carrier, one);
        if (value === undefined || value.length <= most) return [];
        const message = `has ${value.length} characters, and ${carrier} of an ${type} in ${x12.version} takes ${most}`;
        return [{ path: `warranties.terms[${index}].${what}`, message }];
      });
    }),
  );
}

type Terms = NonNullable<AccountProfile["warranties"]>["terms"][number];

/** What a carrier says of terms, how long it may be, and which field of the rule it is. */
function carriedValue(
  schema: SetSchema,
  carrier: WarrantyCarrier,
  { coverage, coverageCode, registration }: Terms,
): [value: string | undefined, most: number, what: string] {
  const most = (segment: string, element: number) => schema.segment(segment)?.elements[element - 1]?.max ?? 0;
  switch (carrier) {
    case "PID":
      return [coverage, most("PID", 5), "coverage"];
    case "REF*QS":
      return [coverageCode, most("REF", 2), "coverageCode"];
    case "REF*QT":
      return [registration, most("REF", 2), "registration"];
    case "N9":
      return [coverageCode, most("N9", 2), "coverageCode"];
    default:
      return [undefined, 0, "coverage"];
  }
}
