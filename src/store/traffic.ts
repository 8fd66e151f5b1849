/** What was taken in of an account's traffic, read again for rules to be tried on it. */
import { and, desc, eq, gte, isNotNull, lt, sql } from "drizzle-orm";
import type { Order } from "../documents/index.ts";
import type { Session } from "./database.ts";
import { ledgerEntries, orderVersions } from "./ledger-tables.ts";
import { documents } from "./tables.ts";

/** Which traffic of whom. */
export interface TrafficWanted {
  readonly accountId: string;
  readonly usage: "production" | "test";
  /** Taken in at this instant or later, and before the other. */
  readonly from: Date;
  readonly to: Date;
}

/** An order that was taken in. */
export interface TakenOrder {
  readonly id: string;
  readonly number: string;
  readonly sequence: number;
  readonly transactionSetId: string | null;
  /** When it came. */
  readonly createdAt: Date;
  /** The version of the account's rules that decided on it; null: before versions were kept. */
  readonly ruleVersion: number | null;
  /** With what rules decided on it. */
  readonly body: Order;
  /** Whether `body` has the lines that the account sent: a form for each store may stand in their place. */
  readonly isWhole: boolean;
  /** Id of the first entry that it made in the books; null: it made none. */
  readonly firstEntry: number | null;
}

/** Orders that were taken in, newest first, from behind a sequence on. Their parts by store are none of their own. */
export async function readOrdersTaken(
  session: Session,
  { accountId, usage, from, to }: TrafficWanted,
  before: number | null,
  limit: number,
): Promise<TakenOrder[]> {
  const rows = await session
    .select({
      id: documents.id,
      number: documents.number,
      sequence: documents.sequence,
      transactionSetId: documents.transactionSetId,
      createdAt: documents.createdAt,
      ruleVersion: documents.ruleVersion,
      // The books have an order as it was sent, whatever form of it was offered.
      body: sql<Order>`coalesce(${orderVersions.body}, ${documents.body})`,
      isWhole: isNotNull(orderVersions.body).mapWith(Boolean),
      firstEntry: ledgerEntries.id,
    })
    .from(documents)
    .leftJoin(orderVersions, and(eq(orderVersions.documentId, documents.id), eq(orderVersions.version, 1)))
    .leftJoin(ledgerEntries, and(eq(ledgerEntries.documentId, documents.id), eq(ledgerEntries.ordinal, 0)))
    .where(
      and(
        eq(documents.accountId, accountId),
        eq(documents.type, "order"),
        eq(documents.direction, "inbound"),
        eq(documents.usage, usage),
        eq(documents.status, "accepted"),
        isNotNull(documents.transactionSetId),
        gte(documents.createdAt, from),
        lt(documents.createdAt, to),
        before === null ? undefined : lt(documents.sequence, before),
      ),
    )
    .orderBy(desc(documents.sequence))
    .limit(limit);
  return rows;
}
