import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../src/documents/document.ts";
import type { Invoice, InvoiceLine } from "../../src/documents/invoice.ts";
import {
  completeInvoice,
  invoicedLines,
  invoiceFaults,
  invoiceTotals,
  isCredit,
  lineAmount,
} from "../../src/documents/invoice-totals.ts";

const line = (quantity: string, price: string, rest: Partial<InvoiceLine> = {}): InvoiceLine => ({
  line: "1",
  quantity,
  unit: "EA",
  price,
  productIds: [{ qualifier: "VN", id: "CR-KET-17" }],
  ...rest,
});

const invoice = (lines: InvoiceLine[], rest: Partial<Invoice> = {}): Invoice => ({
  documentType: "invoice",
  account: "harbor-retail",
  usage: "production",
  number: "900418",
  date: "2025-03-26",
  order: { number: "7741093", date: "2025-03-10" },
  lines,
  ...rest,
});

const code = (value: string) => ({ code: value });

/** Cents as a decimal. */
const euros = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;

describe("the amount of a line", () => {
  it.each([
    ["240", "21.75", "EA", undefined, "5220.00"],
    ["3", "0.335", "EA", undefined, "1.01"],
    ["-3", "0.335", "EA", undefined, "-1.01"],
    ["1", "0.005", "EA", undefined, "0.01"],
    ["75.5", "3.125", "FT", undefined, "235.94"],
    ["250", "41.40", "EA", "PD", "862.50"],
    ["50", "41.40", "DZ", "PD", "2070.00"],
    ["1250", "8", "EA", "HP", "100.00"],
    ["1250", "8", "EA", "TP", "10.00"],
    ["3", "8", "TH", "TP", "24.00"],
    ["0", "99.99", "EA", undefined, "0.00"],
  ])("of %s at %s (%s, basis %s) is %s… to the cent", (quantity, price, unit, basis, amount) => {
    const priceBasis = basis === undefined ? {} : { priceBasis: code(basis) };
    expect(lineAmount(line(quantity, price, { unit, ...priceBasis }))).toBe(amount);
  });
});

describe("the totals of an invoice", () => {
  it("are lines − allowances + charges + taxes, each rounded by itself", () => {
    const totals = invoiceTotals(
      invoice(
        [
          line("240", "21.75"),
          line("120", "34.50", {
            allowancesAndCharges: [{ indicator: code("A"), amount: "120.00" }],
            taxes: [{ type: code("ST"), percentage: "6.25" }],
          }),
        ],
        {
          terms: [{ discountPercent: "2" }],
          allowancesAndCharges: [
            { indicator: code("A"), percent: { qualifier: "1", value: "1.5" } },
            { indicator: code("C"), rate: "2.50", quantity: "3", taxes: [{ type: code("ST"), percentage: "10" }] },
            { indicator: code("N"), amount: "500" },
          ],
          taxes: [{ type: code("SP"), amount: "12.34" }],
        },
      ),
    );
    expect(totals).toEqual({
      lines: ["5220.00", "4140.00"],
      goods: "9360.00",
      allowances: "260.40",
      charges: "7.50",
      taxes: "271.84",
      amount: "9378.94",
      discountBasis: "9099.60",
      discount: "181.99",
      discountedAmount: "9196.95",
    });
  });

  it.each(["01", "03", "04", "05", "15"])("leave out what is settled elsewhere (SAC12 %s)", (settlement) => {
    const charged = invoice([line("1", "10")], {
      allowancesAndCharges: [{ indicator: code("C"), amount: "5.00", settlement: code(settlement) }],
    });
    expect(invoiceTotals(charged).amount).toBe("10.00");
  });

  it.each([
    ["02", "15.00"],
    ["06", "15.00"],
  ])("count what is on the invoice (SAC12 %s)", (settlement, amount) => {
    const charged = invoice([line("1", "10")], {
      allowancesAndCharges: [{ indicator: code("C"), amount: "5.00", settlement: code(settlement) }],
    });
    expect(invoiceTotals(charged).amount).toBe(amount);
  });

  it.each([
    [{ percentage: "10", exempt: "0" }, "10.00"],
    [{ percentage: "10", exempt: "2" }, "11.00"],
    [{ percentage: "10", relationship: "O" }, "10.00"],
    [{ percentage: "10", basis: "5" }, "10.50"],
    [{ exempt: "1" }, "10.00"],
  ])("reckon the tax %j to %s", (tax, amount) => {
    expect(invoiceTotals(invoice([line("1", "10")], { taxes: [{ type: code("ST"), ...tax }] })).amount).toBe(amount);
  });

  it("follow a terms discount that is stated, and what it is of", () => {
    const stated = invoice([line("1", "100")], {
      terms: [{ netDays: "30" }, { discountPercent: "2", discountDays: "10" }],
      totals: { discountBasis: "50.00" },
    });
    expect(invoiceTotals(stated)).toMatchObject({ discount: "1.00", discountedAmount: "99.00" });
  });

  it("add up to the cent, whatever the lines are", () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000), cents), { maxLength: 20 }), cents, cents, (lines, charge, tax) => {
        const bill = invoice(
          lines.map(([quantity, price]) => line(String(quantity), euros(price))),
          {
            allowancesAndCharges: [{ indicator: code("C"), amount: euros(charge) }],
            taxes: [{ type: code("ST"), amount: euros(tax) }],
          },
        );
        const sum = lines.reduce((total, [quantity, price]) => total + BigInt(quantity) * price, charge + tax);
        expect(invoiceTotals(bill).amount).toBe(euros(sum));
        expect(checkDocument(completeInvoice(bill)).error).toBeUndefined();
      }),
    );
  });
});

describe("an invoice", () => {
  it("gives each line its order and shipment, its own or that of all", () => {
    const lines = [line("1", "2"), line("3", "4", { order: { number: "7741200" }, shipment: "S-2" })];
    const { order: _none, ...consolidated } = invoice(lines, { shipment: "S-1" });
    expect(invoicedLines(consolidated)).toMatchObject([
      { path: ["lines", 0], shipment: "S-1", amount: "2.00" },
      { path: ["lines", 1], order: { number: "7741200" }, shipment: "S-2", amount: "12.00" },
    ]);
    expect(invoicedLines(invoice(lines))[0]?.order?.number).toBe("7741093");
  });

  it.each([
    ["CR", true],
    ["CN", true],
    ["DR", false],
    ["CI", false],
    [undefined, false],
  ])("of kind %s owes money to the account: %s", (kind, owes) => {
    expect(isCredit(kind === undefined ? {} : { kind: code(kind) })).toBe(owes);
  });

  it("completed says its amount and its lines; what it said already stays", () => {
    expect(completeInvoice(invoice([line("2", "3")])).totals).toEqual({ amount: "6.00", lineCount: 1 });
    expect(completeInvoice(invoice([], { totals: { amount: "1.00" } })).totals).toEqual({ amount: "1.00" });
    expect(completeInvoice(invoice([], { totals: { description: "BY THE TON" } })).totals).toEqual({
      amount: "0.00",
      lineCount: 0,
      description: "BY THE TON",
    });
  });

  const faulty: [string, Invoice, string, string][] = [
    [
      "an amount that doesn't add up",
      invoice([line("2", "3")], { totals: { amount: "6.01" } }),
      "totals.amount",
      "is 6.01, but adds up to 6.00",
    ],
    [
      "a wrong count of lines",
      invoice([line("2", "3")], { totals: { lineCount: 2 } }),
      "totals.lineCount",
      "is 2, but adds up to 1",
    ],
    [
      "a wrong sum of quantities",
      invoice([line("2", "3")], { totals: { quantity: "3" } }),
      "totals.quantity",
      "is 3, but adds up to 2",
    ],
    [
      "a credit memo that names no invoice",
      invoice([line("2", "3")], { kind: { code: "CR", word: "credit memo" } }),
      "billingReference",
      "is missing: a credit memo (CR) names the invoice that it is about",
    ],
    [
      "a memo about itself",
      invoice([line("2", "3")], { kind: code("CR"), billingReference: "900418" }),
      "billingReference",
      "is the invoice itself",
    ],
    [
      "a consolidated invoice for one order",
      invoice([line("2", "3")], { kind: code("CI") }),
      "order",
      "is given, but each line of a consolidated invoice names its own",
    ],
    [
      "a line for another order",
      invoice([line("2", "3", { order: { number: "1" } })]),
      "lines.0.order.number",
      "is 1, but the whole invoice is for 7741093",
    ],
    [
      "a line for no order",
      (({ order: _none, ...rest }) => rest)(invoice([line("2", "3")])),
      "lines.0.order",
      "is missing, and the invoice as a whole names none",
    ],
  ];

  it.each(faulty)("is found out with %s", (_fault, bill, path, message) => {
    expect(invoiceFaults(bill).map((fault) => [fault.path.join("."), fault.message])).toEqual([[path, message]]);
    expect(checkDocument(bill).error?.issues).toMatchObject([{ path: path.split(".").map(indexed), message }]);
  });

  it("with a number that is none is refused for that, and not added up", () => {
    const { error } = checkDocument(invoice([line("two", "3")], { totals: { amount: "1.00" } }));
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual(["lines.0.quantity"]);
  });
});

const indexed = (step: string) => (/^\d+$/.test(step) ? Number(step) : step);
