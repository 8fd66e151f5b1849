import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { type AccountProfile, accountProfile, withoutSecrets } from "../account.ts";
import { type Division, type FieldFurtherDown, fieldsFurtherDown } from "./divisions.ts";
import { isGroup, mergedOver, within } from "./override.ts";
import { nodesAt, type PlaceName } from "./place.ts";

/** By profile: what is in force at each of its parts. A profile in force is one object, so this is worked out once. */
const known = new WeakMap<AccountProfile, Map<string, AccountProfile>>();

/**
 * The rules in force at a part of an account: the group's, with what the division and then the location says otherwise. A part that
 * says nothing, or is not in the tree, has those above it. Identities that a division is known by go before the account's others.
 */
export function effectiveProfile(profile: AccountProfile, { division, location }: PlaceName): AccountProfile {
  if (division === null) return profile;
  const ofProfile = known.get(profile) ?? new Map<string, AccountProfile>();
  known.set(profile, ofProfile);
  const key = `${division} ${location ?? ""}`;
  const found = ofProfile.get(key) ?? worked(profile, { division, location });
  ofProfile.set(key, found);
  return found;
}

function worked(profile: AccountProfile, place: PlaceName): AccountProfile {
  const nodes = nodesAt(profile, place);
  const [division] = nodes;
  if (!division) return profile;
  const fields = fieldsFurtherDown.filter((field) => nodes.some(({ rules }) => rules[field] !== undefined));
  const merged = fields.map((field) => [field, inForce(profile, field, nodes)]);
  const identities = ownFirst(profile.identities, division.recognisedBy);
  return { ...profile, identities, ...Object.fromEntries(merged) };
}

function inForce(profile: AccountProfile, field: FieldFurtherDown, nodes: readonly Pick<Division, "rules">[]): unknown {
  const shape: z.ZodType = accountProfile.shape[field];
  const whole = nodes.reduce<unknown>((lower, { rules }) => mergedOver(shape, lower, rules[field]), profile[field]);
  return shape.parse(whole);
}

function ownFirst(
  identities: AccountProfile["identities"],
  by: Division["recognisedBy"],
): AccountProfile["identities"] {
  const isOwn = ({ theirs }: AccountProfile["identities"][number]) =>
    by?.interchange?.some(
      ({ qualifier = theirs.qualifier, id = theirs.id, application = theirs.application }) =>
        qualifier === theirs.qualifier && id === theirs.id && application === theirs.application,
    ) ?? false;
  const own = identities.filter(isOwn);
  return own.length === 0 ? identities : [...own, ...identities.filter((one) => !isOwn(one))];
}

/** Who looks after the account or a part of it, each once. */
export function managersOf({ accountManager, divisions }: AccountProfile): string[] {
  const named = [
    accountManager,
    ...divisions
      .flatMap(({ rules, locations }) => [rules, ...locations.map((location) => location.rules)])
      .map((rules) => rules.accountManager as string | undefined),
  ];
  return [...new Set(named.filter((one) => one !== undefined))];
}

/** Where a value comes from: what stands there unless somebody says otherwise, the group, or a division or location. */
export type Origin =
  | { readonly kind: "default" | "group" }
  | { readonly kind: "division" | "location"; readonly id: string; readonly name: string };

/** One value in force, and who says it. */
export interface EffectiveValue {
  /** Where in the profile: `checks.tolerances.price.percent`. */
  readonly path: string;
  readonly value: unknown;
  readonly from: Origin;
}

/**
 * Every value in force at a part of an account with where it comes from, in the order of the profile; lists are one value. A value of
 * the group's that is also what would stand there by itself counts as the default. Secrets are hidden.
 */
export function effectiveValues(profile: AccountProfile, place: PlaceName): EffectiveValue[] {
  const nodes = nodesAt(profile, place);
  const { divisions: _, ...values } = withoutSecrets(effectiveProfile(profile, place));
  const found: EffectiveValue[] = [];
  for (const [field, shape] of Object.entries(accountProfile.shape as Readonly<Record<string, z.ZodType>>)) {
    const value = (values as Readonly<Record<string, unknown>>)[field];
    collect(shape, [field], value, defaultOf(shape), (path, one, isDefault) => {
      found.push({
        path: path.join("."),
        value: one,
        from: originOf(nodes, path) ?? { kind: isDefault ? "default" : "group" },
      });
    });
  }
  return found;
}

/** The deepest node that says something at a path. */
function originOf(nodes: readonly Pick<Division, "id" | "name" | "rules">[], path: readonly string[]): Origin | null {
  for (const [depth, { id, name, rules }] of [...nodes.entries()].reverse()) {
    const said = path.reduce<unknown>((part, step) => (isGroup(part) ? part[step] : undefined), rules);
    if (said !== undefined) return { kind: depth === 0 ? "division" : "location", id, name };
  }
  return null;
}

/** Goes through a value down to what is no group of settings any more. */
function collect(
  shape: z.ZodType | undefined,
  path: readonly string[],
  value: unknown,
  byDefault: unknown,
  take: (path: readonly string[], value: unknown, isDefault: boolean) => void,
): void {
  if (value === undefined) return;
  if (!isGroup(value) || Object.keys(value).length === 0) {
    take(path, value, isDeepStrictEqual(value, byDefault));
    return;
  }
  const shapes = fieldsOf(shape, value);
  for (const [name, part] of Object.entries(value)) {
    const field = shapes[name];
    const fallback = isGroup(byDefault) && name in byDefault ? byDefault[name] : defaultOf(field);
    collect(field, [...path, name], part, fallback, take);
  }
}

/** The shapes of a group's fields; of a group with several forms, those of the form that it has. */
function fieldsOf(shape: z.ZodType | undefined, value: unknown): Readonly<Record<string, z.ZodType>> {
  const inner = shape && within(shape);
  if (inner instanceof z.ZodUnion) {
    return fieldsOf(
      (inner.options as z.ZodType[]).find((form) => form.safeParse(value).success),
      value,
    );
  }
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>) : {};
}

function defaultOf(shape: z.ZodType | undefined): unknown {
  const read = shape?.safeParse(undefined);
  return read?.success ? read.data : undefined;
}
