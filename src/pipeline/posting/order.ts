import type { Order } from "../../documents/index.ts";
import { explodeOrder, extendedAmount, type LedgerLine, moneyText } from "../../ledger/index.ts";
import { enterOrder, findOrders, type OrderName } from "../../store/orders.ts";
import { shipToOf } from "../business-key.ts";
import type { Posting } from "./posting.ts";

/** Enters a new order into the books: its first version, its lines by place, and what is ordered of each. */
export async function postOrder(posting: Posting, order: Order): Promise<void> {
  const { context, row } = posting;
  const { session } = context;
  const name = {
    accountId: row.accountId,
    usage: row.usage,
    number: order.number,
    release: order.release ?? "",
    shipTo: shipToOf(order) ?? "",
  } satisfies OrderName;
  const [known] = await findOrders(session, name);
  if (known) return;
  const lines = explodeOrder(order);
  const entered = await enterOrder(session, { ...name, documentId: row.id, body: order, lines });
  for (const line of lines) {
    posting.enterFirst(
      { orderId: entered.id, orderLineId: entered.lineIds.get(line.key) as string },
      {
        kind: "ordered",
        order: { number: order.number, ...(order.release !== undefined && { release: order.release }) },
        line: line.line,
        key: line.key,
        productIds: line.productIds,
        quantity: line.quantity,
        ...(line.unit !== undefined && { unit: line.unit }),
        ...(line.price !== undefined && { price: line.price }),
        ...(line.currency !== undefined && { currency: line.currency }),
        code: order.purpose.code,
        date: order.date,
        path: `lines.${line.position - 1}`,
      },
      { quantity: line.quantity, ...amountOf(line), remarks: [] },
    );
  }
}

function amountOf({ quantity, price, priceBasis }: LedgerLine): { amount?: string } {
  return price === undefined ? {} : { amount: moneyText(extendedAmount(quantity, price, priceBasis)) };
}
