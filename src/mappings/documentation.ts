import type { Document, DocumentType } from "../documents/document.ts";
import { foldedJson } from "../documents/folded-json.ts";
import { documentJsonSchemas } from "../documents/json-schema.ts";
import {
  type Loop,
  readInterchangesSync,
  readTransactionSet,
  type SchemaLibrary,
  type SegmentData,
  textOf,
} from "../x12/index.ts";
import { type AnyMapping, setMappings } from "./index.ts";
import { type Place, placeName } from "./notation/place.ts";

/** A sample file and the document beside it. */
export interface DocumentationSample {
  /** Where it is, for the reader: "samples/orders/850-harbor-retail.edi". */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly document: Document & { readonly x12?: unknown };
}

/**
 * Every document as a person reads about it, in Markdown: an example, what each of its segments stands for, and where in the
 * X12 each field stands. Made from what the mappings say of themselves, the documents' schemas and sample files; of these the
 * first that has a document is its example.
 *
 * @returns files of the folder `docs` by their names: "documents.md", which lists the others, and one for each document
 */
export function documentation(
  samples: readonly DocumentationSample[],
  library: SchemaLibrary,
): ReadonlyMap<string, string> {
  const sorted = [...setMappings].sort((a, b) => a.set.localeCompare(b.set));
  const schemas = documentJsonSchemas() as Record<DocumentType, JsonSchema>;
  const contents = sorted.map(
    ({ set, documentType }) =>
      `| [${titleOf(documentType, schemas[documentType])}](documents/${documentType}.md) | \`${documentType}\` | ${set} |`,
  );
  const list = paragraphs([
    "# Documents",
    [
      "What Portico makes of the sets that come in, and what your systems hand in for those that go out: each with an example,",
      "and field by field with its place in the X12. Written by `node scripts/documents/write-documentation.mjs` from the mappings",
      "and the documents' schemas; a test holds these pages against them. JSON Schemas are in",
      "[schemas/documents](../schemas/documents).",
    ].join("\n"),
    [
      "Decimals are text, dates are `YYYY-MM-DD`. An absent property means that nothing was said. A code stands beside our short",
      "word for it (`word`), where we have one; the word need not be handed in. What a set says that its document has no field",
      "for is in `x12.unmapped`, beside the whole set in `x12.segments`. `[]` after a field means that it is a list.",
    ].join("\n"),
    ["| document | `documentType` | set |", "|---|---|---|", ...contents].join("\n"),
  ]);
  const pages = sorted.map((mapping): [string, string] => [
    `documents/${mapping.documentType}.md`,
    paragraphs(page(mapping, schemas[mapping.documentType], samples, library)),
  ]);
  return new Map([["documents.md", list], ...pages]);
}

const paragraphs = (all: readonly string[]): string => `${all.join("\n\n")}\n`;

function page(
  mapping: AnyMapping,
  schema: JsonSchema,
  samples: readonly DocumentationSample[],
  library: SchemaLibrary,
): string[] {
  const { documentType, set } = mapping;
  const sample = samples.find(({ document }) => document.documentType === documentType);
  return [
    `# ${titleOf(documentType, schema)}`,
    `${resolved(schema, schema)?.description ?? ""} Set ${set}, \`"documentType": "${documentType}"\`. [All documents](../documents.md).`.trim(),
    ...(sample ? example(mapping, sample, library) : []),
    "## Fields",
    ...(hasLevels(mapping)
      ? ["A level of HL loops may stand under several others; its fields are told once, where it is the least deep."]
      : []),
    table(mapping, schema, library),
  ];
}

function hasLevels(mapping: AnyMapping): boolean {
  return mapping.places().some(({ loop }) => loop.startsWith("HL "));
}

function titleOf(documentType: DocumentType, schema: JsonSchema): string {
  return resolved(schema, schema)?.title ?? documentType;
}

function example(mapping: AnyMapping, sample: DocumentationSample, library: SchemaLibrary): string[] {
  const { x12: _set, ...document } = sample.document;
  return [
    `## Example\n\n[${sample.file}](../../${sample.file}), each segment with the fields that it says:`,
    `\`\`\`\n${annotated(mapping, sample, library).join("\n")}\n\`\`\``,
    `The document:`,
    `\`\`\`json\n${foldedJson(document)}\n\`\`\``,
  ];
}

/** The segments of the first such set of a sample, each with the fields of the document that it says. */
function annotated(mapping: AnyMapping, { bytes, file }: DocumentationSample, library: SchemaLibrary): string[] {
  const report = readInterchangesSync(bytes, { library });
  for (const { delimiters, groups } of report.interchanges) {
    for (const { header, transactionSets } of groups) {
      const found = transactionSets.find(({ type, verdict }) => type === mapping.set && verdict === "A");
      if (!found) continue;
      const schema = library.set(library.versionOf(header.version) ?? "", found.type);
      const { root } = readTransactionSet(
        bytes.subarray(found.offset, found.offset + found.length),
        delimiters,
        schema,
      );
      const places = toldOnce(mapping.places());
      return segmentsOf(root, "")
        .sort((a, b) => a.segment.position - b.segment.position)
        .map(({ segment, loop }) => {
          const text = textOfSegment(segment);
          const says = fieldsOf(segment, loop, places);
          return says === "" ? text : `${text.padEnd(48)}  ${says}`;
        });
    }
  }
  throw new Error(`${file} has no set ${mapping.set} that is right: choose another sample, or mend it.`);
}

interface PlacedSegment {
  readonly segment: SegmentData;
  /** Loop key; HL loops with the code of their level, "HL S". */
  readonly loop: string;
}

function segmentsOf(loop: Loop, key: string): PlacedSegment[] {
  return [
    ...loop.segments.map((segment) => ({ segment, loop: key })),
    ...loop.loops.flatMap((inner) => {
      const last = inner.key.slice(inner.key.lastIndexOf("/") + 1);
      const [first] = inner.segments;
      const step = last === "HL" && first ? `HL ${textOf(first, 3, 1)}` : last;
      return segmentsOf(inner, key === "" ? step : `${key}/${step}`);
    }),
  ];
}

function textOfSegment({ id, elements }: SegmentData): string {
  const texts = elements.map((element) => {
    if (typeof element === "string") return element;
    const parts = "repetitions" in element ? element.repetitions : [element];
    return parts.map((part) => (typeof part === "string" ? part : part.join(">"))).join("^");
  });
  return [id, ...texts].join("*");
}

/** The fields that a segment says: their paths, without what they have in common. */
function fieldsOf(segment: SegmentData, loop: string, places: readonly Place[]): string {
  const fitting = places.filter(
    (place) =>
      place.segment === segment.id &&
      place.loop === loop &&
      Object.entries(place.where).every(([n, codes]) =>
        codes.split("|").includes(textOf(segment, Number(n), 1) ?? ""),
      ) &&
      (place.element === null || textOf(segment, place.element, place.component ?? 1)),
  );
  // A segment that a condition singles out is no longer one of those that anything may stand in.
  const singledOut = fitting.filter(({ where }) => Object.keys(where).length > 0);
  const said = singledOut.length > 0 ? singledOut : fitting;
  const paths = [...new Set(said.map(({ path }) => path).filter((path) => path !== ""))];
  if (paths.length < 2) return paths.join("");
  const common = commonSteps(paths);
  const rest = paths.map((path) => path.slice(common.length).replace(/^\./, ""));
  return common === "" ? rest.join(", ") : `${common}: ${rest.join(", ")}`;
}

/** The whole steps with which all paths begin. */
function commonSteps(paths: readonly string[]): string {
  const steps = paths.map((path) => path.split("."));
  const [first] = steps as [string[]];
  let count = 0;
  while (count < first.length - 1 && steps.every((one) => one.length > count + 1 && one[count] === first[count]))
    count++;
  return first.slice(0, count).join(".");
}

function table(mapping: AnyMapping, schema: JsonSchema, library: SchemaLibrary): string {
  const rows = new Map<string, { places: string[]; forms: string[]; loops: string[]; names: string[] }>();
  for (const place of toldOnce(mapping.places())) {
    const key = place.path === "" ? `(${place.segment})` : place.path;
    const row = rows.get(key) ?? { places: [], forms: [], loops: [], names: [] };
    rows.set(key, row);
    push(row.places, placeName(place));
    push(row.forms, place.form);
    push(row.loops, place.loop);
    push(row.names, nameOf(place, library));
  }
  return [
    "| field | X12 place | loop | form | meaning |",
    "|---|---|---|---|---|",
    ...[...rows].map(([path, { places, forms, loops, names }]) => {
      const cells = [
        path.startsWith("(") ? "" : `\`${path}\``,
        places.join(", "),
        loops.join(", "),
        forms.join("; "),
        meaningOf(path, schema) || names[0],
      ];
      return `| ${cells.map((cell) => (cell ?? "").replaceAll("|", "\\|")).join(" | ")} |`;
    }),
  ].join("\n");
}

/** The levels of an HL hierarchy may stand under each other in many ways: each level is told where it is the least deep. */
function toldOnce(places: readonly Place[]): Place[] {
  const told = new Map<string, Place>();
  for (const place of places) {
    const field = place.loop.startsWith("HL ") ? place.path.split(".").slice(-2).join(".") : place.path;
    const key = [place.loop, placeName(place), field].join(" ");
    const before = told.get(key);
    if (!before || depthOf(place) < depthOf(before)) told.set(key, place);
  }
  return [...told.values()];
}

function depthOf({ path }: Place): number {
  return path.split(".").length;
}

function push(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}

/** What the standard calls an element, or a component of it, in the newest version that has the segment. */
function nameOf({ segment, element, component }: Place, library: SchemaLibrary): string {
  if (element === null) return "";
  for (const version of [...library.versions].sort().reverse()) {
    const found = library.version(version)?.segment(segment)?.elements[element - 1];
    if (found) return (component === null ? found : (found.components[component - 1] ?? found)).name;
  }
  return "";
}

/** As much of a JSON Schema as documents use. */
interface JsonSchema {
  readonly title?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/** What the schema says of the field at a path; of a list's items, where it says nothing of the list itself. */
function meaningOf(path: string, root: JsonSchema): string {
  let here: JsonSchema | undefined = root;
  let said = "";
  for (const step of path.split(".")) {
    const name = step.replace(/(\[\])+$/, "");
    here = name === "" ? here : resolved(here, root)?.properties?.[name];
    said = describedAs(here);
    for (let lists = (step.length - name.length) / 2; lists > 0; lists--) {
      here = resolved(here, root)?.items;
      said ||= describedAs(here);
    }
  }
  return said;
}

/** Only what is said of the field itself: what a shared shape says of itself would be said again and again. */
function describedAs(schema: JsonSchema | undefined): string {
  return schema?.description ?? "";
}

function resolved(schema: JsonSchema | undefined, root: JsonSchema): JsonSchema | undefined {
  if (schema?.$ref !== undefined) return resolved(root.$defs?.[schema.$ref.slice("#/$defs/".length)], root);
  const [only] = schema?.allOf ?? schema?.anyOf ?? [];
  return only && !schema?.properties ? resolved(only, root) : schema;
}
