import { Big } from "big.js";
import type { AgreedPrice, PriceCheck, PriceOutcome } from "../../documents/price-check.ts";
import { extendedAmount } from "../../ledger/amount.ts";
import type { PriceAnswer, PricingRule } from "../rules/pricing.ts";
import type { Agreement } from "./agreement.ts";
import { type Counted, priceReached } from "./ladder.ts";

/** The price of an order line as the buyer wrote it. */
export interface OrderedPrice {
  readonly price?: string | undefined;
  readonly priceBasis?: { readonly code: string } | undefined;
  readonly unit?: string | undefined;
}

/** What an agreement comes to for a line; null where there is none, or the line is below its first step. */
export function agreedPriceOf(agreement: Agreement, counted: Counted): AgreedPrice | null {
  if (agreement.outcome !== "agreed") return null;
  const { contract, ladder } = agreement;
  const reached = priceReached(ladder.steps, counted);
  return reached === null
    ? null
    : {
        price: reached.price,
        ...(ladder.priceBasis !== "" && { priceBasis: ladder.priceBasis }),
        unit: ladder.unit,
        currency: contract.currency,
        contract: contract.number,
        by: reached.by,
        from: reached.from,
        counted: reached.counted,
      };
}

/** Holds the price of an order line against what was agreed, and says what the account's rule answers to that. */
export function checkPrice(rule: PricingRule, agreement: Agreement, counted: Counted, line: OrderedPrice): PriceCheck {
  const agreed = agreedPriceOf(agreement, counted);
  if (agreed === null) {
    const { outcome, reason } =
      agreement.outcome === "agreed"
        ? ({
            outcome: "no-contract",
            reason: `Contract ${agreement.contract.number} has no price for so few.`,
          } as const)
        : agreement;
    return { outcome, answer: answerTo(rule, outcome), reason };
  }
  const outcome = outcomeOf(rule, agreed, line);
  return { outcome, answer: answerTo(rule, outcome), reason: reasonOf(outcome, agreed, line), agreed };
}

function outcomeOf(rule: PricingRule, agreed: AgreedPrice, line: OrderedPrice): PriceOutcome {
  if (line.price === undefined) return "unpriced";
  // Of one unit each, since one may be for a hundred and the other for each.
  const ordered = extendedAmount("1", line.price, line.priceBasis?.code, agreed.unit);
  const ours = extendedAmount("1", agreed.price, agreed.priceBasis, agreed.unit);
  const difference = ours.minus(ordered);
  if (difference.eq(0) || isWithin(difference.abs(), ours, rule.tolerance)) return "within";
  return difference.gt(0) ? "higher" : "lower";
}

function isWithin(difference: Big, price: Big, { percent, amount }: PricingRule["tolerance"]): boolean {
  if (percent === undefined && amount === undefined) return false;
  return (
    (percent === undefined || difference.lte(price.times(percent).div(100))) &&
    (amount === undefined || difference.lte(amount))
  );
}

function answerTo({ answers }: PricingRule, outcome: PriceOutcome): PriceAnswer {
  switch (outcome) {
    case "no-contract":
      return answers.noContract;
    case "other-unit":
      return answers.otherUnit;
    default:
      return answers[outcome];
  }
}

function reasonOf(outcome: PriceOutcome, agreed: AgreedPrice, { price, priceBasis }: OrderedPrice): string {
  const ours = `${agreed.price}${basisWords(agreed.priceBasis)} ${agreed.currency} by ${agreed.unit} is agreed in contract ${agreed.contract}, by ${agreed.by} from ${agreed.from} on (${agreed.counted} counted)`;
  const theirs = `${price}${basisWords(priceBasis?.code)}`;
  switch (outcome) {
    case "within":
      return new Big(price ?? 0).eq(agreed.price)
        ? `The price is as agreed: ${ours}.`
        : `${theirs} is near enough: ${ours}.`;
    case "unpriced":
      return `The order names no price: ${ours}.`;
    case "lower":
      return `${theirs} was ordered and our price is lower: ${ours}.`;
    default:
      return `${theirs} was ordered and our price is higher: ${ours}.`;
  }
}

function basisWords(basis: string | undefined): string {
  return basis === undefined ? "" : ` (${basis})`;
}
