import type { AdviceOnDocument, ApplicationAdvice, ApplicationError } from "../documents/application-advice.ts";
import * as advice from "../documents/code-words/application-advice.ts";
import * as words from "../documents/code-words.ts";
import { AMT, DTM, N1, PER, REF } from "./aggregates.ts";
import { QTY } from "./item-aggregates.ts";
import { namedPartyName } from "./named-party.ts";
import {
  at,
  coded,
  count,
  date,
  fields,
  group,
  loop,
  many,
  manyOrNone,
  must,
  requiredGroup,
  segment,
  setMapping,
  text,
  time,
  word,
} from "./notation/index.ts";
import { NTE } from "./remarks-and-references.ts";

type RelatedData = NonNullable<ApplicationError["related"]>[number];
type IndustryCodes = NonNullable<AdviceOnDocument["codes"]>[number];

const RED = segment<RelatedData>("RED", {
  description: must(1, text),
  kind: at(2, coded(advice.relatedKinds)),
  agency: at(3, text),
  subqualifier: at(4, text),
  list: at(5, text),
  code: at(6, text),
});

/** The TED loop. From 005010 on TED05 and TED06 are composites: only then there is room for a component and a repetition. */
const TED = loop<ApplicationError>(
  fields("TED", {
    condition: must(1, coded(advice.errorConditions)),
    message: at(2, text),
    segment: at(3, text),
    segmentPosition: at(4, count),
    element: group({ position: must(5, count, 1), component: at(5, count, 2), repetition: at(5, count, 3) }),
    dataElement: at(6, count, 1),
    badData: at(7, text),
    newData: at(8, text),
  }),
  [many("notes", NTE), many("related", RED)],
);

/** The LM loop: codes from lists of an agency. */
const LM = loop<IndustryCodes>(fields("LM", { agency: must(1, text), subqualifier: at(2, text) }), [
  manyOrNone("codes", loop(fields("LQ", { list: at(1, text), code: at(2, text) }), [many("related", RED)])),
]);

/** The OTI loop: which document of ours, what became of it, and what is wrong with it. */
const OTI = loop<AdviceOnDocument>(
  fields("OTI", {
    outcome: must(1, coded(advice.applicationAcknowledgments)),
    reference: requiredGroup({
      qualifier: must(2, text),
      word: word(2, words.referenceQualifiers),
      value: must(3, text),
    }),
    sender: at(4, text),
    receiver: at(5, text),
    date: at(6, date),
    time: at(7, time),
    group: at(8, text),
    set: at(9, text),
    type: at(10, text),
    version: at(11, text),
    purpose: at(12, coded(words.purposes)),
    transactionType: at(13, coded({})),
    applicationType: at(14, coded({})),
    action: at(15, coded({})),
    handling: at(16, coded({})),
    statusReason: at(17, coded({})),
  }),
  [
    many("references", REF),
    many("dates", DTM),
    many("contacts", PER),
    many("amounts", AMT),
    many("quantities", QTY),
    many("parties", namedPartyName),
    many("errors", TED),
    many("codes", LM),
  ],
);

/** The 824 application advice. In 005010 a TED may have a context (CTX) too, which stays unmapped. */
export const applicationAdvice824 = setMapping<ApplicationAdvice>(
  "824",
  "application-advice",
  fields("BGN", {
    purpose: must(1, coded(words.purposes)),
    number: must(2, text),
    date: must(3, date),
    time: at(4, time),
    zone: at(5, text),
    originalNumber: at(6, text),
    transactionType: at(7, coded({})),
    action: at(8, coded({})),
  }),
  [many("parties", N1), manyOrNone("advices", OTI)],
);
