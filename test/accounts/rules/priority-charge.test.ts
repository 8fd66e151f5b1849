import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../src/accounts/calendar.ts";
import { chargesOfOrder } from "../../../src/accounts/invoicing/index.ts";
import { decidePriority, priorityRule } from "../../../src/accounts/rules/priority.ts";
import type { Order } from "../../../src/documents/order.ts";
import { order, profile } from "../profiles.ts";

const facts = {
  cameAt: new Date("2025-03-10T14:30:00Z"),
  today: "2025-03-10",
  calendar: calendarOf(profile()),
};

describe("the charge for expediting", () => {
  const chargeOf = (expedite: object, change: Partial<Order> = {}) => {
    const rule = priorityRule.parse({ name: "p", when: { always: true }, level: "high", effects: { expedite } });
    return decidePriority([rule], order(change), facts).charge;
  };

  it.each<[string, object, Partial<Order>, object | undefined]>([
    ["an amount", { amount: "45" }, {}, { amount: "45.00", reason: { code: "C850" } }],
    // Its lines come to 30.00.
    [
      "a percentage of the lines",
      { percent: "12.5", reason: "C880" },
      {},
      { amount: "3.75", reason: { code: "C880" } },
    ],
    ["nothing, of lines without a price", { percent: "10" }, { lines: [] }, undefined],
    ["free by the rule", { amount: "45", free: "agreed for 2025" }, {}, { free: "agreed for 2025" }],
    [
      "free under its contract",
      { amount: "45", freeUnder: ["C-1", "C-2"] },
      { contract: "C-2" },
      { free: "contract C-2 gives it free" },
    ],
    [
      "free under a contract among its references",
      { amount: "45", freeUnder: ["C-1"] },
      { references: [{ qualifier: "CT", value: "C-1" }] },
      { free: "contract C-1 gives it free" },
    ],
  ])("is %s", (_, expedite, change, charge) => {
    const found = chargeOf(expedite, change);
    if (charge === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(charge);
    if (charge && !("free" in charge)) expect(found).not.toHaveProperty("free");
  });

  it("is on the invoices that are planned, and never where it is free", () => {
    const priority = (free?: string): Order["priority"] => ({
      ...{ level: "urgent", reason: "so", rule: "p" },
      charge: { reason: { code: "C870" }, amount: "45.00", ...(free !== undefined && { free }) },
    });
    expect(chargesOfOrder(order({ priority: priority() }))).toMatchObject([
      {
        path: "priority.charge",
        what: { sac: { indicator: { code: "C" }, reason: { code: "C870" }, amount: "45.00" } },
      },
    ]);
    expect(chargesOfOrder(order({ priority: priority("agreed") }))).toEqual([]);
  });

  it("is said as an amount or a percentage, and not as both", () => {
    const both = {
      name: "p",
      when: { always: true },
      level: "high",
      effects: { expedite: { amount: "1", percent: "1" } },
    };
    expect(priorityRule.safeParse(both).error?.issues[0]?.message).toBe("must say one of amount and percent");
  });
});
