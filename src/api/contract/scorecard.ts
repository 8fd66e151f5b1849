import { z } from "zod";
import { periodName } from "../../accounts/scorecard/days.ts";
import { type FigureName, figureNames } from "../../accounts/scorecard/measures.ts";
import { decimal, isoDate } from "../../documents/index.ts";
import { accountId, href, instant } from "./values.ts";

const days = z.object({ from: isoDate.describe("First day."), to: isoDate.describe("Last day.") });

const percent = z.string().describe("Percent, two decimals.");
const amounts = z.array(
  z.object({ currency: z.string().describe("ISO 4217; empty where none was named."), amount: decimal }),
);
const counted = {
  count: z.int().describe("In time, kept; or what went wrong. Where no time was agreed on: answered at all."),
  of: z.int().describe("Everything that the figure is about."),
  open: z.int().describe("Those of which nobody can say yet; they are left out of the percentage."),
  percent: percent.nullable().describe("null: there is nothing to count, or no time was agreed on."),
  amounts: amounts.describe("Of what is counted, by currency."),
};
const figure = z
  .object({
    figure: z.enum(figureNames as [FigureName, ...FigureName[]]),
    group: z.enum(["acknowledgment", "shipment", "invoice", "dispute", "refusal"]),
    ...counted,
    within: z.string().nullable().describe("How soon, in words: what was agreed on."),
    target: percent.nullable().describe("null: none was agreed on."),
    met: z.boolean().nullable().describe("null: there is no target, or nothing to hold against it."),
    before: z.object(counted).describe("The same in the period before."),
    change: z.string().nullable().describe("Percent points more than in the period before."),
    counted: z.string().describe("How it is counted."),
    misses: href.describe("What missed the target, or went wrong."),
  })
  .meta({ id: "scorecardFigure" });

const given = {
  count: z.int(),
  amounts,
  hours: z.string().nullable().describe("null: it is no matter of time."),
};
const value = z
  .object({
    service: z.string(),
    value: z.string(),
    ...given,
    before: z.object(given),
    counted: z.string().describe("How it is counted."),
  })
  .meta({ id: "serviceValue" });

export const scorecardView = z
  .object({
    account: accountId,
    name: z.string(),
    ...days.shape,
    before: days.describe("The period that it is compared with."),
    ruleVersion: z.int().describe("The version of the account's rules whose targets are held against it."),
    asOf: instant.describe("When it was counted."),
    figures: z.array(figure),
    values: z
      .array(value)
      .describe("What the services came to that the account was given. Only the supplier sees it; empty for others."),
    unused: z
      .array(
        z.object({
          service: z.string(),
          name: z.string().describe("Of the rule, contract, topic, terms or contact."),
          chances: z.int().describe("How often it could have been used."),
          because: z.string(),
        }),
      )
      .describe("What its rules give it and it did not use in the months of the period. Only the supplier sees it."),
  })
  .meta({ id: "scorecard" });

const period = {
  period: z
    .string()
    .regex(periodName, "must be a year, a quarter or a month: 2025, 2025-Q1, 2025-03")
    .optional()
    .describe("A year, a quarter or a month of the calendar, instead of `from` and `to`: 2025, 2025-Q1, 2025-03."),
  from: isoDate.optional().describe("First day, on the account's calendar. Left out with `to`: the last whole month."),
  to: isoDate.optional().describe("Last day."),
  format: z.enum(["json", "csv"]).optional().describe("csv: the same as `Accept: text/csv`."),
};
/** Most days that a scorecard goes over: ten years. */
const mostDays = 3_660;

interface AskedPeriod {
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
function periodFault({ period, from, to }: AskedPeriod): string | null {
  if (period !== undefined) return (from ?? to) ? "must not be there beside period" : null;
  if ((from === undefined) !== (to === undefined)) return "must be there with to, or both be left out";
  if (from === undefined || to === undefined) return null;
  if (from > to) return "must not be after to";
  return Date.parse(to) - Date.parse(from) > mostDays * 86_400_000 ? "must be at most ten years before to" : null;
}
const checkPeriod = (asked: AskedPeriod, context: z.RefinementCtx): void => {
  const message = periodFault(asked);
  if (message !== null) context.addIssue({ code: "custom", path: ["from"], message });
};

export const scorecardQuery = z.strictObject(period).superRefine(checkPeriod);
export const missesQuery = z
  .strictObject({
    figure: z.enum(figureNames as [FigureName, ...FigureName[]]).describe("A figure of the scorecard."),
    ...period,
    after: z.string().max(200).optional().describe('The "next" of the page before; left out: from the earliest.'),
    limit: z.coerce.number().int().min(1).max(500).default(100).describe("Most of one page."),
  })
  .superRefine(checkPeriod);

const missed = z
  .object({
    kind: z.enum(["interchange", "document", "order", "invoice"]),
    id: z.uuid(),
    number: z.string(),
    href: href.nullable().describe("null: the caller may not open it."),
    line: z.string().nullable().describe("Of an order line: its number."),
    began: instant.describe("When it came, left, was due or was refused."),
    due: instant.nullable().describe("Until when it was in time."),
    answered: instant.nullable().describe("When the account had the answer; null: it has none, or none is due."),
    wanted: decimal.nullable().describe("Of an order line: wanted by its day."),
    shipped: decimal.nullable().describe("Of an order line: shipped by its day."),
    amount: decimal.nullable(),
    currency: z.string().nullable(),
  })
  .meta({ id: "missed" });
export const missedList = z
  .object({ items: z.array(missed), next: z.string().nullable().describe("`after` of the next page.") })
  .meta({ id: "missedList" });
