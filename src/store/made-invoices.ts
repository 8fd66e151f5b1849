/** The invoices that the gateway made itself, and why. */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Session } from "./database.ts";
import type { DocumentRow } from "./documents.ts";
import { madeInvoices } from "./invoicing-tables.ts";
import { documents } from "./tables.ts";

export type MadeInvoiceRow = typeof madeInvoices.$inferSelect;

/** Rows in one statement: PostgreSQL takes 65,535 parameters in one. */
const rowsAtOnce = 5_000;

/** Keeps why invoices were made as they were. */
export async function keepMadeInvoices(
  session: Session,
  rows: readonly (typeof madeInvoices.$inferInsert)[],
): Promise<void> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await session.insert(madeInvoices).values(rows.slice(first, first + rowsAtOnce));
  }
}

/** Why an invoice was made; null where the gateway did not make it. */
export async function findMadeInvoice(session: Session, documentId: string): Promise<MadeInvoiceRow | null> {
  const [row] = await session.select().from(madeInvoices).where(eq(madeInvoices.documentId, documentId));
  return row ?? null;
}

/** The invoices beside one that have not been checked yet. */
export async function findBeside(session: Session, documentId: string): Promise<DocumentRow[]> {
  const rows = await session
    .select({ document: documents })
    .from(madeInvoices)
    .innerJoin(documents, eq(documents.id, madeInvoices.documentId))
    .where(and(eq(madeInvoices.besideId, documentId), inArray(documents.status, ["submitted", "held"])))
    .orderBy(asc(documents.sequence));
  return rows.map(({ document }) => document);
}

/** The numbers of invoices, by the ids of their documents. */
export async function findMadeNumbers(session: Session, documentIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(documentIds)];
  const numbers = new Map<string, string>();
  for (let first = 0; first < ids.length; first += rowsAtOnce) {
    const rows = await session
      .select({ id: documents.id, number: documents.number })
      .from(documents)
      .where(inArray(documents.id, ids.slice(first, first + rowsAtOnce)));
    for (const { id, number } of rows) numbers.set(id, number);
  }
  return numbers;
}
