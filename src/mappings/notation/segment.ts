import type { OutSegment } from "../../x12/index.ts";
import { unlessBlank } from "./absent.ts";
import type { Part, WriteContext } from "./part.ts";
import type { Place } from "./place.ts";
import {
  Elements,
  orNothing,
  type PartialShape,
  readShape,
  type Shape,
  shapePlaces,
  someOf,
  writeShape,
} from "./slot.ts";
import type { SegmentReader, TrackedLoop } from "./tracked-set.ts";

/** Codes that a segment must hold to be the one meant, by element number: { 1: "BM" }, or { 1: "BM|MB" } where the first is written. */
export type Where = Readonly<Record<number, string>>;

/** One segment, and what it says: all of an object, or some fields of the loop's that it stands in. */
export interface SegmentMapping<T> extends Part<T> {
  readonly id: string;
  /** Whether it is the segment meant. */
  fits(segment: SegmentReader): boolean;
  /** What it says; undefined where it lacks what it must have, and then nothing of it counts as read. */
  take(segment: SegmentReader): T | undefined;
  /** The segment that says it, also where it would be empty. */
  make(value: T, context: WriteContext): OutSegment;
}

/** A segment as an object of its own: REF as a reference. Every field of the object has a slot. */
export function segment<T extends object>(id: string, shape: Shape<T>, where: Where = {}): SegmentMapping<T> {
  return segmentOf(id, someOf(shape), where);
}

/** A segment that says some fields of the object that its loop, or the set, stands for: BIG of the invoice. */
export function fields<T extends object>(
  id: string,
  shape: PartialShape<NoInfer<T>>,
  where: Where = {},
): SegmentMapping<T> {
  return segmentOf(id, shape, where);
}

function segmentOf<T extends object>(id: string, shape: PartialShape<T>, where: Where): SegmentMapping<T> {
  const conditions = Object.entries(where).map(([n, codes]): [number, string[]] => [Number(n), codes.split("|")]);
  const filled = (value: T): Elements => {
    const out = new Elements();
    writeShape(shape, value, out, 0);
    return out;
  };
  const condition = (out: Elements): void => {
    for (const [n, codes] of conditions) out.set(n, null, codes[0] as string);
  };
  const mapping: SegmentMapping<T> = {
    id,
    fits: (reader) => conditions.every(([n, codes]) => codes.includes(reader.peek(n) ?? "")),
    take: (reader) =>
      orNothing(reader, () => {
        const read = readShape(shape, reader, 0);
        if (read === undefined || (conditions.length > 0 && Object.keys(read).length === 0)) return undefined;
        for (const [n] of conditions) reader.take(n, 1, (code) => code);
        reader.taken = true;
        return read;
      }),
    make(value) {
      const out = filled(value);
      condition(out);
      return out.segment(id);
    },
    read(loop, into) {
      const reader = loop.untaken(id).find(mapping.fits);
      const found = reader && mapping.take(reader);
      if (found) Object.assign(into, found);
    },
    write(value) {
      const out = filled(value);
      if (out.isEmpty) return [];
      condition(out);
      return [out.segment(id)];
    },
    places: () => shapePlaces(shape, 0).map((place): Place => ({ ...place, loop: "", segment: id, where })),
  };
  return mapping;
}

/** All untaken segments of a loop that a mapping fits, taken; those that say nothing it knows are left out. */
export function takeAll<T>(mapping: SegmentMapping<T>, loop: TrackedLoop): T[] {
  return loop
    .untaken(mapping.id)
    .filter(mapping.fits)
    .flatMap((reader) => {
      const found = mapping.take(reader);
      return found === undefined || unlessBlank(found as object) === undefined ? [] : [found];
    });
}
