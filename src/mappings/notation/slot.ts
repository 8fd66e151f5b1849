import { wordOf } from "../../documents/code-words.ts";
import type { ElementData, OutSegment } from "../../x12/index.ts";
import { unlessBlank, unlessEmpty } from "./absent.ts";
import { joinedPath, type Place } from "./place.ts";
import type { SegmentReader } from "./tracked-set.ts";
import { UnmappableError, within } from "./unmappable.ts";
import type { Value } from "./value.ts";

/** Elements of a segment on its way out. */
export class Elements {
  readonly #elements: (string | string[])[] = [];

  set(n: number, c: number | null, text: string): void {
    if (text === "") return;
    while (this.#elements.length < n) this.#elements.push("");
    if (c === null) {
      this.#elements[n - 1] = text;
      return;
    }
    const there = this.#elements[n - 1] as string | string[];
    const components = typeof there === "string" ? [there] : there;
    while (components.length < c) components.push("");
    components[c - 1] = text;
    this.#elements[n - 1] = components.length === 1 ? (components[0] as string) : components;
  }

  get isEmpty(): boolean {
    return this.#elements.length === 0;
  }

  segment(id: string): OutSegment {
    return [id, ...(this.#elements as ElementData[])];
  }
}

/**
 * Where in a segment one field stands. Element numbers are the standard's, counted from 1; within a group of elements that
 * repeats they count from `base`.
 */
export interface Slot<V> {
  /** Without it the segment, or the group, makes no sense and is not read. */
  readonly required: boolean;
  read(segment: SegmentReader, base: number): V | undefined;
  write(value: V, out: Elements, base: number): void;
  places(base: number): SlotPlace[];
}
export interface RequiredSlot<V> extends Slot<V> {
  readonly required: true;
}
export type SlotPlace = Pick<Place, "path" | "element" | "component" | "form">;

/** The slot of each field of an object: as many as it has, so that none is forgotten. */
export type Shape<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key] ? Slot<Exclude<T[Key], undefined>> : RequiredSlot<T[Key]>;
};
/** The slots of some of its fields. */
export type PartialShape<T> = { readonly [Key in keyof T]?: Slot<Exclude<T[Key], undefined>> };

/** All slots of an object are some of them, which the compiler can't see. */
export const someOf = <T>(shape: Shape<T>): PartialShape<T> => shape as unknown as PartialShape<T>;

/** Element `n`, or its component `c`. */
export function at<V>(n: number, value: Value<V>, c?: number): Slot<V> {
  return slotAt(n, value, c ?? null, false);
}

/** Element `n`, without which the segment is nothing. */
export function must<V>(n: number, value: Value<V>, c?: number): RequiredSlot<V> {
  return slotAt(n, value, c ?? null, true) as RequiredSlot<V>;
}

function slotAt<V>(n: number, value: Value<V>, c: number | null, required: boolean): Slot<V> {
  return {
    required,
    read: (segment, base) => segment.take(base + n, c ?? 1, value.read),
    write: (given, out, base) => out.set(base + n, c, value.write(given)),
    places: (base) => [{ path: "", element: base + n, component: c, form: value.form }],
  };
}

/** Our short word for the code in element `n`. It follows from the code: it is read, and never written. */
export function word(n: number, words: Readonly<Record<string, string>>): Slot<string> {
  return {
    required: false,
    read: (segment, base) => {
      const code = segment.peek(base + n);
      return code === undefined ? undefined : wordOf(code, words);
    },
    write: () => {},
    places: () => [],
  };
}

/** The object that some slots make: what a required one finds is always there. */
type ObjectOf<Slots> = {
  [Key in keyof Slots as Slots[Key] extends RequiredSlot<unknown> ? Key : never]: ValueOf<Slots[Key]>;
} & {
  [Key in keyof Slots as Slots[Key] extends RequiredSlot<unknown> ? never : Key]?: ValueOf<Slots[Key]> | undefined;
};
type ValueOf<OneSlot> = OneSlot extends Slot<infer V> ? V : never;

/** Some elements as an object of their own, absent where none of them is there, or one that it must have is not. */
export function group<Slots extends object>(slots: Slots): Slot<ObjectOf<Slots>> {
  type T = ObjectOf<Slots>;
  const shape = slots as unknown as PartialShape<T>;
  return {
    required: false,
    read: (segment, base) => orNothing(segment, () => blankAsNothing(readShape<T>(shape, segment, base))),
    write: (value, out, base) => writeShape(shape, value, out, base),
    places: (base) => shapePlaces(shape, base),
  };
}

/** The same as a field that is always there. */
export function requiredGroup<Slots extends object>(slots: Slots): RequiredSlot<ObjectOf<Slots>> {
  return { ...group(slots), required: true };
}

function blankAsNothing<T extends object>(read: T | undefined): T | undefined {
  return read && unlessBlank(read);
}

/** The elements with these numbers as a list of values, absent where there are none. */
export function several<V>(elements: readonly number[], value: Value<V>): Slot<V[]> {
  return {
    required: false,
    read: (segment, base) => unlessEmpty(elements.flatMap((n) => segment.take(base + n, 1, value.read) ?? ([] as V[]))),
    write(values, out, base) {
      if (values.length > elements.length) throw tooMany(elements.length, values.length);
      for (const [index, one] of values.entries()) out.set(base + (elements[index] as number), null, value.write(one));
    },
    places: (base) => elements.map((n) => ({ path: "[]", element: base + n, component: null, form: value.form })),
  };
}

/**
 * Groups of `size` elements that follow each other, the first beginning at element `from`, `most` of them: pairs of a
 * qualifier and what it qualifies. In the shape, elements count from 1 in each group. A group that lacks what it must have
 * stays unread.
 */
export function groups<Slots extends object>(
  from: number,
  size: number,
  most: number,
  slots: Slots,
): Slot<ObjectOf<Slots>[]> {
  return groupsAt(
    Array.from({ length: most }, (_, index) => from + index * size),
    slots,
  );
}

/** The same where they stand apart: each begins at one of these elements. */
export function groupsAt<Slots extends object>(starts: readonly number[], slots: Slots): Slot<ObjectOf<Slots>[]> {
  type T = ObjectOf<Slots>;
  const shape = slots as unknown as PartialShape<T>;
  const most = starts.length;
  const bases = (base: number) => starts.map((start) => base + start - 1);
  return {
    required: false,
    read: (segment, base) =>
      unlessEmpty(bases(base).flatMap((start) => orNothing(segment, () => readShape<T>(shape, segment, start)) ?? [])),
    write(values, out, base) {
      if (values.length > most) throw tooMany(most, values.length);
      for (const [index, start] of bases(base).slice(0, values.length).entries()) {
        within(`[${index}]`, () => writeShape(shape, values[index] as T, out, start));
      }
    },
    places: (base) =>
      shapePlaces(shape, bases(base)[0] as number).map((place) => ({ ...place, path: joinedPath("[]", place.path) })),
  };
}

/** A list that is always there, empty where nothing is said. */
export function orEmpty<V>(slot: Slot<V[]>): RequiredSlot<V[]> {
  return { ...slot, required: true, read: (segment, base) => slot.read(segment, base) ?? [] };
}

/** What the slots of a shape find in a segment; undefined where one that is required finds nothing. */
export function readShape<T extends object>(
  shape: PartialShape<T>,
  segment: SegmentReader,
  base: number,
): T | undefined {
  const read: Record<string, unknown> = {};
  for (const [name, slot] of entriesOf(shape)) {
    const value = slot.read(segment, base);
    if (value === undefined && slot.required) return undefined;
    if (value !== undefined) read[name] = value;
  }
  return read as T;
}

export function writeShape<T extends object>(shape: PartialShape<T>, value: T, out: Elements, base: number): void {
  for (const [name, slot] of entriesOf(shape)) {
    const field = (value as Record<string, unknown>)[name];
    if (field !== undefined) within(name, () => slot.write(field, out, base));
  }
}

export function shapePlaces<T extends object>(shape: PartialShape<T>, base: number): SlotPlace[] {
  return entriesOf(shape).flatMap(([name, slot]) =>
    slot.places(base).map((place) => ({ ...place, path: joinedPath(name, place.path) })),
  );
}

/** Reads; where that gives nothing, the segment is left as unread as it was. */
export function orNothing<Read>(segment: SegmentReader, read: () => Read | undefined): Read | undefined {
  const before = segment.marks();
  const found = read();
  if (found === undefined) segment.restore(before);
  return found;
}

function entriesOf<T>(shape: PartialShape<T>): [string, Slot<unknown>][] {
  return Object.entries(shape) as [string, Slot<unknown>][];
}

function tooMany(most: number, given: number): UnmappableError {
  return new UnmappableError(`there is room for ${most}, and ${given} are given.`);
}
