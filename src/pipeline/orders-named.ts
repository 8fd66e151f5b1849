import { type Document, shippedItems } from "../documents/index.ts";

/** The buyer's numbers of the orders that a document answers or changes; none where it stands for itself. */
export function ordersNamedBy(document: Document): readonly string[] {
  const named = namedIn(document).filter((one) => one !== undefined);
  return [...new Set(named)];
}

function namedIn(document: Document): readonly (string | undefined)[] {
  switch (document.documentType) {
    case "order-change":
      return [document.number];
    case "order-response":
    case "order-change-response":
      return [document.order.number];
    case "shipment":
      return shippedItems(document).map(({ order }) => order?.number);
    case "invoice":
      return [document.order?.number, ...document.lines.map((line) => line.order?.number)];
    case "order-status-report":
      return document.orders.map(({ order }) => order?.number);
    case "warehouse-order":
    case "warehouse-shipping-advice":
      return [document.purchaseOrder];
    default:
      return [];
  }
}
