import type { Delimiters } from "../delimiters.ts";
import type { ByteSource } from "../reader.ts";
import { LosslessCollector } from "./collector.ts";
import { type GroupJson, type InterchangeJson, type LosslessJson, LosslessJsonError, type SetJson } from "./form.ts";
import { LosslessPrinter } from "./printer.ts";
import { LosslessReading } from "./reading.ts";
import { segmentBytes, textBytes } from "./segment-writing.ts";

/**
 * A file as JSON that the same bytes can be had from again, whatever they are: interchanges, groups, sets and segments with their
 * elements, and as they are the bytes that are none of these. Nothing is checked; it never throws.
 */
export function toLosslessJson(bytes: Uint8Array): LosslessJson {
  const collector = new LosslessCollector();
  const reading = new LosslessReading(collector, Math.max(bytes.length, 1));
  reading.feed(bytes);
  reading.finish();
  return collector.result();
}

/**
 * The same as text, piece by piece while the file is read, a segment on each line. Held in memory are one chunk and one segment;
 * what is longer than a segment may be (1 MiB) stands as it is.
 */
export async function* losslessJsonText(source: ByteSource): AsyncGenerator<string> {
  const printer = new LosslessPrinter();
  const reading = new LosslessReading(printer);
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    reading.feed(chunk);
    yield printer.take();
  }
  reading.finish();
  printer.end();
  yield printer.take();
}

/**
 * The file that JSON in the lossless form stands for.
 *
 * @param json as {@link toLosslessJson} gives it, or edited
 * @throws LosslessJsonError with the path of what is not in the form, or of data that hold a delimiter
 */
export function fromLosslessJson(json: unknown): Uint8Array {
  return Buffer.concat([...losslessBytes(json)]);
}

/** The same, piece by piece. */
export function* losslessBytes(json: unknown): Generator<Uint8Array> {
  const interchanges = listOf(objectAt(json, ""), "interchanges", "");
  for (const [i, value] of interchanges.entries()) {
    const path = `interchanges[${i}]`;
    const interchange = objectAt(value, path);
    if ("raw" in interchange) yield textBytes(interchange.raw, `${path}.raw`);
    else yield* interchangeBytes(interchange, path);
  }
}

/** An object of the form, before anything is known of what its keys hold. */
type Unchecked = {
  readonly [Key in keyof (InterchangeJson & GroupJson & SetJson & LosslessJson & Delimiters) | "raw"]?: unknown;
};

function* interchangeBytes(interchange: Unchecked, path: string): Generator<Uint8Array> {
  const delimiters = delimitersAt(interchange.delimiters, `${path}.delimiters`);
  yield segmentBytes(interchange.header, delimiters, `${path}.header`);
  for (const [i, group] of listOf(interchange, "groups", path).entries()) {
    const place = `${path}.groups[${i}]`;
    if (isPart(group, "sets")) yield* groupBytes(group, delimiters, place);
    else yield segmentBytes(group, delimiters, place);
  }
  yield* trailerBytes(interchange, delimiters, path);
}

function* groupBytes(group: Unchecked, delimiters: Delimiters, path: string): Generator<Uint8Array> {
  yield segmentBytes(group.header, delimiters, `${path}.header`);
  for (const [i, set] of listOf(group, "sets", path).entries()) {
    const place = `${path}.sets[${i}]`;
    if (!isPart(set, "segments")) {
      yield segmentBytes(set, delimiters, place);
      continue;
    }
    for (const [j, segment] of listOf(set, "segments", place).entries()) {
      yield segmentBytes(segment, delimiters, `${place}.segments[${j}]`);
    }
  }
  yield* trailerBytes(group, delimiters, path);
}

function* trailerBytes(part: Unchecked, delimiters: Delimiters, path: string): Generator<Uint8Array> {
  if (part.trailer !== undefined) yield segmentBytes(part.trailer, delimiters, `${path}.trailer`);
}

function isPart(value: unknown, list: keyof Unchecked): value is Unchecked {
  return typeof value === "object" && value !== null && list in value;
}

function objectAt(value: unknown, path: string): Unchecked {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Unchecked;
  throw new LosslessJsonError(path, 'it must be an object; a file is { "interchanges": [...] }.');
}

function listOf(value: Unchecked, key: keyof Unchecked, path: string): readonly unknown[] {
  const list = value[key];
  if (Array.isArray(list)) return list;
  throw new LosslessJsonError(path, `"${key}" must be there, and a list.`);
}

function delimitersAt(value: unknown, path: string): Delimiters {
  const { element, segment, component, repetition, lineBreak } = objectAt(value, path);
  const isCharacter = (one: unknown): one is string => typeof one === "string" && /^[\x00-\xff]$/.test(one);
  if (!isCharacter(element) || !isCharacter(segment)) {
    throw new LosslessJsonError(path, "element and segment are one character each.");
  }
  if (component !== "" && !isCharacter(component)) {
    throw new LosslessJsonError(path, "component is one character.");
  }
  if (repetition !== null && !isCharacter(repetition)) {
    throw new LosslessJsonError(path, "repetition is one character or null.");
  }
  if (typeof lineBreak !== "string" || !/^(?:|\n|\r\n?)$/.test(lineBreak)) {
    throw new LosslessJsonError(path, "lineBreak is a line break or empty.");
  }
  return { element, segment, component, repetition, lineBreak };
}
