/** A plan becomes invoices: numbered, kept with their reasons, and on their way to the check that every invoice passes. */
import { randomUUID } from "node:crypto";
import { invoiceNumber, type PlannedInvoice } from "../../accounts/invoicing/index.ts";
import type { InvoicingRule } from "../../accounts/rules/invoicing.ts";
import type { Invoice } from "../../documents/index.ts";
import { NeedsHuman } from "../../errors.ts";
import {
  type BillingPeriodRow,
  type BooksOf,
  closeLines,
  markBilled,
  noteWaiting,
  writeBillingLines,
} from "../../store/billing.ts";
import { takeNumbers } from "../../store/counters.ts";
import type { Session } from "../../store/database.ts";
import { tell, tellAll } from "../../store/events.ts";
import { keepMadeInvoices } from "../../store/made-invoices.ts";
import { keepSubmissions } from "../../store/submitted-documents.ts";
import { closeWorkItems, openWorkItem } from "../../store/work-items.ts";
import type { Ruling } from "../account-directory.ts";
import type { NextJob } from "../step.ts";
import { knownBy } from "../submittable.ts";
import type { BillingPlan } from "./billing-plan.ts";

/** The counter that an account's invoices are numbered by. Another prefix begins anew. */
export const invoiceCounter = ({ accountId, usage }: BooksOf, prefix: string): string =>
  `invoices ${accountId} ${usage} ${prefix}`;

/** Work items of a ship notice of which something can't be billed yet. */
export const waitingKind = "billing-waits";
/** How many lines a work item tells in full. */
const toldInFull = 8;

interface Made {
  readonly id: string;
  readonly planned: PlannedInvoice;
  readonly invoice: Invoice;
}

/**
 * Keeps the invoices of a plan in the transaction that closes their period: each as one that was handed in and is to be checked.
 * Lines that can't be billed stay open, and a person is told; what is never billed is closed.
 * @returns the checks; what stands beside another invoice is checked once that one is accepted
 * @throws NeedsHuman where a number was used before
 */
export async function makeInvoices(
  session: Session,
  { profile, version }: Ruling,
  rule: InvoicingRule,
  period: BillingPeriodRow,
  billing: BillingPlan,
): Promise<NextJob[]> {
  const { invoices, notBilled } = billing.plan;
  const numbers = await takeInvoiceNumbers(session, rule, period, invoices.length);
  const made: Made[] = invoices.map((planned, index) => ({
    id: randomUUID(),
    planned,
    invoice: {
      ...planned.invoice,
      number: numbers[index] as string,
      ...(planned.beside !== undefined && { billingReference: numbers[planned.beside] as string }),
    },
  }));
  await keep(session, made, version);
  await keepMadeInvoices(
    session,
    made.map(({ id, planned: { separate, together, beside } }) => ({
      documentId: id,
      periodId: period.id,
      besideId: beside === undefined ? null : (made[beside]?.id ?? null),
      separate,
      together,
    })),
  );
  for (const one of made) await bill(session, period, billing, one);
  await leave(session, period, billing, notBilled);
  for (const { id, planned } of made) {
    const beside =
      planned.beside === undefined ? "" : ` It is checked once invoice ${numbers[planned.beside]} is accepted.`;
    await tell(session, { documentId: id }, "made", `${planned.separate} ${planned.together}${beside}`);
  }
  return made.flatMap(({ id, planned }): NextJob[] =>
    planned.beside === undefined
      ? [{ name: "check", ids: { document: id, run: 1, release: false }, account: profile.id }]
      : [],
  );
}

/** @throws NeedsHuman where the rule has no numbering */
async function takeInvoiceNumbers(
  session: Session,
  { numbering }: InvoicingRule,
  of: BooksOf,
  count: number,
): Promise<string[]> {
  if (count === 0) return [];
  if (!numbering)
    throw new NeedsHuman("invoicing.no-numbering", "The rule of invoicing has no numbering; give it one, and retry.");
  const first = await takeNumbers(session, invoiceCounter(of, numbering.prefix), count, numbering.first);
  return Array.from({ length: count }, (_, index) => invoiceNumber(numbering, first + index));
}

async function keep(session: Session, made: readonly Made[], ruleVersion: number): Promise<void> {
  const rows = made.map(({ id, invoice }) => {
    const { number, claim, orderNumbers } = knownBy(invoice);
    const { account: accountId, usage } = invoice;
    return {
      ...{ id, number, accountId, usage, claim, orderNumbers, ruleVersion },
      direction: "outbound" as const,
      type: invoice.documentType,
      businessKey: claim,
      submittedBy: null,
      body: invoice,
    };
  });
  const kept = await keepSubmissions(session, rows);
  const taken = made.find(({ id }) => !kept.has(id));
  if (taken) {
    throw new NeedsHuman(
      "invoice.number-used",
      `Invoice number ${taken.invoice.number} was used before, so nothing was billed. Give the account's invoices another prefix (invoicing.numbering), and retry.`,
    );
  }
}

/** Each line points to its invoice. */
async function bill(session: Session, period: BillingPeriodRow, billing: BillingPlan, made: Made): Promise<void> {
  const byPrice = new Map<string, number[]>();
  const notices = new Set<string>();
  const orderCharges: string[] = [];
  for (const id of made.planned.ids) {
    const row = billing.rows.get(id);
    if (!row) {
      orderCharges.push(id);
      continue;
    }
    notices.add(row.documentId);
    const priced = row.kind === "goods" ? billing.priceOf(id) : null;
    const key = JSON.stringify([priced?.price ?? null, priced?.basis ?? null]);
    const own = byPrice.get(key);
    if (own) own.push(row.id);
    else byPrice.set(key, [row.id]);
  }
  for (const [key, ids] of byPrice) {
    const [price, priceBasis] = JSON.parse(key) as [string | null, string | null];
    await markBilled(session, ids, { invoiceId: made.id, price, priceBasis });
  }
  await billOrderCharges(session, period, billing, made, orderCharges);
  await tellAll(session, [...notices], "billed", `Goods of it are billed by invoice ${made.invoice.number}.`);
}

async function billOrderCharges(
  session: Session,
  period: BillingPeriodRow,
  { rows, orderCharges }: BillingPlan,
  { id: invoiceId }: Made,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const goods = new Map([...rows.values()].map((row) => [row.orderId, row]));
  await writeBillingLines(
    session,
    ids.flatMap((id) => {
      const charge = orderCharges.get(id);
      const with_ = charge && goods.get(charge.orderId);
      if (!charge || !with_) return [];
      const { documentId, shipment } = with_;
      return [
        {
          ...{ documentId, shipment, invoiceId },
          periodId: period.id,
          accountId: period.accountId,
          usage: period.usage,
          kind: "order-charge" as const,
          orderId: charge.orderId,
          orderIds: [charge.orderId],
          path: charge.path,
          charge: charge.what,
          state: "billed" as const,
        },
      ];
    }),
  );
}

/** What is on no invoice: closed for good, or open with what somebody has to do. */
async function leave(
  session: Session,
  { accountId }: BillingPeriodRow,
  { rows }: BillingPlan,
  notBilled: BillingPlan["plan"]["notBilled"],
): Promise<void> {
  const never = new Map<string, number[]>();
  const waits = new Map<string, number[]>();
  const told = new Map<string, Set<string>>();
  for (const { id, until, reason, mend } of notBilled) {
    const row = rows.get(id);
    if (!row) continue;
    const [map, key] = until === "never" ? [never, reason] : [waits, JSON.stringify([reason, mend ?? null])];
    const own = map.get(key);
    if (own) own.push(row.id);
    else map.set(key, [row.id]);
    if (until === "waits" && mend !== undefined) {
      const messages = told.get(row.documentId) ?? new Set();
      told.set(row.documentId, messages.add(`${reason} ${mend}`));
    }
  }
  for (const [reason, ids] of never) await closeLines(session, ids, reason);
  for (const [key, ids] of waits) {
    const [reason, mend] = JSON.parse(key) as [string, string | null];
    await noteWaiting(session, ids, { reason, mend });
  }
  const planned = new Set([...rows.values()].map(({ documentId }) => documentId));
  for (const documentId of planned) {
    const messages = told.get(documentId);
    // What a person was told before is told anew, as it is by now.
    await closeWorkItems(session, { documentId, kind: waitingKind }, "It was planned again.");
    if (messages) {
      const some = [...messages].slice(0, toldInFull).join(" ");
      const more = messages.size > toldInFull ? ` And ${messages.size - toldInFull} more.` : "";
      await openWorkItem(session, {
        kind: waitingKind,
        message: `Not billed yet: ${some}${more}`,
        accountId,
        documentId,
      });
    }
  }
}
