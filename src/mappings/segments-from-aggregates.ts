import type { Contact, Note, Party, ProductId, QualifiedDate, Reference } from "../documents/aggregate-components.ts";
import type { OutSegment } from "../x12/index.ts";
import { x12DateFrom } from "./x12-values.ts";

/* Parts of documents as the segments that stand for them: the way back of aggregates-from-segments.ts. */

/** The longest line that MSG01 takes. */
const longestMSG = 264;
/** The longest text that MTX02 takes. */
const longestMTX = 4096;

export function toREF({ qualifier, value, description }: Reference): OutSegment {
  return ["REF", qualifier, value ?? "", description ?? ""];
}

export function toDTM({ qualifier, date, time, zone, period }: QualifiedDate): OutSegment {
  return [
    "DTM",
    qualifier,
    date === undefined ? "" : x12DateFrom(date),
    time ?? "",
    zone ?? "",
    period?.format ?? "",
    period?.value ?? "",
  ];
}

/** PER holds three ways to reach somebody; a contact with more goes on in a second PER under the same role. */
export function toPER({ role, name = "", channels = [], reference = "" }: Contact): OutSegment[] {
  const groups = channels.length > 0 ? inGroupsOf(3, channels) : [[]];
  return groups.map((group) => {
    const numbers = group.flatMap(({ qualifier, value }) => [qualifier, value]);
    const padding = Array<string>(6 - numbers.length).fill("");
    return ["PER", role, name, ...numbers, ...padding, reference];
  });
}

/** The N1 loop in the order that the 855 has it. */
export function toN1(party: Party): OutSegment[] {
  const {
    role,
    name = "",
    otherNames = [],
    idQualifier = "",
    id = "",
    address,
    references = [],
    contacts = [],
  } = party;
  const segments: OutSegment[] = [["N1", role, name, idQualifier, id]];
  for (const names of inGroupsOf(2, otherNames)) segments.push(["N2", ...names]);
  for (const lines of inGroupsOf(2, address?.lines ?? [])) segments.push(["N3", ...lines]);
  if (address) {
    const { city = "", state = "", postalCode = "", country = "", location, countrySubdivision = "" } = address;
    const n4 = [city, state, postalCode, country, location?.qualifier ?? "", location?.id ?? "", countrySubdivision];
    if (n4.some((value) => value !== "")) segments.push(["N4", ...n4]);
  }
  return [...segments, ...references.map(toREF), ...contacts.flatMap(toPER)];
}

/**
 * The N9 loop. N9 must name a reference (note R0203), so text that has none is put under L1, letters or notes. The text
 * stands in MSG up to 004010 and in MTX from 004030 on; lines too long for one segment go on in the next.
 */
export function toN9(note: Note, version: string): OutSegment[] {
  const { reference, date, time = "", zone = "", dates = [], lines = [] } = note;
  const { qualifier = "L1", value = "", description = "" } = reference ?? {};
  const heading = value === "" && description === "" ? "NOTES" : description;
  return [
    ["N9", qualifier, value, heading, date === undefined ? "" : x12DateFrom(date), time, zone],
    ...dates.map(toDTM),
    ...lines.flatMap((line): OutSegment[] =>
      version < "004030"
        ? inPieces(line, longestMSG).map((piece) => ["MSG", piece])
        : inPieces(line, longestMTX).map((piece) => ["MTX", "", piece]),
    ),
  ];
}

/** Product ids as pairs of qualifier and id, for the end of PO1 and ACK. */
export function toPairs(productIds: readonly ProductId[]): string[] {
  return productIds.flatMap(({ qualifier, id }) => [qualifier, id]);
}

function inGroupsOf<Item>(size: number, items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

/** The text in pieces no longer than `longest`, cut at blanks where there are any. */
function inPieces(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const blank = rest.lastIndexOf(" ", longest);
    const end = blank > 0 ? blank : longest;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? pieces : [...pieces, rest];
}
