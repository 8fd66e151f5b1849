import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ElementSchema, SegmentSchema, SetSchema, VersionSchema } from "./schema.ts";
import { CodeList } from "./schema-codes.ts";
import { checkFurtherFolder, versionFolders } from "./schema-folders.ts";
import { buildStructure, type SegmentNode } from "./schema-structure.ts";
import type { ElementText, SegmentText } from "./schema-text.ts";
import { parseCodes, parseElements, parseLabels, parseSegments, parseSet } from "./schema-text.ts";
import { parseNote } from "./syntax-notes.ts";

export type { SetSchema, VersionSchema } from "./schema.ts";

/** What we know of the standard. Versions and sets are read from disk at their first use and kept. */
export interface SchemaLibrary {
  /** "004010", "004030", "005010". */
  readonly versions: readonly string[];
  /** The version that a GS08 (or ST03) speaks of: "004010VICS" → "004010" (or a folder of that very name); null if unknown. */
  versionOf(gs08: string): string | null;
  version(version: string): VersionSchema | null;
  /** A set of a version; null where the version has none of that type. */
  set(version: string, type: string): SetSchema | null;
  /** GS01 of the groups that a set travels in ("850" → "PO"; 997 and 999 both "FA"); null for a set we don't have. */
  functionalId(type: string): string | null;
}

/** GS08 begins with the version and release, six digits; what follows names an implementation. */
const versionLength = 6;

/** Where schemas are read from. */
export interface SchemaFolders {
  /** Folder of the installed versions; left out: those of this package, found beside `src/` and `dist/` alike. */
  readonly home?: string | undefined;
  /**
   * Further folders in the same form. A version in them may hold only what is new: of a version that is there already
   * it adds to or replaces elements, segments, code lists and sets; a new one leans on the version that its
   * `based-on.txt` names.
   */
  readonly folders?: readonly string[] | undefined;
}

/**
 * Opens the schemas of the standard.
 *
 * @throws SchemaFolderError with file, line and mend if a file of a further folder can't be used; Error if a folder is
 * not there. An installed file that is not in its form throws at its first use.
 */
export function loadSchemaLibrary({ home = installed, folders = [] }: SchemaFolders = {}): SchemaLibrary {
  const homes = [home, ...folders];
  const foldersOf = versionFolders(homes);
  const versions = [...foldersOf.keys()];
  const labels = once(() => labelsIn(homes));
  const loaded = new Map(
    versions.map((version) => [version, once(() => openVersion(foldersOf.get(version)!, version, labels))]),
  );
  const version = (name: string) => loaded.get(name)?.() ?? null;
  const library: SchemaLibrary = {
    versions,
    versionOf: (gs08) => {
      // A folder may be called 004010VICS, and then is what such a GS08 speaks of.
      for (let length = gs08.length; length >= versionLength; length--) {
        const name = gs08.slice(0, length);
        if (loaded.has(name)) return name;
      }
      return null;
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
  for (const folder of folders) checkFurtherFolder(folder, version);
  return library;
}

const installed = fileURLToPath(new URL("../../schemas/x12", import.meta.url));

function labelsIn(homes: readonly string[]): Labels {
  const labels = new Map<string, ReadonlyMap<string, string>>();
  for (const file of homes.map((home) => join(home, "labels.txt")).filter((path) => existsSync(path))) {
    for (const [element, words] of parseLabels(readFileSync(file, "utf8"))) {
      labels.set(element, new Map([...(labels.get(element) ?? []), ...words]));
    }
  }
  return labels;
}

type Labels = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** @param folders what the version is read from; the later over the earlier */
function openVersion(folders: readonly string[], version: string, labels: () => Labels): VersionSchema {
  const read = (file: string) =>
    folders
      .map((folder) => join(folder, file))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, "utf8"));
  const setFiles = setFilesIn(folders);
  const setTypes = [...setFiles.keys()].sort();
  const elements = once(
    () =>
      new Map(
        read("elements.txt")
          .flatMap(parseElements)
          .map((e) => [e.number, e]),
      ),
  );
  const segments = once(
    () =>
      new Map(
        read("segments.txt")
          .flatMap(parseSegments)
          .map((s) => [s.id, s]),
      ),
  );
  const composites = once(
    () =>
      new Map(
        read("composites.txt")
          .flatMap(parseSegments)
          .map((s) => [s.id, s]),
      ),
  );
  const codeTexts = once(() => codesIn(read("codes.txt"), setTypes));

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
      const file = setFiles.get(type);
      if (file === undefined) return null;
      schema = openSet(readFileSync(file, "utf8"), dictionary);
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

/** Set type to the file that describes it. */
function setFilesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders.map((version) => join(version, "sets")).filter((path) => existsSync(path))) {
    for (const file of readdirSync(folder)) files.set(file.replace(/\.txt$/, ""), join(folder, file));
  }
  return files;
}

/** Ends the number of an element in a further codes.txt whose codes come to those that are there already. */
const added = " +";

/** Two lists of codes as one, none of them twice. */
function joined(codes: string, more: string): string {
  return [...new Set([...codes.split(" "), ...more.split(" ")])].filter((code) => code !== "").join(" ");
}

/** Element of ST01: a set that a folder brings is one of its codes, whether or not the standard's list has it. */
const setIdentifier = "143";

function codesIn(texts: readonly string[], setTypes: readonly string[]): ReadonlyMap<string, string> {
  const lists = new Map<string, string>();
  for (const [number, codes] of texts.flatMap((text) => [...parseCodes(text)])) {
    const element = number.endsWith(added) ? number.slice(0, -added.length) : number;
    const before = number.endsWith(added) ? lists.get(element) : undefined;
    lists.set(element, before === undefined ? codes : joined(before, codes));
  }
  const identifiers = lists.get(setIdentifier);
  if (identifiers !== undefined) lists.set(setIdentifier, joined(identifiers, setTypes.join(" ")));
  return lists;
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
