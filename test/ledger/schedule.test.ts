import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlanningSchedule, PlanningScheduleLine } from "../../src/documents/index.ts";
import { sumOf } from "../../src/ledger/amount.ts";
import { checkCumulative, openNeeds, type ShippedOfItem } from "../../src/ledger/cumulative.ts";
import { type ItemRelease, itemReleasesOf, netChanges, releaseInForce } from "../../src/ledger/schedule.ts";

const need = (date: string, quantity: string) => ({
  quantity,
  commitment: { code: "C" },
  timing: { code: "D" },
  date,
});
const received = (quantity: string, from = "2025-01-01") => ({
  qualifier: "02",
  quantity,
  dateQualifier: "051",
  date: from,
});
const lastReceived = (shipment: string) => ({
  qualifier: "01",
  quantity: "1",
  references: [{ qualifier: "SI", value: shipment }],
});

function aSchedule(line: Partial<PlanningScheduleLine>, change: Partial<PlanningSchedule> = {}): PlanningSchedule {
  return {
    documentType: "planning-schedule",
    account: "meridian-motors",
    usage: "production",
    purpose: { code: "05" },
    release: "12",
    scheduleType: { code: "SH" },
    quantityType: { code: "A" },
    horizonStart: "2025-03-10",
    horizonEnd: "2025-04-30",
    date: "2025-03-08",
    parties: [{ role: "ST", idQualifier: "92", id: "PLANT2" }],
    lines: [{ productIds: [{ qualifier: "BP", id: "BRK-77" }], ...line }],
    ...change,
  };
}

function releaseOf(line: Partial<PlanningScheduleLine>, change: Partial<PlanningSchedule> = {}): ItemRelease {
  const [release] = itemReleasesOf(aSchedule(line, change));
  if (release === undefined) throw new Error("the schedule has no line");
  return release;
}

describe("a release", () => {
  it("says of each item what is wanted when, where, and what was received", () => {
    expect(
      releaseOf({
        schedule: [need("2025-03-17", "20"), need("2025-03-10", "10")],
        received: [received("100"), lastReceived("S7")],
      }),
    ).toMatchObject({
      item: "BRK-77",
      shipTo: { qualifier: "92", id: "PLANT2" },
      release: "12",
      needs: [
        { date: "2025-03-10", quantity: "10" },
        { date: "2025-03-17", quantity: "20" },
      ],
      received: { quantity: "100", from: "2025-01-01" },
      lastReceived: { shipment: "S7" },
    });
  });

  it("that counts cumulatively is taken apart by date, from what was received", () => {
    const { needs } = releaseOf(
      { schedule: [need("2025-03-10", "120"), need("2025-03-17", "150")], received: [received("100")] },
      { quantityType: { code: "C" } },
    );
    expect(needs.map(({ quantity }) => quantity)).toEqual(["20", "30"]);
  });

  it("replaces the last, and what changed is told by date inside the days that it plans", () => {
    const before = releaseOf({
      schedule: [need("2025-03-03", "5"), need("2025-03-10", "10"), need("2025-03-17", "20"), need("2025-05-05", "9")],
    });
    const after = releaseOf({ schedule: [need("2025-03-10", "4"), need("2025-03-17", "20"), need("2025-03-24", "7")] });
    expect(netChanges(before, after)).toEqual([
      { item: "BRK-77", date: "2025-03-10", before: "10", after: "4", change: "-6" },
      { item: "BRK-77", date: "2025-03-24", before: "0", after: "7", change: "7" },
    ]);
    expect(releaseInForce(before, after).needs).toEqual(after.needs);
  });

  it("that says changes only is added to the last", () => {
    const before = releaseOf({ schedule: [need("2025-03-10", "10"), need("2025-03-17", "20")] });
    const change = releaseOf({ schedule: [need("2025-03-10", "-3")] }, { quantityType: { code: "D" } });
    expect(releaseInForce(before, change).needs.map(({ quantity }) => quantity)).toEqual(["7", "20"]);
    expect(netChanges(before, change)).toMatchObject([{ date: "2025-03-10", change: "-3" }]);
  });

  it("that leaves an item out wants no more of it, and the first of an item is all change", () => {
    const only = releaseOf({ schedule: [need("2025-03-10", "10")] });
    expect(netChanges(only, undefined)).toMatchObject([{ before: "10", after: "0" }]);
    expect(netChanges(undefined, only)).toMatchObject([{ before: "0", after: "10" }]);
    expect(netChanges(undefined, undefined)).toEqual([]);
  });

  it("put in the place of another changes what is wanted by exactly its net changes", () => {
    const days = ["2025-03-10", "2025-03-17", "2025-03-24"];
    const needs = fc.array(fc.tuple(fc.constantFrom(...days), fc.integer({ min: 0, max: 99 })), { maxLength: 6 });
    const wanted = (release: ItemRelease, day: string) =>
      sumOf(release.needs.filter(({ date }) => date === day).map(({ quantity }) => quantity));
    fc.assert(
      fc.property(needs, needs, (was, is) => {
        const before = releaseOf({ schedule: was.map(([day, quantity]) => need(day, String(quantity))) });
        const after = releaseOf({ schedule: is.map(([day, quantity]) => need(day, String(quantity))) });
        const changes = new Map(netChanges(before, after).map(({ date, change }) => [date, change]));
        for (const day of days) {
          expect(
            wanted(before, day)
              .plus(changes.get(day) ?? 0)
              .eq(wanted(after, day)),
          ).toBe(true);
        }
      }),
    );
  });
});

describe("what an account counts as received", () => {
  const shipped: ShippedOfItem[] = [
    { shipment: "S5", date: "2024-12-20", quantity: "500" },
    { shipment: "S6", date: "2025-02-03", quantity: "60" },
    { shipment: "S7", date: "2025-02-10", quantity: "40" },
    { shipment: "S8", date: "2025-03-07", quantity: "25" },
  ];
  const later = { schedule: [need("2025-03-10", "100")] };

  it.each<[string, Partial<PlanningScheduleLine>, string[]]>([
    [
      "agrees up to the shipment that it names, and the rest is on its way",
      { received: [received("100"), lastReceived("S7")] },
      [],
    ],
    [
      "differs up to the shipment that it names",
      { received: [received("98"), lastReceived("S7")] },
      ["received-differs -2"],
    ],
    [
      "names a shipment that is none of ours",
      { received: [received("100"), lastReceived("S99")] },
      ["shipment-unknown 0"],
    ],
    ["is more than was shipped", { received: [received("130")] }, ["received-more-than-shipped 5"]],
    ["is less than must have arrived", { received: [received("90")] }, ["received-less-than-shipped -10"]],
    ["is nothing that it says", {}, []],
    [
      "leaves us ahead of all that is wanted",
      { received: [received("100"), lastReceived("S7")], schedule: [need("2025-03-10", "20")] },
      ["shipped-ahead -5"],
    ],
  ])("%s", (_, line, differences) => {
    const found = checkCumulative(releaseOf({ ...later, ...line }), shipped, undefined, { transitDays: 3 });
    expect(found.map(({ code, difference }) => `${code} ${difference}`)).toEqual(differences);
  });

  it.each([
    ["went back", received("80"), "count-went-back -20"],
    ["began anew", received("5", "2025-03-01"), "count-restarted -95"],
  ])("%s since the last release", (_, now, difference) => {
    const before = releaseOf({ ...later, received: [received("100"), lastReceived("S7")] });
    const found = checkCumulative(releaseOf({ ...later, received: [now] }), shipped, before, { transitDays: 99 });
    expect(found.map((one) => `${one.code} ${one.difference}`)).toContain(difference);
  });
});

describe("what is still to be shipped", () => {
  it("is served by goods on their way, the earliest need first", () => {
    const release = releaseOf({
      schedule: [need("2025-03-10", "20"), need("2025-03-17", "30")],
      received: [received("100")],
    });
    expect(openNeeds(release, "125").map(({ cumulative, open }) => [cumulative, open])).toEqual([
      ["120", "0"],
      ["150", "25"],
    ]);
  });

  it("adds up to what is wanted in all less what was shipped", () => {
    const quantity = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(fc.array(quantity, { maxLength: 8 }), quantity, quantity, (needs, had, more) => {
        const release = releaseOf({
          schedule: needs.map((one, index) => need(`2025-03-${10 + index}`, String(one))),
          received: [received(String(had))],
        });
        const shipped = new Big(had).plus(more);
        const wanted = sumOf([String(had), ...needs.map(String)]);
        const open = sumOf(openNeeds(release, shipped.toFixed()).map((one) => one.open));
        const left = wanted.minus(shipped);
        expect(open.toFixed()).toBe(left.lt(0) ? "0" : left.toFixed());
      }),
    );
  });
});
