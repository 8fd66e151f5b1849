import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rankNow } from "../../src/pipeline/customers.ts";
import { countMonthsAnew, countMonthsOnce } from "../../src/store/account-months.ts";
import { combinations, type Json } from "../support/test-gateway.ts";
import {
  type BooksUnderTest,
  changeOf,
  invoiceOf,
  kettle,
  openBooksUnderTest,
  orderOf,
  remittanceOf,
} from "./books-under-test.ts";

describe.each(combinations())("an account's months, on $name", (combination) => {
  let books: BooksUnderTest;

  beforeAll(async () => {
    books = await openBooksUnderTest(combination);
  });
  afterAll(() => books?.close());

  const rows = async (query: string): Promise<Json[]> =>
    ((await books.database.session.execute(sql.raw(query))) as unknown as { rows: Json[] }).rows;
  const months = () =>
    rows(`select month, currency, invoices, credit_memos, trim_scale(amount)::text as amount,
      trim_scale(credited)::text as credited, disputes, trim_scale(disputed)::text as disputed
      from portico.account_month order by month, currency`);
  const uses = () => rows("select month, use, name, count from portico.account_use order by month, use, name");

  const checked = (outcome: string, from = "0") => ({
    priceCheck: {
      ...{ outcome, answer: "IA", reason: "as agreed" },
      agreed: { price: "10.00", unit: "EA", currency: "USD", contract: "C-1", by: "quantity", from, counted: "100" },
    },
  });
  const orderWith = (number: string, date: string, priority: object, ...checks: object[]) =>
    orderOf(number, {
      date,
      priority: priority as never,
      lines: checks.map((check, index) => ({
        ...{ line: String(index + 1), quantity: "100", unit: "EA", price: "10.00" },
        ...{ productIds: [kettle], descriptions: [] },
        ...check,
      })),
    });
  const rush = { level: "urgent", reason: "It is a rush order.", rule: "rush order" };
  const normal = { level: "normal", reason: "No rule applies.", rule: "default" };

  test("count invoices, memos, disputes and what its rules gave, by the days of the documents", async () => {
    await books.accept(orderWith("M-1", "2025-03-31", rush, checked("within", "100"), checked("higher")));
    await books.accept(orderWith("M-2", "2025-04-01", normal, checked("within")));
    await books.accept(changeOf("M-2", [{ line: "1", code: "QD", quantity: "90" }]));
    await books.accept(invoiceOf("I-1", "M-1", [{ line: "1", quantity: "60" }], { date: "2025-03-31" }));
    await books.accept(invoiceOf("I-2", "M-1", [{ line: "1", quantity: "40" }], { date: "2025-04-01" }));
    await books.accept(
      invoiceOf("CM-1", "M-1", [{ line: "1", quantity: "5" }], {
        ...{ date: "2025-04-20", kind: { code: "CR" }, billingReference: "I-1" },
      }),
    );
    await books.accept(
      invoiceOf("I-3", "M-2", [{ line: "1", quantity: "10" }], { date: "2025-04-02", currency: "CAD" }),
    );
    await books.accept(remittanceOf("R-1", "530.00", [{ invoice: "I-1", paid: "530.00", invoiced: "600.00" }]));
    expect(await months()).toMatchObject([
      { month: "2025-03", currency: "USD", invoices: 1, credit_memos: 0, amount: "600", credited: "0" },
      { month: "2025-04", currency: "CAD", invoices: 1, amount: "100" },
      { month: "2025-04", currency: "USD", invoices: 1, credit_memos: 1, amount: "350", credited: "50", disputes: 1 },
    ]);
    expect(await uses()).toEqual([
      { month: "2025-03", use: "contract", name: "C-1", count: 2 },
      { month: "2025-03", use: "level", name: "urgent", count: 1 },
      { month: "2025-03", use: "order", name: "", count: 1 },
      { month: "2025-03", use: "price", name: "higher", count: 1 },
      { month: "2025-03", use: "price", name: "within", count: 1 },
      { month: "2025-03", use: "rule", name: "rush order", count: 1 },
      { month: "2025-03", use: "step", name: "C-1", count: 1 },
      { month: "2025-04", use: "contract", name: "C-1", count: 1 },
      { month: "2025-04", use: "level", name: "normal", count: 1 },
      { month: "2025-04", use: "order", name: "", count: 1 },
      { month: "2025-04", use: "price", name: "within", count: 1 },
      { month: "2025-04", use: "rule", name: "default", count: 1 },
    ]);
  });

  test("come to the ranking in the company's currency, and what has no rate is told", async () => {
    const { ranking } = await rankNow(books.database.session, { from: "2025-03", to: "2025-04" }, "2025-06-01");
    expect(ranking.customers).toMatchObject([
      {
        customer: "harbor-retail",
        account: "harbor-retail",
        sales: "950",
        leftOut: [{ currency: "CAD", amount: "100" }],
      },
    ]);
    const of = (name: string) => ranking.customers[0]?.components.find(({ component }) => component === name)?.figures;
    expect(of("serviceLevel")).toMatchObject({ orders: "2", ordersRaised: "1", share: "50.00" });
    expect(of("priceSensitivity")).toMatchObject({ pricesChecked: "3", pricesRejected: "1", disputes: "1" });
  });

  test("are what a count from the beginning comes to, whatever was billed, credited and paid", async () => {
    let run = 0;
    const bills = fc.array(
      fc.record({
        day: fc.constantFrom("2025-01-31", "2025-02-01", "2025-02-28", "2025-12-31"),
        quantity: fc.integer({ min: 1, max: 100 }),
        currency: fc.constantFrom("USD", "CAD"),
        credited: fc.integer({ min: 0, max: 3 }),
        paid: fc.integer({ min: 0, max: 1_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(bills, async (all) => {
        for (const { day, quantity, currency, credited, paid } of all) {
          const id = `${++run}`;
          await books.accept(orderWith(`P-${id}`, day, run % 2 ? rush : normal, checked("within"), checked("expired")));
          const line = (count: number) => [{ line: "1", quantity: String(count) }];
          await books.accept(invoiceOf(`PI-${id}`, `P-${id}`, line(quantity), { date: day, currency }));
          if (credited > 0) {
            const memo = { date: "2025-03-01", currency, kind: { code: "CR" }, billingReference: `PI-${id}` };
            await books.accept(invoiceOf(`PC-${id}`, `P-${id}`, line(credited), memo));
          }
          if (paid > 0) {
            const amount = `${paid}.00`;
            await books.accept(remittanceOf(`PR-${id}`, amount, [{ invoice: `PI-${id}`, paid: amount }], { currency }));
          }
        }
        const kept = [await months(), await uses()];
        await books.database.transaction((session) => countMonthsAnew(session));
        expect([await months(), await uses()]).toEqual(kept);
        const [{ total }] = await rows(`select trim_scale(sum(amount))::text as total from portico.invoice_entry
          where kind = 'billed'`);
        expect(await rows("select trim_scale(sum(amount))::text as total from portico.account_month")).toEqual([
          { total },
        ]);
      }),
      { numRuns: 6 },
    );
  });

  test("are counted once for documents that were posted before months were kept", async () => {
    const kept = [await months(), await uses()];
    await books.database.session.execute(sql`delete from portico.account_month`);
    await books.database.session.execute(sql`delete from portico.account_use`);
    await countMonthsOnce(books.database);
    expect([await months(), await uses()]).toEqual(kept);
    await countMonthsOnce(books.database);
    expect([await months(), await uses()]).toEqual(kept);
  });
});
