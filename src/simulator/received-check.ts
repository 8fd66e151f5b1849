import { Big } from "big.js";
import {
  type Document,
  type Invoice,
  invoicedLines,
  invoiceFaults,
  invoiceTotals,
  isCredit,
  levelsOf,
  type OrderChangeResponse,
  type OrderResponse,
  type Shipment,
  shipmentFaults,
  shippedItems,
} from "../documents/index.ts";
import { type BookedOrder, type CustomersBook, mostOf } from "./book.ts";

/** Something about a document that a customer can't make sense of. */
export interface Nonsense {
  /** Stable word: order-unknown, shipped-too-many, price-differs, ... */
  readonly code: string;
  readonly message: string;
}

/**
 * What a customer finds odd about a document of ours, by what it has ordered and got until now; and enters it into its books.
 * What the standard and the guide say of its X12 has been looked at before.
 */
export function takeDocument(book: CustomersBook, document: Document): Nonsense[] {
  switch (document.documentType) {
    case "order-response":
      return takeResponse(book, document);
    case "order-change-response":
      return takeChangeResponse(book, document);
    case "shipment":
      return takeShipment(book, document);
    case "invoice":
      return takeInvoice(book, document);
    default:
      return [];
  }
}

/** X12 element 353: what is said anew under the same number. */
const saidAnew: ReadonlySet<string> = new Set(["01", "04", "05", "06", "15", "18"]);

function takeResponse(book: CustomersBook, response: OrderResponse): Nonsense[] {
  const booked = book.orders.get(response.order.number);
  if (!booked) return [unknownOrder("855", response.order.number)];
  const found: Nonsense[] = [];
  const what = `The 855 for order ${response.order.number}`;
  if (booked.responses.length > 0 && response.purpose.code === "00") {
    found.push({ code: "answered-before", message: `${what} is its second original.` });
  }
  if (response.order.date !== booked.order.date) {
    const message = `${what} says that we placed it on ${response.order.date}, not ${booked.order.date}.`;
    found.push({ code: "order-date-differs", message });
  }
  for (const line of response.lines) {
    const ours = book.lineOf(booked, line);
    if (!ours) {
      found.push(unknownLine(what, line.line));
      continue;
    }
    const told = sum(line.acknowledgments.flatMap(({ quantity }) => quantity ?? []));
    if (told.gt(mostOf(ours))) {
      const message = `${what} speaks of ${told.toFixed()} on line ${line.line}; we ordered ${mostOf(ours).toFixed()}.`;
      found.push({ code: "answered-too-many", message });
    }
  }
  booked.responses.push(response);
  return found;
}

function takeChangeResponse(book: CustomersBook, response: OrderChangeResponse): Nonsense[] {
  const { number, changeSequence } = response.order;
  const booked = book.orders.get(number);
  if (!booked) return [unknownOrder("865", number)];
  const change = booked.changes.find((one) => one.change.changeSequence === changeSequence);
  const what = `The 865 for order ${number}`;
  if (!change) {
    return [{ code: "change-unknown", message: `${what} answers change ${changeSequence}, which we did not send.` }];
  }
  const found = response.lines.filter((line) => !book.lineOf(booked, line)).map(({ line }) => unknownLine(what, line));
  if (change.answered)
    found.push({ code: "answered-before", message: `${what} answers change ${changeSequence} again.` });
  change.answered = true;
  book.takeChangeResponse(booked, response);
  return found;
}

function takeShipment(book: CustomersBook, shipment: Shipment): Nonsense[] {
  const what = `The 856 ${shipment.number}`;
  const found: Nonsense[] = shipmentFaults(shipment).map(({ path, message }) => ({
    code: "contradiction",
    message: `${what}: ${path.join(".")} ${message}.`,
  }));
  const again = saidAnew.has(shipment.purpose.code);
  if (book.shipments.has(shipment.number) && !again) {
    found.push({ code: "number-used", message: `${what} has the number of an earlier one.` });
  }
  const sign = shipment.purpose.code === "01" ? -1 : 1;
  for (const { item, order } of shippedItems(shipment)) {
    const booked = order && book.orders.get(order.number);
    const line = booked && book.lineOf(booked, item);
    if (!booked || !line) {
      found.push(booked ? unknownLine(what, item.line) : unknownOrder("856", order?.number ?? ""));
      continue;
    }
    line.shipped = line.shipped.plus(new Big(item.quantity).times(sign));
    if (line.shipped.gt(mostOf(line))) {
      found.push(tooMany("shipped-too-many", what, booked, line.line.line, line.shipped, mostOf(line)));
    }
    if (item.unit !== line.line.unit) {
      const message = `${what} counts line ${line.line.line} of order ${booked.order.number} in ${item.unit}; we ordered in ${line.line.unit}.`;
      found.push({ code: "unit-differs", message });
    }
  }
  for (const { level } of levelsOf(shipment)) {
    const sscc = "sscc" in level ? level.sscc : undefined;
    if (sscc === undefined) continue;
    const earlier = book.containers.get(sscc);
    if (earlier !== undefined && !again) {
      found.push({ code: "container-used", message: `${what} has a container ${sscc}, as ${earlier} had.` });
    }
    book.containers.set(sscc, shipment.number);
  }
  book.shipments.set(shipment.number, shipment);
  return found;
}

function takeInvoice(book: CustomersBook, invoice: Invoice): Nonsense[] {
  const what = `The 810 ${invoice.number}`;
  const found: Nonsense[] = invoiceFaults(invoice).map(({ path, message }) => ({
    code: "contradiction",
    message: `${what}: ${path.join(".")} ${message}.`,
  }));
  if (book.invoices.has(invoice.number)) {
    found.push({ code: "number-used", message: `${what} has the number of an earlier one.` });
  }
  const about = invoice.billingReference === undefined ? undefined : book.invoices.get(invoice.billingReference);
  if (invoice.billingReference !== undefined && !about) {
    const message = `${what} is about invoice ${invoice.billingReference}, which we don't have.`;
    found.push({ code: "invoice-unknown", message });
  }
  if (about && isCredit(invoice) && new Big(invoiceTotals(invoice).amount).gt(invoiceTotals(about.invoice).amount)) {
    found.push({
      code: "credited-too-much",
      message: `${what} gives back more than invoice ${about.invoice.number} was.`,
    });
  }
  const sign = isCredit(invoice) ? -1 : 1;
  for (const { line, order } of invoicedLines(invoice)) {
    if (!order) continue;
    const booked = book.orders.get(order.number);
    const ours = booked && book.lineOf(booked, line);
    if (!booked || !ours) {
      found.push(booked ? unknownLine(what, line.line) : unknownOrder("810", order.number));
      continue;
    }
    const price = booked.inForce.find((one) => one.line === ours.line.line)?.price ?? ours.line.price;
    const prices = [ours.line.price, price].flatMap((one) => one ?? []);
    // A credit at less than the price gives a part of it back, and takes no goods back.
    if (isCredit(invoice) && prices.length > 0 && prices.every((one) => new Big(one).gt(line.price))) continue;
    ours.invoiced = ours.invoiced.plus(new Big(line.quantity).times(sign));
    if (prices.length > 0 && !prices.some((one) => new Big(one).eq(line.price))) {
      const message = `${what} asks ${line.price} for line ${ours.line.line} of order ${order.number}; we ordered at ${price}.`;
      found.push({ code: "price-differs", message });
    }
    if (ours.invoiced.gt(ours.shipped)) {
      found.push(tooMany("invoiced-too-many", what, booked, ours.line.line, ours.invoiced, ours.shipped));
    }
  }
  book.invoices.set(invoice.number, { invoice, paid: false });
  return found;
}

function sum(quantities: readonly string[]): Big {
  return quantities.reduce((all, quantity) => all.plus(quantity), new Big(0));
}

function unknownOrder(set: string, number: string): Nonsense {
  return { code: "order-unknown", message: `The ${set} is for order ${number || "(none)"}, which we did not place.` };
}

function unknownLine(what: string, line: string | undefined): Nonsense {
  return { code: "line-unknown", message: `${what} speaks of line ${line ?? "(none)"}, which the order has not.` };
}

function tooMany(
  code: string,
  what: string,
  { order }: BookedOrder,
  line: string | undefined,
  came: Big,
  limit: Big,
): Nonsense {
  const of = code === "shipped-too-many" ? "ordered" : "shipped to us";
  const message = `${what} brings line ${line} of order ${order.number} to ${came.toFixed()}; ${limit.toFixed()} are ${of}.`;
  return { code, message };
}
