import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pricingRule } from "../../src/accounts/rules/pricing.ts";
import { explainPrice } from "../../src/pipeline/prices.ts";
import { removePrices, savePrices } from "../../src/store/prices.ts";
import { priceLadders } from "../../src/store/tables.ts";
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

  test("is by the ladder that was in force on a day that is past; what was recorded only later counts as it stands", async () => {
    const { session } = books.database;
    const ladder = (price: string) => ({
      ...{ contract: "C-1", item: "past", qualifier: "", unit: "EA", priceBasis: "" },
      ...{ validFrom: "2025-01-01", validTo: null, steps: [{ by: "quantity" as const, from: "0", price }] },
    });
    const rule = pricingRule.parse({ contracts: [{ number: "C-1", validFrom: "2025-01-01", currency: "USD" }] });
    const priceAt = async (day: string) => {
      const productIds = [{ qualifier: "", id: "past" }];
      const asked = { productIds, quantity: "1", date: "2025-06-01", at: new Date(`${day}T12:00:00Z`) };
      const found = await explainPrice(session, rule, { accountId: "harbor-retail", usage: "production" }, asked);
      return found.agreed?.price;
    };
    await savePrices(session, "harbor-retail", [ladder("7.00")]);
    await session
      .update(priceLadders)
      .set({ updatedAt: new Date("2025-03-01T00:00:00Z") })
      .where(eq(priceLadders.item, "past"));
    await savePrices(session, "harbor-retail", [ladder("7.00")]);
    await savePrices(session, "harbor-retail", [ladder("6.50")]);
    const after = "2200-01-01";
    expect([await priceAt("2025-02-01"), await priceAt("2025-03-02"), await priceAt(after)]).toEqual([
      ...["6.50", "7.00", "6.50"],
    ]);
    await removePrices(session, "harbor-retail");
    expect([await priceAt("2025-03-02"), await priceAt(after)]).toEqual(["7.00", undefined]);
  });
});
