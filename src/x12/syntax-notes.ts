/**
 * Syntax notes bind elements of one segment (or components of one composite) to each other:
 * P paired (all or none), R required (at least one), E exclusion (at most one), C conditional (if the first is there, all
 * others must be), L list conditional (if the first is there, at least one of the others must be).
 */
export type NoteKind = "P" | "R" | "E" | "C" | "L";

export interface SyntaxNote {
  /** As printed: "P0304". */
  readonly text: string;
  readonly kind: NoteKind;
  /** Element positions, 1-based, in the order of the note. */
  readonly positions: readonly number[];
  /** Bit `p - 1` for every position of the note, and for its first alone. */
  readonly mask: number;
  readonly firstMask: number;
}

/** Bits of an int: no note of the standard reaches beyond position 31. */
const lastBoundPosition = 31;

/** Reads a note as printed: "R020305". */
export function parseNote(text: string): SyntaxNote {
  const positions = (text.slice(1).match(/../g) ?? []).map(Number);
  if (positions.some((p) => p > lastBoundPosition))
    throw new Error(`Schema text: note ${text} reaches beyond element 31`);
  const bit = (position: number) => 1 << (position - 1);
  const mask = positions.reduce((bits, p) => bits | bit(p), 0);
  return { text, kind: text[0] as NoteKind, positions, mask, firstMask: bit(positions[0]!) };
}

/** Whether a segment whose present elements are the bits of `present` keeps the note. */
export function keepsNote(note: SyntaxNote, present: number): boolean {
  const there = present & note.mask;
  switch (note.kind) {
    case "P":
      return there === 0 || there === note.mask;
    case "R":
      return there !== 0;
    case "E":
      return (there & (there - 1)) === 0;
    case "C":
      return (there & note.firstMask) === 0 || there === note.mask;
    case "L":
      return (there & note.firstMask) === 0 || there !== note.firstMask;
  }
}

/** The notes of one segment or composite, made ready to be asked of every occurrence: kind, mask and first mask by threes. */
export type PackedNotes = Int32Array;

const kinds = "PRECL";
const paired = 0;
const required = 1;
const exclusive = 2;
const conditional = 3;

export function packNotes(notes: readonly SyntaxNote[]): PackedNotes {
  return Int32Array.from(notes.flatMap((note) => [kinds.indexOf(note.kind), note.mask, note.firstMask]));
}

/** Whether all of the notes are kept; the same as {@link keepsNote} of each. */
export function keepsNotes(notes: PackedNotes, present: number): boolean {
  for (let i = 0; i < notes.length; i += 3) {
    const mask = notes[i + 1]!;
    const firstMask = notes[i + 2]!;
    const there = present & mask;
    switch (notes[i]) {
      case paired:
        if (there !== 0 && there !== mask) return false;
        break;
      case required:
        if (there === 0) return false;
        break;
      case exclusive:
        if ((there & (there - 1)) !== 0) return false;
        break;
      case conditional:
        if ((there & firstMask) !== 0 && there !== mask) return false;
        break;
      default:
        if (there === firstMask) return false;
    }
  }
  return true;
}

/**
 * Positions at fault where a note is broken: those that are missing (for R and L, where any one would do, the first of them),
 * or, for an exclusion, those present beyond the first.
 */
export function faultyPositions(note: SyntaxNote, present: number): readonly number[] {
  const isThere = (position: number) => (present & (1 << (position - 1))) !== 0;
  switch (note.kind) {
    case "P":
    case "C":
      return note.positions.filter((p) => !isThere(p));
    case "R":
      return note.positions.slice(0, 1);
    case "L":
      return note.positions.slice(1, 2);
    case "E":
      return note.positions.filter(isThere).slice(1);
  }
}
