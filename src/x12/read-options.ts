import type { Guide } from "./guide.ts";
import type { GroupHeader, InterchangeHeader } from "./report.ts";
import { defaultSegmentLimit } from "./scanner.ts";
import type { SchemaLibrary } from "./schema-library.ts";
import type { Strictness } from "./strictness.ts";

/** How much of a bad or monstrous file is put up with. */
export interface ReadLimits {
  /** The most bytes of one segment (default 1 MiB); binary data (BIN, BDS) are not counted. */
  readonly segmentBytes?: number | undefined;
  /** Problems kept of one set, and of one envelope; the rest are counted (default 100). */
  readonly problemsPerSet?: number | undefined;
  /** Problems kept of one file (default 10,000). */
  readonly problemsPerFile?: number | undefined;
  /** Sets read of one file, and likewise groups, interchanges and TA1s; what comes after is not read (default 100,000). */
  readonly transactionSets?: number | undefined;
}

export interface ReadOptions {
  readonly library: SchemaLibrary;
  /** The account's guides for a set, applied in their order after the standard. Asked once for each set type of a group. */
  readonly guides?: ((header: InterchangeHeader, group: GroupHeader, setType: string) => readonly Guide[]) | undefined;
  /**
   * By which of our versions to read a GS08 that we don't know ("004060" by "004030"): the group is told of it in a warning. null
   * leaves it unsupported.
   */
  readonly acceptVersion?: ((gs08: string, header: InterchangeHeader, group: GroupHeader) => string | null) | undefined;
  /** What the account puts up with, or asks for beyond the standard. One object for each account: validators are kept by it. */
  readonly strictness?: ((header: InterchangeHeader, group: GroupHeader) => Strictness | null) | undefined;
  /**
   * detect (if left out): a file that was cut into lines of 80 characters wherever its segments end is read as if it were not, and
   * told of it (file problem `wrapped-80`, a warning); places are those of the file as it came. never: read as it stands.
   */
  readonly unwrap?: "detect" | "never" | undefined;
  readonly limits?: ReadLimits | undefined;
}

export const defaultReadLimits = {
  segmentBytes: defaultSegmentLimit,
  problemsPerSet: 100,
  problemsPerFile: 10_000,
  transactionSets: 100_000,
} as const satisfies ReadLimits;
