import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anotherOrder, harborOrder, sample, segmentOf } from "../support/samples.ts";
import {
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

const shipment = (changes: object = {}): Json => ({
  ...JSON.parse(sample("shipments/856-harbor-retail.json")),
  ...changes,
});
const invoice = (changes: object = {}): Json => ({
  ...JSON.parse(sample("invoices/810-harbor-retail.json")),
  ...changes,
});

describe.each(combinationsFor(import.meta.url))("the checks before a document leaves, on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
    await gateway.as("harbor-retail").sendAndWait(harborOrder());
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  const supplier = () => gateway.supplier;
  const decided = async (document: unknown): Promise<Json> => {
    const { status, body } = await supplier().submit(document);
    expect(status, JSON.stringify(body)).toBe(202);
    return supplier().documentThat(body.id, (one) => one.status !== "submitted");
  };
  const codes = ({ findings }: Json, severity = "hold"): string[] => [
    ...new Set<string>(
      findings.filter((one: Json) => one.severity === severity).map(({ code }: { code: string }) => code),
    ),
  ];
  const sent = (number: string): Promise<string> =>
    eventually(async () => {
      const files = await gateway.as("harbor-retail").mailbox(0);
      return files.map(({ x12 }) => x12).find((x12) => x12.includes(`*${number}*`));
    }, `the interchange with ${number}`);

  test("an invoice before its shipment is held, and a person may let it go with a reason that is kept", async () => {
    const held = await decided(invoice({ number: "100400" }));
    expect(held.status).toBe("held");
    expect(codes(held)).toEqual(["nothing-shipped"]);
    expect(held.findings[0]).toMatchObject({
      path: "lines[0].quantity",
      message: expect.stringContaining("7741093"),
      mend: "Hand in the shipment first.",
    });
    const release = (reason: string) => supplier().post(`/api/v1/documents/${held.id}/release`, { reason });
    expect(
      (await Promise.all([release("The buyer picked it up."), release("Me too.")])).map(({ status }) => status).sort(),
    ).toEqual([202, 409]);
    const gone = await supplier().documentThat(held.id, ({ status }) => status === "accepted");
    expect(gone.timeline.find(({ kind }: Json) => kind === "released").message).toMatch(/^Released by the supplier: /);
    expect(gone.findings.length).toBeGreaterThan(0);
    expect(segmentOf(await sent("100400"), "BIG").slice(1, 5)).toEqual(["20250326", "100400", "20250310", "7741093"]);
    // It counts now, and its number is used: also for a credit memo.
    const memo = await supplier().submit(invoice({ number: "100400", kind: { code: "CR" } }));
    expect(memo).toMatchObject({ status: 409, body: { code: "document.number-used" } });
    const withdrawn = await supplier().post(`/api/v1/documents/${held.id}/withdraw`, { reason: "Too late." });
    expect(withdrawn).toMatchObject({ status: 409, body: { code: "document.not-held" } });
  });

  test("a shipment that fits its order leaves; its containers and its number are used once", async () => {
    const accepted = await decided(shipment());
    expect(accepted).toMatchObject({ status: "accepted" });
    expect(codes(accepted)).toEqual([]);
    const x12 = await sent("48806");
    expect(segmentOf(x12, "PRF")[1]).toBe("7741093");
    const again = await supplier().submit(shipment({ billOfLading: "06128004880600024" }));
    expect(again).toMatchObject({ status: 409, body: { code: "document.number-used" } });
    const other = await decided(shipment({ number: "48807" }));
    expect(other.status).toBe("held");
    expect(codes(other)).toEqual(expect.arrayContaining(["quantity-over-order", "sscc-used"]));
    const gone = await supplier().post(`/api/v1/documents/${other.id}/withdraw`, { reason: "Shipped once only." });
    expect(gone.status).toBe(202);
    expect((await supplier().submit(shipment({ number: "48807" }))).status).toBe(202);
  });

  test("a price above the order's is held, unless the account lets it pass", async () => {
    const dear = (number: string, price: string): Json => {
      const document = invoice({ number });
      document.lines = [{ ...document.lines[0], quantity: "1", price }];
      document.totals = undefined;
      return document;
    };
    const held = await decided(dear("100410", "21.95"));
    expect(codes(held)).toContain("price-above-order");
    const { body: account } = await supplier().get("/api/v1/accounts/harbor-retail");
    const checks = {
      tolerances: { price: { percent: "1" }, quantity: { overPercent: "200" } },
      actions: { "charge-not-agreed": "ignore" },
    };
    expect((await supplier().put("/api/v1/accounts/harbor-retail", { ...account.profile, checks })).status).toBe(200);
    expect(await decided(dear("100411", "21.95"))).toMatchObject({ status: "accepted" });
    expect(codes(await decided(dear("100412", "22.95")))).toContain("price-above-order");
    const wrong = {
      ...account.profile,
      checks: { tolerances: { price: { percent: "-1" } }, actions: { nonsense: "hold" } },
    };
    const { body: refused } = await supplier().put("/api/v1/accounts/harbor-retail", wrong);
    expect(refused.errors.map(({ path }: Json) => path)).toContain("body.checks.tolerances.price.percent");
    expect((await supplier().put("/api/v1/accounts/harbor-retail", account.profile)).status).toBe(200);
  });

  test("the same invoice number twice at once, for two accounts, is taken once", async () => {
    const harbor = invoice({ number: "100450" });
    const summit = { ...JSON.parse(sample("invoices/810-summit-industrial.json")), number: "100450" };
    const answers = await Promise.all([harbor, summit, harbor, summit].map((one) => supplier().submit(one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409]);
    // Tests are a world of their own.
    expect((await supplier().submit({ ...harbor, usage: "test" })).status).toBe(202);
  });

  test("of two invoices for the same goods at once, one leaves and the other is held", async () => {
    await gateway.as("harbor-retail").sendAndWait(anotherOrder(harborOrder(), 8201));
    const order = { number: "PO8201", date: "2025-03-10" };
    const line = { line: "1", quantity: "240", unit: "EA", productIds: [{ qualifier: "UP", id: "612800401156" }] };
    const shipped = await decided(
      shipment({ number: "48820", tares: undefined, lading: undefined, orders: [{ order, items: [line] }] }),
    );
    expect(shipped, JSON.stringify(shipped.findings)).toMatchObject({ status: "accepted" });
    const all = await Promise.all(
      ["100460", "100461"].map((number) =>
        decided(
          invoice({
            number,
            order,
            shipment: "48820",
            lines: [{ ...line, price: "21.75" }],
            allowancesAndCharges: undefined,
            totals: undefined,
          }),
        ),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual(["accepted", "held"]);
    expect(all.flatMap((one) => (one.status === "held" ? codes(one) : []))).toContain("quantity-over-shipped");
    const { body: orders } = await supplier().get("/api/v1/orders?number=PO8201");
    const { body: ledger } = await supplier().get(`/api/v1/orders/${orders.items[0].id}`);
    expect(JSON.stringify(ledger)).toContain("48820");
  });

  test("a document for an order that never came, and one for a line that it has not, are held", async () => {
    const unknown = await decided(invoice({ number: "100470", order: { number: "0000001", date: "2025-03-10" } }));
    expect(codes(unknown)).toContain("order-unknown");
    const document = invoice({ number: "100471" });
    document.lines = [{ ...document.lines[0], line: "77", productIds: [{ qualifier: "UP", id: "000000000000" }] }];
    document.totals = undefined;
    expect(codes(await decided(document))).toContain("line-unknown");
  });

  test("the other documents go out too, each as its set", async () => {
    const catalog = {
      documentType: "price-catalog",
      account: "summit-industrial",
      usage: "production",
      catalogType: { code: "PC" },
      number: "CAT-1",
      lines: [{ productIds: [{ qualifier: "VP", id: "CR-1" }], prices: [{ price: "12.50", kind: { code: "CON" } }] }],
    };
    const report = JSON.parse(sample("status/870-summit-industrial.json"));
    const kept = await supplier().submitLines([catalog, report].map((one) => JSON.stringify(one)).join("\n"));
    expect(kept.map(({ status, document }) => [status, document?.sending.set])).toEqual([
      [202, "832"],
      [202, "870"],
    ]);
    for (const { document } of kept) {
      const one = await supplier().documentThat(document.id, ({ status }) => status !== "submitted");
      expect(one, JSON.stringify(one.findings)).toMatchObject({ status: "accepted" });
    }
  });
});
