import { z } from "zod";
import { decimal, isoDate } from "../../documents/index.ts";
import { agreedPrice } from "../../documents/price-check.ts";
import { accountId, plainText } from "./values.ts";

const by = z.enum(["quantity", "volume"]);
const step = z.object({
  by: by.describe("quantity: of the order. volume: of the contract's period."),
  from: decimal.describe("Where it begins."),
  price: decimal,
});

/** The prices of one item in one unit under one contract, for a time. */
export const priceLadder = z
  .object({
    contract: z.string(),
    item: z.string().describe("The item's number, as orders write it."),
    qualifier: z.string().describe("Whose number it is (X12 element 235); empty: whoever's."),
    unit: z.string().describe("X12 element 355."),
    priceBasis: z.string().describe("X12 element 639; empty: by the unit."),
    validFrom: isoDate,
    validTo: isoDate.nullable(),
    steps: z.array(step),
  })
  .meta({ id: "priceLadder" });

export const priceList = z
  .object({
    items: z.array(priceLadder),
    next: z.string().nullable().describe("Cursor of the next page; null where there is nothing more now."),
  })
  .meta({ id: "priceList" });

export const priceQuery = z.strictObject({
  after: z.string().max(600).optional().describe('The "next" of the page before; left out: from the start.'),
  limit: z.coerce.number().int().min(1).max(5_000).default(500).describe("Most ladders of one page."),
});

export const priceImport = z.strictObject({
  mode: z
    .enum(["merge", "replace"])
    .default("merge")
    .describe(
      "merge: a ladder takes the place of the one of its contract, item, unit and first day. replace: these are all.",
    ),
});

export const pricesImported = z
  .object({
    account: accountId,
    imported: z.int().describe("Ladders in the file."),
    removed: z.int().describe("Ladders that were there before and were taken away, with `replace`."),
    total: z.int().describe("Ladders that the account has now."),
  })
  .meta({ id: "pricesImported" });

const usage = z.enum(["production", "test"]).default("production").describe("Whose ledger counts.");

export const explanationQuery = z.strictObject({
  item: plainText(48).describe("The item's number, as orders write it."),
  qualifier: z
    .string()
    .regex(/^[A-Z0-9]{2}$/, "must be two characters (X12 element 235)")
    .optional(),
  quantity: decimal.regex(/^\d{1,15}(\.\d+)?$/, "must be a number that is not below zero").default("1"),
  unit: z
    .string()
    .regex(/^[A-Z0-9]{2}$/, "must be two characters (X12 element 355)")
    .optional(),
  date: isoDate.optional().describe("Left out: today, by the account's time zone."),
  currency: z.string().length(3).optional(),
  contract: plainText(30).optional().describe("Only by this contract."),
  usage,
});

export const priceExplanation = z
  .object({
    account: accountId,
    item: z.string(),
    quantity: decimal,
    date: isoDate,
    outcome: z.enum(["agreed", "no-contract", "expired", "other-unit"]),
    reason: z.string(),
    agreed: agreedPrice.nullable(),
    contract: z
      .object({
        number: z.string(),
        name: z.string().optional(),
        validFrom: isoDate,
        validTo: isoDate.optional(),
        currency: z.string(),
      })
      .nullable(),
    ladder: z.array(step.extend({ reached: z.boolean().describe("Whether it is the step that counts of its kind.") })),
    volume: z
      .object({
        counts: z.enum(["ordered", "shipped", "invoiced"]),
        of: z.enum(["item", "contract"]),
        measure: z.enum(["quantity", "amount"]),
        from: isoDate,
        to: isoDate,
        toDate: decimal.describe("What the ledger has by now."),
      })
      .nullable()
      .describe("null where no step depends on it."),
    next: z.array(step.extend({ missing: decimal.describe("How much is missing to it.") })),
  })
  .meta({ id: "priceExplanation" });

export const rebateQuery = z.strictObject({
  date: isoDate.optional().describe("Left out: today, by the account's time zone."),
  usage,
});

export const rebateList = z
  .object({
    account: accountId,
    date: isoDate,
    items: z.array(
      z.object({
        contract: z.string(),
        currency: z.string(),
        from: isoDate,
        to: isoDate,
        invoiced: decimal.describe("Of the contract's items in the period, less what was credited."),
        percent: decimal.describe("Of the step reached; 0 below the first."),
        accrued: decimal,
        next: z.object({ from: decimal, percent: decimal, missing: decimal }).nullable(),
      }),
    ),
  })
  .meta({ id: "rebateList" });
