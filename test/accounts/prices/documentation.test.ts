import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { findAgreement } from "../../../src/accounts/prices/agreement.ts";
import { checkPrice } from "../../../src/accounts/prices/check.ts";
import { decideOrderResponse, orderResponseRule } from "../../../src/accounts/rules/order-response.ts";
import type { OrderLine } from "../../../src/documents/index.ts";
import { setFromDocument } from "../../../src/mappings/index.ts";
import { writeTransactionSet } from "../../../src/x12/index.ts";
import { delimiters } from "../../mappings/sets.ts";
import { order } from "../profiles.ts";
import { harborPricing, ladders, priceCsv, pricing } from "./pricing.ts";

const page = readFileSync(new URL("../../../docs/rules/prices.md", import.meta.url), "utf8");

/** Each outcome of the check by a line of an order, as the table of the page has them. */
const cases: [string, Partial<OrderLine>][] = [
  ["as agreed, or within the tolerance", { quantity: "240", price: "21.75" }],
  ["ours is lower", { quantity: "600", price: "21.75" }],
  ["ours is higher", { quantity: "60", price: "21.75" }],
  ["none ordered", { quantity: "240" }],
  ["no contract has the item", { quantity: "5", price: "1.00", productIds: [{ qualifier: "UP", id: "612800409999" }] }],
  ["its contract has ended", { quantity: "96", price: "18.20", productIds: [{ qualifier: "UP", id: "612800401460" }] }],
  ["priced by another unit", { quantity: "40", unit: "CA", price: "126.00" }],
];

function rowOf(said: string, more: Partial<OrderLine>): string {
  const line: OrderLine = {
    ...{ line: "1", unit: "EA", descriptions: [], priceBasis: { code: "PE" } },
    productIds: [{ qualifier: "UP", id: "612800401156" }],
    ...more,
  };
  if (line.price === undefined) delete line.priceBasis;
  const given = order({ currency: "USD" });
  const agreement = findAgreement(pricing, ladders, { ...line, date: given.date, currency: "USD" });
  const counted = { quantity: line.quantity ?? "0", volume: "0" };
  const priceCheck = checkPrice(pricing, agreement, counted, line);
  const decision = decideOrderResponse(
    orderResponseRule.parse({ send: true }),
    { ...given, lines: [{ ...line, priceCheck }] },
    { today: "2025-03-11" },
  );
  if (!decision.send) throw new Error(decision.reason);
  const segments = setFromDocument(decision.response, "004010")?.segments ?? [];
  const written = writeTransactionSet({ type: "855", control: "0001", segments }, delimiters).split("~\n");
  const segment = (id: string) => written.find((one) => one.startsWith(`${id}*`));
  const po1 = segment("PO1")?.split("*").slice(0, 6).join("*");
  return `| ${said} | \`${priceCheck.outcome}\` | \`${line.quantity} ${line.unit}\` at \`${line.price ?? ""}\` | \`${segment("BAK")?.slice(0, 9)}\` | \`${po1}\` | \`${segment("ACK")}\` |`;
}

describe("docs/rules/prices.md", () => {
  it.each(cases)("tells what is answered where the price is %s", (said, line) => {
    expect(page.split("\n")).toContain(rowOf(said, line));
  });

  it("shows rules that can be applied, and the file that goes with them", () => {
    const yaml = /```yaml\n(pricing:[\s\S]*?)```/.exec(page)?.[1] ?? "";
    expect(parse(yaml)).toEqual({ pricing: harborPricing });
    const shown = /```csv\n([\s\S]*?)```/.exec(page)?.[1] ?? "none";
    expect(priceCsv.startsWith(shown)).toBe(true);
  });
});
