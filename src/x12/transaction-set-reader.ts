import type { Delimiters } from "./delimiters.ts";
import { LoopBuilder } from "./loop-builder.ts";
import { Scanner } from "./scanner.ts";
import type { SetSchema } from "./schema.ts";
import type { SegmentCursor } from "./segment.ts";
import { StructureWalk } from "./structure-walk.ts";
import { type ElementData, type SegmentData, type TransactionSet, textOf } from "./transaction-set.ts";
import { withoutLineBreaks } from "./unwrapping.ts";

/**
 * Reads one transaction set into memory, from its bytes (ST to the end of SE) and the delimiters of its interchange.
 * Without a schema all segments are in the root loop. It does not check: a segment that the standard has no place for is in
 * `segments` and in no loop.
 *
 * @throws Error if the bytes don't begin with ST.
 */
export function readTransactionSet(
  bytes: Uint8Array,
  delimiters: Delimiters,
  schema: SetSchema | null,
): TransactionSet {
  const scanner = Scanner.within(delimiters, Math.max(bytes.length, 1));
  scanner.feed(delimiters.wrapped ? withoutLineBreaks(bytes) : bytes);
  scanner.finish();
  const segments: SegmentData[] = [];
  const loops = new LoopBuilder();
  const walk = schema === null ? null : new StructureWalk(schema);
  walk?.start();
  for (let event = scanner.next(); event === "segment" || event === "cut"; event = scanner.next()) {
    const { id } = scanner.segment;
    if (segments.length === 0 && id !== "ST") break;
    const segment = segmentData(scanner.segment, segments.length + 1);
    segments.push(segment);
    if (id === "SE") break;
    const place = walk === null ? { loop: null, beginsLoop: false, known: true } : walk.next(id);
    if (id !== "ST" && place.known) loops.place(segment, place.loop, place.beginsLoop);
  }
  const st = segments[0];
  if (st === undefined) throw new Error("These bytes are no transaction set: they do not begin with ST.");
  return {
    type: textOf(st, 1),
    control: textOf(st, 2),
    implementation: textOf(st, 3),
    version: schema?.version ?? "",
    root: loops.root,
    segments,
  };
}

/** The segment under the cursor as text. */
export function segmentData(cursor: SegmentCursor, position: number): SegmentData {
  const elements: ElementData[] = [];
  for (let n = 1; n <= cursor.elementCount; n++) elements.push(elementData(cursor, n));
  while (elements.at(-1) === "") elements.pop();
  return { id: cursor.id, position, elements };
}

function elementData(cursor: SegmentCursor, n: number): ElementData {
  const repetitions = cursor.repetitionCount(n);
  if (repetitions === 1) return repetitionData(cursor, n, 1);
  const data: (string | readonly string[])[] = [];
  for (let r = 1; r <= repetitions; r++) data.push(repetitionData(cursor, n, r));
  return { repetitions: data };
}

function repetitionData(cursor: SegmentCursor, n: number, r: number): string | readonly string[] {
  const count = cursor.componentCount(n, r);
  if (count === 1) return cursor.component(n, r, 1);
  const components: string[] = [];
  for (let c = 1; c <= count; c++) components.push(cursor.component(n, r, c));
  while (components.length > 1 && components.at(-1) === "") components.pop();
  return components.length === 1 ? components[0]! : components;
}
