import { priceDue } from "../../ledger/price-due.ts";
import type { InvoicingRule } from "../rules/invoicing.ts";
import type { BillableLine, NotBilled } from "./facts.ts";
import type { PricedLine } from "./units.ts";

/** Answers to a price (ACK01, X12 element 668, and hold) after which it is nobody's yet. */
const openAnswers: ReadonlySet<string> = new Set(["hold", "IH", "IF"]);

/** Whether the rule or the order wants no invoice of it: the account pays by what it receives. */
export function isPaidByReceipt(rule: InvoicingRule, { order }: Pick<BillableLine, "order">): boolean {
  return rule.evaluatedReceipts === "always" || order.invoiceType?.code === "INR";
}

/** Why the account gets no invoice of an order. */
export function receiptReason(rule: InvoicingRule, { order }: Pick<BillableLine, "order">): string {
  return order.invoiceType?.code === "INR"
    ? `Order ${order.number} says BEG08 = INR: the account pays by what it receives, and gets no invoice.`
    : rule.evaluatedReceipts === "always"
      ? "The account's rule says that it always pays by what it receives: it gets no invoice."
      : "";
}

/** A line with the price that it is to be billed at, or why it can't be billed. */
export function pricedLine(rule: InvoicingRule, line: BillableLine): PricedLine | NotBilled {
  const { id, order, position, unit, givenBack } = line;
  if (givenBack) return { line, price: givenBack.price, basis: givenBack.priceBasis };
  if (isPaidByReceipt(rule, line)) return { id, until: "never", reason: receiptReason(rule, line) };
  const ordered = order.lines[position - 1];
  const name = `Line ${ordered?.line ?? position} of order ${order.number}`;
  const check = ordered?.priceCheck;
  if (check && openAnswers.has(check.answer) && !line.isPriceAgreed) {
    return {
      id,
      until: "waits",
      reason: `${name} waits for an agreement on its price (${check.answer}): ${check.reason}`,
      mend: "Accept the line in an answer to the order, or have the account change its price (860); then bill what is open.",
    };
  }
  const due = priceDue(order, { position, unit, price: ordered?.price, priceBasis: ordered?.priceBasis?.code });
  if (due === undefined) {
    return {
      id,
      until: "waits",
      reason: `${name} has no price: the order names none, and no contract gives one.`,
      mend: "Have the account name its price (860), with the price agreed on before; then bill what is open.",
    };
  }
  return { line, price: due.price, basis: due.basis };
}
