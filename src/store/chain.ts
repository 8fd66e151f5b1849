import { asc, inArray } from "drizzle-orm";
import type { Session } from "./database.ts";
import { documentLinks } from "./ledger-tables.ts";
import { type DocumentStatus, documents } from "./tables.ts";

/** A document of a chain, without its content. */
export interface ChainDocument {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly direction: "inbound" | "outbound";
  readonly status: DocumentStatus;
  readonly createdAt: Date;
  /** moves: it is one of those asked for. answers: it responds to one. speaks: it is linked with one. */
  readonly relation: "moves" | "answers" | "speaks";
}

const facts = {
  id: documents.id,
  type: documents.type,
  number: documents.number,
  direction: documents.direction,
  status: documents.status,
  createdAt: documents.createdAt,
};

/**
 * The chain of documents: those given, what answers them, and what speaks of them, in the order of time. What is not accepted
 * (yet) is in it only where it is given itself: it has moved nothing.
 */
export async function findChain(session: Session, documentIds: readonly string[]): Promise<ChainDocument[]> {
  if (documentIds.length === 0) return [];
  const ids = [...documentIds];
  const given = await session.select(facts).from(documents).where(inArray(documents.id, ids));
  const answers = await session.select(facts).from(documents).where(inArray(documents.respondsToId, ids));
  const known = [...ids, ...answers.map(({ id }) => id)];
  const speaking = await session
    .select(facts)
    .from(documents)
    .where(
      inArray(
        documents.id,
        session
          .select({ id: documentLinks.documentId })
          .from(documentLinks)
          .where(inArray(documentLinks.speaksOfId, known)),
      ),
    )
    .orderBy(asc(documents.createdAt));
  const found = new Map<string, ChainDocument>();
  for (const row of given) found.set(row.id, { ...row, relation: "moves" });
  for (const row of answers) {
    if (row.status === "accepted" && !found.has(row.id)) found.set(row.id, { ...row, relation: "answers" });
  }
  for (const row of speaking) {
    if (row.status === "accepted" && !found.has(row.id)) found.set(row.id, { ...row, relation: "speaks" });
  }
  return [...found.values()].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
}
