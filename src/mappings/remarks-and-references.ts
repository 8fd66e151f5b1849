import { noteAbouts } from "../documents/code-words/remarks.ts";
import type { DatedReference } from "../documents/reference-forms.ts";
import type { Remark } from "../documents/remark.ts";
import { DTM, REF } from "./aggregates.ts";
import { at, coded, loop, many, must, segment, text } from "./notation/index.ts";

/** NTE: a sentence, and what it is about. */
export const NTE = segment<Remark>("NTE", { about: at(1, coded(noteAbouts)), text: must(2, text) });

/** The REF loop: a number and the dates that belong to it. */
export const datedREF = loop<DatedReference>(REF, [many("dates", DTM)]);
