import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, like, lt, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { addJobs } from "./jobs.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { workItems } from "./tables.ts";

export type WorkItem = typeof workItems.$inferSelect;

/** A job's row says so where the queue was never told of it. */
const neverHanded = new Date(0);

/**
 * Opens a work item; one that is open for the same kind and thing already stays as it is. With a new one of an account comes the
 * job that alerts people, in the same transaction; the next sweep hands it over, for whoever calls this has no next jobs to give.
 */
export async function openWorkItem(
  session: Session,
  item: {
    kind: string;
    message: string;
    accountId?: string | null;
    interchangeId?: string | null;
    documentId?: string | null;
    jobId?: string | null;
    /** Who is to be told, X12 element 366; left out: as the account's rules say for the kind. */
    roles?: readonly string[];
  },
): Promise<void> {
  const { accountId = null, roles = [] } = item;
  const [opened] = await session
    .insert(workItems)
    .values({ id: randomUUID(), ...item, roles: [...roles] })
    .onConflictDoNothing()
    .returning({ id: workItems.id });
  if (!opened || accountId === null) return;
  const ids = { item: opened.id };
  const turn = { accountId, lane: "high", rank: 0 } as const;
  await addJobs(session, [{ id: `alert-${opened.id}`, name: "alert", ids, handedAt: neverHanded, ...turn }]);
}

/** Says that somebody has taken an open work item in hand; who did so first stays. */
export async function acknowledgeWorkItem(session: Session, id: string, by: string): Promise<void> {
  await session
    .update(workItems)
    .set({ acknowledgedAt: new Date(), acknowledgedBy: by })
    .where(and(eq(workItems.id, id), isNull(workItems.closedAt), isNull(workItems.acknowledgedAt)));
}

export async function findWorkItem(session: Session, id: string): Promise<WorkItem | null> {
  const [row] = await session.select().from(workItems).where(eq(workItems.id, id));
  return row ?? null;
}

/** Closes what is open about an interchange or a document (or only what is of one kind), or about the jobs whose ids begin so. */
export async function closeWorkItems(
  session: Session,
  about: { interchangeId: string; kind?: string } | { documentId: string; kind?: string } | { jobIdsBeginWith: string },
  because: string,
): Promise<void> {
  const which =
    "jobIdsBeginWith" in about
      ? like(workItems.jobId, `${about.jobIdsBeginWith}%`)
      : and(
          "documentId" in about
            ? eq(workItems.documentId, about.documentId)
            : eq(workItems.interchangeId, about.interchangeId),
          about.kind ? eq(workItems.kind, about.kind) : undefined,
        );
  await session
    .update(workItems)
    .set({ closedAt: new Date(), closedBecause: because })
    .where(and(which, isNull(workItems.closedAt)));
}

/** Work items, newest first. */
export async function listWorkItems(
  session: Session,
  filter: { account?: string | undefined; open?: boolean | undefined },
  page: PageRequest,
): Promise<Page<WorkItem>> {
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(workItems.accountId, filter.account) : undefined,
    filter.open === undefined
      ? undefined
      : filter.open
        ? isNull(workItems.closedAt)
        : sql`${workItems.closedAt} is not null`,
    page.after === null ? undefined : lt(workItems.sequence, page.after),
  ];
  const rows = await session
    .select()
    .from(workItems)
    .where(and(...wanted))
    .orderBy(desc(workItems.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}
