import { z } from "zod";
import { decimal, isoDate } from "../../documents/basic-components.ts";
import { contactRule } from "./contacts.ts";

const notNegative = decimal.regex(/^\d/, "must not be below zero");
const percent = notNegative.refine((text) => Number(text) <= 100, "must be at most 100 percent");

const period = z
  .enum(["month", "quarter", "year", "contract"])
  .describe("month, quarter and year are the calendar's; contract counts from its first day on.");
export type VolumePeriod = z.infer<typeof period>;

const whose = z.enum(["account", "division"]).default("account");
/** Whose purchases or invoices count: the whole account's, or each division's by itself. */
export type Whose = z.infer<typeof whose>;

const volume = z
  .strictObject({
    whose: whose.describe("Whose purchases count: those of the whole account, or of the division that orders."),
    period: period.default("year"),
    counts: z
      .enum(["ordered", "shipped", "invoiced"])
      .default("invoiced")
      .describe(
        "What of the ledger counts as bought. Ordered is less what was cancelled; invoiced is less what was credited.",
      ),
    of: z
      .enum(["item", "contract"])
      .default("item")
      .describe("The item's own volume, or that of all items of the contract."),
    measure: z.enum(["quantity", "amount"]).default("quantity").describe("Pieces in the price's unit, or money."),
    withOrder: z
      .boolean()
      .default(false)
      .describe("Whether the line that is priced counts towards its own step. Of quantities only."),
    retroactive: z
      .boolean()
      .default(false)
      .describe(
        "Whether a step that is reached makes what was invoiced before in the period cheaper, too: a credit memo gives the difference back.",
      ),
  })
  .refine(({ measure, withOrder }) => measure === "quantity" || !withOrder, {
    path: ["withOrder"],
    error: "can't be used with amounts: a line's amount is known only once it has a price",
  })
  .refine(({ counts, retroactive }) => counts === "invoiced" || !retroactive, {
    path: ["retroactive"],
    error: "can only be used where invoiced volume counts: what was not invoiced can't be given back",
  });
export type VolumeRule = z.infer<typeof volume>;

const rebate = z
  .strictObject({
    whose: whose.describe("Whose invoices earn it: those of the whole account, or of each division by itself."),
    period: period.default("year"),
    on: z
      .enum(["all", "above"])
      .default("all")
      .describe(
        "all: the percentage reached is of the whole volume. above: each percentage is of what lies in its own step.",
      ),
    steps: z
      .array(z.strictObject({ from: notNegative.describe("Amount invoiced in the period."), percent }))
      .min(1, "must have at least one step"),
    settle: z
      .enum(["work-item", "credit-memo"])
      .default("work-item")
      .describe(
        "When its period is over. work-item: the account manager is told that it is due. credit-memo: the gateway sends one.",
      ),
    settleAfterDays: z
      .int()
      .min(0)
      .max(366)
      .default(0)
      .describe("So many days after the period, for its last invoices to be posted."),
  })
  .refine(
    ({ steps }) => steps.every(({ from }, index) => index === 0 || Number(from) > Number(steps[index - 1]?.from)),
    {
      path: ["steps"],
      error: "must begin higher from step to step",
    },
  );
export type RebateRule = z.infer<typeof rebate>;

const contract = z
  .strictObject({
    number: z
      .string()
      .min(1)
      .max(30, "BEG06 carries at most 30 characters")
      .regex(/^\S(.*\S)?$/, "must not begin or end with a blank")
      .describe("As the account writes it in BEG06, and as the file of prices names it."),
    name: z.string().min(1).optional().describe("As people say it."),
    validFrom: isoDate.describe("Its first day."),
    validTo: isoDate.optional().describe("Its last day. Left out: until further notice."),
    currency: z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency, for example USD"),
    volume: volume.prefault({}).describe("What the steps by volume are held against."),
    rebate: rebate.optional().describe("What is given back by the amount invoiced in a period."),
  })
  .refine(({ validFrom, validTo }) => validTo === undefined || validFrom <= validTo, {
    path: ["validTo"],
    error: "must not be before validFrom",
  });
/** A contract or price list: when and in which money it holds. Its prices are in the table of prices. */
export type Contract = z.infer<typeof contract>;

/** Codes of ACK01 (X12 element 668) that can answer a price, and hold. */
const answers = ["IA", "IC", "IP", "IE", "IF", "IH", "IR", "R1", "R3", "R4", "hold"] as const;
const answer = (fallback: (typeof answers)[number], when: string) =>
  z.enum(answers).default(fallback).describe(`${when} A code of ACK01, or hold: a person answers the order.`);

export const pricingRule = z
  .strictObject({
    contracts: z
      .array(contract)
      .default([])
      .describe("Contracts and price lists, strongest first: the first that gives a price for the item decides."),
    pricedOn: z
      .enum(["order-date", "receipt"])
      .default("order-date")
      .describe("The day whose prices hold for an order: the one that the buyer dated it (BEG05), or the one it came."),
    tolerance: z
      .strictObject({
        percent: notNegative.optional().describe("Of the agreed price."),
        amount: notNegative.optional().describe("Of a price by the unit."),
      })
      .prefault({})
      .describe("How far an ordered price may be from the agreed one; where both are given, both have to hold."),
    answers: z
      .strictObject({
        within: answer("IA", "The ordered price is the agreed one, within the tolerance."),
        lower: answer("IA", "Our price is lower, and is the one to bill. IP says so in the answer, IA does not."),
        higher: answer("IE", "Our price is higher. IA takes the ordered price, IP puts ours in its place."),
        unpriced: answer("IA", "The order names no price; ours is put in."),
        noContract: answer("R1", "No contract gives a price for the item."),
        expired: answer("IH", "The contract or price has ended."),
        otherUnit: answer("R3", "The item is priced by another unit than it is ordered in."),
      })
      .prefault({})
      .describe("What each outcome of the check is answered with."),
    contact: contactRule
      .extend({ role: contactRule.shape.role.unwrap().default("PF") })
      .optional()
      .describe("Who speaks for prices (PF); named in an answer that does not take every price as it was ordered."),
    memoPrefix: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, "must be letters, digits and hyphens")
      .max(12)
      .default("CM-")
      .describe("What the numbers of credit memos begin with that the gateway makes; six digits or more follow."),
  })
  .superRefine(({ contracts }, context) => {
    const seen = new Set<string>();
    for (const [index, { number }] of contracts.entries()) {
      if (seen.has(number)) {
        context.addIssue({
          code: "custom",
          path: ["contracts", index, "number"],
          message: `${number} is there already`,
        });
      }
      seen.add(number);
    }
  });
/** What an account has agreed on about prices, and what is answered where an order says otherwise. */
export type PricingRule = z.output<typeof pricingRule>;
export type PriceAnswer = (typeof answers)[number];
