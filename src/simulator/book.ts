import { Big } from "big.js";
import type {
  Invoice,
  Order,
  OrderChange,
  OrderChangeResponse,
  OrderLine,
  OrderResponse,
  Shipment,
} from "../documents/index.ts";

/** What a customer remembers of an order that it has sent. */
export interface BookedOrder {
  /** As it was first sent. */
  readonly order: Order;
  /** Its lines with every change that was sent, those refused left out. */
  inForce: OrderLine[];
  readonly changes: { readonly change: OrderChange; answered: boolean }[];
  readonly responses: OrderResponse[];
  /** By line number; lines that were deleted stay. */
  readonly lines: Map<string, BookedLine>;
}

/** What became of one line, in the customer's eyes. */
export interface BookedLine {
  readonly line: OrderLine;
  /** What both sides have agreed on: what was ordered, and every change that was answered. */
  agreed: Big;
  /** What is wanted by a change that is not answered yet; null where there is none. */
  asked: Big | null;
  shipped: Big;
  invoiced: Big;
}

/** What a customer remembers of an invoice or a memo that it got. */
export interface BookedInvoice {
  readonly invoice: Invoice;
  /** Whether it is in a payment that was sent. */
  paid: boolean;
}

/** What a customer has in its own books, to tell what makes sense. */
export class CustomersBook {
  readonly orders = new Map<string, BookedOrder>();
  readonly invoices = new Map<string, BookedInvoice>();
  readonly shipments = new Map<string, Shipment>();
  /** Container codes that came, each with the shipment that it came in. */
  readonly containers = new Map<string, string>();

  /** Writes down an order that was sent. */
  enterOrder(order: Order): BookedOrder {
    const booked: BookedOrder = {
      order,
      inForce: [...order.lines],
      changes: [],
      responses: [],
      lines: new Map(order.lines.map((line) => [line.line ?? "", bookedLine(line, new Big(line.quantity ?? 0), null)])),
    };
    this.orders.set(order.number, booked);
    return booked;
  }

  /** Writes down a change that was sent: until it is answered, the old and the new quantity are both possible. */
  enterChange(booked: BookedOrder, change: OrderChange): void {
    booked.changes.push({ change, answered: false });
    if (change.purpose.code === "01") {
      for (const line of booked.lines.values()) line.asked = new Big(0);
      booked.inForce = [];
      return;
    }
    for (const { change: code, quantityLeft: _, quantities: __, ...line } of change.lines) {
      const number = line.line ?? "";
      const known = booked.lines.get(number);
      if (code.code === "AI") {
        booked.lines.set(number, bookedLine(line, new Big(0), new Big(line.quantity ?? 0)));
        booked.inForce.push(line);
      } else if (known) {
        known.asked = new Big(code.code === "DI" ? 0 : (line.quantity ?? 0));
        booked.inForce = booked.inForce.flatMap((one) => {
          if (one.line !== number) return [one];
          return code.code === "DI" ? [] : [line];
        });
      }
    }
  }

  /** Takes the supplier's word on a change: what was refused is as it was, what was taken in part is as they say. */
  takeChangeResponse(booked: BookedOrder, response: OrderChangeResponse): void {
    const refusedWhole = response.lines.length === 0 && /^R[DJ]$/.test(response.acknowledgmentType?.code ?? "");
    if (response.lines.length === 0) {
      for (const line of booked.lines.values()) settle(line, refusedWhole ? line.agreed : line.asked);
      return;
    }
    for (const answer of response.lines) {
      const line = booked.lines.get(answer.line ?? "");
      if (!line) continue;
      const inPart = answer.acknowledgments.find(({ status, quantity }) => status === "IQ" && quantity !== undefined);
      if (answer.change.code === "RC") settle(line, line.agreed);
      else settle(line, inPart ? new Big(inPart.quantity as string) : line.asked);
    }
  }

  /** The line of an order that something speaks of: by its number, else by a product number that only one line has. */
  lineOf(
    booked: BookedOrder,
    said: { line?: string | undefined; productIds: readonly { qualifier: string; id: string }[] },
  ): BookedLine | undefined {
    const byNumber = said.line === undefined ? undefined : booked.lines.get(said.line);
    if (byNumber) return byNumber;
    const found = [...booked.lines.values()].filter(({ line }) =>
      line.productIds.some(({ qualifier, id }) =>
        said.productIds.some((one) => one.qualifier === qualifier && one.id === id),
      ),
    );
    return found.length === 1 ? found[0] : undefined;
  }
}

/** The most that may come of a line: while a change is not answered, the larger of both quantities counts. */
export function mostOf({ agreed, asked }: Pick<BookedLine, "agreed" | "asked">): Big {
  return asked?.gt(agreed) ? asked : agreed;
}

function bookedLine(line: OrderLine, agreed: Big, asked: Big | null): BookedLine {
  return { line, agreed, asked, shipped: new Big(0), invoiced: new Big(0) };
}

function settle(line: BookedLine, wanted: Big | null): void {
  if (wanted !== null) line.agreed = wanted;
  line.asked = null;
}
