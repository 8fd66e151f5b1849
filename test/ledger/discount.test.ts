import { describe, expect, it } from "vitest";
import type { Invoice } from "../../src/documents/index.ts";
import { earlyPaymentDiscount } from "../../src/ledger/discount.ts";
import { anInvoice } from "./outgoing.ts";

describe("the discount for paying early", () => {
  it.each<[string, Invoice["terms"], ReturnType<typeof earlyPaymentDiscount>]>([
    [
      "ends on the day that the terms name",
      [{ discountPercent: "2", discountDueDate: "2025-04-01" }],
      { amount: "1.00", until: "2025-04-01" },
    ],
    [
      "ends so many days after the invoice",
      [{ discountPercent: "2", discountDays: "14" }],
      { amount: "1.00", until: "2025-04-02" },
    ],
    [
      "has no known end where it counts from the delivery",
      [{ discountAmount: "0.75", discountDays: "10", basis: { code: "2" } }],
      { amount: "0.75" },
    ],
    ["is none where the terms give none", [{ netDays: "30" }], undefined],
    ["is none where there are no terms", undefined, undefined],
  ])("%s", (_, terms, discount) => {
    expect(earlyPaymentDiscount(anInvoice({ ...(terms && { terms }) }))).toEqual(discount);
  });
});
