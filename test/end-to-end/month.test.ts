import { Big } from "big.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountProfile, parseAccountFile } from "../../src/accounts/index.ts";
import { type Invoice, invoiceTotals, isCredit, type Order, type OrderLine } from "../../src/documents/index.ts";
import { Customer, type WayToPay } from "../../src/simulator/index.ts";
import { loadSchemaLibrary } from "../../src/x12/index.ts";
import { CustomerAtTheDoor } from "../support/customer-side.ts";
import { sample } from "../support/samples.ts";
import { invoiceOf, type Part, partsOf, restOf, Warehouse } from "../support/supplier-side.ts";
import {
  combinationsFor,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const library = loadSchemaLibrary();
const dayMs = 24 * 60 * 60 * 1000;

/** Accounts that differ in all that counts: version, stores, acknowledgments, and who answers their orders. */
const accounts = [
  { id: "harbor-retail", stores: 3, seed: 7 },
  { id: "summit-industrial", stores: 0, seed: 11 },
];

describe.each(combinationsFor(import.meta.url))("a month of business on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;
  // One for all accounts: a container code is used once in the world.
  const warehouse = new Warehouse();

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  test.each(accounts)("with $id balances to the cent and the piece", { timeout: 240_000 }, async (account) => {
    const month = await Month.begin(gateway, warehouse, account);
    await month.play();
    await month.balances();
  });
});

/** What the test itself knows of a line at a place: it adds up by its own arithmetic, not by the gateway's. */
interface Expected {
  readonly first: number;
  wanted: number;
  shipped: number;
  invoiced: number;
}

/** A month, day by day, from both sides. */
class Month {
  readonly #gateway: TestGateway;
  readonly #profile: AccountProfile;
  readonly #door: CustomerAtTheDoor;
  readonly #warehouse: Warehouse;
  readonly #shape: { lines: number; stores: number; urgent: number };
  /** The first day: a month ago. */
  readonly #start = Date.now() - 31 * dayMs;
  readonly #expected = new Map<string, Expected>();
  readonly #payments: string[] = [];
  readonly #invoices: Invoice[] = [];
  #day = 0;
  #numbers = 0;

  static async begin(
    gateway: TestGateway,
    warehouse: Warehouse,
    { id, stores, seed }: (typeof accounts)[number],
  ): Promise<Month> {
    const file = parseAccountFile(sample(`accounts/${id}.yaml`), `${id}.yaml`);
    // Its changes are answered by the gateway, line by line.
    const profile: AccountProfile = { ...file, orderChanges: { ...file.orderChanges, send: true } };
    const { status } = await gateway.supplier.put(`/api/v1/accounts/${id}`, profile);
    expect(status).toBe(200);
    return new Month(gateway, warehouse, profile, { lines: 2, stores, urgent: 0.3 }, seed);
  }

  private constructor(
    gateway: TestGateway,
    warehouse: Warehouse,
    profile: AccountProfile,
    shape: { lines: number; stores: number; urgent: number },
    seed: number,
  ) {
    this.#gateway = gateway;
    this.#warehouse = warehouse;
    this.#profile = profile;
    this.#shape = shape;
    const now = () => new Date(this.#start + this.#day * dayMs);
    const customer = new Customer({
      profile,
      library,
      usage: "production",
      seed,
      firstNumber: 100_000 * seed,
      acknowledge: "accept",
      now,
    });
    this.#door = new CustomerAtTheDoor(customer, gateway.as(profile.id));
  }

  get #customer(): Customer {
    return this.#door.customer;
  }

  /** Today on the account's calendar. */
  get #today(): string {
    const day = new Date(this.#start + this.#day * dayMs);
    return new Intl.DateTimeFormat("en-CA", { timeZone: this.#profile.timeZone }).format(day);
  }

  async play(): Promise<void> {
    // The first day: six orders.
    const orders: Order[] = [];
    for (let n = 0; n < 6; n++) orders.push(await this.#order());
    const [plain, changed, backordered, cancelled, refused, joined] = orders as [
      Order,
      Order,
      Order,
      Order,
      Order,
      Order,
    ];
    await this.#door.answered();
    await this.#respond(orders, backordered);
    await this.#door.answered(["855"]);

    // Two days later the customer changes its mind: more of one line and none of another; nothing of a whole order.
    this.#day = 2;
    const [growing, dropped] = changed.lines as [OrderLine, OrderLine];
    const store = growing.quantitiesByLocation?.[0]?.location;
    const before = Number(growing.quantitiesByLocation?.[0]?.quantity ?? growing.quantity);
    await this.#change(changed, [
      { change: "quantity", line: "1", quantity: String(before + 12), ...(store !== undefined && { store }) },
      { change: "delete", line: "2" },
    ]);
    this.#want(changed, growing, store, before + 12);
    for (const { store: place } of partsOf(changed, dropped)) this.#want(changed, dropped, place, 0);
    await this.#change(cancelled, []);
    for (const line of cancelled.lines)
      for (const part of partsOf(cancelled, line)) this.#want(cancelled, line, part.store, 0);

    // After a week the first goods leave: one order whole, one in part, one line of the third.
    this.#day = 7;
    const plainParts = plain.lines.flatMap((line) => partsOf(plain, line));
    await this.#ship(plainParts);
    const grown = this.#inForce(changed, "1");
    const changedParts = partsOf(changed, grown);
    const firstHalf = partsOf(changed, grown, 0.5);
    await this.#ship(firstHalf);
    const [inStock, missing] = backordered.lines as [OrderLine, OrderLine];
    const stocked = partsOf(backordered, inStock);
    await this.#ship(stocked);

    // A wrong price does not leave the house; withdrawn, the invoice comes again under its number.
    this.#day = 8;
    const number = this.#number("I");
    const right = invoiceOf(number, this.#today, plainParts);
    const [line] = right.lines as [Invoice["lines"][number]];
    const { totals: _, ...open } = right;
    const wrong = {
      ...open,
      lines: [{ ...line, price: new Big(line.price).plus("1.00").toFixed(2) }, ...right.lines.slice(1)],
    };
    const { body: receipt } = await this.#gateway.supplier.submit(wrong);
    const held = await this.#gateway.supplier.documentThat(receipt.id, ({ status }) => status !== "submitted");
    expect([held.status, held.findings.map(({ code }: Json) => code)]).toEqual(["held", ["price-above-order"]]);
    const withdrawn = await this.#gateway.supplier.post(`/api/v1/documents/${receipt.id}/withdraw`, {
      reason: "Wrong price list.",
    });
    expect(withdrawn.status).toBe(202);
    await this.#bill(plainParts, { number });
    await this.#bill(firstHalf);

    // What has been shipped can't be deleted any more: the change is refused, and the order stays.
    this.#day = 9;
    await this.#change(plain, [{ change: "delete", line: "1" }]);

    // Paid within ten days, with the discount.
    this.#day = 12;
    await this.#pay("discount");

    // The rest of the second order, a part of what was missing of the third, and two orders in one shipment.
    this.#day = 15;
    const secondHalf = restOf(changedParts, firstHalf);
    await this.#ship(secondHalf);
    const arrived = partsOf(backordered, missing, 0.5);
    await this.#ship(arrived);
    const refusedParts = refused.lines.flatMap((one) => partsOf(refused, one));
    const joinedParts = joined.lines.flatMap((one) => partsOf(joined, one));
    await this.#ship([...refusedParts, ...joinedParts]);

    // One bill for three orders, and one that the customer's systems refuse.
    this.#day = 16;
    await this.#bill([...secondHalf, ...stocked, ...arrived, ...joinedParts]);
    const bad = await this.#bill(refusedParts);
    await this.#door.send(
      this.#customer.refuse(bad.number, { condition: "010", message: "TOTAL OUT OF BALANCE, SEND IT ANEW" }),
    );
    await this.#door.answered();

    // It is credited as a whole, and billed anew under a number of its own.
    this.#day = 17;
    await this.#bill(refusedParts, { number: this.#number("C"), kind: { code: "CR" }, billingReference: bad.number });
    await this.#bill(refusedParts);

    // What is still missing of the third order is not wanted any more: what was shipped of it stays.
    this.#day = 18;
    await this.#change(backordered, [{ change: "delete", line: "2" }]);
    for (const part of arrived) this.#want(backordered, missing, part.store, part.quantity);

    // Everything is paid, short by a piece on each invoice.
    this.#day = 22;
    await this.#pay("short");

    // And one more order, of which a part is still open when the month ends.
    this.#day = 23;
    const last = await this.#order();
    await this.#door.answered();
    await this.#respond([last], null);
    await this.#door.answered(["855"]);
    this.#day = 30;
    const begun = partsOf(last, last.lines[0] as OrderLine, 0.5);
    await this.#ship(begun);
    await this.#bill(begun);
    await this.#door.dealtWith();
  }

  /** What both sides have in their books at the end. */
  async balances(): Promise<void> {
    expect(this.#door.faults).toEqual([]);
    const { supplier } = this.#gateway;
    const account = `account=${this.#profile.id}`;
    const orders = await all(this.#gateway, `/api/v1/orders?${account}`);
    const invoices = await all(this.#gateway, `/api/v1/invoices?${account}`);
    const ordered = [...this.#customer.book.orders.keys()].sort();
    expect(orders.map(({ number }) => number).sort()).toEqual(ordered);

    const totals = { invoiced: new Big(0), paid: new Big(0) };
    const seen = new Set<string>();
    for (const { id } of orders) {
      const { body: order } = await supplier.get(`/api/v1/orders/${id}`);
      for (const { line, location, figures } of order.lines) {
        const at = `${order.number} ${line} ${this.#shape.stores > 0 ? location.id : ""}`.trim();
        seen.add(at);
        const { first, wanted, shipped, invoiced } = this.#expected.get(at) as Expected;
        const quantities = {
          at,
          ordered: figures.ordered.quantity,
          required: figures.required,
          shipped: figures.shipped.quantity,
          invoiced: figures.invoiced.quantity,
          open: figures.open,
          over: figures.over,
          toInvoice: figures.toInvoice,
        };
        expect(quantities).toEqual({
          at,
          ordered: String(first),
          required: String(wanted),
          shipped: String(shipped),
          invoiced: String(invoiced),
          open: String(wanted - shipped),
          over: "0",
          toInvoice: "0",
        });
        const wantedInAll = new Big(figures.ordered.quantity).plus(figures.changed.quantity);
        const wentOrWaits = new Big(figures.shipped.quantity).plus(figures.open).plus(figures.cancelled.quantity);
        expect(`${at} ${wantedInAll}`).toBe(`${at} ${wentOrWaits}`);
        totals.invoiced = totals.invoiced.plus(figures.invoiced.amount);
        totals.paid = totals.paid.plus(figures.paid.amount);
      }
    }
    expect([...seen].sort()).toEqual([...this.#expected.keys()].sort());

    // Money: what was billed, to the cent; and of every bill, what settled it and what is open.
    const signed = (invoice: Invoice) => new Big(invoiceTotals(invoice).amount).times(isCredit(invoice) ? -1 : 1);
    const billed = this.#invoices.reduce((sum, invoice) => sum.plus(signed(invoice)), new Big(0));
    expect(totals.invoiced.toFixed(2)).toBe(billed.toFixed(2));
    expect(invoices.map(({ number }) => number).sort()).toEqual(this.#invoices.map(({ number }) => number).sort());
    let settled = new Big(0);
    for (const { id } of invoices) {
      const { body: invoice } = await supplier.get(`/api/v1/invoices/${id}`);
      const own = this.#invoices.find((one) => one.number === invoice.number) as Invoice;
      expect(new Big(invoice.amount).toFixed(2)).toBe(signed(own).toFixed(2));
      const sum = invoice.settlements.reduce((all: Big, { amount }: Json) => all.plus(amount), new Big(0));
      expect(`${invoice.number} ${sum.plus(invoice.openAmount).toFixed(2)}`).toBe(
        `${invoice.number} ${new Big(invoice.amount).toFixed(2)}`,
      );
      const paid = invoice.settlements.filter(({ kind }: Json) => kind === "paid");
      settled = paid.reduce((all: Big, { amount }: Json) => all.plus(amount), settled);
    }
    const received = this.#payments.reduce((sum, amount) => sum.plus(amount), new Big(0));
    expect(settled.toFixed(2)).toBe(received.toFixed(2));
    expect(totals.paid.toFixed(2)).toBe(received.toFixed(2));

    // Nothing twice: every document once, on both sides.
    for (const [type, count] of [
      ["order", ordered.length],
      ["order-change", this.#changes],
      ["order-change-response", this.#changes],
      ["order-response", ordered.length],
      ["shipment", this.#customer.book.shipments.size],
      ["invoice", this.#invoices.length],
      ["remittance", this.#payments.length],
    ] as const) {
      const found = await supplier.documents(type, `&${account}`);
      expect([type, found.length]).toEqual([type, count]);
    }
    expect([...this.#customer.book.invoices.keys()].sort()).toEqual(this.#invoices.map(({ number }) => number).sort());
    const open = invoices.filter(({ openAmount }) => !new Big(openAmount).eq(0));
    expect(open.length).toBeGreaterThan(1);
  }

  get #changes(): number {
    return [...this.#customer.book.orders.values()].reduce((sum, { changes }) => sum + changes.length, 0);
  }

  async #order(): Promise<Order> {
    const { file, order } = this.#customer.order(this.#shape);
    await this.#door.send(file);
    for (const line of order.lines) {
      for (const { store, quantity } of partsOf(order, line)) {
        this.#expected.set(keyOf(order, line, store), { first: quantity, wanted: quantity, shipped: 0, invoiced: 0 });
      }
    }
    return order;
  }

  /** The ERP's own answers, where no rule of the account's makes them: all is taken, of one order a line comes later. */
  async #respond(orders: readonly Order[], backordered: Order | null): Promise<void> {
    if (this.#profile.orderResponse.send) return;
    for (const order of orders) {
      await this.#submit({
        documentType: "order-response",
        account: order.account,
        usage: order.usage,
        purpose: { code: "00" },
        acknowledgmentType: { code: order === backordered ? "AC" : "AD" },
        number: this.#number("SO"),
        date: this.#today,
        order: { number: order.number, date: order.date },
        lines: order.lines.map((line, index) => ({
          line: line.line,
          quantity: line.quantity,
          unit: line.unit,
          price: line.price,
          productIds: line.productIds,
          acknowledgments: [
            { status: order === backordered && index === 1 ? "IB" : "IA", quantity: line.quantity, unit: line.unit },
          ],
        })),
      });
    }
  }

  async #change(order: Order, edits: Parameters<Customer["change"]>[1]): Promise<void> {
    await this.#door.send(this.#customer.change(order.number, edits).file);
    await this.#door.answered(["865"]);
    await this.#door.dealtWith();
  }

  async #ship(parts: readonly Part[]): Promise<void> {
    const shipment = this.#warehouse.shipmentOf(this.#number("S"), this.#today, parts);
    await this.#submit(shipment);
    await this.#door.until(() => this.#customer.book.shipments.has(shipment.number), `shipment ${shipment.number}`);
    for (const { order, line, store, quantity } of parts) this.#at(order, line, store).shipped += quantity;
  }

  async #bill(parts: readonly Part[], more: Partial<Invoice> = {}): Promise<Invoice> {
    const invoice = invoiceOf(more.number ?? this.#number("I"), this.#today, parts, more);
    await this.#submit(invoice);
    await this.#door.until(() => this.#customer.book.invoices.has(invoice.number), `invoice ${invoice.number}`);
    this.#invoices.push(invoice);
    const sign = isCredit(invoice) ? -1 : 1;
    for (const { order, line, store, quantity } of parts) this.#at(order, line, store).invoiced += sign * quantity;
    return invoice;
  }

  async #pay(way: WayToPay): Promise<void> {
    const payment = this.#customer.pay(way);
    if (!payment) throw new Error("There is nothing to pay.");
    await this.#door.send(payment.file);
    this.#payments.push(payment.amount);
    await this.#door.answered();
    await this.#door.dealtWith();
  }

  /** Hands a document in, and waits until it has left. */
  async #submit(document: object): Promise<void> {
    const { status, body } = await this.#gateway.supplier.submit(document);
    if (status !== 202) throw new Error(`It was answered ${status}: ${JSON.stringify(body)}`);
    const done = await this.#gateway.supplier.documentThat(
      body.id,
      (one) => one.status !== "submitted" && (one.status !== "accepted" || one.interchange !== null),
    );
    if (done.status !== "accepted") throw new Error(`It is ${done.status}: ${JSON.stringify(done.findings)}`);
  }

  #inForce({ number }: Order, line: string): OrderLine {
    const found = this.#customer.book.orders.get(number)?.inForce.find((one) => one.line === line);
    if (!found) throw new Error(`There is no line ${line} in order ${number}.`);
    return found;
  }

  #at(order: Order, line: OrderLine, store: string | undefined): Expected {
    const found = this.#expected.get(keyOf(order, line, store));
    if (!found) throw new Error(`Nothing is expected at ${keyOf(order, line, store)}.`);
    return found;
  }

  #want(order: Order, line: OrderLine, store: string | undefined, quantity: number): void {
    this.#at(order, line, store).wanted = quantity;
  }

  #number(kind: string): string {
    return `${kind}${this.#profile.id.charAt(0).toUpperCase()}${1000 + ++this.#numbers}`;
  }
}

const keyOf = (order: Order, line: OrderLine, store: string | undefined): string =>
  `${order.number} ${line.line} ${store ?? ""}`.trim();

/** Every item of a list, over all its pages. */
async function all({ supplier }: TestGateway, path: string): Promise<Json[]> {
  const found: Json[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const { body }: { body: Json } = await supplier.get(`${path}&limit=200${next ? `&after=${next}` : ""}`);
    found.push(...body.items);
    next = body.next;
  }
  return found;
}
