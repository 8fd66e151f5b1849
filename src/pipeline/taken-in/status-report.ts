import { Big } from "big.js";
import { orderStatuses, statusReportTypes, statusScopes } from "../../documents/code-words/order-status.ts";
import { withWord } from "../../documents/code-words.ts";
import type {
  OrderStatus,
  OrderStatusReport,
  ProductId,
  StatusInquiry,
  StatusLine,
  StatusOrder,
} from "../../documents/index.ts";
import type { LineFigures, OrderState } from "../../ledger/index.ts";
import type { OrderBook, OrderBookLine } from "../../store/ledger.ts";
import { figuresOfLine } from "../standing.ts";

/** Most lines of an order in one report: what an 870 has room for. */
const mostLines = 1000;

/** Which lines of an order are asked about; none named: all. */
export interface WantedLine {
  readonly line?: string | undefined;
  readonly productIds: readonly ProductId[];
}

/** How far an order is, by X12 element 368. */
const statusOfOrder: Record<OrderState, string> = {
  open: "IN",
  "partly-shipped": "PR",
  shipped: "CC",
  invoiced: "CC",
  paid: "CC",
  cancelled: "DE",
};

/** The answer to an inquiry, from the books. */
export function statusReport(
  inquiry: StatusInquiry,
  number: string,
  today: string,
  orders: readonly StatusOrder[],
): OrderStatusReport {
  return {
    documentType: "order-status-report",
    account: inquiry.account,
    usage: inquiry.usage,
    reportType: withWord("1", statusReportTypes),
    scope: inquiry.scope,
    number,
    date: today,
    ...(inquiry.selection && { selection: inquiry.selection }),
    ...(inquiry.location && { location: inquiry.location }),
    inquiry: { number: inquiry.number, date: inquiry.date, ...(inquiry.time !== undefined && { time: inquiry.time }) },
    orders: [...orders],
  };
}

/** What an account is told of its open orders without having asked, as was agreed with it. */
export function agreedReport(
  { account, usage }: Pick<OrderStatusReport, "account" | "usage">,
  number: string,
  today: string,
  orders: readonly StatusOrder[],
): OrderStatusReport {
  return {
    documentType: "order-status-report",
    account,
    usage,
    reportType: withWord("2", statusReportTypes),
    scope: withWord("CO", statusScopes),
    number,
    date: today,
    orders: [...orders],
  };
}

/** How far one order is, line by line; of several stores that share a line, all together. */
export function statusOfBook(
  { order, body, lines }: OrderBook,
  today: string,
  wanted: readonly WantedLine[],
): StatusOrder {
  const byPosition = new Map<number, OrderBookLine[]>();
  for (const line of lines) byPosition.set(line.line.position, [...(byPosition.get(line.line.position) ?? []), line]);
  const chosen = [...byPosition.values()].filter(
    (parts) => wanted.length === 0 || wanted.some((one) => isWanted(parts, one)),
  );
  return {
    order: {
      number: order.number,
      ...(order.release !== "" && { release: order.release }),
      date: body.date,
    },
    statuses: [{ status: withWord(statusOfOrder[order.state], orderStatuses) }],
    lines: chosen.slice(0, mostLines).map((parts) => statusLine(parts, today)),
  };
}

/** An order that is asked about and that the books don't have. */
export function statusOfUnknown(order: NonNullable<StatusOrder["order"]>): StatusOrder {
  const unknown: OrderStatus = {
    status: withWord("ID", orderStatuses),
    descriptions: [{ type: "F", text: "We have no such order" }],
  };
  return {
    order: { number: order.number, ...(order.release !== undefined && { release: order.release }) },
    statuses: [unknown],
  };
}

function isWanted([part]: readonly OrderBookLine[], wanted: WantedLine): boolean {
  if (!part) return false;
  if (wanted.line !== undefined && wanted.line === part.line.line) return true;
  return wanted.productIds.some(({ qualifier, id }) =>
    part.line.productIds.some((own) => own.qualifier === qualifier && own.id === id),
  );
}

function statusLine(parts: readonly OrderBookLine[], today: string): StatusLine {
  const first = parts[0] as OrderBookLine;
  const { line, unit, price, productIds } = first.line;
  const figures = parts.map((part) => figuresOfLine(part, today));
  const sum = (of: (one: LineFigures) => string) => figures.reduce((all, one) => all.plus(of(one)), new Big(0));
  const shipped = sum((one) => one.shipped.quantity);
  const cancelled = sum((one) => one.cancelled.quantity);
  const open = sum((one) => one.open);
  const promisedLater = sum((one) => one.backOrdered);
  const backOrdered = promisedLater.gt(open) ? open : promisedLater;
  const due = figures.flatMap((one) => (one.open !== "0" && one.due ? [one.due] : [])).sort()[0];
  const shippedOn = parts
    .flatMap(({ entries }) =>
      entries.flatMap(({ kind, happenedOn }) => (kind === "shipped" && happenedOn ? [happenedOn] : [])),
    )
    .sort()
    .at(-1);
  const status = (code: string, quantity: Big, qualifier: string, date?: string) =>
    quantity.eq(0)
      ? []
      : [
          {
            status: withWord(code, orderStatuses),
            ...(date !== undefined && { date }),
            quantities: [{ qualifier, quantity: quantity.toFixed(), ...(unit !== undefined && { unit }) }],
          },
        ];
  return {
    line,
    quantity: sum((one) => one.required).toFixed(),
    ...(unit !== undefined && { unit }),
    ...(price !== undefined && { price }),
    productIds: productIds.slice(0, 10),
    statuses: [
      // 39 shipped, 63 on order, BQ back-ordered, 01 discrete (X12 element 673).
      ...status("SH", shipped, "39", shippedOn),
      ...status(due === undefined ? "IN" : "ED", open.minus(backOrdered), "63", due),
      ...status("BO", backOrdered, "BQ", due),
      ...status("IC", cancelled, "01"),
    ],
  };
}
