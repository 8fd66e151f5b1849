import type { SchemaLibrary } from "./schema-library.ts";

/**
 * What becomes of groups whose GS08 is of a version that we have no schemas of: each is read by the one named for it ("004060VICS" or
 * "004060" by "004030"), or all of them by the nearest that we have.
 */
export type AcceptVersions = "nearest" | Readonly<Record<string, string>>;

/** Six digits: version, release, subrelease. What follows them in GS08 names an implementation. */
const versionForm = /^\d{6}/;

/**
 * The version that a group is read by: its own where we have it, else the one that `accept` allows. The nearest is the latest that is
 * not newer, for a release mostly adds to the one before it; where all of ours are newer, the oldest.
 *
 * @returns null where there is none, and the group is not supported (AK905 code 2)
 */
export function acceptedVersion(library: SchemaLibrary, gs08: string, accept: AcceptVersions = {}): string | null {
  const own = library.versionOf(gs08);
  if (own !== null) return own;
  const asked = versionForm.exec(gs08)?.[0];
  if (asked === undefined) return null;
  if (accept === "nearest") {
    return library.versions.findLast((version) => version <= asked) ?? library.versions[0] ?? null;
  }
  const named = Object.hasOwn(accept, gs08) ? accept[gs08] : Object.hasOwn(accept, asked) ? accept[asked] : undefined;
  return named !== undefined && library.versions.includes(named) ? named : null;
}
