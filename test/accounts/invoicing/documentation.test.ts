import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { accountProfile, parseAccountFile } from "../../../src/accounts/index.ts";
import { type BillableCharge, planInvoices } from "../../../src/accounts/invoicing/index.ts";
import { invoicingRule, splitKeys } from "../../../src/accounts/rules/invoicing.ts";
import type { Order } from "../../../src/documents/index.ts";
import { setFromDocument } from "../../../src/mappings/index.ts";
import { writeTransactionSet } from "../../../src/x12/index.ts";
import { anOrder } from "../../ledger/orders.ts";
import { delimiters } from "../../mappings/sets.ts";
import { aLine, facts, freight, shipment } from "./billing.ts";

const page = readFileSync(new URL("../../../docs/rules/invoicing.md", import.meta.url), "utf8");

/** Two orders of two departments, one with a promotion; shipments SH-1 of both and SH-2 of the first, whose freight is charged. */
const first = anOrder({
  ...{ number: "PO-1", currency: "USD", references: [{ qualifier: "DP", value: "014" }] },
  allowancesAndCharges: [
    { indicator: { code: "A" }, reason: { code: "F910" }, settlement: { code: "02" }, amount: "6.00" },
  ],
});
const second = anOrder({ number: "PO-2", currency: "USD", references: [{ qualifier: "DP", value: "015" }] });
const lines = [
  aLine(first, { quantity: "6" }),
  aLine(second, { quantity: "10" }),
  aLine(first, { quantity: "4", shipment: shipment("SH-2") }),
];
const discount = first.allowancesAndCharges?.[0] as NonNullable<Order["allowancesAndCharges"]>[number];
const charges: BillableCharge[] = [
  freight("freight", [first], "9.50", "SH-2"),
  { id: "discount", orders: [first], what: { sac: discount } },
];
const month = { basis: "period", period: { every: "month" } };
/** As the table of the page has them. */
const cases: Record<string, object> = {
  "basis: shipment": {},
  "basis: order": { basis: "order" },
  "basis: period, period: { every: month }": month,
  "basis: period, split: [department]": { ...month, split: ["department"] },
  "basis: period, maxLines: 2": { ...month, maxLines: 2 },
  "basis: order, freight: own-invoice": { basis: "order", freight: "own-invoice" },
  "basis: order, freight: not-billed, allowances: none": { basis: "order", freight: "not-billed", allowances: "none" },
  "basis: order, allowances: own-invoice": { basis: "order", allowances: "own-invoice" },
  "basis: order, allowances: lines": { basis: "order", allowances: "lines" },
};

function rowsOf(rule: object): string[] {
  const whole = invoicingRule.parse({ from: "shipments", numbering: { prefix: "L-", digits: 1 }, ...rule });
  const { invoices } = planInvoices(whole, facts(lines, charges));
  return invoices.map(({ invoice, beside }, index) => {
    const number = `L-${index + 1}`;
    const numbered = { ...invoice, number, ...(beside !== undefined && { billingReference: `L-${beside + 1}` }) };
    const segments = setFromDocument(numbered, "004010")?.segments ?? [];
    const written = writeTransactionSet({ type: "810", control: "0001", segments }, delimiters).split("~\n");
    return written
      .filter((segment) => /^(BIG|REF\*(PO|OI|DP)|IT1|SAC|TDS)/.test(segment))
      .map((segment) => `\`${segment.replace(/\*EA\*5\.00\*.*$/, "*EA*5.00")}\``)
      .join(" ");
  });
}

describe("docs/rules/invoicing.md", () => {
  it.each(Object.keys(cases))("shows the 810s of %s", (rule) => {
    const rows = rowsOf(cases[rule] as object);
    expect(page.split("\n")).toContain(`| \`${rule}\` | ${rows.join("<br>")} |`);
  });

  it("shows rules that can be applied", () => {
    const blocks = [...page.matchAll(/```yaml\n(invoicing:[\s\S]*?)```/g)].map(([, text]) => parse(text ?? ""));
    expect(blocks.length).toBeGreaterThan(1);
    for (const { invoicing } of blocks) expect(invoicingRule.safeParse(invoicing).error?.issues).toBeUndefined();
  });

  it("names everything that a rule can split by", () => {
    for (const key of splitKeys) expect(page).toContain(`| \`${key}\` |`);
  });

  it("has a sample that uses it", () => {
    const file = readFileSync(new URL("../../../samples/accounts/lakeshore-clinics.yaml", import.meta.url), "utf8");
    const { invoicing } = accountProfile.parse(parseAccountFile(file, "lakeshore-clinics.yaml"));
    expect(invoicing).toMatchObject({ from: "shipments", basis: "period", period: { every: "week" } });
  });
});
