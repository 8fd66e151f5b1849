import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildStructure } from "./schema-structure.ts";
import * as text from "./schema-text.ts";
import { parseNote } from "./syntax-notes.ts";

/** Something wrong with a file of `schemas/x12`. */
export interface SchemaFault {
  /** Path within the folder: "004010/segments.txt". */
  readonly file: string;
  /** A sentence. */
  readonly fault: string;
  /** The whole file as it should be, where only its form is at fault. */
  readonly normalForm: string | null;
}

/**
 * What is wrong with a folder of schemas: files not in normal form, segments, elements and code lists that are used and not
 * there, notes and bounds that make no sense. For those who edit the schemas; the gateway does not spend time on it.
 */
export function schemaFaults(folder: string): SchemaFault[] {
  const versions = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return versions.flatMap(({ name }) => versionFaults(folder, name));
}

function versionFaults(folder: string, version: string): SchemaFault[] {
  const faults: SchemaFault[] = [];
  const add = (file: string, fault: string, normalForm: string | null = null) =>
    faults.push({ file: `${version}/${file}`, fault, normalForm });
  const read = <T>(file: string, parse: (text: string) => T, print: (value: T) => string): T => {
    const found = readFileSync(join(folder, version, file), "utf8");
    const value = parse(found);
    const normalForm = print(value);
    if (normalForm !== found) add(file, "is not in normal form.", normalForm);
    return value;
  };

  const elements = read("elements.txt", text.parseElements, text.printElements);
  const codes = read("codes.txt", text.parseCodes, text.printCodes);
  const composites = read("composites.txt", text.parseSegments, text.printSegments);
  const segments = read("segments.txt", text.parseSegments, text.printSegments);

  for (const { number, min, max, codes: kind } of elements) {
    const hasList = kind === "listed" || kind === "parts";
    if (min > max) add("elements.txt", `${number} has a least length above its most.`);
    if (hasList && !codes.has(number)) add("codes.txt", `has no codes for element ${number}.`);
    if (!hasList && codes.has(number)) add("codes.txt", `has codes for element ${number}, which asks for none.`);
  }
  const numbers = new Set(elements.map((element) => element.number));
  for (const [number, list] of codes) {
    if (!numbers.has(number)) add("codes.txt", `has codes for element ${number}, which is not in elements.txt.`);
    const values = list.split(" ");
    if (new Set(values).size !== values.length) add("codes.txt", `says a code of element ${number} twice.`);
  }

  const dictionary = new Set([...numbers, ...composites.map((composite) => composite.id)]);
  for (const [file, list] of [
    ["segments.txt", segments],
    ["composites.txt", composites],
  ] as const) {
    for (const segment of list) {
      const unknown = segment.elements.filter((use) => !dictionary.has(use.element));
      for (const use of unknown) add(file, `${segment.id} uses element ${use.element}, which is not known.`);
      for (const note of segment.notes.map(parseNote)) {
        const beyond = note.positions.some((position) => position < 1 || position > segment.elements.length);
        if (beyond) add(file, `${segment.id} has note ${note.text}, which reaches beyond its elements.`);
      }
    }
  }

  const ids = new Set(segments.map((segment) => segment.id));
  for (const file of readdirSync(join(folder, version, "sets"))) {
    const set = read(`sets/${file}`, text.parseSet, text.printSet);
    for (const fault of setFaults(set, ids)) add(`sets/${file}`, fault);
  }
  return faults;
}

function setFaults(set: text.SetText, segments: ReadonlySet<string>): string[] {
  const { nodes, loops } = buildStructure(set);
  const faults = nodes
    .filter((node) => !segments.has(node.segment))
    .map((node) => `uses segment ${node.segment}, which is not in segments.txt.`);
  if (nodes[0]?.segment !== "ST" || nodes.at(-1)?.segment !== "SE") faults.push("does not go from ST to SE.");
  for (const loop of loops.values()) {
    const trigger = loop.items[0];
    const after = loop.parent!.items[loop.parent!.items.indexOf(loop) + 1];
    if (trigger?.kind !== "segment" || !trigger.mandatory || trigger.max !== 1) {
      faults.push(`has loop ${loop.key}, whose first segment is not there exactly once.`);
    }
    if (loop.bounded && !(after?.kind === "segment" && after.segment === "LE")) {
      faults.push(`has loop ${loop.key}, which LS begins and LE does not end.`);
    }
  }
  return faults;
}
