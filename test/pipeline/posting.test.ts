import { Big } from "big.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Order } from "../../src/documents/index.ts";
import { figuresOfLine } from "../../src/pipeline/standing.ts";
import { openBooks, orderWithLines } from "../../src/store/ledger.ts";
import { findOrders, readOrderVersions } from "../../src/store/orders.ts";
import { findInvoiceByNumber, readDifferences, readInvoiceEntries } from "../../src/store/receivables.ts";
import { combinations } from "../support/test-gateway.ts";
import {
  type BooksUnderTest,
  changeOf,
  invoiceOf,
  kettle,
  openBooksUnderTest,
  orderOf,
  remittanceOf,
  shipmentOf,
} from "./books-under-test.ts";

const today = "2025-03-26";

describe.each(combinations())("the books on $name", (combination) => {
  let books: BooksUnderTest;
  beforeAll(async () => {
    books = await openBooksUnderTest(combination);
  });
  afterAll(() => books?.close());

  const figures = async (number: string) => {
    const book = await orderWithLines(books.database.session, "harbor-retail", "production", number);
    return (book?.lines ?? []).map((line) => figuresOfLine(line, today));
  };
  const stateOf = async (number: string) =>
    (await findOrders(books.database.session, { accountId: "harbor-retail", usage: "production", number }))[0]?.state;
  const openOf = async (number: string) =>
    new Big((await findInvoiceByNumber(books.database.session, "production", number))?.openAmount ?? 0).toFixed(2);
  const troubles = async (document: { id: string }) =>
    (await books.workItems()).filter(({ documentId }) => documentId === document.id);

  test("an order goes from ordered to paid, and each figure is the sum of what moved it", async () => {
    await books.accept(orderOf("L-1"));
    expect((await figures("L-1")).map(({ ordered }) => ordered)).toEqual([
      { quantity: "100", amount: "1000.00" },
      { quantity: "40", amount: "1020.00" },
    ]);
    expect(await stateOf("L-1")).toBe("open");

    await books.accept(
      shipmentOf("S-1", "L-1", [
        { line: "1", quantity: "60" },
        { line: "2", quantity: "40" },
      ]),
    );
    expect(await figures("L-1")).toMatchObject([
      { shipped: { quantity: "60" }, open: "40", under: "40" },
      { shipped: { quantity: "40" }, open: "0" },
    ]);
    expect(await stateOf("L-1")).toBe("partly-shipped");

    await books.accept(shipmentOf("S-2", "L-1", [{ line: "1", quantity: "40" }]));
    await books.accept(
      invoiceOf("I-1", "L-1", [
        { line: "1", quantity: "100" },
        { line: "2", quantity: "40" },
      ]),
    );
    expect(await stateOf("L-1")).toBe("invoiced");
    expect(await openOf("I-1")).toBe("2020.00");

    await books.accept(
      remittanceOf("P-1", "1979.60", [{ invoice: "I-1", paid: "1979.60", invoiced: "2020.00", discount: "40.40" }]),
    );
    expect(await openOf("I-1")).toBe("0.00");
    expect(await stateOf("L-1")).toBe("paid");
    const paid = (await figures("L-1")).map((one) => one.paid);
    expect(paid.map(({ quantity }) => quantity)).toEqual(["100", "40"]);
    expect(paid.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).toFixed(2)).toBe("1979.60");
  });

  test("a short payment leaves what is missing open, with the payer's reason", async () => {
    await books.accept(orderOf("L-2"));
    await books.accept(shipmentOf("S-3", "L-2", [{ line: "1", quantity: "100" }]));
    await books.accept(invoiceOf("I-2", "L-2", [{ line: "1", quantity: "100" }]));
    const payment = await books.accept(
      remittanceOf("P-2", "950.00", [
        { invoice: "I-2", paid: "950.00", invoiced: "1000.00", deduction: ["-50.00", "06"] },
      ]),
    );
    expect(await openOf("I-2")).toBe("50.00");
    const invoice = await findInvoiceByNumber(books.database.session, "production", "I-2");
    const differences = await readDifferences(books.database.session, invoice?.id as string);
    expect(differences).toMatchObject([{ code: "deduction", reason: "06", documentNumber: "P-2" }]);
    expect(new Big(differences[0]?.amount as string).toFixed(2)).toBe("-50.00");
    expect(await troubles(payment)).toMatchObject([{ kind: "remittance-difference" }]);
    const entries = await readInvoiceEntries(books.database.session, invoice?.id as string);
    expect(entries.map(({ kind }) => kind)).toEqual(["billed", "paid"]);
  });

  test("a payment of an invoice that we never sent calls a person, and pays nothing", async () => {
    const payment = await books.accept(remittanceOf("P-3", "10.00", [{ invoice: "NOBODYS", paid: "10.00" }]));
    expect(await troubles(payment)).toMatchObject([
      { kind: "remittance-unmatched", message: expect.stringContaining("NOBODYS") },
    ]);
  });

  test("what an account writes without the zeros of our number is found all the same", async () => {
    await books.accept(orderOf("L-3"));
    await books.accept(invoiceOf("000777", "L-3", [{ line: "2", quantity: "1" }]));
    await books.accept(remittanceOf("P-4", "25.50", [{ invoice: "777", paid: "25.50" }]));
    expect(await openOf("000777")).toBe("0.00");
  });

  test("an invoice number is used once, whatever is billed with it", async () => {
    await books.accept(orderOf("L-4"));
    await books.accept(invoiceOf("I-4", "L-4", [{ line: "1", quantity: "1" }]));
    const memo = { ...invoiceOf("I-4", "L-4", [{ line: "1", quantity: "1" }]), account: "harbor-retail" };
    await expect(books.accept({ ...memo, date: "2025-03-26" })).rejects.toThrow("I-4");
    expect(await openOf("I-4")).toBe("10.00");
  });

  test("a credit memo is a claim the other way round and names its invoice", async () => {
    await books.accept(orderOf("L-5"));
    await books.accept(invoiceOf("I-5", "L-5", [{ line: "1", quantity: "10" }]));
    await books.accept(
      invoiceOf("C-5", "L-5", [{ line: "1", quantity: "2" }], { kind: { code: "CR" }, billingReference: "I-5" }),
    );
    const [memo, invoice] = await Promise.all(
      ["C-5", "I-5"].map((number) => findInvoiceByNumber(books.database.session, "production", number)),
    );
    expect(memo).toMatchObject({ kind: "credit-memo", correctsId: invoice?.id });
    expect(await openOf("C-5")).toBe("-20.00");
    expect((await figures("L-5"))[0]?.invoiced).toEqual({ quantity: "8", amount: "80.00" });
    await books.accept(
      remittanceOf("P-5", "80.00", [
        { invoice: "I-5", paid: "100.00" },
        { invoice: "C-5", paid: "-20.00" },
      ]),
    );
    expect([await openOf("I-5"), await openOf("C-5")]).toEqual(["0.00", "0.00"]);
  });

  test("a corrected ship notice counts in the place of the first, and a cancelled one not at all", async () => {
    await books.accept(orderOf("L-6"));
    await books.accept(shipmentOf("S-6", "L-6", [{ line: "1", quantity: "70" }]));
    await books.accept(shipmentOf("S-6", "L-6", [{ line: "1", quantity: "65" }], { purpose: { code: "05" } }));
    expect((await figures("L-6"))[0]?.shipped.quantity).toBe("65");
    await books.accept(
      shipmentOf("S-6", "L-6", [{ line: "1", quantity: "65" }], { purpose: { code: "01" }, time: "1000" }),
    );
    expect((await figures("L-6"))[0]).toMatchObject({ shipped: { quantity: "0" }, open: "100" });
    expect(await stateOf("L-6")).toBe("open");
  });

  test("a container that another shipment has used calls a person", async () => {
    await books.accept(orderOf("L-7"));
    const sscc = "106128004000000019";
    await books.accept(shipmentOf("S-7", "L-7", [{ line: "1", quantity: "1", sscc }]));
    const again = await books.accept(shipmentOf("S-8", "L-7", [{ line: "1", quantity: "1", sscc }]));
    expect(await troubles(again)).toMatchObject([{ kind: "container-used", message: expect.stringContaining(sscc) }]);
  });

  test("what speaks of no order and no line of ours is not lost: a person is called", async () => {
    await books.accept(orderOf("L-8"));
    const strange = await books.accept(shipmentOf("S-9", "NOBODYS", [{ line: "1", quantity: "5" }]));
    expect(await troubles(strange)).toMatchObject([
      { kind: "not-posted", message: expect.stringContaining("order NOBODYS is not in the ledger") },
    ]);
  });

  test("one number for two places is two orders, and a shipment is posted on the one of its place", async () => {
    const elsewhere = [{ role: "ST", idQualifier: "92", id: "0440" }];
    await books.accept(orderOf("L-9"));
    await books.accept(orderOf("L-9", { parties: elsewhere }));
    await books.accept(shipmentOf("S-10", "L-9", [{ line: "1", quantity: "9" }], { parties: elsewhere }));
    const rows = await findOrders(books.database.session, {
      accountId: "harbor-retail",
      usage: "production",
      number: "L-9",
    });
    const shipped = (await openBooks(books.database.session, rows)).map(({ order, lines }) => [
      order.shipTo,
      lines.map((line) => figuresOfLine(line, today).shipped.quantity),
    ]);
    expect(shipped).toEqual([
      ["0318", ["0", "0"]],
      ["0440", ["9", "0"]],
    ]);
  });

  test("test orders have books of their own", async () => {
    await books.accept(orderOf("L-1", { usage: "test" }));
    await books.accept({ ...shipmentOf("S-11", "L-1", [{ line: "1", quantity: "3" }]), usage: "test" });
    expect((await figures("L-1"))[0]?.shipped.quantity).toBe("100");
  });

  test("twenty shipments at once on one order are all in its figures", async () => {
    await books.accept(orderOf("L-10"));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        books.accept(shipmentOf(`S-10-${index}`, "L-10", [{ line: "1", quantity: "5" }])),
      ),
    );
    expect((await figures("L-10"))[0]).toMatchObject({ shipped: { quantity: "100" }, open: "0", over: "0" });
  });

  test("an order with quantities by store is counted store by store", async () => {
    const line = {
      line: "1",
      quantity: "30",
      unit: "EA",
      price: "10.00",
      productIds: [{ qualifier: "UP", id: "612800401156" }],
      descriptions: [],
      quantitiesByLocation: [
        { idQualifier: "92", location: "0102", quantity: "10", unit: "EA" },
        { idQualifier: "92", location: "0117", quantity: "20", unit: "EA" },
      ],
    };
    await books.accept(orderOf("L-11", { lines: [line] }));
    await books.accept(shipmentOf("S-12", "L-11", [{ line: "1", quantity: "15" }]));
    const book = await orderWithLines(books.database.session, "harbor-retail", "production", "L-11");
    expect(book?.lines.map(({ line: { location } }) => location?.id)).toEqual(["0102", "0117"]);
    expect((await figures("L-11")).map(({ shipped }) => shipped.quantity)).toEqual(["10", "5"]);
  });

  test("a change makes a new version, and what it took out or put in is in the figures", async () => {
    await books.accept(orderOf("L-12"));
    await books.accept(
      changeOf("L-12", [
        { line: "1", code: "QD", quantity: "80" },
        { line: "2", code: "DI" },
      ]),
    );
    expect(await figures("L-12")).toMatchObject([
      { ordered: { quantity: "100" }, changed: { quantity: "-20", amount: "-200.00" }, open: "80" },
      { cancelled: { quantity: "40", amount: "1020.00" }, open: "0" },
    ]);
    const [order] = await findOrders(books.database.session, {
      accountId: "harbor-retail",
      usage: "production",
      number: "L-12",
    });
    const versions = await readOrderVersions(books.database.session, order?.id as string);
    expect(versions.map(({ version }) => version)).toEqual([1, 2]);
    expect(versions.map(({ body }) => (body as Order).lines[0]?.quantity)).toEqual(["100", "80"]);
  });

  test("what was shipped before a change stays ordered, and a person is told", async () => {
    await books.accept(orderOf("L-13"));
    await books.accept(shipmentOf("S-13", "L-13", [{ line: "1", quantity: "70" }]));
    const change = await books.accept(changeOf("L-13", [{ line: "1", code: "QD", quantity: "50" }]));
    expect((await figures("L-13"))[0]).toMatchObject({ required: "70", open: "0", over: "0" });
    expect(await troubles(change)).toMatchObject([
      { kind: "order-change", message: expect.stringContaining("70 were shipped before") },
    ]);
  });

  test("a change of an order that nobody knows changes nothing and calls a person", async () => {
    const change = await books.accept(changeOf("NOBODYS", [{ line: "1", code: "QD", quantity: "1" }]));
    expect(await troubles(change)).toMatchObject([{ kind: "change-of-unknown-order" }]);
  });

  test("two changes at once on one order are two versions, one after the other", async () => {
    await books.accept(orderOf("L-14"));
    await Promise.all([
      books.accept(changeOf("L-14", [{ line: "1", code: "QD", quantity: "90" }])),
      books.accept(changeOf("L-14", [{ line: "2", code: "QI", quantity: "60" }])),
    ]);
    const [order] = await findOrders(books.database.session, {
      accountId: "harbor-retail",
      usage: "production",
      number: "L-14",
    });
    expect(order?.version).toBe(3);
    expect((await figures("L-14")).map(({ required }) => required)).toEqual(["90", "60"]);
  });

  test("an order that takes back or replaces an earlier one is a change of it", async () => {
    await books.accept(orderOf("L-15"));
    const [first] = (orderOf("L-15") as Order).lines;
    await books.accept(
      orderOf("L-15", { purpose: { code: "05" }, lines: [{ ...(first as Order["lines"][0]), quantity: "120" }] }),
    );
    expect((await figures("L-15")).map(({ required }) => required)).toEqual(["120", "0"]);
    await books.accept(orderOf("L-15", { purpose: { code: "01" } }));
    expect((await figures("L-15")).map(({ required }) => required)).toEqual(["0", "0"]);
    expect(await stateOf("L-15")).toBe("cancelled");
  });

  test("our answer says what is promised, and the next one takes its place", async () => {
    await books.accept(orderOf("L-16"));
    const answer = (quantity: string, date: string) => ({
      documentType: "order-response",
      account: "harbor-retail",
      usage: "production",
      purpose: { code: "00" },
      acknowledgmentType: { code: "AC" },
      date,
      order: { number: "L-16", date: "2025-03-10" },
      lines: [
        {
          line: "1",
          quantity: "100",
          unit: "EA",
          productIds: [kettle],
          acknowledgments: [
            { status: "IA", quantity, unit: "EA" },
            { status: "IB", quantity: String(100 - Number(quantity)), unit: "EA" },
          ],
        },
      ],
    });
    await books.accept(answer("60", "2025-03-11"));
    expect((await figures("L-16"))[0]).toMatchObject({ acknowledged: { quantity: "100" }, backOrdered: "40" });
    await books.accept(answer("90", "2025-03-12"));
    expect((await figures("L-16"))[0]).toMatchObject({ acknowledged: { quantity: "100" }, backOrdered: "10" });
  });
});
