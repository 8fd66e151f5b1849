import { extname } from "node:path";
import { messageOf } from "../errors.ts";
import { type Cell, csvDocuments } from "./csv-documents.ts";
import { CannotDo, exitCodes } from "./exit.ts";
import { type Input, openInput } from "./input.ts";
import { readJson } from "./whole-file.ts";

/** How the documents of a file are written. */
export const fileFormats = ["json", "ndjson", "csv"] as const;
export type FileFormat = (typeof fileFormats)[number];

/** A document of a file, and where it stands there. */
export interface FileDocument {
  readonly value: unknown;
  /** For people: "document 3", "line 3", "row 5". */
  readonly place: string;
  /** Of something in the document, by its path. */
  placeOf(path: string): string;
}

/** Longest line of a file with a document on each, characters. */
const longestLine = 16 * 1024 * 1024;

/** The form that a file's name speaks of: JSON, where it says nothing else. */
export function formatOf(name: string): FileFormat {
  const extension = extname(name).toLowerCase();
  if (extension === ".csv" || extension === ".tsv") return "csv";
  return extension === ".ndjson" || extension === ".jsonl" ? "ndjson" : "json";
}

/** The documents of a file, one after the other. @throws CannotDo where it can't be read */
export async function* documentsOf(name: string, format: FileFormat): AsyncGenerator<FileDocument> {
  if (format === "json") return yield* ofJson(name);
  const input = await openInput(name);
  try {
    yield* format === "csv" ? ofTable(input) : ofLines(input);
  } finally {
    await input.close();
  }
}

async function* ofJson(name: string): AsyncGenerator<FileDocument> {
  const json = await readJson(name);
  for (const [index, value] of (Array.isArray(json) ? json : [json]).entries()) {
    const place = Array.isArray(json) ? `document ${index + 1}` : "the document";
    yield { value, place, placeOf: (path) => (path === "" ? place : `${place}, ${path}`) };
  }
}

async function* ofLines(input: Input): AsyncGenerator<FileDocument> {
  let line = 0;
  for await (const text of textLines(input)) {
    line++;
    if (text.trim() === "") continue;
    const place = `line ${line}`;
    yield {
      value: parsed(text, `${input.name}: ${place}`),
      place,
      placeOf: (path) => (path === "" ? place : `${place}, ${path}`),
    };
  }
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CannotDo(`${place} is no JSON: ${messageOf(error)}`, exitCodes.badInput);
  }
}

async function* textLines(input: Input): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for await (const chunk of input.chunks()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > longestLine)
      throw new CannotDo(`${input.name} has a line that is too long for a document.`, exitCodes.badInput);
  }
  if (rest !== "") yield rest;
}

async function* ofTable(input: Input): AsyncGenerator<FileDocument> {
  for await (const document of csvDocuments(input.name, input.chunks())) {
    const { value, row } = document;
    yield { value, place: `row ${row}`, placeOf: (path) => cellText(document.cellOf(path)) };
  }
}

const cellText = ({ row, column }: Cell): string => (column === null ? `row ${row}` : `row ${row}, column ${column}`);
