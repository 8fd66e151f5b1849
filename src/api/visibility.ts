import { z } from "zod";
import { Refused } from "../errors.ts";
import { type Account, findAccount } from "../store/accounts.ts";
import { type Alert, findAlert } from "../store/alerts.ts";
import type { Session } from "../store/database.ts";
import { type Delivery, findDelivery, findMailboxItem, type MailboxItem } from "../store/deliveries.ts";
import { type DocumentRow, findDocument } from "../store/documents.ts";
import { findInterchange, type Interchange } from "../store/interchanges.ts";
import { findOrder, type OrderRow } from "../store/orders.ts";
import { findTold } from "../store/publication-subscriptions.ts";
import { findPublication, type Publication } from "../store/publications.ts";
import { type InvoiceWithOpen, readInvoices } from "../store/receivables.ts";
import { findWorkItem, type WorkItem } from "../store/work-items.ts";

/**
 * What a caller may see. An account sees its own things; another's are answered exactly as if they were not there, down to
 * the last byte. `confinedTo` is the account that the caller is confined to, or null for the supplier, who sees all.
 */
type ConfinedTo = string | null;

const uuid = z.uuid();

/** @throws Refused 404 */
export async function visibleInterchange(session: Session, confinedTo: ConfinedTo, id: string): Promise<Interchange> {
  const found = isId(id) ? await findInterchange(session, id) : null;
  if (found && maySeeInterchange(found, confinedTo)) return found;
  throw new Refused(404, "interchange.not-found", `There is no interchange ${shown(id)}.`);
}

/** Its own, and what it brought itself that is nobody's yet. */
export function maySeeInterchange(
  interchange: Pick<Interchange, "accountId" | "submitterAccountId">,
  confinedTo: ConfinedTo,
): boolean {
  return confinedTo === null || (interchange.accountId ?? interchange.submitterAccountId) === confinedTo;
}

/** For routes that only the supplier may use. @throws Refused 404 */
export async function existingDelivery(session: Session, id: string): Promise<Delivery> {
  const found = isId(id) ? await findDelivery(session, id) : null;
  if (found) return found;
  throw new Refused(404, "delivery.not-found", `There is no delivery ${shown(id)}.`);
}

/** @throws Refused 404 */
export async function visibleMailboxItem(session: Session, confinedTo: ConfinedTo, id: string): Promise<MailboxItem> {
  const found = isId(id) ? await findMailboxItem(session, id) : null;
  if (found && (confinedTo === null || found.accountId === confinedTo)) return found;
  throw new Refused(404, "mailbox.not-found", `There is no item ${shown(id)} in the mailbox.`);
}

/** @throws Refused 404 */
export async function visibleAccount(session: Session, confinedTo: ConfinedTo, id: string): Promise<Account> {
  const mayBe = /^[a-z0-9-]{1,60}$/.test(id) && (confinedTo === null || confinedTo === id);
  const found = mayBe ? await findAccount(session, id) : null;
  if (found) return found;
  throw new Refused(404, "account.not-found", `There is no account ${shown(id)}.`);
}

/** Documents are for the supplier's own systems. @throws Refused 404 */
export async function existingDocument(session: Session, id: string): Promise<DocumentRow> {
  const found = isId(id) ? await findDocument(session, id) : null;
  if (found) return found;
  throw new Refused(404, "document.not-found", `There is no document ${shown(id)}.`);
}

/** @throws Refused 404 */
export async function visibleOrder(session: Session, confinedTo: ConfinedTo, id: string): Promise<OrderRow> {
  const found = isId(id) ? await findOrder(session, id) : null;
  if (found && (confinedTo === null || found.accountId === confinedTo)) return found;
  throw new Refused(404, "order.not-found", `There is no order ${shown(id)}.`);
}

/** @throws Refused 404 */
export async function visibleInvoice(session: Session, confinedTo: ConfinedTo, id: string): Promise<InvoiceWithOpen> {
  const [found] = isId(id) ? await readInvoices(session, [id]) : [];
  if (found && (confinedTo === null || found.accountId === confinedTo)) return found;
  throw new Refused(404, "invoice.not-found", `There is no invoice ${shown(id)}.`);
}

/** For routes that only the supplier may use. @throws Refused 404 */
export async function existingAlert(session: Session, id: string): Promise<Alert> {
  const found = isId(id) ? await findAlert(session, id) : null;
  if (found) return found;
  throw new Refused(404, "alert.not-found", `There is no alert ${shown(id)}.`);
}

/** For routes that only the supplier may use. @throws Refused 404 */
export async function existingWorkItem(session: Session, id: string): Promise<WorkItem> {
  const found = isId(id) ? await findWorkItem(session, id) : null;
  if (found) return found;
  throw new Refused(404, "work-item.not-found", `There is no work item ${shown(id)}.`);
}

/** For routes that only the supplier may use. @throws Refused 404 */
export async function existingPublication(session: Session, id: string): Promise<Publication> {
  const found = isId(id) ? await findPublication(session, id) : null;
  if (found) return found;
  throw noPublication(id);
}

/** What an account was told; what is embargoed to it is answered as if it were not there. @throws Refused 404 */
export async function toldPublication(session: Session, accountId: string, id: string) {
  const found = isId(id) ? await findTold(session, accountId, id) : null;
  if (found) return found;
  throw noPublication(id);
}

const noPublication = (id: string): Refused =>
  new Refused(404, "publication.not-found", `There is no publication ${shown(id)}.`);

const isId = (text: string): boolean => uuid.safeParse(text).success;
/** What the client wrote, cut to what a sentence can hold. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 60)).slice(1, -1);
