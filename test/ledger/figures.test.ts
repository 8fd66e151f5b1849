import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figuresOf, type LedgerEntry, orderStateOf } from "../../src/ledger/figures.ts";
import { quantities } from "./orders.ts";

const today = "2025-03-21";
const line = { requested: "2025-03-20" };

function entry(kind: LedgerEntry["kind"], quantity: string, change: Partial<LedgerEntry> = {}): LedgerEntry {
  return { kind, quantity, document: kind, ...change };
}

function figures(...entries: LedgerEntry[]) {
  return figuresOf(line, entries, today);
}

describe("the figures of a line", () => {
  it("say what is open, late and missing of a line that was shipped in part", () => {
    expect(
      figures(entry("ordered", "10", { amount: "50.00" }), entry("shipped", "4", { amount: "20.00" })),
    ).toMatchObject({
      ordered: { quantity: "10", amount: "50.00" },
      shipped: { quantity: "4", amount: "20.00" },
      open: "6",
      late: "6",
      under: "6",
      over: "0",
      toInvoice: "4",
      due: "2025-03-20",
    });
  });

  it.each([
    ["is billed once it was billed whole", ["10"], "0"],
    ["is to be billed for what is left", ["6"], "4"],
    ["was billed too much", ["12"], "-2"],
    ["needs no new bill for a part that a memo gives back", ["10", "-3"], "0"],
    ["is to be billed anew where a memo takes the bill back whole", ["10", "-10"], "10"],
    ["is billed once it was billed anew", ["10", "-10", "10"], "0"],
    ["is billed in part where it was billed anew in part", ["10", "-10", "4"], "6"],
  ])("say that what was shipped %s", (_what, bills, toInvoice) => {
    const bill = bills.map((quantity, n) => entry("invoiced", quantity, { document: `810-${n}` }));
    expect(figures(entry("ordered", "10"), entry("shipped", "10"), ...bill).toInvoice).toBe(toInvoice);
  });

  it("count from what the buyer wants now", () => {
    const now = figures(entry("ordered", "10"), entry("changed", "5"), entry("cancelled", "3"), entry("shipped", "13"));
    expect(now).toMatchObject({ required: "12", open: "0", over: "1", cancelled: { quantity: "3" } });
  });

  it("take the last answer's word, its day and what it puts off", () => {
    const answered = figures(
      entry("ordered", "10"),
      entry("acknowledged", "10", { as: "accepted", document: "855-1", promised: "2025-03-20" }),
      entry("acknowledged", "6", { as: "accepted", document: "855-2", promised: "2025-03-24" }),
      entry("acknowledged", "4", { as: "back-ordered", document: "855-2", promised: "2025-04-07" }),
    );
    expect(answered).toMatchObject({
      acknowledged: { quantity: "10" },
      backOrdered: "4",
      due: "2025-04-07",
      late: "0",
    });
  });

  it("count what we refused as cancelled, but not what was shipped all the same", () => {
    const refused = entry("acknowledged", "10", { as: "rejected", amount: "50.00" });
    expect(figures(entry("ordered", "10"), refused)).toMatchObject({
      open: "0",
      cancelled: { quantity: "10", amount: "50.00" },
      acknowledged: { quantity: "0" },
    });
    expect(figures(entry("ordered", "10"), refused, entry("shipped", "4"))).toMatchObject({
      cancelled: { quantity: "6", amount: "30.00" },
      over: "0",
      open: "0",
    });
  });

  it("leave the answer before standing where only a change was refused", () => {
    const answered = figures(
      entry("ordered", "10"),
      entry("acknowledged", "10", { as: "accepted", document: "855" }),
      entry("acknowledged", "4", { as: "change-refused", document: "865" }),
    );
    expect(answered).toMatchObject({ acknowledged: { quantity: "10" }, open: "10" });
  });

  it("never lose a piece: ordered + changed + over = open + shipped + cancelled", () => {
    const entries = fc.array(
      fc.record({
        kind: fc.constantFrom("changed", "cancelled", "acknowledged", "shipped", "invoiced", "paid"),
        quantity: quantities,
        as: fc.constantFrom("accepted", "back-ordered", "rejected", "deleted", "change-refused"),
        document: fc.constantFrom("a", "b"),
      }),
    ) as fc.Arbitrary<LedgerEntry[]>;
    fc.assert(
      fc.property(quantities, entries, (ordered, rest) => {
        const f = figures(entry("ordered", ordered), ...rest);
        const left = new Big(f.ordered.quantity).plus(f.changed.quantity).plus(f.over);
        const right = new Big(f.open).plus(f.shipped.quantity).plus(f.cancelled.quantity);
        expect(left.toFixed()).toBe(right.toFixed());
        expect([f.open, f.over, f.late, f.under].every((value) => new Big(value).gte(0))).toBe(true);
      }),
    );
  });
});

describe("what an order has come to", () => {
  const ordered = entry("ordered", "10");
  it.each<[string, LedgerEntry[][]]>([
    ["open", [[ordered]]],
    ["partly-shipped", [[ordered, entry("shipped", "10")], [ordered]]],
    [
      "shipped",
      [
        [ordered, entry("shipped", "10")],
        [ordered, entry("cancelled", "10")],
      ],
    ],
    ["invoiced", [[ordered, entry("shipped", "10"), entry("invoiced", "10", { amount: "50.00" })]]],
    ["invoiced", [[ordered, entry("shipped", "10"), entry("invoiced", "10", { amount: "50.00" }), entry("paid", "9")]]],
    ["paid", [[ordered, entry("shipped", "10"), entry("invoiced", "10", { amount: "50.00" }), entry("paid", "10")]]],
    [
      "cancelled",
      [
        [ordered, entry("cancelled", "10")],
        [ordered, entry("acknowledged", "10", { as: "rejected" })],
      ],
    ],
  ])("is %s", (state, lines) => {
    expect(orderStateOf(lines.map((entries) => figures(...entries)))).toBe(state);
  });
});
