import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Session } from "./database.ts";
import { notify } from "./database.ts";
import { type Page, type PageRequest, pageOf } from "./pages.ts";
import { type DeliveryChannel, deliveries, deliveryAttempts, files, interchanges, transactionSets } from "./tables.ts";

export type Delivery = typeof deliveries.$inferSelect;
export type DeliveryAttempt = typeof deliveryAttempts.$inferSelect;

/** Heard by every API process when something is put into an account's mailbox; the payload is the account's id. */
export const mailboxChannel = "portico_mailbox";

export interface NewDelivery {
  readonly id: string;
  readonly channel: DeliveryChannel;
  readonly accountId: string;
  readonly interchangeId?: string | null;
  readonly documentId?: string | null;
  readonly noticeId?: string | null;
  readonly webhookId?: string | null;
  readonly target?: string | null;
}

/** Writes a delivery down; whoever waits at the account's mailbox hears of it when the transaction commits. */
export async function addDelivery(session: Session, delivery: NewDelivery): Promise<void> {
  await session.insert(deliveries).values({ ...delivery, status: "waiting" });
  if (delivery.channel === "mailbox") await notify(session, mailboxChannel, delivery.accountId);
}

export async function findDelivery(session: Session, id: string): Promise<Delivery | null> {
  const [row] = await session.select().from(deliveries).where(eq(deliveries.id, id));
  return row ?? null;
}

/** Writes down that a try begins. @returns the attempt's id */
export async function beginAttempt(session: Session, deliveryId: string): Promise<string> {
  const id = randomUUID();
  await session.insert(deliveryAttempts).values({ id, deliveryId, outcome: "started" });
  return id;
}

/** Writes down how a try ended. */
export async function endAttempt(
  session: Session,
  id: string,
  end: { outcome: "delivered" | "failed"; httpStatus: number | null; error: string | null },
): Promise<void> {
  await session
    .update(deliveryAttempts)
    .set({ ...end, finishedAt: new Date() })
    .where(eq(deliveryAttempts.id, id));
}

/** Ends a delivery that is waiting. @returns false where it was over before */
export async function endDelivery(session: Session, id: string, status: "delivered" | "failed"): Promise<boolean> {
  const rows = await session
    .update(deliveries)
    .set({ status, ...(status === "delivered" ? { deliveredAt: new Date() } : {}) })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, "waiting")))
    .returning({ id: deliveries.id });
  return rows.length > 0;
}

/** A delivery that had failed waits again. @returns how often it was tried before; null where it has not failed */
export async function reopenDelivery(session: Session, id: string): Promise<number | null> {
  const rows = await session
    .update(deliveries)
    .set({ status: "waiting" })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, "failed")))
    .returning({ id: deliveries.id });
  if (rows.length === 0) return null;
  return session.$count(deliveryAttempts, eq(deliveryAttempts.deliveryId, id));
}

export interface DeliveryWithAttempts extends Delivery {
  readonly attempts: DeliveryAttempt[];
}

/** The deliveries of an interchange, of documents, of all documents of an interchange, or of notices, each with every attempt. */
export async function findDeliveries(
  session: Session,
  of:
    | { interchangeId: string }
    | { documentIds: readonly string[] }
    | { documentsOfInterchange: string }
    | { noticeIds: readonly string[] },
): Promise<DeliveryWithAttempts[]> {
  if ("documentIds" in of && of.documentIds.length === 0) return [];
  if ("noticeIds" in of && of.noticeIds.length === 0) return [];
  const rows = await session
    .select()
    .from(deliveries)
    .where(
      "interchangeId" in of
        ? eq(deliveries.interchangeId, of.interchangeId)
        : "noticeIds" in of
          ? inArray(deliveries.noticeId, [...of.noticeIds])
          : inArray(
              deliveries.documentId,
              "documentIds" in of ? [...of.documentIds] : documentIdsOf(session, of.documentsOfInterchange),
            ),
    )
    .orderBy(asc(deliveries.sequence));
  if (rows.length === 0) return [];
  const attempts = await session
    .select()
    .from(deliveryAttempts)
    .where(
      inArray(
        deliveryAttempts.deliveryId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(deliveryAttempts.startedAt));
  return rows.map((row) => ({ ...row, attempts: attempts.filter((attempt) => attempt.deliveryId === row.id) }));
}

function documentIdsOf(session: Session, interchangeId: string) {
  return session
    .select({ id: transactionSets.documentId })
    .from(transactionSets)
    .where(eq(transactionSets.interchangeId, interchangeId));
}

/** What waits in an account's mailbox, and what it is. */
export interface MailboxItem {
  /** Of the delivery. */
  readonly id: string;
  readonly sequence: number;
  readonly accountId: string;
  readonly interchangeId: string;
  readonly fileId: string;
  readonly control: string | null;
  readonly usage: "production" | "test" | null;
  readonly purpose: "acknowledgment" | "document" | null;
  readonly answersId: string | null;
  readonly size: number;
  readonly sha256: string;
  readonly status: Delivery["status"];
  readonly createdAt: Date;
}

const mailboxColumns = {
  id: deliveries.id,
  sequence: deliveries.sequence,
  accountId: deliveries.accountId,
  interchangeId: interchanges.id,
  fileId: files.id,
  control: interchanges.control,
  usage: interchanges.usage,
  purpose: interchanges.purpose,
  answersId: interchanges.answersId,
  size: files.size,
  sha256: files.sha256,
  status: deliveries.status,
  createdAt: deliveries.createdAt,
};

function mailbox(session: Session) {
  return session
    .select(mailboxColumns)
    .from(deliveries)
    .innerJoin(interchanges, eq(interchanges.id, deliveries.interchangeId))
    .innerJoin(files, eq(files.id, interchanges.fileId));
}

/** What waits for an account to collect, oldest first. */
export async function listMailbox(session: Session, accountId: string, page: PageRequest): Promise<Page<MailboxItem>> {
  const rows = await mailbox(session)
    .where(
      and(
        eq(deliveries.accountId, accountId),
        eq(deliveries.channel, "mailbox"),
        eq(deliveries.status, "waiting"),
        page.after === null ? undefined : gt(deliveries.sequence, page.after),
      ),
    )
    .orderBy(asc(deliveries.sequence))
    .limit(page.limit + 1);
  return pageOf(rows, page.limit, (row) => row.sequence);
}

/** One item of a mailbox, collected or not. */
export async function findMailboxItem(session: Session, id: string): Promise<MailboxItem | null> {
  const [row] = await mailbox(session).where(and(eq(deliveries.id, id), eq(deliveries.channel, "mailbox")));
  return row ?? null;
}
