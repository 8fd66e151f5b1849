import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Invoice } from "../../src/documents/index.ts";
import { checkDocument } from "../../src/pipeline/check-document.ts";
import { bill } from "../../src/pipeline/invoicing/bill.ts";
import { reopenBilled, withdrawnTogether } from "../../src/pipeline/invoicing/reopen.ts";
import type { NextJob } from "../../src/pipeline/step.ts";
import { applyProfile } from "../../src/store/account-versions.ts";
import { findOpenPeriods, readAllOpenLines } from "../../src/store/billing.ts";
import { type DocumentRow, findDocument } from "../../src/store/documents.ts";
import { lockDocument, withdrawSubmission } from "../../src/store/submitted-documents.ts";
import { listWorkItems } from "../../src/store/work-items.ts";
import type { Combination } from "../support/combinations.ts";
import { combinations } from "../support/test-gateway.ts";
import { type BooksUnderTest, harborProfile, openBooksUnderTest, orderOf, shipmentOf } from "./books-under-test.ts";

const of = { accountId: "harbor-retail", usage: "production" as const };

/** Books of an account whose invoices the gateway makes by a rule, and what a worker does with them. */
class Billing {
  readonly books: BooksUnderTest;

  constructor(books: BooksUnderTest) {
    this.books = books;
  }

  static async open(combination: Combination, rule: object): Promise<Billing> {
    const billing = new Billing(await openBooksUnderTest(combination));
    await billing.setRule(rule);
    return billing;
  }

  async setRule(rule: object | undefined): Promise<void> {
    const invoicing = rule && { from: "shipments", numbering: { prefix: "H-" }, ...rule };
    await applyProfile(this.books.database.session, harborProfile(invoicing ? { invoicing } : {}));
  }

  /** Bills what is open and due, as the step does it. @returns the invoices, in the order in which they were made */
  async bill(): Promise<DocumentRow[]> {
    const made: DocumentRow[] = [];
    for (const { id } of await findOpenPeriods(this.books.database.session, of))
      made.push(...(await this.billPeriod(id)));
    return made;
  }

  async billPeriod(period: string, run = 0): Promise<DocumentRow[]> {
    const next = await this.books.database.transaction((session) =>
      bill.run({ ...this.books.services, session }, { period, run }, undefined),
    );
    return this.documentsOf(next);
  }

  /** Checks an invoice. @returns those whose checks follow */
  async check(row: DocumentRow): Promise<DocumentRow[]> {
    const next = await this.books.database.transaction((session) =>
      checkDocument.run(
        { ...this.books.services, session },
        { document: row.id, run: row.checks, release: false },
        undefined,
      ),
    );
    return this.documentsOf(next.filter(({ name }) => name === "check"));
  }

  async withdraw(row: DocumentRow): Promise<void> {
    await this.books.database.transaction(async (session) => {
      const locked = (await lockDocument(session, row.id)) as DocumentRow;
      for (const one of await withdrawnTogether(session, locked)) {
        await withdrawSubmission(session, one.id);
        await reopenBilled(session, one);
      }
    });
  }

  async documentsOf(next: readonly NextJob[]): Promise<DocumentRow[]> {
    const rows: DocumentRow[] = [];
    for (const job of next) {
      if ("document" in job.ids) rows.push((await this.now(job.ids.document)) as DocumentRow);
    }
    return rows;
  }

  now = (id: string) => findDocument(this.books.database.session, id);

  async open(): Promise<string[]> {
    const lines = await readAllOpenLines(this.books.database.session, of);
    return lines.map(({ line: { kind, shipment, position, quantity, givesBack } }) =>
      [kind, shipment, position, quantity, ...(givesBack === null ? [] : [`back of ${givesBack}`])].join(" "),
    );
  }
}

/** An invoice in short. */
function inShort({ number, body }: DocumentRow): string {
  const { kind, billingReference, lines, allowancesAndCharges = [], totals, order } = body as Invoice;
  const about = billingReference === undefined ? "" : ` of ${billingReference}`;
  const goods = lines.map(
    (line) => `${line.order?.number ?? order?.number}#${line.line} ${line.quantity}x${line.price}`,
  );
  const beside = allowancesAndCharges.map((one) => `${one.indicator.code} ${one.reason?.code} ${one.amount}`);
  return `${number} ${kind?.code ?? "-"}${about}: ${[...goods, ...beside].join(", ")} = ${totals?.amount}`;
}
const all = (rows: readonly DocumentRow[]) => rows.map(inShort);
const both = [
  { line: "1", quantity: "60" },
  { line: "2", quantity: "40" },
];

describe.each(combinations())("what was shipped, on $name", (combination) => {
  let billing: Billing;
  const accept = (document: object) => billing.books.accept(document);

  beforeAll(async () => {
    billing = await Billing.open(combination, {});
  });
  afterAll(() => billing?.books.close());

  test("is billed once, however often the step runs, and takes no number where it does not end", async () => {
    await accept(orderOf("B-1"));
    await accept(shipmentOf("BS-1", "B-1", both));
    await accept(shipmentOf("BS-2", "B-1", [{ line: "1", quantity: "40" }]));
    expect(await billing.open()).toEqual(["goods BS-1 1 60", "goods BS-1 2 40", "goods BS-2 1 40"]);
    const { database, services } = billing.books;
    const [first, second] = await findOpenPeriods(database.session, of);
    const period = first?.id ?? "";
    const cut = database.transaction(async (session) => {
      await bill.run({ ...services, session }, { period, run: 0 }, undefined);
      throw new Error("the machine dies");
    });
    await expect(cut).rejects.toThrow("the machine dies");
    const made = await billing.billPeriod(period);
    expect(all(made)).toEqual(["H-000001 -: B-1#1 60x10.00, B-1#2 40x25.50 = 1620.00"]);
    expect(await billing.billPeriod(period)).toEqual([]);
    expect(all(await billing.billPeriod(second?.id ?? ""))).toEqual(["H-000002 -: B-1#1 40x10.00 = 400.00"]);
    expect(await billing.open()).toEqual([]);
    for (const row of made) await billing.check(row);
    const [row] = made;
    expect((await billing.now(row?.id ?? ""))?.status).toBe("accepted");
  });

  test("of a corrected notice that is not billed yet is billed as the last notice says it", async () => {
    await accept(orderOf("B-2"));
    await accept(shipmentOf("BS-3", "B-2", both));
    await accept(shipmentOf("BS-3", "B-2", [{ line: "1", quantity: "55" }], { purpose: { code: "05" } }));
    expect(all(await billing.bill())).toEqual(["H-000003 -: B-2#1 55x10.00 = 550.00"]);
  });

  test("and did not leave after it was billed is given back by a memo that names the invoice; what left more is billed", async () => {
    await accept(orderOf("B-3"));
    await accept(shipmentOf("BS-4", "B-3", both));
    const [invoice] = await billing.bill();
    await billing.check(invoice as DocumentRow);
    await accept(
      shipmentOf(
        "BS-4",
        "B-3",
        [
          { line: "1", quantity: "50" },
          { line: "2", quantity: "45" },
        ],
        { purpose: { code: "05" } },
      ),
    );
    expect(await billing.open()).toEqual(["goods BS-4 2 5", "goods BS-4 1 -10 back of H-000004"]);
    const made = await billing.bill();
    expect(all(made)).toEqual([
      "H-000005 -: B-3#2 5x25.50 = 127.50",
      "H-000006 CR of H-000004: B-3#1 10x10.00 = 100.00",
    ]);
    for (const row of made) await billing.check(row);
    const [, memo] = await Promise.all(made.map(({ id }) => billing.now(id)));
    expect([memo?.status, memo?.findings]).toEqual(["accepted", []]);
    // The notice is taken back whole: what was given back before is not given back again.
    await accept(shipmentOf("BS-4", "B-3", [], { purpose: { code: "01" }, orders: [] }));
    expect(all(await billing.bill())).toEqual([
      "H-000007 CR of H-000004: B-3#1 50x10.00, B-3#2 40x25.50 = 1520.00",
      "H-000008 CR of H-000005: B-3#2 5x25.50 = 127.50",
    ]);
  });

  test("on an invoice that is withdrawn is open again once, and comes with the next plan under a new number", async () => {
    await accept(orderOf("B-4"));
    await accept(shipmentOf("BS-5", "B-4", [{ line: "1", quantity: "30" }]));
    const [invoice] = (await billing.bill()) as [DocumentRow];
    expect(inShort(invoice)).toBe("H-000009 -: B-4#1 30x10.00 = 300.00");
    // It turned out to be less before anybody withdrew the invoice.
    await accept(shipmentOf("BS-5", "B-4", [{ line: "1", quantity: "25" }], { purpose: { code: "05" } }));
    expect(await billing.open()).toEqual(["goods BS-5 1 -5 back of H-000009"]);
    await billing.withdraw(invoice);
    await billing.withdraw(invoice);
    expect(await billing.open()).toEqual(["goods BS-5 1 25"]);
    await accept(shipmentOf("BS-6", "B-4", [{ line: "2", quantity: "1" }]));
    expect(all(await billing.bill())).toEqual([
      "H-000010 -: B-4#1 25x10.00 = 250.00",
      "H-000011 -: B-4#2 1x25.50 = 25.50",
    ]);
  });

  test("without a price waits with what is to be done, and is billed once it is asked for again", async () => {
    const blank = orderOf("B-5") as { lines: object[] };
    const unpriced = { ...blank, lines: blank.lines.map((line) => ({ ...line, price: undefined })) };
    await accept(JSON.parse(JSON.stringify(unpriced)));
    await accept(shipmentOf("BS-7", "B-5", [{ line: "1", quantity: "10" }]));
    const [period] = await findOpenPeriods(billing.books.database.session, of);
    expect(await billing.bill()).toEqual([]);
    const waits = async () => (await billing.books.workItems()).filter(({ kind }) => kind === "billing-waits");
    expect((await waits()).map(({ message }) => message)).toEqual([
      "Not billed yet: Line 1 of order B-5 has no price: the order names none, and no contract gives one. Have the account name its price (860), with the price agreed on before; then bill what is open.",
    ]);
    await accept({
      ...{ documentType: "order-change", account: "harbor-retail", usage: "production", number: "B-5" },
      ...{ orderDate: "2025-03-10", date: "2025-03-12", purpose: { code: "04" }, orderType: { code: "SA" } },
      ...{ references: [], dates: [], parties: [] },
      lines: [
        {
          ...{ line: "1", change: { code: "PC" }, quantity: "100", unit: "EA", price: "9.50" },
          ...{ productIds: [{ qualifier: "UP", id: "612800401156" }], descriptions: [] },
        },
      ],
    });
    expect(all(await billing.billPeriod(period?.id ?? "", 1))).toEqual(["H-000012 -: B-5#1 10x9.50 = 95.00"]);
    expect(await waits()).toEqual([]);
  });

  test("of an order that is paid by receipt gets no invoice, and says why", async () => {
    await accept(orderOf("B-6", { invoiceType: { code: "INR" } }));
    await accept(shipmentOf("BS-8", "B-6", both));
    expect(await billing.bill()).toEqual([]);
    expect(await billing.open()).toEqual([]);
  });

  test("has its freight and the allowances of its order on invoices of their own, checked once the first is accepted", async () => {
    await billing.setRule({ freight: "own-invoice", allowances: "own-invoice", charges: "summary" });
    await accept(
      orderOf("B-7", {
        freightTerms: [{ payment: { code: "PC" } }],
        allowancesAndCharges: [
          { indicator: { code: "A" }, reason: { code: "F910" }, settlement: { code: "02" }, amount: "12.00" },
          { indicator: { code: "C" }, reason: { code: "D500" }, amount: "4.00" },
        ],
      }),
    );
    const freight = { indicator: { code: "C" }, reason: { code: "D240" }, amount: "35.00" };
    await accept(shipmentOf("BS-9", "B-7", [{ line: "1", quantity: "60" }], { allowancesAndCharges: [freight] }));
    const made = await billing.bill();
    expect(all(made)).toEqual(["H-000013 -: B-7#1 60x10.00, C D500 4.00 = 604.00"]);
    const [goods] = made as [DocumentRow];
    const beside = await billing.check(goods);
    expect(all(beside)).toEqual([
      "H-000014 - of H-000013: C D240 35.00 = 35.00",
      "H-000015 CR of H-000013: C F910 12.00 = 12.00",
    ]);
    for (const row of beside) await billing.check(row);
    const after = await Promise.all(beside.map(({ id }) => billing.now(id)));
    expect(after.map((row) => [row?.status, row?.findings])).toEqual([
      ["accepted", []],
      ["accepted", []],
    ]);
    // What the order gives or charges once is billed once.
    await accept(shipmentOf("BS-10", "B-7", [{ line: "1", quantity: "40" }]));
    expect(all(await billing.bill())).toEqual(["H-000016 -: B-7#1 40x10.00 = 400.00"]);
    // Another notice has other freight.
    const other = { ...freight, amount: "30.00" };
    const again = { purpose: { code: "05" }, allowancesAndCharges: [other] };
    await accept(shipmentOf("BS-9", "B-7", [{ line: "1", quantity: "60" }], again));
    expect(await billing.open()).toEqual(["notice-charge BS-9  ", "notice-charge BS-9   back of H-000014"]);
    expect(all(await billing.bill())).toEqual([
      "H-000017 -: C D240 30.00 = 30.00",
      "H-000018 CR of H-000014: C D240 35.00 = 35.00",
    ]);
  });

  test("charges that have no amount are billed by nobody, and a person is told where they stand", async () => {
    const percent = { indicator: { code: "C" }, reason: { code: "D240" }, percent: { qualifier: "6", value: "5" } };
    await accept(shipmentOf("BS-20", "B-1", [{ line: "1", quantity: "1" }], { allowancesAndCharges: [percent] }));
    const { items } = await listWorkItems(
      billing.books.database.session,
      { open: true, account: "harbor-retail" },
      { after: null, limit: 200 },
    );
    const [told, ...more] = items.filter(({ kind }) => kind === "charge-not-billed");
    expect(more).toEqual([]);
    expect(told?.message).toContain("Shipment BS-20 charges or gives something without an amount (SAC05)");
    expect(told?.message).toContain("allowancesAndCharges.0");
    await billing.bill();
  });

  test("that belongs to a rule that is gone is handed back to people", async () => {
    await billing.bill();
    await accept(orderOf("B-8"));
    await accept(shipmentOf("BS-11", "B-8", [{ line: "1", quantity: "5" }]));
    const [period] = await findOpenPeriods(billing.books.database.session, of);
    await billing.setRule(undefined);
    expect(await billing.billPeriod(period?.id ?? "", 1)).toEqual([]);
    expect(await billing.open()).toEqual([]);
    const items = (await billing.books.workItems()).filter(({ kind }) => kind === "billing-handed-back");
    expect(items.map(({ message }) => message)).toContain(
      "The account's rule does not have the gateway make its invoices any more. Hand in invoices for what it announced and is not billed.",
    );
    await accept(shipmentOf("BS-12", "B-8", [{ line: "1", quantity: "5" }]));
    expect(await billing.open()).toEqual([]);
  });
});
