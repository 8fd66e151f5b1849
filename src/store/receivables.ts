import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, getTableColumns, inArray, lt, not, or, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { invoiceEntries, invoices, paymentDifferences, type ReceivableKind } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { documents } from "./tables.ts";

export type InvoiceRow = typeof invoices.$inferSelect;
export type NewInvoiceEntry = typeof invoiceEntries.$inferInsert;
export type NewPaymentDifference = typeof paymentDifferences.$inferInsert;
/** An entry with the document that made it. */
export type InvoiceEntryRow = typeof invoiceEntries.$inferSelect & {
  readonly documentType: string;
  readonly documentNumber: string;
};
/** An invoice with what it billed and what is open of it, in its currency; below zero where we owe the account. */
export type InvoiceWithOpen = InvoiceRow & { readonly amount: string; readonly openAmount: string };

/** Rows in one statement: PostgreSQL takes 65,535 parameters in one. */
const rowsAtOnce = 4_000;

// Written out: in a list of columns Drizzle would leave the names of the tables away, and both have an id.
const openAmount = sql<string>`coalesce((select sum(entry.amount) from portico.invoice_entry entry
  where entry.invoice_id = portico.invoice.id), 0)::text`;
const billedAmount = sql<string>`coalesce((select sum(entry.amount) from portico.invoice_entry entry
  where entry.invoice_id = portico.invoice.id and entry.kind = 'billed'), 0)::text`;
const withAmounts = { ...getTableColumns(invoices), amount: billedAmount, openAmount };

/**
 * Enters an invoice or memo as a claim.
 * @returns its id; null where its number was used before, by whichever account
 */
export async function enterInvoice(
  session: Session,
  invoice: {
    readonly accountId: string;
    readonly usage: "production" | "test";
    readonly number: string;
    readonly kind: ReceivableKind;
    readonly documentId: string;
    readonly correctsId: string | null;
    readonly issuedOn: string;
    readonly dueOn: string | null;
    readonly currency: string | null;
  },
): Promise<string | null> {
  const [row] = await session
    .insert(invoices)
    .values({ id: randomUUID(), ...invoice })
    .onConflictDoNothing()
    .returning({ id: invoices.id });
  return row?.id ?? null;
}

/** What an invoice billed, and what credit memos took back of it by now; both above zero, in its currency. */
export async function readBilledAndCredited(
  session: Session,
  invoiceId: string,
): Promise<{ billed: string; credited: string }> {
  const ofInvoice = eq(invoices.id, invoiceId);
  // Memos that the gateway makes for steps reached are summed up by what they say of each invoice.
  const isOfSteps = sql`exists (select 1 from portico.price_credit credit where credit.document_id = ${invoices.documentId})`;
  const ofMemos = and(eq(invoices.correctsId, invoiceId), eq(invoices.kind, "credit-memo"), not(isOfSteps));
  const [row] = await session
    .select({
      billed: sql<string>`coalesce(sum(${invoiceEntries.amount}) filter (where ${ofInvoice}), 0)::text`,
      credited: sql<string>`(coalesce(-sum(${invoiceEntries.amount}) filter (where ${ofMemos}), 0) + coalesce((
        select sum(line.amount) from portico.price_credit_line line
        join portico.price_credit credit on credit.id = line.credit_id
        join portico.document memo on memo.id = credit.document_id and memo.status <> 'withdrawn'
        where line.invoice_id = ${invoiceId}::uuid), 0))::text`,
    })
    .from(invoiceEntries)
    .innerJoin(invoices, eq(invoices.id, invoiceEntries.invoiceId))
    .where(and(eq(invoiceEntries.kind, "billed"), or(ofInvoice, ofMemos)));
  return row ?? { billed: "0", credited: "0" };
}

/** Who used an invoice number, whichever account it was for; null: nobody. */
export async function findInvoiceByNumber(
  session: Session,
  usage: "production" | "test",
  number: string,
): Promise<InvoiceWithOpen | null> {
  const [row] = await session
    .select(withAmounts)
    .from(invoices)
    .where(and(eq(invoices.usage, usage), eq(invoices.number, number)));
  return row ?? null;
}

/** An account's invoices by their numbers, whatever zeros those have in front. */
export async function findInvoicesByNumbers(
  session: Session,
  accountId: string,
  usage: "production" | "test",
  numbers: readonly string[],
): Promise<InvoiceRow[]> {
  const bare = [...new Set(numbers.map((number) => number.replace(/^0+/, "")))];
  const found: InvoiceRow[] = [];
  for (let first = 0; first < bare.length; first += rowsAtOnce) {
    found.push(
      ...(await session
        .select()
        .from(invoices)
        .where(
          and(
            eq(invoices.accountId, accountId),
            eq(invoices.usage, usage),
            inArray(sql`ltrim(${invoices.number}, '0')`, bare.slice(first, first + rowsAtOnce)),
          ),
        )
        .orderBy(asc(invoices.sequence))),
    );
  }
  return found;
}

/** Everything that was posted on invoices, first thing first. */
export async function readEntriesOfInvoices(
  session: Session,
  invoiceIds: readonly string[],
): Promise<(typeof invoiceEntries.$inferSelect)[]> {
  const found: (typeof invoiceEntries.$inferSelect)[] = [];
  for (let first = 0; first < invoiceIds.length; first += rowsAtOnce) {
    found.push(
      ...(await session
        .select()
        .from(invoiceEntries)
        .where(inArray(invoiceEntries.invoiceId, invoiceIds.slice(first, first + rowsAtOnce)))
        .orderBy(asc(invoiceEntries.id))),
    );
  }
  return found;
}

/** Writes down where a payment is not what was claimed. */
export async function writeDifferences(session: Session, rows: readonly NewPaymentDifference[]): Promise<void> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    await session.insert(paymentDifferences).values(rows.slice(first, first + rowsAtOnce));
  }
}

/** Where payments of an invoice were not what was claimed, with the payments' numbers. */
export async function readDifferences(
  session: Session,
  invoiceId: string,
): Promise<(typeof paymentDifferences.$inferSelect & { documentNumber: string })[]> {
  const rows = await session
    .select({ difference: paymentDifferences, documentNumber: documents.number })
    .from(paymentDifferences)
    .innerJoin(documents, eq(documents.id, paymentDifferences.documentId))
    .where(eq(paymentDifferences.invoiceId, invoiceId))
    .orderBy(asc(paymentDifferences.at), asc(paymentDifferences.ordinal));
  return rows.map(({ difference, documentNumber }) => ({ ...difference, documentNumber }));
}

/** Invoices by id, with what is open of them. */
export async function readInvoices(session: Session, ids: readonly string[]): Promise<InvoiceWithOpen[]> {
  if (ids.length === 0) return [];
  return session
    .select(withAmounts)
    .from(invoices)
    .where(inArray(invoices.id, [...ids]))
    .orderBy(asc(invoices.sequence));
}

/** The memos that correct an invoice, and those that give a part of it back because a step of prices was reached. */
export async function findMemosOf(session: Session, invoiceId: string): Promise<InvoiceWithOpen[]> {
  return session
    .select(withAmounts)
    .from(invoices)
    .where(
      or(
        eq(invoices.correctsId, invoiceId),
        inArray(
          invoices.documentId,
          sql`(select credit.document_id from portico.price_credit credit
            join portico.price_credit_line line on line.credit_id = credit.id where line.invoice_id = ${invoiceId}::uuid)`,
        ),
      ),
    )
    .orderBy(asc(invoices.sequence));
}

/** The invoices that documents made. */
export async function findInvoicesOfDocuments(
  session: Session,
  documentIds: readonly string[],
): Promise<InvoiceWithOpen[]> {
  if (documentIds.length === 0) return [];
  return session
    .select(withAmounts)
    .from(invoices)
    .where(inArray(invoices.documentId, [...documentIds]))
    .orderBy(asc(invoices.sequence));
}

/** Writes what a document did to what is open of invoices. A document's entries can be written once only. */
export async function writeInvoiceEntries(session: Session, entries: readonly NewInvoiceEntry[]): Promise<void> {
  for (let first = 0; first < entries.length; first += rowsAtOnce) {
    await session.insert(invoiceEntries).values(entries.slice(first, first + rowsAtOnce));
  }
}

/** What happened to an invoice, first thing first. */
export async function readInvoiceEntries(session: Session, invoiceId: string): Promise<InvoiceEntryRow[]> {
  const rows = await session
    .select({ entry: invoiceEntries, documentType: documents.type, documentNumber: documents.number })
    .from(invoiceEntries)
    .innerJoin(documents, eq(documents.id, invoiceEntries.documentId))
    .where(eq(invoiceEntries.invoiceId, invoiceId))
    .orderBy(asc(invoiceEntries.id));
  return rows.map(({ entry, ...document }) => ({ ...entry, ...document }));
}

/** The documents that paid or corrected invoices. */
export async function findDocumentsOnInvoices(session: Session, invoiceIds: readonly string[]): Promise<string[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await session
    .selectDistinct({ documentId: invoiceEntries.documentId })
    .from(invoiceEntries)
    .where(inArray(invoiceEntries.invoiceId, [...invoiceIds]));
  return rows.map(({ documentId }) => documentId);
}

export interface InvoiceFilter {
  readonly account?: string | undefined;
  readonly number?: string | undefined;
  readonly usage?: "production" | "test" | undefined;
  /** Only those of which something is open, or only those of which nothing is. */
  readonly open?: boolean | undefined;
}

/** Invoices and memos, newest first. */
export async function listInvoices(
  session: Session,
  filter: InvoiceFilter,
  page: PageRequest,
): Promise<Page<InvoiceWithOpen>> {
  const isOpen = sql`(select sum(${invoiceEntries.amount}) from ${invoiceEntries} where ${invoiceEntries.invoiceId} = ${invoices.id}) <> 0`;
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(invoices.accountId, filter.account) : undefined,
    filter.number ? eq(invoices.number, filter.number) : undefined,
    filter.usage ? eq(invoices.usage, filter.usage) : undefined,
    filter.open === undefined ? undefined : filter.open ? isOpen : sql`not ${isOpen}`,
    page.after === null ? undefined : lt(invoices.sequence, page.after),
  ];
  const rows = await session
    .select(withAmounts)
    .from(invoices)
    .where(and(...wanted))
    .orderBy(desc(invoices.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}
