import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, isNull, lt, max, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { AlertPlan, PlaceName } from "../accounts/index.ts";
import { alertAttempts, alertNotices, alerts } from "./alert-tables.ts";
import { type Session, waitForTurn } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { documents, interchanges, workItems } from "./tables.ts";
import type { WorkItem } from "./work-items.ts";

export type Alert = typeof alerts.$inferSelect;
export type Notice = typeof alertNotices.$inferSelect;
export type NoticeAttempt = typeof alertAttempts.$inferSelect;

/** One after the other gathers an account's work items, so that no two alerts have the same. */
export function lockAlerts(session: Session, accountId: string): Promise<void> {
  return waitForTurn(session, `alerts ${accountId}`);
}

/** Of no test, open, in nobody's hands, and nobody was told of it. */
const isUntold = and(
  isNull(workItems.alertId),
  isNull(workItems.closedAt),
  isNull(workItems.acknowledgedAt),
  sql`not exists (select 1 from ${documents} where ${documents.id} = ${workItems.documentId} and ${documents.usage} = 'test')`,
  sql`not exists (select 1 from ${interchanges} where ${interchanges.id} = ${workItems.interchangeId} and ${interchanges.usage} = 'test')`,
);

/** What work items are about, whom they name, and the part of the account that their document is of: all that the rules ask of one. */
export interface Sort extends PlaceName {
  readonly kind: string;
  readonly roles: readonly string[];
}

const sortColumns = {
  kind: workItems.kind,
  roles: workItems.roles,
  division: documents.division,
  location: documents.location,
};

/** The account and the sort of a work item that nobody was told of; null: there is nothing to tell. */
export async function findUntold(session: Session, id: string): Promise<(Sort & { accountId: string }) | null> {
  const [row] = await session
    .select({ accountId: workItems.accountId, ...sortColumns })
    .from(workItems)
    .leftJoin(documents, eq(documents.id, workItems.documentId))
    .where(and(eq(workItems.id, id), isUntold));
  return row && row.accountId !== null ? { ...row, accountId: row.accountId } : null;
}

/** The sorts of an account's work items that nobody was told of. */
export async function untoldSorts(session: Session, accountId: string): Promise<Sort[]> {
  return session
    .selectDistinct(sortColumns)
    .from(workItems)
    .leftJoin(documents, eq(documents.id, workItems.documentId))
    .where(and(eq(workItems.accountId, accountId), isUntold));
}

/** Puts an account's work items of some sorts that nobody was told of into an alert. @returns how many they are */
export async function gatherInto(
  session: Session,
  alertId: string,
  accountId: string,
  sorts: readonly Sort[],
): Promise<number> {
  const of = (column: SQLWrapper) =>
    sql`(select ${column} from ${documents} where ${documents.id} = ${workItems.documentId})`;
  const isOfThem = or(
    ...sorts.map(({ kind, roles, division, location }) =>
      and(
        eq(workItems.kind, kind),
        eq(workItems.roles, [...roles]),
        sql`${of(documents.division)} is not distinct from ${division}`,
        sql`${of(documents.location)} is not distinct from ${location}`,
      ),
    ),
  );
  const rows = await session
    .update(workItems)
    .set({ alertId })
    .where(and(eq(workItems.accountId, accountId), isUntold, isOfThem))
    .returning({ id: workItems.id });
  return rows.length;
}

/** For whom an alert is: the people of a part of an account, by a plan. */
export interface AlertFor extends PlaceName {
  readonly accountId: string;
  readonly plan: AlertPlan;
}

const isFor = ({ accountId, plan, division, location }: AlertFor) =>
  and(
    eq(alerts.accountId, accountId),
    sql`${alerts.division} is not distinct from ${division}`,
    sql`${alerts.location} is not distinct from ${location}`,
    sql`${alerts.plan} = ${JSON.stringify(plan)}::jsonb`,
  );

/** The alert for some people that nobody was told of yet. */
export async function findGathering(session: Session, whom: AlertFor): Promise<Alert | null> {
  const [row] = await session
    .select()
    .from(alerts)
    .where(and(isFor(whom), isNull(alerts.toldAt), sql`${alerts.nextStep} = 0`))
    .limit(1);
  return row ?? null;
}

/** When these people were last told; null: never. */
export async function lastTold(session: Session, whom: AlertFor): Promise<Date | null> {
  const [row] = await session
    .select({ at: max(alerts.toldAt) })
    .from(alerts)
    .where(isFor(whom));
  return row?.at ?? null;
}

/** Opens an alert. */
export async function openAlert(session: Session, alert: AlertFor & { readonly nextAt: Date }): Promise<string> {
  const id = randomUUID();
  await session.insert(alerts).values({ id, ...alert, nextStep: 0 });
  return id;
}

/** Takes an alert for this transaction. */
export async function lockAlert(session: Session, id: string): Promise<Alert | null> {
  const [row] = await session.select().from(alerts).where(eq(alerts.id, id)).for("update");
  return row ?? null;
}

export async function findAlert(session: Session, id: string): Promise<Alert | null> {
  const [row] = await session.select().from(alerts).where(eq(alerts.id, id));
  return row ?? null;
}

/** Says what comes next of an alert, and whether somebody was told now. */
export async function setNext(
  session: Session,
  id: string,
  next: { readonly step: number; readonly at: Date } | null,
  toldAt?: Date,
): Promise<void> {
  await session
    .update(alerts)
    .set({ nextStep: next?.step ?? null, nextAt: next?.at ?? null, ...(toldAt && { toldAt }) })
    .where(eq(alerts.id, id));
}

/** Open, and in nobody's hands. */
const needsSomebody = and(isNull(workItems.closedAt), isNull(workItems.acknowledgedAt));

/** How many of an alert's work items need somebody, by kind, the most first. */
export async function countNeeding(session: Session, alertId: string): Promise<{ kind: string; count: number }[]> {
  return session
    .select({ kind: workItems.kind, count: count() })
    .from(workItems)
    .where(and(eq(workItems.alertId, alertId), needsSomebody))
    .groupBy(workItems.kind)
    .orderBy(desc(count()), asc(workItems.kind));
}

/** The first of an alert's work items that need somebody, oldest first. */
export async function firstNeeding(session: Session, alertId: string, most: number): Promise<WorkItem[]> {
  return session
    .select()
    .from(workItems)
    .where(and(eq(workItems.alertId, alertId), needsSomebody))
    .orderBy(asc(workItems.sequence))
    .limit(most);
}

/** Says that somebody has taken an alert in hand, and so each of its work items that needs somebody. @returns how many they are */
export async function acknowledgeAlert(session: Session, id: string, by: string): Promise<number> {
  const rows = await session
    .update(workItems)
    .set({ acknowledgedAt: new Date(), acknowledgedBy: by })
    .where(and(eq(workItems.alertId, id), needsSomebody))
    .returning({ id: workItems.id });
  return rows.length;
}

/** Writes down who is told. */
export async function addNotices(session: Session, notices: (typeof alertNotices.$inferInsert)[]): Promise<void> {
  if (notices.length > 0) await session.insert(alertNotices).values(notices);
}

export async function findNotice(session: Session, id: string): Promise<Notice | null> {
  const [row] = await session.select().from(alertNotices).where(eq(alertNotices.id, id));
  return row ?? null;
}

/** Who was told of alerts, in the order of the steps. */
export async function findNotices(session: Session, alertIds: readonly string[]): Promise<Notice[]> {
  if (alertIds.length === 0) return [];
  return session
    .select()
    .from(alertNotices)
    .where(inArray(alertNotices.alertId, [...alertIds]))
    .orderBy(asc(alertNotices.step), asc(alertNotices.createdAt), asc(alertNotices.channel));
}

/** Says what became of a notice that waits. A webhook's may have several receivers: one that took it is enough. */
export async function endNotice(
  session: Session,
  id: string,
  end: { readonly state: "sent" | "failed" | "not-sent" | "withdrawn"; readonly trouble?: string },
): Promise<void> {
  const isOver =
    end.state === "sent" ? inArray(alertNotices.state, ["waiting", "failed"]) : eq(alertNotices.state, "waiting");
  await session
    .update(alertNotices)
    .set({ state: end.state, trouble: end.trouble ?? null, ...(end.state === "sent" && { sentAt: new Date() }) })
    .where(and(eq(alertNotices.id, id), isOver));
}

/** Writes down that a try begins. @returns the attempt's id */
export async function beginNoticeAttempt(session: Session, noticeId: string): Promise<string> {
  const id = randomUUID();
  await session.insert(alertAttempts).values({ id, noticeId, outcome: "started" });
  return id;
}

/** Writes down how a try ended. */
export async function endNoticeAttempt(
  session: Session,
  id: string,
  end: { readonly outcome: "sent" | "failed"; readonly error: string | null },
): Promise<void> {
  await session
    .update(alertAttempts)
    .set({ ...end, finishedAt: new Date() })
    .where(eq(alertAttempts.id, id));
}

/** Every try at some notices, oldest first. */
export async function findNoticeAttempts(session: Session, noticeIds: readonly string[]): Promise<NoticeAttempt[]> {
  if (noticeIds.length === 0) return [];
  return session
    .select()
    .from(alertAttempts)
    .where(inArray(alertAttempts.noticeId, [...noticeIds]))
    .orderBy(asc(alertAttempts.startedAt));
}

/**
 * gathering: nobody was told yet. told: somebody was, and nobody has answered. acknowledged: somebody has it in hand. resolved:
 * nothing of it is open any more.
 */
export const alertStates = ["gathering", "told", "acknowledged", "resolved"] as const;
export type AlertState = (typeof alertStates)[number];

/** An alert, and how many work items it tells of, how many of them are open, and how many need somebody. */
export interface AlertWithItems extends Alert {
  readonly state: AlertState;
  readonly items: number;
  readonly open: number;
  readonly needing: number;
}

/** Alerts, newest first. */
export async function listAlerts(
  session: Session,
  filter: { readonly account?: string | undefined; readonly state?: AlertState | undefined },
  page: PageRequest,
): Promise<Page<AlertWithItems>> {
  // Columns of the outer table are named in full here: among the selected fields they would be written without it.
  const of = (condition: SQL) =>
    sql<number>`(select count(*)::int from ${workItems} as item where item.alert_id = "portico"."alert"."id" and ${condition})`;
  const open = of(sql`item.closed_at is null`);
  const needing = of(sql`item.closed_at is null and item.acknowledged_at is null`);
  const state = sql<AlertState>`case when ${open} = 0 then 'resolved' when ${needing} = 0 then 'acknowledged' when "portico"."alert"."told_at" is null then 'gathering' else 'told' end`;
  const wanted: (SQL | undefined)[] = [
    filter.account ? eq(alerts.accountId, filter.account) : undefined,
    filter.state ? sql`${state} = ${filter.state}` : undefined,
    page.after === null ? undefined : lt(alerts.sequence, page.after),
  ];
  const rows = await session
    .select({ alert: alerts, state, items: of(sql`true`), open, needing })
    .from(alerts)
    .where(and(...wanted))
    .orderBy(desc(alerts.sequence))
    .limit(page.limit + 1);
  return pageOf(
    rows.map(({ alert, ...more }) => ({ ...alert, ...more })),
    page.limit,
    (row) => row.sequence,
  );
}
