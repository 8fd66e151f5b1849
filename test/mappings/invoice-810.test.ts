import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../src/documents/document.ts";
import type { Invoice, InvoiceLine } from "../../src/documents/invoice.ts";
import { completeInvoice } from "../../src/documents/invoice-totals.ts";
import { invoice810 } from "../../src/mappings/invoice-810.ts";
import { problemsOnceWritten, setFrom, setOf } from "./sets.ts";

const facts = { account: "harbor-retail", usage: "production" } as const;
const versions = ["004010", "004030", "005010"];

const line = (rest: Partial<InvoiceLine> = {}): InvoiceLine => ({
  line: "1",
  quantity: "2",
  unit: "EA",
  price: "3.50",
  productIds: [{ qualifier: "VN", word: "vendor's item", id: "CR-KET-17" }],
  ...rest,
});
const invoice = (rest: Partial<Invoice> = {}): Invoice => ({
  documentType: "invoice",
  ...facts,
  number: "100417",
  date: "2025-03-26",
  order: { number: "7741093", date: "2025-03-10" },
  lines: [line()],
  ...rest,
});
const read = (...segments: string[]) => {
  const lines = ["ST*810*0001", "BIG*20250326*100417", ...segments, "TDS*700", `SE*${segments.length + 4}*0001`];
  return invoice810.read(setFrom("004010", lines.map((text) => `${text}~\n`).join(""), "810"), facts);
};
const again = (given: Invoice, version: string) => {
  const { x12, ...document } = invoice810.read(setOf(version, "810", invoice810.write(given, version)), facts);
  expect(x12?.unmapped).toEqual([]);
  return document;
};

describe("the 810", () => {
  it("says what it comes to and how many lines it has, though the document doesn't", () => {
    expect(invoice810.write(invoice(), "004010").slice(-2)).toEqual([
      ["TDS", "700"],
      ["CTT", "1"],
    ]);
  });

  it("names the order in BIG, or line by line in REF*PO, REF*RE and DTM*004", () => {
    const consolidated: Invoice = {
      ...invoice(),
      kind: { code: "CI", word: "consolidated invoice" },
      order: undefined,
      lines: [
        line({ order: { number: "7741093", release: "2", date: "2025-03-10" }, shipment: "48806" }),
        line({ order: { number: "7741120" } }),
      ],
    };
    const segments = invoice810.write(consolidated, "004010");
    expect(segments[0]).toEqual(["BIG", "20250326", "100417", "", "", "", "", "CI"]);
    expect(segments.filter(([id]) => id === "REF" || id === "DTM")).toEqual([
      ["REF", "PO", "7741093"],
      ["REF", "RE", "2"],
      ["REF", "SI", "48806"],
      ["DTM", "004", "20250310"],
      ["REF", "PO", "7741120"],
    ]);
    const { order: _none, ...expected } = completeInvoice(consolidated);
    expect(again(consolidated, "004010")).toEqual(expected);
  });

  it("has a release and an order date of a line that names no order as the reference and the date that they are", () => {
    const [first] = read("IT1*1*2*EA*3.5**VN*A", "REF*RE*2", "DTM*004*20250310").lines;
    expect(first).toMatchObject({
      references: [{ qualifier: "RE", value: "2" }],
      dates: [{ qualifier: "004", date: "2025-03-10" }],
    });
    expect(first?.order).toBeUndefined();
  });

  it("that is a memo names its invoice in REF*OI", () => {
    const memo = invoice({ kind: { code: "CR", word: "credit memo" }, billingReference: "100392" });
    expect(invoice810.write(memo, "004010")[1]).toEqual(["REF", "OI", "100392"]);
    expect(again(memo, "004010")).toEqual(completeInvoice(memo));
  });

  it.each(versions)("has its text in MSG in %s too", (version) => {
    const given = invoice({
      note: { reference: { qualifier: "ZZ", word: "mutually agreed", value: "1" }, lines: ["A", "B"] },
    });
    const segments = invoice810.write(given, version);
    expect(segments.filter(([id]) => id === "MSG")).toEqual([
      ["MSG", "A"],
      ["MSG", "B"],
    ]);
    expect(problemsOnceWritten(version, "810", segments)).toEqual([]);
    expect(again(given, version)).toEqual(completeInvoice(given));
  });

  it("has no line that says no quantity or price: what stands there is unmapped", () => {
    const { lines, x12 } = read("IT1*1*****VN*A");
    expect(lines).toEqual([]);
    expect(x12?.unmapped.map(({ segment, value }) => [segment, value])).toEqual([
      ["IT1", "1"],
      ["IT1", "VN"],
      ["IT1", "A"],
    ]);
  });

  it("refuses what it has no room for, and says where", () => {
    const given = invoice({ totals: { amount: "7.005" } });
    expect(() => invoice810.write(given, "004010")).toThrow(
      "totals.amount: 7.005 has more than 2 decimal places, and X12 has room for no more here.",
    );
  });
});

const name = fc.stringMatching(/^[A-Z0-9]{2,20}$/);
const money = fc.integer({ min: 0, max: 9_999_999 }).map((cents) => (cents / 100).toFixed(2));
const some = <T>(one: fc.Arbitrary<T>, max = 3) => fc.array(one, { minLength: 1, maxLength: max });
const perhaps = <T extends object>(shape: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const taxes = some(
  fc.record({
    type: fc.constant({ code: "ST", word: "state sales tax" }),
    amount: money,
    percentage: fc.constant("6.25"),
  }),
);
const allowancesAndCharges = some(
  fc
    .tuple(
      fc.constantFrom({ code: "A", word: "allowance" }, { code: "C", word: "charge" }),
      fc.record({ reason: fc.constant({ code: "D240", word: "freight" }), amount: money }),
      perhaps({
        taxes,
        settlement: fc.constantFrom({ code: "01", word: "bill back" }, { code: "02", word: "off invoice" }),
      }),
    )
    .map(([indicator, one, more]) => ({ indicator, ...one, ...more })),
);
const anyLine = fc
  .tuple(
    fc.record({ quantity: money, price: money, unit: fc.constant("EA"), line: name }),
    perhaps({
      priceBasis: fc.constantFrom({ code: "CT", word: "contract" }, { code: "HP" }),
      shipment: name,
      taxes,
      allowancesAndCharges,
      quantities: some(fc.record({ qualifier: fc.constant("01"), quantity: money })),
      descriptions: some(fc.record({ type: fc.constant("F"), text: name })),
      references: some(fc.record({ qualifier: fc.constant("ZZ"), word: fc.constant("mutually agreed"), value: name })),
      carriers: some(
        fc.record({ carrier: fc.constant("LKFX"), method: fc.constant({ code: "M", word: "motor carrier" }) }),
      ),
    }),
  )
  .map(([one, more]) => ({ ...one, productIds: [{ qualifier: "SK", word: "SKU", id: "A" }], ...more }) as InvoiceLine);

describe.each(versions)("invoices in %s", (version) => {
  it("leave as our own engine wants them, come back the same, and add up", () => {
    const bill = fc
      .tuple(
        fc.array(anyLine, { maxLength: 5 }),
        perhaps({
          taxes,
          allowancesAndCharges,
          remarks: some(fc.record({ text: name })),
          billOfLading: name,
          shipped: some(fc.record({ quantity: money, unit: fc.constant("CT") })),
          carrier: fc.record({
            carrier: fc.constant("LKFX"),
            method: fc.constant({ code: "M", word: "motor carrier" }),
          }),
          terms: some(fc.record({ discountPercent: fc.constant("2"), discountDays: fc.constant("10") })),
        }),
      )
      .map(([lines, more]) => invoice({ ...more, lines } as Partial<Invoice>));
    fc.assert(
      fc.property(bill, (given) => {
        const segments = invoice810.write(given, version);
        expect(problemsOnceWritten(version, "810", segments)).toEqual([]);
        const back = again(given, version);
        expect(withoutWords(back)).toEqual(withoutWords(completeInvoice(given)));
        expect(checkDocument(back).error).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });
});

/** Our words follow from their codes. */
function withoutWords(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "word" ? undefined : inner)));
}
