import type { Part, WriteContext } from "./part.ts";
import type { Place } from "./place.ts";
import type { SegmentMapping } from "./segment.ts";
import { UnmappableError } from "./unmappable.ts";

/*
 * What a set has from a version of the standard on. It is read whatever the version; where an older set is written for a
 * document that says it, that is a fault, so that nothing is dropped silently.
 */

/** A part that the set has from `version` on. */
export function since<T>(version: string, part: Part<T>): Part<T> {
  return {
    read: part.read,
    write(value, context) {
      const segments = part.write(value, context);
      const [first] = segments;
      if (first && context.version < version) throw tooEarly(first[0] as string, version);
      return segments;
    },
    places: () => part.places().map((place) => placeSince(place, version)),
  };
}

/** A segment of which some fields have elements from `version` on only. */
export function sinceVersion<T extends object>(
  version: string,
  keys: readonly (keyof T & string)[],
  mapping: SegmentMapping<T>,
): SegmentMapping<T> {
  const check = (value: T, context: WriteContext): void => {
    if (context.version >= version) return;
    const said = keys.find((key) => value[key] !== undefined);
    if (said !== undefined) throw tooEarly(mapping.id, version).within(said);
  };
  return {
    ...mapping,
    make(value, context) {
      check(value, context);
      return mapping.make(value, context);
    },
    write(value, context) {
      check(value, context);
      return mapping.write(value, context);
    },
    places: () =>
      mapping
        .places()
        .map((place) =>
          keys.some((key) => place.path === key || place.path.startsWith(`${key}.`))
            ? placeSince(place, version)
            : place,
        ),
  };
}

function tooEarly(segment: string, version: string): UnmappableError {
  return new UnmappableError(`${segment} has no place for it before version ${version}.`);
}

function placeSince(place: Place, version: string): Place {
  return { ...place, form: `${place.form}, from ${version} on` };
}
