import type { OutSegment } from "../../x12/index.ts";
import { type Part, partPlaces, readParts, type WriteContext, writeParts } from "./part.ts";
import { type Place, placesWithin } from "./place.ts";
import type { SegmentMapping } from "./segment.ts";
import type { TrackedLoop } from "./tracked-set.ts";

/** A loop as an object: the segment that begins it, and its parts in the order of the standard. */
export interface LoopMapping<T> {
  /** Id of the segment that begins it, as the loop's key ends: "N1", "N1#2". */
  readonly key: string;
  /** Undefined where its first segment lacks what it must have. */
  take(loop: TrackedLoop): T | undefined;
  fits(loop: TrackedLoop): boolean;
  make(value: T, context: WriteContext): OutSegment[];
  places(): Place[];
}

/**
 * A loop begun by `trigger`.
 *
 * @param key the last part of the loop's key, where it is not the trigger's id: "N1#2"
 */
export function loop<T extends object>(
  trigger: SegmentMapping<T>,
  parts: readonly Part<T>[] = [],
  key = trigger.id,
): LoopMapping<T> {
  return {
    key,
    fits: (tracked) => trigger.fits(tracked.trigger),
    take(tracked) {
      const object = trigger.take(tracked.trigger);
      if (object === undefined) return undefined;
      readParts(parts, tracked, object as Partial<T>);
      return object;
    },
    make: (value, context) => [trigger.make(value, context), ...writeParts(parts, value, context)],
    places: () => placesWithin("", [...trigger.places(), ...partPlaces(parts)], key),
  };
}
