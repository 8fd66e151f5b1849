import { and, asc, desc, eq, exists, getTableColumns, gte, inArray, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { type Session, waitForTurn } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { groups, type InboundStatus, interchanges, type OutboundStatus, transactionSets } from "./tables.ts";

const { draft, ...columns } = getTableColumns(interchanges);

/** An interchange without its draft, which only `envelope` reads. */
export type Interchange = Omit<typeof interchanges.$inferSelect, "draft">;
export type Group = typeof groups.$inferSelect;
export type TransactionSetRow = typeof transactionSets.$inferSelect;
export type NewInterchange = typeof interchanges.$inferInsert;
export type NewGroup = typeof groups.$inferInsert;
export type NewTransactionSet = typeof transactionSets.$inferInsert;

/** Rows in one INSERT: PostgreSQL takes 65,535 parameters in a statement. */
const rowsAtOnce = 1_000;

export async function insertInterchange(session: Session, row: NewInterchange): Promise<void> {
  await session.insert(interchanges).values(row);
}

export async function updateInterchange(session: Session, id: string, changes: Partial<NewInterchange>): Promise<void> {
  await session.update(interchanges).set(changes).where(eq(interchanges.id, id));
}

export async function findInterchange(session: Session, id: string): Promise<Interchange | null> {
  const [row] = await session.select(columns).from(interchanges).where(eq(interchanges.id, id));
  return row ?? null;
}

/** One interchange, locked until the transaction ends. */
export async function lockInterchange(session: Session, id: string): Promise<Interchange | null> {
  const [row] = await session.select(columns).from(interchanges).where(eq(interchanges.id, id)).for("update");
  return row ?? null;
}

/** What `envelope` puts into an outgoing interchange; null once it has. */
/** The outgoing interchange in which a document is held; null: it is held in none. */
export async function findHeldWithDocument(session: Session, documentId: string): Promise<string | null> {
  const [row] = await session
    .select({ id: interchanges.id })
    .from(interchanges)
    .where(
      and(
        eq(interchanges.status, "held"),
        sql`${interchanges.draft}->'groups'->0->'sets'->0->>'documentId' = ${documentId}`,
      ),
    );
  return row?.id ?? null;
}

export async function readDraft(session: Session, id: string): Promise<unknown> {
  const [row] = await session.select({ draft }).from(interchanges).where(eq(interchanges.id, id));
  return row?.draft ?? null;
}

/** The interchanges of one file, in its order. */
export async function findInterchangesOfFile(session: Session, fileId: string): Promise<Interchange[]> {
  return session
    .select(columns)
    .from(interchanges)
    .where(eq(interchanges.fileId, fileId))
    .orderBy(asc(interchanges.ordinal));
}

/**
 * An earlier interchange of the same account with the same ids and ISA13 (which each sender counts for itself), taken in
 * since `since`. Those that were refused or set aside don't count: their numbers may come again.
 */
export async function findSameControl(
  session: Session,
  one: {
    id: string;
    accountId: string;
    usage: "production" | "test";
    senderQualifier: string;
    senderId: string;
    receiverQualifier: string;
    receiverId: string;
    control: string;
    since: Date;
  },
): Promise<Interchange | null> {
  const [row] = await session
    .select(columns)
    .from(interchanges)
    .where(
      and(
        eq(interchanges.direction, "inbound"),
        eq(interchanges.control, one.control),
        eq(interchanges.accountId, one.accountId),
        eq(interchanges.usage, one.usage),
        eq(interchanges.senderQualifier, one.senderQualifier),
        eq(interchanges.senderId, one.senderId),
        eq(interchanges.receiverQualifier, one.receiverQualifier),
        eq(interchanges.receiverId, one.receiverId),
        ne(interchanges.id, one.id),
        inArray(interchanges.status, ["processing", "processed"]),
        gte(interchanges.receivedAt, one.since),
      ),
    )
    .orderBy(desc(interchanges.sequence))
    .limit(1);
  return row ?? null;
}

/** Makes transactions that decide about the same sender's control numbers wait for one another. */
export async function lockControls(session: Session, accountId: string, usage: string): Promise<void> {
  await waitForTurn(session, `controls ${accountId} ${usage}`);
}

/** Writes a group, or writes over what an earlier interpretation of the same bytes found. @returns its id */
export async function saveGroup(session: Session, row: NewGroup): Promise<string> {
  const { id, interchangeId, ordinal, ...found } = row;
  const [saved] = await session
    .insert(groups)
    .values(row)
    .onConflictDoUpdate({ target: [groups.interchangeId, groups.ordinal], set: found })
    .returning({ id: groups.id });
  return saved?.id ?? id;
}

/**
 * Writes a group's sets, or writes over what an earlier interpretation of the same bytes found; what was told the account
 * and which document came of it stay.
 * @returns the sets as they are now, in their order
 */
export async function saveTransactionSets(
  session: Session,
  rows: readonly NewTransactionSet[],
): Promise<TransactionSetRow[]> {
  const saved: TransactionSetRow[] = [];
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    saved.push(
      ...(await session
        .insert(transactionSets)
        .values(rows.slice(first, first + rowsAtOnce))
        .onConflictDoUpdate({
          target: [transactionSets.groupId, transactionSets.ordinal],
          set: {
            type: sql`excluded.type`,
            control: sql`excluded.control`,
            implementation: sql`excluded.implementation`,
            verdict: sql`excluded.verdict`,
            problems: sql`excluded.problems`,
            problemsOmitted: sql`excluded.problems_omitted`,
            offset: sql`excluded."offset"`,
            length: sql`excluded.length`,
            segmentCount: sql`excluded.segment_count`,
          },
        })
        .returning()),
    );
  }
  return saved.sort((a, b) => a.ordinal - b.ordinal);
}

export async function findGroups(session: Session, interchangeId: string): Promise<Group[]> {
  return session.select().from(groups).where(eq(groups.interchangeId, interchangeId)).orderBy(asc(groups.ordinal));
}

export async function findGroup(session: Session, id: string): Promise<Group | null> {
  const [row] = await session.select().from(groups).where(eq(groups.id, id));
  return row ?? null;
}

/** Every set of an interchange, by group and place in it. */
export async function findTransactionSets(session: Session, interchangeId: string): Promise<TransactionSetRow[]> {
  return session
    .select(getTableColumns(transactionSets))
    .from(transactionSets)
    .innerJoin(groups, eq(groups.id, transactionSets.groupId))
    .where(eq(transactionSets.interchangeId, interchangeId))
    .orderBy(asc(groups.ordinal), asc(transactionSets.ordinal));
}

export async function findTransactionSet(session: Session, id: string): Promise<TransactionSetRow | null> {
  const [row] = await session.select().from(transactionSets).where(eq(transactionSets.id, id));
  return row ?? null;
}

export async function updateTransactionSet(
  session: Session,
  id: string,
  changes: Partial<NewTransactionSet>,
): Promise<void> {
  await session.update(transactionSets).set(changes).where(eq(transactionSets.id, id));
}

/** Remembers that the account has been told the verdicts that an interchange's sets have now. */
export async function markTold(session: Session, interchangeId: string): Promise<void> {
  await session
    .update(transactionSets)
    .set({ told: sql`${transactionSets.verdict}` })
    .where(eq(transactionSets.interchangeId, interchangeId));
}

/** One set less to do. @returns whether that was the last, and the interchange is processed now */
export async function closeOneSet(session: Session, interchangeId: string): Promise<boolean> {
  const [row] = await session
    .update(interchanges)
    .set({
      openSets: sql`greatest(${interchanges.openSets} - 1, 0)`,
      status: sql`case when ${interchanges.openSets} <= 1 and ${interchanges.status} = 'processing' then 'processed' else ${interchanges.status} end`,
    })
    .where(eq(interchanges.id, interchangeId))
    .returning({ openSets: interchanges.openSets, status: interchanges.status });
  return row?.openSets === 0 && row.status === "processed";
}

/** Our outgoing group that an account's 997 or 999 speaks of: the latest with that number, kind and usage. */
export async function findSentGroup(
  session: Session,
  one: { accountId: string; usage: "production" | "test"; functionalId: string; control: string },
): Promise<Group | null> {
  const [row] = await session
    .select(getTableColumns(groups))
    .from(groups)
    .innerJoin(interchanges, eq(interchanges.id, groups.interchangeId))
    .where(and(sentTo(one), eq(groups.functionalId, one.functionalId), eq(groups.control, one.control)))
    .orderBy(desc(interchanges.sequence))
    .limit(1);
  return row ?? null;
}

/** Our outgoing interchange that an account's TA1 speaks of. */
export async function findSentInterchange(
  session: Session,
  one: { accountId: string; usage: "production" | "test"; control: string },
): Promise<Interchange | null> {
  const [row] = await session
    .select(columns)
    .from(interchanges)
    .where(and(sentTo(one), eq(interchanges.control, one.control)))
    .orderBy(desc(interchanges.sequence))
    .limit(1);
  return row ?? null;
}

function sentTo(one: { accountId: string; usage: "production" | "test" }): SQL | undefined {
  return and(
    eq(interchanges.direction, "outbound"),
    eq(interchanges.accountId, one.accountId),
    eq(interchanges.usage, one.usage),
  );
}

export async function updateGroup(session: Session, id: string, changes: Partial<NewGroup>): Promise<void> {
  await session.update(groups).set(changes).where(eq(groups.id, id));
}

/** Groups of an interchange that no 997 or 999 has answered yet. */
export async function countUnansweredGroups(session: Session, interchangeId: string): Promise<number> {
  const [row] = await session
    .select({ count: sql<number>`count(*)::int` })
    .from(groups)
    .where(and(eq(groups.interchangeId, interchangeId), sql`${groups.answer} is null`));
  return row?.count ?? 0;
}

/** The acknowledgments that we made of an inbound interchange. */
export async function findAnswersTo(session: Session, interchangeId: string): Promise<Interchange[]> {
  return session
    .select(columns)
    .from(interchanges)
    .where(eq(interchanges.answersId, interchangeId))
    .orderBy(asc(interchanges.sequence));
}

/** What a list of interchanges may be narrowed to. */
export interface InterchangeFilter {
  /** Only what this account may see: its own, and what it brought. */
  readonly visibleTo?: string | undefined;
  readonly account?: string | undefined;
  readonly direction?: "inbound" | "outbound" | undefined;
  readonly status?: InboundStatus | OutboundStatus | undefined;
  readonly usage?: "production" | "test" | undefined;
  readonly control?: string | undefined;
  /** Number of a document that came of one of its sets, or that one was made from. */
  readonly documentNumber?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** An interchange with a line for each of its sets. */
export interface InterchangeItem extends Interchange {
  readonly transactionSets: TransactionSetRow[];
}

/** Sets shown with each interchange in a list; the whole is with the interchange itself. */
const setsInList = 50;

/** Interchanges, newest first. */
export async function listInterchanges(
  session: Session,
  filter: InterchangeFilter,
  page: PageRequest,
): Promise<Page<InterchangeItem>> {
  const at = sql`coalesce(${interchanges.receivedAt}, ${interchanges.sentAt}, ${interchanges.createdAt})`;
  const wanted: (SQL | undefined)[] = [
    filter.visibleTo ? visibleTo(filter.visibleTo) : undefined,
    filter.account ? eq(interchanges.accountId, filter.account) : undefined,
    filter.direction ? eq(interchanges.direction, filter.direction) : undefined,
    filter.status ? eq(interchanges.status, filter.status) : undefined,
    filter.usage ? eq(interchanges.usage, filter.usage) : undefined,
    filter.control ? eq(interchanges.control, filter.control) : undefined,
    filter.documentNumber
      ? exists(
          session
            .select({ one: sql`1` })
            .from(transactionSets)
            .where(
              and(
                eq(transactionSets.interchangeId, interchanges.id),
                eq(transactionSets.documentNumber, filter.documentNumber),
              ),
            ),
        )
      : undefined,
    filter.from ? gte(at, filter.from) : undefined,
    filter.to ? lte(at, filter.to) : undefined,
    page.after === null ? undefined : lt(interchanges.sequence, page.after),
  ];
  const rows = await session
    .select(columns)
    .from(interchanges)
    .where(and(...wanted))
    .orderBy(desc(interchanges.sequence))
    .limit(page.limit + 1);
  const { items, next } = pageOf(rows, page.limit, (row) => row.sequence);
  const sets = await findFirstSets(
    session,
    items.map((item) => item.id),
  );
  return { items: items.map((item) => ({ ...item, transactionSets: sets.get(item.id) ?? [] })), next };
}

/** What an account may see: its own, and what it brought that is nobody's yet. */
function visibleTo(accountId: string): SQL | undefined {
  return or(
    eq(interchanges.accountId, accountId),
    and(sql`${interchanges.accountId} is null`, eq(interchanges.submitterAccountId, accountId)),
  );
}

/** The first sets of each of these interchanges, as many as a list shows. */
export async function findFirstSets(
  session: Session,
  ids: readonly string[],
): Promise<Map<string, TransactionSetRow[]>> {
  const found = new Map<string, TransactionSetRow[]>();
  if (ids.length === 0) return found;
  const numbered = session
    .select({
      ...getTableColumns(transactionSets),
      place:
        sql<number>`row_number() over (partition by ${transactionSets.interchangeId} order by ${groups.ordinal}, ${transactionSets.ordinal})`.as(
          "place",
        ),
    })
    .from(transactionSets)
    .innerJoin(groups, eq(groups.id, transactionSets.groupId))
    .where(inArray(transactionSets.interchangeId, [...ids]))
    .as("numbered");
  const rows = await session
    .select()
    .from(numbered)
    .where(lte(numbered.place, setsInList))
    .orderBy(asc(numbered.place));
  for (const { place: _, ...row } of rows) {
    const of = found.get(row.interchangeId) ?? [];
    of.push(row);
    found.set(row.interchangeId, of);
  }
  return found;
}

/** How many interchanges are in each state, for the metrics. */
export async function countInterchanges(
  session: Session,
): Promise<{ direction: string; status: string; count: number }[]> {
  return session
    .select({ direction: interchanges.direction, status: interchanges.status, count: sql<number>`count(*)::int` })
    .from(interchanges)
    .groupBy(interchanges.direction, interchanges.status);
}
