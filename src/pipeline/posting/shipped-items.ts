import { lastDayOf } from "../../accounts/rules/warranty.ts";
import { type Invoice, type Shipment, type ShipmentItem, shippedItems } from "../../documents/index.ts";
import { shippedOn } from "../../ledger/index.ts";
import {
  beginWarranties,
  findNotBegun,
  keepShippedItems,
  type NewShippedItem,
  removeShippedItems,
} from "../../store/shipped-items.ts";
import type { PlacedInBooks } from "./movements.ts";
import type { Posting } from "./posting.ts";

/** Takes away what an earlier notice of the same shipment said was shipped. */
export async function forgetShippedItems({ context, row }: Posting, shipment: Shipment): Promise<void> {
  await removeShippedItems(context.session, {
    accountId: row.accountId,
    usage: row.usage,
    shipment: shipment.number,
  });
}

/**
 * Writes down each serial number that was shipped with the warranty of its order's line; an item without serial numbers is written
 * down where its line has a warranty. An item that is for several places of a line is told once.
 */
export async function postShippedItems(
  posting: Posting,
  shipment: Shipment,
  placed: readonly PlacedInBooks[],
): Promise<void> {
  const { context, row } = posting;
  const byPath = new Map(placed.map((one) => [one.movement.path, one]));
  const day = shippedOn(shipment);
  const items = shippedItems(shipment).flatMap(({ item, path }): NewShippedItem[] => {
    const at = byPath.get(path.join("."));
    if (!at) return [];
    const { warranty = null, position, line } = at.line;
    const serials = serialsOf(item);
    const begins = warranty?.begins === "shipment";
    return (serials.length > 0 ? serials : warranty ? [null] : []).map((serial) => ({
      accountId: row.accountId,
      usage: row.usage,
      serial,
      productIds: item.productIds.filter(({ qualifier }) => qualifier !== serialQualifier),
      orderId: at.orderId,
      position,
      line,
      documentId: row.id,
      shipment: shipment.number,
      shippedOn: day,
      warranty,
      beginsOn: begins ? day : null,
      endsOn: begins && warranty ? lastDayOf(day, warranty.months) : null,
    }));
  });
  await keepShippedItems(context.session, items);
}

/** X12 element 235. */
const serialQualifier = "SN";

/** The serial numbers of an item: REF*SE, and SN among its product ids (LIN). */
function serialsOf({ serialNumbers = [], productIds }: ShipmentItem): string[] {
  const among = productIds.flatMap(({ qualifier, id }) => (qualifier === serialQualifier ? [id] : []));
  return [...new Set([...serialNumbers, ...among])];
}

/** Warranties that are counted from the invoice begin with the first one that bills what was shipped. */
export async function postBegunWarranties(
  posting: Posting,
  invoice: Invoice,
  placed: readonly PlacedInBooks[],
): Promise<void> {
  const { session } = posting.context;
  for (const { orderId, line, movement } of placed) {
    if (line.warranty?.begins !== "invoice") continue;
    const shipment = invoice.lines[Number(movement.path.split(".")[1])]?.shipment ?? invoice.shipment;
    const byMonths = new Map<number, number[]>();
    for (const { id, warranty } of await findNotBegun(session, orderId, line.position, shipment)) {
      const months = warranty?.months ?? 0;
      byMonths.set(months, [...(byMonths.get(months) ?? []), id]);
    }
    for (const [months, ids] of byMonths) {
      await beginWarranties(session, ids, { beginsOn: invoice.date, endsOn: lastDayOf(invoice.date, months) });
    }
  }
}
