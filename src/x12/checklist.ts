import type { ElementSchema, SegmentSchema, SyntaxNote } from "./schema.ts";
import { type PackedNotes, packNotes } from "./syntax-notes.ts";
import { type ValueRule, valueRuleOf } from "./value-check.ts";

/** A segment's elements, or a composite's components, laid out for the check. */
export interface Checklist {
  readonly elements: readonly ElementSchema[];
  /** How to check the value of each; null for a composite. */
  readonly rules: readonly (ValueRule | null)[];
  /** The parts of each composite; null for a simple element. */
  readonly composites: readonly (Checklist | null)[];
  /** Bit `p - 1` for each mandatory element. */
  readonly mandatory: number;
  readonly notes: readonly SyntaxNote[];
  readonly packedNotes: PackedNotes;
  /** Bits of the elements present when nothing was missing last, -1 at first: most segments of a kind are filled in alike. */
  lastComplete: number;
}

/** Lays out the check of a segment. */
export function checklistOf(segment: SegmentSchema): Checklist {
  return layOut(segment.elements, segment.notes);
}

function layOut(elements: readonly ElementSchema[], notes: readonly SyntaxNote[]): Checklist {
  return {
    elements,
    rules: elements.map((element) => (element.composite === null ? valueRuleOf(element) : null)),
    composites: elements.map((e) => (e.composite === null ? null : layOut(e.components, e.notes))),
    mandatory: elements.reduce((bits, e) => (e.requirement === "M" ? bits | bitOf(e.position) : bits), 0),
    notes,
    packedNotes: packNotes(notes),
    lastComplete: -1,
  };
}

/** No mandatory element and no note of the standard lies beyond position 31; a position further on has no bit. */
export function bitOf(position: number): number {
  return position > 31 ? 0 : 1 << (position - 1);
}
