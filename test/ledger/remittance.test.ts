import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Remittance } from "../../src/documents/index.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import { allocateRemittance, type Claim, type PaymentRules } from "../../src/ledger/remittance.ts";
import { aClaim, aPayment, aRemittance } from "./remittances.ts";

const adjustment = (amount: string, code = "06") => ({ amount, reason: { code } });

function differencesOf(remittance: Remittance, claims: Claim[], rules?: PaymentRules): string[] {
  return allocateRemittance(remittance, claims, rules).differences.map(({ code, amount }) => `${code} ${amount}`);
}

describe("a payment", () => {
  it("of all that is open settles every line, and its pieces count as paid", () => {
    const { allocations, differences, onAccount } = allocateRemittance(aRemittance([aPayment("INV-1", "100.00")]), [
      aClaim("INV-1", ["33.33", "66.67"]),
    ]);
    expect(allocations).toMatchObject([
      {
        invoice: "INV-1",
        paid: "100.00",
        open: "0.00",
        lines: [
          { path: "lines.0", paid: "33.33", open: "0.00", paidQuantity: "10" },
          { path: "lines.1", paid: "66.67", open: "0.00", paidQuantity: "10" },
        ],
      },
    ]);
    expect([differences, onAccount]).toEqual([[], "0.00"]);
  });

  it("that is short is shared by what is open of each line, and the rest is said", () => {
    const { allocations, differences } = allocateRemittance(aRemittance([aPayment("INV-1", "50.00")]), [
      aClaim("INV-1", ["33.33", "33.33", "33.34"]),
    ]);
    expect(allocations[0]?.lines.map(({ paid, paidQuantity }) => [paid, paidQuantity])).toEqual([
      ["16.67", "0"],
      ["16.66", "0"],
      ["16.67", "0"],
    ]);
    expect(differences).toEqual([
      {
        code: "short-paid",
        invoice: "INV-1",
        amount: "-50.00",
        message: "50.00 of invoice INV-1 was not paid, and no reason is given",
        path: "entities.0.lines.0",
      },
    ]);
  });

  it("that keeps something back for one line pays the others in full", () => {
    const contested = {
      ...adjustment("-20.00"),
      items: [{ line: "02" }],
    };
    const { allocations, differences } = allocateRemittance(
      aRemittance([aPayment("INV-1", "80.00", { invoiceAmount: "100.00", adjustments: [contested] })]),
      [aClaim("INV-1", ["50.00", "50.00"])],
    );
    expect(allocations[0]?.lines.map(({ paid, open, paidQuantity }) => [paid, open, paidQuantity])).toEqual([
      ["50.00", "0.00", "10"],
      ["30.00", "20.00", "0"],
    ]);
    expect(differences).toMatchObject([{ code: "deduction", amount: "-20.00", reason: "06" }]);
  });

  it("settles with a deduction that the account may make", () => {
    const remittance = aRemittance([aPayment("INV-1", "98.00", { adjustments: [adjustment("-2.00", "54")] })]);
    const claims = [aClaim("INV-1", ["50.00", "50.00"])];
    expect(allocateRemittance(remittance, claims, { agreedReasons: ["54"] })).toMatchObject({
      allocations: [{ paid: "98.00", adjustment: "2.00", open: "0.00" }],
      differences: [],
    });
    expect(differencesOf(remittance, claims)).toEqual(["deduction -2.00"]);
  });

  it("sets a credit memo off against an invoice", () => {
    const { allocations, differences, onAccount } = allocateRemittance(
      aRemittance([
        aPayment("INV-1", "100.00"),
        aPayment("CM-1", "-30.00", { billingReference: { qualifier: "CM", value: "CM-1" } }),
      ]),
      [aClaim("INV-1", ["100.00"]), aClaim("CM-1", ["-10.00", "-20.00"])],
    );
    expect(allocations).toMatchObject([
      { invoice: "INV-1", open: "0.00" },
      { invoice: "CM-1", paid: "-30.00", open: "0.00", lines: [{ paidQuantity: "-10" }, { paidQuantity: "-10" }] },
    ]);
    expect([differences, onAccount]).toEqual([[], "0.00"]);
  });

  it("pays an invoice with goods taken back on it, and takes the pieces of both lines as paid", () => {
    const [allocation] = allocateRemittance(aRemittance([aPayment("INV-1", "80.00")]), [
      aClaim("INV-1", ["100.00", "-20.00"]),
    ]).allocations;
    expect(allocation?.lines.map(({ paid, paidQuantity }) => [paid, paidQuantity])).toEqual([
      ["100.00", "10"],
      ["-20.00", "-10"],
    ]);
  });

  it("counts what was free as paid once the rest is", () => {
    const [allocation] = allocateRemittance(aRemittance([aPayment("INV-1", "100.00")]), [
      aClaim("INV-1", ["100.00", "0.00"]),
    ]).allocations;
    expect(allocation?.lines.map(({ paidQuantity }) => paidQuantity)).toEqual(["10", "10"]);
  });

  it("that is taken back opens the invoice again", () => {
    const paid = aClaim("INV-1", ["60.00", "40.00"]);
    const claims = [{ ...paid, lines: paid.lines.map((line) => ({ ...line, settled: line.amount })) }];
    expect(allocateRemittance(aRemittance([aPayment("INV-1", "-50.00")]), claims)).toMatchObject({
      allocations: [
        {
          paid: "-50.00",
          open: "50.00",
          lines: [
            { paid: "-30.00", paidQuantity: "-10" },
            { paid: "-20.00", paidQuantity: "-10" },
          ],
        },
      ],
      differences: [{ code: "taken-back", amount: "-50.00" }],
    });
  });
});

describe("a discount", () => {
  const claims = [aClaim("INV-1", ["100.00"], { discount: { amount: "2.00", until: "2025-04-10" } })];
  const paid = (discountAmount: string, date: string) =>
    aRemittance([aPayment("INV-1", new Big(100).minus(discountAmount).toFixed(2), { discountAmount })], { date });

  it.each([
    ["in time and as agreed settles", "2.00", "2025-04-10", {}, []],
    ["a day late stays open", "2.00", "2025-04-11", {}, ["discount-late -2.00"]],
    ["a day late is granted within the days of grace", "2.00", "2025-04-11", { discountGraceDays: 1 }, []],
    ["that is too high is granted as far as agreed", "3.00", "2025-04-01", {}, ["discount-too-high -1.00"]],
  ])("%s", (_, discount, date, rules, differences) => {
    const remittance = paid(discount, date);
    expect(differencesOf(remittance, claims, rules)).toEqual(differences);
    const open = allocateRemittance(remittance, claims, rules).allocations[0]?.open;
    expect(open).toBe(
      sumOf(differences.map((one) => one.split(" ")[1]))
        .abs()
        .toFixed(2),
    );
  });

  it("is not granted twice", () => {
    const twice = aRemittance([
      aPayment("INV-1", "48.00", { discountAmount: "2.00" }),
      aPayment("INV-1", "48.00", { discountAmount: "2.00" }),
    ]);
    expect(differencesOf(twice, claims)).toEqual(["short-paid -50.00", "discount-too-high -2.00"]);
  });
});

describe("what a payment is not", () => {
  const claims = [aClaim("0012", ["100.00"])];
  it.each<[string, Remittance, string[], string]>([
    ["on a known invoice", aRemittance([aPayment("13", "10.00")]), ["invoice-unknown 10.00"], "10.00"],
    ["named", aRemittance([{ paidAmount: "10.00" }]), ["invoice-unknown 10.00"], "10.00"],
    ["as little as was open", aRemittance([aPayment("12", "110.00")]), ["over-paid 10.00"], "10.00"],
    [
      "the first",
      aRemittance([aPayment("12", "100.00"), aPayment("0012", "100.00")]),
      ["paid-before 100.00"],
      "100.00",
    ],
    [
      "in our currency",
      aRemittance([aPayment("12", "100.00")], { currency: "CAD" }),
      ["currency-differs 100.00"],
      "100.00",
    ],
    [
      "the claim alone",
      aRemittance([aPayment("12", "103.00", { adjustments: [adjustment("3.00", "L1")] })]),
      ["addition 3.00"],
      "3.00",
    ],
    [
      "all for invoices",
      aRemittance([aPayment("12", "100.00")], { entities: [{ adjustments: [adjustment("-25.00", "72")] }] }),
      ["deduction-without-invoice -25.00"],
      "-25.00",
    ],
    ["explained at all", { ...aRemittance([]), amount: "70.00", entities: [] }, ["no-detail 70.00"], "70.00"],
    [
      "what its lines add up to",
      aRemittance([aPayment("12", "100.00")], { amount: "99.00" }),
      ["does-not-add-up -1.00"],
      "-1.00",
    ],
  ])("is said: not %s", (_, remittance, differences, onAccount) => {
    expect(differencesOf(remittance, claims)).toEqual(differences);
    expect(allocateRemittance(remittance, claims).onAccount).toBe(onAccount);
  });
});

describe("money", () => {
  const amounts = fc.array(fc.integer({ min: -5_000, max: 50_000 }), { minLength: 1, maxLength: 6 });
  const text = (cents: number) => new Big(cents).div(100).toFixed(2);
  const payment = fc.record({
    invoice: fc.constantFrom("1", "2", "3"),
    paid: fc.integer({ min: -20_000, max: 100_000 }),
    discount: fc.integer({ min: 0, max: 2_000 }),
    deductions: fc.array(
      fc.tuple(fc.integer({ min: -3_000, max: 500 }), fc.constantFrom("06", "54"), fc.constantFrom("1", "2", "9")),
      {
        maxLength: 3,
      },
    ),
  });

  it("is neither lost nor made: what was paid is on invoices or on account, and each line is settled or open", () => {
    fc.assert(
      fc.property(
        fc.array(amounts, { minLength: 2, maxLength: 2 }),
        fc.array(payment, { maxLength: 6 }),
        (lists, payments) => {
          const claims = lists.map((list, index) =>
            aClaim(String(index + 1), list.map(text), { discount: { amount: "10.00", until: "2025-04-30" } }),
          );
          const lines = payments.map(({ invoice, paid, discount, deductions }) =>
            aPayment(invoice, text(paid), {
              discountAmount: text(discount),
              adjustments: deductions.map(([amount, code, line]) => ({
                ...adjustment(text(amount), code),
                items: [{ line }],
              })),
            }),
          );
          const { allocations, onAccount } = allocateRemittance(aRemittance(lines), claims, { agreedReasons: ["54"] });

          const paid = sumOf([...allocations.map((one) => one.paid), onAccount]);
          expect(paid.toFixed(2)).toBe(sumOf(lines.map(({ paidAmount }) => paidAmount)).toFixed(2));
          for (const claim of claims) {
            const own = allocations.filter(({ invoice }) => invoice === claim.number);
            claim.lines.forEach((line, index) => {
              const settled = own.flatMap(({ lines: shares }) => {
                const share = shares[index];
                return [share?.paid, share?.discount, share?.adjustment];
              });
              const open = own.at(-1)?.lines[index]?.open ?? line.amount;
              expect(sumOf([...settled, open]).toFixed(2)).toBe(line.amount);
            });
            for (const one of own) {
              for (const kind of ["paid", "discount", "adjustment"] as const) {
                expect(sumOf(one.lines.map((share) => share[kind])).toFixed(2)).toBe(one[kind]);
              }
            }
          }
        },
      ),
    );
  });
});
