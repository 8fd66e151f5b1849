import { describe, expect, it } from "vitest";
import { type InvoicingFacts, planInvoices } from "../../../src/accounts/invoicing/index.ts";
import { invoicingRule } from "../../../src/accounts/rules/invoicing.ts";
import type { Invoice, Order } from "../../../src/documents/index.ts";
import { anOrder, anOrderLine } from "../../ledger/orders.ts";
import { aLine, aRule, facts, freight, shipment } from "./billing.ts";

const first = anOrder({ number: "PO-1", currency: "USD", references: [{ qualifier: "DP", value: "014" }] });
const second = anOrder({ number: "PO-2", currency: "USD", references: [{ qualifier: "DP", value: "015" }] });

/** What each invoice is, in short: its kind, order and lines, its allowances and charges, and its amount. */
function inShort({ invoices }: ReturnType<typeof planInvoices>): string[] {
  const beside = ({ allowancesAndCharges = [] }: Pick<Invoice, "allowancesAndCharges">) =>
    allowancesAndCharges.map((one) => ` ${one.indicator.code} ${one.reason?.code} ${one.amount}`).join("");
  return invoices.map(({ invoice }) => {
    const { kind, order, lines, totals } = invoice;
    const said = lines.map(
      (line) => ` ${line.order?.number ?? ""}#${line.line} ${line.quantity}x${line.price}${beside(line)}`,
    );
    return `${kind?.code ?? "-"} ${order?.number ?? "-"}${said.join(",")};${beside(invoice)} = ${totals?.amount}`;
  });
}

const planned = (rule: Record<string, unknown>, of: InvoicingFacts) => inShort(planInvoices(aRule(rule), of));

describe("what comes on one invoice", () => {
  const lines = [
    aLine(first),
    aLine(second),
    aLine(first, { shipment: shipment("SH-2"), quantity: "4" }),
    aLine(second, { shipment: shipment("SH-2"), quantity: "1", shipTo: { idQualifier: "92", id: "DC09" } }),
  ];
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "by shipment: each shipment, with its orders on the lines",
      {},
      ["CI - PO-1#1 10x5.00, PO-2#1 10x5.00; = 100.00", "CI - PO-1#1 4x5.00, PO-2#1 1x5.00; = 25.00"],
    ],
    [
      "by shipment and order: one order, in the heading",
      { split: ["order"] },
      [
        "- PO-1 #1 10x5.00; = 50.00",
        "- PO-2 #1 10x5.00; = 50.00",
        "- PO-1 #1 4x5.00; = 20.00",
        "- PO-2 #1 1x5.00; = 5.00",
      ],
    ],
    [
      "by order: whatever was shipped of it",
      { basis: "order" },
      ["- PO-1 #1 10x5.00, #1 4x5.00; = 70.00", "- PO-2 #1 10x5.00, #1 1x5.00; = 55.00"],
    ],
    [
      "by place",
      { basis: "ship-to" },
      ["CI - PO-1#1 10x5.00, PO-2#1 10x5.00, PO-1#1 4x5.00; = 120.00", "- PO-2 #1 1x5.00; = 5.00"],
    ],
    [
      "by period: everything, consolidated",
      { basis: "period", period: { every: "month" } },
      ["CI - PO-1#1 10x5.00, PO-2#1 10x5.00, PO-1#1 4x5.00, PO-2#1 1x5.00; = 125.00"],
    ],
    [
      "by period and department",
      { basis: "period", period: { every: "month" }, split: ["department"] },
      ["CI - PO-1#1 10x5.00, PO-1#1 4x5.00; = 70.00", "CI - PO-2#1 10x5.00, PO-2#1 1x5.00; = 55.00"],
    ],
    [
      "up to a limit of lines",
      { basis: "period", period: { every: "month" }, maxLines: 3 },
      ["CI - PO-1#1 10x5.00, PO-2#1 10x5.00, PO-1#1 4x5.00; = 120.00", "CI - PO-2#1 1x5.00; = 5.00"],
    ],
  ])("%s", (_, rule, expected) => {
    expect(planned(rule, facts(lines))).toEqual(expected);
  });

  it("puts what was shipped of a line in many packages in one line", () => {
    expect(planned({}, facts([aLine(first), aLine(first), aLine(first, { quantity: "2.5" })]))).toEqual([
      "- PO-1 #1 22.5x5.00; = 112.50",
    ]);
  });

  it("splits by any value that a selector gives", () => {
    const selector = 'REF02:REF01["MR"]';
    const rule = aRule({ split: [{ selector, called: "cost center" }] });
    const { invoices } = planInvoices(
      rule,
      facts([aLine(first, { selected: { [selector]: "CC-1" } }), aLine(second, { selected: { [selector]: "CC-2" } })]),
    );
    expect(invoices.map(({ separate }) => separate)).toEqual([
      `The rule makes an invoice for each shipment; the shipment (BSN02) is SH-1. It splits by what differs here: the cost center (${selector}) is CC-1.`,
      `The rule makes an invoice for each shipment; the shipment (BSN02) is SH-1. It splits by what differs here: the cost center (${selector}) is CC-2.`,
    ]);
  });
});

describe("what an 810 says once in its heading", () => {
  const changes: [string, Partial<Order>, string][] = [
    ["bill-to", { parties: [...first.parties, { role: "BT", id: "AP-2" }] }, "the bill-to (N1*BT) is AP-2"],
    ["currency", { currency: "CAD" }, "the currency (CUR02) is CAD"],
    ["exchange rate", { exchangeRate: "1.31" }, "the exchange rate (CUR03) is 1.31"],
    [
      "terms",
      { terms: [{ discountPercent: "2", discountDays: "10", netDays: "30" }] },
      "the terms (ITD) is 2% 10, net 30",
    ],
    ["tax", { taxes: [{ type: { code: "ST" }, percentage: "6.25" }] }, "the tax of the heading (TXI) is ST 6.25"],
    [
      "freight terms",
      { freightTerms: [{ payment: { code: "CC", word: "collect" } }] },
      "the freight terms (FOB) is collect",
    ],
  ];
  it.each(changes)("is split whatever the rule says: %s", (_, change, words) => {
    const other = anOrder({ ...second, ...change });
    const rule = aRule({ basis: "period", period: { every: "month" } });
    const { invoices } = planInvoices(rule, facts([aLine(first), aLine(other), aLine(first)]));
    expect(invoices.map(({ ids }) => ids.length)).toEqual([2, 1]);
    expect(invoices[1]?.separate).toBe(
      `The rule makes one invoice of everything in the period. An 810 says it once for all its lines, so this is split whatever the rule says: ${words}.`,
    );
  });

  it("is the rule's own where it says so: then terms of orders split nothing", () => {
    const other = anOrder({ ...second, terms: [{ netDays: "60" }] });
    const { invoices } = planInvoices(aRule({ terms: { netDays: "45" } }), facts([aLine(first), aLine(other)]));
    expect(invoices.map(({ invoice }) => invoice.terms)).toEqual([[{ netDays: "45" }]]);
  });
});

describe("freight, charges and allowances", () => {
  const order = anOrder({
    number: "PO-1",
    allowancesAndCharges: [
      { indicator: { code: "A" }, reason: { code: "I530" }, percent: { qualifier: "1", value: "5" } },
      { indicator: { code: "C" }, reason: { code: "D500" }, rate: "0.10" },
    ],
    lines: [anOrderLine(), anOrderLine({ line: "2", price: "2.00" })],
  });
  const of = facts([aLine(order), aLine(order, { position: 2, quantity: "5" })], [freight("f", [order], "30.00")]);
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "are in the summary where the rule says nothing else",
      {},
      ["- PO-1 #1 10x5.00, #2 5x2.00; A I530 3.00 C D500 1.50 C D240 30.00 = 88.50"],
    ],
    [
      "are on the lines",
      { charges: "lines", allowances: "lines" },
      ["- PO-1 #1 10x5.00 A I530 2.50 C D500 1.00, #2 5x2.00 A I530 0.50 C D500 0.50; C D240 30.00 = 88.50"],
    ],
    [
      "are on invoices of their own, an allowance by a memo",
      { freight: "own-invoice", charges: "own-invoice", allowances: "own-invoice" },
      [
        "- PO-1 #1 10x5.00, #2 5x2.00; = 60.00",
        "- PO-1; C D240 30.00 = 30.00",
        "- PO-1; C D500 1.50 = 1.50",
        "CR PO-1; C I530 3.00 = 3.00",
      ],
    ],
    [
      "are on none",
      { freight: "not-billed", charges: "none", allowances: "none" },
      ["- PO-1 #1 10x5.00, #2 5x2.00; = 60.00"],
    ],
  ])("%s", (_, rule, expected) => {
    expect(planned(rule, of)).toEqual(expected);
  });

  it("come with the first of their goods, and wait where none is billed", () => {
    const lines = [aLine(order), aLine(order, { shipment: shipment("SH-2") })];
    const plan = planInvoices(
      aRule({ allowances: "none", charges: "none" }),
      facts(lines, [freight("f2", [order], "8.00", "SH-2"), freight("f3", [order], "9.00", "SH-3")]),
    );
    expect(inShort(plan)).toEqual(["- PO-1 #1 10x5.00; = 50.00", "- PO-1 #1 10x5.00; C D240 8.00 = 58.00"]);
    expect(plan.notBilled).toEqual([{ id: "f3", until: "waits", reason: "It is billed with the first of its goods." }]);
  });

  it("leave an allowance of a fixed amount for an invoice that covers it", () => {
    const allowance = {
      ...{ id: "a", orders: [first] },
      what: { sac: { indicator: { code: "A" }, reason: { code: "F910" }, amount: "45.00" } },
    };
    const lines = [aLine(first, { quantity: "1" }), aLine(first, { shipment: shipment("SH-2") })];
    expect(planned({}, facts(lines, [allowance]))).toEqual([
      "- PO-1 #1 1x5.00; = 5.00",
      "- PO-1 #1 10x5.00; A F910 45.00 = 5.00",
    ]);
  });
});

describe("the price of a line", () => {
  const check = (outcome: "lower" | "higher", answer: string) => ({
    ...{ outcome, answer, reason: "Ours is another." },
    agreed: {
      ...{ price: "4.50", unit: "EA", currency: "USD", contract: "C-1" },
      ...{ by: "quantity" as const, from: "0", counted: "10" },
    },
  });
  const priced = (change: object) => anOrder({ number: "PO-1", lines: [anOrderLine(change)] });
  it.each<[string, object, string[]]>([
    ["is the agreed one where ours was lower", { priceCheck: check("lower", "IA") }, ["- PO-1 #1 10x4.50; = 45.00"]],
    ["is ours where the answer put it in", { priceCheck: check("higher", "IP") }, ["- PO-1 #1 10x4.50; = 45.00"]],
    ["is the order's where ours was higher", { priceCheck: check("higher", "IE") }, ["- PO-1 #1 10x5.00; = 50.00"]],
    ["that is held keeps its line open", { priceCheck: check("higher", "hold") }, []],
    ["that is missing keeps its line open", { price: undefined }, []],
  ])("%s", (_, change, expected) => {
    const plan = planInvoices(aRule(), facts([aLine(priced(change))]));
    expect(inShort(plan)).toEqual(expected);
    expect(plan.notBilled.map(({ until, mend }) => [until, mend !== undefined])).toEqual(
      expected.length > 0 ? [] : [["waits", true]],
    );
  });

  it("that was held is billed once somebody has accepted it", () => {
    const line = aLine(priced({ priceCheck: check("higher", "hold") }), { isPriceAgreed: true });
    expect(planned({}, facts([line]))).toEqual(["- PO-1 #1 10x5.00; = 50.00"]);
  });
});

describe("an account that pays by what it receives", () => {
  const receipt = anOrder({ number: "PO-9", invoiceType: { code: "INR", word: "no invoice" } });
  it("gets no invoice of an order that says so, and the plan says why", () => {
    const plan = planInvoices(
      aRule(),
      facts([aLine(receipt, { id: "r" }), aLine(first)], [freight("f", [receipt], "5.00")]),
    );
    expect(inShort(plan)).toEqual(["- PO-1 #1 10x5.00; = 50.00"]);
    const reason = "Order PO-9 says BEG08 = INR: the account pays by what it receives, and gets no invoice.";
    expect(plan.notBilled).toEqual(["r", "f"].map((id) => ({ id, until: "never", reason })));
  });

  it("gets none at all where its rule says so", () => {
    expect(planned({ evaluatedReceipts: "always" }, facts([aLine(first)]))).toEqual([]);
  });
});

describe("goods that are given back", () => {
  const back = aLine(first, { quantity: "-3", givenBack: { invoice: "T-000007", price: "4.00" } });
  it("are a credit memo about the invoice that billed them, with amounts above zero", () => {
    const { invoices } = planInvoices(aRule(), facts([aLine(first), back]));
    expect(inShort({ invoices, notBilled: [] })).toEqual(["- PO-1 #1 10x5.00; = 50.00", "CR PO-1 #1 3x4.00; = 12.00"]);
    expect(invoices[1]).toMatchObject({ invoice: { billingReference: "T-000007" } });
    expect(invoices[1]?.separate).toContain("It gives back what invoice T-000007 billed");
  });

  it("are taken off the next invoice where the rule nets them and it covers them", () => {
    expect(planned({ credits: { netted: true, as: "CN" } }, facts([aLine(first), back]))).toEqual([
      "- PO-1 #1 10x5.00, #1 -3x4.00; = 38.00",
    ]);
    expect(planned({ credits: { netted: true, as: "CN" } }, facts([aLine(first, { quantity: "2" }), back]))).toEqual([
      "- PO-1 #1 2x5.00; = 10.00",
      "CN PO-1 #1 3x4.00; = 12.00",
    ]);
  });

  it("bring back the freight of their shipment", () => {
    const credit = { ...freight("f", [first], "30.00"), givenBack: { invoice: "T-000007" } };
    expect(planned({}, facts([back], [credit]))).toEqual(["CR PO-1 #1 3x4.00; C D240 30.00 = 42.00"]);
    expect(planned({}, facts([], [credit]))).toEqual(["CR PO-1; C D240 30.00 = 30.00"]);
  });
});

describe("why", () => {
  it("the lines of an invoice are together, and why it is one of its own", () => {
    const rule = aRule({ basis: "period", period: { every: "month" }, split: ["department"], maxLines: 1 });
    const { invoices } = planInvoices(
      rule,
      facts([aLine(first), aLine(first, { shipment: shipment("SH-2") }), aLine(second)]),
    );
    expect(invoices[1]?.separate).toBe(
      "The rule makes one invoice of everything in the period. It splits by what differs here: the department (REF*DP) is 014. The rule allows one line on an invoice: this is part 2 of 2.",
    );
    const together = planInvoices(
      { ...rule, maxLines: undefined },
      facts([aLine(first), aLine(first, { shipment: shipment("SH-2") })]),
    );
    expect(together.invoices[0]?.together).toBe(
      "Its 2 lines are together because they agree on it: the department (REF*DP) is 014. It is of order PO-1 and 2 shipments (SH-1, SH-2).",
    );
  });
});

describe("a rule of invoicing", () => {
  const faults = (rule: object) => {
    const { error } = invoicingRule.safeParse(rule);
    return error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];
  };
  it.each<[string, object, string[]]>([
    ["says nothing that it need not", {}, []],
    [
      "says how numbers are made where we make the invoices",
      { from: "shipments" },
      ["numbering: must say how the invoices are numbered that the gateway makes: numbering: { prefix: HRG- }"],
    ],
    [
      "says how long a period is",
      { basis: "period" },
      ["period: must say how long a period is: every: day, week or month"],
    ],
    ["splits by a thing once", { split: ["order", "store", "order"] }, ["split.2: order is there already"]],
    [
      "closes a week on a day of the week",
      { period: { every: "month", on: "friday" } },
      ["period.on: is of weeks only; say every: week, or leave it out"],
    ],
    [
      "makes numbers that BIG02 has room for",
      { numbering: { prefix: "HARBOR-RET-A", digits: 11 } },
      ["numbering.digits: must leave the whole number at most 22 characters (BIG02)"],
    ],
  ])("%s", (_, rule, expected) => {
    expect(faults(rule)).toEqual(expected);
  });
});

describe("what is charged beside goods", () => {
  const freightOfOrder = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "12.00" };
  const charged = anOrder({ ...first, allowancesAndCharges: [freightOfOrder] });
  const both = (rule: Record<string, unknown>) =>
    planned(
      rule,
      facts(
        [aLine(charged)],
        [freight("notice", [charged], "9.50"), { id: "order", orders: [charged], what: { sac: freightOfOrder } }],
      ),
    );
  it.each<[string, string[]]>([
    ["both", ["- PO-1 #1 10x5.00; C D240 21.50 = 71.50"]],
    ["order", ["- PO-1 #1 10x5.00; C D240 12.00 = 62.00"]],
    ["ship-notices", ["- PO-1 #1 10x5.00; C D240 9.50 = 59.50"]],
  ])("is the freight of %s, where an order and its ship notice both say one", (freightFrom, expected) => {
    expect(both({ freightFrom })).toEqual(expected);
  });

  it.each(["with-goods", "own-invoice"])(
    "is billed alone where its goods are billed already, with freight %s",
    (way) => {
      const late = { ...freight("late", [first], "9.50"), goodsBilled: true };
      const { invoices, notBilled } = planInvoices(aRule({ freight: way }), facts([], [late]));
      expect(notBilled).toEqual([]);
      expect(inShort({ invoices, notBilled })).toEqual(["- PO-1; C D240 9.50 = 9.50"]);
      expect(invoices[0]?.separate).toBe("The goods that it belongs to are on another invoice already.");
    },
  );

  it("waits where nothing of its goods is billed", () => {
    const { invoices, notBilled } = planInvoices(aRule(), facts([], [freight("early", [first], "9.50")]));
    expect([invoices, notBilled.map(({ until }) => until)]).toEqual([[], ["waits"]]);
  });
});
