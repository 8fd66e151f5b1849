import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pricingRule } from "../../src/accounts/rules/pricing.ts";
import { explainPrice } from "../../src/pipeline/prices.ts";
import { savePrices } from "../../src/store/prices.ts";
import { combinations } from "../support/test-gateway.ts";
import {
  type BooksUnderTest,
  invoiceOf,
  kettle,
  lamp,
  openBooksUnderTest,
  orderOf,
  shipmentOf,
} from "./books-under-test.ts";

describe.each(combinations())("the volume that a price depends on, on $name", (combination) => {
  let books: BooksUnderTest;

  /** Ordered 100 kettles and 40 lamps, of which 10 kettles are taken back, 60 shipped and 50 invoiced. */
  beforeAll(async () => {
    books = await openBooksUnderTest(combination);
    await savePrices(
      books.database.session,
      "harbor-retail",
      [kettle, lamp].map(({ id: item }) => ({
        ...{ contract: "C-1", item, qualifier: "UP", unit: "EA", priceBasis: "" },
        ...{ validFrom: "2025-01-01", validTo: null },
        steps: [
          { by: "volume", from: "0", price: "10.00" },
          { by: "volume", from: "95", price: "9.00" },
        ],
      })),
    );
    await books.accept(orderOf("P-1"));
    await books.accept({
      ...{ documentType: "order-change", account: "harbor-retail", usage: "production", number: "P-1" },
      ...{ orderDate: "2025-03-10", date: "2025-03-12", purpose: { code: "04" }, orderType: { code: "SA" } },
      ...{ references: [], dates: [], parties: [] },
      lines: [
        { line: "1", change: { code: "QD" }, quantity: "90", unit: "EA", productIds: [kettle], descriptions: [] },
      ],
    });
    await books.accept(shipmentOf("S-1", "P-1", [{ line: "1", quantity: "60" }]));
    await books.accept(invoiceOf("I-1", "P-1", [{ line: "1", quantity: "50" }]));
  });
  afterAll(() => books?.close());

  const explain = (volume: object, { quantity = "1", date = "2025-04-01", usage = "production" as const } = {}) =>
    explainPrice(
      books.database.session,
      pricingRule.parse({ contracts: [{ number: "C-1", validFrom: "2025-01-01", currency: "USD", volume }] }),
      { accountId: "harbor-retail", usage },
      { productIds: [kettle], unit: "EA", quantity, date },
    );

  test.each<[string, object, string, string]>([
    ["what was ordered, less what was taken back", { counts: "ordered" }, "90", "10.00"],
    ["what was shipped", { counts: "shipped" }, "60", "10.00"],
    ["what was invoiced", {}, "50", "10.00"],
    ["all items of the contract", { counts: "ordered", of: "contract" }, "130", "9.00"],
    ["money", { measure: "amount" }, "500", "9.00"],
    ["the money of all items", { counts: "ordered", of: "contract", measure: "amount" }, "1920", "9.00"],
    ["only what is of the period", { counts: "ordered", period: "month" }, "0", "10.00"],
  ])("is %s", async (_, volume, toDate, price) => {
    const found = await explain(volume);
    expect([found.volume?.toDate, found.agreed?.price]).toEqual([toDate, price]);
  });

  test("counts the line that is priced where the contract says so", async () => {
    const volume = { counts: "ordered", withOrder: true };
    const [short, enough] = [await explain(volume, { quantity: "4" }), await explain(volume, { quantity: "5" })];
    expect([short.agreed?.price, enough.agreed?.price]).toEqual(["10.00", "9.00"]);
    expect([short.next[0]?.missing, enough.volume?.toDate]).toEqual(["1", "90"]);
  });

  test("is another quarter's from its first day on", async () => {
    const volume = { counts: "ordered", period: "quarter" };
    const toDate = async (date: string) => (await explain(volume, { date })).volume?.toDate;
    expect([await toDate("2025-03-31"), await toDate("2025-04-01")]).toEqual(["90", "0"]);
  });
});
