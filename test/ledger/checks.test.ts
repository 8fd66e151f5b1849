import { describe, expect, it } from "vitest";
import type { Invoice, Order, Shipment, ShipmentOrder } from "../../src/documents/index.ts";
import { ssccFrom } from "../../src/documents/sscc.ts";
import type { CheckRules, OrderFacts } from "../../src/ledger/check-facts.ts";
import { checkInvoice, type InvoiceFacts } from "../../src/ledger/check-invoice.ts";
import { checkShipment } from "../../src/ledger/check-shipment.ts";
import type { LedgerEntry } from "../../src/ledger/figures.ts";
import { type Finding, mustHold } from "../../src/ledger/finding.ts";
import { anOrder, anOrderLine, standing } from "./orders.ts";
import { anInvoice, anInvoiceLine, anItem, aShipment } from "./outgoing.ts";

const entry = (kind: LedgerEntry["kind"], quantity: string): LedgerEntry => ({ kind, quantity, document: kind });
const factsOf = (order: Order, entries: Record<string, LedgerEntry[]> = {}): OrderFacts => ({
  order,
  lines: standing(order, entries),
});
const told = (findings: readonly Finding[]) =>
  findings.map(({ code, severity, path }) => `${code} ${severity} ${path}`);

describe("an invoice", () => {
  const order = anOrder({
    currency: "USD",
    lines: [anOrderLine(), anOrderLine({ line: "2", quantity: "5", productIds: [{ qualifier: "VN", id: "T" }] })],
  });
  const whole = { "1@92:DC07": [entry("shipped", "10")] };
  const check = (
    change: Partial<Invoice>,
    known: Partial<InvoiceFacts> = {},
    rules: CheckRules = {},
    entries: Record<string, LedgerEntry[]> = whole,
  ) => checkInvoice(anInvoice(change), { orders: [factsOf(order, entries)], ...known }, rules);
  const freight = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "9.00" };

  it("of what was ordered and shipped, at the order's price, may leave", () => {
    const findings = check({ currency: "USD", totals: { amount: "50.00" } });
    expect([findings, mustHold(findings)]).toEqual([[], false]);
  });

  it("is held with what is wrong, where, and what to do, in words", () => {
    const findings = check({ lines: [anInvoiceLine({ price: "5.25" })] });
    expect(findings).toEqual([
      {
        code: "price-above-order",
        severity: "hold",
        path: "lines.0.price",
        message: "5.25 is billed on line 1 of order 4500012345, and 5.00 was ordered.",
        mend: "Bill 5.00, or have the account change its order.",
      },
    ]);
    expect(mustHold(findings)).toBe(true);
  });

  it.each<[string, Partial<Invoice>, string[]]>([
    [
      "below the order's price",
      { lines: [anInvoiceLine({ price: "4.00" })] },
      ["price-below-order warning lines.0.price"],
    ],
    [
      "of more than was shipped",
      { lines: [anInvoiceLine({ quantity: "11" })] },
      ["quantity-over-shipped hold lines.0.quantity"],
    ],
    [
      "of more than was shipped, on two lines",
      { lines: [anInvoiceLine({ quantity: "6" }), anInvoiceLine({ quantity: "6" })] },
      ["quantity-over-shipped hold lines.1.quantity"],
    ],
    [
      "of what was not shipped",
      { lines: [anInvoiceLine({ line: "2", productIds: [] })] },
      ["nothing-shipped hold lines.0.quantity"],
    ],
    [
      "of a line that is not there",
      { lines: [anInvoiceLine({ line: "7", productIds: [] })] },
      ["line-unknown hold lines.0"],
    ],
    ["in another unit", { lines: [anInvoiceLine({ unit: "CA" })] }, ["unit-differs hold lines.0"]],
    ["in another currency", { currency: "CAD" }, ["currency-differs hold currency"]],
    ["of an order that never came", { order: { number: "77" } }, ["order-unknown hold lines.0"]],
    [
      "with a charge that nobody agreed on",
      { allowancesAndCharges: [freight] },
      ["charge-not-agreed hold allowancesAndCharges.0"],
    ],
    ["that does not add up", { totals: { amount: "49.00" } }, ["total-differs hold totals.amount"]],
  ])("%s is found", (_, change, findings) => {
    expect(told(check(change))).toEqual(findings);
  });

  it.each<[string, Partial<Invoice>, CheckRules, string[]]>([
    [
      "a price within a percentage",
      { lines: [anInvoiceLine({ price: "5.10" })] },
      { tolerances: { price: { percent: "2" } } },
      [],
    ],
    [
      "no price beyond the amount as well",
      { lines: [anInvoiceLine({ price: "5.10" })] },
      { tolerances: { price: { percent: "2", amount: "0.05" } } },
      ["price-above-order hold lines.0.price"],
    ],
    [
      "prices that come to little in all",
      { lines: [anInvoiceLine({ price: "5.10" })] },
      { tolerances: { totalAmount: "1.00" } },
      [],
    ],
    [
      "a quantity a little over",
      { lines: [anInvoiceLine({ quantity: "11" })] },
      { tolerances: { quantity: { overPercent: "10" } } },
      [],
    ],
    ["a charge that is agreed on", { allowancesAndCharges: [freight] }, { agreedCharges: ["D240"] }, []],
    ["what the account ignores", { currency: "CAD" }, { actions: { "currency-differs": "ignore" } }, []],
    [
      "what the account only warns of",
      { currency: "CAD" },
      { actions: { "currency-differs": "warning" } },
      ["currency-differs warning currency"],
    ],
  ])("lets pass: %s", (_, change, rules, findings) => {
    expect(told(check(change, {}, rules))).toEqual(findings);
  });

  it("may say the order's price by another basis: 500.00 per hundred is 5.00 each", () => {
    const lines = [anInvoiceLine({ price: "500.00", priceBasis: { code: "HP" } })];
    expect(check({ lines })).toEqual([]);
    expect(told(check({ lines: [anInvoiceLine({ price: "501.00", priceBasis: { code: "HP" } })] }))).toEqual([
      "price-above-order hold lines.0.price",
    ]);
  });

  it("of what was billed before is found", () => {
    const entries = { "1@92:DC07": [entry("shipped", "10"), entry("invoiced", "8")] };
    expect(check({}, {}, {}, entries)).toMatchObject([
      {
        code: "quantity-over-shipped",
        message: "10 of line 1 of order 4500012345 are billed after 8 before, and 10 were shipped.",
      },
    ]);
    expect(check({ lines: [anInvoiceLine({ quantity: "2" })] }, {}, {}, entries)).toEqual([]);
  });

  it("has a number that was never used, is for an account that wants one, and gives the order's allowances", () => {
    expect(told(check({}, { numberUsedBy: "invoice of 2025-03-01" }))).toEqual(["invoice-number-used hold number"]);
    const unwanted = anOrder({ invoiceType: { code: "INR" } });
    expect(told(check({}, { orders: [factsOf(unwanted, whole)] }))).toEqual(["invoice-not-wanted hold order"]);
    const allowing = anOrder({
      allowancesAndCharges: [{ indicator: { code: "A" }, reason: { code: "F800" }, settlement: { code: "02" } }],
    });
    expect(told(check({}, { orders: [factsOf(allowing, whole)] }))).toEqual([
      "allowance-missing warning allowancesAndCharges",
    ]);
  });

  it("of a cancelled line or order is found", () => {
    const [line] = Object.keys(whole);
    const cancelled = { [line as string]: [entry("cancelled", "10")] };
    expect(told(check({}, {}, {}, cancelled))).toEqual([
      "line-cancelled hold lines.0",
      "nothing-shipped hold lines.0.quantity",
    ]);
    expect(told(check({}, { orders: [factsOf(anOrder(), cancelled)] }))[0]).toBe("order-cancelled hold lines.0");
  });

  it("that credits is held against what was billed", () => {
    const credit = { kind: { code: "CR" }, billingReference: "INV-0", number: "CM-1" };
    const entries = { "1@92:DC07": [entry("shipped", "10"), entry("invoiced", "10")] };
    const about = { number: "INV-0", amount: "50.00", credited: "0.00" };
    expect(check(credit, { about }, {}, entries)).toEqual([]);
    expect(told(check(credit, { about: null }, {}, entries))).toEqual(["invoice-unknown hold billingReference"]);
    expect(told(check(credit, { about: { ...about, credited: "10.00" } }, {}, entries))).toEqual([
      "credit-over-invoice hold lines",
    ]);
    expect(
      told(
        check(
          { ...credit, lines: [anInvoiceLine({ quantity: "11" })] },
          { about: { ...about, amount: "99.00" } },
          {},
          entries,
        ),
      ),
    ).toEqual(["credit-over-invoice hold lines.0.quantity"]);
  });
});

describe("a ship notice", () => {
  const order = anOrder({
    dates: [
      { qualifier: "037", date: "2025-03-15" },
      { qualifier: "038", date: "2025-03-20" },
      { qualifier: "001", date: "2025-03-25" },
    ],
  });
  const orders = (...items: ShipmentOrder["items"] & object): ShipmentOrder[] => [
    { order: { number: order.number }, items },
  ];
  const check = (
    shipment: Shipment,
    rules: CheckRules = {},
    facts = factsOf(order),
    containersUsed = new Map<string, string>(),
  ) => checkShipment(shipment, { orders: [facts], containersUsed }, rules);
  const sscc = ssccFrom(0, "0614141", 1);

  it("of what is open, to the right place and on an allowed day, may leave", () => {
    const packed = [
      {
        order: { number: order.number },
        packs: [
          { sscc, items: [anItem({ quantity: "6" })] },
          { items: [anItem({ quantity: "4", quantityOrdered: "10" })] },
        ],
      },
    ];
    expect(check(aShipment(packed, { lading: [{ packaging: "CTN25", quantity: "2" }] }))).toEqual([]);
  });

  it.each<[string, Shipment, string[]]>([
    [
      "more than was ordered",
      aShipment(orders(anItem({ quantity: "11" }))),
      ["quantity-over-order hold orders.0.items.0.quantity"],
    ],
    [
      "more in all its packages",
      aShipment([
        { order: { number: order.number }, packs: [{ items: [anItem()] }, { items: [anItem({ quantity: "1" })] }] },
      ]),
      ["quantity-over-order hold orders.0.packs.1.items.0.quantity"],
    ],
    [
      "a line that is not there",
      aShipment(orders(anItem({ line: "5", productIds: [{ qualifier: "VN", id: "X" }] }))),
      ["line-unknown hold orders.0.items.0"],
    ],
    ["another unit", aShipment(orders(anItem({ unit: "CA" }))), ["unit-differs hold orders.0.items.0"]],
    [
      "another ship-to",
      aShipment(orders(anItem()), { parties: [{ role: "ST", idQualifier: "92", id: "DC09" }] }),
      ["ship-to-differs hold orders.0.items.0"],
    ],
    ["no ship-to", aShipment(orders(anItem()), { parties: [] }), ["ship-to-unknown warning parties"]],
    [
      "another quantity ordered",
      aShipment(orders(anItem({ quantityOrdered: "12" }))),
      ["ordered-differs warning orders.0.items.0.quantityOrdered"],
    ],
    ["a day too early", aShipment(orders(anItem()), { date: "2025-03-14" }), ["shipped-too-early warning date"]],
    [
      "a day too late",
      aShipment(orders(anItem()), { dates: [{ qualifier: "011", date: "2025-03-21" }] }),
      ["shipped-too-late warning dates"],
    ],
    [
      "a day after which all is cancelled",
      aShipment(orders(anItem()), { date: "2025-03-26" }),
      ["cancel-date-passed hold date", "shipped-too-late warning date"],
    ],
    [
      "an empty package",
      aShipment([{ order: { number: order.number }, items: [anItem()], packs: [{ sscc }] }]),
      ["pack-empty warning orders.0.packs.0"],
    ],
    [
      "another number of cartons",
      aShipment([{ order: { number: order.number }, packs: [{ items: [anItem()] }] }], {
        lading: [{ packaging: "CTN", quantity: "3" }],
      }),
      ["pack-differs hold lading.0.quantity"],
    ],
    [
      "a container code with a wrong check digit",
      aShipment([
        {
          order: { number: order.number },
          packs: [{ markings: [{ qualifier: "GM", number: "000000000000000001" }], items: [anItem()] }],
        },
      ]),
      ["sscc-invalid hold orders.0.packs.0.markings.0"],
    ],
  ])("with %s is found", (_, shipment, findings) => {
    expect(told(check(shipment))).toEqual(findings);
  });

  it("with a container code of another shipment is found, and of its own not", () => {
    const shipment = aShipment([{ order: { number: order.number }, packs: [{ sscc, items: [anItem()] }] }]);
    expect(told(check(shipment, {}, factsOf(order), new Map([[sscc, "SHP-0"]])))).toEqual([
      "sscc-used hold orders.0.packs.0.sscc",
    ]);
    expect(check(shipment, {}, factsOf(order), new Map([[sscc, "SHP-1"]]))).toEqual([]);
  });

  it("of a part is found only where the order wants all at once, or the account says how little is too little", () => {
    const part = aShipment(orders(anItem({ quantity: "9" })));
    expect(check(part)).toEqual([]);
    expect(told(check(part, {}, factsOf({ ...order, salesRequirements: [{ code: "SC" }] })))).toEqual([
      "quantity-under-order warning orders.0.items.0.quantity",
    ]);
    expect(told(check(part, { tolerances: { quantity: { underPercent: "5" } } }))).toEqual([
      "quantity-under-order warning orders.0.items.0.quantity",
    ]);
    expect(check(part, { tolerances: { quantity: { underPercent: "10" } } })).toEqual([]);
  });

  it("counts what was shipped before, and lets a little more pass where the account does", () => {
    const facts = factsOf(order, { "1@92:DC07": [entry("shipped", "5")] });
    expect(told(check(aShipment(orders(anItem({ quantity: "6" }))), {}, facts))).toEqual([
      "quantity-over-order hold orders.0.items.0.quantity",
    ]);
    expect(
      check(aShipment(orders(anItem({ quantity: "6" }))), { tolerances: { quantity: { overPercent: "10" } } }, facts),
    ).toEqual([]);
  });

  it("of a cancelled line is found, and one that takes another back is not checked", () => {
    const facts = factsOf(order, { "1@92:DC07": [entry("cancelled", "10")] });
    expect(told(check(aShipment(orders(anItem())), {}, facts))).toContain("order-cancelled hold orders.0.items.0");
    expect(check(aShipment(orders(anItem({ quantity: "99" })), { purpose: { code: "01" } }), {}, facts)).toEqual([]);
  });
});
