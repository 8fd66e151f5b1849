import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ElementSchema, SegmentSchema, SetSchema, VersionSchema } from "./schema.ts";
import { CodeList } from "./schema-codes.ts";
import { buildStructure, type SegmentNode } from "./schema-structure.ts";
import type { ElementText, SegmentText } from "./schema-text.ts";
import { parseCodes, parseElements, parseLabels, parseSegments, parseSet } from "./schema-text.ts";
import { parseNote } from "./syntax-notes.ts";

export type { SetSchema, VersionSchema } from "./schema.ts";

/** What we know of the standard. Versions and sets are read from disk at their first use and kept. */
export interface SchemaLibrary {
  /** "004010", "004030", "005010". */
  readonly versions: readonly string[];
  /** The version that a GS08 (or ST03) speaks of: "004010VICS" → "004010", "005010X231A1" → "005010"; null if unknown to us. */
  versionOf(gs08: string): string | null;
  version(version: string): VersionSchema | null;
  /** A set of a version; null where the version has none of that type. */
  set(version: string, type: string): SetSchema | null;
  /** GS01 of the groups that a set travels in ("850" → "PO"; 997 and 999 both "FA"); null for a set we don't have. */
  functionalId(type: string): string | null;
}

/** GS08 begins with the version and release, six digits; what follows names an implementation. */
const versionLength = 6;

/**
 * Opens the schemas of a folder; without one, those of this package, found beside `src/` and `dist/` alike.
 *
 * @throws if the folder is not there. A file in it that is not in its form throws at its first use.
 */
export function loadSchemaLibrary(folder?: string): SchemaLibrary {
  const home = folder ?? fileURLToPath(new URL("../../schemas/x12", import.meta.url));
  const versions = readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const labels = once(() => {
    const file = join(home, "labels.txt");
    return existsSync(file) ? parseLabels(readFileSync(file, "utf8")) : new Map<string, Map<string, string>>();
  });
  const loaded = new Map(
    versions.map((version) => [version, once(() => openVersion(join(home, version), version, labels))]),
  );
  const version = (name: string) => loaded.get(name)?.() ?? null;
  return {
    versions,
    versionOf: (gs08) => {
      const name = gs08.slice(0, versionLength);
      return loaded.has(name) ? name : null;
    },
    version,
    set: (name, type) => version(name)?.set(type) ?? null,
    functionalId: (type) => {
      for (const name of versions) {
        const set = version(name)?.set(type);
        if (set) return set.functionalId;
      }
      return null;
    },
  };
}

type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

function openVersion(folder: string, version: string, labels: () => Labels): VersionSchema {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const setTypes = readdirSync(join(folder, "sets"))
    .map((file) => file.replace(/\.txt$/, ""))
    .sort();
  const known = new Set(setTypes);
  const elements = once(() => new Map(parseElements(read("elements.txt")).map((e) => [e.number, e])));
  const segments = once(() => new Map(parseSegments(read("segments.txt")).map((s) => [s.id, s])));
  const composites = once(() => new Map(parseSegments(read("composites.txt")).map((s) => [s.id, s])));
  const codeTexts = once(() => parseCodes(read("codes.txt")));

  const codeLists = new Map<string, CodeList | null>();
  const codes = (dataElement: string): CodeList | null => {
    let list = codeLists.get(dataElement);
    if (list === undefined) {
      const element = elements().get(dataElement);
      const text = codeTexts().get(dataElement);
      const inParts = element?.codes === "parts";
      list =
        text === undefined ? null : new CodeList(dataElement, text, inParts, labels().get(dataElement) ?? new Map());
      codeLists.set(dataElement, list);
    }
    return list;
  };

  const describe = (text: SegmentText, separator: string, reference: string): ElementSchema[] => {
    const bound = boundPositions(text.notes);
    return text.elements.map((use, i) => {
      const position = i + 1;
      const place: ElementPlace = {
        position,
        reference: `${reference}${separator}${separator === "" ? String(position).padStart(2, "0") : position}`,
        requirement: use.mandatory ? "M" : bound.has(position) ? "X" : "O",
        repeat: use.repeat,
      };
      const composite = composites().get(use.element);
      if (composite === undefined) {
        const element = elements().get(use.element);
        if (element === undefined)
          throw new Error(`Schema text: ${version}: ${place.reference} is of no known element`);
        return simpleElement(place, element, codes);
      }
      return {
        ...place,
        name: composite.name,
        dataElement: null,
        composite: composite.id,
        type: "",
        min: 0,
        max: 0,
        codes: null,
        components: describe(composite, "-", place.reference),
        notes: composite.notes.map(parseNote),
      };
    });
  };

  const described = new Map<string, SegmentSchema | null>();
  const segment = (id: string): SegmentSchema | null => {
    let schema = described.get(id);
    if (schema === undefined) {
      const text = segments().get(id);
      if (text === undefined) return null;
      schema = { id, name: text.name, elements: describe(text, "", id), notes: text.notes.map(parseNote) };
      described.set(id, schema);
    }
    return schema;
  };

  const sets = new Map<string, SetSchema>();
  const set = (type: string): SetSchema | null => {
    let schema = sets.get(type);
    if (schema === undefined) {
      if (!known.has(type)) return null;
      schema = openSet(read(`sets/${type}.txt`), dictionary);
      sets.set(type, schema);
    }
    return schema;
  };

  const dictionary: VersionSchema = {
    version,
    sets: setTypes,
    segment,
    codes,
    label: (dataElement, code) => labels().get(dataElement)?.get(code) ?? null,
    set,
  };
  return dictionary;
}

function openSet(text: string, dictionary: VersionSchema): SetSchema {
  const parsed = parseSet(text);
  const structure = buildStructure(parsed);
  const uses = new Map<string, SegmentNode[]>();
  for (const node of structure.nodes) {
    const others = uses.get(node.segment);
    if (others === undefined) uses.set(node.segment, [node]);
    else others.push(node);
  }
  return {
    type: parsed.type,
    version: dictionary.version,
    name: parsed.name,
    functionalId: parsed.functionalId,
    dictionary,
    ...structure,
    segment: (id) => (uses.has(id) ? dictionary.segment(id) : null),
    loop: (key) => structure.loops.get(key) ?? null,
    uses: (id) => uses.get(id) ?? [],
  };
}

type ElementPlace = Pick<ElementSchema, "position" | "reference" | "requirement" | "repeat">;

function simpleElement(
  place: ElementPlace,
  element: ElementText,
  codes: (dataElement: string) => CodeList | null,
): ElementSchema {
  return {
    ...place,
    name: element.name,
    dataElement: element.number,
    composite: null,
    type: element.type,
    min: element.min,
    max: element.max,
    // A getter, so that a code list is read only when a value is held against it.
    get codes() {
      return codes(element.number);
    },
    components: [],
    notes: [],
  };
}

/** Positions that a note can require: all of P, R and E, all but the first of C and L. */
function boundPositions(notes: readonly string[]): Set<number> {
  const bound = new Set<number>();
  for (const note of notes.map(parseNote)) {
    const conditional = note.kind === "C" || note.kind === "L";
    for (const position of conditional ? note.positions.slice(1) : note.positions) bound.add(position);
  }
  return bound;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
