import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Order, type OrderChange, type OrderChangeLine, parseDocument } from "../../src/documents/index.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import { movementsOfChangeResponse, responseToChange } from "../../src/ledger/change-response.ts";
import type { ChangeRules } from "../../src/ledger/changed-line.ts";
import { explodeOrder } from "../../src/ledger/explode.ts";
import { movementsBetween } from "../../src/ledger/movements-of-order.ts";
import { applyOrderChange } from "../../src/ledger/order-change.ts";
import { anOrder, anOrderLine } from "./orders.ts";

const productIds = anOrderLine().productIds;
const order = anOrder({
  lines: [anOrderLine(), anOrderLine({ line: "002", quantity: "6", productIds: [{ qualifier: "VN", id: "TANK-9" }] })],
});

function aChangeLine(code: string, change: Partial<OrderChangeLine> = {}): OrderChangeLine {
  return { line: "1", productIds: [], descriptions: [], change: { code }, unit: "EA", ...change };
}

function aChange(lines: OrderChangeLine[], change: Partial<OrderChange> = {}): OrderChange {
  return {
    documentType: "order-change",
    account: "harbor-retail",
    usage: "production",
    number: order.number,
    orderDate: order.date,
    purpose: { code: "04" },
    orderType: { code: "SA" },
    references: [],
    dates: [],
    parties: [],
    lines,
    ...change,
  };
}

function told(
  change: OrderChange,
  shipped: Record<string, string> = {},
  from: Order | undefined = order,
  rules?: ChangeRules,
) {
  const result = applyOrderChange(from, change, new Map(Object.entries(shipped)), rules);
  return {
    result,
    outcomes: result.outcomes.map(({ status, reason }) => [status, reason].filter(Boolean).join(" ")),
    quantities: result.order?.lines.map(({ quantity }) => quantity),
    answer: responseToChange(change, result, { date: "2025-03-11" }),
  };
}

describe("a line of a change", () => {
  it.each<[string, OrderChangeLine, Record<string, string>, string, string[], string]>([
    ["raises the quantity", aChangeLine("QI", { quantity: "12" }), {}, "applied", ["12", "6"], "IA"],
    ["lowers the quantity", aChangeLine("QD", { quantity: "4" }), {}, "applied", ["4", "6"], "IA"],
    [
      "is found by its number, zeros aside",
      aChangeLine("QI", { line: "2", quantity: "8" }),
      {},
      "applied",
      ["10", "8"],
      "IA",
    ],
    [
      "is found by its product",
      aChangeLine("QI", { line: "77", productIds, quantity: "12" }),
      {},
      "applied",
      ["12", "6"],
      "IA",
    ],
    [
      "says what is left to come beside the old quantity",
      aChangeLine("QI", { quantity: "10", quantityLeft: "9" }),
      { "1@92:DC07": "4" },
      "applied",
      ["13", "6"],
      "IA",
    ],
    ["deletes the line", aChangeLine("DI"), {}, "applied", ["0", "6"], "ID"],
    [
      "deletes what of it was not shipped",
      aChangeLine("DI"),
      { "1@92:DC07": "4" },
      "in-part already-shipped",
      ["4", "6"],
      "IQ",
    ],
    [
      "lowers it to what was shipped and no lower",
      aChangeLine("QD", { quantity: "3" }),
      { "1@92:DC07": "4" },
      "in-part already-shipped",
      ["4", "6"],
      "IQ",
    ],
    [
      "comes after all was shipped",
      aChangeLine("DI"),
      { "1@92:DC07": "10" },
      "refused already-shipped",
      ["10", "6"],
      "IR",
    ],
    [
      "changes the price after all was shipped",
      aChangeLine("PC", { price: "4.00" }),
      { "1@92:DC07": "10" },
      "refused already-shipped",
      ["10", "6"],
      "IR",
    ],
    [
      "orders more after all was shipped",
      aChangeLine("QI", { quantity: "15" }),
      { "1@92:DC07": "10" },
      "applied",
      ["15", "6"],
      "IA",
    ],
    ["is of no line", aChangeLine("QI", { line: "9", quantity: "1" }), {}, "refused line-unknown", ["10", "6"], "IR"],
    [
      "is of another product than its line",
      aChangeLine("QI", { productIds: [{ qualifier: "UP", id: "1" }] }),
      {},
      "refused contradiction",
      ["10", "6"],
      "IR",
    ],
    [
      "raises the quantity to less",
      aChangeLine("QI", { quantity: "2" }),
      {},
      "refused contradiction",
      ["10", "6"],
      "IR",
    ],
    [
      "counts in another unit",
      aChangeLine("QI", { quantity: "2", unit: "CA" }),
      {},
      "refused unit-differs",
      ["10", "6"],
      "IR",
    ],
    [
      "adds a line",
      aChangeLine("AI", { line: "3", productIds: [{ qualifier: "VN", id: "NEW" }], quantity: "2" }),
      {},
      "applied",
      ["10", "6", "2"],
      "IA",
    ],
    [
      "adds a line that is there",
      aChangeLine("AI", { productIds, quantity: "2" }),
      {},
      "refused line-exists",
      ["10", "6"],
      "IR",
    ],
    ["transfers an item, nobody knows where", aChangeLine("TI"), {}, "refused not-understood", ["10", "6"], "IR"],
    ["changes nothing", aChangeLine("NC"), {}, "unchanged", ["10", "6"], "IA"],
  ])("%s", (_, line, shipped, outcome, quantities, status) => {
    const one = told(aChange([line]), shipped);
    expect(one.outcomes).toEqual([outcome]);
    expect(one.quantities).toEqual(quantities);
    expect(one.answer.lines.map(({ acknowledgments }) => acknowledgments[0]?.status)).toEqual([status]);
    expect(one.answer.lines[0]?.change.code).toBe(outcome.startsWith("refused") ? "RC" : line.change.code);
    expect(parseDocument(one.answer)).toEqual(one.answer);
  });

  it("changes price, dates, product and all else by its code, and nothing that its code doesn't say", () => {
    const asked = { price: "4.50", quantity: "99", dates: [{ qualifier: "002", date: "2025-04-01" }] };
    const lineAfter = (code: string) => told(aChange([aChangeLine(code, asked)])).result.order?.lines[0];
    expect(lineAfter("PC")).toEqual({ ...anOrderLine(), price: "4.50" });
    expect(lineAfter("RS")).toEqual({ ...anOrderLine(), dates: asked.dates });
    expect(lineAfter("PQ")).toEqual({ ...anOrderLine(), price: "4.50", quantity: "99" });
    expect(lineAfter("RZ")).toEqual({ ...anOrderLine(), ...asked });
    const replaced = told(aChange([aChangeLine("RE", { productIds: [{ qualifier: "UP", id: "614141000036" }] })]));
    expect(replaced.result.order?.lines[0]?.productIds).toEqual([{ qualifier: "UP", id: "614141000036" }]);
  });

  it("says by how much where the account writes differences", () => {
    const change = aChange([aChangeLine("QD", { quantity: "3" })]);
    expect(told(change, {}, order, { quantities: "difference" }).quantities).toEqual(["7", "6"]);
  });

  it("deleted before is added again under its number, and not changed otherwise", () => {
    const deleted = told(aChange([aChangeLine("DI")])).result.order;
    expect(told(aChange([aChangeLine("QI", { quantity: "5" })]), {}, deleted).outcomes).toEqual([
      "refused line-cancelled",
    ]);
    expect(told(aChange([aChangeLine("AI", { productIds, quantity: "5" })]), {}, deleted).quantities).toEqual([
      "5",
      "6",
    ]);
  });
});

describe("a change of a line that stores share", () => {
  const share = (location: string, quantity: string) => ({ idQualifier: "92", location, quantity, unit: "EA" });
  const stores = anOrder({
    lines: [anOrderLine({ quantity: "30", quantitiesByLocation: [share("0042", "10"), share("0043", "20")] })],
  });
  const sharesAfter = (line: OrderChangeLine, shipped: Record<string, string> = {}) => {
    const { result, outcomes } = told(aChange([line]), shipped, stores);
    return [outcomes[0], ...explodeOrder(result.order as Order).map(({ key, quantity }) => `${key} ${quantity}`)];
  };

  it("names all of them, or the changed ones only; who is left out keeps a line of 0", () => {
    expect(sharesAfter(aChangeLine("QI", { quantity: "35", quantitiesByLocation: [share("42", "15")] }))).toEqual([
      "applied",
      "1@92:0043 20",
      "1@92:42 15",
    ]);
    expect(sharesAfter(aChangeLine("QD", { quantity: "12", quantitiesByLocation: [share("0043", "12")] }))).toEqual([
      "applied",
      "1@92:0043 12",
      "1@92:0042 0",
    ]);
  });

  it("is refused where it doesn't say whose, or its places come to something else", () => {
    expect(sharesAfter(aChangeLine("QI", { quantity: "35" }))[0]).toBe("refused contradiction");
    expect(sharesAfter(aChangeLine("QI", { quantity: "35", quantitiesByLocation: [share("0042", "1")] }))[0]).toBe(
      "refused contradiction",
    );
  });

  it("takes out what no store was shipped yet", () => {
    expect(sharesAfter(aChangeLine("DI"), { "1@92:0043": "7" })).toEqual([
      "in-part already-shipped",
      "1@92:0042 0",
      "1@92:0043 7",
    ]);
  });
});

describe("a change of the whole order", () => {
  const cancellation = aChange([], { purpose: { code: "01" } });

  it("cancels it", () => {
    const { outcomes, quantities, answer, result } = told(cancellation);
    expect([outcomes, quantities, [...result.deleted]]).toEqual([
      ["applied", "applied"],
      ["0", "0"],
      [1, 2],
    ]);
    expect([answer.acknowledgmentType?.code, answer.lines]).toEqual(["AT", []]);
  });

  it("cancels what of it was not shipped, and says so line by line", () => {
    const { quantities, answer } = told(cancellation, { "1@92:DC07": "10", "2@92:DC07": "1" });
    expect(quantities).toEqual(["10", "1"]);
    expect(answer.acknowledgmentType?.code).toBe("AC");
    expect(answer.lines.map(({ acknowledgments }) => acknowledgments[0]?.status)).toEqual(["IR", "IQ"]);
    expect(parseDocument(answer)).toEqual(answer);
  });

  it.each<[string, Order | undefined, string]>([
    ["that we don't know", undefined, "refused order-unknown"],
    ["that was cancelled before", told(cancellation).result.order, "refused order-cancelled"],
  ])("%s is refused", (_, from, outcome) => {
    const result = applyOrderChange(from, cancellation);
    expect(result.outcomes.map(({ status, reason }) => `${status} ${reason}`)).toEqual([outcome]);
    expect(responseToChange(cancellation, result, { date: "2025-03-11" }).acknowledgmentType?.code).toBe("RJ");
  });

  it("changes its dates, and is refused when all was shipped", () => {
    const change = aChange([], { dates: [{ qualifier: "002", date: "2025-05-05" }] });
    expect(told(change).result.order?.dates).toEqual(change.dates);
    expect(told(change, { "1@92:DC07": "10", "2@92:DC07": "6" }).outcomes).toEqual(["refused already-shipped"]);
  });

  it("that only informs changes nothing", () => {
    const { result } = told(aChange([aChangeLine("DI")], { purpose: { code: "22" } }));
    expect([result.isChanged, result.order]).toEqual([false, order]);
  });
});

describe("any change", () => {
  const line = fc
    .record({
      code: fc.constantFrom("AI", "DI", "QI", "QD", "PC", "PQ", "RZ", "NC", "CF"),
      line: fc.constantFrom("1", "2", "3"),
      quantity: fc.integer({ min: 0, max: 20 }).map(String),
      price: fc.constantFrom("4.00", "5.00"),
    })
    .map(({ code, ...change }) => aChangeLine(code, change));
  const shipped = fc.record({
    "1@92:DC07": fc.integer({ min: 0, max: 10 }),
    "2@92:DC07": fc.integer({ min: 0, max: 6 }),
  });

  it("leaves no line below what was shipped, never touches the version before, and moves exactly the difference", () => {
    const before = structuredClone(order);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), shipped, (lines, sent) => {
        const change = aChange(lines);
        const result = applyOrderChange(
          order,
          change,
          new Map(Object.entries(sent).map(([key, value]) => [key, String(value)])),
        );
        expect(order).toEqual(before);
        const [was, is] = [explodeOrder(order), explodeOrder(result.order as Order)];
        for (const [key, quantity] of Object.entries(sent)) {
          expect(new Big(is.find((one) => one.key === key)?.quantity ?? 0).gte(quantity)).toBe(true);
        }
        const moved = movementsBetween(order, was, is, result.deleted).map(({ kind, quantity }) =>
          kind === "cancelled" ? new Big(quantity).times(-1).toFixed() : quantity,
        );
        const difference = sumOf(is.map((one) => one.quantity)).minus(sumOf(was.map((one) => one.quantity)));
        expect(sumOf(moved).eq(difference)).toBe(true);
        expect(result.outcomes.length).toBeGreaterThanOrEqual(lines.length === 0 ? 0 : 1);
      }),
    );
  });

  it("that is refused leaves the answer before it standing in the ledger", () => {
    const { answer } = told(aChange([aChangeLine("DI"), aChangeLine("QI", { line: "2", quantity: "8" })]), {
      "1@92:DC07": "10",
    });
    expect(movementsOfChangeResponse(answer, explodeOrder(order))).toMatchObject([
      { line: "1", as: "change-refused" },
      { line: "2", as: "accepted", quantity: "8" },
    ]);
  });
});
