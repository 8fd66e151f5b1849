import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../src/documents/document.ts";
import type { InventoryAdvice } from "../../src/documents/inventory-advice.ts";
import type { WarehouseOrder } from "../../src/documents/warehouse-order.ts";
import { orderedQuantity, shippedQuantity } from "../../src/documents/warehouse-totals.ts";

const advice: InventoryAdvice = {
  documentType: "inventory-advice",
  account: "harbor-retail",
  usage: "production",
  purpose: { code: "00" },
  reportType: { code: "SI" },
  number: "STOCK-1",
  date: "2026-03-02",
  lines: [
    { productIds: [{ qualifier: "UP", id: "036000291452" }], quantities: [{ qualifier: "33", quantity: "40" }] },
    { productIds: [{ qualifier: "UP", id: "036000291469" }], quantities: [{ qualifier: "33", quantity: "0" }] },
  ],
};

const order: WarehouseOrder = {
  documentType: "warehouse-order",
  account: "keystone-warehouse",
  usage: "production",
  status: { code: "N" },
  number: "W-1",
  groups: [
    { number: "1", lines: [line("0.1"), line("0.2")] },
    { number: "2", lines: [line("7")] },
  ],
};

function line(quantity: string): { quantity: string; unit: string } {
  return { quantity, unit: "CA" };
}

/** The paths and messages of what is wrong with a document. */
function complaints(document: unknown): string[] {
  const checked = checkDocument(document);
  return checked.success ? [] : checked.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
}

describe("The number of lines that a document says it has", () => {
  it("need not be said", () => {
    expect(complaints(advice)).toEqual([]);
  });

  it("may be said where it is right", () => {
    expect(complaints({ ...advice, totals: { lineCount: 2 } })).toEqual([]);
  });

  it("is refused where it is wrong, with both numbers", () => {
    expect(complaints({ ...advice, totals: { lineCount: 3 } })).toEqual([
      "totals.lineCount says 3 lines and there are 2; leave it out, it is counted",
    ]);
  });
});

describe("The total quantity of a warehouse order", () => {
  it("is added up without losing a digit", () => {
    expect(orderedQuantity(order)).toBe("7.3");
  });

  it.each(["7.3", "7.30"])("may be said as %s", (quantity) => {
    expect(complaints({ ...order, totals: { quantity } })).toEqual([]);
  });

  it("is refused where it is wrong, with both figures", () => {
    expect(complaints({ ...order, totals: { quantity: "7" } })).toEqual([
      "totals.quantity says 7 and the lines come to 7.3; leave it out, it is added up",
    ]);
  });

  it("is the same however the lines are put into groups", () => {
    const quantities = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(quantities, fc.nat(30), (thousandths, cut) => {
        const lines = thousandths.map((n) => line((n / 1000).toFixed(3)));
        const groups = [{ lines: lines.slice(0, cut) }, { lines: lines.slice(cut) }];
        const sum = thousandths.reduce((a, b) => a + b, 0);
        expect(Math.round(Number(orderedQuantity({ groups: [{ lines }] as WarehouseOrder["groups"] })) * 1000)).toBe(
          sum,
        );
        expect(orderedQuantity({ groups: groups as WarehouseOrder["groups"] })).toBe(
          orderedQuantity({ groups: [{ lines }] as WarehouseOrder["groups"] }),
        );
      }),
    );
  });
});

describe("The total quantity that a warehouse shipped", () => {
  it("counts a line of which nothing was shipped as none", () => {
    const lines = [{ shipped: "12" }, {}, { shipped: "0.5" }];
    expect(shippedQuantity({ handlingUnits: [{ lines }] })).toBe("12.5");
  });
});
