import { z } from "zod";
import { calendarMonth, customer, customerId, customerSale } from "../../accounts/customers/customer.ts";
import { scoreComponents, scoringSettings } from "../../accounts/scoring/settings.ts";
import { decimal } from "../../documents/index.ts";
import { listOf, paging } from "./paging.ts";
import { accountId, instant, plainText } from "./values.ts";

export const customerList = z
  .object({ items: z.array(customer), next: z.string().nullable().describe("Cursor of the next page.") })
  .meta({ id: "customerList" });
export const customerQuery = z.strictObject({
  after: customerId.optional().describe('The "next" of the page before; left out: from the start.'),
  limit: z.coerce.number().int().min(1).max(5_000).default(500).describe("Most customers of one page."),
});
export const customerImport = z
  .strictObject({ customers: z.array(customer).max(100_000, "must be at most 100000 customers") })
  .meta({ id: "customerImport" });
export const customersImported = z
  .object({
    imported: z.int(),
    removed: z.int().describe("Customers that were there before and were taken away, with PUT."),
    total: z.int().describe("Customers that there are now."),
  })
  .meta({ id: "customersImported" });
export const salesImport = z
  .strictObject({ sales: z.array(customerSale).max(400_000, "must be at most 400000 sales") })
  .meta({ id: "salesImport" });
export const salesImported = z.object({ imported: z.int() }).meta({ id: "salesImported" });

const month = calendarMonth.optional();
const period = {
  from: month.describe("First month, YYYY-MM; left out: as many months before `to` as the settings say."),
  to: month.describe("Last month, YYYY-MM; left out: the last whole one."),
};
const ordered = ({ from, to }: { from?: string | undefined; to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to;
const format = z.enum(["json", "csv"]).optional().describe("csv: the same as `Accept: text/csv`.");

export const rankingQuery = z
  .strictObject({
    ...period,
    format,
    after: z.coerce.number().int().min(0).optional().describe("Ranks behind this one; left out: from the first."),
    limit: z.coerce.number().int().min(1).max(1_000).optional().describe("Most customers; 100, as CSV all."),
  })
  .refine(ordered, { path: ["to"], error: "must not be before from" });
export const reviewQuery = z
  .strictObject({ ...period, format })
  .refine(ordered, { path: ["to"], error: "must not be before from" });

const percent = z.string().describe("Percent, two decimals.");
const scoredCustomer = z
  .object({
    rank: z.int().describe("From 1, highest score first."),
    customer: z.string(),
    name: z.string(),
    account: accountId.nullable().describe("null: it is no account."),
    score: z.string().describe("0 to 100, two decimals: the weighted mean of the components."),
    sales: decimal.describe("Net sales of the period in the currency of the ranking."),
    pareto: z.object({
      place: z.int().describe("By sales alone."),
      share: percent.nullable(),
      cumulative: percent.nullable().describe("What it and all larger ones bring together."),
      large: z.boolean().describe("Whether it is one of the fewest who bring the share that the settings ask for."),
    }),
    components: z.array(
      z.object({
        component: z.enum(scoreComponents),
        weight: z.string(),
        score: z.string().nullable().describe("0 to 100; null: nobody knows, and it is left out of the mean."),
        known: z.boolean().describe("false: nobody said what it would need."),
        figures: z.record(z.string(), z.string()).describe("What it is made of."),
        because: z.string(),
      }),
    ),
    leftOut: z
      .array(z.object({ currency: z.string(), amount: decimal }))
      .describe("Amounts in currencies that the settings have no rate for."),
    monthsSetAside: z.int().describe("Months reported of an account that its traffic counts itself."),
  })
  .meta({ id: "scoredCustomer" });

const rankingMade = {
  from: calendarMonth,
  to: calendarMonth,
  currency: z.string(),
  settings: z.int().describe("Number of the settings that it was made with; 0: the defaults."),
  pareto: z.object({
    total: decimal.describe("Sales of all customers."),
    asked: z.string().describe("Percent of all sales that the large customers bring."),
    customers: z.int().describe("The fewest who bring it."),
    percentOfCustomers: percent.nullable(),
    ofCustomers: z.int(),
    broughtByLargestFifth: percent.nullable().describe("What the largest fifth of all customers brings."),
    smallestLarge: decimal.nullable().describe("The smallest sales among the large customers."),
  }),
};

export const customerRanking = z
  .object({
    ...rankingMade,
    items: z.array(scoredCustomer),
    next: z.string().nullable().describe("`after` of the next page; null where there is nothing more."),
  })
  .meta({ id: "customerRanking" });

const proposal = z.object({ because: z.string(), customer: scoredCustomer });
export const customerReview = z
  .object({
    ...rankingMade,
    promote: z.array(proposal).describe("Customers who should be accounts, best first."),
    demote: z.array(proposal).describe("Accounts that should perhaps be none, last one first."),
    notUsing: z
      .array(
        z.object({
          account: accountId,
          name: z.string(),
          unused: z.array(
            z.object({
              service: z.string(),
              name: z.string().describe("Of the rule, contract or publication."),
              chances: z.int().describe("How often it could have been used."),
              because: z.string(),
            }),
          ),
        }),
      )
      .describe("Accounts that did not use what their own rules give them."),
  })
  .meta({ id: "customerReview" });

export const scoringApply = z
  .strictObject({ settings: scoringSettings, reason: plainText(500).optional() })
  .meta({ id: "scoringApply" });
export const scoringApplied = z
  .object({ outcome: z.enum(["updated", "unchanged"]), number: z.int() })
  .meta({ id: "scoringApplied" });
export const scoringShown = z
  .object({
    number: z.int().describe("0: the defaults, nobody has set any."),
    settings: scoringSettings,
    shares: z.record(z.string(), z.string()).describe("The weights as percent of their sum."),
  })
  .meta({ id: "scoringShown" });
export const scoringVersionList = listOf(
  z.object({
    number: z.int(),
    author: z.string(),
    reason: z.string().nullable(),
    createdAt: instant,
    settings: scoringSettings,
  }),
  "scoringVersionList",
);
export const scoringVersionQuery = z.strictObject(paging);
