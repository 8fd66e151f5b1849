import type { Delimiters } from "../delimiters.ts";

/** Text as it stands in the file: a string where the bytes are UTF-8, otherwise one character for each byte under `latin1`. */
export type TextJson = string | { readonly latin1: string };

/** An element, or one repetition of it: simple, or the components of a composite, empty ones at the end counted. */
export type RepetitionJson = TextJson | readonly TextJson[];

export type ElementJson = RepetitionJson | { readonly repetitions: readonly RepetitionJson[] };

/** `["N1", "ST", "Store 12", "92", "0012"]`: the id and every element that is written, empty ones at the end counted. */
export type PlainSegmentJson = readonly [id: TextJson, ...elements: ElementJson[]];

/**
 * One segment. The plain form ends as its interchange's segments do: with the terminator and the line break. One that ends
 * otherwise says how; bytes that can't be taken apart stand as they are.
 */
export type SegmentJson =
  | PlainSegmentJson
  | { readonly segment: PlainSegmentJson; readonly end: TextJson }
  | { readonly raw: TextJson };

/** A transaction set, ST to SE. */
export interface SetJson {
  readonly segments: readonly SegmentJson[];
}

/** A functional group. Segments that stand between its sets stand between them here. */
export interface GroupJson {
  /** GS. */
  readonly header: SegmentJson;
  readonly sets: readonly (SetJson | SegmentJson)[];
  /** GE; not there where it is missing. */
  readonly trailer?: SegmentJson;
}

/** An interchange. Segments that stand between its groups (TA1 before them) stand between them here. */
export interface InterchangeJson {
  readonly delimiters: Delimiters;
  /** ISA. */
  readonly header: SegmentJson;
  readonly groups: readonly (GroupJson | SegmentJson)[];
  /** IEA; not there where it is missing. */
  readonly trailer?: SegmentJson;
}

/** A file, complete to the byte. What belongs to no interchange stands between them as it is. */
export interface LosslessJson {
  readonly interchanges: readonly (InterchangeJson | { readonly raw: TextJson })[];
}

/** JSON that is not in this form, or that would not be the same file when it is read again. */
export class LosslessJsonError extends Error {
  override readonly name = "LosslessJsonError";
  /** "interchanges[0].groups[0].header". */
  readonly path: string;

  constructor(path: string, what: string) {
    super(path === "" ? what : `${path}: ${what}`);
    this.path = path;
  }
}

/**
 * The elements of a segment in which delimiters are data: all of an ISA, whose fields are told by their width, and the binary
 * data of BIN and BDS, which are as long as the element before them says.
 */
export function isOpaque(id: string, element: number): boolean {
  return id === "ISA" || (id === "BIN" && element === 2) || (id === "BDS" && element === 3);
}
