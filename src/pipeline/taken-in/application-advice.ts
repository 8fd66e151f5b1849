import { type AdviceOnDocument, adviceOutcome, needsAttention } from "../../documents/index.ts";
import { linkDocuments } from "../../store/document-links.ts";
import { tell } from "../../store/events.ts";
import type { DocumentRelation } from "../../store/ledger-tables.ts";
import { openWorkItem } from "../../store/work-items.ts";
import { wordsFor } from "../document-words.ts";
import { findSpokenOf, type SpokenOf } from "./spoken-of.ts";
import type { TakenIn, Taking } from "./taken-in.ts";

/** How many errors of an advice a work item tells in full. */
const errorsTold = 5;

/** An application advice: linked to the documents of ours that it speaks of; a person looks at what was not plainly accepted. */
export const takenInApplicationAdvice: TakenIn<"application-advice"> = {
  sameness: "same number, date and time",

  async follow(taking, document) {
    const links = new Map<string, { relation: DocumentRelation; foundBy: string }>();
    for (const advice of document.advices) {
      const spokenOf = await findSpokenOf(taking, {
        group: advice.group,
        set: advice.set,
        setType: advice.type,
        reference: advice.reference,
      });
      const relation = relationOf(advice.outcome.code);
      for (const { id, foundBy } of spokenOf) {
        const known = links.get(id);
        // The worst that is said of a document is what the advice is to it.
        if (!known || gravity[relation] > gravity[known.relation]) links.set(id, { relation, foundBy });
      }
      await tellOf(taking, document.number, advice, spokenOf);
    }
    for (const [id, { relation, foundBy }] of links) {
      await linkDocuments(taking.context.session, taking.row.id, relation, [{ id, foundBy }]);
    }
    return [];
  },
};

const gravity: Record<DocumentRelation, number> = { rejects: 3, comments: 2, accepts: 1, pays: 0, reports: 0, asks: 0 };

function relationOf(code: string): DocumentRelation {
  if (adviceOutcome(code)?.outcome === "rejected") return "rejects";
  return needsAttention(code) ? "comments" : "accepts";
}

async function tellOf(
  { context: { session }, row, about }: Taking,
  number: string,
  advice: AdviceOnDocument,
  spokenOf: readonly SpokenOf[],
): Promise<void> {
  const { outcome, reference } = advice;
  const said = adviceOutcome(outcome.code)?.outcome ?? `outcome ${outcome.code}`;
  const which =
    spokenOf.length > 0
      ? spokenOf.map((one) => `${wordsFor(one.type)} ${one.number}`).join(", ")
      : `${reference.word ?? reference.qualifier} ${reference.value ?? ""}`.trim();
  const message = `The account says of ${which}: ${said}${faultsOf(advice)}.`;
  await tell(session, about, "application-advice", message);
  for (const { id } of spokenOf) {
    await tell(
      session,
      { documentId: id },
      "application-advice",
      `Application advice ${number}: ${said}${faultsOf(advice)}.`,
    );
  }
  if (spokenOf.length === 0) {
    await openWorkItem(session, {
      kind: "advice-unmatched",
      message: `${message} No document of ours has that number.`,
      accountId: row.accountId,
      documentId: row.id,
    });
  }
  if (!needsAttention(outcome.code)) return;
  const kind = relationOf(outcome.code) === "rejects" ? "application-rejected" : "application-advice";
  // Each document that is refused is a trouble of its own.
  const subjects = spokenOf.length > 0 ? spokenOf.map(({ id }) => id) : [row.id];
  for (const documentId of subjects)
    await openWorkItem(session, { kind, message, accountId: row.accountId, documentId });
}

function faultsOf({ errors = [] }: AdviceOnDocument): string {
  if (errors.length === 0) return "";
  const told = errors
    .slice(0, errorsTold)
    .map(({ condition, message, badData }) =>
      [`${condition.code}${condition.word ? ` ${condition.word}` : ""}`, message, badData && `"${badData}"`]
        .filter(Boolean)
        .join(" "),
    );
  const more = errors.length > errorsTold ? ` and ${errors.length - errorsTold} more` : "";
  return ` (${told.join("; ")}${more})`;
}
