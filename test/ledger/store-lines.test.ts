import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Invoice, Order, OrderResponse } from "../../src/documents/index.ts";
import { invoiceTotals } from "../../src/documents/invoice-totals.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import {
  movementsOfInvoice,
  movementsOfResponse,
  orderByDocument,
  orderByLine,
  type Placement,
  placeMovements,
  storesApart,
  storesTogether,
} from "../../src/ledger/index.ts";
import { anOrder, anOrderLine, standing } from "./orders.ts";

type AnswerLine = OrderResponse["lines"][number];

const share = (location: string, quantity: string) => ({ idQualifier: "92", location, quantity, unit: "EA" });
const storesOf = (line: { quantitiesByLocation?: { location: string; quantity: string }[] | undefined }): string =>
  (line.quantitiesByLocation ?? []).map(({ location, quantity }) => `${location}:${quantity}`).join(" ");

/** An answer to line 1 for one store, accepted in full. */
function answerFor(store: string, quantity: string, change: Partial<AnswerLine> = {}): AnswerLine {
  return {
    line: "1",
    quantity,
    unit: "EA",
    price: "5.00",
    productIds: [{ qualifier: "UP", id: "036000291452" }],
    acknowledgments: [{ status: "IA", quantity, unit: "EA" }],
    quantitiesByLocation: [share(store, quantity)],
    ...change,
  };
}

function aResponse(lines: AnswerLine[]): OrderResponse {
  return {
    documentType: "order-response",
    account: "harbor-retail",
    usage: "production",
    purpose: { code: "00" },
    acknowledgmentType: { code: "AD" },
    order: { number: "4500012345", date: "2025-03-03" },
    lines,
    totals: { lineCount: lines.length },
  };
}

function anInvoice(lines: Partial<Invoice["lines"][number]>[]): Invoice {
  return {
    documentType: "invoice",
    account: "harbor-retail",
    usage: "production",
    number: "90114",
    date: "2025-03-21",
    order: { number: "4500012345", date: "2025-03-03" },
    lines: lines.map((line) => ({
      line: "1",
      quantity: "10",
      unit: "EA",
      price: "5.00",
      productIds: [{ qualifier: "UP", id: "036000291452" }],
      ...line,
    })),
  };
}

describe("the answers for many stores", () => {
  it("become one line with the quantity of each store, and say nothing else than before", () => {
    const { document, remarks } = storesTogether(aResponse([answerFor("0042", "10"), answerFor("0043", "20")]));
    expect(remarks).toEqual([]);
    expect(document.lines).toEqual([
      {
        ...answerFor("0042", "30"),
        quantitiesByLocation: [share("0042", "10"), share("0043", "20")],
        acknowledgments: [{ status: "IA", quantity: "30", unit: "EA" }],
      },
    ]);
    expect(document.totals).toEqual({ lineCount: 1 });
  });

  it("count a store once that comes twice, and take 001 for 1 and 5.0 for 5.00", () => {
    const { document } = storesTogether(
      aResponse([answerFor("0042", "10"), answerFor("0042", "2", { line: "001", price: "5.0" })]),
    );
    expect(document.lines.map(storesOf)).toEqual(["0042:12"]);
  });

  it("don't mix lines, and leave alone what names no store", () => {
    const { quantitiesByLocation: _, ...forNobody } = answerFor("", "7");
    const response = aResponse([answerFor("0042", "10"), forNobody, answerFor("0042", "4", { line: "2" }), forNobody]);
    expect(storesTogether(response)).toEqual({ document: response, remarks: [] });
  });

  const july = { qualifier: "068", date: "2025-07-01" };
  it.each<[string, Partial<AnswerLine>, string]>([
    ["another price", { price: "5.01" }, "store 0043 differs in price"],
    [
      "another status",
      { acknowledgments: [{ status: "IB", quantity: "20", unit: "EA" }] },
      "store 0043 differs in status",
    ],
    [
      "another date",
      { acknowledgments: [{ status: "IA", quantity: "20", unit: "EA", date: july }] },
      "store 0043 differs in promised date",
    ],
    ["another date of the line", { dates: [july] }, "store 0043 differs in dates"],
    [
      "two answers",
      {
        acknowledgments: [
          { status: "IA", quantity: "15", unit: "EA" },
          { status: "IB", quantity: "5", unit: "EA" },
        ],
      },
      "store 0043 is not answered in one",
    ],
    [
      "less than ordered",
      { acknowledgments: [{ status: "IA", quantity: "15", unit: "EA" }] },
      "store 0043 is answered in part",
    ],
    ["another sum", { quantity: "21" }, "store 0043 has another quantity than its stores in all"],
    [
      "another unit",
      { quantitiesByLocation: [{ ...share("0043", "20"), unit: "CA" }] },
      "store 0043 does not count its stores' pieces as its own",
    ],
  ])("stay apart where one has %s, and say why", (_, change, reason) => {
    const lines = [answerFor("0042", "10"), answerFor("0043", "20", change), answerFor("0044", "5")];
    const { document, remarks } = storesTogether(aResponse(lines));
    expect(document.lines.map(storesOf).sort()).toEqual(["0042:10 0044:5", storesOf(lines[1] as AnswerLine)].sort());
    expect(document.lines).toContainEqual(lines[1]);
    expect(remarks).toEqual([`Line 1 can't be one line for all its stores: ${reason}.`]);
  });

  it("are told apart again into the lines that they were", () => {
    const response = aResponse([answerFor("0042", "10"), answerFor("0043", "20")]);
    expect(storesApart(storesTogether(response).document)).toEqual({ document: response, remarks: [] });
  });

  it("of a change are put together with what is left of each", () => {
    const line = (store: string, quantity: string) => ({
      ...answerFor(store, quantity),
      change: { code: "QI" },
      quantityLeft: quantity,
    });
    const { lines: _, totals: __, ...heading } = aResponse([]);
    const { document } = storesTogether({
      ...heading,
      documentType: "order-change-response",
      lines: [line("0042", "10"), line("0043", "20")],
    });
    expect(document.lines).toMatchObject([{ quantity: "30", quantityLeft: "30", change: { code: "QI" } }]);
  });
});

describe("the invoiced lines of many stores", () => {
  const billed = (store: string, quantity: string, change = {}) => ({
    quantity,
    quantitiesByLocation: [share(store, quantity)],
    ...change,
  });

  it("stay apart where rounding would change what the invoice comes to", () => {
    const thirds = [billed("0042", "1", { price: "0.335" }), billed("0043", "1", { price: "0.335" })];
    const { document, remarks } = storesTogether(anInvoice(thirds));
    expect(document.lines).toHaveLength(2);
    expect(remarks).toEqual([
      "Line 1 can't be one line for all its stores: store 0042, 0043 would come to another amount, as cents are rounded line by line.",
    ]);
  });

  it("stay apart where one has charges of its own, or is for another order", () => {
    const charged = { allowancesAndCharges: [{ indicator: { code: "C" }, amount: "2.00" }] };
    expect(storesTogether(anInvoice([billed("0042", "1", charged), billed("0043", "1")])).remarks).toEqual([
      "Line 1 can't be one line for all its stores: store 0042 has allowances, taxes, quantities or components of its own.",
    ]);
    const other = { order: { number: "4500012399", date: "2025-03-04" } };
    expect(storesTogether(anInvoice([billed("0042", "1"), billed("0043", "1", other)])).document.lines).toHaveLength(2);
  });
});

/** What a document moves, by ledger line and code, whatever the order of its lines. */
function figures({ placed, unplaced }: Placement): object {
  const sums = new Map<string, [string, string]>();
  for (const { key, movement, quantity, amount } of placed) {
    const name = `${key} ${movement.as ?? ""} ${movement.promised ?? ""} ${movement.price ?? ""}`;
    const [before, money] = sums.get(name) ?? ["0", "0"];
    sums.set(name, [sumOf([before, quantity]).toFixed(), sumOf([money, amount]).toFixed()]);
  }
  return { moved: Object.fromEntries([...sums].sort()), unplaced: unplaced.length };
}

const stores = ["0042", "0043", "0044", "0045"];
/** Two lines for four stores each; a third of the pieces is for none. */
const storeOrder = anOrder({
  lines: ["1", "2"].map((line, index) =>
    anOrderLine({
      line,
      quantity: "60",
      price: "5.05",
      productIds: [{ qualifier: "UP", id: `03600029145${index}` }],
      quantitiesByLocation: stores.map((store) => share(store, "10")),
    }),
  ),
});
const spoken = fc.record({
  line: fc.constantFrom(0, 1),
  store: fc.constantFrom(...stores),
  quantity: fc.integer({ min: 1, max: 30 }).map(String),
  price: fc.constantFrom("5.05", "5.1"),
  status: fc.constantFrom("IA", "IB", "IR"),
  promised: fc.option(fc.constantFrom("2025-03-20", "2025-03-27"), { nil: undefined }),
  isPart: fc.boolean(),
});

describe("whatever the form", () => {
  it("an answer moves the same figures", () => {
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 12 }), (said) => {
        const response = aResponse(
          said.map(({ line, store, quantity, price, status, promised, isPart }) => {
            const date = promised === undefined ? {} : { date: { qualifier: "068", date: promised } };
            const whole = [{ status, quantity, unit: "EA", ...date }];
            return answerFor(store, quantity, {
              line: String(line + 1),
              price,
              productIds: [{ qualifier: "UP", id: `03600029145${line}` }],
              acknowledgments: isPart ? [...whole, { status: "IB", quantity: "1", unit: "EA" }] : whole,
            });
          }),
        );
        const lines = standing(storeOrder);
        const moved = (one: OrderResponse) =>
          figures(
            placeMovements(
              lines,
              movementsOfResponse(
                one,
                lines.map(({ line }) => line),
              ),
            ),
          );
        const together = storesTogether(response).document;
        expect(moved(together)).toEqual(moved(response));
        expect(moved(storesApart(together).document)).toEqual(moved(response));
      }),
    );
  });

  it("an invoice comes to the same and moves the same figures", () => {
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 12 }), (said) => {
        const invoice = anInvoice(
          said.map(({ line, store, quantity, price }) => ({
            line: String(line + 1),
            quantity,
            price,
            productIds: [{ qualifier: "UP", id: `03600029145${line}` }],
            quantitiesByLocation: [share(store, quantity)],
          })),
        );
        const moved = (one: Invoice) => figures(placeMovements(standing(storeOrder), movementsOfInvoice(one)));
        const together = storesTogether(invoice).document;
        expect(moved(together)).toEqual(moved(invoice));
        expect(invoiceTotals(together).amount).toBe(invoiceTotals(invoice).amount);
        const apart = storesApart(together).document;
        expect(moved(apart)).toEqual(moved(invoice));
      }),
    );
  });

  it("an invoice of prices finer than the cent comes to the same", () => {
    const finer = fc.tuple(
      fc.constantFrom(...stores),
      fc.integer({ min: 1, max: 30 }).map(String),
      fc.constantFrom("0.3333", "1.005", "2.5"),
    );
    fc.assert(
      fc.property(fc.array(finer, { minLength: 1, maxLength: 10 }), (said) => {
        const invoice = anInvoice(
          said.map(([store, quantity, price]) => ({ quantity, price, quantitiesByLocation: [share(store, quantity)] })),
        );
        const { document } = storesTogether(invoice);
        expect(invoiceTotals(document).amount).toBe(invoiceTotals(invoice).amount);
        expect(invoiceTotals(storesApart(document).document).amount).toBe(invoiceTotals(invoice).amount);
      }),
    );
  });
});

describe("an order for many stores", () => {
  const cut = (order: Order): Order => {
    const result = orderByLine(order);
    if ("reason" in result) throw new Error(result.reason);
    return result.apart;
  };

  it("has a line for each store and one for what is for none, under the buyer's number, and no piece is lost", () => {
    const { lines } = cut(anOrder({ lines: [{ ...(storeOrder.lines[0] as Order["lines"][0]), quantity: "45" }] }));
    expect(lines.map((line) => [line.line, line.quantity, storesOf(line)])).toEqual([
      ["1", "10", "0042:10"],
      ["1", "10", "0043:10"],
      ["1", "10", "0044:10"],
      ["1", "10", "0045:10"],
      ["1", "5", ""],
    ]);
  });

  it("shares the sums of a line out to the cent", () => {
    const line = anOrderLine({
      quantity: "3",
      quantitiesByLocation: [share("0042", "1"), share("0043", "2")],
      allowancesAndCharges: [{ indicator: { code: "A" }, amount: "10.00" }],
    });
    expect(
      cut(anOrder({ lines: [line] })).lines.map(({ allowancesAndCharges }) => allowancesAndCharges?.[0]?.amount),
    ).toEqual(["3.33", "6.67"]);
  });

  it("is a document for each store, with the warehouse as its ship-to and the store as mark-for", () => {
    const order = anOrder({ lines: [...storeOrder.lines, anOrderLine({ line: "3" })], totals: { lineCount: 3 } });
    const result = orderByDocument(order, "the-whole");
    const parts = "apart" in result ? result.apart : [];
    expect(parts.map(({ part, lines }) => [part?.position, part?.store, lines.map(({ line }) => line)])).toEqual([
      [1, "0042", ["1", "2"]],
      [2, "0043", ["1", "2"]],
      [3, "0044", ["1", "2"]],
      [4, "0045", ["1", "2"]],
      [5, undefined, ["1", "2", "3"]],
    ]);
    expect(parts[0]?.parties).toEqual([
      { role: "ST", idQualifier: "92", id: "DC07" },
      { role: "Z7", word: "mark for", idQualifier: "92", id: "0042" },
    ]);
    expect(parts[0]).toMatchObject({ number: "4500012345", part: { document: "the-whole", count: 5 } });
    expect(parts[4]?.parties).toEqual(order.parties);
    expect(parts.every((part) => part.totals === undefined)).toBe(true);
  });

  it("ships to the store itself where the order names no ship-to, and to a line's own ship-to", () => {
    const own = anOrderLine({ line: "2", parties: [{ role: "ST", id: "9" }] });
    const lines = [storeOrder.lines[0] as Order["lines"][0], own];
    const result = orderByDocument(
      anOrder({ parties: [], lines: lines.map((line) => ({ ...line, quantity: "40" })) }),
      "x",
    );
    expect(
      "apart" in result && result.apart.map(({ parties }) => parties.map(({ role, id }) => `${role} ${id}`)),
    ).toEqual([["ST 0042"], ["ST 0043"], ["ST 0044"], ["ST 0045"], ["ST 9"]]);
  });

  it.each<[string, Partial<Order["lines"][number]>, string]>([
    ["another unit", { unit: "CA" }, "Line 1 counts its stores' quantities in another unit than its own."],
    ["fewer in all", { quantity: "1" }, "Line 1 orders more for its stores than in all."],
    [
      "a schedule",
      { schedules: [{ quantity: "5", unit: "EA", dates: [] }] },
      "Line 1 has a schedule that does not say which store gets what when.",
    ],
  ])("is not taken apart where a line has %s", (_, change, reason) => {
    const line = anOrderLine({ quantitiesByLocation: [share("0042", "10")], ...change });
    expect(orderByLine(anOrder({ lines: [line] }))).toEqual({ reason });
    expect(orderByDocument(anOrder({ lines: [line] }), "x")).toEqual({ reason });
  });
});
