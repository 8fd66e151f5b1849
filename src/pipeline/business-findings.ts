/** What was ordered, shipped and billed, for the checks of a document that is about to leave. */
import type { AccountProfile } from "../accounts/account.ts";
import { type Document, type Invoice, type Shipment, shippedItems } from "../documents/index.ts";
import {
  checkInvoice,
  checkShipment,
  containersOf,
  type Finding,
  type InvoiceFacts,
  movementsOfInvoice,
  type OrderFacts,
} from "../ledger/index.ts";
import { findContainers } from "../store/containers.ts";
import type { Session } from "../store/database.ts";
import { openBooks } from "../store/ledger.ts";
import { findOrders } from "../store/orders.ts";
import { findInvoiceByNumber, readBilledAndCredited } from "../store/receivables.ts";
import { businessDate } from "./business-date.ts";
import { standingLines } from "./standing.ts";

/**
 * An invoice against its orders and what was shipped, a ship notice against its orders and its packages, with what the account
 * lets pass. Nothing is checked of other documents.
 * @param isOurs whether the gateway made it itself
 */
export async function businessFindings(
  session: Session,
  profile: AccountProfile,
  document: Document,
  isOurs = false,
): Promise<Finding[]> {
  switch (document.documentType) {
    case "invoice":
      return checkInvoice(
        document,
        {
          ...(await invoiceFacts(session, profile, document)),
          allowancesElsewhere: isOurs || ["own-invoice", "none"].includes(profile.invoicing?.allowances ?? ""),
        },
        profile.checks,
      );
    case "shipment":
      return checkShipment(
        document,
        {
          orders: await orderFacts(
            session,
            profile,
            document,
            shippedItems(document).map(({ order }) => order),
          ),
          containersUsed: await containersUsed(session, document),
        },
        profile.checks,
      );
    default:
      return [];
  }
}

async function invoiceFacts(session: Session, profile: AccountProfile, invoice: Invoice): Promise<InvoiceFacts> {
  const { account, usage, number, billingReference } = invoice;
  const named = movementsOfInvoice(invoice).map(({ order }) => order);
  const before = await findInvoiceByNumber(session, usage, number);
  return {
    orders: await orderFacts(session, profile, invoice, [invoice.order, ...named]),
    ...(before && { numberUsedBy: `${before.kind} of ${before.issuedOn} to ${before.accountId}` }),
    ...(billingReference !== undefined && { about: await invoiceAbout(session, account, usage, billingReference) }),
  };
}

/** The invoice that a memo corrects, if it was the account's, with what was credited of it by now. */
async function invoiceAbout(session: Session, account: string, usage: Invoice["usage"], number: string) {
  const invoice = await findInvoiceByNumber(session, usage, number);
  if (invoice?.accountId !== account) return null;
  const { billed, credited } = await readBilledAndCredited(session, invoice.id);
  return { number, amount: billed, credited };
}

interface Named {
  readonly number: string;
  readonly release?: string | undefined;
}

/** The orders that an invoice or a ship notice names, as they stand. Of several with one number, the one that goes where the document goes is first. */
export async function orderFacts(
  session: Session,
  { timeZone }: AccountProfile,
  { account: accountId, usage, parties }: Invoice | Shipment,
  named: readonly (Named | undefined)[],
): Promise<OrderFacts[]> {
  const today = businessDate(new Date(), timeZone);
  const places = new Set(parties?.filter(({ role }) => role === "ST" || role === "BY").map(({ id }) => id));
  const facts: OrderFacts[] = [];
  for (const number of new Set(named.flatMap((order) => (order === undefined ? [] : [order.number])))) {
    const found = await findOrders(session, { accountId, usage, number });
    const nearest = found.sort((one, other) => Number(places.has(other.shipTo)) - Number(places.has(one.shipTo)));
    for (const book of await openBooks(session, nearest))
      facts.push({ order: book.body, lines: standingLines(book, today) });
  }
  return facts;
}

async function containersUsed(session: Session, shipment: Shipment): Promise<Map<string, string>> {
  const codes = containersOf(shipment).map(({ sscc }) => sscc);
  const used = await findContainers(session, shipment.usage, codes);
  return new Map(used.map((container) => [container.sscc, container.shipment]));
}
