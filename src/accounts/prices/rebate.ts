import { Big } from "big.js";
import { decimalText, moneyText } from "../../ledger/amount.ts";
import type { RebateRule } from "../rules/pricing.ts";

/** What an account is given back by now, and what the next step asks for. */
export interface Rebate {
  /** Percentage of the step reached; 0 below the first. */
  readonly percent: string;
  /** Money with its cents. */
  readonly accrued: string;
  readonly next: { readonly from: string; readonly percent: string; readonly missing: string } | null;
}

/** The rebate on an amount invoiced in a period. What was credited beyond what was invoiced earns nothing. */
export function rebateOn(rule: Pick<RebateRule, "on" | "steps">, invoiced: string): Rebate {
  const amount = new Big(invoiced).lt(0) ? new Big(0) : new Big(invoiced);
  const reached = rule.steps.filter(({ from }) => amount.gte(from));
  const percent = reached.at(-1)?.percent ?? "0";
  const accrued =
    rule.on === "all"
      ? amount.times(percent).div(100)
      : reached.reduce((sum, step, index) => {
          const to = reached[index + 1]?.from ?? amount;
          return sum.plus(new Big(to).minus(step.from).times(step.percent).div(100));
        }, new Big(0));
  const next = rule.steps.find(({ from }) => amount.lt(from));
  return {
    percent,
    accrued: moneyText(accrued),
    next: next ? { ...next, missing: decimalText(new Big(next.from).minus(amount)) } : null,
  };
}
