import type { Note } from "../documents/aggregate-components.ts";
import * as words from "../documents/code-words.ts";
import type { OutSegment } from "../x12/index.ts";
import { DTM } from "./aggregates.ts";
import {
  at,
  date,
  fields,
  group,
  type LoopMapping,
  loop,
  many,
  must,
  type Part,
  text,
  time,
  word,
} from "./notation/index.ts";
import { placesWithin } from "./notation/place.ts";
import type { TrackedLoop } from "./notation/tracked-set.ts";

/*
 * Free text. Up to 004010 it stands in MSG, from 004030 on in MTX; either is read, whatever the version.
 */

/** The longest line that MSG01 takes. */
const longestMSG = 264;
/** The longest text that MTX02 takes. */
const longestMTX = 4096;

/** The lines of text that a loop has of its own. */
export function freeText<T extends { lines?: string[] | undefined }>(): Part<T> {
  return {
    read(loop, into) {
      const lines = linesOf(loop);
      if (lines.length > 0) into.lines = lines;
    },
    write: ({ lines = [] }, { version }) => lines.flatMap((line) => textSegments(line, version)),
    places: () => [
      { path: "lines[]", loop: "", segment: "MSG", element: 1, component: null, form: "text, to 004010", where: {} },
      {
        path: "lines[]",
        loop: "",
        segment: "MTX",
        element: 2,
        component: null,
        form: "text, from 004030 on",
        where: {},
      },
    ],
  };
}

const named = loop<Note>(
  fields("N9", {
    reference: group({
      qualifier: must(1, text),
      word: word(1, words.referenceQualifiers),
      value: at(2, text),
      description: at(3, text),
    }),
    date: at(4, date),
    time: at(5, time),
    zone: at(6, text),
  }),
  [many("dates", DTM), freeText()],
);

/** N9 must name a reference (note R0203): text that has none is put under L1, letters or notes. */
const unnamed = { qualifier: "L1", description: "NOTES" };

/** An N9 loop: a reference with dates and free text under it. */
export const N9: LoopMapping<Note> = {
  ...named,
  take(loop) {
    const note = named.take(loop);
    const { qualifier, value, description } = note?.reference ?? {};
    if (!note || qualifier !== unnamed.qualifier || value !== undefined || description !== unnamed.description)
      return note;
    const { reference: _stands, ...rest } = note;
    return rest;
  },
  make(note, context) {
    const { qualifier = unnamed.qualifier, value, description } = note.reference ?? {};
    const says = value !== undefined || description !== undefined;
    return named.make(
      { ...note, reference: { qualifier, value, description: says ? description : unnamed.description } },
      context,
    );
  },
};

/*
 * A loop may have notes in two places: free text of its own, which is a note without a reference, and N9 loops for the
 * others. `notesInText` and `notesInN9` stand for the two, each where the standard has it.
 */

interface WithNotes {
  notes?: Note[] | undefined;
}

const isFree = (note: Note) => Object.keys(note).every((key) => key === "lines");

/** Notes without a reference, as the free text of the loop. */
export function notesInText<T extends WithNotes>(): Part<T> {
  return {
    read(loop, into) {
      const lines = linesOf(loop);
      if (lines.length > 0) into.notes = [{ lines }, ...(into.notes ?? [])];
    },
    write: ({ notes = [] }, { version }) =>
      notes.filter(isFree).flatMap(({ lines = [] }) => lines.flatMap((line) => textSegments(line, version))),
    places: () => placesWithin("notes[]", freeText().places()),
  };
}

/** Notes with a reference or a date, as N9 loops; the others are in {@link notesInText}. */
export function notesInN9<T extends WithNotes>(): Part<T> {
  return {
    read(loop, into) {
      const named = loop.loops(N9.key).flatMap((inner) => N9.take(inner) ?? []);
      if (named.length > 0) into.notes = [...(into.notes ?? []), ...named];
    },
    write: ({ notes = [] }, context) => notes.filter((note) => !isFree(note)).flatMap((note) => N9.make(note, context)),
    places: () => placesWithin("notes[]", N9.places()),
  };
}

/** MSG01, or MTX02 and its continuation MTX03. */
function linesOf(loop: TrackedLoop): string[] {
  return loop.untakenOf("MSG", "MTX").flatMap((reader) => {
    reader.taken = true;
    const elements = reader.segment.id === "MSG" ? [1] : [2, 3];
    return elements.flatMap((n) => reader.take(n, 1, (value) => value) ?? []);
  });
}

/** A line too long for one segment goes on in the next. */
function textSegments(line: string, version: string): OutSegment[] {
  return version < "004030"
    ? inPieces(line, longestMSG).map((piece): OutSegment => ["MSG", piece])
    : inPieces(line, longestMTX).map((piece): OutSegment => ["MTX", "", piece]);
}

/** The text in pieces no longer than `longest`, cut at blanks where there are any. */
function inPieces(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const blank = rest.lastIndexOf(" ", longest);
    const end = blank > 0 ? blank : longest;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return rest === "" ? pieces : [...pieces, rest];
}
