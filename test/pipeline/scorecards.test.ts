import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FigureName } from "../../src/accounts/scorecard/measures.ts";
import { missedOf, scorecardNow } from "../../src/pipeline/scorecards.ts";
import { watchPromise } from "../../src/pipeline/watch-promise.ts";
import { saveGroup, saveTransactionSets } from "../../src/store/interchanges.ts";
import { findOrders } from "../../src/store/orders.ts";
import { keepPromise } from "../../src/store/promises.ts";
import { deliveries, interchanges } from "../../src/store/tables.ts";
import { combinations } from "../support/test-gateway.ts";
import {
  type BooksUnderTest,
  harborProfile,
  invoiceOf,
  kettle,
  lamp,
  openBooksUnderTest,
  orderOf,
  shipmentOf,
} from "./books-under-test.ts";

const serviceLevels = { shipNotice: { workingHours: 2 }, invoice: { workingDays: 3 }, percentOnTime: 100 };
const account = { id: "harbor-retail", profile: harborProfile({ serviceLevels }), version: 1 };
/** From the first day of the samples on; it is not over, so that the rules above count. */
const days = { from: "2025-03-01", to: "2025-04-30" };
const asOf = new Date("2025-04-10T15:00:00Z");
const kettles = (quantity: string) => [{ line: "1", quantity }];

describe.each(combinations())("what a scorecard counts in the books, on $name", (combination) => {
  let books: BooksUnderTest;

  beforeAll(async () => {
    books = await openBooksUnderTest(combination);
  });
  afterAll(() => books?.close());

  /** Accepts a document that is in the mailbox from an instant on. */
  async function leaves(document: object, at: string): Promise<void> {
    const { session } = books.database;
    const { id: documentId, accountId, usage } = await books.accept(document);
    const [interchangeId, sentAt] = [randomUUID(), new Date(at)];
    await session.insert(interchanges).values({
      ...{ id: interchangeId, direction: "outbound", status: "ready", accountId, usage, sentAt, purpose: "document" },
    });
    const groupId = await saveGroup(session, {
      ...{ id: randomUUID(), interchangeId, ordinal: 0, functionalId: "IN", control: "1", senderCode: "A" },
      ...{ receiverCode: "B", date: "20250320", time: "0900", agency: "X", version: "004010", verdict: "A" },
    });
    await saveTransactionSets(session, [
      { id: randomUUID(), interchangeId, groupId, ordinal: 0, type: "810", control: "1", verdict: "A", documentId },
    ]);
    await session.insert(deliveries).values({
      ...{ id: randomUUID(), channel: "mailbox", status: "waiting", accountId, interchangeId, createdAt: sentAt },
    });
  }
  const figure = async (name: FigureName) => {
    const { figures } = await scorecardNow(books.database.session, account, days, asOf);
    const { of, count, open } = figures.find((one) => one.figure === name) ?? {};
    return { of, count, open };
  };
  const missed = async (name: FigureName) => {
    const { items } = await missedOf(books.database.session, account, days, name, { after: null, limit: 100 }, asOf);
    return items.map(({ number, line }) => (line === null ? number : `${number} ${line}`));
  };

  test("what is shipped first of a line is billed first, whichever invoice names it", async () => {
    await books.accept(orderOf("B-1", { lines: [kettlesOf("100")] }));
    await leaves(shipmentOf("B-S1", "B-1", kettles("60"), { date: "2025-03-20" }), "2025-03-20T16:00:00Z");
    await leaves(shipmentOf("B-S2", "B-1", kettles("40"), { date: "2025-03-24" }), "2025-03-24T16:00:00Z");
    expect(await figure("invoice")).toEqual({ of: 2, count: 0, open: 0 });
    // All of the first shipment and a part of the second, in time for the first only where it covers all of it.
    await leaves(invoiceOf("B-I1", "B-1", kettles("70")), "2025-03-21T16:00:00Z");
    expect(await missed("invoice")).toEqual(["B-S2"]);
    await leaves(invoiceOf("B-I2", "B-1", kettles("30")), "2025-03-27T16:00:00Z");
    expect(await figure("invoice")).toEqual({ of: 2, count: 2, open: 0 });
    expect(await missed("invoice")).toEqual([]);
  });

  test("of several notices of a shipment the first tells it, and the last says when it left", async () => {
    await books.accept(orderOf("N-1", { lines: [kettlesOf("10")] }));
    await leaves(shipmentOf("N-S1", "N-1", kettles("10"), { date: "2025-03-27" }), "2025-03-27T16:00:00Z");
    expect(await missed("shipOnTime")).toEqual([]);
    const corrected = { date: "2025-03-31", purpose: { code: "05" } };
    await leaves(shipmentOf("N-S1", "N-1", kettles("10"), corrected), "2025-04-02T16:00:00Z");
    // The order was wanted by 2025-03-28.
    expect(await missed("shipOnTime")).toEqual(["N-1 1"]);
    expect([await figure("shipNotice"), await missed("shipNotice")]).toEqual([{ of: 3, count: 3, open: 0 }, []]);
    expect(await missed("invoice")).toEqual(["N-S1"]);
  });

  test("an order that asks for no invoice is billed by nobody, and late with nobody", async () => {
    const before = await figure("invoice");
    await books.accept(orderOf("E-1", { lines: [kettlesOf("10")], invoiceType: { code: "INR" } }));
    await leaves(shipmentOf("E-S1", "E-1", kettles("10")), "2025-03-24T16:00:00Z");
    expect(await figure("invoice")).toEqual(before);
  });

  test("a line is late by what is still wanted of it: not by what we refused, nor what the buyer took back", async () => {
    const before = await figure("shipOnTime");
    await books.accept(orderOf("R-1"));
    expect((await missed("shipOnTime")).sort()).toEqual(["N-1 1", "R-1 1", "R-1 2"]);
    const answered = (line: string, ...acknowledgments: object[]) => ({
      ...{ line, unit: "EA", quantity: line === "1" ? "100" : "40", productIds: [line === "1" ? kettle : lamp] },
      acknowledgments,
    });
    await books.accept({
      ...{ documentType: "order-response", account: "harbor-retail", usage: "production", purpose: { code: "00" } },
      ...{ acknowledgmentType: { code: "AC" }, date: "2025-03-11", order: { number: "R-1", date: "2025-03-10" } },
      lines: [
        answered("1", { status: "IA", quantity: "60", unit: "EA" }, { status: "IR", quantity: "40", unit: "EA" }),
        answered("2", { status: "IR", quantity: "40", unit: "EA" }),
      ],
    });
    await leaves(shipmentOf("R-S1", "R-1", kettles("60")), "2025-03-24T16:00:00Z");
    expect(await missed("shipOnTime")).toEqual(["N-1 1"]);
    const { of = 0, count = 0 } = before;
    expect(await figure("shipOnTime")).toEqual({ of: of + 1, count: count + 1, open: 0 });
  });

  test("promises are kept or missed, and those whose day is not over are neither", async () => {
    const promised = async (number: string, dueAt: string): Promise<string> => {
      const { id: documentId } = await books.accept(orderOf(number, { lines: [kettlesOf("10")] }));
      const { session } = books.database;
      const [order] = await findOrders(session, { accountId: account.id, usage: "production", number });
      const id = randomUUID();
      await keepPromise(session, {
        ...{ id, accountId: account.id, usage: "production", qualifier: "079", orderId: order?.id ?? "", documentId },
        ...{ promisedOn: "2025-03-24", dueAt: new Date(dueAt), warnAt: new Date(dueAt) },
      });
      return id;
    };
    await promised("P-1", "2025-03-24T22:00:00Z");
    await books.accept(shipmentOf("P-S1", "P-1", kettles("10")));
    const late = await promised("P-2", "2025-03-24T22:00:00Z");
    await books.database.transaction((session) =>
      watchPromise.run({ ...books.services, session }, { promise: late, look: "due" }, undefined),
    );
    await promised("P-3", new Date(Date.now() + 3_600_000).toISOString());
    expect([await figure("promises"), await missed("promises")]).toEqual([{ of: 2, count: 1, open: 0 }, ["P-2"]]);
  });
});

function kettlesOf(quantity: string) {
  return { line: "1", quantity, unit: "EA", price: "10.00", productIds: [kettle], descriptions: [] };
}
