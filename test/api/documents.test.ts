import { afterAll, beforeAll, expect, test } from "vitest";
import { addDelivery } from "../../src/store/deliveries.ts";
import { keepDocument } from "../../src/store/documents.ts";
import { tell } from "../../src/store/events.ts";
import { type ApiUnderTest, offerOrder, openApi } from "./api-under-test.ts";

const path = "/api/v1/documents";
let api: ApiUnderTest;

beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api?.close());

const feed = async (query = "") => (await api.get("supplier", `${path}?${query}`)).json();
const numbersOf = (page: { items: { number: string }[] }) => page.items.map(({ number }) => number);

test("the feed is read from the oldest on, and a poller goes on from the last document that it saw", async () => {
  for (const number of ["1", "2", "3"]) await offerOrder(api.database, { number });
  const first = await feed("type=order&limit=2");
  expect(numbersOf(first)).toEqual(["1", "2"]);
  const second = await feed(`type=order&limit=2&after=${first.next}`);
  expect(numbersOf(second)).toEqual(["3"]);
  expect(second.next).toBeNull();
  const { cursor } = second.items[0];
  expect(await feed(`type=order&after=${cursor}`)).toEqual({ items: [], next: null });
  await offerOrder(api.database, { number: "4" });
  expect(numbersOf(await feed(`type=order&after=${cursor}`))).toEqual(["4"]);
});

test("tests are left out unless they are asked for", async () => {
  const query = "account=summit-industrial";
  await offerOrder(api.database, { number: "T", account: "summit-industrial", usage: "test" });
  await offerOrder(api.database, { number: "P", account: "summit-industrial" });
  expect(numbersOf(await feed(query))).toEqual(["P"]);
  expect(numbersOf(await feed(`${query}&usage=test`))).toEqual(["T"]);
  expect(numbersOf(await feed(`${query}&usage=all`))).toEqual(["T", "P"]);
  expect(numbersOf(await feed("number=P"))).toEqual(["P"]);
  expect((await feed("type=bill")).errors[0]).toMatchObject({ path: "query.type" });
});

test("an order that came twice is in the feed once", async () => {
  await offerOrder(api.database, { number: "TWICE" });
  const { document } = await offerOrder(api.database, { number: "TWICE" });
  expect(numbersOf(await feed("number=TWICE"))).toEqual(["TWICE"]);
  expect((await api.get("supplier", `${path}/${document}`)).json()).toMatchObject({
    status: "duplicate",
    cursor: null,
  });
});

test("one document comes with what answers it, where it was announced, and its story", async () => {
  const { session } = api.database;
  const { document, interchange } = await offerOrder(api.database, { number: "ONE" });
  const response = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
  await keepDocument(session, {
    id: response,
    direction: "outbound",
    type: "order-response",
    number: "ONE",
    accountId: "harbor-retail",
    usage: "production",
    businessKey: "response",
    respondsToId: document,
    body: { documentType: "order-response" },
  });
  await addDelivery(session, {
    id: "7d444840-9dc0-41d1-b245-5ffdce74fad2",
    channel: "webhook",
    accountId: "harbor-retail",
    documentId: document,
    target: "https://erp.example/orders",
  });
  await tell(session, { documentId: document }, "offered", "Order ONE is offered.");

  const whole = (await api.get("supplier", `${path}/${document}`)).json();
  expect(whole).toEqual({
    id: document,
    cursor: expect.any(String),
    type: "order",
    number: "ONE",
    account: "harbor-retail",
    usage: "production",
    direction: "inbound",
    status: "accepted",
    createdAt: expect.any(String),
    interchange,
    href: `${path}/${document}`,
    document: { documentType: "order", account: "harbor-retail", usage: "production", number: "ONE" },
    respondsTo: null,
    submittedBy: null,
    ruleVersion: null,
    division: null,
    location: null,
    findings: [],
    responses: [
      expect.objectContaining({ id: response, type: "order-response", status: "translated", interchange: null }),
    ],
    deliveries: [
      expect.objectContaining({
        channel: "webhook",
        status: "waiting",
        target: "https://erp.example/orders",
        attempts: [],
      }),
    ],
    timeline: [{ at: expect.any(String), kind: "offered", message: "Order ONE is offered." }],
  });

  // Where the supplier's own systems are told of it is for the supplier's eyes.
  const url = `/api/v1/interchanges/${interchange}`;
  expect((await api.get("supplier", url)).json().deliveries).toHaveLength(1);
  expect((await api.get("harbor-retail", url)).json().deliveries).toEqual([]);
});
