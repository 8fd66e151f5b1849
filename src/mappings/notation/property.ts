import type { OutSegment } from "../../x12/index.ts";
import { unlessBlank, unlessEmpty } from "./absent.ts";
import type { LoopMapping } from "./loop.ts";
import { type Part, partPlaces, readParts, type WriteContext, writeParts } from "./part.ts";
import { placesWithin } from "./place.ts";
import { type SegmentMapping, takeAll } from "./segment.ts";
import type { TrackedLoop } from "./tracked-set.ts";
import { within } from "./unmappable.ts";
import type { Value } from "./value.ts";

/* Parts that stand for one property of an object: how often a segment or a loop occurs, and under which name it is kept. */

/** The item of a list property. */
type Item<T, Key extends keyof T> = NonNullable<T[Key]> extends readonly (infer One)[] ? One : never;
type Given<T, Key extends keyof T> = NonNullable<T[Key]>;

const isLoop = <T>(mapping: SegmentMapping<T> | LoopMapping<T>): mapping is LoopMapping<T> => "key" in mapping;

/** Every occurrence of a segment, or of a loop, as a list; absent where there is none. */
export function many<T extends object, Key extends keyof T & string>(
  key: Key,
  mapping: SegmentMapping<Item<T, Key>> | LoopMapping<Item<T, Key>>,
): Part<T> {
  return list(key, mapping, false);
}

/** The same as a list that is always there, empty where there is none. */
export function manyOrNone<T extends object, Key extends keyof T & string>(
  key: Key,
  mapping: SegmentMapping<Item<T, Key>> | LoopMapping<Item<T, Key>>,
): Part<T> {
  return list(key, mapping, true);
}

function list<T extends object, Key extends keyof T & string>(
  key: Key,
  mapping: SegmentMapping<Item<T, Key>> | LoopMapping<Item<T, Key>>,
  always: boolean,
): Part<T> {
  return {
    read(loop, into) {
      const found = takeEvery(mapping, loop);
      const said = always ? found : unlessEmpty(found);
      if (said !== undefined) into[key] = said as T[Key];
    },
    write: (value, context) =>
      ((value[key] ?? []) as Item<T, Key>[]).flatMap((item, index) =>
        within(`${key}[${index}]`, () => made(mapping, item, context)),
      ),
    places: () => placesWithin(`${key}[]`, mapping.places()),
  };
}

/** The first occurrence of a segment, or of a loop, as a property. */
export function one<T extends object, Key extends keyof T & string>(
  key: Key,
  mapping: SegmentMapping<Given<T, Key>> | LoopMapping<Given<T, Key>>,
): Part<T> {
  return {
    read(loop, into) {
      const found = takeFirst(mapping, loop);
      if (found !== undefined && unlessBlank(found as object)) into[key] = found;
    },
    write: (value, context) => {
      const given = value[key];
      return given === undefined ? [] : within(key, () => made(mapping, given as Given<T, Key>, context));
    },
    places: () => placesWithin(key, mapping.places()),
  };
}

/** Some parts of the loop as an object of their own: N3 and N4 as an address. Absent where none of them says anything. */
export function inside<T extends object, Key extends keyof T & string>(
  key: Key,
  parts: readonly Part<Given<T, Key>>[],
): Part<T> {
  return {
    read(loop, into) {
      const object: Partial<Given<T, Key>> = {};
      readParts(parts as readonly Part<object>[], loop, object);
      if (unlessBlank(object)) into[key] = { ...(into[key] as object), ...object } as T[Key];
    },
    write: (value, context) => {
      const given = value[key];
      return given === undefined ? [] : within(key, () => writeParts(parts, given as Given<T, Key>, context));
    },
    places: () => placesWithin(key, partPlaces(parts)),
  };
}

/** A list of values that are spread over the elements of as many segments as they need: N3, two lines of an address each. */
export function spread<T extends object, Key extends keyof T & string>(
  key: Key,
  id: string,
  elements: readonly number[],
  value: Value<Item<T, Key>>,
): Part<T> {
  return {
    read(loop, into) {
      const found = loop.untaken(id).flatMap((reader) => {
        reader.taken = true;
        return elements.flatMap((n) => reader.take(n, 1, value.read) ?? []);
      });
      if (found.length > 0) into[key] = found as T[Key];
    },
    write(object) {
      const texts = ((object[key] ?? []) as Item<T, Key>[]).map((item) => value.write(item));
      return inGroupsOf(elements.length, texts).map((texts): OutSegment => {
        const segment = Array<string>(elements[texts.length - 1] as number).fill("");
        for (const [index, text] of texts.entries()) segment[(elements[index] as number) - 1] = text;
        return [id, ...segment];
      });
    },
    places: () =>
      elements.map((element) => ({
        path: `${key}[]`,
        loop: "",
        segment: id,
        element,
        component: null,
        form: value.form,
        where: {},
      })),
  };
}

/** What one part says in older versions of the standard and another from `version` on. Both are read, whatever the version. */
export function from<T>(version: string, newer: Part<T>, older: Part<T>): Part<T> {
  return {
    read(loop, into) {
      newer.read(loop, into);
      older.read(loop, into);
    },
    write: (value, context) => (context.version >= version ? newer : older).write(value, context),
    places: () => [...newer.places(), ...older.places()],
  };
}

/** A segment that follows from the rest of the object, and is only written: a count. What it holds is taken as read. */
export function derived<T>(
  id: string,
  make: (value: T, context: WriteContext) => OutSegment | null,
  form: string,
): Part<T> {
  return {
    read(loop) {
      for (const reader of loop.untaken(id)) {
        reader.taken = true;
        for (let n = 1; n <= reader.segment.elements.length; n++) reader.take(n, 1, (text) => text);
      }
    },
    write(value, context) {
      const segment = make(value, context);
      return segment === null ? [] : [segment];
    },
    places: () => [{ path: "", loop: "", segment: id, element: null, component: null, form, where: {} }],
  };
}

function takeEvery<T>(mapping: SegmentMapping<T> | LoopMapping<T>, tracked: TrackedLoop): T[] {
  if (!isLoop(mapping)) return takeAll(mapping, tracked);
  return tracked
    .loops(mapping.key)
    .filter((inner) => !inner.trigger.taken && mapping.fits(inner))
    .flatMap((inner) => mapping.take(inner) ?? []);
}

function takeFirst<T>(mapping: SegmentMapping<T> | LoopMapping<T>, tracked: TrackedLoop): T | undefined {
  if (!isLoop(mapping)) {
    const reader = tracked.untaken(mapping.id).find(mapping.fits);
    return reader && mapping.take(reader);
  }
  const inner = tracked.loops(mapping.key).find((loop) => !loop.trigger.taken && mapping.fits(loop));
  return inner && mapping.take(inner);
}

function made<T>(mapping: SegmentMapping<T> | LoopMapping<T>, value: T, context: WriteContext): OutSegment[] {
  return isLoop(mapping) ? mapping.make(value, context) : mapping.write(value, context);
}

export function inGroupsOf<One>(size: number, items: readonly One[]): One[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
