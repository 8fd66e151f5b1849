import { describe, expect, it } from "vitest";
import { calendarOf } from "../../../src/accounts/calendar.ts";
import { decideOrderResponse, orderResponseRule } from "../../../src/accounts/rules/order-response.ts";
import { calledFor, decidePriority, defaultPriorityRules, priorityRule } from "../../../src/accounts/rules/priority.ts";
import type { Order } from "../../../src/documents/order.ts";
import { order, profile } from "../profiles.ts";

/** A Monday at 9:30 in Chicago. */
const facts = {
  cameAt: new Date("2025-03-10T14:30:00Z"),
  today: "2025-03-10",
  calendar: calendarOf(profile({ calendar: { cutOff: "14:00", holidays: ["2025-03-12"] } })),
};

describe("the priority of an order", () => {
  it("is normal where no rule fires, and says so", () => {
    expect(decidePriority(defaultPriorityRules, order(), facts)).toEqual({
      level: "normal",
      reason: "No priority rule of the account applies to this order.",
      rule: "default",
    });
  });

  it.each<[string, Partial<Order>, string, string]>([
    ["a rush order", { orderType: { code: "RO" } }, "urgent", "BEG02 = RO (rush)"],
    ["an emergency", { orderType: { code: "EO" } }, "urgent", "BEG02 = EO (emergency)"],
    ["a new store", { orderType: { code: "NS" } }, "high", "BEG02 = NS (new store)"],
    ["next day air", { carriage: [{ serviceLevels: [{ code: "ND" }] }] }, "urgent", "TD512 = ND (next day air)"],
    [
      "a service level in second place",
      { carriage: [{}, { serviceLevels: [{ code: "CG" }, { code: "SE" }] }] },
      "high",
      "TD513 = SE (second day)",
    ],
    [
      "a service level of one line",
      {
        lines: [
          { line: "10", productIds: [], descriptions: [] },
          { line: "20", productIds: [], descriptions: [], carriage: [{ serviceLevels: [{ code: "ON" }] }] },
        ],
      },
      "urgent",
      "TD512 = ON (overnight) on line 20",
    ],
    [
      "a priority rating",
      { references: [{ qualifier: "PH", value: "1" }] },
      "high",
      "REF01 = PH (priority rating), REF02 = 1",
    ],
    [
      "ship as soon as possible",
      { salesRequirements: [{ code: "P2" }] },
      "high",
      "CSH01 = P2 (ship as soon as possible)",
    ],
  ])("is raised by %s, and names the element", (_, change, level, evidence) => {
    expect(decidePriority(defaultPriorityRules, order(change), facts)).toMatchObject({ level, evidence });
  });

  it("is decided by the first rule that fires", () => {
    const rules = [
      priorityRule.parse({ name: "calm", when: { orderType: ["RO"] }, level: "normal" }),
      ...defaultPriorityRules,
    ];
    const decision = decidePriority(rules, order({ orderType: { code: "RO" } }), facts);
    expect(decision).toEqual({
      level: "normal",
      reason: 'The rule "calm" makes this order normal: BEG02 = RO (rush).',
      rule: "calm",
      evidence: "BEG02 = RO (rush)",
    });
  });

  it("asks for all the conditions of a rule", () => {
    const rule = priorityRule.parse({
      name: "store rush",
      when: { orderType: ["RO"], reference: { qualifier: "ST", values: ["0117"] } },
      level: "urgent",
    });
    const rush = { orderType: { code: "RO" } };
    expect(decidePriority([rule], order(rush), facts).level).toBe("normal");
    const store = order({ ...rush, references: [{ qualifier: "ST", value: "0117" }] });
    expect(decidePriority([rule], store, facts)).toMatchObject({
      level: "urgent",
      evidence: "BEG02 = RO (rush) and REF01 = ST (store), REF02 = 0117",
    });
    const other = order({ ...rush, references: [{ qualifier: "ST", value: "0118" }] });
    expect(decidePriority([rule], other, facts).level).toBe("normal");
  });

  it.each([
    ["2025-03-14", "normal", undefined],
    ["2025-03-13", "high", "DTM*010 = 2025-03-13, 3 days away"],
    ["2025-03-10", "high", "DTM*010 = 2025-03-10, 0 days away"],
    ["2025-03-08", "high", "DTM*010 = 2025-03-08, 2 days ago"],
  ])("counts days to the date, over a change of clocks too: %s", (date, level, evidence) => {
    const rule = priorityRule.parse({ name: "short", when: { dueWithin: { days: 3 } }, level: "high" });
    const dated = order({
      dates: [
        { qualifier: "001", date: "2025-03-10" },
        { qualifier: "002", date: "2025-06-01" },
        { qualifier: "010", date },
      ],
    });
    const decision = decidePriority([rule], dated, facts);
    expect({ level: decision.level, evidence: decision.evidence }).toEqual({ level, evidence });
  });

  it.each([
    ["2025-03-14", "09:30", "high", "DTM*010 = 2025-03-14, 3 working days away"],
    ["2025-03-17", "09:30", "normal", undefined],
    // After the cut-off, Monday's order is Tuesday's.
    ["2025-03-17", "14:00", "high", "DTM*010 = 2025-03-17, 3 working days away"],
    ["2025-03-15", "09:30", "high", "DTM*010 = 2025-03-15, 3 working days away"],
    ["2025-03-09", "09:30", "high", "DTM*010 = 2025-03-09, 1 working day ago"],
    ["9999-12-31", "09:30", "normal", undefined],
  ])(
    "counts working days to %s for what comes at %s, weekends and holidays left out",
    (date, time, level, evidence) => {
      const rule = priorityRule.parse({ name: "short", when: { dueWithin: { workingDays: 3 } }, level: "high" });
      const cameAt = new Date(`2025-03-10T${time}:00-05:00`);
      const decision = decidePriority([rule], order({ dates: [{ qualifier: "010", date }] }), { ...facts, cameAt });
      expect({ level: decision.level, evidence: decision.evidence }).toEqual({ level, evidence });
    },
  );

  it("counts working hours until work ends on the day", () => {
    const rule = priorityRule.parse({ name: "lead", when: { dueWithin: { workingHours: 10 } }, level: "urgent" });
    const due = (date: string) => decidePriority([rule], order({ dates: [{ qualifier: "002", date }] }), facts);
    // 7.5 hours are left of Monday and Tuesday has 9.
    expect(due("2025-03-10")).toMatchObject({
      level: "urgent",
      evidence: "DTM*002 = 2025-03-10, 0 working days away, sooner than 10 working hours",
    });
    expect(due("2025-03-11").level).toBe("normal");
  });

  it.each<[string, object, Partial<Order>, string]>([
    ["its number", { orderNumber: ["4711"] }, {}, "BEG03 = 4711"],
    ["a note", { note: ["line down"] }, { notes: [{ lines: ["PLANT 2: LINE DOWN"] }] }, 'a note says "line down"'],
    [
      "a product",
      { product: { qualifier: "UP", ids: ["036000291452"] } },
      {
        lines: [
          { line: "1", productIds: [{ qualifier: "VP", id: "036000291452" }], descriptions: [] },
          { line: "2", productIds: [{ qualifier: "UP", id: "036000291452" }], descriptions: [] },
        ],
      },
      "UP (U.P.C.) = 036000291452 on line 2",
    ],
    [
      "its ship-to",
      { shipTo: ["0117"] },
      {
        parties: [
          { role: "BY", id: "0001" },
          { role: "ST", idQualifier: "92", id: "0117" },
        ],
      },
      "N101 = ST (ship to), N104 = 0117",
    ],
    ["its value", { value: { atLeast: "30" } }, {}, "its lines come to 30.00, 30 or more"],
  ])("is raised by %s", (_, when, change, evidence) => {
    const rule = priorityRule.parse({ name: "own", when, level: "urgent" });
    expect(decidePriority([rule], order(change), facts)).toMatchObject({ level: "urgent", evidence });
  });

  it.each<[string, object, string | undefined]>([
    ["one of the values named", { values: ["EX", "RUSH"] }, "RUSH"],
    ["a value that fits a pattern", { pattern: "R[A-Z]{3}" }, "RUSH"],
    ["any value", {}, "SOON"],
    ["no other value", { values: ["EX"] }, undefined],
    ["no value that fits in part only", { pattern: "RUS" }, undefined],
    ["no value that is named but does not fit", { values: ["RUSH"], pattern: "S.*" }, undefined],
  ])("is raised by %s that a selector gives in the 850", (_, wanted, found) => {
    const path = 'REF02:REF01["ZZ"]';
    const rule = priorityRule.parse({ name: "own", when: { selector: { path, ...wanted } }, level: "urgent" });
    const selected = (asked: string) =>
      asked === path ? ["SOON", "RUSH"].map((value, at) => ({ value, place: "REF02", position: at + 4 })) : [];
    const decision = decidePriority([rule], order(), { ...facts, selected });
    const position = found === "SOON" ? 4 : 5;
    expect(decision.evidence).toBe(found && `REF02 = ${found} in segment ${position}, which ${path} selects`);
    expect(decidePriority([rule], order(), facts).level).toBe("normal");
  });

  it("names the roles that are told, else calls anybody, else nobody", () => {
    const rule = (effects: object) => priorityRule.parse({ name: "p", when: { always: true }, level: "high", effects });
    const whom = (effects: object) => calledFor([rule(effects)], decidePriority([rule(effects)], order(), facts));
    expect(whom({ tell: ["EX", "SD"] })).toEqual({
      whom: " by EX (expeditor) and SD (shipping)",
      roles: ["EX", "SD"],
    });
    expect(whom({ callPerson: true })).toEqual({ whom: "", roles: [] });
    expect(whom({})).toBeNull();
  });

  it.each<[string, object, Partial<Order>]>([
    ["another number", { orderNumber: ["4712"] }, {}],
    ["no note", { note: ["line down"] }, {}],
    ["the place of another party", { shipTo: ["0117"] }, { parties: [{ role: "BY", id: "0117" }] }],
    ["a value just below", { value: { atLeast: "30.01" } }, {}],
    ["another currency", { value: { atLeast: "1", currency: "USD" } }, { currency: "CAD" }],
    [
      "a line without price",
      { value: { atLeast: "1" } },
      { lines: [{ line: "1", quantity: "9", productIds: [], descriptions: [] }] },
    ],
  ])("is not raised by %s", (_, when, change) => {
    const rule = priorityRule.parse({ name: "own", when, level: "urgent" });
    expect(decidePriority([rule], order(change), facts).level).toBe("normal");
  });

  it.each([
    ["in working days from before the cut-off", { workingDays: 1 }, "09:30", "2025-03-11"],
    ["in working days from after the cut-off", { workingDays: 1 }, "14:00", "2025-03-13"],
    ["in working hours, over a holiday", { workingHours: 20 }, "09:30", "2025-03-13"],
    ["on the day itself", { workingDays: 0 }, "09:30", "2025-03-10"],
  ])("promises a day to ship by %s", (_, shipWithin, time, date) => {
    const rule = priorityRule.parse({ name: "p", when: { always: true }, level: "high", effects: { shipWithin } });
    const cameAt = new Date(`2025-03-10T${time}:00-05:00`);
    const decision = decidePriority([rule], order(), { ...facts, cameAt });
    expect(decision.promise).toEqual({ qualifier: "079", word: "ship promised", date });
    expect(decision.reason).toContain(`We promise to ship by ${date}.`);
    const answer = decideOrderResponse(orderResponseRule.parse({ send: true }), order({ priority: decision }), facts);
    expect(answer).toMatchObject({ send: true, response: { dates: [{ qualifier: "079", date }] } });
  });

  it("takes one measure of the lead time, and not two", () => {
    const both = { name: "both", when: { dueWithin: { days: 1, workingDays: 1 } }, level: "high" };
    expect(priorityRule.safeParse(both).error?.issues[0]?.message).toContain(
      "one of days, workingDays and workingHours",
    );
  });

  it("can be set for the account as a whole", () => {
    const rule = priorityRule.parse({ name: "all of them", when: { always: true }, level: "high" });
    expect(decidePriority([rule], order(), facts)).toMatchObject({ level: "high", rule: "all of them" });
  });
});
