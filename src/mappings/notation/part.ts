import type { OutSegment } from "../../x12/index.ts";
import type { Place } from "./place.ts";
import type { TrackedLoop } from "./tracked-set.ts";

/** What the way out has to know beside the document. */
export interface WriteContext {
  /** Version of the transaction set, "004010". */
  readonly version: string;
}

/**
 * A part of a loop (or of the set outside loops), and of the object `T` that the loop stands for. Parts are listed in the
 * order of the standard: so they are written, and so a person can read them beside it.
 */
export interface Part<T> {
  /** Adds what it finds in the loop to the object. */
  read(loop: TrackedLoop, into: Partial<T>): void;
  /** The segments that say what the object says of this part. @throws UnmappableError */
  write(value: T, context: WriteContext): OutSegment[];
  places(): Place[];
}

/** Reads all parts into one object. */
export function readParts<T extends object>(parts: readonly Part<T>[], loop: TrackedLoop, into: Partial<T>): void {
  for (const part of parts) part.read(loop, into);
}

export function writeParts<T>(parts: readonly Part<T>[], value: T, context: WriteContext): OutSegment[] {
  return parts.flatMap((part) => part.write(value, context));
}

export function partPlaces<T>(parts: readonly Part<T>[]): Place[] {
  return parts.flatMap((part) => part.places());
}
