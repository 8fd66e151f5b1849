import type { Document } from "../documents/index.ts";
import { NeedsHuman } from "../errors.ts";
import type { DocumentRow } from "../store/documents.ts";
import { businessDate } from "./business-date.ts";
import { postInvoice } from "./posting/invoice.ts";
import { postOrder } from "./posting/order.ts";
import { Posting } from "./posting/posting.ts";
import { postRemittance } from "./posting/remittance.ts";
import { postResponse } from "./posting/response.ts";
import { postShipment } from "./posting/shipment.ts";
import type { StepContext } from "./step.ts";

/**
 * Writes what an accepted document did into the account's books: to order lines, to invoices, to containers. In the
 * transaction that accepts it, with the account's books locked (`lockBooks`). What belongs nowhere opens a work item.
 */
export async function postToLedger(context: StepContext, row: DocumentRow, body: Document): Promise<void> {
  const profile = (await context.directory.load(context.session)).profile(row.accountId);
  if (!profile) throw new NeedsHuman("account.missing", `There is no account ${row.accountId}.`);
  const posting = new Posting(context, row, businessDate(new Date(), profile.timeZone));
  switch (body.documentType) {
    case "order":
      await postOrder(posting, body);
      break;
    case "order-response":
      await postResponse(posting, body);
      break;
    case "shipment":
      await postShipment(posting, body);
      break;
    case "invoice":
      await postInvoice(posting, body);
      break;
    case "remittance":
      await postRemittance(posting, body);
      break;
    default:
      // Nothing else moves an order or an invoice.
      return;
  }
  await posting.write();
}
