import type { Document, DocumentType } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import { type DocumentRow, findDocument, keepParts, offerDocument } from "../store/documents.ts";
import { tell, tellAll } from "../store/events.ts";
import { closeOneSet, findTransactionSet } from "../store/interchanges.ts";
import { lockBooks } from "../store/ledger.ts";
import { openWorkItem } from "../store/work-items.ts";
import { announce } from "./announce.ts";
import { businessDate } from "./business-date.ts";
import { wordsAtStart, wordsFor } from "./document-words.ts";
import { postToLedger } from "./post.ts";
import { noteRuling, ruledFor } from "./ruled-by.ts";
import type { NextJob, Step } from "./step.ts";
import { type Offer, type TakenIn, type Taking, takenIn } from "./taken-in/index.ts";

/** What this account wants done with its document, and why; it is offered to the supplier's systems, and posted. */
export const applyRules: Step<"apply-rules"> = {
  name: "apply-rules",
  runsOn: true,

  async run(context, { document: documentId }) {
    const { session } = context;
    const found = await findDocument(session, documentId);
    if (!found) throw new NeedsHuman("document.missing", `There is no document ${documentId}.`);
    const { accountId, createdAt: cameAt } = found;
    const inForce = await (await context.directory.load(session)).ruling(session, accountId, cameAt);
    if (!inForce) throw new NeedsHuman("account.missing", `There is no account ${accountId}.`);
    const ruling = await ruledFor(session, inForce, found);
    const { profile, version, place } = ruling;
    await noteRuling(session, found, ruling);
    const row = { ...found, ruleVersion: version, division: place.division, location: place.location };
    const set = row.transactionSetId ? await findTransactionSet(session, row.transactionSetId) : null;
    const about = { interchangeId: set?.interchangeId ?? null, documentId };
    const today = businessDate(cameAt, profile.timeZone);
    const taking: Taking = { context, row, profile, about, today, cameAt };
    const family = (takenIn[row.type as DocumentType] ?? {}) as TakenIn<DocumentType>;

    await lockBooks(session, row.accountId, row.usage);
    const document = (await family.decide?.(taking, row.body as Document)) ?? (row.body as Document);
    const offer = family.offer?.(taking, document) ?? { document };
    const earlier = await offerDocument(session, row, offer.document, offer.parts ? "in-parts" : "whole");
    const next = earlier
      ? await setAside(taking, earlier, family.sameness)
      : await offered(taking, document, offer, family);
    if (set && (await closeOneSet(session, set.interchangeId))) {
      await tell(session, { interchangeId: set.interchangeId }, "processed", "Everything in it is done.");
    }
    const lane = document.documentType === "order" ? document.priority?.level : undefined;
    return lane === undefined ? next : next.map((job) => ({ ...job, lane }));
  },
};

/** The same document came before: it is kept, and neither offered, nor posted, nor answered a second time. */
async function setAside(
  { context, row, about }: Taking,
  earlier: DocumentRow,
  sameness = "same number and date",
): Promise<NextJob[]> {
  const kind = `duplicate-${row.type}`;
  const message = `${wordsAtStart(row.type)} ${row.number} came before, as document ${earlier.id}: ${sameness}. It is kept but not offered again.`;
  await tell(context.session, about, kind, message);
  await openWorkItem(context.session, { kind, message, accountId: row.accountId, ...about });
  context.log.warn(
    { interchange: about.interchangeId, document: row.id, earlier: earlier.id },
    `duplicate ${wordsFor(row.type)}`,
  );
  return [];
}

/** The parts of a document, each in the feed and announced, in the place of the document itself. */
async function offerParts(
  { context, row }: Taking,
  parts: NonNullable<Offer<DocumentType>["parts"]>,
): Promise<NextJob[]> {
  const { session } = context;
  const rows = await keepParts(
    session,
    row,
    parts.map(({ id, document }) => ({ id, body: document })),
  );
  const message = `A part of the ${wordsFor(row.type)} ${row.number}, which is kept as it was sent as document ${row.id}; offered to the supplier's systems.`;
  for (let first = 0; first < rows.length; first += partsToldAtOnce) {
    const some = rows.slice(first, first + partsToldAtOnce);
    await tellAll(
      session,
      some.map(({ id }) => id),
      "offered",
      message,
    );
  }
  const next: NextJob[] = [];
  for (const part of rows) next.push(...(await announce(context, part)));
  return next;
}

/** Each is a row of four parameters; PostgreSQL takes 65,535 in a statement. */
const partsToldAtOnce = 5_000;

async function offered(
  taking: Taking,
  document: Document,
  { parts, remark }: Offer<DocumentType>,
  family: TakenIn<DocumentType>,
): Promise<NextJob[]> {
  const { context, row, about } = taking;
  const posted = await postToLedger(context, row, document);
  const what = `${wordsAtStart(row.type)} ${row.number}`;
  await tell(context.session, about, "offered", `${what} is offered to the supplier's systems.`);
  if (remark !== undefined) await tell(context.session, about, "offered-by-store", remark);
  const announced = parts ? await offerParts(taking, parts) : await announce(context, row);
  const followed = (await family.follow?.({ ...taking, posted }, document)) ?? [];
  context.log.info(
    { interchange: about.interchangeId, document: row.id, type: row.type, number: row.number },
    `${wordsFor(row.type)} offered`,
  );
  return [...announced, ...(posted.next ?? []), ...followed];
}
