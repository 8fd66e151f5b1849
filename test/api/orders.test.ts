import { afterAll, beforeAll, expect, test } from "vitest";
import { keepDocument } from "../../src/store/documents.ts";
import { enterOrder } from "../../src/store/orders.ts";
import { enterInvoice, writeInvoiceEntries } from "../../src/store/receivables.ts";
import { type ApiUnderTest, openApi } from "./api-under-test.ts";

let api: ApiUnderTest;
const documentId = "7a5b0f4e-52e0-4a34-9c6b-000000000001";

beforeAll(async () => {
  api = await openApi();
  const { session } = api.database;
  await keepDocument(session, {
    id: documentId,
    direction: "inbound",
    type: "order",
    number: "B-0",
    accountId: "harbor-retail",
    usage: "production",
    businessKey: "B-0",
    body: {},
  });
  for (const number of ["B-1", "B-2", "B-3"]) {
    await enterOrder(session, {
      accountId: "harbor-retail",
      usage: number === "B-3" ? "test" : "production",
      number,
      release: "",
      shipTo: "",
      documentId,
      body: { ...sampleOrder, number },
      lines: [{ key: "1", position: 1, line: "1", productIds: [], quantity: "5", requested: "2025-03-28" }],
    });
  }
});
afterAll(() => api?.close());

const sampleOrder = {
  documentType: "order" as const,
  account: "harbor-retail",
  usage: "production" as const,
  number: "",
  date: "2025-03-10",
  purpose: { code: "00" },
  orderType: { code: "SA" },
  references: [],
  parties: [],
  dates: [],
  lines: [{ line: "1", quantity: "5", productIds: [], descriptions: [] }],
};

test("orders come newest first, a page at a time, and tests only where they are asked for", async () => {
  const first = (await api.get("harbor-retail", "/api/v1/orders?limit=1")).json();
  expect(first.items.map(({ number }: { number: string }) => number)).toEqual(["B-2"]);
  const second = (await api.get("harbor-retail", `/api/v1/orders?limit=1&after=${first.next}`)).json();
  expect(second.items.map(({ number }: { number: string }) => number)).toEqual(["B-1"]);
  expect(second.next).toBeNull();
  const tests = (await api.get("harbor-retail", "/api/v1/orders?usage=test")).json();
  expect(tests.items.map(({ number }: { number: string }) => number)).toEqual(["B-3"]);
});

test("late orders are found by the account's own calendar, and what happened since by a moment", async () => {
  const late = (await api.get("supplier", "/api/v1/orders?late=true")).json();
  expect(late.items).toHaveLength(2);
  expect((await api.get("supplier", "/api/v1/orders?since=2999-01-01")).json().items).toEqual([]);
  expect((await api.get("supplier", "/api/v1/orders?since=2000-01-01T00:00:00Z")).json().items).toHaveLength(2);
});

test("what is no order of the caller's is not there, whatever its id looks like", async () => {
  const [order] = (await api.get("supplier", "/api/v1/orders")).json().items;
  for (const id of [order.id, "00000000-0000-4000-8000-000000000000", "1", "%27%20or%201=1", "x".repeat(80)]) {
    const answer = await api.get("summit-industrial", `/api/v1/orders/${id}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, "order.not-found"]);
    expect((await api.get("summit-industrial", `/api/v1/invoices/${id}`)).statusCode).toBe(404);
  }
  expect((await api.get(null, `/api/v1/orders/${order.id}`)).statusCode).toBe(401);
});

test("what can't be asked is refused with its place", async () => {
  for (const query of ["state=lost", "late=maybe", "since=yesterday", "after=zzz", "limit=0", "colour=red"]) {
    expect((await api.get("supplier", `/api/v1/orders?${query}`)).statusCode).toBe(400);
  }
});

test("an invoice says what is open of it, and a number is used once over all accounts", async () => {
  const { session } = api.database;
  const invoice = {
    accountId: "harbor-retail",
    usage: "production",
    number: "N-1",
    kind: "invoice",
    documentId,
    correctsId: null,
    issuedOn: "2025-03-25",
    dueOn: "2025-04-24",
    currency: "USD",
  } as const;
  const id = (await enterInvoice(session, invoice)) as string;
  await writeInvoiceEntries(session, [
    { invoiceId: id, documentId, ordinal: 0, kind: "billed", path: "lines.0 1", quantity: "5", amount: "100.00" },
    { invoiceId: id, documentId, ordinal: 1, kind: "paid", path: "lines.0 1", amount: "-60.00" },
    { invoiceId: id, documentId, ordinal: 2, kind: "discount", path: "lines.0 1", amount: "-2.00" },
  ]);
  expect(await enterInvoice(session, { ...invoice, accountId: "summit-industrial" })).toBeNull();
  const [item] = (await api.get("harbor-retail", "/api/v1/invoices?open=true")).json().items;
  expect(item).toMatchObject({ number: "N-1", amount: "100.00", openAmount: "38.00", dueOn: "2025-04-24" });
  const detail = (await api.get("harbor-retail", item.href)).json();
  expect(detail.settlements).toMatchObject([
    { kind: "paid", amount: "60.00" },
    { kind: "discount", amount: "2.00" },
  ]);
  expect(detail.lines).toMatchObject([{ path: "lines.0 1", amount: "100.00", openAmount: "38.00" }]);
  expect((await api.get("harbor-retail", "/api/v1/invoices?open=false")).json().items).toEqual([]);
});
