/** What was taken in of an account's traffic, read again for rules to be tried on it. */
import { aliasedTable, and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, ne, notExists, sql } from "drizzle-orm";
import type { Order } from "../documents/index.ts";
import type { LedgerLine } from "../ledger/index.ts";
import type { Session } from "./database.ts";
import type { DocumentRow } from "./documents.ts";
import { ledgerEntries, orderLines, orderVersions } from "./ledger-tables.ts";
import { documents, groups, interchanges, transactionSets } from "./tables.ts";

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
  /** ISA05, ISA06 and GS02 that it came with. */
  readonly sender: { readonly qualifier: string | null; readonly id: string | null; readonly application: string };
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
      sender: {
        qualifier: interchanges.senderQualifier,
        id: interchanges.senderId,
        application: groups.senderCode,
      },
      createdAt: documents.createdAt,
      ruleVersion: documents.ruleVersion,
      // The books have an order as it was sent, whatever form of it was offered.
      body: sql<Order>`coalesce(${orderVersions.body}, ${documents.body})`,
      isWhole: isNotNull(orderVersions.body).mapWith(Boolean),
      firstEntry: ledgerEntries.id,
    })
    .from(documents)
    .innerJoin(transactionSets, eq(transactionSets.id, documents.transactionSetId))
    .innerJoin(groups, eq(groups.id, transactionSets.groupId))
    .innerJoin(interchanges, eq(interchanges.id, transactionSets.interchangeId))
    .leftJoin(orderVersions, and(eq(orderVersions.documentId, documents.id), eq(orderVersions.version, 1)))
    .leftJoin(ledgerEntries, and(eq(ledgerEntries.documentId, documents.id), eq(ledgerEntries.ordinal, 0)))
    .where(
      and(
        eq(documents.accountId, accountId),
        eq(documents.type, "order"),
        eq(documents.direction, "inbound"),
        eq(documents.usage, usage),
        eq(documents.status, "accepted"),
        gte(documents.createdAt, from),
        lt(documents.createdAt, to),
        before === null ? undefined : lt(documents.sequence, before),
      ),
    )
    .orderBy(desc(documents.sequence))
    .limit(limit);
  return rows;
}

const later = aliasedTable(documents, "later");

/** Ship notices that were accepted, newest first, from behind a sequence on: of each shipment its last one. */
export async function readNoticesSent(
  session: Session,
  { accountId, usage, from, to }: TrafficWanted,
  before: number | null,
  limit: number,
): Promise<DocumentRow[]> {
  const anotherSince = session
    .select({ id: later.id })
    .from(later)
    .where(
      and(
        eq(later.accountId, documents.accountId),
        eq(later.number, documents.number),
        eq(later.usage, documents.usage),
        eq(later.type, "shipment"),
        eq(later.status, "accepted"),
        gt(later.sequence, documents.sequence),
      ),
    );
  return session
    .select()
    .from(documents)
    .where(
      and(
        eq(documents.accountId, accountId),
        eq(documents.type, "shipment"),
        eq(documents.direction, "outbound"),
        eq(documents.usage, usage),
        eq(documents.status, "accepted"),
        gte(documents.createdAt, from),
        lt(documents.createdAt, to),
        before === null ? undefined : lt(documents.sequence, before),
        notExists(anotherSince),
      ),
    )
    .orderBy(desc(documents.sequence))
    .limit(limit);
}

/** Goods of a ship notice on a line of an order, as they were posted. */
export interface ShippedLine {
  readonly documentId: string;
  readonly orderId: string;
  readonly orderLineId: string;
  readonly line: LedgerLine;
  readonly quantity: string;
  /** Where in the notice the item stands. */
  readonly path: string;
}

/** What ship notices themselves shipped; what they took back of earlier notices is left out. */
export async function readShippedLines(session: Session, documentIds: readonly string[]): Promise<ShippedLine[]> {
  if (documentIds.length === 0) return [];
  const { documentId, orderId, orderLineId, quantity, path } = ledgerEntries;
  return session
    .select({ documentId, orderId, orderLineId, quantity, path, line: orderLines.line })
    .from(ledgerEntries)
    .innerJoin(orderLines, eq(orderLines.id, ledgerEntries.orderLineId))
    .where(and(inArray(documentId, [...documentIds]), eq(ledgerEntries.kind, "shipped"), ne(path, "number")))
    .orderBy(asc(ledgerEntries.id));
}
