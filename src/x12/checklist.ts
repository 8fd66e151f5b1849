import { type ExternalLists, noExternalLists } from "./external-codes.ts";
import type { ElementSchema, SegmentSchema, SyntaxNote } from "./schema.ts";
import { type PackedNotes, packNotes } from "./syntax-notes.ts";
import { type ValueRule, valueRuleOf } from "./value-check.ts";

/** A segment's elements, or a composite's components, laid out for the check. */
export interface Checklist {
  readonly elements: readonly ElementSchema[];
  /** How to check the value of each; null for a composite. */
  readonly rules: readonly (ValueRule | null)[];
  /** The same by threes, for the quick check: how it looks at a value, the least and the most characters. */
  readonly packedRules: Int32Array;
  /** The parts of each composite; null for a simple element. */
  readonly composites: readonly (Checklist | null)[];
  /** Bit `p - 1` for each mandatory element. */
  readonly mandatory: number;
  readonly notes: readonly SyntaxNote[];
  readonly packedNotes: PackedNotes;
  /** Bits of the elements present when nothing was missing last, -1 at first: most segments of a kind are filled in alike. */
  lastComplete: number;
}

/** Those of the standard alone, which all validators share. */
const ofStandard = new WeakMap<SegmentSchema, Checklist>();

/** Lays out the check of a segment, with the lists of others that its values are held against. */
export function checklistOf(segment: SegmentSchema, external: ExternalLists = noExternalLists): Checklist {
  if (external !== noExternalLists) return layOut(segment.elements, segment.notes, external);
  let list = ofStandard.get(segment);
  if (list === undefined) {
    list = layOut(segment.elements, segment.notes, external);
    ofStandard.set(segment, list);
  }
  return list;
}

function layOut(elements: readonly ElementSchema[], notes: readonly SyntaxNote[], external: ExternalLists): Checklist {
  const listOf = (element: ElementSchema) => external.get(element.dataElement ?? "")?.codes ?? null;
  const rules = elements.map((e) => (e.composite === null ? valueRuleOf(e, listOf(e)) : null));
  return {
    elements,
    rules,
    packedRules: Int32Array.from(rules.flatMap(packRule)),
    composites: elements.map((e) => (e.composite === null ? null : layOut(e.components, e.notes, external))),
    mandatory: elements.reduce((bits, e) => (e.requirement === "M" ? bits | bitOf(e.position) : bits), 0),
    notes,
    packedNotes: packNotes(notes),
    lastComplete: -1,
  };
}

/** How the quick check looks at a value. */
export const byLength = 0;
export const byCode = 1;
export const byRule = 2;
export const notAtAll = 3;

function packRule(rule: ValueRule | null): number[] {
  if (rule === null) return [notAtAll, 0, 0];
  return [rule.isFreeText ? byLength : rule.isCoded ? byCode : byRule, rule.min, rule.max];
}

/** No mandatory element and no note of the standard lies beyond position 31; a position further on has no bit. */
export function bitOf(position: number): number {
  return position > 31 ? 0 : 1 << (position - 1);
}
