import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BillableLine,
  type InvoicingFacts,
  type PlannedInvoice,
  planInvoices,
} from "../../../src/accounts/invoicing/index.ts";
import { invoicingRule, type SplitKey } from "../../../src/accounts/rules/invoicing.ts";
import { checkDocument, invoiceTotals, isCredit, lineAmount } from "../../../src/documents/index.ts";
import { billing, rules } from "./billing.ts";

const linesOn = ({ ids }: PlannedInvoice, facts: InvoicingFacts): BillableLine[] => {
  const wanted = new Set(ids);
  return facts.lines.filter(({ id }) => wanted.has(id));
};
const distinct = (values: readonly unknown[]) => new Set(values.map((value) => JSON.stringify(value ?? null))).size;
const partyOf = ({ order }: BillableLine, role: string) => order.parties.find((party) => party.role === role)?.id;
const referenceOf = ({ order, position }: BillableLine, qualifier: string) =>
  [...(order.lines[position - 1]?.references ?? []), ...order.references].find((one) => one.qualifier === qualifier)
    ?.value;

/** What a line has at each key, said once more and otherwise than the plan says it. */
const keys: Partial<Record<SplitKey, (line: BillableLine) => unknown>> = {
  order: ({ order }) => order.number,
  release: ({ order }) => order.release,
  shipment: ({ shipment }) => shipment.number,
  "bill-of-lading": ({ shipment }) => shipment.billOfLading,
  "ship-to": ({ shipTo }) => shipTo?.id,
  store: ({ store }) => store?.id,
  department: (line) => referenceOf(line, "DP"),
  project: (line) => referenceOf(line, "JB"),
  contract: (line) => referenceOf(line, "CT"),
  "bill-to": (line) => partyOf(line, "BT"),
  currency: ({ order }) => order.currency,
  terms: ({ order }) => order.terms,
  "drop-ship": ({ order }) => order.orderType.code,
};

describe("every plan of invoices", () => {
  it("bills everything billable on exactly one invoice, and nothing else", () => {
    fc.assert(
      fc.property(rules, billing, (rule, facts) => {
        const { invoices, notBilled } = planInvoices(rule, facts);
        const placed = [...invoices.flatMap(({ ids }) => ids), ...notBilled.map(({ id }) => id)];
        const all = [...facts.lines, ...facts.charges].map(({ id }) => id);
        expect([...placed].sort()).toEqual([...all].sort());

        const billed = new Set(invoices.flatMap(({ ids }) => ids));
        for (const { id, order, position, givenBack } of facts.lines) {
          const line = order.lines[position - 1];
          const unbillable =
            rule.evaluatedReceipts === "always" ||
            order.invoiceType?.code === "INR" ||
            line?.priceCheck?.answer === "hold" ||
            line?.price === undefined;
          expect(billed.has(id)).toBe(givenBack !== undefined || !unbillable);
        }
        const quantity = invoices
          .flatMap(({ invoice }) =>
            invoice.lines.map((line) => new Big(line.quantity).times(isCredit(invoice) ? -1 : 1)),
          )
          .reduce((sum, one) => sum.plus(one), new Big(0));
        const wanted = facts.lines
          .filter(({ id }) => billed.has(id))
          .reduce((sum, line) => sum.plus(line.quantity), new Big(0));
        expect(quantity.toFixed()).toBe(wanted.toFixed());
      }),
      { numRuns: 400 },
    );
  });

  it("splits what an 810 says once in its heading, whatever the rule says", () => {
    fc.assert(
      fc.property(rules, billing, (rule, facts) => {
        for (const planned of planInvoices(rule, facts).invoices) {
          const lines = linesOn(planned, facts);
          if (lines.length === 0) continue;
          const { invoice } = planned;
          expect(distinct(lines.map((line) => partyOf(line, "BT")))).toBe(1);
          expect(distinct(lines.map(({ order }) => order.currency))).toBe(1);
          expect(distinct(lines.map(({ order }) => order.taxes?.map(({ percentage }) => percentage)))).toBe(1);
          if (rule.terms === undefined) expect(distinct(lines.map(({ order }) => order.terms))).toBe(1);
          expect(invoice.currency).toBe(lines[0]?.order.currency);
          if (isCredit(invoice)) {
            expect(new Set(lines.map(({ givenBack }) => givenBack?.invoice))).toEqual(
              new Set([invoice.billingReference]),
            );
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("keeps to the rule's basis, its splits and its limit of lines", () => {
    fc.assert(
      fc.property(rules, billing, (rule, facts) => {
        const wanted = [...(rule.basis === "period" ? [] : [rule.basis]), ...rule.split].flatMap((key) =>
          typeof key === "string" ? (keys[key] ?? []) : [],
        );
        for (const planned of planInvoices(rule, facts).invoices) {
          const lines = linesOn(planned, facts);
          for (const has of wanted) expect(distinct(lines.map(has))).toBeLessThanOrEqual(1);
          expect(planned.invoice.lines.length).toBeLessThanOrEqual(rule.maxLines ?? Number.POSITIVE_INFINITY);
          expect(planned.separate).toMatch(/\.$/);
          expect(planned.together).toMatch(/\.$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("says invoices that add up, and that contradict nothing", () => {
    fc.assert(
      fc.property(rules, billing, (rule, facts) => {
        const { invoices } = planInvoices(rule, facts);
        for (const { invoice, beside } of invoices) {
          const numbered = { ...invoice, number: "T-1", ...(beside !== undefined && { billingReference: "T-0" }) };
          const checked = checkDocument(numbered);
          expect(checked.error?.issues ?? []).toEqual([]);
          const { amount, goods, allowances, charges, taxes } = invoiceTotals(invoice);
          expect(invoice.totals?.amount).toBe(amount);
          const lines = invoice.lines.reduce((sum, line) => sum.plus(lineAmount(line)), new Big(0));
          expect(goods).toBe(lines.toFixed(2));
          expect(new Big(goods).minus(allowances).plus(charges).plus(taxes).toFixed(2)).toBe(amount);
          if (invoice.lines.length > 0) expect(invoice.totals?.lineCount).toBe(invoice.lines.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("bills the same money wherever the rule puts allowances and charges, on lines, in the summary or on their own", () => {
    const ways = ["lines", "summary", "own-invoice"] as const;
    fc.assert(
      fc.property(rules, billing, fc.constantFrom(...ways), fc.constantFrom(...ways), (rule, facts, one, other) => {
        const owed = (way: (typeof ways)[number]) => {
          const how = { ...rule, charges: way, allowances: way, credits: { ...rule.credits, netted: false } };
          const { invoices } = planInvoices({ ...how, freight: way === "own-invoice" ? way : "with-goods" }, facts);
          // Percentages are rounded on each line or once: what differs by that is told apart by the lines' number.
          return invoices.reduce(
            (sum, { invoice }) => sum.plus(new Big(invoiceTotals(invoice).amount).times(isCredit(invoice) ? -1 : 1)),
            new Big(0),
          );
        };
        const difference = owed(one).minus(owed(other)).abs();
        const roundings = facts.lines.length * 8;
        expect(difference.lte(new Big(roundings).times("0.005"))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same plan for the same facts, and no line on it is lost by planning what is left again", () => {
    fc.assert(
      fc.property(rules, billing, (rule, facts) => {
        const plan = planInvoices(rule, facts);
        expect(planInvoices(invoicingRule.parse(JSON.parse(JSON.stringify(rule))), facts)).toEqual(plan);
        const waits = new Set(plan.notBilled.flatMap(({ id, until }) => (until === "waits" ? [id] : [])));
        const rest = planInvoices(rule, {
          ...facts,
          lines: facts.lines.filter(({ id }) => waits.has(id)),
          charges: facts.charges.filter(({ id }) => waits.has(id)),
        });
        // What waits for somebody waits on; what waited for its goods alone is billed with none.
        expect(rest.invoices).toEqual([]);
        expect(new Set(rest.notBilled.map(({ id }) => id))).toEqual(waits);
      }),
      { numRuns: 200 },
    );
  });
});
