import { describe, expect, it } from "vitest";
import { type UseCounts, unusedServices } from "../../../src/accounts/scoring/service-use.ts";
import { profile } from "../profiles.ts";

const given = profile({
  priority: [{ name: "rush", when: { orderType: ["RO"] }, level: "urgent" }],
  pricing: { contracts: [{ number: "C-1", validFrom: "2025-01-01", currency: "USD" }] },
  warranties: { terms: [{ id: "HOUSE-12", coverage: "12 MONTHS", months: 12 }] },
  earlyInformation: { topics: [{ topic: "inventory" }] },
  contact: { name: "ANNA LINDQVIST" },
  invoicing: {},
});
const year = { from: "2025-01", to: "2025-12" };
const all: UseCounts = {
  ...{ order: { "": 10 }, rule: { rush: 1 }, price: { within: 30 }, contract: { "C-1": 30 }, step: { "C-1": 2 } },
  ...{ warranty: { "HOUSE-12": 4 }, told: { inventory: 5 }, collected: { inventory: 1 }, invoice: { "": 3 } },
};

describe("services that an account was given and did not use", () => {
  it("are none where it used each of them once", () => {
    expect(unusedServices(given, all, year)).toEqual([]);
  });

  it.each<[string, Partial<UseCounts>, object]>([
    ["a priority rule that never fired", { rule: {} }, { service: "priority", name: "rush", chances: 10 }],
    ["a contract that priced nothing", { contract: {} }, { service: "prices", name: "C-1", chances: 30 }],
    ["a contract on its first step", { step: {} }, { service: "prices", name: "C-1", chances: 30 }],
    ["warranty terms that no line had", { warranty: {} }, { service: "warranties", name: "HOUSE-12", chances: 10 }],
    [
      "publications that were never taken",
      { collected: {} },
      { service: "earlyInformation", name: "inventory", chances: 5 },
    ],
    ["invoicing without an invoice", { invoice: {} }, { service: "invoicing" }],
  ])("%s", (_, without, unused) => {
    expect(unusedServices(given, { ...all, ...without }, year)).toMatchObject([unused]);
  });

  it("a contact that nobody turned to", () => {
    expect(unusedServices(given, { ...all, order: {} }, year)).toMatchObject([
      { service: "contact", name: "ANNA LINDQVIST" },
    ]);
  });

  it("what was never told, or did not hold in the period, is no fault of the account's", () => {
    expect(unusedServices(given, { ...all, told: {}, collected: {} }, year)).toEqual([]);
    expect(unusedServices(given, { ...all, contract: {} }, { from: "2024-01", to: "2024-12" })).toEqual([]);
  });
});
