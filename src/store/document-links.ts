import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import type { DocumentRow, NewDocument } from "./documents.ts";
import { type DocumentRelation, documentLinks } from "./ledger-tables.ts";
import { documents, groups, interchanges, transactionSets } from "./tables.ts";

/** That a document speaks of another, with what both are. */
export interface LinkedDocument {
  readonly relation: DocumentRelation;
  readonly foundBy: string;
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly direction: "inbound" | "outbound";
}

/** Writes down that a document speaks of others; a second time changes nothing. */
export async function linkDocuments(
  session: Session,
  documentId: string,
  relation: DocumentRelation,
  others: readonly { readonly id: string; readonly foundBy: string }[],
): Promise<void> {
  if (others.length === 0) return;
  await session
    .insert(documentLinks)
    .values(others.map(({ id, foundBy }) => ({ documentId, speaksOfId: id, relation, foundBy })))
    .onConflictDoNothing();
}

const facts = {
  relation: documentLinks.relation,
  foundBy: documentLinks.foundBy,
  id: documents.id,
  type: documents.type,
  number: documents.number,
  direction: documents.direction,
};

/** What documents speak of. */
export async function findSpokenOf(
  session: Session,
  documentIds: readonly string[],
): Promise<(LinkedDocument & { readonly from: string })[]> {
  if (documentIds.length === 0) return [];
  return session
    .select({ ...facts, from: documentLinks.documentId })
    .from(documentLinks)
    .innerJoin(documents, eq(documents.id, documentLinks.speaksOfId))
    .where(inArray(documentLinks.documentId, [...documentIds]))
    .orderBy(asc(documents.createdAt));
}

/** What speaks of documents. */
export async function findSpeakingOf(
  session: Session,
  documentIds: readonly string[],
): Promise<(LinkedDocument & { readonly about: string })[]> {
  if (documentIds.length === 0) return [];
  return session
    .select({ ...facts, about: documentLinks.speaksOfId })
    .from(documentLinks)
    .innerJoin(documents, eq(documents.id, documentLinks.documentId))
    .where(inArray(documentLinks.speaksOfId, [...documentIds]))
    .orderBy(asc(documents.createdAt));
}

/**
 * The documents that went out to an account in a group, by its number (GS06) whatever zeros it has in front, and where it is
 * given in the set of that number (ST02). Numbers can come round again: the latest group counts.
 */
export async function findSentByControl(
  session: Session,
  of: Pick<NewDocument, "accountId" | "usage">,
  control: { readonly group: string; readonly set?: string | undefined; readonly type?: string | undefined },
): Promise<{ id: string; type: string; number: string }[]> {
  const rows = await session
    .select({
      groupId: groups.id,
      setControl: transactionSets.control,
      id: documents.id,
      type: documents.type,
      number: documents.number,
    })
    .from(groups)
    .innerJoin(interchanges, eq(interchanges.id, groups.interchangeId))
    .innerJoin(transactionSets, eq(transactionSets.groupId, groups.id))
    .innerJoin(documents, eq(documents.id, transactionSets.documentId))
    .where(
      and(
        // Ours are written without zeros in front.
        inArray(groups.control, [control.group, withoutZeros(control.group)]),
        eq(interchanges.direction, "outbound"),
        eq(interchanges.accountId, of.accountId),
        eq(interchanges.usage, of.usage),
        control.type === undefined ? undefined : eq(transactionSets.type, control.type),
      ),
    )
    .orderBy(desc(interchanges.sequence), asc(transactionSets.ordinal));
  const latest = rows.filter(({ groupId }) => groupId === rows[0]?.groupId);
  const { set } = control;
  return latest.filter(({ setControl }) => set === undefined || withoutZeros(setControl) === withoutZeros(set));
}

/** Accepted documents of an account by number and type, the latest first. */
export async function findAcceptedByNumber(
  session: Session,
  of: Pick<NewDocument, "accountId" | "usage">,
  types: readonly string[],
  number: string,
): Promise<DocumentRow[]> {
  if (types.length === 0) return [];
  return session
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.accountId, of.accountId),
        eq(documents.number, number),
        eq(documents.usage, of.usage),
        inArray(documents.type, [...types]),
        eq(documents.status, "accepted"),
      ),
    )
    .orderBy(desc(documents.createdAt), desc(sql`${documents.feedPosition}`));
}

const withoutZeros = (number: string): string => number.replace(/^0+(?=.)/, "");
