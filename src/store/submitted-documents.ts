/** Documents that the supplier hands in: kept, checked, held, released, withdrawn. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { takeNumbers } from "./counters.ts";
import type { Session } from "./database.ts";
import type { DocumentRow, NewDocument } from "./documents.ts";
import { documents, type StoredFinding } from "./tables.ts";

export interface NewSubmission extends NewDocument {
  readonly direction: "outbound";
  /** null: the gateway made it. */
  readonly submittedBy: string | null;
  readonly orderNumbers: readonly string[];
  readonly claim: string;
}

/** Twelve values a row; PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 2_000;

/**
 * Keeps documents whose check comes next. One whose claim another document has is not kept: two at once wait for each other
 * here, and the second loses.
 * @returns the ids of those that were kept
 */
export async function keepSubmissions(session: Session, added: readonly NewSubmission[]): Promise<Set<string>> {
  const kept = new Set<string>();
  // In one order for everyone, so that two batches with the same claims can't wait for each other in a circle.
  const inOrder = [...added].sort((one, other) => (one.claim < other.claim ? -1 : one.claim > other.claim ? 1 : 0));
  for (let first = 0; first < inOrder.length; first += rowsAtOnce) {
    const rows = await session
      .insert(documents)
      .values(
        inOrder.slice(first, first + rowsAtOnce).map((one) => ({
          ...one,
          orderNumbers: [...one.orderNumbers],
          status: "submitted" as const,
          checks: 1,
        })),
      )
      .onConflictDoNothing({ target: documents.claim })
      .returning({ id: documents.id });
    for (const { id } of rows) kept.add(id);
  }
  return kept;
}

/** The documents that have some claims. */
export async function findByClaims(
  session: Session,
  claims: readonly string[],
): Promise<Pick<DocumentRow, "id" | "claim" | "status">[]> {
  if (claims.length === 0) return [];
  return session
    .select({ id: documents.id, claim: documents.claim, status: documents.status })
    .from(documents)
    .where(inArray(documents.claim, [...new Set(claims)]));
}

/** A document, locked until the transaction ends: what becomes of it is decided by one at a time. */
export async function lockDocument(session: Session, id: string): Promise<DocumentRow | null> {
  const [row] = await session.select().from(documents).where(eq(documents.id, id)).for("update");
  return row ?? null;
}

/**
 * From now on it counts: it gets the next place in the feed, whose counter stays locked until the transaction ends, so that
 * places appear in their order.
 */
export async function acceptSubmission(
  session: Session,
  id: string,
  found: { readonly findings: readonly StoredFinding[]; readonly respondsToId: string | null },
): Promise<void> {
  await session
    .update(documents)
    .set({ status: "accepted", ...found, feedPosition: await takeNumbers(session, "document feed") })
    .where(eq(documents.id, id));
}

/** It stays in the house until a person decides. */
export async function holdSubmission(session: Session, id: string, findings: readonly StoredFinding[]): Promise<void> {
  await session.update(documents).set({ status: "held", findings }).where(eq(documents.id, id));
}

/** It is to be checked once more. @returns which check that will be, from 1 */
export async function checkSubmissionAgain(session: Session, id: string): Promise<number> {
  const [row] = await session
    .update(documents)
    .set({ status: "submitted", checks: sql`${documents.checks} + 1` })
    .where(eq(documents.id, id))
    .returning({ checks: documents.checks });
  return row?.checks ?? 1;
}

/** It never leaves, and its number is free again. */
export async function withdrawSubmission(session: Session, id: string): Promise<void> {
  await session
    .update(documents)
    .set({ status: "withdrawn", claim: null })
    .where(and(eq(documents.id, id), inArray(documents.status, ["submitted", "held"])));
}
