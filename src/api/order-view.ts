import { Big } from "big.js";
import { type LineFigures, moneyText } from "../ledger/index.ts";
import { businessDate } from "../pipeline/business-date.ts";
import { figuresOfLine } from "../pipeline/standing.ts";
import { findAccount } from "../store/accounts.ts";
import { findChain } from "../store/chain.ts";
import type { Session } from "../store/database.ts";
import { type LedgerEntryRow, openBooks } from "../store/ledger.ts";
import { type OrderRow, readOrderVersions } from "../store/orders.ts";
import { findPromisesOf } from "../store/promises.ts";
import { findInvoicesOfDocuments } from "../store/receivables.ts";
import type { OrderDetail, OrderItem } from "./contract/orders.ts";
import { hrefOf } from "./interchange-view.ts";
import { promiseViewOf } from "./promises.ts";

/** Most lines in one answer; an order of many stores can have more, and is asked for by line or place. */
const mostLines = 2_000;

/** An order in a list. */
export function orderItemOf(row: OrderRow): OrderItem {
  return {
    id: row.id,
    account: row.accountId,
    usage: row.usage,
    number: row.number,
    release: row.release || null,
    shipTo: row.shipTo || null,
    state: row.state,
    version: row.version,
    orderedOn: row.orderedOn,
    currency: row.currency,
    division: row.division,
    location: row.location,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    href: hrefOf("orders", row.id),
  };
}

/** Everything about one order, by its entries; nothing of it is only for the supplier's eyes. */
export async function orderView(
  session: Session,
  order: OrderRow,
  wanted: { readonly line?: string | undefined; readonly location?: string | undefined },
): Promise<OrderDetail> {
  const account = await findAccount(session, order.accountId);
  const today = businessDate(new Date(), account?.profile.timeZone ?? "UTC");
  const [book] = await openBooks(session, [order]);
  const all = (book?.lines ?? []).map((line) => ({ line, figures: figuresOfLine(line, today) }));
  const chosen = all.filter(
    ({ line: { line } }) =>
      (wanted.line === undefined || line.line === wanted.line) &&
      (wanted.location === undefined || line.location?.id === wanted.location),
  );
  const versions = await readOrderVersions(session, order.id);
  const entries = (book?.lines ?? []).flatMap((line) => line.entries);
  const chain = await findChain(session, [...new Set([...versions, ...entries].map(({ documentId }) => documentId))]);
  const documents = new Map(chain.map((one) => [one.id, one]));
  const invoices = await findInvoicesOfDocuments(session, [...documents.keys()]);
  const promised = await findPromisesOf(session, [order.id]);
  const moved = movedByDocument(entries);
  return {
    ...orderItemOf(order),
    totals: totalsOf(all.map(({ figures }) => figures)),
    priority: book?.body.priority ?? null,
    promises: promised.map((row) => promiseViewOf({ ...row, orderNumber: order.number })),
    versions: versions.map(({ version, documentId, summary, at, body }) => ({
      version,
      document: named(documents.get(documentId), documentId),
      summary,
      at: at.toISOString(),
      order: body,
    })),
    lines: chosen.slice(0, mostLines).map(({ line, figures }) => ({
      ...line.line,
      figures,
      entries: line.entries.map(entryOf),
    })),
    linesOmitted: Math.max(0, chosen.length - mostLines),
    chain: chain.map(({ id, type, number, direction, status, createdAt, relation }) => ({
      id,
      type,
      number,
      direction,
      status,
      at: createdAt.toISOString(),
      relation,
      moved: moved.get(id) ?? [],
    })),
    invoices: invoices.map(({ id, number, kind, amount, openAmount }) => ({
      id,
      number,
      kind,
      amount: moneyText(new Big(amount)),
      openAmount: moneyText(new Big(openAmount)),
      href: hrefOf("invoices", id),
    })),
    timeline: chain.map(({ id, type, number, createdAt, relation }) => ({
      at: createdAt.toISOString(),
      kind: type,
      message: sentenceFor(type, number, relation, moved.get(id) ?? []),
    })),
  };
}

function named(document: { id: string; type: string; number: string } | undefined, id: string) {
  return { id, type: document?.type ?? "order", number: document?.number ?? "" };
}

function entryOf(entry: LedgerEntryRow): OrderDetail["lines"][number]["entries"][number] {
  return {
    kind: entry.kind,
    quantity: entry.quantity,
    amount: entry.amount,
    document: { id: entry.documentId, type: entry.documentType, number: entry.documentNumber },
    path: entry.path,
    reference: entry.reference,
    as: entry.acknowledgedAs,
    code: entry.code,
    reason: entry.reason,
    happenedOn: entry.happenedOn,
    promisedOn: entry.promisedOn,
    at: entry.at.toISOString(),
  };
}

type Moved = OrderDetail["chain"][number]["moved"];

function movedByDocument(entries: readonly LedgerEntryRow[]): Map<string, Moved> {
  const sums = new Map<string, Map<LedgerEntryRow["kind"], { quantity: Big; amount: Big }>>();
  for (const { documentId, kind, quantity, amount } of entries) {
    const own = sums.get(documentId) ?? new Map();
    sums.set(documentId, own);
    const sum = own.get(kind) ?? { quantity: new Big(0), amount: new Big(0) };
    own.set(kind, { quantity: sum.quantity.plus(quantity), amount: sum.amount.plus(amount ?? 0) });
  }
  return new Map(
    [...sums].map(([id, kinds]) => [
      id,
      [...kinds].map(([kind, { quantity, amount }]) => ({
        kind,
        quantity: quantity.toFixed(),
        amount: moneyText(amount),
      })),
    ]),
  );
}

const summed = ["ordered", "changed", "cancelled", "acknowledged", "shipped", "invoiced", "paid"] as const;
const counted = ["open", "late", "over", "under"] as const;

function totalsOf(figures: readonly LineFigures[]): OrderDetail["totals"] {
  const sum = (of: (one: LineFigures) => string) => figures.reduce((total, one) => total.plus(of(one)), new Big(0));
  return {
    ...(Object.fromEntries(
      summed.map((kind) => [
        kind,
        { quantity: sum((one) => one[kind].quantity).toFixed(), amount: moneyText(sum((one) => one[kind].amount)) },
      ]),
    ) as Pick<OrderDetail["totals"], (typeof summed)[number]>),
    ...(Object.fromEntries(counted.map((kind) => [kind, sum((one) => one[kind]).toFixed()])) as Pick<
      OrderDetail["totals"],
      (typeof counted)[number]
    >),
  };
}

/** "Shipment S-4711: 240 shipped (5220.00)." */
function sentenceFor(type: string, number: string, relation: string, moved: Moved): string {
  const words = type.replaceAll("-", " ");
  const what = `${words.charAt(0).toUpperCase()}${words.slice(1)} ${number}`;
  if (moved.length === 0) return relation === "answers" ? `${what} answers.` : `${what}.`;
  return `${what}: ${moved.map(({ kind, quantity, amount }) => `${quantity} ${kind} (${amount})`).join(", ")}.`;
}
