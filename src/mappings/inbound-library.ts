import type { SchemaLibrary } from "../x12/index.ts";
import { isTranslated } from "./index.ts";

/** Sets that become no document, and are taken in all the same: what an account says of ours. */
const acknowledgments: ReadonlySet<string> = new Set(["997", "999"]);

/**
 * The library as inbound files are read with it. A set that we have no use for is not there, so that its acknowledgment
 * says so (AK502 1): better than to accept it and let it lie.
 */
export function inboundLibrary(library: SchemaLibrary): SchemaLibrary {
  return {
    ...library,
    set: (version, type) => (isTranslated(type) || acknowledgments.has(type) ? library.set(version, type) : null),
  };
}
