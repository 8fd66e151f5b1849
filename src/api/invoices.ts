import { Big } from "big.js";
import { z } from "zod";
import { moneyText } from "../ledger/index.ts";
import type { Session } from "../store/database.ts";
import { findOrdersOfDocument } from "../store/ledger.ts";
import { findOrdersById } from "../store/orders.ts";
import {
  findMemosOf,
  type InvoiceEntryRow,
  type InvoiceWithOpen,
  listInvoices,
  readDifferences,
  readInvoiceEntries,
  readInvoices,
} from "../store/receivables.ts";
import { confinedTo } from "./authentication.ts";
import { type InvoiceDetail, type InvoiceItem, invoiceDetail, invoiceList, invoiceQuery } from "./contract/invoices.ts";
import { failures } from "./contract/problem-details.ts";
import { hrefOf } from "./interchange-view.ts";
import type { ApiServer, ApiServices } from "./services.ts";
import { visibleInvoice } from "./visibility.ts";

const tags = ["Invoices"];

/** What accounts owe: invoices and memos with what settled them. An account checks its own, the supplier all. */
export function serveInvoices(api: ApiServer, { database }: ApiServices): void {
  const { session } = database;

  api.route({
    method: "GET",
    url: "/invoices",
    schema: {
      operationId: "listInvoices",
      tags,
      summary: "Invoices and memos, newest first, with what is open of them",
      description: "The supplier sees all, an account its own. Tests are left out unless asked for.",
      querystring: invoiceQuery,
      response: { 200: invoiceList.describe("A page of invoices."), ...failures(400) },
    },
    handler: async (request) => {
      const { account, after = null, limit, usage, ...filter } = request.query;
      const only = confinedTo(request);
      if (only !== null && account !== undefined && account !== only) return { items: [], next: null };
      const page = await listInvoices(
        session,
        { ...filter, account: only ?? account, usage: usage === "all" ? undefined : usage },
        { after, limit },
      );
      return { items: page.items.map(itemOf), next: page.next };
    },
  });

  api.route({
    method: "GET",
    url: "/invoices/:id",
    schema: {
      operationId: "readInvoice",
      tags,
      summary: "One invoice: what is open of it, its payments, discounts, adjustments and differences",
      params: z.object({ id: z.string().describe("Id of the invoice.") }),
      response: { 200: invoiceDetail, ...failures(404) },
    },
    handler: async (request) =>
      detailOf(session, await visibleInvoice(session, confinedTo(request), request.params.id)),
  });
}

function itemOf(row: InvoiceWithOpen): InvoiceItem {
  return {
    id: row.id,
    account: row.accountId,
    usage: row.usage,
    number: row.number,
    kind: row.kind,
    document: { id: row.documentId, type: "invoice", number: row.number },
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    currency: row.currency,
    amount: moneyText(new Big(row.amount)),
    openAmount: moneyText(new Big(row.openAmount)),
    href: hrefOf("invoices", row.id),
  };
}

async function detailOf(session: Session, invoice: InvoiceWithOpen): Promise<InvoiceDetail> {
  const entries = await readInvoiceEntries(session, invoice.id);
  const [corrected] = invoice.correctsId ? await readInvoices(session, [invoice.correctsId]) : [];
  const memos = await findMemosOf(session, invoice.id);
  const orders = await findOrdersById(session, await findOrdersOfDocument(session, invoice.documentId));
  const differences = await readDifferences(session, invoice.id);
  return {
    ...itemOf(invoice),
    corrects: corrected ? { id: corrected.id, number: corrected.number, href: hrefOf("invoices", corrected.id) } : null,
    memos: memos.map(({ id, number, kind, amount }) => ({
      id,
      number,
      kind,
      amount: moneyText(new Big(amount)),
      href: hrefOf("invoices", id),
    })),
    lines: linesOf(entries),
    settlements: settlementsOf(entries),
    differences: differences.map(({ code, amount, reason, message, documentId, documentNumber, at }) => ({
      code,
      amount: moneyText(new Big(amount)),
      reason,
      message,
      payment: { id: documentId, type: "remittance", number: documentNumber },
      at: at.toISOString(),
    })),
    orders: orders.map(({ id, number }) => ({ id, number, href: hrefOf("orders", id) })),
  };
}

function linesOf(entries: readonly InvoiceEntryRow[]): InvoiceDetail["lines"] {
  const lines = new Map<string, { quantity: Big; amount: Big; open: Big }>();
  for (const { path, kind, quantity, amount } of entries) {
    const line = lines.get(path) ?? { quantity: new Big(0), amount: new Big(0), open: new Big(0) };
    const billed = kind === "billed";
    lines.set(path, {
      quantity: line.quantity.plus(billed ? (quantity ?? 0) : 0),
      amount: line.amount.plus(billed ? amount : 0),
      open: line.open.plus(amount),
    });
  }
  return [...lines].map(([path, { quantity, amount, open }]) => ({
    path,
    quantity: quantity.toFixed(),
    amount: moneyText(amount),
    openAmount: moneyText(open),
  }));
}

/** What each document settled, all lines together. */
function settlementsOf(entries: readonly InvoiceEntryRow[]): InvoiceDetail["settlements"] {
  const sums = new Map<string, { entry: InvoiceEntryRow; amount: Big }>();
  for (const entry of entries) {
    if (entry.kind === "billed") continue;
    const key = `${entry.documentId} ${entry.kind}`;
    const amount = (sums.get(key)?.amount ?? new Big(0)).minus(entry.amount);
    sums.set(key, { entry, amount });
  }
  return [...sums.values()].map(({ entry, amount }) => ({
    kind: entry.kind as InvoiceDetail["settlements"][number]["kind"],
    amount: moneyText(amount),
    document: { id: entry.documentId, type: entry.documentType, number: entry.documentNumber },
    happenedOn: entry.happenedOn,
    at: entry.at.toISOString(),
  }));
}
