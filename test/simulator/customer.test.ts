import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/accounts/calendar.ts";
import { accountProfile } from "../../src/accounts/index.ts";
import { decidePriority } from "../../src/accounts/rules/priority.ts";
import type { Order, OrderLine, OrderResponse } from "../../src/documents/index.ts";
import { documentFromSet } from "../../src/mappings/index.ts";
import { FaultyInterchangeError, readInterchangesSync, readTransactionSet } from "../../src/x12/index.ts";
import { segmentOf, segmentsOf } from "../support/samples.ts";
import { invoiceOf, partsOf, Warehouse } from "../support/supplier-side.ts";
import { customerOf, fileOf, fileOfDocument, library, profileOf } from "./supplier-files.ts";

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const harbor = profileOf("harbor-retail");
const shape = { lines: 2, stores: 3, urgent: 0 };

const folder = fileURLToPath(new URL("../../samples/accounts", import.meta.url));
/** Those that order by an 850: a guide of theirs, or none at all, says so. */
const buyers = readdirSync(folder)
  .map((file) => profileOf(file.replace(/\.yaml$/, "")))
  .filter(({ guides }) => guides.some((guide) => typeof guide !== "string" && guide.set === "850"));

describe("what a simulated customer sends", () => {
  test.each(buyers.map((profile) => [profile.id, profile] as const))(
    "orders and changes of %s fit its guides, of any shape",
    (_id, profile) => {
      expect(buyers.length).toBeGreaterThan(1);
      const shapes = fc.record({ lines: fc.integer({ min: 1, max: 12 }), stores: fc.integer({ min: 0, max: 25 }) });
      fc.assert(
        fc.property(shapes, fc.nat(), ({ lines, stores }, seed) => {
          const customer = customerOf(profile, { seed });
          // The customer itself reads what it writes by the standard and its guides, and would throw.
          const { order } = customer.order({ lines, stores, urgent: 0.5 });
          expect(order.lines).toHaveLength(lines);
          for (const line of order.lines) {
            const shares = line.quantitiesByLocation ?? [];
            expect(shares).toHaveLength(stores);
            if (stores > 0) expect(sumOf(shares.map(({ quantity }) => quantity))).toBe(line.quantity);
          }
          const { change } = customer.changeSomething(order.number);
          expect(change).toMatchObject({ number: order.number, changeSequence: "1", orderDate: order.date });
        }),
        { numRuns: 25 },
      );
    },
  );

  test("the same seed gives the same bytes, another seed other ones", () => {
    const bytes = (seed: number) => textOf(customerOf(harbor, { seed }).order(shape).file.bytes);
    expect(bytes(7)).toBe(bytes(7));
    expect(bytes(7)).not.toBe(bytes(8));
  });

  test("it leaves as the account would write it, to us", () => {
    const { file, order } = customerOf(harbor).order(shape);
    const x12 = textOf(file.bytes);
    const isa = segmentOf(x12, "ISA").map((element) => element.trim());
    expect(isa.slice(5, 9)).toEqual(["12", "3125550142", "ZZ", "CEDARRIVER"]);
    expect(segmentOf(x12, "GS").slice(1, 4)).toEqual(["PO", "HARBORPO", "CEDARRIVER"]);
    expect(segmentOf(x12, "BEG").slice(1, 4)).toEqual(["00", "SA", order.number]);
    expect(segmentsOf(x12).filter((segment) => segment.startsWith("SDQ*"))).toHaveLength(2);
    expect(file).toMatchObject({ control: "000004400", name: `850 for order ${order.number}` });
  });

  test.each(buyers.map((profile) => [profile.id, profile] as const))(
    "an urgent order of %s is urgent by its own rules",
    (_id, profile) => {
      const { order } = customerOf(profile).order({ lines: 1, stores: 0, urgent: 1 });
      const facts = { cameAt: new Date("2025-03-10T15:00:00Z"), today: "2025-03-10", calendar: calendarOf(profile) };
      expect(decidePriority(profile.priority, order, facts).level).toBe("urgent");
    },
  );

  test("a guide that asks for what can't be made up is told, and nothing is sent", () => {
    const demanding = accountProfile.parse({
      ...harbor,
      guides: [
        {
          name: "Demanding 850",
          set: "850",
          segments: [{ segment: "BEG", elements: [{ element: 6, requirement: "required", pattern: "(?=X)X\\d" }] }],
        },
      ],
    });
    expect(() => customerOf(demanding).order(shape)).toThrow(FaultyInterchangeError);
  });

  test("it pays what was billed: in full, with the discount, or short with a reason", () => {
    const paid = (way: "full" | "discount" | "short") => {
      const customer = customerOf(harbor);
      const { order } = customer.order({ ...shape, stores: 0 });
      const parts = order.lines.flatMap((line) => partsOf(order, line));
      const bill = invoiceOf("900", "2025-03-11", parts);
      customer.take(fileOfDocument(harbor, bill));
      const payment = customer.pay(way);
      expect(customer.pay(way)).toBeNull();
      return { bill, order, payment: payment as NonNullable<typeof payment> };
    };
    const full = paid("full");
    const total = new Big(full.bill.totals?.amount as string);
    expect(full.payment.amount).toBe(total.toFixed(2));
    expect(segmentOf(textOf(full.payment.file.bytes), "RMR").slice(1)).toEqual([
      "IV",
      "900",
      "",
      total.toFixed(2),
      total.toFixed(2),
    ]);
    const discount = paid("discount");
    expect(discount.payment.amount).toBe(total.minus(total.times("0.02").round(2, Big.roundHalfUp)).toFixed(2));
    const short = paid("short");
    const price = short.order.lines[0]?.price as string;
    expect(short.payment.amount).toBe(total.minus(price).toFixed(2));
    expect(segmentOf(textOf(short.payment.file.bytes), "ADX").slice(1)).toEqual([`-${price}`, "06"]);
  });
});

describe("what a simulated customer finds", () => {
  const begin = (acknowledge: "accept" | "reject" | "late" | "never" = "accept") => {
    const customer = customerOf(harbor, { acknowledge });
    const { order } = customer.order({ ...shape, stores: 0 });
    return { customer, order, line: order.lines[0] as OrderLine };
  };
  const codes = (faults: readonly { code: string }[]) => faults.map(({ code }) => code);

  test("a right answer has no faults and is acknowledged", () => {
    const { customer, order } = begin();
    expect(customer.waitsFor(["855"])).toHaveLength(2);
    const taken = customer.take(fileOfDocument(harbor, responseTo(order)));
    expect(taken).toMatchObject({ faults: [], contents: [`855 for order ${order.number}`] });
    const [answer] = taken.answers;
    expect(segmentOf(textOf(answer?.bytes as Uint8Array), "AK5")).toEqual(["AK5", "A"]);
    expect(customer.waitsFor(["855"])).toEqual([`the 997 of the 850 for order ${order.number}`]);
  });

  test("what breaks the account's guide is told, rejected, and does not count", () => {
    const { customer, order } = begin();
    const { contacts: _, ...without } = responseTo(order);
    const { faults, answers } = customer.take(fileOfDocument(harbor, without));
    expect(faults).toEqual([
      expect.objectContaining({ code: "x12", set: "855", message: expect.stringContaining("PER*OC") }),
    ]);
    expect(segmentOf(textOf(answers[0]?.bytes as Uint8Array), "AK5")[1]).toBe("R");
    expect(customer.waitsFor(["855"])).toContain(`the 855 for order ${order.number}`);
  });

  test("an answer twice, to nothing, of an unknown line, or of too many", () => {
    const { customer, order, line } = begin();
    const take = (response: OrderResponse) => codes(customer.take(fileOfDocument(harbor, response)).faults);
    const response = responseTo(order);
    expect(take({ ...response, order: { ...response.order, number: "NONE" } })).toEqual(["order-unknown"]);
    expect(take(response)).toEqual([]);
    expect(take(response)).toEqual(["answered-before"]);
    const again = { ...response, purpose: { code: "05" } };
    const lines = response.lines.slice(0, 1);
    expect(
      take({
        ...again,
        lines: lines.map((one) => ({ ...one, line: "9", productIds: [{ qualifier: "UP", id: "000000000000" }] })),
      }),
    ).toEqual(["line-unknown"]);
    const many = String(Number(line.quantity) + 1);
    expect(
      take({
        ...again,
        lines: lines.map((one) => ({ ...one, acknowledgments: [{ status: "IA", quantity: many, unit: "EA" }] })),
      }),
    ).toEqual(["answered-too-many"]);
  });

  test("a shipment of too many, and a container that comes twice", () => {
    const { customer, order, line } = begin();
    const all = partsOf(order, line);
    const warehouse = new Warehouse();
    const first = warehouse.shipmentOf("S1", "2025-03-17", all);
    expect(codes(customer.take(fileOfDocument(harbor, first)).faults)).toEqual([]);
    const more = warehouse.shipmentOf("S2", "2025-03-18", [{ order, line, quantity: 1 }]);
    expect(codes(customer.take(fileOfDocument(harbor, more)).faults)).toEqual(["shipped-too-many"]);
    const other = order.lines[1] as OrderLine;
    const used = new Warehouse().shipmentOf("S3", "2025-03-18", partsOf(order, other));
    expect(codes(customer.take(fileOfDocument(harbor, used)).faults)).toEqual(["container-used"]);
    expect(codes(customer.take(fileOfDocument(harbor, { ...more, number: "S1" })).faults)).toContain("number-used");
  });

  test("an invoice for more than was shipped, at another price, or with sums that don't add up", () => {
    const { customer, order, line } = begin();
    const all = partsOf(order, line);
    const take = (bill: ReturnType<typeof invoiceOf>) => codes(customer.take(fileOfDocument(harbor, bill)).faults);
    expect(take(invoiceOf("901", "2025-03-17", all))).toEqual(["invoiced-too-many"]);
    customer.take(
      fileOfDocument(
        harbor,
        new Warehouse().shipmentOf(
          "S1",
          "2025-03-17",
          order.lines.flatMap((one) => partsOf(order, one)),
        ),
      ),
    );
    const other = order.lines[1] as OrderLine;
    const dear = { ...other, price: "999.00" };
    expect(take(invoiceOf("902", "2025-03-17", [{ order, line: dear, quantity: 1 }]))).toEqual(["price-differs"]);
    const right = invoiceOf("903", "2025-03-17", [{ order, line: other, quantity: 1 }]);
    expect(take({ ...right, totals: { ...right.totals, amount: "1.00" } })).toEqual(["contradiction"]);
    expect(take(invoiceOf("903", "2025-03-17", [{ order, line: other, quantity: 1 }]))).toEqual(["number-used"]);
    const memo = { kind: { code: "CR" }, billingReference: "111" };
    expect(take(invoiceOf("904", "2025-03-17", [{ order, line: other, quantity: 1 }], memo))).toEqual([
      "invoice-unknown",
    ]);
    const part = { order, line: { ...other, price: "0.01" }, quantity: 1 };
    const cheaper = { kind: { code: "CR" }, billingReference: "902" };
    expect(take(invoiceOf("906", "2025-03-17", [part], cheaper))).toEqual([]);
  });

  test("while a change is not answered, the old and the new quantity are both right", () => {
    const { customer, order, line } = begin();
    const less = String(Number(line.quantity) - 6);
    customer.change(order.number, [{ change: "quantity", line: "1", quantity: less }]);
    const shipped = new Warehouse().shipmentOf("S1", "2025-03-17", partsOf(order, line));
    expect(codes(customer.take(fileOfDocument(harbor, shipped)).faults)).toEqual([]);

    const second = begin();
    second.customer.change(second.order.number, [{ change: "quantity", line: "1", quantity: less }]);
    const answer = {
      documentType: "order-change-response" as const,
      account: harbor.id,
      usage: "production" as const,
      purpose: { code: "00" },
      acknowledgmentType: { code: "AD" },
      order: { number: order.number, date: order.date, changeSequence: "1" },
      contacts: [contact],
      lines: [{ ...answered(line), change: { code: "QD" }, quantity: less, acknowledgments: [{ status: "IA" }] }],
    };
    expect(codes(second.customer.take(fileOfDocument(harbor, answer)).faults)).toEqual([]);
    expect(codes(second.customer.take(fileOfDocument(harbor, shipped)).faults)).toEqual(["shipped-too-many"]);
    const unknown = { ...answer, order: { ...answer.order, changeSequence: "7" } };
    expect(codes(second.customer.take(fileOfDocument(harbor, unknown)).faults)).toEqual(["change-unknown"]);
  });

  test("one that rejects takes nothing in, but knows that it came", () => {
    const { customer, order } = begin("reject");
    const { faults, answers } = customer.take(fileOfDocument(harbor, responseTo(order)));
    expect(faults).toEqual([]);
    const x12 = textOf(answers[0]?.bytes as Uint8Array);
    expect([segmentOf(x12, "AK3").slice(1), segmentOf(x12, "AK4").slice(1), segmentOf(x12, "AK5")[1]]).toEqual([
      ["BAK", "2", "", "8"],
      ["1", "", "7"],
      "R",
    ]);
    expect(customer.book.orders.get(order.number)?.responses).toEqual([]);
    expect(customer.waitsFor(["855"])).toHaveLength(1);
  });

  test("one that is late or silent does not answer at once", () => {
    for (const [how, later] of [
      ["late", 1],
      ["never", 0],
    ] as const) {
      const { customer, order } = begin(how);
      expect(customer.take(fileOfDocument(harbor, responseTo(order))).answers).toEqual([]);
      expect(customer.acknowledgeLate()).toHaveLength(later);
      expect(customer.acknowledgeLate()).toEqual([]);
    }
  });

  test("acknowledgments: a refusal, one of what was not sent, one that comes again", () => {
    const { customer, order } = begin();
    const refusal = (group: string) =>
      customer.take(
        fileOf(harbor, "997", [
          ["AK1", "PO", group],
          ["AK2", "850", "0001"],
          ["AK5", "R", "5"],
          ["AK9", "R", "1", "1", "0"],
        ]),
      );
    expect(codes(refusal("9").faults)).toEqual(["group-unknown"]);
    expect(codes(refusal("4400").faults)).toEqual(["rejected"]);
    expect(codes(refusal("4400").faults)).toEqual(["acknowledged-before", "rejected"]);
    expect(refusal("4400").answers).toEqual([]);
    expect(customer.waitsFor(["855"])).toEqual([]);
    expect(customer.isOpen(order.number)).toBe(false);
  });

  test("an interchange for somebody else, one that comes again, and no interchange at all", () => {
    const { customer, order } = begin();
    const file = fileOfDocument(harbor, responseTo(order));
    expect(codes(customer.take(file).faults)).toEqual([]);
    expect(codes(customer.take(file).faults)).toContain("control-repeated");
    const other = fileOfDocument(profileOf("summit-industrial"), responseTo(order));
    expect(codes(customer.take(other).faults)).toContain("address");
    expect(codes(customer.take(Buffer.from("no interchange")).faults)).toEqual(["x12"]);
  });

  test("a refused invoice is told by an 824 that names it", () => {
    const { customer, order, line } = begin();
    customer.take(fileOfDocument(harbor, invoiceOf("905", "2025-03-17", partsOf(order, line))));
    const { bytes } = customer.refuse("905", { condition: "010", message: "TOTAL OUT OF BALANCE" });
    const report = readInterchangesSync(bytes, { library });
    const set = report.interchanges[0]?.groups[0]?.transactionSets[0];
    expect(set).toMatchObject({ type: "824", verdict: "A" });
    const part = bytes.subarray(set?.offset, (set?.offset ?? 0) + (set?.length ?? 0));
    const delimiters = report.interchanges[0]?.delimiters;
    if (!delimiters) throw new Error("no interchange");
    const read = readTransactionSet(part, delimiters, library.set("004010", "824"));
    expect(documentFromSet(read, { account: harbor.id, usage: "production" })).toMatchObject({
      documentType: "application-advice",
      advices: [{ outcome: { code: "TR" }, reference: { qualifier: "IV", value: "905" } }],
    });
  });
});

const contact = { role: "OC", name: "ANNA LINDQVIST", channels: [{ qualifier: "TE", value: "5635550134" }] };

function answered({ line, quantity, unit, price, productIds }: OrderLine) {
  return { line, quantity, unit, price, productIds };
}

/** Our answer to an order: everything is taken. */
function responseTo(order: Order): OrderResponse {
  return {
    documentType: "order-response",
    account: order.account,
    usage: order.usage,
    purpose: { code: "00" },
    acknowledgmentType: { code: "AD" },
    date: "2025-03-11",
    order: { number: order.number, date: order.date },
    contacts: [contact],
    lines: order.lines.map((line) => ({
      ...answered(line),
      acknowledgments: [
        {
          status: "IA",
          ...(line.quantity !== undefined && { quantity: line.quantity }),
          ...(line.unit !== undefined && { unit: line.unit }),
        },
      ],
    })),
  };
}

function sumOf(quantities: readonly string[]): string {
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed();
}
