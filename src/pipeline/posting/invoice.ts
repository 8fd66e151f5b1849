import { type Invoice, invoiceTotals, isCredit } from "../../documents/index.ts";
import { NeedsHuman } from "../../errors.ts";
import { claimLinesOf, movementsOfInvoice } from "../../ledger/index.ts";
import type { ReceivableKind } from "../../store/ledger-tables.ts";
import {
  enterInvoice,
  findInvoiceByNumber,
  type NewInvoiceEntry,
  writeInvoiceEntries,
} from "../../store/receivables.ts";
import { netDueOn } from "./claim-days.ts";
import { postMovements } from "./movements.ts";
import type { Posting } from "./posting.ts";
import { postBegunWarranties } from "./shipped-items.ts";

/** What we bill, or credit: each line on its order line, and the whole as a claim of the account's. */
export async function postInvoice(posting: Posting, invoice: Invoice): Promise<void> {
  const { context, row } = posting;
  const { session } = context;
  const corrected = invoice.billingReference;
  const original = corrected === undefined ? null : await findInvoiceByNumber(session, row.usage, corrected);
  const corrects = original?.accountId === row.accountId ? original : null;
  if (corrected !== undefined && !corrects) {
    posting.leave("billingReference", `there is no invoice ${corrected} that it could be about`);
  }
  const invoiceId = await enterInvoice(session, {
    accountId: row.accountId,
    usage: row.usage,
    number: invoice.number,
    kind: kindOf(invoice),
    documentId: row.id,
    correctsId: corrects?.id ?? null,
    issuedOn: invoice.date,
    dueOn: netDueOn(invoice),
    currency: invoice.currency ?? null,
  });
  if (invoiceId === null) {
    throw new NeedsHuman("invoice.number-used", `Invoice number ${invoice.number} was used before; give it another.`);
  }
  const movements = movementsOfInvoice(invoice);
  const posted = await postMovements(
    posting,
    movements.filter(({ corrects }) => corrects !== "rebate"),
  );
  // A rebate is of no order line, and no person has to look for one.
  const rebates = movements.filter(({ corrects }) => corrects === "rebate");
  const placement = {
    placed: posted.placed,
    unplaced: [
      ...posted.unplaced,
      ...rebates.map((movement) => ({ movement, reason: "no-order" as const, message: "it is a rebate" })),
    ],
  };
  if (!isCredit(invoice)) await postBegunWarranties(posting, invoice, placement.placed);
  const claim = claimLinesOf(placement);
  await writeInvoiceEntries(
    session,
    claim.map(
      ({ path, amount, quantity }, ordinal): NewInvoiceEntry => ({
        invoiceId,
        documentId: row.id,
        ordinal,
        kind: "billed",
        path,
        quantity,
        amount,
        reference: invoice.number,
        happenedOn: invoice.date,
      }),
    ),
  );
  context.log.debug({ document: row.id, invoice: invoiceId, amount: invoiceTotals(invoice).amount }, "invoice entered");
}

/** Debit memos by BIG07 (X12 element 640). */
const debitKinds: ReadonlySet<string> = new Set(["DR", "DI"]);

function kindOf(invoice: Invoice): ReceivableKind {
  if (isCredit(invoice)) return "credit-memo";
  return debitKinds.has(invoice.kind?.code ?? "") ? "debit-memo" : "invoice";
}
