import { describe, expect, it } from "vitest";
import type { OrderChange, PriceCheck } from "../../src/documents/index.ts";
import { responseToChange } from "../../src/ledger/change-response.ts";
import { checkInvoice } from "../../src/ledger/check-invoice.ts";
import { movementsOfInvoice } from "../../src/ledger/movements-of-invoice.ts";
import { applyOrderChange } from "../../src/ledger/order-change.ts";
import { anOrder, anOrderLine, standing } from "./orders.ts";
import { anInvoice, anInvoiceLine } from "./outgoing.ts";

/** What an order's price of 5.00 each was found to be. */
function found(outcome: PriceCheck["outcome"], answer: string, price: string, priceBasis?: string): PriceCheck {
  const step = { by: "quantity" as const, from: "0", counted: "10" };
  const basis = priceBasis === undefined ? {} : { priceBasis };
  return {
    ...{ outcome, answer, reason: "It is so." },
    agreed: { price, ...basis, unit: "EA", currency: "USD", contract: "C-1", ...step },
  };
}

describe("the price to bill", () => {
  it.each<[string, PriceCheck | undefined, string, string[]]>([
    ["is the order's where nothing was agreed", undefined, "5.01", ["price-above-order hold"]],
    ["is the order's where it was near enough", found("within", "IA", "4.99"), "5.00", []],
    ["is the agreed one where ours was lower", found("lower", "IA", "4.50"), "4.50", []],
    ["is then not the order's", found("lower", "IA", "4.50"), "5.00", ["price-above-agreed hold"]],
    ["is the same by the hundred", found("lower", "IP", "450", "HP"), "4.50", []],
    ["is lower than agreed on purpose", found("lower", "IP", "4.50"), "4.00", ["price-below-agreed warning"]],
    [
      "is the order's where ours was higher and is pending",
      found("higher", "IE", "6.00"),
      "6.00",
      ["price-above-order hold"],
    ],
    ["is ours where the answer put it in", found("higher", "IP", "6.00"), "6.00", []],
  ])("%s", (_, priceCheck, price, codes) => {
    const order = anOrder({ lines: [anOrderLine(priceCheck ? { priceCheck } : {})] });
    const lines = standing(order, { "1@92:DC07": [{ kind: "shipped", quantity: "10", document: "ship" }] });
    const invoice = anInvoice({ lines: [anInvoiceLine({ price })] });
    const findings = checkInvoice(invoice, { orders: [{ order, lines }] });
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(codes);
  });

  it("is none for a line that only corrects a price, or gives a rebate: it moves money and no goods", () => {
    const order = anOrder();
    const posted = [
      { kind: "shipped" as const, quantity: "10", document: "ship" },
      { kind: "invoiced" as const, quantity: "10", document: "bill" },
    ];
    const facts = { orders: [{ order, lines: standing(order, { "1@92:DC07": posted }) }] };
    const lines = [
      anInvoiceLine({ price: "0.50", corrects: "price" }),
      anInvoiceLine({ price: "3.00", quantity: "1", line: undefined, productIds: [], corrects: "rebate" }),
    ];
    const memo = anInvoice({
      kind: { code: "CG" },
      order: undefined,
      lines: lines.map((line) => ({ ...line, order: { number: order.number } })),
    });
    expect(checkInvoice(memo, facts)).toEqual([]);
    expect(movementsOfInvoice(memo)).toMatchObject([
      { quantity: "0", amount: "-5.00", corrects: "price" },
      { quantity: "0", amount: "-3.00", corrects: "rebate" },
    ]);
    const unknown = anInvoice({
      kind: { code: "CG" },
      lines: [anInvoiceLine({ line: "9", productIds: [], corrects: "price" })],
    });
    expect(checkInvoice(unknown, facts)).toMatchObject([{ path: "lines.0" }]);
  });

  it("is the agreed one where the order names none", () => {
    const { price: _, ...unpriced } = anOrderLine({ priceCheck: found("unpriced", "IA", "4.50") });
    const order = anOrder({ lines: [unpriced] });
    const lines = standing(order, { "1@92:DC07": [{ kind: "shipped", quantity: "10", document: "ship" }] });
    const check = (price: string) =>
      checkInvoice(anInvoice({ lines: [anInvoiceLine({ price })] }), { orders: [{ order, lines }] }).map(
        ({ code }) => code,
      );
    expect([check("4.50"), check("4.51")]).toEqual([[], ["price-above-agreed"]]);
  });
});

describe("a change of a line whose price was checked", () => {
  const order = anOrder({ lines: [anOrderLine({ priceCheck: found("lower", "IP", "4.50") })] });
  const change = (code: string, more: object): OrderChange => ({
    ...{ documentType: "order-change", account: "harbor-retail", usage: "production", number: order.number },
    ...{ orderDate: order.date, purpose: { code: "04" }, orderType: { code: "SA" } },
    ...{ references: [], dates: [], parties: [] },
    lines: [{ line: "1", productIds: [], descriptions: [], change: { code }, unit: "EA", ...more }],
  });

  it("keeps what was found where only its days change", () => {
    const { order: changed } = applyOrderChange(
      order,
      change("RS", { dates: [{ qualifier: "002", date: "2025-05-05" }] }),
    );
    expect(changed?.lines[0]?.priceCheck?.agreed?.price).toBe("4.50");
  });

  it("forgets it with another quantity or price that was not checked, and takes over one that was", () => {
    for (const [code, more] of [
      ["QI", { quantity: "12" }],
      ["PC", { price: "4.75" }],
    ] as const) {
      expect(applyOrderChange(order, change(code, more)).order?.lines[0]?.priceCheck).toBeUndefined();
      const checked = change(code, { ...more, priceCheck: found("higher", "IE", "6.00") });
      expect(applyOrderChange(order, checked).order?.lines[0]?.priceCheck?.outcome).toBe("higher");
    }
  });

  it("is answered with what was found of it, and why", () => {
    const checked = change("QI", { quantity: "12", priceCheck: found("higher", "IE", "6.00") });
    const contact = { role: "PF", name: "MILA KOSKINEN" };
    const response = responseToChange(checked, applyOrderChange(order, checked), {
      date: "2025-03-11",
      priceContact: contact,
    });
    expect(response).toMatchObject({ acknowledgmentType: { code: "AC" }, contacts: [contact] });
    expect(response.lines[0]).toMatchObject({
      price: "5.00",
      acknowledgments: [{ status: "IE", quantity: "12", unit: "EA" }],
      notes: [{ reference: { qualifier: "L1", value: "PRICE" }, lines: ["It is so."] }],
    });
  });
});
