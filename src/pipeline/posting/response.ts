import type { OrderChangeResponse, OrderResponse } from "../../documents/index.ts";
import { movementsOfChangeResponse, movementsOfResponse } from "../../ledger/index.ts";
import { openLedgers } from "../../store/ledger.ts";
import { findOrders, findOrdersOfVersion, type OrderRow } from "../../store/orders.ts";
import { shipToOf } from "../business-key.ts";
import { standingLines } from "../standing.ts";
import { placeOn } from "./movements.ts";
import type { Posting } from "./posting.ts";

/** What we answered to an order or its change: so much of each line accepted, back-ordered, refused. */
export async function postResponse(posting: Posting, response: OrderResponse | OrderChangeResponse): Promise<void> {
  const order = await orderAnswered(posting, response);
  if (!order) return posting.leave("order", `order ${response.order.number} is not in the ledger`);
  for (const book of await openLedgers(posting.context.session, [order])) {
    const standing = standingLines(book, posting.today);
    const lines = standing.map(({ line }) => line);
    const movements =
      response.documentType === "order-response"
        ? movementsOfResponse(response, lines)
        : movementsOfChangeResponse(response, lines);
    placeOn(posting, book, standing, movements);
  }
}

/** The order that an answer is about: of the document that it responds to, else by its number and ship-to. */
async function orderAnswered(
  { context: { session }, row }: Posting,
  response: OrderResponse | OrderChangeResponse,
): Promise<OrderRow | null> {
  if (row.respondsToId) {
    const [answered] = await findOrdersOfVersion(session, row.respondsToId);
    if (answered) return answered;
  }
  const { number, release } = response.order;
  const name = { accountId: row.accountId, usage: row.usage, number };
  const released = release === undefined ? [] : await findOrders(session, { ...name, release });
  const found = released.length > 0 ? released : await findOrders(session, name);
  const shipTo = shipToOf({ parties: response.parties ?? [] });
  return found.find((order) => order.shipTo === shipTo) ?? found[0] ?? null;
}
