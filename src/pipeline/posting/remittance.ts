import { Big } from "big.js";
import { type Invoice, type Remittance, settlementsOf } from "../../documents/index.ts";
import {
  allocateRemittance,
  apportion,
  type Claim,
  type ClaimLine,
  earlyPaymentDiscount,
  type InvoiceAllocation,
  ledgerKeyOf,
  type PaymentDifference,
  type PaymentRules,
} from "../../ledger/index.ts";
import { linkDocuments } from "../../store/document-links.ts";
import { readDocuments } from "../../store/documents.ts";
import { tell } from "../../store/events.ts";
import { type InvoicedEntry, readInvoicedEntries } from "../../store/ledger.ts";
import {
  findInvoicesByNumbers,
  type InvoiceRow,
  type NewInvoiceEntry,
  readEntriesOfInvoices,
  writeDifferences,
  writeInvoiceEntries,
} from "../../store/receivables.ts";
import type { Posting } from "./posting.ts";

/** How many differences a work item tells in full. */
const differencesTold = 8;

/**
 * What an account paid: on its invoices, and through them on its order lines. Where it is not what was claimed, the difference
 * is kept with its reason, and a person decides.
 */
export async function postRemittance(posting: Posting, remittance: Remittance, rules: PaymentRules): Promise<void> {
  const { context, row } = posting;
  const { session } = context;
  const numbers = settlementsOf(remittance).flatMap(({ number }) => number ?? []);
  const invoices = await findInvoicesByNumbers(session, row.accountId, row.usage, numbers);
  const claims = await claimsOf(posting, invoices);
  const { allocations, differences, onAccount } = allocateRemittance(remittance, [...claims.values()], rules);

  const byNumber = new Map(invoices.map((invoice) => [invoice.number, invoice]));
  const entries = allocations.flatMap((allocation) => entriesOf(posting, remittance, allocation, byNumber));
  await writeInvoiceEntries(
    session,
    entries.map((entry, ordinal) => ({ ...entry, ordinal })),
  );
  await payOrderLines(posting, remittance, allocations, byNumber);
  await linkDocuments(
    session,
    row.id,
    "pays",
    invoices.map(({ documentId, number }) => ({ id: documentId, foundBy: `number ${number}` })),
  );
  await tellOf(posting, remittance, allocations, byNumber, onAccount);
  await callForDifferences(posting, differences, byNumber);
}

/** Invoices as claims, with what was settled of each line until now. */
async function claimsOf(
  { context: { session } }: Posting,
  invoices: readonly InvoiceRow[],
): Promise<Map<string, Claim>> {
  const ids = invoices.map(({ id }) => id);
  const documents = new Map(
    (
      await readDocuments(
        session,
        invoices.map(({ documentId }) => documentId),
      )
    ).map((one) => [one.id, one.body as Invoice]),
  );
  const claims = new Map<string, Claim & { lines: ClaimLine[] }>();
  const lines = new Map<string, Map<string, ClaimLine>>();
  const discounts = new Map<string, Big>();
  for (const entry of await readEntriesOfInvoices(session, ids)) {
    const own = lines.get(entry.invoiceId) ?? new Map<string, ClaimLine>();
    lines.set(entry.invoiceId, own);
    const line = own.get(entry.path) ?? { path: entry.path, amount: "0", quantity: "0", settled: "0" };
    const billed = entry.kind === "billed";
    own.set(entry.path, {
      ...line,
      amount: billed ? plus(line.amount, entry.amount) : line.amount,
      quantity: billed ? plus(line.quantity, entry.quantity ?? "0") : line.quantity,
      settled: billed ? line.settled : new Big(line.settled).minus(entry.amount).toFixed(),
    });
    if (entry.kind === "discount") {
      discounts.set(entry.invoiceId, (discounts.get(entry.invoiceId) ?? new Big(0)).plus(entry.amount));
    }
  }
  for (const { id, number, currency, documentId } of invoices) {
    const document = documents.get(documentId);
    const discount = document && earlyPaymentDiscount(document);
    claims.set(number, {
      number,
      ...(currency !== null && { currency }),
      lines: [...(lines.get(id)?.values() ?? [])].map((line) => ({ ...line, ...lineNumberOf(document, line.path) })),
      ...(discount && { discount }),
      discountTaken: (discounts.get(id) ?? new Big(0)).abs().toFixed(),
    });
  }
  return claims;
}

/** The buyer's line number of a claim line, as the invoice says it. */
function lineNumberOf(invoice: Invoice | undefined, path: string): { line?: string } {
  const place = /^lines\.(\d+)/.exec(path)?.[1];
  const line = place === undefined ? undefined : invoice?.lines[Number(place)]?.line;
  return line === undefined ? {} : { line };
}

function entriesOf(
  { row }: Posting,
  remittance: Remittance,
  allocation: InvoiceAllocation,
  byNumber: ReadonlyMap<string, InvoiceRow>,
): Omit<NewInvoiceEntry, "ordinal">[] {
  const invoice = byNumber.get(allocation.invoice);
  if (!invoice) return [];
  return allocation.lines.flatMap(({ path, ...settled }) =>
    (["paid", "discount", "adjustment"] as const).flatMap((kind) =>
      new Big(settled[kind]).eq(0)
        ? []
        : [
            {
              invoiceId: invoice.id,
              documentId: row.id,
              kind,
              path,
              amount: new Big(settled[kind]).times(-1).toFixed(),
              reference: row.number,
              happenedOn: remittance.date ?? null,
            },
          ],
    ),
  );
}

/** What was paid of invoice lines, on the order lines that those were posted on. */
async function payOrderLines(
  posting: Posting,
  remittance: Remittance,
  allocations: readonly InvoiceAllocation[],
  byNumber: ReadonlyMap<string, InvoiceRow>,
): Promise<void> {
  const { context, row } = posting;
  const documentIds = [...byNumber.values()].map(({ documentId }) => documentId);
  const entered = new Map<string, InvoicedEntry[]>();
  for (const entry of await readInvoicedEntries(context.session, documentIds)) {
    const key = JSON.stringify([entry.documentId, entry.path, entry.key]);
    entered.set(key, [...(entered.get(key) ?? []), entry]);
  }
  for (const allocation of allocations) {
    const invoice = byNumber.get(allocation.invoice);
    for (const { path, paid, paidQuantity } of allocation.lines) {
      if (new Big(paid).eq(0) && new Big(paidQuantity).eq(0)) continue;
      const where = [invoice?.documentId, path.split(" ")[0], ledgerKeyOf(path)];
      const parts = entered.get(JSON.stringify(where)) ?? [];
      if (parts.length === 0) continue;
      const amounts = apportion(
        paid,
        parts.map(({ amount }) => new Big(amount ?? 0).abs()),
      );
      const quantities = apportion(
        paidQuantity,
        parts.map(({ quantity }) => new Big(quantity).abs()),
        0,
      );
      for (const [index, part] of parts.entries()) {
        const quantity = (quantities[index] ?? new Big(0)).toFixed();
        posting.enter(
          part,
          {
            kind: "paid",
            productIds: [],
            quantity,
            ...(remittance.currency !== undefined && { currency: remittance.currency }),
            ...(remittance.date !== undefined && { date: remittance.date }),
            reference: row.number,
            path: allocation.path,
          },
          { quantity, amount: (amounts[index] ?? new Big(0)).toFixed(), remarks: [] },
          `invoice ${allocation.invoice}`,
        );
      }
    }
  }
}

async function tellOf(
  { context: { session }, row }: Posting,
  remittance: Remittance,
  allocations: readonly InvoiceAllocation[],
  byNumber: ReadonlyMap<string, InvoiceRow>,
  onAccount: string,
): Promise<void> {
  for (const { invoice, paid, discount, adjustment, open } of allocations) {
    const documentId = byNumber.get(invoice)?.documentId ?? null;
    const beside = [
      ...(new Big(discount).eq(0) ? [] : [`discount ${discount}`]),
      ...(new Big(adjustment).eq(0) ? [] : [`adjustment ${adjustment}`]),
    ];
    const message = `Payment ${row.number}: ${[`${paid} paid`, ...beside].join(", ")}; ${open} is open.`;
    await tell(session, { documentId }, "paid", message);
  }
  const count = allocations.length === 1 ? "one invoice" : `${allocations.length} invoices`;
  const rest = new Big(onAccount).eq(0) ? "" : `; ${onAccount} of it settles no invoice`;
  await tell(session, { documentId: row.id }, "allocated", `${remittance.amount} is put on ${count}${rest}.`);
}

async function callForDifferences(
  posting: Posting,
  differences: readonly PaymentDifference[],
  byNumber: ReadonlyMap<string, InvoiceRow>,
): Promise<void> {
  if (differences.length === 0) return;
  const { context, row } = posting;
  await writeDifferences(
    context.session,
    differences.map(({ code, invoice, amount, reason, message, path }, ordinal) => ({
      documentId: row.id,
      ordinal,
      invoiceId: byNumber.get(invoice ?? "")?.id ?? null,
      code,
      amount,
      reason: reason ?? null,
      message,
      path,
    })),
  );
  const unmatched = differences.filter(({ code }) => code === "invoice-unknown" || code === "no-detail");
  const told = differences.slice(0, differencesTold).map(({ message }) => message);
  const more = differences.length > differencesTold ? `; and ${differences.length - differencesTold} more` : "";
  await posting.callPerson(
    unmatched.length > 0 ? "remittance-unmatched" : "remittance-difference",
    `Payment ${row.number} is not what we claimed: ${told.join("; ")}${more}.`,
  );
}

const plus = (one: string, other: string): string => new Big(one).plus(other).toFixed();
