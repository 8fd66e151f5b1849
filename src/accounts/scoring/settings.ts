import { Big } from "big.js";
import { z } from "zod";
import { decimal } from "../../documents/basic-components.ts";

/** What a score is made of, in the order in which it is shown. */
export const scoreComponents = [
  "volume",
  "profitableShare",
  "centralBuying",
  "regions",
  "serviceLevel",
  "priceSensitivity",
  "relationship",
  "steadiness",
] as const;
export type ScoreComponent = (typeof scoreComponents)[number];

const notNegative = decimal.regex(/^\d{1,12}(\.\d{1,6})?$/, "must be a number that is not below zero");
const aboveZero = notNegative.refine((text) => !/^[0.]*$/.test(text), "must be above zero");
const points = notNegative.refine((text) => Number(text) <= 100, "must be from 0 to 100");
const currency = z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency, for example USD");
const weight = (fallback: string, what: string) => notNegative.default(fallback).describe(what);
const full = (fallback: string, what: string) => aboveZero.default(fallback).describe(`Scores 100: ${what}`);

const weights = z
  .strictObject({
    volume: weight("35", "Sales against those of the customers who bring most of all sales."),
    profitableShare: weight("20", "How much of the sales is of profitable products."),
    centralBuying: weight("10", "Locations that buy under one agreement."),
    regions: weight("5", "Regions that are served."),
    serviceLevel: weight("5", "The service level that is used."),
    priceSensitivity: weight("5", "Payments cut short, and prices that are not as agreed."),
    relationship: weight("10", "How long the customer has been one."),
    steadiness: weight("10", "How evenly the sales lie over the months."),
  })
  .refine((all) => Object.values(all).some((one) => !/^[0.]*$/.test(one)), "must have at least one weight above zero");

/** How customers are scored, and which of them are proposed. Everything that the formula needs stands here. */
export const scoringSettings = z
  .strictObject({
    currency: currency.default("USD").describe("Amounts are compared in it; what names no currency is in it."),
    exchangeRates: z
      .record(currency, aboveZero)
      .default({})
      .describe("What one unit of another currency is worth in it. Amounts without a rate are left out, and told."),
    months: z.int().min(1).max(120).default(12).describe("Length of the period, where nobody names one."),
    weights: weights.prefault({}).describe("How much each component counts. They need not add up to 100."),
    full: z
      .strictObject({
        profitableShare: full("60", "percent of the sales in profitable products."),
        margin: full("30", "percent of margin, where nobody says the share of profitable products."),
        locations: full("50", "locations under one agreement that buy centrally."),
        regions: full("5", "regions."),
        ordersRaised: full("25", "percent of orders that priority rules raised, where no service level is named."),
        priceSensitivity: full("10", "percent of the sales disputed plus percent of prices rejected."),
        relationshipMonths: full("60", "months since the first day."),
      })
      .prefault({})
      .describe("The figure at which each component has 100; below it a component is in proportion."),
    serviceLevels: z
      .record(z.string().regex(/^[a-z0-9-]{1,40}$/, "must be lower-case letters, digits and hyphens"), points)
      .default({ standard: "0", expedited: "50", critical: "100" })
      .describe("Points of each service level that customers are said to use."),
    priceSensitivity: z
      .enum(["for", "against"])
      .default("for")
      .describe("Whether a customer who presses on price scores higher (there is something to win), or lower."),
    unknown: z
      .enum(["zero", "leave-out"])
      .default("zero")
      .describe("A component that nobody knows anything about counts 0, or is left out of the mean."),
    paretoShare: aboveZero
      .refine((text) => Number(text) <= 100, "must be at most 100 percent")
      .default("80")
      .describe("Percent of all sales; the fewest customers who bring them are the large ones."),
    promote: z
      .strictObject({
        score: points.default("60").describe("At least this score."),
        rank: z.int().min(1).default(250).describe("At most this rank."),
      })
      .prefault({})
      .describe("A customer with both who is no account is proposed as one."),
    demote: z
      .strictObject({
        score: points.default("25").describe("Below this score."),
        rank: z.int().min(1).default(1000).describe("Beyond this rank."),
      })
      .prefault({})
      .describe("An account with either is named, with the reason."),
  })
  .superRefine(({ currency: own, exchangeRates }, context) => {
    if (own in exchangeRates) {
      context.addIssue({ code: "custom", path: ["exchangeRates", own], message: "is the currency itself" });
    }
  })
  .meta({ title: "Scoring", description: "How customers are scored, and which of them are proposed." });
export type ScoringSettings = z.output<typeof scoringSettings>;
export type ScoringSettingsInput = z.input<typeof scoringSettings>;

/** What holds until the company sets something else. */
export const defaultScoringSettings: ScoringSettings = scoringSettings.parse({});

/** What an amount in each currency is multiplied by, the empty name standing for none. */
export function ratesOf({ currency: own, exchangeRates }: ScoringSettings): Record<string, string> {
  return { ...exchangeRates, [own]: "1", "": "1" };
}

/** The weights as shares of one hundred, for people to compare. */
export function weightShares({ weights: all }: ScoringSettings): Record<ScoreComponent, string> {
  const sum = Object.values(all).reduce((total, one) => total.plus(one), new Big(0));
  return Object.fromEntries(
    scoreComponents.map((name) => [name, new Big(all[name]).times(100).div(sum).round(2).toFixed(2)]),
  ) as Record<ScoreComponent, string>;
}
