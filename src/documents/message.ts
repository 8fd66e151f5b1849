import { z } from "zod";
import { origin, party, qualifiedDate } from "./aggregate-components.ts";
import { coded, text, usage } from "./basic-components.ts";
import { x12Record } from "./x12-record.ts";

/** One line as it was typed, and how it follows on the line before (MSG). */
export const messageLine = z
  .strictObject({
    text,
    control: coded.optional().describe("X12 element 934: SS on a new line, LC goes on in the same line."),
    advance: z.int().nonnegative().optional().describe("How many lines further down, where the control is AA; MSG03."),
  })
  .meta({ id: "messageLine" });
export type MessageLine = z.infer<typeof messageLine>;

/** One text, with what it is about and for whom (the MIT loop). */
export const messageText = z
  .strictObject({
    number: text.describe("Number of the message, or of what it is about, MIT01."),
    subject: text.optional(),
    pageWidth: z.int().nonnegative().optional().describe("Characters to a line, MIT03."),
    pageLength: z.int().nonnegative().optional().describe("Lines to a page, MIT04."),
    parties: z.array(party).max(200, "a text carries at most 200 parties").optional(),
    lines: z.array(messageLine).min(1),
  })
  .meta({ id: "messageText" });
export type MessageText = z.infer<typeof messageText>;

/** What an account writes to people: a notice, an answer, a complaint (864). `plainText` puts its lines together. */
export const message = z
  .strictObject({
    documentType: z.literal("message"),
    account: text.describe("Id of the account that sends it."),
    usage,
    origin: origin.optional(),
    purpose: coded.describe("BMG01: 00 original."),
    subject: text.optional().describe("BMG02."),
    transactionType: coded.optional().describe("BMG03: 03 report, 04 electronic mail."),
    dates: z.array(qualifiedDate).max(10, "an 864 carries at most 10 dates").optional(),
    parties: z.array(party).max(200, "an 864 carries at most 200 parties").optional(),
    texts: z.array(messageText).min(1),
    x12: x12Record.optional().describe("The 864 as it came, where it came as X12."),
  })
  .meta({ id: "message", title: "Message", description: "What an account writes to people." });
export type Message = z.infer<typeof message>;

/** How many line ends stand before a line (X12 element 934). A line without a control begins a new line. */
const lineEnds = new Map([
  ["LC", 0],
  ["NS", 0],
  ["SS", 1],
  ["DS", 2],
  ["AT", 3],
]);

/** The most lines that one line may be moved down, so that a hostile number can't fill the memory. */
const longestAdvance = 99;

/** A text as people read it. Page breaks (NP) are an empty line, no advance (NS) goes on in the same line. */
export function plainText({ lines }: MessageText): string {
  return lines
    .map(({ text, control, advance = 1 }, index) => {
      if (index === 0) return text;
      const ends =
        control?.code === "AA"
          ? Math.min(advance, longestAdvance)
          : control?.code === "NP"
            ? 2
            : (lineEnds.get(control?.code ?? "SS") ?? 1);
      return "\n".repeat(ends) + text;
    })
    .join("");
}
