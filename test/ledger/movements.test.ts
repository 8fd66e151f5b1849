import { readFileSync } from "node:fs";
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Invoice, InvoiceLine, OrderResponse, Shipment, ShipmentItem } from "../../src/documents/index.ts";
import { invoiceTotals } from "../../src/documents/invoice-totals.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import { explodeOrder } from "../../src/ledger/explode.ts";
import { claimLinesOf, invoiceShares, ledgerKeyOf, movementsOfInvoice } from "../../src/ledger/movements-of-invoice.ts";
import { movementsBetween, movementsOfOrder } from "../../src/ledger/movements-of-order.ts";
import { movementsOfResponse } from "../../src/ledger/movements-of-response.ts";
import { movementsOfShipment } from "../../src/ledger/movements-of-shipment.ts";
import { placeMovements } from "../../src/ledger/place.ts";
import { anOrder, anOrderLine, quantities, standing } from "./orders.ts";
import { anInvoice, anInvoiceLine, anItem, aShipment } from "./outgoing.ts";

describe("an order", () => {
  it("moves each of its ledger lines, with their amounts by the price basis", () => {
    const order = anOrder({ lines: [anOrderLine({ price: "12.00", priceBasis: { code: "PD" }, quantity: "6" })] });
    expect(movementsOfOrder(order, explodeOrder(order))).toMatchObject([
      { kind: "ordered", key: "1@92:DC07", quantity: "6", amount: "6.00", path: "lines.0", date: "2025-03-03" },
    ]);
  });

  it("from our own sample is taken apart and put in the ledger whole", () => {
    const sample = JSON.parse(
      readFileSync(new URL("../../samples/orders/850-harbor-retail.json", import.meta.url), "utf8"),
    );
    const lines = explodeOrder(sample);
    const { placed, unplaced } = placeMovements(
      lines.map((line) => ({ line })),
      movementsOfOrder(sample, lines),
    );
    expect(unplaced).toEqual([]);
    expect(
      sumOf(placed.map(({ quantity }) => quantity)).eq(
        sumOf(sample.lines.map((one: { quantity: string }) => one.quantity)),
      ),
    ).toBe(true);
  });

  it("in two versions differs by its movements, quantity and amount", () => {
    const line = fc.record({ quantity: quantities, price: fc.constantFrom("5.00", "0.125", "7") });
    const order = fc.array(line, { minLength: 1, maxLength: 4 });
    const value = (list: { quantity: string; price: string }[]) =>
      explodeOrder(anOrder({ lines: list.map((one) => anOrderLine(one)) }));
    const amounts = (order: ReturnType<typeof value>) =>
      sumOf(movementsOfOrder(anOrder(), order).map(({ amount }) => amount));
    fc.assert(
      fc.property(order, order, fc.boolean(), (was, is, deletes) => {
        const [before, after] = [value(was), value(is)];
        const moved = movementsBetween(anOrder(), before, after, new Set(deletes ? [1] : []));
        const signed = (one: (typeof moved)[number], text: string | undefined) =>
          new Big(text ?? 0).times(one.kind === "cancelled" ? -1 : 1).toFixed();
        const change = sumOf(moved.map((one) => signed(one, one.quantity)));
        expect(change.eq(sumOf(after.map((one) => one.quantity)).minus(sumOf(before.map((one) => one.quantity))))).toBe(
          true,
        );
        const worth = sumOf(moved.map((one) => signed(one, one.amount)));
        expect(worth.eq(amounts(after).minus(amounts(before)))).toBe(true);
      }),
    );
  });
});

describe("our answer to an order", () => {
  const order = anOrder({ lines: [anOrderLine(), anOrderLine({ line: "2", quantity: "4" })] });
  const lines = explodeOrder(order);
  const answer = (change: Partial<OrderResponse>): OrderResponse => ({
    documentType: "order-response",
    account: "harbor-retail",
    usage: "production",
    purpose: { code: "00" },
    acknowledgmentType: { code: "AC" },
    date: "2025-03-04",
    order: { number: order.number, date: order.date },
    lines: [],
    ...change,
  });
  const said = (response: OrderResponse) =>
    movementsOfResponse(response, lines).map(({ line, as, quantity, promised }) =>
      [line, as, quantity, promised].join(" ").trim(),
    );
  const responseLine = (line: string, ...acknowledgments: OrderResponse["lines"][number]["acknowledgments"]) => ({
    line,
    productIds: [],
    acknowledgments,
  });

  it.each<[string, Partial<OrderResponse>, string[]]>([
    [
      "says what becomes of each part of a line, and when",
      {
        lines: [
          responseLine(
            "1",
            { status: "IA", quantity: "6", date: { qualifier: "068", date: "2025-03-19" } },
            { status: "IB", quantity: "4", date: { qualifier: "068", date: "2025-04-02" } },
          ),
          responseLine("2", { status: "R2" }),
        ],
      },
      ["1 accepted 6 2025-03-19", "1 back-ordered 4 2025-04-02", "2 rejected 4"],
    ],
    [
      "puts the rest of a part shipment on back order",
      { lines: [responseLine("1", { status: "BP", quantity: "7" })] },
      ["1 accepted 7", "1 back-ordered 3"],
    ],
    [
      "takes the whole line where it says no quantity",
      { lines: [responseLine("01", { status: "IC" })] },
      ["01 accepted 10"],
    ],
    ["without lines accepts all", { acknowledgmentType: { code: "AK" } }, ["1 accepted 10", "2 accepted 4"]],
    ["without lines refuses all", { acknowledgmentType: { code: "RJ" } }, ["1 rejected 10", "2 rejected 4"]],
    [
      "with exceptions only accepts the others",
      { acknowledgmentType: { code: "AE" }, lines: [responseLine("2", { status: "IH" })] },
      ["2 on-hold 4", "1 accepted 10"],
    ],
  ])("%s", (_, change, movements) => {
    expect(said(answer(change))).toEqual(movements);
  });
});

describe("a ship notice", () => {
  const of = (shipment: Shipment) =>
    movementsOfShipment(shipment).map(({ line, quantity, location, markFor, path }) =>
      [line, quantity, location?.id, markFor?.id, path].join(" "),
    );

  it("moves what is packed, wherever in the tree it stands", () => {
    const item = (line: string): ShipmentItem => anItem({ line });
    const shipment = aShipment([
      {
        order: { number: "4500012345" },
        parties: [{ role: "BY", idQualifier: "92", id: "0042" }],
        tares: [{ packs: [{ items: [item("1"), item("2")] }] }],
        packs: [{ packs: [{ items: [item("3")] }] }],
        items: [item("4")],
      },
    ]);
    expect(of(shipment)).toEqual([
      "1 10 DC07 0042 orders.0.tares.0.packs.0.items.0",
      "2 10 DC07 0042 orders.0.tares.0.packs.0.items.1",
      "3 10 DC07 0042 orders.0.packs.0.packs.0.items.0",
      "4 10 DC07 0042 orders.0.items.0",
    ]);
  });

  it("that says what is for which store moves each store's, and the rest", () => {
    const quantitiesByLocation = [
      { idQualifier: "92", location: "0042", quantity: "6", unit: "EA" },
      { idQualifier: "92", location: "0043", quantity: "3", unit: "EA" },
    ];
    const shipment = aShipment([{ order: { number: "1" }, items: [anItem({ quantitiesByLocation })] }]);
    expect(of(shipment)).toEqual([
      "1 6 DC07 0042 orders.0.items.0",
      "1 3 DC07 0043 orders.0.items.0",
      "1 1 DC07  orders.0.items.0",
    ]);
  });

  it("that is cancelled takes back what it announced", () => {
    const orders = [{ order: { number: "1" }, items: [anItem()] }];
    expect(movementsOfShipment(aShipment(orders, { purpose: { code: "01" } }))).toMatchObject([
      { kind: "shipped", quantity: "-10", reference: "SHP-1", date: "2025-03-18" },
    ]);
  });

  it("puts a store's goods on that store's line, though they are sent to the warehouse", () => {
    const stores = ["0042", "0043"].map((location) => ({ idQualifier: "92", location, quantity: "10", unit: "EA" }));
    const order = anOrder({ lines: [anOrderLine({ quantity: "20", quantitiesByLocation: stores })] });
    const shipment = aShipment([
      { order: { number: order.number }, parties: [{ role: "BY", idQualifier: "92", id: "0043" }], items: [anItem()] },
    ]);
    expect(placeMovements(standing(order), movementsOfShipment(shipment)).placed).toMatchObject([
      { key: "1@92:0043", quantity: "10", amount: "50.00", remarks: [] },
    ]);
  });
});

describe("an invoice", () => {
  const freight = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "10.00" };

  it("moves each line with its share of freight and taxes", () => {
    const invoice = anInvoice({
      lines: [
        anInvoiceLine({ quantity: "1", price: "20.00" }),
        anInvoiceLine({ line: "2", quantity: "1", price: "10.00" }),
      ],
      allowancesAndCharges: [freight],
    });
    expect(movementsOfInvoice(invoice)).toMatchObject([
      { line: "1", quantity: "1", amount: "26.67", reference: "INV-1" },
      { line: "2", quantity: "1", amount: "13.33" },
    ]);
  });

  it("that is a credit memo moves back", () => {
    expect(movementsOfInvoice(anInvoice({ kind: { code: "CR" }, billingReference: "INV-0" }))).toMatchObject([
      { quantity: "-10", amount: "-50.00", code: "CR" },
    ]);
  });

  it("without lines has what it claims as one share of no line", () => {
    expect(movementsOfInvoice(anInvoice({ lines: [], allowancesAndCharges: [freight] }))).toMatchObject([
      { quantity: "0", amount: "10.00", productIds: [], path: "" },
    ]);
  });

  it("is shared out to the cent, whatever is on it and on its lines", () => {
    const charge = fc.record({
      indicator: fc.constantFrom({ code: "A" }, { code: "C" }),
      amount: fc.integer({ min: 0, max: 5_000 }).map((cents) => new Big(cents).div(100).toFixed(2)),
    });
    const line: fc.Arbitrary<InvoiceLine> = fc
      .record({
        quantity: quantities,
        price: fc.constantFrom("0.333", "19.99", "0"),
        allowancesAndCharges: fc.array(charge, { minLength: 1, maxLength: 2 }),
        taxes: fc.constant("8.25").map((percentage) => [{ type: { code: "ST" }, percentage }]),
      })
      .map((change) => anInvoiceLine(change));
    const invoice: fc.Arbitrary<Invoice> = fc
      .record({
        lines: fc.array(line, { minLength: 1, maxLength: 6 }),
        allowancesAndCharges: fc.array(charge, { minLength: 1, maxLength: 3 }),
        credit: fc.boolean(),
      })
      .map(({ credit, ...change }) =>
        anInvoice({ ...change, ...(credit && { kind: { code: "CR" }, billingReference: "INV-0" }) }),
      );
    fc.assert(
      fc.property(invoice, (one) => {
        const sign = one.kind === undefined ? 1 : -1;
        const sum = sumOf(invoiceShares(one).map(({ amount }) => amount));
        expect(sum.toFixed(2)).toBe(new Big(invoiceTotals(one).amount).times(sign).toFixed(2));
      }),
    );
  });

  it("is a claim with a line for each ledger line, found again by its path, and one for what belongs nowhere", () => {
    const stores = ["0042", "0043"].map((location) => ({ idQualifier: "92", location, quantity: "10", unit: "EA" }));
    const order = anOrder({ lines: [anOrderLine({ quantity: "20", quantitiesByLocation: stores })] });
    const invoice = anInvoice({
      lines: [
        anInvoiceLine({ quantity: "15" }),
        anInvoiceLine({ line: "9", productIds: [], quantity: "1", price: "3.00" }),
      ],
    });
    const claim = claimLinesOf(placeMovements(standing(order), movementsOfInvoice(invoice)));
    expect(claim.map(({ path, amount, quantity }) => [path, amount, quantity, ledgerKeyOf(path)])).toEqual([
      ["lines.0 1@92:0042", "50.00", "10", "1@92:0042"],
      ["lines.0 1@92:0043", "25.00", "5", "1@92:0043"],
      ["lines.1", "3.00", "1", undefined],
    ]);
  });
});
