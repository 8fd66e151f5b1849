import { Big } from "big.js";
import { z } from "zod";
import { decimal, isoDate } from "../documents/basic-components.ts";
import { atLeastZero, decimalText, least, moneyText, sumOf } from "./amount.ts";
import type { LedgerLine } from "./line.ts";
import type { AcknowledgedAs, MovementKind } from "./movement.ts";

/** One posting on a ledger line. Entries are handed over in the order in which they were posted. */
export interface LedgerEntry {
  readonly kind: MovementKind;
  /** Signed. */
  readonly quantity: string;
  /** Signed. */
  readonly amount?: string;
  /** Of acknowledged entries only. */
  readonly as?: AcknowledgedAs;
  /** Of acknowledged entries only: the day promised. */
  readonly promised?: string;
  /** Id of the document that moved it. */
  readonly document: string;
}

const figure = z.strictObject({ quantity: decimal, amount: decimal });
/** A quantity in the line's unit, and an amount in the order's currency. */
export type Figure = z.infer<typeof figure>;

/** What became of a ledger line so far. */
export const lineFigures = z
  .strictObject({
    ordered: figure.describe("As first ordered."),
    changed: figure.describe("By how much the buyer has raised or lowered it since."),
    cancelled: figure.describe("Taken out for good: deleted by the buyer, or refused by us."),
    acknowledged: figure.describe("What our last answer promises."),
    shipped: figure,
    invoiced: figure.describe("Invoices less credit memos, with the line's share of charges, allowances and taxes."),
    paid: figure.describe("The quantity of a line counts as paid when nothing of its amount is open."),
    required: decimal.describe("What the buyer wants in all: ordered, changed, less cancelled."),
    open: decimal.describe("Still to be shipped."),
    late: decimal.describe("What is open though its day has passed."),
    over: decimal.describe("Shipped beyond what is required."),
    under: decimal.describe("What is missing of a line that was shipped in part."),
    toInvoice: decimal.describe(
      "Shipped and not billed; below zero where more was billed than shipped. What a memo gives back in part is not to be billed again; what it takes back whole is.",
    ),
    backOrdered: decimal.describe("Of what our last answer promises, what is to come later."),
    due: isoDate.optional().describe("The day that counts: the one promised, else the one requested."),
  })
  .meta({ id: "lineFigures", description: "What became of an order line at a place." });
export type LineFigures = z.infer<typeof lineFigures>;

/**
 * The figures of one ledger line, from its entries in the order of posting. Of acknowledgments the last document counts, since
 * an answer replaces the one before. `today` is the day in the account's time zone, `YYYY-MM-DD`.
 *
 * Always: ordered + changed + over = open + shipped + cancelled.
 */
export function figuresOf(
  line: Pick<LedgerLine, "requested">,
  entries: readonly LedgerEntry[],
  today: string,
): LineFigures {
  const of = (kind: MovementKind) => entries.filter((entry) => entry.kind === kind);
  const answers = lastAnswer(of("acknowledged"));
  const held = answers.filter(({ as }) => as !== "rejected" && as !== "deleted");
  const refused = answers.filter(({ as }) => as === "rejected" || as === "deleted");

  const [ordered, changed, deleted, shipped] = [
    quantityOf(of("ordered")),
    quantityOf(of("changed")),
    quantityOf(of("cancelled")),
    quantityOf(of("shipped")),
  ];
  const wanted = ordered.plus(changed).minus(deleted);
  // What we refused after it was shipped, or deleted before, was not refused.
  const refusedOpen = least(quantityOf(refused), atLeastZero(wanted.minus(shipped)));
  const required = wanted.minus(refusedOpen);
  const open = atLeastZero(required.minus(shipped));
  const due =
    held
      .flatMap(({ promised }) => promised ?? [])
      .sort()
      .at(-1) ?? line.requested;
  const refusedAmount = quantityOf(refused).eq(0)
    ? new Big(0)
    : amountOf(refused).times(refusedOpen).div(quantityOf(refused));

  return {
    ordered: figureOf(of("ordered")),
    changed: figureOf(of("changed")),
    cancelled: {
      quantity: decimalText(deleted.plus(refusedOpen)),
      amount: moneyText(amountOf(of("cancelled")).plus(refusedAmount)),
    },
    acknowledged: figureOf(held),
    shipped: figureOf(of("shipped")),
    invoiced: figureOf(of("invoiced")),
    paid: figureOf(of("paid")),
    required: decimalText(required),
    open: decimalText(open),
    late: due !== undefined && due < today ? decimalText(open) : "0",
    over: decimalText(atLeastZero(shipped.minus(required))),
    under: shipped.gt(0) ? decimalText(open) : "0",
    toInvoice: decimalText(shipped.minus(standingBill(of("invoiced")))),
    backOrdered: decimalText(quantityOf(held.filter(({ as }) => as === "back-ordered"))),
    ...(due !== undefined && { due }),
  };
}

/** What an order has come to. */
export const orderState = z
  .enum(["open", "partly-shipped", "shipped", "invoiced", "paid", "cancelled"])
  .meta({ id: "orderState" });
export type OrderState = z.infer<typeof orderState>;

/**
 * What an order has come to, from the figures of its lines. An order of which nothing is left to ship and nothing was
 * shipped is cancelled; the others go by their slowest line. What was billed at nothing needs no payment.
 */
export function orderStateOf(lines: readonly LineFigures[]): OrderState {
  const live = lines.filter(({ required, shipped }) => !new Big(required).eq(0) || !new Big(shipped.quantity).eq(0));
  if (live.length === 0) return lines.length === 0 ? "open" : "cancelled";
  if (live.some(({ open }) => new Big(open).gt(0))) {
    return live.some(({ shipped }) => new Big(shipped.quantity).gt(0)) ? "partly-shipped" : "open";
  }
  if (live.some(({ toInvoice }) => new Big(toInvoice).gt(0))) return "shipped";
  const isPaid = ({ invoiced, paid }: LineFigures) =>
    new Big(paid.quantity).gte(invoiced.quantity) || new Big(invoiced.amount).eq(0);
  return live.every(isPaid) ? "paid" : "invoiced";
}

/**
 * The quantity that needs no further bill. A credit memo for a part (goods that came back, or came damaged) leaves the bill
 * standing; one that takes it back whole makes way for another.
 */
function standingBill(entries: readonly LedgerEntry[]): Big {
  let net = new Big(0);
  let billed = new Big(0);
  for (const { quantity } of entries) {
    net = net.plus(quantity);
    if (new Big(quantity).gt(0)) billed = billed.plus(quantity);
    if (net.lte(0)) billed = net;
  }
  return billed;
}

/** The entries of the last document; a refused change leaves the answer before it standing. */
function lastAnswer(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const standing = entries.filter(({ as }) => as !== "change-refused");
  const last = standing.at(-1)?.document;
  return standing.filter(({ document }) => document === last);
}

function quantityOf(entries: readonly LedgerEntry[]): Big {
  return sumOf(entries.map(({ quantity }) => quantity));
}

function amountOf(entries: readonly LedgerEntry[]): Big {
  return sumOf(entries.map(({ amount }) => amount));
}

function figureOf(entries: readonly LedgerEntry[]): Figure {
  return { quantity: decimalText(quantityOf(entries)), amount: moneyText(amountOf(entries)) };
}
