import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { watchPromise } from "../../src/pipeline/watch-promise.ts";
import { findOrders } from "../../src/store/orders.ts";
import { findPromise, keepPromise } from "../../src/store/promises.ts";
import { combinations } from "../support/test-gateway.ts";
import { type BooksUnderTest, openBooksUnderTest, orderOf, shipmentOf } from "./books-under-test.ts";

describe.each(combinations())("a promise to ship, on $name", (combination) => {
  let books: BooksUnderTest;

  beforeAll(async () => {
    books = await openBooksUnderTest(combination);
  });
  afterAll(() => books?.close());

  /** An order of 100 and 40 pieces that is promised for 2025-03-24. */
  async function promise(number: string, dueAt = new Date("2025-03-24T22:00:00Z")): Promise<string> {
    const { id: documentId } = await books.accept(orderOf(number));
    const { session } = books.database;
    const [order] = await findOrders(session, { accountId: "harbor-retail", usage: "production", number });
    const id = randomUUID();
    const promised = { accountId: "harbor-retail", usage: "production" as const, qualifier: "079" };
    const days = { promisedOn: "2025-03-24", dueAt, warnAt: new Date(dueAt.getTime() - 3_600_000) };
    expect(await keepPromise(session, { id, ...promised, ...days, orderId: order?.id ?? "", documentId })).toBe(true);
    return id;
  }
  const look = (id: string, at: "ahead" | "due") =>
    books.database.transaction((session) =>
      watchPromise.run({ ...books.services, session }, { promise: id, look: at }, undefined),
    );
  const stateOf = async (id: string) => (await findPromise(books.database.session, id))?.state;
  const calls = async (number: string) =>
    (await books.workItems()).filter(({ message }) => message.includes(number)).map(({ kind }) => kind);

  test("that is not kept is told ahead, and again when its day is over, each once", async () => {
    const id = await promise("P-1");
    await look(id, "ahead");
    await look(id, "ahead");
    expect(await calls("P-1")).toEqual(["promise-at-risk"]);
    await look(id, "due");
    await look(id, "due");
    expect([await calls("P-1"), await stateOf(id)]).toEqual([["promise-missed"], "missed"]);
    const all = [
      { line: "1", quantity: "100" },
      { line: "2", quantity: "40" },
    ];
    await books.accept(shipmentOf("S-1", "P-1", all, { date: "2025-03-25" }));
    expect([await calls("P-1"), await stateOf(id)]).toEqual([[], "missed"]);
    // The notice was wrong: it left on the day, and only the notice came late.
    await books.accept(shipmentOf("S-1", "P-1", all, { purpose: { code: "05" } }));
    expect(await stateOf(id)).toBe("kept");
  });

  test("is kept only when all of it has left, and open again where the notice is taken back", async () => {
    const id = await promise("P-2", new Date(Date.now() + 3_600_000));
    await books.accept(shipmentOf("S-2", "P-2", [{ line: "1", quantity: "100" }]));
    expect(await stateOf(id)).toBe("open");
    await books.accept(shipmentOf("S-3", "P-2", [{ line: "2", quantity: "40" }]));
    expect(await stateOf(id)).toBe("kept");
    await look(id, "ahead");
    expect(await calls("P-2")).toEqual([]);
    await books.accept(shipmentOf("S-3", "P-2", [], { purpose: { code: "01" }, orders: [] }));
    expect(await stateOf(id)).toBe("open");
  });

  test("ends with the order that the buyer takes back", async () => {
    const id = await promise("P-4");
    await look(id, "ahead");
    await books.accept({
      ...{ documentType: "order-change", account: "harbor-retail", usage: "production", number: "P-4" },
      ...{ orderDate: "2025-03-10", date: "2025-03-11", purpose: { code: "01" }, orderType: { code: "SA" } },
      ...{ references: [], dates: [], parties: [], lines: [] },
    });
    expect([await calls("P-4"), await stateOf(id)]).toEqual([[], "cancelled"]);
    await look(id, "due");
    expect(await calls("P-4")).toEqual([]);
  });
});
