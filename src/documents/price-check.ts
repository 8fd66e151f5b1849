import { z } from "zod";
import { decimal, text } from "./basic-components.ts";

/** How the price of an order line stands to what was agreed; `higher` and `lower` say where the agreed price is. */
export const priceOutcome = z
  .enum(["within", "lower", "higher", "unpriced", "no-contract", "expired", "other-unit"])
  .meta({ id: "priceOutcome" });
export type PriceOutcome = z.infer<typeof priceOutcome>;

/** The price that a contract gives, and the step of its ladder that gives it. */
export const agreedPrice = z
  .strictObject({
    price: decimal,
    priceBasis: text.optional().describe("X12 element 639: PE per each, HP per hundred."),
    unit: text.describe("X12 element 355: EA each, CA case."),
    currency: text.describe("ISO 4217."),
    contract: text.describe("Number of the contract or price list."),
    by: z
      .enum(["quantity", "volume"])
      .describe("Which ladder gives it: of the order's quantity, or of the period's volume."),
    from: decimal.describe("Where its step begins."),
    counted: decimal.describe("The quantity or volume that was held against the steps."),
  })
  .meta({ id: "agreedPrice" });
export type AgreedPrice = z.infer<typeof agreedPrice>;

/** What became of the check of an order line's price, and why. Decided by the account's rules. */
export const priceCheck = z
  .strictObject({
    outcome: priceOutcome,
    answer: text.describe("What the account's rule names for it: a code of ACK01 (X12 element 668), or hold."),
    reason: text.describe("A sentence for a person."),
    agreed: agreedPrice.optional().describe("Missing where no contract gives a price."),
  })
  .meta({ id: "priceCheck" });
export type PriceCheck = z.infer<typeof priceCheck>;
