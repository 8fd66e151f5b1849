import { z } from "zod";
import { decimal, isoDate } from "../../documents/index.ts";
import { agreedPrice } from "../../documents/price-check.ts";
import { listOf, paging } from "./paging.ts";
import { locationNeedsDivision, placeFields } from "./place.ts";
import { accountId, href, id, instant, plainText } from "./values.ts";

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

const day = isoDate.refine((text) => text < "9999", "must be before the year 9999");
const usage = z.enum(["production", "test"]).default("production").describe("Whose ledger counts.");

const explanationFields = z.strictObject({
  ...placeFields,
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
  date: day.optional().describe("Left out: today, by the account's time zone."),
  currency: z.string().length(3).optional(),
  contract: plainText(30).optional().describe("Only by this contract."),
  usage,
});
export const explanationQuery = explanationFields.refine(...locationNeedsDivision);

/** A rebate as far as it has come. */
const earned = {
  from: isoDate,
  to: isoDate,
  invoiced: decimal.describe("Of the contract's items in the period, less what was credited."),
  percent: decimal.describe("Of the step reached; 0 below the first."),
  accrued: decimal,
  booked: z
    .object({
      accrued: decimal.describe("In the ledger, of the whole period."),
      settled: decimal.describe("Given back, or said to be due."),
    })
    .nullable()
    .describe("null where nothing was booked yet."),
  next: z.object({ from: decimal, percent: decimal, missing: decimal }).nullable(),
};

export const priceExplanation = z
  .object({
    account: accountId,
    item: z.string(),
    quantity: decimal,
    date: isoDate,
    version: z.int().describe("Of the account's rules: the one in force at the end of that day."),
    division: z.string().nullable().describe("Whose price it is; null: the account's as a whole."),
    location: z.string().nullable(),
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
        whose: z.enum(["account", "division"]).describe("Whose purchases count."),
        retroactive: z.boolean().describe("Whether a step that is reached also holds for what was invoiced before it."),
        credited: decimal.nullable().describe("What was given back in the period for steps reached; null: it is not."),
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
    rebate: z.object(earned).nullable().describe("What the contract gives back by that day; null where it gives none."),
  })
  .meta({ id: "priceExplanation" });

const rebateFields = z.strictObject({
  ...placeFields,
  date: day.optional().describe("Left out: today, by the account's time zone."),
  usage,
});
export const rebateQuery = rebateFields.refine(...locationNeedsDivision);

export const rebateList = z
  .object({
    account: accountId,
    date: isoDate,
    items: z.array(
      z.object({
        contract: z.string(),
        currency: z.string(),
        division: z.string().nullable().describe("Which division earns it by itself; null: the account does."),
        ...earned,
      }),
    ),
  })
  .meta({ id: "rebateList" });

export const priceCreditQuery = z.strictObject({
  contract: plainText(30).optional().describe("Only under this contract."),
  usage,
  ...paging,
});

/** What was given back because a step by volume was reached. */
export const priceCreditView = z
  .object({
    contract: z.string(),
    division: z.string().nullable().describe("Whose volume reached the step; null: the account's."),
    from: isoDate.describe("First day of the period."),
    to: isoDate,
    steps: z.array(decimal).describe("From how much on the steps begin that were reached."),
    cause: z.object({ id, number: z.string(), href }).describe("The invoice that made it due."),
    memo: z
      .object({ id, number: z.string(), status: z.string(), href })
      .describe("The credit memo that gives it back."),
    invoices: z.array(z.string()).describe("Numbers of the invoices that it gives a part of back."),
    currency: z.string(),
    amount: decimal,
    at: instant,
  })
  .meta({ id: "priceCredit" });
export const priceCreditList = listOf(priceCreditView, "priceCreditList");
