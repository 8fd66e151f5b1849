import type { z } from "zod";
import { plainly, unfolded } from "../../documents/plain-issues.ts";
import type { Identity } from "../identity.ts";
import { words } from "../words.ts";
import {
  type Division,
  type FieldFurtherDown,
  fieldsFurtherDown,
  type Location,
  type RecognisedBy,
} from "./divisions.ts";
import { isGroup, mergedOver, overrideOf } from "./override.ts";

/** One thing that is wrong with a tree: where in the profile, and a sentence. */
export interface TreeFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Group = { readonly [Field in FieldFurtherDown]?: unknown } & {
  readonly identities: readonly Identity[];
  readonly divisions: readonly Division[];
};

/**
 * What is wrong with an account's divisions and locations that their own shapes can't say: ids that are not unique, signs that are of
 * two of them or of none of the account's identities, and rules that only fail together with what they inherit.
 *
 * @param shapes of the profile's fields
 */
export function treeFaults(group: Group, shapes: Readonly<Record<FieldFurtherDown, z.ZodType>>): TreeFault[] {
  const { divisions } = group;
  const at = divisions.map((_, place) => ["divisions", place] as const);
  return [
    ...sameIds(divisions, at),
    ...sameSigns(divisions, at),
    ...divisions.flatMap((division, place) => {
      const path = ["divisions", place];
      const inDivision = division.locations.map((_, index) => [...path, "locations", index]);
      return [
        ...(division.recognisedBy || division.locations.length > 0
          ? []
          : [
              {
                path,
                message: "must say by what its documents are recognised (recognisedBy), or have locations that do",
              },
            ]),
        ...strangers(division.recognisedBy, group.identities, path),
        ...division.locations.flatMap((one, index) =>
          strangers(one.recognisedBy, group.identities, inDivision[index] ?? path),
        ),
        ...sameIds(division.locations, inDivision),
        ...sameSigns(division.locations, inDivision),
      ];
    }),
    ...sharedLocations(divisions),
    ...mergedFaults(group, shapes),
  ];
}

type Path = readonly PropertyKey[];

function sameIds(nodes: readonly (Division | Location)[], at: readonly Path[]): TreeFault[] {
  return nodes.flatMap(({ id }, place) => {
    const first = nodes.findIndex((one) => one.id === id);
    return first === place
      ? []
      : [{ path: [...(at[place] ?? []), "id"], message: `"${id}" is the id of ${nodes[first]?.name} already` }];
  });
}

/** Every sign of a node, each as one text, with where it stands. */
function signsOf(by: RecognisedBy | undefined, at: Path): { readonly sign: string; readonly path: Path }[] {
  const path = [...at, "recognisedBy"];
  return [
    ...(by?.contracts ?? []).map((one, place) => ({ sign: `contract ${one}`, path: [...path, "contracts", place] })),
    ...(by?.references ?? []).flatMap(({ qualifier, values }, place) =>
      values.map((one, index) => ({
        sign: `REF*${qualifier} ${one}`,
        path: [...path, "references", place, "values", index],
      })),
    ),
    ...(by?.parties ?? []).flatMap(({ role, ids }, place) =>
      ids.map((one, index) => ({ sign: `N1*${role} ${one}`, path: [...path, "parties", place, "ids", index] })),
    ),
    ...(by?.interchange ?? []).map(({ qualifier, id, application }, place) => ({
      sign: `interchange ${[qualifier, id, application].map((part) => part ?? "any").join("/")}`,
      path: [...path, "interchange", place],
    })),
  ];
}

/** Two of one level that are known by the same sign: nobody could say which of them a document is of. */
function sameSigns(nodes: readonly (Division | Location)[], at: readonly Path[]): TreeFault[] {
  return twice(nodes.map((node, place) => ({ name: node.name, signs: signsOf(node.recognisedBy, at[place] ?? []) })));
}

function twice(nodes: readonly { readonly name: string; readonly signs: ReturnType<typeof signsOf> }[]): TreeFault[] {
  const first = new Map<string, number>();
  return nodes.flatMap(({ signs }, place) =>
    signs.flatMap(({ sign, path }) => {
      const before = first.get(sign);
      if (before === undefined) first.set(sign, place);
      return before === undefined || before === place
        ? []
        : [{ path, message: `${sign} is a sign of ${nodes[before]?.name} already: a document can be of one only` }];
    }),
  );
}

/** A place that serves two divisions can't tell which of them is meant; each has to have signs of its own then. */
function sharedLocations(divisions: readonly Division[]): TreeFault[] {
  const unsaid = divisions.flatMap((division, place) =>
    division.locations.map((location, index) => ({
      name: `${location.name} of ${division.name}`,
      division,
      signs: signsOf(location.recognisedBy, ["divisions", place, "locations", index]),
    })),
  );
  const first = new Map<string, (typeof unsaid)[number]>();
  return unsaid.flatMap((one) =>
    one.signs.flatMap(({ sign, path }) => {
      const before = first.get(sign) ?? one;
      first.set(sign, before);
      if (before.division === one.division || (before.division.recognisedBy && one.division.recognisedBy)) return [];
      const message = `${sign} is a sign of ${before.name} already; say by what else the two divisions are recognised`;
      return [{ path, message }];
    }),
  );
}

function strangers(by: RecognisedBy | undefined, identities: readonly Identity[], at: Path): TreeFault[] {
  return (by?.interchange ?? []).flatMap(({ qualifier, id, application }, place) => {
    const fits = identities.some(
      ({ theirs }) =>
        (qualifier ?? theirs.qualifier) === theirs.qualifier &&
        (id ?? theirs.id) === theirs.id &&
        (application === undefined || (theirs.application ?? application) === application),
    );
    const path = [...at, "recognisedBy", "interchange", place];
    return fits ? [] : [{ path, message: "is none of the account's identities; add it to `identities`" }];
  });
}

/** What each node's rules come to with what is above them, wrong fields only, told of where the file says them. */
function mergedFaults(group: Group, shapes: Readonly<Record<FieldFurtherDown, z.ZodType>>): TreeFault[] {
  return fieldsFurtherDown.flatMap((field) => {
    const shape = shapes[field];
    const isSaid = group.divisions.some(
      ({ rules, locations }) => rules[field] !== undefined || locations.some((one) => one.rules[field] !== undefined),
    );
    if (!isSaid || !shape.safeParse(group[field]).success) return [];
    return group.divisions.flatMap((division, place) => {
      const path = ["divisions", place];
      const inDivision = mergedOver(shape, group[field], division.rules[field]);
      const own = isSound(shape, division.rules[field])
        ? faultsIn(shape, inDivision, field, [{ path, rules: division.rules }])
        : [];
      if (own.length > 0) return own;
      return division.locations.flatMap(({ rules }, index) => {
        if (!isSound(shape, rules[field])) return [];
        const whole = mergedOver(shape, inDivision, rules[field]);
        const nodes = [
          { path, rules: division.rules },
          { path: [...path, "locations", index], rules },
        ];
        return faultsIn(shape, whole, field, nodes);
      });
    });
  });
}

/** Whether something is said that is no fault in itself: that is told by its own shape. */
function isSound(shape: z.ZodType, said: unknown): boolean {
  return said !== undefined && overrideOf(shape).safeParse(said).success;
}

function faultsIn(
  shape: z.ZodType,
  whole: unknown,
  field: FieldFurtherDown,
  nodes: readonly { readonly path: Path; readonly rules: object }[],
): TreeFault[] {
  const read = shape.safeParse(whole, { error: plainly(words) });
  if (read.success) return [];
  return read.error.issues
    .flatMap((issue) => unfolded(issue, words))
    .map(({ path, message }) => {
      const full = [field, ...path];
      const depths = nodes.map(({ rules }) => saidOf(rules, full));
      const deepest = depths.lastIndexOf(Math.max(...depths));
      const inherits = (depths[deepest] ?? 0) < full.length ? " (with what is inherited)" : "";
      return { path: [...(nodes[deepest]?.path ?? []), "rules", ...full], message: `${message}${inherits}` };
    });
}

/** How many steps of a path a node's rules say themselves. */
function saidOf(rules: unknown, path: Path): number {
  let part = rules;
  for (const [depth, step] of path.entries()) {
    if (!isGroup(part) && !Array.isArray(part)) return depth;
    part = (part as Record<PropertyKey, unknown>)[step];
    if (part === undefined) return depth;
  }
  return path.length;
}
