import { lineControls } from "../documents/code-words/remarks.ts";
import * as words from "../documents/code-words.ts";
import type { Message, MessageLine, MessageText } from "../documents/message.ts";
import { DTM, N1 } from "./aggregates.ts";
import { at, coded, count, fields, loop, many, manyOrNone, must, segment, setMapping, text } from "./notation/index.ts";

/** MSG, in the 864 of every version. */
const MSG = segment<MessageLine>("MSG", {
  text: must(1, text),
  control: at(2, coded(lineControls)),
  advance: at(3, count),
});

/** The MIT loop: one text. */
const MIT = loop<MessageText>(
  fields("MIT", {
    number: must(1, text),
    subject: at(2, text),
    pageWidth: at(3, count),
    pageLength: at(4, count),
  }),
  [many("parties", N1), manyOrNone("lines", MSG)],
);

/** The 864 text message. */
export const message864 = setMapping<Message>(
  "864",
  "message",
  fields("BMG", { purpose: must(1, coded(words.purposes)), subject: at(2, text), transactionType: at(3, coded({})) }),
  [many("dates", DTM), many("parties", N1), manyOrNone("texts", MIT)],
);
