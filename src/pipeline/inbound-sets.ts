import type { SchemaLibrary } from "../x12/index.ts";

/** The sets that we do something with when an account sends them. */
const inboundSets: ReadonlySet<string> = new Set(["850", "997", "999"]);

/**
 * The library as inbound files are read with it. A set that we have no use for is not there, so that its acknowledgment
 * says so (AK502 1): better than to accept it and let it lie.
 */
export function inboundLibrary(library: SchemaLibrary): SchemaLibrary {
  return { ...library, set: (version, type) => (inboundSets.has(type) ? library.set(version, type) : null) };
}
