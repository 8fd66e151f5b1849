/** The warranty terms that an order's lines have, on what is shipped and billed of them. */
import type { AccountProfile } from "../accounts/account.ts";
import { warrantyFrom } from "../accounts/rules/warranty.ts";
import {
  type Document,
  type Invoice,
  isCredit,
  type LineWarranty,
  type Shipment,
  shippedItems,
} from "../documents/index.ts";
import {
  type CheckedMovement,
  type Movement,
  movementsOfInvoice,
  movementsOfShipment,
  placeOnOrders,
  shippedOn,
} from "../ledger/index.ts";
import type { Session } from "../store/database.ts";
import { findOrders } from "../store/orders.ts";
import { findShipDays, haveWarranties } from "../store/shipped-items.ts";
import { orderFacts } from "./business-findings.ts";
import { shipToOf } from "./business-key.ts";

/** A document whose lines have the warranties of their order's lines, and a sentence on it; null: it is as it was. */
export interface Warranted {
  readonly document: Document;
  readonly told: string | null;
}

/**
 * Puts on each line of a ship notice or an invoice the warranty that the order's line got when the order was taken in, whatever the
 * account's rules say by now. What takes something back says nothing of warranties.
 */
export async function withOrderWarranties(
  session: Session,
  profile: AccountProfile,
  document: Document,
): Promise<Warranted> {
  if (document.documentType === "shipment" && document.purpose.code !== "01") {
    const named = shippedItems(document).map(({ order }) => order);
    const found = await warrantiesOn(session, profile, document, movementsOfShipment(document), named);
    const day = shippedOn(document);
    return warranted(document, found, ({ warranty }) =>
      warranty.begins === "shipment" ? warrantyFrom(warranty, day) : warranty,
    );
  }
  if (document.documentType === "invoice" && !isCredit(document)) {
    const movements = movementsOfInvoice(document);
    const found = await warrantiesOn(
      session,
      profile,
      document,
      movements,
      movements.map(({ order }) => order),
    );
    const days = await shipDays(session, document, found);
    return warranted(document, found, ({ warranty }, path) => {
      const day = warranty.begins === "invoice" ? document.date : days.get(path);
      return day === undefined ? warranty : warrantyFrom(warranty, day);
    });
  }
  return { document, told: null };
}

/** The warranty of the order's line that a line of the document is for. */
interface OnLine {
  readonly warranty: LineWarranty;
  readonly checked: CheckedMovement;
}

/** By the line's path in the document. */
async function warrantiesOn(
  session: Session,
  profile: AccountProfile,
  document: Invoice | Shipment,
  movements: readonly Movement[],
  named: readonly Movement["order"][],
): Promise<Map<string, OnLine>> {
  const { account: accountId, usage } = document;
  const numbers = [...new Set(named.flatMap((order) => (order === undefined ? [] : [order.number])))];
  if (!(await haveWarranties(session, { accountId, usage, numbers }))) return new Map();
  const orders = await orderFacts(session, profile, document, named);
  const found = new Map<string, OnLine>();
  for (const checked of placeOnOrders(movements, orders, {}).checked) {
    const { warranty } = checked.standing.line;
    const { path } = checked.placed.movement;
    if (warranty !== undefined && !found.has(path)) found.set(path, { warranty, checked });
  }
  return found;
}

/** When what is billed had left, by the line's path: with the shipment that the invoice names, or with the only one there was. */
async function shipDays(
  session: Session,
  invoice: Invoice,
  found: ReadonlyMap<string, OnLine>,
): Promise<Map<string, string>> {
  const { account: accountId, usage } = invoice;
  const days = new Map<string, string>();
  for (const [path, { warranty, checked }] of found) {
    if (warranty.begins !== "shipment") continue;
    const { order } = checked.facts;
    const name = {
      accountId,
      usage,
      number: order.number,
      release: order.release ?? "",
      shipTo: shipToOf(order) ?? "",
    };
    const [row] = await findOrders(session, name);
    const left = row ? await findShipDays(session, row.id, checked.standing.line.position) : [];
    const shipment = invoice.lines[Number(path.split(".")[1])]?.shipment ?? invoice.shipment;
    const its = shipment === undefined ? left : left.filter((one) => one.shipment === shipment);
    const [only, ...others] = [...new Set(its.map(({ shippedOn: day }) => day))];
    if (only !== undefined && others.length === 0) days.set(path, only);
  }
  return days;
}

function warranted(
  document: Invoice | Shipment,
  found: ReadonlyMap<string, OnLine>,
  dated: (one: OnLine, path: string) => LineWarranty,
): Warranted {
  if (found.size === 0) return { document, told: null };
  const copy = structuredClone(document);
  const lines: [string, { warranty?: LineWarranty | undefined }][] =
    copy.documentType === "shipment"
      ? shippedItems(copy).map(({ item, path }) => [path.join("."), item])
      : copy.lines.map((line, index) => [`lines.${index}`, line]);
  for (const [path, line] of lines) {
    const one = found.get(path);
    if (one) line.warranty = dated(one, path);
    else delete line.warranty;
  }
  if (JSON.stringify(copy) === JSON.stringify(document)) return { document, told: null };
  const terms = [...new Set([...found.values()].map(({ warranty }) => warranty.terms))];
  const what = found.size === 1 ? "One line has" : `${found.size} lines have`;
  return { document: copy, told: `${what} the warranty of the order: ${terms.slice(0, 5).join(", ")}.` };
}
