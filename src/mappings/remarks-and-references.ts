import type { Reference } from "../documents/aggregate-components.ts";
import { noteAbouts } from "../documents/code-words/remarks.ts";
import { referenceQualifiers } from "../documents/code-words.ts";
import type { DatedReference } from "../documents/reference-forms.ts";
import type { Remark } from "../documents/remark.ts";
import { DTM, REF } from "./aggregates.ts";
import { at, coded, loop, many, must, segment, text, word } from "./notation/index.ts";

/** NTE: a sentence, and what it is about. */
export const NTE = segment<Remark>("NTE", { about: at(1, coded(noteAbouts)), text: must(2, text) });

/** N9 where it is a reference like REF; its date and time (N904 to N906) have no place. */
export const referenceN9 = segment<Reference>("N9", {
  qualifier: must(1, text),
  word: word(1, referenceQualifiers),
  value: at(2, text),
  description: at(3, text),
});

/** The REF loop: a number and the dates that belong to it. */
export const datedREF = loop<DatedReference>(REF, [many("dates", DTM)]);
