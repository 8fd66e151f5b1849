import { setTimeout as later } from "node:timers/promises";
import type { Customer, Fault, FileToSend, OrderShape, WayToPay } from "../simulator/index.ts";
import { CannotDo } from "./exit.ts";
import type { GatewayClient } from "./gateway-client.ts";

/** What a simulated customer does, and for how long. */
export interface Plan {
  readonly orders: number;
  readonly shape: OrderShape;
  /** Share of the orders that are changed, 0 to 1. */
  readonly changes: number;
  readonly pay: WayToPay;
  /** Sets that have to come for each order: 855, 865, 856, 810. */
  readonly sets: readonly string[];
  readonly usage: "production" | "test";
  /** Milliseconds for all of it. */
  readonly patienceMs: number;
}

/** Is told of each thing as it happens. */
export interface Observer {
  sent(file: FileToSend): Promise<void>;
  received(file: ReceivedFile): Promise<void>;
}

/** A file of the mailbox, and what the customer made of it. */
export interface ReceivedFile {
  /** Id of the mailbox's item. */
  readonly item: string;
  readonly contents: readonly string[];
  readonly faults: readonly Fault[];
}

/** What came of it. */
export interface Outcome {
  readonly sent: readonly FileToSend[];
  readonly received: readonly ReceivedFile[];
  /** What had not come when the time was over, a sentence each. */
  readonly missing: readonly string[];
}

/** How long it waits before it looks into the mailbox again, milliseconds. */
const lookAgainMs = 250;

/**
 * Lets a customer do business with a running gateway over its API, as an account does: it sends orders, then changes, collects
 * what waits for it, acknowledges and pays. It ends when everything has come, or the time is over.
 *
 * Files that waited before it began are left where they are.
 */
export async function simulate(
  customer: Customer,
  client: GatewayClient,
  plan: Plan,
  observer: Observer,
): Promise<Outcome> {
  const until = Date.now() + plan.patienceMs;
  const sent: FileToSend[] = [];
  const received: ReceivedFile[] = [];
  const done = new Set((await waiting(client)).map(({ id }) => id));

  async function send(file: FileToSend): Promise<void> {
    await client.upload("/api/v1/interchanges", Buffer.from(file.bytes).toString("utf8"), "application/edi-x12");
    sent.push(file);
    await observer.sent(file);
  }

  async function collect(): Promise<void> {
    for (const { id, usage } of await waiting(client)) {
      if (done.has(id)) continue;
      done.add(id);
      if (usage !== plan.usage) continue;
      const { contents, faults, answers } = customer.take(await client.download(`/api/v1/mailbox/${id}`));
      for (const answer of answers) await send(answer);
      await client.request("POST", `/api/v1/mailbox/${id}/collected`);
      const file = { item: id, contents, faults };
      received.push(file);
      await observer.received(file);
    }
  }

  /** Collects until these sets have come for every order. @returns what has not */
  async function collectUntil(sets: readonly string[]): Promise<string[]> {
    for (;;) {
      await collect();
      const missing = customer.waitsFor(sets);
      if (missing.length === 0 || Date.now() >= until) return missing;
      await later(lookAgainMs);
    }
  }

  const numbers: string[] = [];
  for (let n = 0; n < plan.orders; n++) {
    const { file, order } = customer.order(plan.shape);
    await send(file);
    numbers.push(order.number);
  }
  // A change follows its order: nobody changes what the other side has not seen.
  await collectUntil(customer.usualAnswers);
  const inForce = numbers.filter((number) => customer.isOpen(number));
  for (const number of inForce.filter(() => customer.happens(plan.changes))) {
    await send(customer.changeSomething(number).file);
  }
  await collectUntil([...customer.usualAnswers, ...plan.sets]);
  const payment = customer.pay(plan.pay);
  if (payment) await send(payment.file);
  const missing = await collectUntil([...customer.usualAnswers, ...plan.sets]);
  for (const late of customer.acknowledgeLate()) await send(late);
  return { sent, received, missing };
}

async function waiting(client: GatewayClient): Promise<{ id: string; usage: string | null }[]> {
  const items = await client.list("/api/v1/mailbox");
  return items.map((item) => {
    const { id, usage } = (item ?? {}) as { id?: unknown; usage?: unknown };
    if (typeof id !== "string") throw new CannotDo(`What answers at ${client.url} is no Portico gateway.`);
    return { id, usage: typeof usage === "string" ? usage : null };
  });
}
