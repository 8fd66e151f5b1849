import { describe, expect, it } from "vitest";
import { findAgreement, type PriceQuestion, periodOf } from "../../../src/accounts/prices/agreement.ts";
import { checkPrice, type OrderedPrice } from "../../../src/accounts/prices/check.ts";
import { pricingRule } from "../../../src/accounts/rules/pricing.ts";
import { harborPricing, ladders, pricing } from "./pricing.ts";

const up = (id: string) => [{ qualifier: "UP", id }];
const kettle = up("612800401156");
const knife = up("612800401460");
const asked = (more: Partial<PriceQuestion> = {}): PriceQuestion => ({
  productIds: kettle,
  unit: "EA",
  date: "2025-03-10",
  currency: "USD",
  ...more,
});
const check = (line: OrderedPrice, { quantity = "240", volume = "0", rule = pricing, question = asked() } = {}) =>
  checkPrice(rule, findAgreement(rule, ladders, question), { quantity, volume }, line);

describe("the agreement that holds for an item", () => {
  it.each<[string, Partial<PriceQuestion>, string]>([
    ["is its contract's", {}, "agreed"],
    ["holds on the contract's first day", { date: "2024-07-01" }, "agreed"],
    ["holds on its last day", { date: "2026-06-30" }, "agreed"],
    ["has ended a day later", { date: "2026-07-01" }, "expired"],
    ["is none before it begins", { date: "2024-06-30" }, "no-contract"],
    ["is that of the contract that the order names", { contract: "HRG-2024-118" }, "agreed"],
    ["is none of another contract than the order names", { contract: "HRG-2023-002" }, "no-contract"],
    ["is none where the order names a contract that there is not", { contract: "X-1" }, "no-contract"],
    ["is none in another currency", { currency: "CAD" }, "no-contract"],
    ["is not for another unit", { unit: "CA" }, "other-unit"],
    [
      "is not for the same number of somebody else",
      { productIds: [{ qualifier: "VN", id: "612800401156" }] },
      "no-contract",
    ],
    ["is none for an item that nobody agreed on", { productIds: up("1") }, "no-contract"],
    ["has ended with its contract", { productIds: knife }, "expired"],
  ])("%s", (_, more, outcome) => {
    expect(findAgreement(pricing, ladders, asked(more)).outcome).toBe(outcome);
  });

  it("is of the first contract that gives a price, and there of the ladder that began last", () => {
    const rule = pricingRule.parse({
      contracts: ["A", "B"].map((number) => ({ number, validFrom: "2020-01-01", currency: "USD" })),
    });
    const ladder = (contract: string, validFrom: string, price: string) => ({
      ...{ contract, item: "1", qualifier: "", unit: "EA", priceBasis: "", validFrom, validTo: null },
      steps: [{ by: "quantity" as const, from: "0", price }],
    });
    const all = [ladder("B", "2025-03-01", "1"), ladder("A", "2024-01-01", "2"), ladder("A", "2025-01-01", "3")];
    const found = (date: string) => {
      const agreement = findAgreement(rule, all, asked({ productIds: [{ qualifier: "ZZ", id: "1" }], date }));
      return agreement.outcome === "agreed" ? agreement.ladder.steps[0]?.price : agreement.outcome;
    };
    expect([found("2025-03-10"), found("2024-12-31"), found("2023-12-31")]).toEqual(["3", "2", "no-contract"]);
  });
});

describe("the check of a price", () => {
  it.each<[string, OrderedPrice, object, string, string]>([
    ["the agreed price is taken", { price: "21.75" }, {}, "within", "IA"],
    ["zeros aside it is the same", { price: "21.7500" }, {}, "within", "IA"],
    ["by the hundred it is the same", { price: "2175.00", priceBasis: { code: "HP" } }, {}, "within", "IA"],
    ["on the tolerance it is taken", { price: "21.85" }, {}, "within", "IA"],
    ["a cent beyond it ours is lower", { price: "21.86" }, {}, "lower", "IP"],
    ["on the tolerance below it is taken", { price: "21.65" }, {}, "within", "IA"],
    ["a cent below that ours is higher", { price: "21.64" }, {}, "higher", "IE"],
    ["one piece short of the step ours is higher", { price: "21.75" }, { quantity: "99" }, "higher", "IE"],
    ["by the volume reached ours is lower", { price: "21.75" }, { volume: "1000" }, "lower", "IP"],
    ["one short of the volume it is as before", { price: "21.75" }, { volume: "999" }, "within", "IA"],
    ["no price takes ours", {}, {}, "unpriced", "IA"],
    ["no contract refuses", { price: "1" }, { question: asked({ productIds: up("1") }) }, "no-contract", "R1"],
    ["an ended contract holds", { price: "18.20" }, { question: asked({ productIds: knife }) }, "expired", "IH"],
    ["another unit refuses", { price: "1" }, { question: asked({ unit: "CA" }) }, "other-unit", "R3"],
  ])("%s", (_, line, more, outcome, answer) => {
    expect(check(line, more)).toMatchObject({ outcome, answer });
  });

  it("says which contract and step it rests on", () => {
    expect(check({ price: "22.50" })).toEqual({
      outcome: "lower",
      answer: "IP",
      reason:
        "22.50 was ordered and our price is lower: 21.75 (PE) USD by EA is agreed in contract HRG-2024-118, by quantity from 100 on (240 counted).",
      agreed: {
        ...{ price: "21.75", priceBasis: "PE", unit: "EA", currency: "USD", contract: "HRG-2024-118" },
        ...{ by: "quantity", from: "100", counted: "240" },
      },
    });
  });

  it("answers as the account's rule names", () => {
    const rule = pricingRule.parse({
      ...harborPricing,
      answers: { higher: "hold", noContract: "IH", lower: "IA" },
    });
    expect(check({ price: "20.00" }, { rule }).answer).toBe("hold");
    expect(check({ price: "30.00" }, { rule }).answer).toBe("IA");
    expect(check({}, { rule, question: asked({ productIds: up("1") }) }).answer).toBe("IH");
  });
});

describe("the rules of prices", () => {
  it.each<[string, object, string]>([
    [
      "a contract that ends before it begins",
      { contracts: [{ number: "A", validFrom: "2025-02-01", validTo: "2025-01-31", currency: "USD" }] },
      "must not be before validFrom",
    ],
    [
      "two contracts of one number",
      { contracts: [1, 2].map(() => ({ number: "A", validFrom: "2025-02-01", currency: "USD" })) },
      "A is there already",
    ],
    [
      "an amount that counts the order itself",
      {
        contracts: [
          { number: "A", validFrom: "2025-02-01", currency: "USD", volume: { measure: "amount", withOrder: true } },
        ],
      },
      "can't be used with amounts: a line's amount is known only once it has a price",
    ],
    [
      "steps that give back what was only ordered",
      {
        contracts: [
          { number: "A", validFrom: "2025-02-01", currency: "USD", volume: { counts: "ordered", retroactive: true } },
        ],
      },
      "can only be used where invoiced volume counts: what was not invoiced can't be given back",
    ],
    [
      "steps of a rebate that fall",
      {
        contracts: [
          {
            number: "A",
            validFrom: "2025-02-01",
            currency: "USD",
            rebate: {
              steps: [
                { from: "9", percent: "1" },
                { from: "9", percent: "2" },
              ],
            },
          },
        ],
      },
      "must begin higher from step to step",
    ],
  ])("refuse %s", (_, rule, message) => {
    expect(pricingRule.safeParse(rule).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("count by the month, the quarter, the year or the contract", () => {
    const contract = { validFrom: "2024-07-01", validTo: "2026-06-30" };
    const of = (period: Parameters<typeof periodOf>[0], date: string) =>
      Object.values(periodOf(period, contract, date));
    expect(of("month", "2024-02-10")).toEqual(["2024-02-01", "2024-02-29"]);
    expect(of("month", "2025-12-31")).toEqual(["2025-12-01", "2025-12-31"]);
    expect(of("quarter", "2025-06-30")).toEqual(["2025-04-01", "2025-06-30"]);
    expect(of("quarter", "2025-10-01")).toEqual(["2025-10-01", "2025-12-31"]);
    expect(of("year", "2025-03-10")).toEqual(["2025-01-01", "2025-12-31"]);
    expect(of("contract", "2025-03-10")).toEqual(["2024-07-01", "2026-06-30"]);
  });
});
