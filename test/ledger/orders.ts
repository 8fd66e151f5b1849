import fc from "fast-check";
import type { Order, OrderLine } from "../../src/documents/index.ts";
import { explodeOrder } from "../../src/ledger/explode.ts";
import { figuresOf, type LedgerEntry } from "../../src/ledger/figures.ts";
import type { StandingLine } from "../../src/ledger/place.ts";

/** An order line of 10 each at 5.00, changed as the test wants. */
export function anOrderLine(change: Partial<OrderLine> = {}): OrderLine {
  return {
    line: "1",
    quantity: "10",
    unit: "EA",
    price: "5.00",
    productIds: [{ qualifier: "UP", id: "036000291452" }],
    descriptions: [],
    ...change,
  };
}

/** An order of one line to one DC, changed as the test wants. */
export function anOrder(change: Partial<Order> = {}): Order {
  return {
    documentType: "order",
    account: "harbor-retail",
    usage: "production",
    number: "4500012345",
    date: "2025-03-03",
    purpose: { code: "00" },
    orderType: { code: "SA" },
    references: [],
    parties: [{ role: "ST", idQualifier: "92", id: "DC07" }],
    dates: [{ qualifier: "002", date: "2025-03-20" }],
    lines: [anOrderLine()],
    ...change,
  };
}

/** The ledger lines of an order as they stand when these entries (by ledger line key) were posted after the order itself. */
export function standing(
  order: Order,
  entries: Record<string, LedgerEntry[]> = {},
  today = "2025-03-10",
): StandingLine[] {
  return explodeOrder(order).map((line) => ({
    line,
    figures: figuresOf(
      line,
      [{ kind: "ordered", quantity: line.quantity, document: "order" }, ...(entries[line.key] ?? [])],
      today,
    ),
  }));
}

/** A quantity of up to six digits, whole or with up to three decimals, above zero. */
export const quantities: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 3 }))
  .map(([digits, decimals]) => {
    const text = String(digits).padStart(decimals + 1, "0");
    if (decimals === 0) return text;
    const whole = text.slice(0, -decimals);
    const fraction = text.slice(-decimals).replace(/0+$/, "");
    return fraction === "" ? whole : `${whole}.${fraction}`;
  });
