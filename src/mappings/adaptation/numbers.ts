import { productIdQualifiers, withWord } from "../../documents/code-words.ts";
import type { Document } from "../../documents/document.ts";

/** A number that one side knows a thing by, to be looked up among the other's. */
export interface NumberWanted {
  readonly kind: "item" | "location";
  readonly id: string;
}

/** Finds the other side's number for each; undefined where the table has none. Asked once for a whole document. */
export type NumberLookup = (wanted: readonly NumberWanted[]) => Promise<(wanted: NumberWanted) => string | undefined>;

/** Which numbers are looked up, and by which qualifiers they are told apart. */
export interface NumberRule {
  readonly items?: { readonly theirs: string; readonly ours: string } | undefined;
  readonly locations?: { readonly theirs: string } | undefined;
}

/** A document with the other side's numbers beside those it had, and the numbers that the table did not have. */
export interface Renumbered<T> {
  readonly document: T;
  readonly missing: readonly NumberWanted[];
}

/** Item numbers and places of the account, given our own beside them: an item id under our qualifier, a place's `ourId`. */
export function withOurNumbers<T extends Document>(
  document: T,
  rule: NumberRule,
  lookup: NumberLookup,
): Promise<Renumbered<T>> {
  return renumbered(document, lookup, {
    item: rule.items && { from: rule.items.theirs, to: rule.items.ours },
    place: rule.locations && {
      wanted: ({ idQualifier, id }) => (idQualifier === rule.locations?.theirs ? id : undefined),
      given: (ourId) => ({ ourId }),
      isKnown: ({ ourId }) => ourId !== undefined,
    },
  });
}

/** Our item numbers and places, given the account's own beside them. What the document says already stays as it is. */
export function withTheirNumbers<T extends Document>(
  document: T,
  rule: NumberRule,
  lookup: NumberLookup,
): Promise<Renumbered<T>> {
  return renumbered(document, lookup, {
    item: rule.items && { from: rule.items.ours, to: rule.items.theirs },
    place: rule.locations && {
      wanted: ({ ourId }) => ourId,
      given: (id) => ({ idQualifier: rule.locations?.theirs, id }),
      isKnown: ({ id }) => id !== undefined,
    },
  });
}

interface Place {
  readonly idQualifier?: string | undefined;
  readonly id?: string | undefined;
  readonly ourId?: string | undefined;
}
interface ItemNumber {
  readonly qualifier: string;
  readonly id: string;
}
interface Directions {
  readonly item: { readonly from: string; readonly to: string } | undefined;
  readonly place:
    | {
        wanted(place: Place): string | undefined;
        given(found: string): Place;
        isKnown(place: Place): boolean;
      }
    | undefined;
}

async function renumbered<T extends Document>(
  document: T,
  lookup: NumberLookup,
  { item, place }: Directions,
): Promise<Renumbered<T>> {
  const wanted = new Map<string, NumberWanted>();
  const want = (kind: NumberWanted["kind"], id: string) => wanted.set(`${kind} ${id}`, { kind, id });
  const wantedItem = (ids: readonly ItemNumber[]) =>
    item && !ids.some(({ qualifier }) => qualifier === item.to)
      ? ids.find(({ qualifier }) => qualifier === item.from)?.id
      : undefined;
  const wantedPlace = (one: Place) => (place && !place.isKnown(one) ? place.wanted(one) : undefined);

  walk(document, {
    items(ids) {
      const id = wantedItem(ids);
      if (id !== undefined) want("item", id);
      return ids;
    },
    place(one) {
      const id = wantedPlace(one);
      if (id !== undefined) want("location", id);
      return one;
    },
  });
  if (wanted.size === 0) return { document, missing: [] };

  const find = await lookup([...wanted.values()]);
  const missing = [...wanted.values()].filter((one) => find(one) === undefined);
  const changed = walk(document, {
    items(ids) {
      const id = wantedItem(ids);
      const found = id === undefined ? undefined : find({ kind: "item", id });
      if (item === undefined || found === undefined) return ids;
      const { code: qualifier, word } = withWord(item.to, productIdQualifiers);
      return [...ids, { qualifier, ...(word !== undefined && { word }), id: found }];
    },
    place(one) {
      const id = wantedPlace(one);
      const found = id === undefined ? undefined : find({ kind: "location", id });
      return place && found !== undefined ? { ...one, ...place.given(found) } : one;
    },
  });
  return { document: changed as T, missing };
}

/** Goes through a document's item numbers (`productIds`) and places (members of `parties`), wherever they stand in it. */
function walk(
  value: unknown,
  visit: { items(ids: readonly ItemNumber[]): unknown; place(place: Place): unknown },
  name = "",
): unknown {
  if (Array.isArray(value)) {
    if (name === "productIds") return visit.items(value as ItemNumber[]);
    const items = value.map((item) => walk(item, visit));
    return name === "parties" ? items.map((party) => visit.place(party as Place)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === "x12" ? item : walk(item, visit, key)]),
  );
}
