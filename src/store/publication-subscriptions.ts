/** How far each account is in the streams that it is told of, and what became of each publication at it. */
import { and, asc, desc, eq, inArray, isNull, lt, ne, type SQL } from "drizzle-orm";
import type { Session } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import {
  publicationReceipts,
  publicationReleases,
  publicationSubscriptions,
  publications,
  type ReceiptState,
} from "./publication-tables.ts";
import type { Stream } from "./publications.ts";
import { deliveries, documents, groups, interchanges, transactionSets } from "./tables.ts";

export type SubscriptionRow = Omit<typeof publicationSubscriptions.$inferSelect, "toldLines">;
export type ReceiptRow = typeof publicationReceipts.$inferSelect;

/** An account in a stream. */
export interface Subscriber extends Stream {
  readonly accountId: string;
}

const columns = {
  accountId: publicationSubscriptions.accountId,
  topic: publicationSubscriptions.topic,
  usage: publicationSubscriptions.usage,
  tier: publicationSubscriptions.tier,
  rule: publicationSubscriptions.rule,
  cleared: publicationSubscriptions.cleared,
  told: publicationSubscriptions.told,
  seen: publicationSubscriptions.seen,
  editions: publicationSubscriptions.editions,
  turn: publicationSubscriptions.turn,
  turnAt: publicationSubscriptions.turnAt,
  endedAt: publicationSubscriptions.endedAt,
};

/** Every account that is or was told of a stream. */
export async function readSubscriptions(session: Session, { topic, usage }: Stream): Promise<SubscriptionRow[]> {
  return session
    .select(columns)
    .from(publicationSubscriptions)
    .where(and(eq(publicationSubscriptions.topic, topic), eq(publicationSubscriptions.usage, usage)))
    .orderBy(asc(publicationSubscriptions.accountId));
}

/** Every stream that some account is told of. */
export async function subscribedStreams(session: Session): Promise<Stream[]> {
  return session
    .selectDistinct({ topic: publicationSubscriptions.topic, usage: publicationSubscriptions.usage })
    .from(publicationSubscriptions)
    .where(isNull(publicationSubscriptions.endedAt));
}

/** One account's place in a stream, locked until the transaction ends. */
export async function lockSubscription(
  session: Session,
  who: Subscriber,
): Promise<typeof publicationSubscriptions.$inferSelect | null> {
  const [row] = await session.select().from(publicationSubscriptions).where(isOf(who)).for("update");
  return row ?? null;
}

const isOf = ({ accountId, topic, usage }: Subscriber): SQL | undefined =>
  and(
    eq(publicationSubscriptions.accountId, accountId),
    eq(publicationSubscriptions.topic, topic),
    eq(publicationSubscriptions.usage, usage),
  );

export async function addSubscription(
  session: Session,
  row: typeof publicationSubscriptions.$inferInsert,
): Promise<void> {
  await session.insert(publicationSubscriptions).values(row);
}

export async function updateSubscription(
  session: Session,
  who: Subscriber,
  changes: Partial<typeof publicationSubscriptions.$inferInsert>,
): Promise<void> {
  await session.update(publicationSubscriptions).set(changes).where(isOf(who));
}

/** Writes down what became of a publication at an account, in place of what was written before. */
export async function saveReceipt(session: Session, receipt: typeof publicationReceipts.$inferInsert): Promise<void> {
  const { publicationId, accountId, ...said } = receipt;
  const all = { edition: null, channel: null, documentId: null, interchangeId: null, at: new Date(), ...said };
  await session
    .insert(publicationReceipts)
    .values({ publicationId, accountId, ...all })
    .onConflictDoUpdate({ target: [publicationReceipts.publicationId, publicationReceipts.accountId], set: all });
}

/** What became of publications at an account. */
export async function findReceipts(
  session: Session,
  accountId: string,
  publicationIds: readonly string[],
): Promise<ReceiptRow[]> {
  if (publicationIds.length === 0) return [];
  return session
    .select()
    .from(publicationReceipts)
    .where(
      and(
        eq(publicationReceipts.accountId, accountId),
        inArray(publicationReceipts.publicationId, [...publicationIds]),
      ),
    );
}

/** The publications of a stream that are held at an account. */
export async function findHeld(session: Session, { accountId, topic, usage }: Subscriber): Promise<ReceiptRow[]> {
  const rows = await session
    .select({ receipt: publicationReceipts })
    .from(publicationReceipts)
    .innerJoin(publications, eq(publications.id, publicationReceipts.publicationId))
    .where(
      and(
        eq(publicationReceipts.accountId, accountId),
        eq(publicationReceipts.state, "held"),
        eq(publications.topic, topic),
        eq(publications.usage, usage),
      ),
    );
  return rows.map(({ receipt }) => receipt);
}

/** Which receipt a document is the edition of. */
export async function findReceiptOfDocument(session: Session, documentId: string): Promise<ReceiptRow | null> {
  const [row] = await session.select().from(publicationReceipts).where(eq(publicationReceipts.documentId, documentId));
  return row ?? null;
}

/** What an account says it has, of what stays JSON. @returns false where it had said so before */
export async function collectReceipt(session: Session, publicationId: string, accountId: string): Promise<boolean> {
  const rows = await session
    .update(publicationReceipts)
    .set({ collectedAt: new Date() })
    .where(
      and(
        eq(publicationReceipts.publicationId, publicationId),
        eq(publicationReceipts.accountId, accountId),
        isNull(publicationReceipts.collectedAt),
      ),
    )
    .returning({ id: publicationReceipts.publicationId });
  return rows.length > 0;
}

/** An edition that an account was told. */
export interface ToldEdition {
  readonly receipt: ReceiptRow;
  readonly sequence: number;
  readonly topic: string;
  readonly usage: Stream["usage"];
  readonly kind: (typeof publications.$inferSelect)["kind"];
  readonly title: string | null;
  readonly correctsId: string | null;
  readonly withdrawnAt: Date | null;
}

const toldColumns = {
  receipt: publicationReceipts,
  sequence: publications.sequence,
  topic: publications.topic,
  usage: publications.usage,
  kind: publications.kind,
  title: publications.title,
  correctsId: publications.correctsId,
  withdrawnAt: publications.withdrawnAt,
};

/** What an account was told, newest publication first. */
export async function listTold(
  session: Session,
  accountId: string,
  filter: { readonly topic?: string | undefined; readonly usage?: Stream["usage"] | undefined },
  page: PageRequest,
): Promise<Page<ToldEdition>> {
  const rows = await session
    .select(toldColumns)
    .from(publicationReceipts)
    .innerJoin(publications, eq(publications.id, publicationReceipts.publicationId))
    .where(
      and(
        eq(publicationReceipts.accountId, accountId),
        eq(publicationReceipts.state, "served"),
        filter.topic === undefined ? undefined : eq(publications.topic, filter.topic),
        filter.usage === undefined ? undefined : eq(publications.usage, filter.usage),
        page.after === null ? undefined : lt(publications.sequence, page.after),
      ),
    )
    .orderBy(desc(publications.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}

/** One thing that an account was told, with what it says; null: it was not told it. */
export async function findTold(
  session: Session,
  accountId: string,
  publicationId: string,
): Promise<(ToldEdition & { content: unknown; body: unknown }) | null> {
  const [row] = await session
    .select({ ...toldColumns, content: publications.content, body: documents.body })
    .from(publicationReceipts)
    .innerJoin(publications, eq(publications.id, publicationReceipts.publicationId))
    .leftJoin(documents, eq(documents.id, publicationReceipts.documentId))
    .where(
      and(
        eq(publicationReceipts.accountId, accountId),
        eq(publicationReceipts.publicationId, publicationId),
        eq(publicationReceipts.state, "served"),
      ),
    );
  return row ?? null;
}

/** A receipt with what can be proved of how it got there. */
export interface Proof
  extends Pick<ReceiptRow, "accountId" | "tier" | "edition" | "channel" | "documentId" | "reason"> {
  readonly state: ReceiptState;
  readonly rank: number;
  /** When its tier's turn was, and when it came. */
  readonly releaseAt: Date;
  readonly releasedAt: Date | null;
  /** First availability, or when it was decided that it goes without. */
  readonly at: Date;
  readonly interchangeId: string | null;
  /** ISA13. */
  readonly control: string | null;
  /** Collected from the mailbox or feed, or taken by the account's own address. */
  readonly arrivedAt: Date | null;
  /** AK901 or AK501 of the account's acknowledgment. */
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

/** Who got a publication, when first, and by which channel; the first tier first. */
export async function readProof(session: Session, publicationId: string): Promise<Proof[]> {
  const rows = await session
    .select({
      receipt: publicationReceipts,
      rank: publicationReleases.rank,
      releaseAt: publicationReleases.at,
      releasedAt: publicationReleases.releasedAt,
      control: interchanges.control,
      deliveredAt: deliveries.deliveredAt,
      answer: transactionSets.answer,
      groupAnswer: groups.answer,
      answeredAt: groups.answeredAt,
    })
    .from(publicationReceipts)
    .innerJoin(
      publicationReleases,
      and(
        eq(publicationReleases.publicationId, publicationReceipts.publicationId),
        eq(publicationReleases.tier, publicationReceipts.tier),
      ),
    )
    .leftJoin(interchanges, eq(interchanges.id, publicationReceipts.interchangeId))
    .leftJoin(
      deliveries,
      and(eq(deliveries.interchangeId, publicationReceipts.interchangeId), ne(deliveries.channel, "webhook")),
    )
    .leftJoin(
      transactionSets,
      and(
        eq(transactionSets.interchangeId, publicationReceipts.interchangeId),
        eq(transactionSets.documentId, publicationReceipts.documentId),
      ),
    )
    .leftJoin(groups, eq(groups.id, transactionSets.groupId))
    .where(eq(publicationReceipts.publicationId, publicationId))
    .orderBy(asc(publicationReleases.rank), asc(publicationReceipts.at), asc(publicationReceipts.accountId));
  return rows.map(({ receipt, deliveredAt, answer, groupAnswer, ...row }) => ({
    ...receipt,
    ...row,
    arrivedAt: deliveredAt ?? receipt.collectedAt,
    answer: answer ?? groupAnswer,
  }));
}
