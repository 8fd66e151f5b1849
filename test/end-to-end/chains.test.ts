import { Big } from "big.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChainStep, chains, sampleAccounts } from "../support/chains.ts";
import {
  combinationsFor,
  eventually,
  freshGround,
  type Ground,
  type Json,
  startTestGateway,
  type TestGateway,
} from "../support/test-gateway.ts";

/** What the books say of a chain when it is over. */
interface Ending {
  /** Number and state of its order: the one that it sent, or the standing one that its schedules release from. */
  readonly order?: readonly [number: string, state: string];
  /** Of each line and place: line, store, ordered, changed, cancelled, shipped, invoiced, open. */
  readonly lines: readonly (readonly (string | null)[])[];
  /** Invoices and memos: number, amount, still open. */
  readonly claims: readonly (readonly [number: string, amount: string, open: string])[];
  /** Kinds of what a person has to look at. */
  readonly workItems: readonly string[];
}

const endings: Readonly<Record<string, Ending>> = {
  "harbor-retail": {
    order: ["7742318", "paid"],
    lines: [
      ["1", "0117", "12", "0", "0", "12", "12", "0"],
      ["1", "0233", "24", "12", "0", "36", "36", "0"],
      ["2", "0117", "48", "0", "0", "48", "48", "0"],
      ["2", "0233", "48", "0", "0", "48", "48", "0"],
      ["3", "0117", "4", "0", "4", "0", "0", "0"],
      ["3", "0233", "8", "0", "8", "0", "0", "0"],
      ["4", "0117", "0", "12", "0", "12", "12", "0"],
      ["4", "0233", "0", "12", "0", "12", "12", "0"],
    ],
    // The rejected invoice and the memo that takes it back make up for each other.
    claims: [
      ["100611", "2095.20", "2095.20"],
      ["100612", "-2095.20", "-2095.20"],
      ["100613", "2095.20", "0.00"],
    ],
    workItems: ["application-rejected"],
  },
  "summit-industrial": {
    order: ["4500283310", "partly-shipped"],
    lines: [
      ["10", "PLANT-4", "200", "0", "0", "200", "200", "0"],
      ["20", "PLANT-4", "6", "0", "0", "6", "6", "0"],
      ["30", "PLANT-4", "1", "0", "0", "0", "0", "1"],
    ],
    claims: [["100702", "3185.40", "51.40"]],
    workItems: ["remittance-difference"],
  },
  // The plan calls for 1200 firmly, the shipping schedule for 600 of them.
  "tamarack-motors": {
    order: ["PO5500047", "paid"],
    lines: [["1", "P2", "1200", "-600", "0", "600", "600", "0"]],
    claims: [["100815", "2490.00", "0.00"]],
    workItems: ["message"],
  },
  "green-valley-grocers": {
    order: ["GV-338120", "paid"],
    lines: [
      ["1", "0041776203073", "40", "0", "0", "40", "40", "0"],
      // Two of them are credited.
      ["2", "0041776203073", "60", "0", "0", "60", "58", "0"],
      ["3", "0041776203073", "24", "0", "4", "20", "20", "0"],
    ],
    claims: [
      ["100920", "2724.00", "0.00"],
      ["100934", "-36.80", "0.00"],
    ],
    workItems: [],
  },
};

describe.each(combinationsFor(import.meta.url))("the sample chains on $name", (combination) => {
  let ground: Ground;
  let gateway: TestGateway;

  beforeAll(async () => {
    ground = await freshGround(combination);
    gateway = await startTestGateway(ground);
  });
  afterAll(async () => {
    await gateway?.close();
    await ground?.clear();
  });

  /** The account sends it: it is taken in, and a document of the supplier's. */
  async function comesIn({ bytes, document, name }: ChainStep): Promise<void> {
    const { id, status } = await gateway.as(document.account).sendAndWait(bytes);
    expect([name, status]).toEqual([name, "processed"]);
    await eventually(async () => {
      const all = await gateway.supplier.documents(document.documentType, `&account=${document.account}`);
      return all.find((one) => one.interchange === id && one.status === "accepted");
    }, `the document of ${name}`);
  }

  /** The supplier hands it in: it passes its checks, and leaves as the X12 beside it. */
  async function goesOut({ document, bytes, name }: ChainStep): Promise<void> {
    const { status, body } = await gateway.supplier.submit(document);
    expect([name, status]).toEqual([name, 202]);
    const kept = await gateway.supplier.documentThat(
      body.id,
      ({ interchange, status }) => interchange !== null || status === "held",
    );
    expect([name, kept.status, kept.findings]).toEqual([name, "accepted", []]);
    const sent = await mailboxOf(document.account);
    expect(sent).toContain(setIn(bytes.toString("utf8")));
  }

  /** The account's rules answer by themselves, with what the chain shows but for its day. */
  async function isAnswered({ document, bytes, name }: ChainStep): Promise<void> {
    const undated = (x12: string) => setIn(x12).replace(/^(BAK(?:\*[^*]*){8}\*|BCA(?:\*[^*]*){9}\*)\d{8}/m, "$1");
    const expected = undated(bytes.toString("utf8"));
    await eventually(
      async () => ((await mailboxOf(document.account)).map(undated).includes(expected) ? true : undefined),
      `the answer of ${name}`,
      6000,
    );
  }

  const mailboxOf = async (account: string): Promise<string[]> =>
    (await gateway.as(account).mailbox(0)).map(({ x12 }) => setIn(x12));

  test.each(chains)(
    "$account: every document goes its way, and the books end as the story does",
    async (chain) => {
      for (const step of chain.steps) {
        if (step.direction === "in") await comesIn(step);
        else if (answersByItself(chain.account, step.set)) await isAnswered(step);
        else await goesOut(step);
      }
      expect(await endingOf(chain.account)).toEqual(endings[chain.account]);
    },
    240_000,
  );

  test("a standing order is shown with the schedules that release from it, and all that followed", async () => {
    const { body: found } = await gateway.supplier.get("/api/v1/orders?account=tamarack-motors&number=PO5500047");
    const { body: order } = await gateway.supplier.get(`/api/v1/orders/${found.items[0].id}`);
    const moved = order.chain.map(({ type, moved }: Json) => [
      type,
      ...moved.map(({ kind, quantity }: Json) => `${kind} ${quantity}`),
    ]);
    expect(moved.filter(([, ...what]: string[]) => what.length > 0)).toEqual([
      ["planning-schedule", "ordered 1200"],
      ["shipping-schedule", "changed -600"],
      ["shipment", "shipped 300"],
      ["shipment", "shipped 300"],
      ["invoice", "invoiced 600"],
      ["remittance", "paid 600"],
    ]);
    expect(order.totals).toMatchObject({ invoiced: { amount: "2490.00" }, paid: { amount: "2490.00" }, open: "0" });
    expect(order.versions).toHaveLength(2);
  });

  async function endingOf(account: string): Promise<Ending> {
    const list = async (path: string): Promise<Json[]> =>
      (await gateway.supplier.get(`/api/v1/${path}&account=${account}`)).body.items;
    const [order] = await list("orders?limit=10");
    const detail = order && (await gateway.supplier.get(`/api/v1/orders/${order.id}`)).body;
    const invoices = await list("invoices?limit=50");
    const workItems = await list("work-items?open=true&limit=50");
    return {
      ...(order && { order: [order.number, order.state] }),
      lines: (detail?.lines ?? []).map(({ line, location, figures }: Json) => [
        line,
        location?.id ?? null,
        ...["ordered", "changed", "cancelled", "shipped", "invoiced"].map((name) => figures[name].quantity),
        figures.open,
      ]),
      claims: invoices
        .map(({ number, amount, openAmount }: Json) => [number, inCents(amount), inCents(openAmount)] as const)
        .sort(([one], [other]) => one.localeCompare(other)),
      workItems: workItems.map(({ kind }: Json) => kind).sort(),
    };
  }
});

/** Whether the gateway makes what answers a set of the account's, by the account's rules. */
function answersByItself(account: string, set: string): boolean {
  const profile = sampleAccounts.find(({ id }) => id === account);
  return (set === "855" && profile?.orderResponse.send) || (set === "865" && profile?.orderChanges.send) || false;
}

const inCents = (amount: string): string => new Big(amount).toFixed(2);

/** ST to SE of an interchange's first set. */
function setIn(x12: string): string {
  const text = x12.replaceAll("\r\n", "\n");
  const start = text.search(/^ST./m);
  const end = text.search(/^GE./m);
  return text.slice(Math.max(start, 0), end < 0 ? undefined : end);
}
