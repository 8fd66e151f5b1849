import { z } from "zod";
import { paymentTerms } from "../../documents/aggregate-components.ts";
import { periodRule } from "./period.ts";

/** What invoices can be told apart by, beside their basis. What an 810 says once in its heading always tells them apart. */
export const splitKeys = [
  "order",
  "release",
  "shipment",
  "bill-of-lading",
  "ship-to",
  "store",
  "mark-for",
  "department",
  "bill-to",
  "contract",
  "currency",
  "tax",
  "terms",
  "commodity",
  "hazard",
  "drop-ship",
  "project",
] as const;
export type SplitKey = (typeof splitKeys)[number];

const selectorKey = z
  .strictObject({
    selector: z
      .string()
      .min(1)
      .max(200)
      .describe(
        'A place in the account\'s 850: REF02:REF01["MR"]; of each line with FOREACH(PO1)=>. Its first value counts.',
      ),
    called: z.string().min(1).max(60).describe("What it is, as people say it: cost center."),
  })
  .describe("Whatever else the order says.");
export type SelectorKey = z.infer<typeof selectorKey>;

const places = ["lines", "summary", "own-invoice", "none"] as const;

const numbering = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[A-Z0-9-]{0,12}$/, "must be at most 12 capital letters, digits and hyphens")
      .describe("What each number begins with. No two accounts can use the same numbers, so give each its own."),
    digits: z.int().min(1).max(18).default(6).describe("How many digits follow; zeros are put in front."),
    first: z.int().min(1).default(1).describe("The first number. Only heeded before one was taken."),
  })
  .refine(({ prefix, digits }) => prefix.length + digits <= 22, {
    path: ["digits"],
    error: "must leave the whole number at most 22 characters (BIG02)",
  });

const terms = paymentTerms
  .refine((one) => Object.values(one).some((said) => said !== undefined), "must say at least one thing")
  .describe("The terms of every invoice, in place of the order's (ITD).");

/**
 * How an account wants its invoices: what comes on one together, what on another, and when. The plan heeds it (`planInvoices`);
 * the step `bill` makes invoices by the plan, and the check of one that is handed in holds it against the rule.
 */
export const invoicingRule = z
  .strictObject({
    from: z
      .literal("shipments")
      .optional()
      .describe(
        "shipments: the gateway makes the invoices, out of accepted ship notices and the agreed or ordered prices. Left out: your systems hand invoices in, and one that does not keep to these rules is held.",
      ),
    basis: z
      .enum(["shipment", "order", "ship-to", "period"])
      .default("shipment")
      .describe("What an invoice is for: a shipment, an order, a place, or everything of a period."),
    split: z
      .array(z.union([z.enum(splitKeys), selectorKey]))
      .max(20, "must be at most 20")
      .default([])
      .describe("What must not come together on one invoice either: by department, by store, by contract."),
    period: periodRule
      .optional()
      .describe(
        "When invoices are made: at the cut-off of each day, week or month. Left out: as soon as a ship notice is accepted.",
      ),
    maxLines: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Most lines of one invoice (IT1); what has more becomes several."),
    freight: z
      .enum(["with-goods", "own-invoice", "not-billed"])
      .default("with-goods")
      .describe(
        "Freight (SAC02 D240, D270, G830): in the summary of the invoice of its goods, on an invoice of its own, or not at all.",
      ),
    freightFrom: z
      .enum(["both", "order", "ship-notices"])
      .default("both")
      .describe(
        "Whose freight is billed, where orders and ship notices both say one: that of the order, that of the ship notices, or both.",
      ),
    charges: z
      .enum(places)
      .default("summary")
      .describe("Other charges (SAC01 C): on the lines, in the summary, on an invoice of their own, or not at all."),
    allowances: z
      .enum(places)
      .default("summary")
      .describe(
        "Allowances (SAC01 A): on the lines, in the summary, by a memo of their own that names the invoice, or not at all.",
      ),
    numbering: numbering
      .optional()
      .describe("How the gateway numbers the invoices that it makes: without gaps, for business and for tests apart."),
    evaluatedReceipts: z
      .enum(["by-order", "always"])
      .default("by-order")
      .describe(
        "Where the account pays by what it receives, and wants no invoice: orders that say so (BEG08 INR), or always.",
      ),
    credits: z
      .strictObject({
        as: z
          .enum(["CR", "CN"])
          .default("CR")
          .describe("BIG07 of what is given back: CR credit memo, CN credit invoice. Its amounts are above zero."),
        netted: z
          .boolean()
          .default(false)
          .describe(
            "Whether what is given back is taken off the next invoice, as lines below zero, where it covers it.",
          ),
      })
      .prefault({})
      .describe("How goods that were billed and did not leave are given back."),
    terms: terms.optional(),
  })
  .superRefine((rule, context) => {
    if (rule.basis === "period" && rule.period === undefined) {
      context.addIssue({
        code: "custom",
        path: ["period"],
        message: "must say how long a period is: every: day, week or month",
      });
    }
    if (rule.from === "shipments" && rule.numbering === undefined) {
      context.addIssue({
        code: "custom",
        path: ["numbering"],
        message: "must say how the invoices are numbered that the gateway makes: numbering: { prefix: HRG- }",
      });
    }
    const seen = new Set<string>();
    for (const [index, key] of rule.split.entries()) {
      const name = typeof key === "string" ? key : key.selector;
      if (seen.has(name)) {
        context.addIssue({ code: "custom", path: ["split", index], message: `${name} is there already` });
      }
      seen.add(name);
    }
  });
/** How an account wants its invoices. */
export type InvoicingRule = z.output<typeof invoicingRule>;

/** The selectors by which a rule splits, each once. */
export function splitSelectors(split: InvoicingRule["split"]): readonly string[] {
  return split.flatMap((key) => (typeof key === "string" ? [] : [key.selector]));
}
