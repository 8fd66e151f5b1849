import type { AccountProfile } from "../account.ts";
import type { Division, FieldFurtherDown, Location, RecognisedBy } from "./divisions.ts";

/** Which part of an account something is of, by the ids of its division and location. */
export interface PlaceName {
  /** null: the account as a whole. */
  readonly division: string | null;
  /** null: the division as a whole. */
  readonly location: string | null;
}

/** A part of an account, and why a document is of it, in a sentence; null where the account has no parts. */
export interface Place extends PlaceName {
  readonly reason: string | null;
}

/** The account as a whole. */
export const wholeAccount: PlaceName = { division: null, location: null };

/** What a document says that can tell which part of its account it is of. */
export interface Signs {
  /** BEG06. */
  readonly contract?: string | undefined;
  /** REF of the heading. */
  readonly references?: readonly { readonly qualifier: string; readonly value?: string | undefined }[] | undefined;
  /** N1 of the heading. */
  readonly parties?: readonly { readonly role: string; readonly id?: string | undefined }[] | undefined;
  /** ISA05, ISA06 and GS02 that it came with. */
  readonly interchange?:
    | { readonly qualifier: string | null; readonly id: string | null; readonly application: string }
    | undefined;
}

/** The signs in a document itself. An answer names its order's contract with the order. */
export function signsIn(document: object): Signs {
  const { contract, order, references, parties } = document as Signs & { order?: { contract?: string } };
  return { contract: contract ?? order?.contract, references, parties };
}

/**
 * Which part of an account a document is of. A division is known by its own signs, the strongest kind first; then by the order that
 * the document answers; then by its locations. Where one kind of sign fits several divisions, that kind tells nothing. What fits
 * no division is of the account as a whole.
 *
 * @param ofOrder the part that the document's order is of, if it names one
 */
export function placeOf({ divisions }: Pick<AccountProfile, "divisions">, signs: Signs, ofOrder?: PlaceName): Place {
  if (divisions.length === 0) return { ...wholeAccount, reason: null };
  const own = foundAmong(divisions, signs);
  const ordered = own.node ? undefined : divisions.find(({ id }) => id === ofOrder?.division);
  const throughLocation = (own.node ?? ordered) ? undefined : byLocation(divisions, signs);
  const division = own.node ?? ordered ?? throughLocation;
  if (!division) {
    const reason = own.doubt ?? "None of its signs is of a division: the rules of the account as a whole decide.";
    return { ...wholeAccount, reason };
  }
  const why = own.sign ?? (ordered ? "as its order" : "by its location");
  const place = foundAmong(division.locations, signs);
  const location = place.node ?? (ordered ? ordered.locations.find(({ id }) => id === ofOrder?.location) : undefined);
  const at = location ? `, location ${location.name} (${place.sign ?? "as its order"})` : "";
  return {
    division: division.id,
    location: location?.id ?? null,
    reason: `It is of division ${division.name} (${why})${at}.`,
  };
}

/** The nodes of a part of an account, from the division down; what is not in the tree is left out. */
export function nodesAt(
  { divisions }: Pick<AccountProfile, "divisions">,
  { division: divisionId, location: locationId }: PlaceName,
): readonly (Division | Location)[] {
  const division = divisions.find(({ id }) => id === divisionId);
  if (!division) return [];
  const location = division.locations.find(({ id }) => id === locationId);
  return location ? [division, location] : [division];
}

/** The lowest part above or at a part of an account that says something of a field of the profile; the account where none does. */
export function placeThatSays(
  profile: Pick<AccountProfile, "divisions">,
  { division, location }: PlaceName,
  field: FieldFurtherDown,
): PlaceName {
  const [ofDivision, ofLocation] = nodesAt(profile, { division, location });
  if (ofLocation?.rules[field] !== undefined) return { division, location };
  return ofDivision?.rules[field] === undefined ? wholeAccount : { division, location: null };
}

/** The account as a whole, and every part of it that says something of a field of the profile. */
export function placesThatSay({ divisions }: Pick<AccountProfile, "divisions">, field: FieldFurtherDown): PlaceName[] {
  return [
    wholeAccount,
    ...divisions.flatMap(({ id: division, rules, locations }) => [
      ...(rules[field] === undefined ? [] : [{ division, location: null }]),
      ...locations.flatMap(({ id: location, rules: own }) =>
        own[field] === undefined ? [] : [{ division, location }],
      ),
    ]),
  ];
}

interface Node {
  readonly name: string;
  readonly recognisedBy?: RecognisedBy | undefined;
}

interface Found<Kind> {
  readonly node?: Kind;
  readonly sign?: string;
  /** Why none was found though there were signs. */
  readonly doubt?: string;
}

/** The one node that has the strongest sign. */
function foundAmong<Kind extends Node>(nodes: readonly Kind[], signs: Signs): Found<Kind> {
  let doubt: string | undefined;
  for (const kind of kindsOfSign) {
    const fitting = nodes.flatMap((node) => {
      const sign = node.recognisedBy && kind(node.recognisedBy, signs);
      return sign ? [{ node, ...sign }] : [];
    });
    const most = Math.max(0, ...fitting.map(({ weight }) => weight));
    const [only, ...others] = fitting.filter(({ weight }) => weight === most);
    if (only && others.length === 0) return { node: only.node, sign: only.text };
    if (only) {
      const names = [only, ...others].map(({ node }) => node.name).join(" and ");
      doubt ??= `Its signs are of ${names}: the rules of the account as a whole decide.`;
    }
  }
  return doubt === undefined ? {} : { doubt };
}

function byLocation(divisions: readonly Division[], signs: Signs): Division | undefined {
  const [only, ...others] = divisions.filter(({ locations }) => foundAmong(locations, signs).node !== undefined);
  return others.length === 0 ? only : undefined;
}

interface Sign {
  /** For people: "REF*DP 014". */
  readonly text: string;
  /** What names more goes before what names less. */
  readonly weight: number;
}

type KindOfSign = (by: RecognisedBy, signs: Signs) => Sign | undefined;

/** Strongest first: who sends is the weakest, for one system sends for many. */
const kindsOfSign: readonly KindOfSign[] = [
  (by, { contract }) =>
    contract !== undefined && by.contracts?.includes(contract)
      ? { text: `contract ${contract}`, weight: 1 }
      : undefined,
  (by, { references = [] }) => {
    for (const { qualifier, values } of by.references ?? []) {
      const found = references.find((one) => one.qualifier === qualifier && values.includes(one.value ?? ""));
      if (found) return { text: `REF*${qualifier} ${found.value}`, weight: 1 };
    }
    return undefined;
  },
  (by, { parties = [] }) => {
    for (const { role, ids } of by.parties ?? []) {
      const found = parties.find((one) => one.role === role && ids.includes(one.id ?? ""));
      if (found) return { text: `N1*${role} ${found.id}`, weight: 1 };
    }
    return undefined;
  },
  (by, { interchange }) => {
    if (!interchange) return undefined;
    const fitting = (by.interchange ?? []).filter(
      ({ qualifier, id, application }) =>
        (qualifier === undefined || qualifier === interchange.qualifier) &&
        (id === undefined || id === interchange.id) &&
        (application === undefined || application === interchange.application),
    );
    const weight = Math.max(0, ...fitting.map((one) => Object.values(one).filter((part) => part !== undefined).length));
    if (weight === 0) return undefined;
    return { text: `sent by ${interchange.qualifier}/${interchange.id}, GS02 ${interchange.application}`, weight };
  },
];
