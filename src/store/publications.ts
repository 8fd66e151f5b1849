/** What is published, and when each tier's turn is. */
import { isDeepStrictEqual } from "node:util";
import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, max, type SQL, sql } from "drizzle-orm";
import type { PublicationPlan } from "../accounts/publications/plan.ts";
import { publicationPlan } from "../accounts/publications/plan.ts";
import type { ReleaseTime } from "../accounts/publications/release-times.ts";
import { type Session, waitForTurn } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { publicationPlans, publicationReleases, publications, type ReleaseState } from "./publication-tables.ts";

export type PublicationRow = typeof publications.$inferSelect;
export type ReleaseRow = typeof publicationReleases.$inferSelect;
export type PlanRow = typeof publicationPlans.$inferSelect;

/** A stream of publications: what is said of one topic, for business or for tests. */
export interface Stream {
  readonly topic: string;
  readonly usage: "production" | "test";
}

/** A publication with the turn of each tier, the first tier first. */
export interface Publication extends PublicationRow {
  readonly releases: readonly ReleaseRow[];
}

/** Whoever changes what a stream's tiers may be told waits here for the one before. Taken before any other lock. */
export async function lockStream(session: Session, { topic, usage }: Stream): Promise<void> {
  await waitForTurn(session, `publications ${topic} ${usage}`);
}

/** The plan in force, or one of before; null: there is none. */
export async function readPlan(session: Session, number?: number): Promise<PlanRow | null> {
  const [row] = await session
    .select()
    .from(publicationPlans)
    .where(number === undefined ? undefined : eq(publicationPlans.number, number))
    .orderBy(desc(publicationPlans.number))
    .limit(1);
  // A plan that an earlier release kept gets the defaults of what came since.
  return row ? { ...row, plan: publicationPlan.parse(row.plan) } : null;
}

/** Puts a plan into force; one that says the same as the one in force changes nothing. */
export async function savePlan(
  session: Session,
  plan: PublicationPlan,
  by: { readonly author: string; readonly reason: string | null },
): Promise<{ row: PlanRow; changed: boolean }> {
  await waitForTurn(session, "publication plan");
  const before = await readPlan(session);
  if (before && isDeepStrictEqual(before.plan, plan)) return { row: before, changed: false };
  const [row] = await session
    .insert(publicationPlans)
    .values({ number: (before?.number ?? 0) + 1, plan, ...by })
    .returning();
  return { row: row as PlanRow, changed: true };
}

/** Keeps a publication as the next of its stream, which is locked, with the turn of each tier. */
export async function keepPublication(
  session: Session,
  publication: Omit<typeof publications.$inferInsert, "number">,
  times: readonly ReleaseTime[],
): Promise<Publication> {
  const [last] = await session
    .select({ number: max(publications.number) })
    .from(publications)
    .where(inStream(publication));
  const number = (last?.number ?? 0) + 1;
  const [row] = await session
    .insert(publications)
    .values({ ...publication, number })
    .returning();
  const releases = await session
    .insert(publicationReleases)
    .values(times.map(({ tier, rank, at }) => ({ publicationId: publication.id, tier, rank, at })))
    .returning();
  return { ...(row as PublicationRow), releases };
}

const inStream = ({ topic, usage }: Stream): SQL | undefined =>
  and(eq(publications.topic, topic), eq(publications.usage, usage));

export async function findPublication(session: Session, id: string): Promise<Publication | null> {
  const [found] = await withReleases(session, await session.select().from(publications).where(eq(publications.id, id)));
  return found ?? null;
}

async function withReleases(session: Session, rows: readonly PublicationRow[]): Promise<Publication[]> {
  if (rows.length === 0) return [];
  const releases = await session
    .select()
    .from(publicationReleases)
    .where(
      inArray(
        publicationReleases.publicationId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(publicationReleases.rank));
  return rows.map((row) => ({ ...row, releases: releases.filter(({ publicationId }) => publicationId === row.id) }));
}

/** What of a publication is needed to see whose turn it is; what it says stays where it is. */
export type PlacedPublication = Omit<Publication, "content">;

const { content: _, ...placedColumns } = {
  content: publications.content,
  id: publications.id,
  sequence: publications.sequence,
  topic: publications.topic,
  usage: publications.usage,
  number: publications.number,
  kind: publications.kind,
  keeps: publications.keeps,
  title: publications.title,
  planNumber: publications.planNumber,
  correctsId: publications.correctsId,
  by: publications.by,
  reason: publications.reason,
  createdAt: publications.createdAt,
  withdrawnAt: publications.withdrawnAt,
  withdrawnBecause: publications.withdrawnBecause,
};

/** The publications of a stream after a number, those that were taken back left out, the oldest first. */
export async function readStream(session: Session, stream: Stream, after: number): Promise<PlacedPublication[]> {
  const rows = await session
    .select(placedColumns)
    .from(publications)
    .where(and(inStream(stream), gt(publications.number, after), isNull(publications.withdrawnAt)))
    .orderBy(asc(publications.number));
  return (await withReleases(session, rows as unknown as PublicationRow[])) as PlacedPublication[];
}

/** The last publication of a stream that was not taken back. */
export async function lastOfStream(session: Session, stream: Stream): Promise<PlacedPublication | null> {
  const rows = await session
    .select(placedColumns)
    .from(publications)
    .where(and(inStream(stream), isNull(publications.withdrawnAt)))
    .orderBy(desc(publications.number))
    .limit(1);
  return ((await withReleases(session, rows as unknown as PublicationRow[]))[0] as PlacedPublication) ?? null;
}

/** The number before the first publication of a stream that some tier still waits for; null: none does. */
export async function lastSettled(session: Session, stream: Stream): Promise<number | null> {
  const [row] = await session
    .select({ number: sql<number | null>`min(${publications.number})` })
    .from(publications)
    .innerJoin(publicationReleases, eq(publicationReleases.publicationId, publications.id))
    .where(and(inStream(stream), isNull(publications.withdrawnAt), eq(publicationReleases.state, "waiting")));
  return row?.number == null ? null : row.number - 1;
}

/** Moves a tier's turn on. */
export async function updateRelease(
  session: Session,
  { publicationId, tier }: Pick<ReleaseRow, "publicationId" | "tier">,
  changes: Partial<Pick<ReleaseRow, "state" | "releasedAt" | "at">>,
): Promise<void> {
  await session
    .update(publicationReleases)
    .set(changes)
    .where(and(eq(publicationReleases.publicationId, publicationId), eq(publicationReleases.tier, tier)));
}

/** The turns of a publication that have not come end so. */
export async function endReleases(
  session: Session,
  publicationId: string,
  state: Extract<ReleaseState, "superseded" | "withdrawn">,
): Promise<void> {
  await session
    .update(publicationReleases)
    .set({ state })
    .where(and(eq(publicationReleases.publicationId, publicationId), eq(publicationReleases.state, "waiting")));
}

/** Takes a publication back. */
export async function withdrawPublication(session: Session, id: string, because: string): Promise<void> {
  await endReleases(session, id, "withdrawn");
  await session
    .update(publications)
    .set({ withdrawnAt: new Date(), withdrawnBecause: because })
    .where(eq(publications.id, id));
}

/** The publication that corrects this one and was not taken back itself. */
export async function findCorrection(session: Session, id: string): Promise<{ id: string } | null> {
  const [row] = await session
    .select({ id: publications.id })
    .from(publications)
    .where(and(eq(publications.correctsId, id), isNull(publications.withdrawnAt)));
  return row ?? null;
}

/** Publications, newest first. */
export async function listPublications(
  session: Session,
  filter: {
    readonly topic?: string | undefined;
    readonly usage?: "production" | "test" | undefined;
    /** Handed in at this instant or later. */
    readonly from?: Date;
    /** Handed in before this instant. */
    readonly to?: Date;
  },
  page: PageRequest,
): Promise<Page<PlacedPublication>> {
  const rows = await session
    .select(placedColumns)
    .from(publications)
    .where(
      and(
        filter.topic === undefined ? undefined : eq(publications.topic, filter.topic),
        filter.usage === undefined ? undefined : eq(publications.usage, filter.usage),
        filter.from === undefined ? undefined : gte(publications.createdAt, filter.from),
        filter.to === undefined ? undefined : lt(publications.createdAt, filter.to),
        page.after === null ? undefined : lt(publications.sequence, page.after),
      ),
    )
    .orderBy(desc(publications.sequence))
    .limit(page.limit + 1);
  const { items, next } = pageOf(rows, page.limit, (row) => row.sequence);
  return { items: (await withReleases(session, items as unknown as PublicationRow[])) as PlacedPublication[], next };
}

/** Publications of a kind that some tier has not been released to yet, the newest last. */
export async function findEmbargoed(
  session: Session,
  kind: PublicationRow["kind"],
  usage: Stream["usage"],
): Promise<PlacedPublication[]> {
  const open = session
    .select({ id: publicationReleases.publicationId })
    .from(publicationReleases)
    .where(eq(publicationReleases.state, "waiting"));
  const rows = await session
    .select(placedColumns)
    .from(publications)
    .where(
      and(
        eq(publications.kind, kind),
        eq(publications.usage, usage),
        isNull(publications.withdrawnAt),
        inArray(publications.id, open),
      ),
    )
    .orderBy(asc(publications.sequence));
  return (await withReleases(session, rows as unknown as PublicationRow[])) as PlacedPublication[];
}

/** How far a stream has been released to a tier and to those below it. */
export interface ReleasedSoFar {
  /** The last publication that was released to the tier and not taken back, and when its turn was; null: none. */
  readonly own: { readonly number: number; readonly at: Date } | null;
  /** The last that was released to a tier below; 0: none. */
  readonly below: number;
}

/** How far a stream has been released to a tier; under a plan that had none such, its last tier counts. */
export async function releasedSoFar(session: Session, { topic, usage }: Stream, tier: string): Promise<ReleasedSoFar> {
  const rank = sql`coalesce(
    (select r.rank from ${publicationReleases} r where r.publication_id = ${publications.id} and r.tier = ${tier}),
    (select max(r.rank) from ${publicationReleases} r where r.publication_id = ${publications.id}))`;
  const released = and(
    eq(publications.topic, topic),
    eq(publications.usage, usage),
    eq(publicationReleases.state, "released"),
  );
  const [own] = await session
    .select({ number: publications.number, at: publicationReleases.at })
    .from(publications)
    .innerJoin(publicationReleases, eq(publicationReleases.publicationId, publications.id))
    .where(and(released, isNull(publications.withdrawnAt), sql`${publicationReleases.rank} = ${rank}`))
    .orderBy(desc(publications.number))
    .limit(1);
  const [below] = await session
    .select({ number: publications.number })
    .from(publications)
    .innerJoin(publicationReleases, eq(publicationReleases.publicationId, publications.id))
    .where(and(released, sql`${publicationReleases.rank} > ${rank}`))
    .orderBy(desc(publications.number))
    .limit(1);
  return { own: own ?? null, below: below?.number ?? 0 };
}
