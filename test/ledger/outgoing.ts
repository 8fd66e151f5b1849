import type { Invoice, InvoiceLine, Shipment, ShipmentItem, ShipmentOrder } from "../../src/documents/index.ts";

const product = [{ qualifier: "UP", id: "036000291452" }];

/** A shipped item of 10 each for line 1, changed as the test wants. */
export function anItem(change: Partial<ShipmentItem> = {}): ShipmentItem {
  return { line: "1", productIds: product, quantity: "10", unit: "EA", ...change };
}

/** A ship notice to one DC, changed as the test wants. */
export function aShipment(orders: ShipmentOrder[], change: Partial<Shipment> = {}): Shipment {
  return {
    documentType: "shipment",
    account: "harbor-retail",
    usage: "production",
    number: "SHP-1",
    purpose: { code: "00" },
    date: "2025-03-18",
    time: "1530",
    parties: [{ role: "ST", idQualifier: "92", id: "DC07" }],
    orders,
    ...change,
  };
}

/** A billed line of 10 each at 5.00, changed as the test wants. */
export function anInvoiceLine(change: Partial<InvoiceLine> = {}): InvoiceLine {
  return { line: "1", quantity: "10", unit: "EA", price: "5.00", productIds: product, ...change };
}

/** An invoice of one line, changed as the test wants. */
export function anInvoice(change: Partial<Invoice> = {}): Invoice {
  return {
    documentType: "invoice",
    account: "harbor-retail",
    usage: "production",
    number: "INV-1",
    date: "2025-03-19",
    order: { number: "4500012345" },
    lines: [anInvoiceLine()],
    ...change,
  };
}
