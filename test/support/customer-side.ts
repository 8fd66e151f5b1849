import type { Customer, Fault, FileToSend } from "../../src/simulator/index.ts";
import { type Client, eventually } from "./test-gateway.ts";

/** A simulated customer at its account's front doors: what it sends and collects, and what it found wrong. */
export class CustomerAtTheDoor {
  readonly customer: Customer;
  readonly faults: Fault[] = [];
  readonly contents: string[] = [];
  /** Ids of the interchanges that were sent. */
  readonly sent: string[] = [];
  readonly #client: Client;

  constructor(customer: Customer, client: Client) {
    this.customer = customer;
    this.#client = client;
  }

  async send({ bytes, name }: FileToSend): Promise<void> {
    const { status, body } = await this.#client.send(bytes);
    if (status !== 202) throw new Error(`${name} was answered ${status}: ${JSON.stringify(body)}`);
    this.sent.push(body.id);
  }

  /** Takes what waits, once. */
  async collect(): Promise<void> {
    const { body } = await this.#client.get("/api/v1/mailbox?limit=200");
    for (const { id } of body.items) {
      const file = await this.#client.get(`/api/v1/mailbox/${id}`);
      const { faults, contents, answers } = this.customer.take(Buffer.from(file.body as string, "utf8"));
      this.faults.push(...faults);
      this.contents.push(...contents);
      for (const answer of answers) await this.send(answer);
      await this.#client.post(`/api/v1/mailbox/${id}/collected`);
    }
  }

  /** Takes what comes until everything is there. @param there looked at after each collection */
  async until(there: () => boolean, what: string): Promise<void> {
    await eventually(async () => {
      await this.collect();
      return there() || undefined;
    }, what);
  }

  /** Takes what comes until all that was sent is acknowledged, and answered by these sets. */
  async answered(sets: readonly string[] = []): Promise<void> {
    await eventually(
      async () => {
        await this.collect();
        return this.customer.waitsFor(sets).length === 0 || undefined;
      },
      `all answers of ${sets.join(", ")}`,
    ).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}: ${this.customer.waitsFor(sets).join("; ")}`);
    });
  }

  /** Waits until everything that was sent is dealt with. */
  async dealtWith(): Promise<void> {
    for (const id of this.sent.splice(0)) {
      const { status } = await this.#client.interchangeThat(
        id,
        (one) => one.status !== "received" && one.status !== "processing",
      );
      if (status !== "processed") throw new Error(`interchange ${id} is ${status}`);
    }
  }
}
