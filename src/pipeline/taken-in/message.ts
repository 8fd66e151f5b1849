import { plainText } from "../../documents/index.ts";
import { linkDocuments } from "../../store/document-links.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { findSpokenOf, type SpokenOf } from "./spoken-of.ts";
import type { TakenIn } from "./taken-in.ts";

/** How much of what an account wrote a work item repeats, in characters. */
const longestExcerpt = 500;

/** A message is for people: it opens a work item, and is linked to the document whose number it names. */
export const takenInMessage: TakenIn<"message"> = {
  sameness: "same numbers and text",

  async follow(taking, document) {
    const { context, row } = taking;
    const found: SpokenOf[] = [];
    for (const { number } of document.texts) {
      found.push(...(await findSpokenOf(taking, { reference: { value: number } })));
    }
    await linkDocuments(context.session, row.id, "comments", found);
    const text = document.texts.map(plainText).join("\n");
    const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text;
    const subject = document.subject ?? document.texts.find((one) => one.subject)?.subject;
    await openWorkItem(context.session, {
      kind: "message",
      message: `The account wrote${subject ? `, about "${subject}"` : ""}: ${excerpt}`,
      accountId: row.accountId,
      documentId: row.id,
    });
    return [];
  },
};
