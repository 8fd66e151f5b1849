import type { CodeList } from "./schema-codes.ts";
import type { LoopNode, SegmentNode, SetStructure } from "./schema-structure.ts";
import type { SyntaxNote } from "./syntax-notes.ts";

export type { CodeList } from "./schema-codes.ts";
export type { LoopNode, SegmentNode, SetStructure } from "./schema-structure.ts";
export type { NoteKind, SyntaxNote } from "./syntax-notes.ts";

/** M must be there, O may, X is bound by a syntax note. */
export type Requirement = "M" | "O" | "X";

/** One element of a segment, or one component of a composite, as a version of the standard has it. */
export interface ElementSchema {
  /** Place in its segment or composite, 1-based. */
  readonly position: number;
  /** As people write it: "N104"; "REF04-1" for a component. */
  readonly reference: string;
  readonly name: string;
  /** Number in the dictionary ("67"); null for a composite. */
  readonly dataElement: string | null;
  /** Composite id ("C040"); null for a simple element. */
  readonly composite: string | null;
  /** AN, ID, N0 to N6, R, DT, TM, B; "" for a composite. */
  readonly type: string;
  /** Least and most characters, sign, decimal point and exponent mark of a number not counted; 0 for a composite. */
  readonly min: number;
  readonly max: number;
  readonly requirement: Requirement;
  /** Most repetitions. */
  readonly repeat: number;
  /** The codes it may hold; null where any value will do or the list is somebody else's. */
  readonly codes: CodeList | null;
  /** The parts of a composite; empty for a simple element. */
  readonly components: readonly ElementSchema[];
  /** A composite's own syntax notes. */
  readonly notes: readonly SyntaxNote[];
}

/** A segment as a version of the standard has it. */
export interface SegmentSchema {
  readonly id: string;
  readonly name: string;
  readonly elements: readonly ElementSchema[];
  readonly notes: readonly SyntaxNote[];
}

/** One version of the standard: its dictionary and its sets. Everything is read at its first use. */
export interface VersionSchema {
  /** "004010". */
  readonly version: string;
  /** Set ids in order: "180", "204", ... */
  readonly sets: readonly string[];
  /** A segment of the dictionary, the control segments ISA, GS, TA1 and so on among them; null where there is none. */
  segment(id: string): SegmentSchema | null;
  /** The code list of a data element by its number; null where it has none. */
  codes(dataElement: string): CodeList | null;
  /** Our own short words for a code ("BEG01" `00` is "Original"); null where we have none. */
  label(dataElement: string, code: string): string | null;
  set(type: string): SetSchema | null;
}

/** One transaction set in one version of the standard. */
export interface SetSchema extends SetStructure {
  /** ST01: "850". */
  readonly type: string;
  /** "004010". */
  readonly version: string;
  readonly name: string;
  /** GS01 of the groups it travels in: "PO". */
  readonly functionalId: string;
  /** The dictionary it is written in. */
  readonly dictionary: VersionSchema;
  /** A segment of this set; null where the set has none of that id. */
  segment(id: string): SegmentSchema | null;
  /** A loop by its key ("PO1/N1"); null where there is none. */
  loop(key: string): LoopNode | null;
  /** Every use of a segment in the set. */
  uses(segment: string): readonly SegmentNode[];
}
