import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VersionSchema } from "./schema.ts";
import { buildStructure } from "./schema-structure.ts";
import * as text from "./schema-text.ts";

/**
 * A file of a further folder of schemas that can't be used: `folder/004010/sets/850.txt:12: what is wrong. What to do.`
 */
export class SchemaFolderError extends Error {
  override readonly name = "SchemaFolderError";
  readonly file: string;

  constructor(file: string, line: number | null, fault: string) {
    super(`${file}${line === null ? "" : `:${line}`}: ${fault}`);
    this.file = file;
  }
}

/** Names the version that a version leans on: what it does not hold itself is that one's. */
const basedOn = "based-on.txt";

/** The files of a version, what reads them, and a line of each as it should be. */
const files = {
  "elements.txt": { parse: text.parseElements, example: "353 ID 2/2 listed Transaction Set Purpose Code" },
  "segments.txt": { parse: text.parseSegments, example: "  elements 98! 93 66 67" },
  "composites.txt": { parse: text.parseSegments, example: "  elements 128! 127!" },
  "codes.txt": { parse: text.parseCodes, example: "  00 01 02" },
} as const;
const exampleOfSet = "050  REF O >1";

/** GS08 of a version: six digits, and perhaps the name of an implementation. */
function isVersion(name: string): boolean {
  return /^\d{6}[A-Z0-9]{0,6}$/.test(name);
}

/**
 * Versions by name, each with the folders that it is read from: those of the version that it is based on first, then
 * its own in the order of `homes`. What a later folder says takes the place of what an earlier one does.
 *
 * @throws SchemaFolderError where a version is based on none that is there
 */
export function versionFolders(homes: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const own = new Map<string, string[]>();
  for (const home of homes) {
    for (const entry of readdirSync(home, { withFileTypes: true })) {
      if (entry.isDirectory() && isVersion(entry.name))
        own.set(entry.name, [...(own.get(entry.name) ?? []), join(home, entry.name)]);
    }
  }
  const foldersOf = (version: string, leaning: readonly string[]): readonly string[] => {
    const folders = own.get(version)!;
    const file = folders.map((folder) => join(folder, basedOn)).findLast((path) => existsSync(path));
    if (file === undefined) return folders;
    const base = readFileSync(file, "utf8").trim();
    if (!own.has(base)) {
      const known = [...own.keys()].filter((name) => name !== version).sort();
      throw new SchemaFolderError(file, 1, `there is no version "${base}". Name one of ${known.join(", ")}.`);
    }
    if (base === version || leaning.includes(base)) {
      throw new SchemaFolderError(
        file,
        1,
        `${version} would be based on itself. Name a version that does not lean on it.`,
      );
    }
    return [...foldersOf(base, [...leaning, version]), ...folders];
  };
  return new Map([...own.keys()].sort().map((version) => [version, foldersOf(version, [])]));
}

/**
 * Reads every file of a further folder, so that what is wrong with it is told at the start and not when the first order
 * needs it.
 *
 * @throws SchemaFolderError with file, line and mend
 */
export function checkFurtherFolder(home: string, version: (name: string) => VersionSchema | null): void {
  for (const entry of readdirSync(home, { withFileTypes: true })) {
    const path = join(home, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) {
      if (!isVersion(entry.name))
        throw new SchemaFolderError(path, null, "is no version. Call it 004060 or 004010VICS.");
      checkVersionFolder(path, version(entry.name)!);
    }
    if (entry.name === "labels.txt") parsedFile(path, text.parseLabels, "  00 Original");
    else if (entry.name.endsWith(".txt")) {
      throw new SchemaFolderError(path, null, "is no folder of a version. Put it into one: 004010/sets/850.txt.");
    }
  }
}

function checkVersionFolder(folder: string, version: VersionSchema): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name === "sets") continue;
    if (Object.hasOwn(files, entry.name)) {
      const { parse, example } = files[entry.name as keyof typeof files];
      const parsed = parsedFile<unknown>(path, parse, example);
      if (entry.name === "segments.txt") checkSegments(path, parsed as text.SegmentText[], version);
    } else if (entry.name !== basedOn && !entry.name.startsWith(".") && !entry.name.endsWith(".md")) {
      const known = [...Object.keys(files), basedOn].join(", ");
      throw new SchemaFolderError(path, null, `is no part of a version. There are ${known} and the folder sets.`);
    }
  }
  const sets = join(folder, "sets");
  if (existsSync(sets)) for (const file of readdirSync(sets)) checkSet(join(sets, file), file, version);
}

function checkSegments(path: string, segments: readonly text.SegmentText[], version: VersionSchema): void {
  for (const { id } of segments) {
    try {
      version.segment(id);
    } catch (error) {
      const line = lineWith(path, new RegExp(`^${id}\\b`));
      const fault = (error as Error).message.replace(/^Schema text: [^:]*: /, "");
      throw new SchemaFolderError(path, line, `${fault}. Add the element to elements.txt, or correct its number.`);
    }
  }
}

function checkSet(path: string, file: string, version: VersionSchema): void {
  if (!file.endsWith(".txt")) throw new SchemaFolderError(path, null, "is no set. A set's file is called 850.txt.");
  const set = parsedFile(path, text.parseSet, exampleOfSet);
  if (file !== `${set.type}.txt`) {
    throw new SchemaFolderError(path, 1, `holds the set ${set.type}. Call the file ${set.type}.txt.`);
  }
  const { nodes } = structureOf(path, set);
  for (const { segment } of nodes) {
    if (version.segment(segment) !== null) continue;
    const mend = `Add it to segments.txt, or name in ${basedOn} a version that has it.`;
    const line = lineWith(path, new RegExp(`^.{5} *(loop )?${segment} `));
    throw new SchemaFolderError(path, line, `${version.version} has no segment ${segment}. ${mend}`);
  }
  if (nodes[0]?.segment !== "ST" || nodes.at(-1)?.segment !== "SE") {
    throw new SchemaFolderError(path, null, "does not go from ST to SE. Begin it with ST and end it with SE.");
  }
}

function structureOf(path: string, set: text.SetText): ReturnType<typeof buildStructure> {
  try {
    return buildStructure(set);
  } catch (error) {
    throw new SchemaFolderError(path, null, (error as Error).message.replace(/^Schema text: /, ""));
  }
}

function parsedFile<Parsed>(path: string, parse: (text: string) => Parsed, example: string): Parsed {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (!(error instanceof text.SchemaTextError)) throw error;
    throw new SchemaFolderError(path, error.line, `${error.fault}. Write it like this: ${JSON.stringify(example)}.`);
  }
}

function lineWith(path: string, pattern: RegExp): number | null {
  const at = readFileSync(path, "utf8")
    .split("\n")
    .findIndex((line) => pattern.test(line));
  return at < 0 ? null : at + 1;
}
