/** An invoice of ours that is withdrawn gives back what it billed: it is open again, for the next plan. */
import { Big } from "big.js";
import {
  type BillingLineRow,
  closeLines,
  findGivingBack,
  giveBackOf,
  readBillingLines,
  reopenLines,
  setQuantity,
} from "../../store/billing.ts";
import type { Session } from "../../store/database.ts";
import type { DocumentRow } from "../../store/documents.ts";
import { lockBooks } from "../../store/ledger.ts";
import { findBeside, findMadeInvoice, findMadeNumbers } from "../../store/made-invoices.ts";
import { lockDocument } from "../../store/submitted-documents.ts";

/**
 * The invoices that go with one that is withdrawn, itself first; they are locked, and then the account's books, as every check does it.
 * An invoice that was handed in goes alone.
 */
export async function withdrawnTogether(session: Session, row: DocumentRow): Promise<DocumentRow[]> {
  if (row.submittedBy !== null || (await findMadeInvoice(session, row.id)) === null) return [row];
  const together = [row];
  for (const { id } of await findBeside(session, row.id)) {
    const beside = await lockDocument(session, id);
    if (beside) together.push(beside);
  }
  await lockBooks(session, row.accountId, row.usage);
  return together;
}

/** Opens what a withdrawn invoice billed. @returns how many lines there were */
export async function reopenBilled(session: Session, { id }: DocumentRow): Promise<number> {
  const reopened = await reopenLines(session, id);
  const open = new Map(reopened.map((line) => [line.id, line]));
  const giving = await findGivingBack(session, [...open.keys()]);
  for (const back of giving) {
    const of = open.get(back.givesBackId ?? 0);
    if (of && back.state === "open") await settle(session, back, of);
  }
  const given = await readBillingLines(
    session,
    reopened.flatMap(({ givesBackId }) => givesBackId ?? []),
  );
  for (const back of reopened) {
    const of = given.find((line) => line.id === back.givesBackId);
    if (of?.state === "open") await settle(session, back, of);
    else if (of?.invoiceId) {
      const number = (await findMadeNumbers(session, [of.invoiceId])).get(of.invoiceId) ?? "";
      await giveBackOf(session, back.id, { givesBack: number, price: of.price, priceBasis: of.priceBasis });
    }
  }
  return reopened.length;
}

/** What is given back of something that was never billed is billed less of. */
async function settle(session: Session, back: BillingLineRow, of: BillingLineRow): Promise<void> {
  await closeLines(session, [back.id], "What it gives back was never billed.");
  const left = new Big(of.quantity ?? 0).plus(back.quantity ?? 0);
  of.quantity = left.toFixed();
  if (of.kind === "goods" && left.gt(0)) await setQuantity(session, of.id, of.quantity);
  else await closeLines(session, [of.id], "It was taken back before it was billed.");
}
