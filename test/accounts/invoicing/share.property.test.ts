import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planInvoices } from "../../../src/accounts/invoicing/index.ts";
import { isCredit } from "../../../src/documents/index.ts";
import { anOrder, anOrderLine } from "../../ledger/orders.ts";
import { aLine, aRule, facts, shipment } from "./billing.ts";

/** So many pieces in one shipment after another, those of a plan together. */
const shipments = fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 5,
});
const cents = fc.integer({ min: 1, max: 99_999 }).map((amount) => (amount / 100).toFixed(2));

describe("a fixed amount of an order's line", () => {
  it("is billed to the cent over all shipments, however many plans they come in, and all of it is given back", () => {
    fc.assert(
      fc.property(shipments, cents, cents, fc.constantFrom("lines", "summary"), (plans, allowance, tax, allowances) => {
        const quantity = plans.flat().reduce((sum, one) => sum + one, 0);
        const line = anOrderLine({
          quantity: String(quantity),
          price: "1000.00",
          allowancesAndCharges: [{ indicator: { code: "A" }, reason: { code: "F800" }, amount: allowance }],
          taxes: [{ type: { code: "ST" }, amount: tax }],
        });
        const order = anOrder({ lines: [line] });
        const rule = aRule({ allowances });
        let allowed = new Big(0);
        let taxed = new Big(0);
        let before = 0;
        const bill = (quantities: readonly number[], back: boolean) => {
          const lines = quantities.map((one, index) =>
            aLine(order, {
              quantity: String(back ? -one : one),
              shipment: shipment(`SH-${before}-${index}`),
              billedBefore: String(before),
              ...(back && { givenBack: { invoice: "OLD", price: "1000.00" } }),
            }),
          );
          for (const { invoice } of planInvoices(rule, facts(lines)).invoices) {
            const sign = isCredit(invoice) ? -1 : 1;
            const parts = [invoice, ...invoice.lines];
            for (const { amount } of parts.flatMap((part) => part.allowancesAndCharges ?? []))
              allowed = allowed.plus(new Big(amount ?? 0).times(sign));
            for (const { amount } of parts.flatMap((part) => part.taxes ?? []))
              taxed = taxed.plus(new Big(amount ?? 0).times(sign));
          }
          before += quantities.reduce((sum, one) => sum + (back ? -one : one), 0);
        };
        for (const quantities of plans) bill(quantities, false);
        expect([allowed.toFixed(2), taxed.toFixed(2)]).toEqual([allowance, tax]);
        for (const quantities of plans) bill(quantities, true);
        expect([allowed.toFixed(2), taxed.toFixed(2)]).toEqual(["0.00", "0.00"]);
      }),
      { numRuns: 200 },
    );
  });
});
