import { randomUUID } from "node:crypto";
import type { InquiredItem, StatusInquiry, StatusOrder } from "../../documents/index.ts";
import { takeNumbers } from "../../store/counters.ts";
import type { Session } from "../../store/database.ts";
import { keepDocument } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { openBooks } from "../../store/ledger.ts";
import { findOrders, listOrders, type OrderRow } from "../../store/orders.ts";
import { businessKeyOf, documentNumberOf } from "../business-key.ts";
import { statusOfBook, statusOfUnknown, statusReport, type WantedLine } from "./status-report.ts";
import type { TakenIn, Taking } from "./taken-in.ts";

/** Most orders that one answer tells of, the newest first, where all are asked about. */
const mostOrders = 200;

/** Scopes that ask about every order, and not about those named (X12 element 847). */
const allOrders: ReadonlySet<string> = new Set(["AO", "CA", "CI", "CO"]);
const unshippedOnly: ReadonlySet<string> = new Set(["CO", "PO"]);
const shippedOnly: ReadonlySet<string> = new Set(["CI", "PI"]);

/** A question how far orders are: answered at once, from the books. */
export const takenInStatusInquiry: TakenIn<"status-inquiry"> = {
  async follow(taking, inquiry) {
    const { context, row, about, today } = taking;
    const { session } = context;
    const orders = allOrders.has(inquiry.scope.code) ? await ofAll(taking, inquiry) : await ofNamed(taking, inquiry);
    const number = await nextReportNumber(session, { account: row.accountId, usage: row.usage });
    const report = statusReport(inquiry, number, today, orders);
    const id = randomUUID();
    await keepDocument(session, {
      id,
      direction: "outbound",
      type: report.documentType,
      number: documentNumberOf(report),
      accountId: row.accountId,
      usage: row.usage,
      businessKey: businessKeyOf(report),
      respondsToId: row.id,
      division: row.division,
      location: row.location,
      body: report,
    });
    const count = orders.length === 1 ? "one order" : `${orders.length} orders`;
    await tell(session, about, "order-status-report", `Answered with order status report ${number} about ${count}.`);
    return [{ name: "generate", ids: { document: id, run: 0 } }];
  },
};

async function ofAll({ context: { session }, row, today }: Taking, inquiry: StatusInquiry): Promise<StatusOrder[]> {
  const { items } = await listOrders(
    session,
    { account: row.accountId, usage: row.usage },
    { after: null, limit: mostOrders },
  );
  const books = await openBooks(
    session,
    items.filter((order) => isMeant(order, inquiry.scope.code)),
  );
  return books.map((book) => statusOfBook(book, today, (inquiry.lines ?? []).flatMap(wantedOf)));
}

async function ofNamed({ context: { session }, row, today }: Taking, inquiry: StatusInquiry): Promise<StatusOrder[]> {
  const answers: StatusOrder[] = [];
  for (const { order, items = [], lines = [] } of inquiry.orders ?? []) {
    if (!order) continue;
    const { number, release } = order;
    const found = await findOrders(session, { accountId: row.accountId, usage: row.usage, number, release });
    const wanted = [...items, ...lines.flatMap(wantedOf)];
    const books = await openBooks(
      session,
      found.filter((one) => isMeant(one, inquiry.scope.code)),
    );
    answers.push(...books.map((book) => statusOfBook(book, today, wanted)));
    if (found.length === 0) answers.push(statusOfUnknown(order));
  }
  return answers;
}

/** The number of an account's next order status report, asked for or not. */
export async function nextReportNumber(
  session: Session,
  { account, usage }: { readonly account: string; readonly usage: "production" | "test" },
): Promise<string> {
  return String(await takeNumbers(session, `order status reports ${account} ${usage}`));
}

/** How far every order is of which something is still to be shipped, the newest first. */
export async function statusOfOpen(
  session: Session,
  of: { readonly account: string; readonly usage: "production" | "test" },
  today: string,
): Promise<StatusOrder[]> {
  const { items } = await listOrders(session, { ...of, unshipped: true }, { after: null, limit: mostOrders });
  return (await openBooks(session, items)).map((book) => statusOfBook(book, today, []));
}

function wantedOf({ order, items = [] }: InquiredItem): WantedLine[] {
  const line = order?.line;
  return items.length > 0 ? items : line === undefined ? [] : [{ line, productIds: [] }];
}

function isMeant({ state }: OrderRow, scope: string): boolean {
  const unshipped = state === "open" || state === "partly-shipped";
  if (unshippedOnly.has(scope)) return unshipped;
  return !shippedOnly.has(scope) || (state !== "open" && state !== "cancelled");
}
