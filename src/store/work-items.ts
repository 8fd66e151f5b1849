import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, like, lt, type SQL, sql } from "drizzle-orm";
import type { Session } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { workItems } from "./tables.ts";

export type WorkItem = typeof workItems.$inferSelect;

/** Opens a work item; one that is open for the same kind and thing already stays as it is. */
export async function openWorkItem(
  session: Session,
  item: {
    kind: string;
    message: string;
    accountId?: string | null;
    interchangeId?: string | null;
    documentId?: string | null;
    jobId?: string | null;
  },
): Promise<void> {
  await session
    .insert(workItems)
    .values({ id: randomUUID(), ...item })
    .onConflictDoNothing();
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
