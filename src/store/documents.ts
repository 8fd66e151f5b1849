import { and, arrayContains, asc, eq, exists, gt, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import { takeNumbers } from "./counters.ts";
import { type Session, waitForTurn } from "./database.ts";
import { ledgerEntries, orders } from "./ledger-tables.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { type DocumentStatus, documents, groups, transactionSets } from "./tables.ts";

export type DocumentRow = typeof documents.$inferSelect;

export interface NewDocument {
  readonly id: string;
  readonly direction: "inbound" | "outbound";
  readonly type: string;
  readonly number: string;
  readonly accountId: string;
  readonly usage: "production" | "test";
  readonly businessKey: string;
  readonly transactionSetId?: string | null;
  readonly respondsToId?: string | null;
  readonly ruleVersion?: number | null;
  readonly division?: string | null;
  readonly location?: string | null;
  readonly body: unknown;
}

/**
 * Keeps a document that `apply-rules` has yet to decide on. Cut-offs and promises are counted from when it came, so it is dated
 * by the clock that they are read on, and not by the database's.
 */
export async function keepDocument(session: Session, document: NewDocument): Promise<void> {
  await session.insert(documents).values({ ...document, status: "translated", createdAt: new Date() });
}

/**
 * Offers a document: it gets its final body and the next place in the feed. Where its business key is taken it becomes a
 * duplicate instead, and is offered to nobody. The feed's counter stays locked until the transaction ends, so places
 * appear in their order: a reader that has seen one has seen all before it. One that is offered in parts has no place itself:
 * `keepParts` gives them theirs.
 * @returns the accepted document that has the same business key; null where it was offered
 */
export async function offerDocument(
  session: Session,
  document: DocumentRow,
  body: unknown,
  as: "whole" | "in-parts" = "whole",
): Promise<DocumentRow | null> {
  const earlier = await findByBusinessKey(session, document);
  const inFeed = earlier === null && as === "whole";
  const place = {
    status: earlier ? ("duplicate" as const) : ("accepted" as const),
    feedPosition: inFeed ? await takeNumbers(session, "document feed") : null,
  };
  await session
    .update(documents)
    .set({ ...place, body })
    .where(eq(documents.id, document.id));
  return earlier;
}

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 1_000;

/** Offers the parts of an accepted document: each is a document of its own, with the next place in the feed. */
export async function keepParts(
  session: Session,
  whole: DocumentRow,
  parts: readonly { readonly id: string; readonly body: unknown }[],
): Promise<DocumentRow[]> {
  const place = await takeNumbers(session, "document feed", parts.length);
  const { direction, type, number, accountId, usage, ruleVersion, division, location } = whole;
  const rows = parts.map(({ id, body }, index) => ({
    id,
    direction,
    type,
    number,
    accountId,
    usage,
    ruleVersion,
    division,
    location,
    status: "accepted" as const,
    businessKey: JSON.stringify([whole.id, index + 1]),
    feedPosition: place + index,
    body,
  }));
  const kept: DocumentRow[] = [];
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    kept.push(
      ...(await session
        .insert(documents)
        .values(rows.slice(first, first + rowsAtOnce))
        .returning()),
    );
  }
  return kept;
}

/** The accepted document of the same account, usage, type and business key. */
export async function findByBusinessKey(
  session: Session,
  one: Pick<NewDocument, "accountId" | "usage" | "type" | "businessKey">,
): Promise<DocumentRow | null> {
  const key = `${one.accountId} ${one.usage} ${one.type} ${one.businessKey}`;
  // Two transactions with the same key at once: the second waits here, and then sees the first's document.
  await waitForTurn(session, key);
  const [row] = await session
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.accountId, one.accountId),
        eq(documents.usage, one.usage),
        eq(documents.type, one.type),
        eq(documents.businessKey, one.businessKey),
        eq(documents.status, "accepted"),
      ),
    );
  return row ?? null;
}

export async function findDocument(session: Session, id: string): Promise<DocumentRow | null> {
  const [row] = await session.select().from(documents).where(eq(documents.id, id));
  return row ?? null;
}

/** Documents by id, in no order. */
export async function readDocuments(session: Session, ids: readonly string[]): Promise<DocumentRow[]> {
  // Each id is a parameter; PostgreSQL takes 65,535 in a statement.
  const idsAtOnce = 10_000;
  const found: DocumentRow[] = [];
  for (let first = 0; first < ids.length; first += idsAtOnce) {
    const some = ids.slice(first, first + idsAtOnce);
    found.push(...(await session.select().from(documents).where(inArray(documents.id, some))));
  }
  return found;
}

/** The document that a set was read as. */
export async function findDocumentOfSet(session: Session, transactionSetId: string): Promise<DocumentRow | null> {
  const [row] = await session.select().from(documents).where(eq(documents.transactionSetId, transactionSetId));
  return row ?? null;
}

/** What responds to a document: an order's response. */
export async function findResponses(session: Session, documentId: string): Promise<DocumentRow[]> {
  return session
    .select()
    .from(documents)
    .where(eq(documents.respondsToId, documentId))
    .orderBy(asc(documents.createdAt));
}

/** What the documents of an interchange's sets are called, in the order of the sets; their bodies stay where they are. */
export async function findDocumentsOfInterchange(
  session: Session,
  interchangeId: string,
): Promise<Pick<DocumentRow, "id" | "type" | "number">[]> {
  return session
    .select({ id: documents.id, type: documents.type, number: documents.number })
    .from(transactionSets)
    .innerJoin(documents, eq(documents.id, transactionSets.documentId))
    .innerJoin(groups, eq(groups.id, transactionSets.groupId))
    .where(eq(transactionSets.interchangeId, interchangeId))
    .orderBy(asc(groups.ordinal), asc(transactionSets.ordinal));
}

/** The interchanges that documents came in or went out in, by document; one that has not left yet is missing. */
export async function findInterchangesOfDocuments(
  session: Session,
  of: readonly Pick<DocumentRow, "id" | "number">[],
): Promise<Map<string, string>> {
  if (of.length === 0) return new Map();
  const rows = await session
    .select({ documentId: transactionSets.documentId, interchangeId: transactionSets.interchangeId })
    .from(transactionSets)
    .where(
      and(
        // The number has an index.
        inArray(transactionSets.documentNumber, [...new Set(of.map(({ number }) => number))]),
        inArray(
          transactionSets.documentId,
          of.map(({ id }) => id),
        ),
      ),
    );
  return new Map(rows.map(({ documentId, interchangeId }) => [documentId ?? "", interchangeId]));
}

/** Gives a document that has not left yet another content; its place in the feed stays. */
export async function updateDocumentBody(session: Session, id: string, body: unknown): Promise<void> {
  await session.update(documents).set({ body }).where(eq(documents.id, id));
}

/** A document of ours that is held is made anew, or given up: it never leaves. */
export async function dropDocument(session: Session, id: string): Promise<void> {
  await session
    .update(documents)
    .set({ status: "withdrawn" })
    .where(and(eq(documents.id, id), eq(documents.status, "translated")));
}

/** The version of the account's rules that decides on a document, and the part of the account that it is of. */
export async function setRuling(
  session: Session,
  id: string,
  ruling: Pick<DocumentRow, "ruleVersion" | "division" | "location">,
): Promise<void> {
  await session.update(documents).set(ruling).where(eq(documents.id, id));
}

/** The parts of an account that its orders of these numbers are of, each once. */
export async function findPlacesOfOrders(
  session: Session,
  { accountId, usage }: Pick<DocumentRow, "accountId" | "usage">,
  numbers: readonly string[],
): Promise<Pick<DocumentRow, "division" | "location">[]> {
  if (numbers.length === 0) return [];
  // An array is one parameter, however many numbers a document names.
  return session
    .selectDistinct({ division: documents.division, location: documents.location })
    .from(documents)
    .where(
      and(
        eq(documents.accountId, accountId),
        eq(documents.usage, usage),
        eq(documents.type, "order"),
        eq(documents.status, "accepted"),
        sql`${documents.number} = any(${sql.param([...numbers])}::text[])`,
      ),
    );
}

export interface DocumentFilter {
  readonly type?: string | undefined;
  readonly account?: string | undefined;
  /** Id of a division of that account's. */
  readonly division?: string | undefined;
  readonly location?: string | undefined;
  readonly number?: string | undefined;
  /** The buyer's number of an order: the order itself, and whatever speaks of it. */
  readonly order?: string | undefined;
  readonly direction?: "inbound" | "outbound" | undefined;
  /** Accepted documents where it is left out. */
  readonly status?: DocumentStatus | undefined;
  readonly usage?: "production" | "test" | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/**
 * The feed: accepted documents from the oldest on, in the order in which they were committed. Documents of another status
 * have no place in it; they come in the order in which they were kept.
 */
export async function listDocuments(
  session: Session,
  filter: DocumentFilter,
  page: PageRequest,
): Promise<Page<DocumentRow>> {
  const { status = "accepted" } = filter;
  const place = status === "accepted" ? documents.feedPosition : documents.sequence;
  const wanted: (SQL | undefined)[] = [
    eq(documents.status, status),
    sql`${place} is not null`,
    filter.type ? eq(documents.type, filter.type) : undefined,
    filter.account ? eq(documents.accountId, filter.account) : undefined,
    filter.division ? eq(documents.division, filter.division) : undefined,
    filter.location ? eq(documents.location, filter.location) : undefined,
    filter.number ? eq(documents.number, filter.number) : undefined,
    filter.order ? speaksOfOrder(session, filter.order) : undefined,
    filter.direction ? eq(documents.direction, filter.direction) : undefined,
    filter.usage ? eq(documents.usage, filter.usage) : undefined,
    filter.from ? gte(documents.createdAt, filter.from) : undefined,
    filter.to ? lte(documents.createdAt, filter.to) : undefined,
    page.after === null ? undefined : gt(place, page.after),
  ];
  const rows = await session
    .select()
    .from(documents)
    .where(and(...wanted))
    .orderBy(asc(place))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => (status === "accepted" ? row.feedPosition : row.sequence) ?? 0);
}

/** It is the order, was posted on it, or says its number. */
function speaksOfOrder(session: Session, number: string): SQL | undefined {
  return or(
    arrayContains(documents.orderNumbers, [number]),
    and(eq(documents.type, "order"), eq(documents.number, number)),
    exists(
      session
        .select({ id: ledgerEntries.id })
        .from(ledgerEntries)
        .innerJoin(orders, eq(orders.id, ledgerEntries.orderId))
        .where(and(eq(ledgerEntries.documentId, documents.id), eq(orders.number, number))),
    ),
  );
}
