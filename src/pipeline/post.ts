import { effectiveProfile } from "../accounts/tree/effective.ts";
import type { Document, DocumentType } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import type { ChangedOrder } from "../ledger/index.ts";
import { addToMonths } from "../store/account-months.ts";
import type { DocumentRow } from "../store/documents.ts";
import { businessDate } from "./business-date.ts";
import { postInvoice } from "./posting/invoice.ts";
import { postOrder } from "./posting/order.ts";
import { postOrderChange } from "./posting/order-change.ts";
import { Posting } from "./posting/posting.ts";
import { postRemittance } from "./posting/remittance.ts";
import { postResponse } from "./posting/response.ts";
import { postShipment } from "./posting/shipment.ts";
import type { NextJob, StepContext } from "./step.ts";

/** What posting found out that an answer needs, and what follows. */
export interface Posted {
  /** Of an order change: what became of it. */
  readonly change?: ChangedOrder;
  /** What is to be done because of it. */
  readonly next?: readonly NextJob[];
}

/** What adds to the sums of its account's months. */
const counted: ReadonlySet<DocumentType> = new Set(["order", "order-change", "invoice", "remittance"]);

/**
 * Writes what an accepted document did into the account's books: to order lines, to invoices, to containers. In the
 * transaction that accepts it, with the account's books locked (`lockBooks`). What belongs nowhere opens a work item.
 */
export async function postToLedger(context: StepContext, row: DocumentRow, body: Document): Promise<Posted> {
  const inForce = (await context.directory.load(context.session)).profile(row.accountId);
  if (!inForce) throw new NeedsHuman("account.missing", `There is no account ${row.accountId}.`);
  const profile = effectiveProfile(inForce, row);
  const posting = new Posting(context, row, businessDate(new Date(), profile.timeZone));
  let posted: Posted = {};
  switch (body.documentType) {
    case "order":
      await postOrder(posting, body, profile.orderChanges);
      break;
    case "order-change":
      posted = { change: await postOrderChange(posting, body, profile.orderChanges) };
      break;
    case "order-response":
    case "order-change-response":
      await postResponse(posting, body);
      break;
    case "shipment":
      posted = { next: await postShipment(posting, inForce, body) };
      break;
    case "invoice":
      await postInvoice(posting, body);
      break;
    case "remittance":
      await postRemittance(posting, body, profile.payments);
      break;
    default:
      // Nothing else moves an order or an invoice.
      return posted;
  }
  await posting.write();
  if (counted.has(body.documentType)) await addToMonths(context.session, row.id);
  return posted;
}
