import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { type Session, waitForTurn } from "./database.ts";
import type { DocumentRow } from "./documents.ts";
import { deliveries, webhooks } from "./tables.ts";

export type Webhook = typeof webhooks.$inferSelect;

/** Most subscriptions: each document is brought to every one that wants it. */
export const mostWebhooks = 50;

/** Writes a subscription down. @returns null where there are too many already */
export async function addWebhook(session: Session, webhook: Omit<Webhook, "createdAt">): Promise<Webhook | null> {
  await waitForTurn(session, "webhooks");
  if ((await session.$count(webhooks)) >= mostWebhooks) return null;
  const [row] = await session.insert(webhooks).values(webhook).returning();
  return row ?? null;
}

/** Every subscription, oldest first. */
export async function listWebhooks(session: Session): Promise<Webhook[]> {
  return session.select().from(webhooks).orderBy(asc(webhooks.createdAt), asc(webhooks.id));
}

export async function findWebhook(session: Session, id: string): Promise<Webhook | null> {
  const [row] = await session.select().from(webhooks).where(eq(webhooks.id, id));
  return row ?? null;
}

/** Ends a subscription, and with it what still waits to be brought to it. @returns it as it was; null: there was none */
export async function removeWebhook(session: Session, id: string): Promise<Webhook | null> {
  const [removed] = await session.delete(webhooks).where(eq(webhooks.id, id)).returning();
  await session
    .update(deliveries)
    .set({ status: "failed" })
    .where(and(eq(deliveries.webhookId, id), eq(deliveries.status, "waiting")));
  return removed ?? null;
}

/** What of a subscription's types means alerts. One without types is of every document, and of no alert. */
export const alertType = "alert";

/** Who subscribed to the alerts of an account. */
export async function findWebhooksForAlerts(session: Session, accountId: string): Promise<Webhook[]> {
  return session
    .select()
    .from(webhooks)
    .where(
      and(
        sql`${alertType} = any(${webhooks.types})`,
        or(isNull(webhooks.accountId), eq(webhooks.accountId, accountId)),
      ),
    )
    .orderBy(asc(webhooks.createdAt));
}

/** Who subscribed to a document. */
export async function findWebhooksFor(
  session: Session,
  { type, accountId, usage }: Pick<DocumentRow, "type" | "accountId" | "usage">,
): Promise<Webhook[]> {
  return session
    .select()
    .from(webhooks)
    .where(
      and(
        or(eq(sql`cardinality(${webhooks.types})`, 0), sql`${type} = any(${webhooks.types})`),
        or(isNull(webhooks.accountId), eq(webhooks.accountId, accountId)),
        or(eq(webhooks.usage, "all"), eq(webhooks.usage, usage)),
      ),
    )
    .orderBy(asc(webhooks.createdAt));
}
