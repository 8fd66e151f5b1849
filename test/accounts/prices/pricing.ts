import { readFileSync } from "node:fs";
import { readPrices } from "../../../src/accounts/prices/price-file.ts";
import { pricingRule } from "../../../src/accounts/rules/pricing.ts";

/** What the tests' account has agreed on, as its profile says it. */
export const harborPricing = {
  contracts: [
    {
      number: "HRG-2024-118",
      name: "House and kitchen",
      validFrom: "2024-07-01",
      validTo: "2026-06-30",
      currency: "USD",
      volume: { period: "year", counts: "ordered", of: "item", measure: "quantity" },
      rebate: {
        period: "year",
        on: "all",
        steps: [
          { from: "5000", percent: "1.5" },
          { from: "50000", percent: "3" },
        ],
      },
    },
    { number: "HRG-2023-002", validFrom: "2023-01-01", validTo: "2024-12-31", currency: "USD" },
  ],
  tolerance: { percent: "1", amount: "0.10" },
  answers: { lower: "IP" },
  contact: { name: "MILA KOSKINEN", phone: "5635550161" },
};

export const pricing = pricingRule.parse(harborPricing);

/** The sample file of prices, as text and read. */
export const priceCsv = readFileSync(
  new URL("../../../samples/price-lists/harbor-retail.csv", import.meta.url),
  "utf8",
);
export const ladders = readPrices(priceCsv, new Set(pricing.contracts.map(({ number }) => number))).ladders;
