import Big from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Remittance,
  type RemittanceLine,
  remittance,
  remittanceBalance,
  settlementOf,
  settlementsOf,
  unattachedAdjustments,
} from "../../src/documents/index.ts";

const invoice: RemittanceLine = {
  billingReference: { qualifier: "IV", word: "seller's invoice", value: "90417" },
  paidAmount: "1164.30",
  invoiceAmount: "1250.00",
  discountAmount: "25.00",
  references: [{ qualifier: "PO", value: "4500017234" }],
  adjustments: [
    {
      amount: "-60.70",
      reason: { code: "06", word: "quantity contested" },
      reference: { qualifier: "CM", value: "D-771" },
    },
  ],
};

const creditMemo: RemittanceLine = {
  billingReference: { qualifier: "CL", value: "C-118" },
  paidAmount: "-40.00",
  invoiceAmount: "-40.00",
};

function remittanceOf(amount: string, lines: RemittanceLine[], more: Partial<Remittance> = {}): Remittance {
  return remittance.parse({
    documentType: "remittance",
    account: "harbor-retail",
    usage: "production",
    number: "88120",
    handling: { code: "I" },
    amount,
    creditOrDebit: { code: "C" },
    method: { code: "ACH" },
    entities: [{ number: "1", lines }],
    ...more,
  });
}

describe("a line of a remittance", () => {
  it("says which invoice it pays, of which order, and why less was paid", () => {
    expect(settlementOf(invoice)).toEqual({
      document: "invoice",
      number: "90417",
      order: "4500017234",
      paid: "1164.3",
      invoiced: "1250",
      discount: "25",
      deductions: [{ amount: "-60.7", reason: "06", word: "quantity contested", reference: "D-771" }],
      unexplained: "0",
    });
  });

  it.each<[string, Partial<RemittanceLine>, string | undefined]>([
    ["a short payment without a reason", { paidAmount: "1100.00" }, "-64.3"],
    ["a payment of too much", { paidAmount: "1165.00" }, "0.7"],
    ["an interest paid on the line itself", { adjustment: { reason: { code: "51" }, amount: "5.00" } }, "-5"],
    ["nothing said of the invoice's amount", { invoiceAmount: undefined }, undefined],
    ["no amount paid", { paidAmount: undefined }, "-1164.3"],
  ])("leaves unexplained what no discount and no adjustment explains: %s", (_, change, unexplained) => {
    expect(settlementOf({ ...invoice, ...change } as RemittanceLine).unexplained).toBe(unexplained);
  });

  it.each([
    ["IV", "invoice"],
    ["CM", "credit memo"],
    ["CL", "credit memo"],
    ["DB", "debit memo"],
    ["PO", "order"],
    ["VV", "other"],
    ["constructor", "other"],
  ])("pays, under RMR01 %s, an item of the kind %s", (qualifier, kind) => {
    expect(settlementOf({ billingReference: { qualifier, value: "1" } }).document).toBe(kind);
  });

  it("may name no item at all", () => {
    expect(settlementOf({ paidAmount: "1" })).toEqual({ document: "other", paid: "1", discount: "0", deductions: [] });
  });
});

describe("a remittance", () => {
  it("adds up when its lines, credit memos and adjustments beside them come to what is paid", () => {
    const whole = remittanceOf("1074.30", [invoice, creditMemo], {
      entities: [
        { number: "1", lines: [invoice] },
        { number: "2", lines: [creditMemo], adjustments: [{ amount: "-50.00", reason: { code: "B2" } }] },
      ],
    });
    expect(remittanceBalance(whole)).toEqual({
      stated: "1074.3",
      lines: "1124.3",
      adjustments: "-50",
      difference: "0",
      withoutDetail: false,
    });
    expect(settlementsOf(whole).map(({ number }) => number)).toEqual(["90417", "C-118"]);
    expect(unattachedAdjustments(whole).map(({ amount }) => amount)).toEqual(["-50.00"]);
  });

  it("doesn't count an adjustment of a line a second time, for it is in what the line pays", () => {
    expect(remittanceBalance(remittanceOf("1164.30", [invoice])).difference).toBe("0");
  });

  it("tells by how much it doesn't add up", () => {
    expect(remittanceBalance(remittanceOf("1164.29", [invoice])).difference).toBe("-0.01");
  });

  it("counts as below zero where our bank account is debited", () => {
    const debit = { ...remittanceOf("40.00", [creditMemo]), creditOrDebit: { code: "D" } };
    expect(remittanceBalance(debit).difference).toBe("0");
  });

  it("has nothing to add up where it brings money without detail", () => {
    expect(remittanceBalance(remittanceOf("10.00", []))).toMatchObject({ difference: "0", withoutDetail: true });
  });

  const cents = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((value) => new Big(value).div(100).toFixed(2));

  it("adds up to the cent for any amounts, and is off by what is added to it", () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 40 }), fc.array(cents), cents, (paid, adjusted, off) => {
        const total = [...paid, ...adjusted].reduce((sum, amount) => sum.plus(amount), new Big(0));
        const whole = remittanceOf(total.plus(off).toFixed(2), [], {
          entities: [
            {
              lines: paid.map((paidAmount) => ({ paidAmount })),
              adjustments: adjusted.map((amount) => ({ amount, reason: { code: "ZZ" } })),
            },
          ],
        });
        expect(new Big(remittanceBalance(whole).difference).eq(off)).toBe(true);
      }),
    );
  });
});
